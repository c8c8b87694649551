#include "scenario/yaml/yaml_slips.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/words.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/yaml/document.hpp"
#include "scenario/yaml/plain_text.hpp"
#include "scenario/yaml/yaml_flow.hpp"

namespace mailflow::slips {
namespace {

constexpr std::size_t most_lines_of_quote = 20;

/// What a line begins with that is no key and its value.
MaybeSlip slip_at_begin(const Line& line) {
  if (hard_blank_size(line.text, 0) > 0) return hard_blank(line.number, line.indent, tr("in the indent of this line"));
  std::size_t end = 0;
  while (end < line.text.size() && is_word_character(line.text[end]) && hard_blank_size(line.text, end) == 0) ++end;
  if (end == 0 || end == line.text.size()) return std::nullopt;
  const auto word = line.text.substr(0, end);
  const auto rest = line.text.substr(end + 1);
  const bool number = std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (line.text[end] == ':' && hard_blank_size(rest, 0) > 0)
    return hard_blank(line.number, line.indent + end + 1, tr("behind {}:", word));
  if (line.text[end] == ':' && !rest.empty() && rest[0] != ' ' && !rest.starts_with("//") && !number)
    return lacks_blank(line.number, line.indent, word, rest);
  const auto value = without_blanks(line.text.substr(end));
  if (word != "-" && (value[0] == '{' || value[0] == '['))
    return Slip{line.number, line.indent, tr("\"{}\" lacks the colon behind a key", word),
                tr("write {}", fmt::format("{}: {}", word, value[0]))};
  return std::nullopt;
}

/// A line whose value is whole, and one below it that begins further to the right.
MaybeSlip slip_of_indent(const SourceFile& file, const Line& line, const std::optional<Line>& before) {
  if (!before || line.indent <= before->indent || !has_colon(before->text) || before->text.ends_with(':')) return {};
  if (const auto key = above(file, before->number);
      key && key->indent == before->indent && key->text.ends_with(':') && !before->text.starts_with("- "))
    return Slip{before->number, before->indent, tr("this line is not indented below {}", short_of(key->text)),
                tr("begin it at column {}, as the line below", line.indent + 1)};
  const std::size_t more = line.indent - before->indent;
  return Slip{line.number, line.indent,
              tr("this line is indented by {} more than the line above, which has its value already", blanks(more)),
              tr("begin it at column {}, as the line above", before->indent + 1)};
}

/// The line above one that does not stand in line with it, where it is that which is out of line with the others.
MaybeSlip slip_above(const SourceFile& file, const Line& line) {
  const auto odd = above(file, line.number);
  if (!odd || odd->indent == line.indent || odd->text.starts_with("- ")) return std::nullopt;
  const auto before = above(file, odd->number);
  const bool first = !before || (before->text.ends_with(':') && before->indent < odd->indent);
  const CatalogueKey* top = section("").find(std::string(odd->text.substr(0, odd->text.find(':'))));
  const auto next = below(file, line.number);
  const bool one_of_many = first && next && next->indent == line.indent;
  const bool between =
      !first && before->indent == line.indent && odd->indent < line.indent && (odd->indent > 0 || top == nullptr);
  if (!has_colon(odd->text) || odd->text.ends_with(':') || (!one_of_many && !between)) return std::nullopt;
  const bool less = odd->indent < line.indent;
  const std::size_t by = less ? line.indent - odd->indent : odd->indent - line.indent;
  return Slip{odd->number, odd->indent,
              less ? tr("this line is indented by {} less than the line below", blanks(by))
                   : tr("this line is indented by {} more than the line below", blanks(by)),
              tr("begin it at column {}, as the line below", line.indent + 1)};
}

/// A line between the indents of a map and of the keys above it: it belongs to neither.
MaybeSlip slip_between(const SourceFile& file, const Line& line) {
  const auto before = above(file, line.number);
  if (!before || before->indent <= line.indent) return std::nullopt;
  auto outer = before;
  while (outer && outer->indent > line.indent) outer = above(file, outer->number);
  if (!outer || outer->indent == line.indent) return std::nullopt;
  const std::size_t less = before->indent - line.indent;
  return Slip{line.number, line.indent, tr("this line is indented by {} less than the line above", blanks(less)),
              tr("begin it at column {}, as the line above", before->indent + 1)};
}

/// "days Mon-Sat", and on the line below the colon that YAML did not expect any more.
MaybeSlip slip_of_colon(const SourceFile& file, const Line& line) {
  auto first = above(file, line.number);
  if (!first || has_colon(first->text)) return slip_of_indent(file, line, first);
  for (auto before = above(file, first->number); before; before = above(file, first->number)) {
    if (has_colon(before->text) || before->text.starts_with("- ")) {
      if (auto slip = slip_of_indent(file, *first, before)) return slip_of_indent(file, line, before);
      break;
    }
    first = before;
  }
  std::size_t end = 0;
  while (end < first->text.size() && (is_word_character(first->text[end]) || first->text[end] == '.')) ++end;
  if (end == 0 || first->text.starts_with("- ")) return std::nullopt;
  const auto rest = without_blanks(first->text.substr(end));
  if (end < first->text.size() && first->text[end] != ' ' && first->text[end] != '=') return std::nullopt;
  return lacks_colon(first->number, first->indent, first->text.substr(0, end),
                     without_blanks(rest.starts_with('=') ? rest.substr(1) : rest));
}

/// `at: "05:30", "06:30"` and `label: "Hub" north`.
MaybeSlip slip_behind_quote(const Line& line) {
  const auto colon = line.text.find(": ");
  if (colon == std::string_view::npos) return std::nullopt;
  const auto from = line.text.find_first_not_of(' ', colon + 1);
  if (from == std::string_view::npos || (line.text[from] != '"' && line.text[from] != '\'')) return std::nullopt;
  const auto end = end_of_quote(line.text, from);
  if (end == std::string_view::npos || end + 1 >= line.text.size()) return std::nullopt;
  const auto rest = without_blanks(line.text.substr(end + 1));
  if (rest.starts_with(','))
    return Slip{line.number, line.indent + from, tr("several values are written as a list, in [ ]"),
                tr("write {}", fmt::format("[{}]", short_of(line.text.substr(from))))};
  return Slip{line.number, line.indent + end + 1, tr("the text goes on behind the quote that closes it"),
              tr("put the whole text in one pair of quotes")};
}

/// The quote of a value that does not end on its line, and ends where YAML gives up.
MaybeSlip open_quote(const SourceFile& file, std::size_t number) {
  for (auto line = above(file, number); line; line = above(file, line->number)) {
    const auto colon = line->text.find(": ");
    const auto from = colon == std::string_view::npos ? colon : line->text.find_first_not_of(' ', colon + 1);
    if (from == std::string_view::npos || (line->text[from] != '"' && line->text[from] != '\'')) continue;
    if (end_of_quote(line->text, from) == std::string_view::npos)
      return Slip{line->number, line->indent + from, tr("the quote that begins here is not closed on this line"),
                  tr("close it behind the value")};
    if (number - line->number > most_lines_of_quote) break;
  }
  return std::nullopt;
}

/// "- sort: {...}" above keys that stand without the "- ".
MaybeSlip slip_of_dash(const SourceFile& file, const Line& line) {
  if (line.text.starts_with("- ")) return std::nullopt;
  for (auto before = above(file, line.number); before && before->indent >= line.indent;
       before = above(file, before->number)) {
    if (before->indent != line.indent || !before->text.starts_with("- ")) continue;
    return Slip{before->number, before->indent, tr("this line begins with \"- \", and those below it do not"),
                tr("remove the \"- \"")};
  }
  return std::nullopt;
}

bool says(const std::string& words, const char* part) { return words.find(part) != std::string::npos; }

/// yaml-cpp's words, in ours where a planner may meet them.
std::pair<std::string, std::string> explained(const std::string& words) {
  const auto has = [&words](const char* part) { return says(words, part); };
  if (has("illegal map value"))
    return {tr("a second \": \" on this line"), tr("put a value that holds \": \" in quotes")};
  if (has("end of map flow"))
    return {tr("a map { ... } is not closed, or a comma is missing before here"), tr("check the brackets and commas")};
  if (has("end of sequence flow"))
    return {tr("a list [ ... ] is not closed, or a comma is missing before here"), tr("check the brackets and commas")};
  if (has("illegal flow end"))
    return {tr("a bracket closes here that was not opened"), tr("remove it, or open it before")};
  if (has("end of map not found") || has("end of sequence not found"))
    return {tr("this line does not stand in line with the ones above it"),
            tr("give the keys of one map the same indent")};
  if (has("tab") || has("Tab")) return {tr("a tab cannot indent"), tr("indent by spaces")};
  if (has("EOF") || has("end of file")) return {tr("the file ends inside a quoted text"), tr("close the quote")};
  if (has("unknown token")) return {tr("no value may begin with this character"), tr("put the value in quotes")};
  if (has("the referenced anchor is not defined"))
    return {tr("no anchor of this name stands before"),
            tr("put a value that begins with * in quotes; *name repeats what stands behind &name")};
  return {tr("YAML cannot be read: {}", words), {}};
}

/// The quote or the bracket of an earlier line that is still open where YAML gives up.
MaybeSlip open_bracket(const SourceFile& file, std::size_t line, const std::string& words) {
  const bool at_the_end = says(words, "EOF") || says(words, "end of file");
  if (!says(words, "end of map flow") && !says(words, "end of sequence flow") && !at_the_end) return std::nullopt;
  std::vector<std::pair<std::size_t, std::size_t>> open;
  for (std::size_t i = 0; i < std::min(line + (at_the_end ? 1 : 0), file.lines.size()); ++i) {
    char quote = 0;
    std::size_t quoted_from = 0;
    const std::string_view text = file.lines[i];
    for (std::size_t c = 0; c < text.size(); ++c) {
      if (quote != 0)
        quote = text[c] == quote ? '\0' : quote;
      else if (text[c] == '"')
        quote = text[quoted_from = c];
      else if (text[c] == '#' && (c == 0 || text[c - 1] == ' '))
        break;
      else if (text[c] == '{' || text[c] == '[')
        open.emplace_back(i, c);
      else if ((text[c] == '}' || text[c] == ']') && !open.empty())
        open.pop_back();
    }
    if (quote != 0 && !open.empty() && open.back().first == i)
      return Slip{i, quoted_from, tr("the quote that begins here is not closed on this line"),
                  tr("close it behind the value")};
  }
  if (open.empty() || at_the_end) return std::nullopt;
  const auto [at, byte] = open.back();
  return Slip{at, byte,
              file.lines[at][byte] == '{'
                  ? tr("the map { ... } that begins here is not closed, or a comma is missing in it")
                  : tr("the list [ ... ] that begins here is not closed, or a comma is missing in it"),
              tr("check its brackets and commas")};
}

MaybeSlip slip_near(const SourceFile& file, std::size_t number, const std::string& words) {
  if (says(words, "flow")) {
    if (auto slip = slip_in_brackets(file, number)) return slip;
  }
  if (auto slip = open_bracket(file, number, words)) return slip;
  if (says(words, "flow") || number > file.lines.size()) return std::nullopt;
  const auto before = above(file, number);
  const auto line = number < file.lines.size() ? line_of(file, number) : std::nullopt;
  for (const auto& each : {line, before})
    if (auto slip = each ? slip_at_begin(*each) : std::nullopt) return slip;
  if (!line) return std::nullopt;
  if (says(words, "illegal map value")) return slip_of_colon(file, *line);
  if (!says(words, "end of map not found") && !says(words, "end of sequence not found")) return std::nullopt;
  if (auto slip = slip_behind_quote(*line)) return slip;
  if (auto slip = open_quote(file, number)) return slip;
  if (before && before->text.ends_with('='))
    return lacks_colon(before->number, before->indent, word_before_equals(before->text), {});
  if (auto slip = slip_of_dash(file, *line)) return slip;
  if (auto slip = slip_above(file, *line)) return slip;
  if (auto slip = slip_between(file, *line)) return slip;
  return slip_of_indent(file, *line, before);
}

bool begins_line(const Place& place) {
  if (place.file == nullptr || place.line < 1 || place.column < 1) return false;
  const std::string_view line = place.file->lines[static_cast<std::size_t>(place.line) - 1];
  return line.find_first_not_of(' ') + 1 == static_cast<std::size_t>(place.column);
}

MaybeSlip slip_in_key(std::string_view key, bool alone, const Place& place) {
  if (hard_blank_size(key, 0) > 0)
    return hard_blank(0, 0, begins_line(place) ? tr("in the indent of this line") : tr("before this key"));
  const auto in_path = [](char c) { return is_word_character(c) || c == '.'; };
  const auto end = static_cast<std::size_t>(std::find_if_not(key.begin(), key.end(), in_path) - key.begin());
  if (end == 0 || end >= key.size() || std::isdigit(static_cast<unsigned char>(key[0])) != 0) return std::nullopt;
  const auto word = key.substr(0, end);
  const auto behind = key.substr(end + 1);
  const auto value = without_blanks(key.substr(end));
  if (value.starts_with('{') || value.starts_with('[')) return lacks_colon(0, 0, word, value.substr(0, 1));
  if (value.starts_with('=') && (alone || value.find('{') != std::string_view::npos))
    return lacks_colon(0, 0, word, alone ? without_blanks(value.substr(1)) : "{");
  if (key[end] != ':' || behind.empty()) return std::nullopt;
  if (hard_blank_size(behind, 0) > 0) return hard_blank(0, end + 1, tr("behind {}:", word));
  const bool opens = behind[0] == '{' || behind[0] == '[';
  if (behind[0] == ' ' || (!alone && !opens)) return std::nullopt;
  return lacks_blank(0, 0, word, opens ? behind.substr(0, 1) : behind);
}

}  // namespace
}  // namespace mailflow::slips

namespace mailflow {

void tell_yaml_fault(const std::shared_ptr<const SourceFile>& file, std::size_t line, std::size_t byte,
                     const std::string& words, Problems& problems) {
  using namespace slips;
  const std::string_view text = line < file->lines.size() ? file->lines[line] : std::string_view{};
  const auto first = text.find_first_not_of(' ');
  if (first != std::string_view::npos && text[first] == '\t') {
    const auto [message, help] = explained("tab");
    problems.error(place_at(file, line, first), message, help);
  } else if (const auto slip = slip_near(*file, line, words)) {
    problems.error(place_at(file, slip->line, slip->byte), slip->message, slip->help);
  } else {
    const auto [message, help] = explained(words);
    problems.error(place_at(file, line, byte), message, help);
  }
}

void tell_second_document(const std::shared_ptr<const SourceFile>& file, const Place& place, Problems& problems) {
  using namespace slips;
  const auto first = line_of(*file, 0) ? line_of(*file, 0) : below(*file, 0);
  bool marked = false;
  for (std::size_t i = 0; i < file->lines.size(); ++i) marked = marked || file->lines[i].starts_with("---");
  if (marked || !first || first->indent == 0)
    problems.error(place, tr("a second document begins here"), tr("keep one scenario a file; remove the line ---"));
  else
    problems.error(place_at(file, first->number, first->indent),
                   tr("this line is indented by {} more than the ones below", blanks(first->indent)),
                   tr("begin it at column 1"));
}

bool tell_slip_in_key(const std::string& key, bool alone, const Place& place, Problems& problems) {
  const auto slip = slips::slip_in_key(key, alone, place);
  if (!slip) return false;
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; };
  Place at = place;
  at.column +=
      static_cast<int>(std::count_if(key.begin(), key.begin() + static_cast<std::ptrdiff_t>(slip->byte), begins));
  problems.error(at, slip->message, slip->help);
  return true;
}

}  // namespace mailflow
