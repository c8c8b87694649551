#include "scenario/yaml/yaml_flow.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "core/words.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/yaml/plain_text.hpp"

namespace mailflow::slips {
namespace {

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
    else if (c == '&' || c == '*' || c == '!')
      at_ = std::min(text_.find_first_of(" ,}]", at_), text_.size());
    else if (c == ' ')
      ++at_;
    else if (c == ',')
      comma();
    else
      plain();
  }
  void tell(std::size_t byte, std::string message, std::string help) {
    slip_ = Slip{number_, indent_ + byte, std::move(message), std::move(help)};
  }
  void comma() {
    ++at_;
    value_ = std::string_view::npos;
  }
  void open() {
    open_.emplace_back(text_[at_], number_, indent_ + at_);
    ++at_;
    value_ = std::string_view::npos;
  }
  void close() {
    const char c = text_[at_];
    if (open_.empty()) return tell(at_, tr("there is one {} too many", c), tr("remove it"));
    const auto [bracket, line, byte] = open_.back();
    const char wanted = bracket == '{' ? '}' : ']';
    if (c != wanted) {
      slip_ = Slip{line, byte,
                   bracket == '{' ? tr("the map {{ ... }} that begins here is closed by {}", c)
                                  : tr("the list [ ... ] that begins here is closed by {}", c),
                   tr("close it by {}", wanted)};
      return;
    }
    open_.pop_back();
    ++at_;
    value_ = std::string_view::npos;
    const auto rest = text_.substr(at_);
    const auto behind = without_blanks(rest);
    if (open_.empty() && behind.starts_with(',')) at_ = text_.size();
    if (open_.empty() || behind.empty() || std::string_view(",}]:").find(behind[0]) != std::string_view::npos) return;
    const std::size_t there = text_.find(behind[0], at_);
    if (behind[0] == ';')
      tell(there, tr("keys are parted by commas, not by semicolons"), tr("write a comma in its place"));
    else
      tell(there, tr("a comma is missing before here"), tr("part keys and values by commas"));
  }
  void quoted() {
    const std::size_t from = at_;
    const auto end = end_of_quote(text_, from);
    if (end == std::string_view::npos)
      return tell(from, tr("the quote that begins here is not closed on this line"), tr("close it behind the value"));
    at_ = end + 1;
    const auto rest = without_blanks(text_.substr(at_));
    if (rest.empty() || std::string_view(",}]:").find(rest[0]) != std::string_view::npos) return;
    const auto inside = text_.substr(from + 1, end - from - 1);
    if (rest[0] == text_[from] && !has_colon(inside))
      return tell(text_.find(rest[0], at_), tr("a comma is missing before this text"), tr("part the values by commas"));
    if (text_[from] == '\'' && text_[at_] != ' ')
      tell(end, tr("an apostrophe ends a text in '...'"), tr("put the text in double quotes: \"...\""));
    else if (has_colon(inside))
      tell(from, tr("the quote that begins here is not closed"), tr("close it behind the value"));
    else
      tell(at_, tr("the text goes on behind the quote that closes it"), tr("put the whole text in one pair of quotes"));
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
      if (c == ':' && hard_blank_size(text_, at_ + 1) > 0)
        slip_ = hard_blank(number_, indent_ + at_ + 1, tr("behind {}:", text_.substr(from, at_ - from)));
      else if (c == ':' && (behind == '{' || behind == '[' || behind == '"'))
        slip_ = lacks_blank(number_, indent_ + from, text_.substr(from, at_ - from), text_.substr(at_ + 1, 1));
      else if ((c == '{' || c == '[') && value_ == std::string_view::npos && text_[from] != '&' && text_[from] != '*')
        slip_ = lacks_colon(number_, indent_ + from, word_before_equals(text_.substr(from, at_ - from)),
                            text_.substr(at_, 1));
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
    tell(begin, tr("the bracket after {} is not closed", text_.substr(begin, open - begin)),
         end == std::string_view::npos || end < open
             ? tr("close it behind its values")
             : tr("close it behind its values: {}", fmt::format("{})", text_.substr(begin, end - begin))));
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
    const auto blank = text_.rfind(' ', at_);  // there is one behind the first colon
    const auto key = text_.substr(blank + 1, at_ - blank - 1);
    const auto first = without_blanks(text_.substr(value_, std::max(blank, value_) - value_));
    if (first.ends_with(';'))
      return tell(value_ + first.size() - 1, tr("keys are parted by commas, not by semicolons"),
                  tr("write {}", fmt::format("{}, {}: ...", first.substr(0, first.size() - 1), key)));
    if (!first.empty() && is_word_of_language(key))
      return tell(blank + 1, tr("a comma is missing before {}:", key),
                  tr("write {}", fmt::format("{}, {}: ...", short_of(first), key)));
    tell(value_, tr("a second \": \" in one value"), tr("put the value in quotes: \"{}\"", short_of(value)));
  }

  const SourceFile& file_;
  std::vector<std::tuple<char, std::size_t, std::size_t>> open_;  ///< bracket, line, byte
  MaybeSlip slip_;
  std::size_t number_ = 0, indent_ = 0, at_ = 0;
  std::size_t value_ = 0;  ///< where the value of the present key begins; npos: before its colon
  std::string_view text_;
};

}  // namespace

MaybeSlip slip_in_brackets(const SourceFile& file, std::size_t line) { return FlowReader(file).of(line); }

}  // namespace mailflow::slips
