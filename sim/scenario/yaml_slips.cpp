#include "scenario/yaml_slips.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/catalogue.hpp"
#include "scenario/document.hpp"
#include "scenario/plain_text.hpp"

namespace mailflow {
namespace {

struct Slip {
  std::size_t line;
  std::size_t byte;
  std::string message;
  std::string help;
};

using MaybeSlip = std::optional<Slip>;

/// A line without its indent and its comment.
struct Line {
  std::size_t number = 0;
  std::size_t indent = 0;
  std::string_view text;
};

bool is_word_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || c == '-' || byte >= 0x80;
}

std::string_view without_end_blanks(std::string_view text) {
  const auto last = text.find_last_not_of(" \t");
  return last == std::string_view::npos ? std::string_view{} : text.substr(0, last + 1);
}

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view{} : without_end_blanks(text.substr(first));
}

std::optional<Line> line_of(const SourceFile& file, std::size_t number) {
  const std::string_view all = file.lines[number];
  const auto first = all.find_first_not_of(" \t");
  if (first == std::string_view::npos || all[first] == '#' || all.starts_with("---")) return std::nullopt;
  return Line{number, first, without_end_blanks(all.substr(first, all.find(" #", first) - first))};
}

/// The nearest line above that says something.
std::optional<Line> above(const SourceFile& file, std::size_t number) {
  while (number-- > 0)
    if (const auto found = line_of(file, number)) return found;
  return std::nullopt;
}

bool has_colon(std::string_view text) { return text.ends_with(':') || text.find(": ") != std::string_view::npos; }

std::string short_of(std::string_view text) {
  constexpr std::size_t most = 60;
  if (text.size() <= most) return std::string(text);
  std::size_t cut = text.rfind(' ', most);
  if (cut == std::string_view::npos || cut == 0) cut = most;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0U) == 0x80U) --cut;
  return std::string(text.substr(0, cut)) + " ...";
}

Slip lacks_colon(std::size_t line, std::size_t byte, std::string_view word, std::string_view rest) {
  return {line, byte, fmt::format("\"{}\" lacks the colon behind a key", word),
          fmt::format("write {}:{}{}", word, rest.empty() ? "" : " ", short_of(rest))};
}

Slip lacks_blank(std::size_t line, std::size_t byte, std::string_view word, std::string_view rest) {
  return {line, byte, fmt::format("a blank is missing behind {}:", word),
          fmt::format("write {}: {}", word, short_of(rest))};
}

Slip hard_blank(std::size_t line, std::size_t byte, const std::string& where) {
  return {line, byte, "a non-breaking blank stands " + where + ", which YAML takes for a letter",
          "type a plain blank in its place"};
}

/// What a line begins with that is no key and its value.
MaybeSlip slip_at_begin(const Line& line) {
  if (hard_blank_size(line.text, 0) > 0) return hard_blank(line.number, line.indent, "in the indent of this line");
  std::size_t end = 0;
  while (end < line.text.size() && is_word_character(line.text[end]) && hard_blank_size(line.text, end) == 0) ++end;
  if (end == 0 || end == line.text.size()) return std::nullopt;
  const auto word = line.text.substr(0, end);
  const auto rest = line.text.substr(end + 1);
  const bool number = std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (line.text[end] == ':' && hard_blank_size(rest, 0) > 0)
    return hard_blank(line.number, line.indent + end + 1, fmt::format("behind {}:", word));
  if (line.text[end] == ':' && !rest.empty() && rest[0] != ' ' && !rest.starts_with("//") && !number)
    return lacks_blank(line.number, line.indent, word, rest);
  const auto value = without_blanks(line.text.substr(end));
  if (word != "-" && (value[0] == '{' || value[0] == '['))
    return Slip{line.number, line.indent, fmt::format("\"{}\" lacks the colon behind a key", word),
                fmt::format("write {}: {}", word, value[0])};
  return std::nullopt;
}

/// A line whose value is whole, and one below it that begins further to the right.
MaybeSlip slip_of_indent(const SourceFile& file, const Line& line, const std::optional<Line>& before) {
  if (!before || line.indent <= before->indent || !has_colon(before->text) || before->text.ends_with(':')) return {};
  if (const auto key = above(file, before->number);
      key && key->indent == before->indent && key->text.ends_with(':') && !before->text.starts_with("- "))
    return Slip{before->number, before->indent, fmt::format("this line is not indented below {}", short_of(key->text)),
                fmt::format("begin it at column {}, as the line below", line.indent + 1)};
  const std::size_t more = line.indent - before->indent;
  return Slip{line.number, line.indent,
              fmt::format("this line is indented by {} more than the line above, which has its value already",
                          more == 1 ? "one blank" : fmt::format("{} blanks", more)),
              fmt::format("begin it at column {}, as the line above", before->indent + 1)};
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

std::size_t end_of_quote(std::string_view text, std::size_t from) {
  for (std::size_t i = from + 1; i < text.size(); ++i) {
    if (text[from] == '"' && text[i] == '\\')
      ++i;
    else if (text[i] == text[from] && text[from] == '\'' && i + 1 < text.size() && text[i + 1] == '\'')
      ++i;
    else if (text[i] == text[from])
      return i;
  }
  return std::string_view::npos;
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
    return Slip{line.number, line.indent + from, "several values are written as a list, in [ ]",
                fmt::format("write [{}]", short_of(line.text.substr(from)))};
  return Slip{line.number, line.indent + end + 1, "the text goes on behind the quote that closes it",
              "put the whole text in one pair of quotes"};
}

/// "- sort: {...}" above keys that stand without the "- ".
MaybeSlip slip_of_dash(const SourceFile& file, const Line& line) {
  if (line.text.starts_with("- ")) return std::nullopt;
  for (auto before = above(file, line.number); before && before->indent >= line.indent;
       before = above(file, before->number)) {
    if (before->indent != line.indent || !before->text.starts_with("- ")) continue;
    return Slip{before->number, before->indent, "this line begins with \"- \", and those below it do not",
                "remove the \"- \""};
  }
  return std::nullopt;
}

bool is_word_of_language(std::string_view word) {
  return std::any_of(catalogue().begin(), catalogue().end(), [&](const CatalogueSection& s) {
    return s.find(std::string(word)) != nullptr && s.find("*") == nullptr;
  });
}

/// Reads values in { } and [ ] as YAML does, up to the first that it would not understand.
class FlowReader {
 public:
  explicit FlowReader(const SourceFile& file) : file_(file) {}

  /// The slip on a line, of the brackets that are open there or begin there.
  MaybeSlip of(std::size_t line) {
    for (std::size_t i = 0; i <= line && i < file_.lines.size(); ++i) {
      slip_.reset();
      read(i);
      if (slip_ && i < line) open_.clear();
    }
    return slip_;
  }

 private:
  void read(std::size_t number) {
    const auto line = line_of(file_, number);
    if (!line) return;
    number_ = number;
    indent_ = line->indent;
    text_ = line->text;
    at_ = open_.empty() ? begin_of_value() : 0;
    value_ = std::string_view::npos;
    if (open_.empty() && (at_ >= text_.size() || (text_[at_] != '{' && text_[at_] != '['))) return;
    while (at_ < text_.size() && !slip_) step();
  }
  std::size_t begin_of_value() const {
    const auto colon = text_.find(": ");
    const std::size_t from = colon == std::string_view::npos ? (text_.starts_with("- ") ? 2 : 0) : colon + 2;
    return std::min(text_.find_first_not_of(' ', from), text_.size());
  }
  void step() {
    const char c = text_[at_];
    if (c == '{' || c == '[')
      open();
    else if (c == '}' || c == ']')
      close();
    else if (c == '"' || c == '\'')
      quoted();
    else if (c == ' ' || c == ',')
      ++at_, value_ = c == ',' ? std::string_view::npos : value_;
    else
      plain();
  }
  void tell(std::size_t byte, std::string message, std::string help) {
    slip_ = Slip{number_, indent_ + byte, std::move(message), std::move(help)};
  }
  void open() {
    open_.emplace_back(text_[at_], number_, indent_ + at_);
    ++at_;
    value_ = std::string_view::npos;
  }
  void close() {
    const char c = text_[at_];
    if (open_.empty()) return tell(at_, fmt::format("there is one {} too many", c), "remove it");
    const auto [bracket, line, byte] = open_.back();
    const char wanted = bracket == '{' ? '}' : ']';
    if (c != wanted) {
      slip_ = Slip{
          line, byte,
          fmt::format("the {} that begins here is closed by {}", bracket == '{' ? "map { ... }" : "list [ ... ]", c),
          fmt::format("close it by {}", wanted)};
      return;
    }
    open_.pop_back();
    ++at_;
    value_ = std::string_view::npos;
    const auto rest = text_.substr(at_);
    if (open_.empty() && without_blanks(rest).starts_with(',')) at_ = text_.size();
  }
  void quoted() {
    const std::size_t from = at_;
    const auto end = end_of_quote(text_, from);
    if (end == std::string_view::npos)
      return tell(from, "the quote that begins here is not closed on this line", "close it behind the value");
    at_ = end + 1;
    const auto rest = without_blanks(text_.substr(at_));
    if (rest.empty() || std::string_view(",}]:").find(rest[0]) != std::string_view::npos) return;
    const auto inside = text_.substr(from + 1, end - from - 1);
    if (rest[0] == text_[from] && !has_colon(inside))
      return tell(text_.find(rest[0], at_), "a comma is missing before this text", "part the values by commas");
    if (text_[from] == '\'' && text_[at_] != ' ')
      tell(end, "an apostrophe ends a text in '...'", "put the text in double quotes: \"...\"");
    else if (has_colon(inside))
      tell(from, "the quote that begins here is not closed", "close it behind the value");
    else
      tell(at_, "the text goes on behind the quote that closes it", "put the whole text in one pair of quotes");
  }
  /// Up to the end of a key or of a value without quotes.
  void plain() {
    const std::size_t from = at_;
    int depth = 0;
    for (; at_ < text_.size() && !slip_; ++at_) {
      const char c = text_[at_];
      if (c == '(') ++depth;
      if (c == ')') --depth;
      if (depth > 0 && (c == '}' || c == ']')) return open_law(from);
      if (depth > 0) continue;
      if (c == ',' || c == '}' || c == ']') return;
      const char behind = at_ + 1 < text_.size() ? text_[at_ + 1] : ' ';
      if (c == ':' && (behind == '{' || behind == '[' || behind == '"'))
        slip_ = lacks_blank(number_, indent_ + from, text_.substr(from, at_ - from), text_.substr(at_ + 1, 1));
      else if ((c == '{' || c == '[') && value_ == std::string_view::npos)
        tell(from, fmt::format("\"{}\" lacks the colon behind a key", without_blanks(text_.substr(from, at_ - from))),
             fmt::format("write {}: {}", without_blanks(text_.substr(from, at_ - from)), c));
      else if (c == ':' && behind == ' ')
        return colon();
    }
  }
  /// "poisson(90, parcel: poisson(60)}".
  void open_law(std::size_t from) {
    const auto begin = value_ == std::string_view::npos ? from : value_;
    const auto open = text_.find('(', begin);
    const auto colon = text_.find(": ", open);  // of the next key
    const auto end = colon == std::string_view::npos ? colon : text_.rfind(',', colon);
    tell(begin, fmt::format("the bracket after {} is not closed", text_.substr(begin, open - begin)),
         end == std::string_view::npos || end < open
             ? "close it behind its values"
             : fmt::format("close it behind its values: {})", text_.substr(begin, end - begin)));
  }
  void colon() {
    if (value_ != std::string_view::npos) return second_colon();
    value_ = std::min(text_.find_first_not_of(' ', at_ + 1), text_.size());
    at_ = value_;
  }
  /// "skill: sorting positions: 2", or a value that holds a colon.
  void second_colon() {
    const auto end = text_.find_first_of(",}]", at_);
    const auto value = without_blanks(text_.substr(value_, end == std::string_view::npos ? end : end - value_));
    const auto blank = text_.rfind(' ', at_);
    const auto key = text_.substr(blank + 1, at_ - blank - 1);
    const auto first = without_blanks(text_.substr(value_, std::max(blank, value_) - value_));
    if (first.ends_with(';'))
      return tell(value_ + first.size() - 1, "keys are parted by commas, not by semicolons",
                  fmt::format("write {}, {}: ...", first.substr(0, first.size() - 1), key));
    if (!first.empty() && is_word_of_language(key))
      return tell(blank + 1, fmt::format("a comma is missing before {}:", key),
                  fmt::format("write {}, {}: ...", short_of(first), key));
    tell(value_, "a second \": \" in one value", fmt::format("put the value in quotes: \"{}\"", short_of(value)));
  }

  const SourceFile& file_;
  std::vector<std::tuple<char, std::size_t, std::size_t>> open_;  ///< bracket, line, byte
  MaybeSlip slip_;
  std::size_t number_ = 0, indent_ = 0, at_ = 0;
  std::size_t value_ = 0;  ///< where the value of the present key begins; npos: before its colon
  std::string_view text_;
};

bool says(const std::string& words, const char* part) { return words.find(part) != std::string::npos; }

/// yaml-cpp's words, in ours where a planner may meet them.
std::pair<std::string, std::string> explained(const std::string& words) {
  const auto has = [&words](const char* part) { return says(words, part); };
  if (has("illegal map value")) return {"a second \": \" on this line", "put a value that holds \": \" in quotes"};
  if (has("end of map flow"))
    return {"a map { ... } is not closed, or a comma is missing before here", "check the brackets and commas"};
  if (has("end of sequence flow"))
    return {"a list [ ... ] is not closed, or a comma is missing before here", "check the brackets and commas"};
  if (has("illegal flow end")) return {"a bracket closes here that was not opened", "remove it, or open it before"};
  if (has("end of map not found") || has("end of sequence not found"))
    return {"this line does not stand in line with the ones above it", "give the keys of one map the same indent"};
  if (has("tab") || has("Tab")) return {"a tab cannot indent", "indent by spaces"};
  if (has("EOF") || has("end of file")) return {"the file ends inside a quoted text", "close the quote"};
  if (has("unknown token")) return {"no value may begin with this character", "put the value in quotes"};
  if (has("the referenced anchor is not defined"))
    return {"no anchor of this name stands before",
            "put a value that begins with * in quotes; *name repeats what stands behind &name"};
  return {"YAML cannot be read: " + words, {}};
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
      return Slip{i, quoted_from, "the quote that begins here is not closed on this line", "close it behind the value"};
  }
  if (open.empty() || at_the_end) return std::nullopt;
  const auto [at, byte] = open.back();
  return Slip{at, byte,
              std::string(file.lines[at][byte] == '{' ? "the map { ... }" : "the list [ ... ]") +
                  " that begins here is not closed, or a comma is missing in it",
              "check its brackets and commas"};
}

MaybeSlip slip_near(const SourceFile& file, std::size_t number, const std::string& words) {
  if (says(words, "flow")) {
    if (auto slip = FlowReader(file).of(number)) return slip;
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
  if (auto slip = slip_of_dash(file, *line)) return slip;
  return slip_of_indent(file, *line, before);
}

}  // namespace

void tell_yaml_fault(const std::shared_ptr<const SourceFile>& file, std::size_t line, std::size_t byte,
                     const std::string& words, Problems& problems) {
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

bool tell_slip_in_key(const std::string& key, bool alone, const Place& place, Problems& problems) {
  const auto in_path = [](char c) { return is_word_character(c) || c == '.'; };
  const auto end = static_cast<std::size_t>(std::find_if_not(key.begin(), key.end(), in_path) - key.begin());
  if (end == 0 || end >= key.size() || std::isdigit(static_cast<unsigned char>(key[0])) != 0) return false;
  const std::string_view rest = std::string_view(key).substr(end);
  const auto value = without_blanks(rest);
  MaybeSlip slip;
  if (value[0] == '{' || value[0] == '[')
    slip = Slip{0, 0, fmt::format("\"{}\" lacks the colon behind a key", key.substr(0, end)),
                fmt::format("write {}: {}", key.substr(0, end), value[0])};
  else if (alone && rest[0] == ':' && hard_blank_size(rest, 1) > 0)
    slip = hard_blank(0, 0, fmt::format("behind {}:", key.substr(0, end)));
  else if (alone && rest[0] == ':' && rest.size() > 1 && rest[1] != ' ')
    slip = lacks_blank(0, 0, key.substr(0, end), rest.substr(1));
  else if (alone && value[0] == '=')
    slip = lacks_colon(0, 0, key.substr(0, end), without_blanks(value.substr(1)));
  if (slip) problems.error(place, slip->message, slip->help);
  return slip.has_value();
}

}  // namespace mailflow
