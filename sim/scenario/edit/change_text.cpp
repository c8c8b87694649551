#include "scenario/edit/change_text.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/words.hpp"
#include "scenario/edit/layout_of.hpp"

namespace mailflow::editing {
namespace {

using syntax::column;
using syntax::line_begin;
using syntax::line_end;
using syntax::nowhere;
using syntax::Pair;
using syntax::Value;
using Style = Value::Style;

constexpr std::size_t longest_line = 132;  // characters, as scenarios have them
constexpr std::size_t step_in = 2;

std::string with_line_ends(const std::string& text, const std::string& line_end) {
  return with_indent(text, 0, line_end);
}

/// Lines cut out from one's beginning to another's end. Of the last line of a text the end of the line before goes.
Cut cut_lines(const std::string& text, std::size_t first, std::size_t last) {
  const std::size_t begin = line_begin(text, first);
  const std::size_t end = line_end(text, last);
  if (begin == line_begin(text, 0)) return {begin, syntax::next_line(text, last), ""};
  const bool two = begin >= 2 && text.compare(begin - 2, 2, "\r\n") == 0;
  return {begin - (two ? 2 : 1), end, ""};
}

// --- set

/// A value that stands, or is to stand, on the line of its key or dash.
class Setting {
 public:
  Setting(const Source& source, const Where& where, const Written& written)
      : text_(source.text),
        where_(where),
        old_(where.value()),
        new_(written),
        line_end_(line_end_of(source.text)),
        column_(where.holder->is_flow() ? 0 : column(source.text, extent(*where.holder, where.index).begin)) {}

  Cuts cuts() const {
    if (!where_.holder->is_flow() && behind_dash() && (new_.in_lines() || old_.is_block())) return at_dash();
    if (new_.in_lines()) return is_below() ? below_again() : to_below();
    return is_below() ? from_below() : on_line(new_.head);
  }

 private:
  bool behind_dash() const { return old_.dash != nowhere; }
  /// Whether the old value is a section in lines of its own.
  bool is_below() const { return old_.is_block() && begins_line(text_, old_.begin); }
  std::size_t end_of_old() const { return end_of_section(text_, old_, extent(*where_.holder, where_.index).begin); }
  std::string before_value() const {
    const bool lacks_colon = where_.holder->is_map() && where_.pair().colon == nowhere;
    return lacks_colon ? ": " : " ";
  }
  Cuts on_line(const std::string& value) const {
    const std::string text = with_line_ends(value, line_end_);
    if (old_.style == Style::nothing) return {{old_.slot, old_.slot, text.empty() ? "" : first_blank() + text}};
    if (text.empty()) return {{old_.slot, old_.end, ""}};
    return {{old_.begin, old_.end, text}};
  }
  std::string first_blank() const {
    const bool first_of_list = where_.holder->is_list() && where_.holder->is_flow();
    return first_of_list ? "" : before_value();
  }
  /// An item of a list in lines: its lines begin behind the dash.
  Cuts at_dash() const {
    const std::size_t begin = old_.style == Style::nothing ? old_.slot : old_.begin;
    const std::string blank = old_.style == Style::nothing ? " " : "";
    const std::size_t indent = old_.style == Style::nothing ? column_ + step_in : column(text_, old_.begin);
    if (!new_.head.empty())
      return {{begin, old_.end,
               blank + new_.head +
                   (new_.in_lines() ? line_end_ + with_indent(new_.below, column_ + step_in, line_end_) : "")}};
    std::string lines = with_indent(new_.below, indent, line_end_);
    lines.erase(0, lines.find_first_not_of(' '));
    return {{begin, old_.style == Style::nothing ? begin : old_.end, blank + lines}};
  }
  Cuts below_again() const {
    const std::size_t indent = column(text_, old_.begin);
    Cuts cuts = {{line_begin(text_, old_.begin), end_of_old(), with_indent(new_.below, indent, line_end_)}};
    if (!new_.head.empty()) cuts.push_back({old_.slot, old_.slot, " " + new_.head});
    return cuts;
  }
  Cuts to_below() const {
    const bool nothing = old_.style == Style::nothing;
    const std::size_t end = nothing ? old_.slot : old_.end;
    const std::string head = new_.head.empty() ? "" : " " + new_.head;
    const std::size_t below = head.empty() ? end_of_comments_below(text_, end, column_) : line_end(text_, end);
    return {{old_.slot, end, head}, {below, below, line_end_ + with_indent(new_.below, column_ + step_in, line_end_)}};
  }
  Cuts from_below() const {
    const std::string head = new_.head.empty() ? "" : " " + with_line_ends(new_.head, line_end_);
    return {{old_.slot, old_.slot, head}, cut_lines(text_, old_.begin, end_of_old())};
  }

  const std::string& text_;
  const Where& where_;
  const Value& old_;
  const Written& new_;
  std::string line_end_;
  std::size_t column_;  ///< of the key or dash
};

// --- add

/// The lines of a new entry of a block, without the indent of the block.
std::string entry_lines(const std::string& key, const Written& value, std::size_t to_value) {
  const std::string start = key.empty() ? "-" : key + ":";
  if (!value.in_lines()) {
    const std::size_t blanks = to_value > start.size() ? to_value - start.size() : 1;
    return value.head.empty() ? start : start + std::string(blanks, ' ') + value.head;
  }
  const std::string below = with_indent(value.below, step_in, "\n");
  if (key.empty() && value.head.empty()) return "- " + below.substr(std::min(step_in, below.size()));
  return start + (value.head.empty() ? "" : " " + value.head) + "\n" + below;
}

/// Whether an entry stands apart from the one before it by blank lines.
bool is_parted(const std::string& text, const Value& block, std::size_t index) {
  const std::size_t end = end_of_comments_below(text, extent(block, index - 1).end, column(text, block.begin));
  const std::size_t below = syntax::next_line(text, end);
  return below < text.size() && is_blank_line(text, below);
}

/// Whether nothing or a blank line follows a line.
bool ends_group(const std::string& text, std::size_t at) {
  const std::size_t below = syntax::next_line(text, line_end(text, at));
  return below >= text.size() || is_blank_line(text, below);
}

Cuts add_to_block(const Source& source, const Where& where, std::size_t index, const std::string& key,
                  const Written& value) {
  const std::string& text = source.text;
  const Value& block = *where.holder;
  const std::string end = line_end_of(text);
  const std::size_t indent = column(text, block.begin);
  const std::size_t values = column_of_values(text, block);
  const std::string lines = entry_lines(key, value, values > indent ? values - indent : 0);
  if (index == 0) {
    const std::size_t first = extent(block, 0).begin;
    if (!begins_line(text, first))
      return {{first, first, with_indent(lines, 0, end + std::string(indent, ' ')) + end + std::string(indent, ' ')}};
    const std::size_t at = begin_with_comments(text, block, 0, where.steps.empty());
    return {{at, at, with_indent(lines, indent, end) + end}};
  }
  const std::size_t before = end_of_comments_below(text, extent(block, index - 1).end, indent);
  const bool last = index == entries(block);
  const bool parted =
      entries(block) > 1 && is_parted(text, block, last ? index - 1 : index) && ends_group(text, before);
  const std::size_t at = line_end(text, before);
  return {{at, at, (parted ? end : "") + end + with_indent(lines, indent, end)}};
}

/// Characters of the line up to a byte.
std::size_t characters(const std::string& text, std::size_t from, std::size_t to) {
  return static_cast<std::size_t>(
      std::count_if(text.begin() + static_cast<std::ptrdiff_t>(from), text.begin() + static_cast<std::ptrdiff_t>(to),
                    [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

Cuts add_to_flow(const Source& source, const Where& where, std::size_t index, const std::string& key,
                 const Written& value) {
  const std::string& text = source.text;
  const Value& flow = *where.holder;
  const std::string end = line_end_of(text);
  const std::string written = with_line_ends((key.empty() ? "" : key + ": ") + value.head, end);
  if (entries(flow) == 0) return {{flow.begin + 1, flow.begin + 1, written}};
  if (index < entries(flow)) {
    const std::size_t at = extent(flow, index).begin;
    return {{at, at, written + ", "}};
  }
  const std::size_t at = extent(flow, index - 1).end;
  const std::size_t first = extent(flow, 0).begin;
  const std::size_t line = characters(text, line_begin(text, at), line_end(text, at));
  const bool wraps = line + characters(written, 0, written.size()) + 2 > longest_line;
  const std::size_t indent = characters(text, line_begin(text, first), first);
  return {{at, at, "," + (wraps ? end + std::string(indent, ' ') : " ") + written}};
}

// --- remove

Cuts remove_from_flow(const std::string& text, const Value& flow, std::size_t index) {
  const Extent gone = extent(flow, index);
  const bool last = index + 1 == entries(flow);
  if (!last) return {{gone.begin, extent(flow, index + 1).begin, ""}};
  const std::size_t close = flow.end - 1;
  const std::size_t comma = text.find_first_not_of(" \t\r\n", gone.end);
  const bool trailing = comma < close && text[comma] == ',';
  if (index == 0) return {{gone.begin, trailing ? comma + 1 : gone.end, ""}};
  const std::size_t before = extent(flow, index - 1).end;
  if (!has_comment(text, before, gone.begin)) return {{before, gone.end, ""}};
  const std::size_t parts = text.find(',', before);
  if (!begins_line(text, gone.begin)) throw std::invalid_argument(tr("a comment stands in the way"));
  return {{parts, parts + 1, ""}, {line_begin(text, gone.begin), gone.end, ""}};
}

Cuts remove_from_block(const Source& source, const Where& where) {
  const std::string& text = source.text;
  const Value& block = *where.holder;
  Extent gone = extent(block, where.index);
  if (!begins_line(text, gone.begin)) return {{gone.begin, extent(block, where.index + 1).begin, ""}};
  const std::size_t first = begin_with_comments(text, block, where.index, where.steps.empty());
  gone.end = end_of_comments_below(text, gone.end, column(text, block.begin));
  Cut lines = cut_lines(text, first, gone.end);
  // of the blank lines before and behind one goes
  const std::size_t above = first > line_begin(text, 0) ? line_begin(text, lines.begin) : nowhere;
  if (above != nowhere && above > line_begin(text, 0) && is_blank_line(text, above) && ends_group(text, gone.end))
    lines.begin = cut_lines(text, above, above).begin;
  return {lines};
}

}  // namespace

std::string cut(const std::string& text, Cuts cuts) {
  std::stable_sort(cuts.begin(), cuts.end(), [](const Cut& a, const Cut& b) { return a.begin < b.begin; });
  std::string all;
  std::size_t at = 0;
  for (const Cut& each : cuts) {
    if (each.begin < at) throw std::invalid_argument(tr("two changes of one place"));
    all.append(text, at, each.begin - at) += each.text;
    at = each.end;
  }
  return all.append(text, at, std::string::npos);
}

Cuts set_value(const Source& source, const Where& where, const Written& value) {
  return Setting(source, where, value).cuts();
}

Cuts add_entry(const Source& source, const Where& where, std::size_t index, const std::string& key,
               const Written& value) {
  return where.holder->is_flow() ? add_to_flow(source, where, index, key, value)
                                 : add_to_block(source, where, index, key, value);
}

Cuts remove_entry(const Source& source, const Where& where) {
  return where.holder->is_flow() ? remove_from_flow(source.text, *where.holder, where.index)
                                 : remove_from_block(source, where);
}

}  // namespace mailflow::editing
