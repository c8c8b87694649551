#include "scenario/edit/syntax.hpp"

#include <algorithm>
#include <utility>

#include "core/words.hpp"
#include "scenario/yaml/document.hpp"
#include "scenario/yaml/plain_text.hpp"

namespace mailflow::syntax {
namespace {

using Style = Value::Style;
using Holds = Value::Holds;

bool is_break(char c) { return c == '\n' || c == '\r'; }
bool is_space(char c) { return c == ' ' || c == '\t'; }
bool is_digit_byte(char c) { return c >= '0' && c <= '9'; }
bool is_indicator(char c) { return std::string_view("!&*|>'\"%@`#,[]{}").find(c) != std::string_view::npos; }

constexpr std::string_view mark_of_utf8 = "\xef\xbb\xbf";

class Source {
 public:
  explicit Source(std::string_view text) : text_(text) {}

  Value document() {
    if (text_.starts_with(mark_of_utf8)) at_ = mark_of_utf8.size();
    to_content();
    if (here("---")) {
      at_ += 3;
      to_line_end();
    }
    Value root = block_value(-1, false, false);
    to_content();
    if (here("...")) {
      at_ += 3;
      to_content();
    }
    if (!done()) refuse(tr("this is no part of what stands above it"));
    return root;
  }
  bool is_plain(bool in_flow) {
    if (done() || !begins_plain(in_flow)) return false;
    const Value value = in_flow ? flow_plain() : block_plain(-1);
    return value.end == text_.size();
  }

 private:
  // --- bytes and lines

  bool done(std::size_t at) const { return at >= text_.size(); }
  bool done() const { return done(at_); }
  char byte(std::size_t at) const { return done(at) ? '\n' : text_[at]; }
  char byte() const { return byte(at_); }
  bool here(std::string_view word) const { return text_.substr(std::min(at_, text_.size())).starts_with(word); }
  bool ends_word(std::size_t at) const { return done(at) || is_break(text_[at]) || is_space(text_[at]); }
  int column_here() const { return static_cast<int>(column(text_, at_)); }
  [[noreturn]] void refuse(const std::string& what) const { throw NotRead(std::min(at_, text_.size()), what); }

  void over_blanks() {
    while (!done() && is_space(byte())) ++at_;
  }
  bool comment_here() const {
    return !done() && byte() == '#' && (at_ == line_begin(text_, at_) || is_space(text_[at_ - 1]));
  }
  /// Over blanks, comments and line ends, to what says something.
  void to_content() {
    while (!done()) {
      over_blanks();
      if (comment_here()) at_ = line_end(text_, at_);
      if (done() || !is_break(byte())) return;
      ++at_;
    }
  }
  /// To the end of a line that says no more.
  void to_line_end() {
    over_blanks();
    if (!done() && !is_break(byte()) && !comment_here()) refuse(tr("more stands on the line than can be edited"));
  }

  // --- scalars

  bool begins_plain(bool in_flow) const {
    const char c = byte();
    if (c == '-' || c == '?' || c == ':')
      return !ends_word(at_ + 1) &&
             !(in_flow && std::string_view(",[]{}").find(byte(at_ + 1)) != std::string_view::npos);
    return !is_indicator(c) && !is_break(c) && !is_space(c);
  }
  /// Whether a text without quotes ends here; `depth`: of round brackets, within which commas and colons belong to it.
  bool ends_plain(bool in_flow, int depth) const {
    const char c = byte();
    if (is_break(c) || comment_here()) return true;
    const bool bracket = in_flow && std::string_view("[]{}").find(c) != std::string_view::npos;
    const bool parts =
        c == ':' &&
        (ends_word(at_ + 1) || (in_flow && std::string_view(",[]{}").find(byte(at_ + 1)) != std::string_view::npos));
    return bracket || (depth == 0 && (parts || (in_flow && c == ',')));
  }
  /// The part of a text without quotes that stands on this line; gives its end.
  std::size_t plain_line(bool in_flow) {
    std::size_t end = at_;
    int depth = 0;
    for (; !done() && !ends_plain(in_flow, depth); ++at_) {
      if (byte() == '(') ++depth;
      if (byte() == ')' && depth > 0) --depth;
      if (!is_space(byte())) end = at_ + 1;
    }
    at_ = end;
    return end;
  }
  Value scalar(Style style, std::size_t begin) const {
    Value value;
    value.style = style;
    value.begin = begin;
    value.end = at_;
    return value;
  }
  Value block_plain(int parent) {
    const std::size_t begin = at_;
    plain_line(false);
    while (true) {
      const std::size_t end = at_;
      over_blanks();
      const bool broken = done() || is_break(byte());
      to_blank_lines_end();
      if (!broken || done() || column_here() <= parent || comment_here() || is_marker()) {
        at_ = end;
        return scalar(Style::plain, begin);
      }
      plain_line(false);
    }
  }
  bool is_marker() const { return column_here() == 0 && (here("---") || here("...")) && ends_word(at_ + 3); }
  void to_blank_lines_end() {
    while (!done() && (is_break(byte()) || is_space(byte()))) ++at_;
  }
  Value flow_plain() {
    const std::size_t begin = at_;
    plain_line(true);
    while (true) {
      const std::size_t end = at_;
      over_blanks();
      const bool broken = done() || is_break(byte());
      to_blank_lines_end();
      if (!broken || done() || comment_here() || ends_plain(true, 0)) {
        at_ = end;
        return scalar(Style::plain, begin);
      }
      plain_line(true);
    }
  }
  Value quoted() {
    const std::size_t begin = at_;
    const char quote = byte();
    for (++at_; !done(); ++at_) {
      const bool escaped = quote == '"' ? byte() == '\\' : byte() == quote && byte(at_ + 1) == quote;
      if (escaped)
        ++at_;
      else if (byte() == quote)
        break;
    }
    ++at_;
    return scalar(quote == '"' ? Style::double_quoted : Style::single_quoted, begin);
  }
  Value alias() {
    const std::size_t begin = at_++;
    const std::string name = word();
    Value value = scalar(Style::alias, begin);
    value.anchor = name;
    return value;
  }
  std::string word() {
    const std::size_t begin = at_;
    while (!ends_word(at_) && std::string_view(",[]{}").find(byte()) == std::string_view::npos) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }
  /// A text of several lines, behind | or >.
  Value lines(int parent) {
    const std::size_t begin = at_;
    bool keep = false;
    int indent = -1;
    for (++at_; !ends_word(at_); ++at_) {
      if (byte() == '+') keep = true;
      if (is_digit_byte(byte())) indent = std::max(parent, 0) + (byte() - '0');
    }
    to_line_end();
    at_ = line_end(text_, at_);
    std::size_t end = at_;
    for (std::size_t next = next_line(text_, at_); !done(next); next = next_line(text_, next)) {
      std::size_t first = next;
      while (!done(first) && text_[first] == ' ') ++first;
      const int here = static_cast<int>(first - next);
      if (done(first) || is_break(text_[first])) {
        if (keep) end = line_end(text_, next);
        continue;
      }
      if (here <= parent || (indent >= 0 && here < indent)) break;
      if (indent < 0) indent = here;
      end = line_end(text_, next);
    }
    at_ = end;
    return scalar(Style::lines, begin);
  }

  // --- what stands before a value

  std::string anchor_before() {
    std::string name;
    while (byte() == '&' || byte() == '!') {
      const bool anchor = byte() == '&';
      ++at_;
      const std::string found = word();
      if (anchor) name = found;
      over_blanks();
    }
    return name;
  }

  // --- blocks

  /// The value behind a colon or dash, or of the whole document. `parent`: the column of what holds it; `beside`: the
  /// items of a list may stand in that column, too.
  Value block_value(int parent, bool beside, bool behind_dash) {
    const std::size_t start = at_;
    std::size_t empty = at_;
    std::size_t from = nowhere;
    std::string anchor;
    bool own_line = parent < 0;
    bool before_key = false;
    while (true) {
      over_blanks();
      if (!done() && (byte() == '&' || byte() == '!')) {
        if (from == nowhere) from = at_;
        anchor = anchor_before();
        before_key = true;
        empty = at_;
        while (empty > start && is_space(text_[empty - 1])) --empty;
      }
      if (!done() && !is_break(byte()) && !comment_here()) break;
      to_content();
      own_line = true;
      before_key = false;
      const bool item = byte() == '-' && ends_word(at_ + 1);
      if (done() || is_marker() || column_here() < parent || (column_here() == parent && !(beside && item))) {
        at_ = empty;
        return placed(scalar(Style::nothing, empty), from, empty, anchor);
      }
    }
    return placed(block_content(parent, own_line || behind_dash, before_key), from, empty, anchor);
  }
  /// A value with what stands before it.
  static Value placed(Value value, std::size_t from, std::size_t slot, const std::string& anchor) {
    value.from = from == nowhere ? value.begin : from;
    value.slot = slot;
    if (value.style != Style::alias) value.anchor = anchor;
    return value;
  }
  Value block_content(int parent, bool may_be_block, bool before_key) {
    if (byte() == '-' && ends_word(at_ + 1)) {
      if (!may_be_block) refuse(tr("a list begins here behind its key"));
      return block_list();
    }
    if (byte() == '?' && ends_word(at_ + 1)) refuse(tr("a key behind ? cannot be edited"));
    if (may_be_block && is_key()) {
      if (before_key) refuse(tr("an anchor or tag before a key cannot be edited"));
      return block_map();
    }
    Value value;
    if (byte() == '|' || byte() == '>')
      value = lines(parent);
    else if (byte() == '{' || byte() == '[')
      value = flow();
    else if (byte() == '"' || byte() == '\'')
      value = quoted();
    else if (byte() == '*')
      value = alias();
    else
      value = block_plain(parent);
    const std::size_t end = at_;
    to_line_end();
    at_ = end;
    return value;
  }
  /// Whether a key begins here, with its colon on the line.
  bool is_key() {
    const std::size_t begin = at_;
    const bool found = key_and_colon(false).colon != nowhere;
    at_ = begin;
    return found;
  }
  /// A key, at its end the colon; without one where none follows on the line.
  Pair key_and_colon(bool in_flow) {
    Pair pair;
    pair.begin = at_;
    const bool in_quotes = byte() == '"' || byte() == '\'';
    if (in_quotes)
      quoted();
    else if (begins_plain(in_flow))
      plain_line(in_flow);
    else
      return pair;
    pair.key_end = at_;
    over_blanks();
    const bool parts = byte() == ':' && (ends_word(at_ + 1) || (in_flow && (in_quotes || ends_plain(true, 0))));
    if (!done() && parts) pair.colon = at_++;
    if (pair.colon == nowhere) at_ = pair.key_end;
    return pair;
  }
  void name(Pair& pair) const {
    const std::string written(text_.substr(pair.begin, pair.key_end - pair.begin));
    Problems ignored;
    if (written[0] != '"' && written[0] != '\'') {
      pair.key = composed(written);
      return;
    }
    const auto node = parse_yaml("", "[" + written + "]", ignored);
    if (node && node->items.size() == 1) pair.key = node->items[0].text;
  }
  Value block_map() {
    Value map;
    map.style = Style::block;
    map.holds = Holds::pairs;
    map.begin = at_;
    const int indent = column_here();
    while (true) {
      Pair pair = key_and_colon(false);
      if (pair.colon == nowhere) refuse(tr("a key is expected here"));
      name(pair);
      pair.value = block_value(indent, true, false);
      map.end = at_;
      map.pairs.push_back(std::move(pair));
      to_content();
      if (!goes_on(indent)) break;
    }
    at_ = map.end;
    return map;
  }
  Value block_list() {
    Value list;
    list.style = Style::block;
    list.holds = Holds::items;
    list.begin = at_;
    const int indent = column_here();
    while (true) {
      const std::size_t dash = at_++;
      Value item = block_value(indent, false, true);
      item.dash = dash;
      list.end = at_;
      list.items.push_back(std::move(item));
      to_content();
      if (!goes_on(indent) || byte() != '-' || !ends_word(at_ + 1)) break;
    }
    at_ = list.end;
    return list;
  }
  /// Whether the block with this indent has one more.
  bool goes_on(int indent) const {
    if (done() || is_marker() || column_here() < indent) return false;
    if (column_here() > indent) refuse(tr("this line stands in no column of what is above it"));
    return true;
  }

  // --- braces and brackets

  Value flow() {
    Value value;
    value.style = Style::flow;
    value.begin = at_;
    value.holds = byte() == '{' ? Holds::pairs : Holds::items;
    const char close = value.is_map() ? '}' : ']';
    ++at_;
    for (to_content(); byte() != close; to_content()) {
      if (done()) refuse(tr("a bracket is not closed"));
      if (byte() == '?' && ends_word(at_ + 1)) refuse(tr("a key behind ? cannot be edited"));
      if (value.is_map())
        flow_pair(value);
      else
        value.items.push_back(flow_item());
      to_content();
      if (byte() == ',')
        ++at_;
      else if (byte() != close)
        refuse(tr("what stands here in brackets cannot be edited"));
    }
    value.end = ++at_;
    return value;
  }
  void flow_pair(Value& map) {
    Pair pair = key_and_colon(true);
    if (pair.key_end == 0) refuse(tr("a key is expected here"));
    name(pair);
    if (pair.colon == nowhere) {
      if (belongs_to_number(map, pair)) {
        map.pairs.back().value.end = pair.key_end;
        return;
      }
      pair.value = placed(scalar(Style::nothing, pair.key_end), nowhere, pair.key_end, "");
    } else {
      pair.value = flow_value();
    }
    map.pairs.push_back(std::move(pair));
  }
  /// "cost: 2190,50 XPF/h" in braces: a comma before decimals.
  bool belongs_to_number(const Value& map, const Pair& pair) const {
    if (map.pairs.empty() || !is_digit_byte(text_[pair.begin])) return false;
    const Value& before = map.pairs.back().value;
    return before.style == Style::plain && is_digit_byte(text_[before.end - 1]) &&
           line_begin(text_, before.end) == line_begin(text_, pair.begin);
  }
  Value flow_item() {
    Value item = flow_value();
    const std::size_t end = at_;
    over_blanks();
    if (byte() == ':' && !done()) refuse(tr("a key and its value within a list need braces to be edited"));
    at_ = end;
    return item;
  }
  Value flow_value() {
    const std::size_t empty = at_;
    to_content();
    const std::size_t from = at_;
    std::size_t slot = empty;
    std::string anchor;
    if (byte() == '&' || byte() == '!') {
      anchor = anchor_before();
      slot = at_;
      while (slot > from && is_space(text_[slot - 1])) --slot;
    }
    if (!done() && byte() != ',' && byte() != '}' && byte() != ']') return placed(flow_content(), from, slot, anchor);
    at_ = empty;
    return placed(scalar(Style::nothing, empty), empty, empty, "");
  }
  Value flow_content() {
    if (byte() == '{' || byte() == '[') return flow();
    if (byte() == '"' || byte() == '\'') return quoted();
    if (byte() == '*') return alias();
    if (!begins_plain(true)) refuse(tr("what stands here in brackets cannot be edited"));
    return flow_plain();
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Value read(std::string_view text) { return Source(text).document(); }

bool is_plain(std::string_view text, bool in_flow) {
  return text.find_first_of("\r\n") == std::string_view::npos && Source(text).is_plain(in_flow);
}

std::size_t line_begin(std::string_view text, std::size_t at) {
  at = std::min(at, text.size());
  while (at > 0 && !is_break(text[at - 1])) --at;
  return at == 0 && text.starts_with(mark_of_utf8) ? mark_of_utf8.size() : at;
}

std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(text.find_first_of("\r\n", at), text.size());
}

std::size_t next_line(std::string_view text, std::size_t at) {
  const std::size_t end = line_end(text, at);
  if (end >= text.size()) return text.size();
  return end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
}

std::size_t column(std::string_view text, std::size_t at) { return at - line_begin(text, at); }

}  // namespace mailflow::syntax
