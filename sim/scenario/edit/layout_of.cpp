#include "scenario/edit/layout_of.hpp"

#include <algorithm>

namespace mailflow::editing {
namespace {

using syntax::column;
using syntax::line_begin;
using syntax::line_end;
using syntax::next_line;
using syntax::Value;

/// The beginning of the line above; nowhere: there is none.
std::size_t line_above(std::string_view text, std::size_t at) {
  const std::size_t begin = line_begin(text, at);
  if (begin == line_begin(text, 0)) return syntax::nowhere;
  const bool two = begin >= 2 && text.substr(begin - 2, 2) == "\r\n";
  return line_begin(text, begin - (two ? 2 : 1));
}

std::size_t first_of_line(std::string_view text, std::size_t begin) {
  return std::min(text.find_first_not_of(' ', begin), text.size());
}

/// The beginning of the comment lines directly above a byte in its column; its own line's where there are none.
std::size_t comments_above(std::string_view text, std::size_t at) {
  std::size_t begin = line_begin(text, at);
  const std::size_t wanted = column(text, at);
  while (true) {
    const std::size_t above = line_above(text, begin);
    if (above == syntax::nowhere) return begin;
    const std::size_t first = first_of_line(text, above);
    if (first >= text.size() || text[first] != '#' || column(text, first) != wanted) return begin;
    begin = above;
  }
}

bool has_own_comments(std::string_view text, std::size_t at) {
  return comments_above(text, at) != line_begin(text, at);
}

}  // namespace

std::size_t entries(const Value& holder) { return holder.is_map() ? holder.pairs.size() : holder.items.size(); }

Extent extent(const Value& holder, std::size_t index) {
  if (holder.is_map()) return {holder.pairs[index].begin, holder.pairs[index].end()};
  const Value& item = holder.items[index];
  const std::size_t end = item.style == Value::Style::nothing ? item.slot : item.end;
  return {item.dash == syntax::nowhere ? item.from : item.dash, end};
}

bool begins_line(std::string_view text, std::size_t at) { return first_of_line(text, line_begin(text, at)) >= at; }

bool is_blank_line(std::string_view text, std::size_t at) {
  const std::size_t begin = line_begin(text, at);
  return text.find_first_not_of(" \t", begin) >= line_end(text, begin);
}

std::size_t begin_with_comments(std::string_view text, const Value& block, std::size_t index, bool top) {
  const std::size_t at = extent(block, index).begin;
  const std::size_t begin = line_begin(text, at);
  if (index > 0) return comments_above(text, at);
  if (top) return begin;
  for (std::size_t i = 1; i < entries(block); ++i)
    if (has_own_comments(text, extent(block, i).begin)) return comments_above(text, at);
  return begin;
}

std::size_t end_of_comments_below(std::string_view text, std::size_t at, std::size_t column_of_key) {
  std::size_t end = line_end(text, at);
  for (std::size_t next = next_line(text, end); next < text.size(); next = next_line(text, next)) {
    const std::size_t first = first_of_line(text, next);
    if (first >= text.size() || text[first] != '#' || column(text, first) <= column_of_key) break;
    end = line_end(text, next);
  }
  return end;
}

std::size_t end_of_section(std::string_view text, const Value& section, std::size_t key) {
  const std::size_t wanted = std::max(column(text, section.begin), column(text, key) + 1);
  return end_of_comments_below(text, section.end, wanted - 1);
}

bool has_comment(std::string_view text, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i) {
    const bool behind_blank = i == 0 || std::string_view(" \t\r\n").find(text[i - 1]) != std::string_view::npos;
    if (text[i] == '#' && behind_blank) return true;
  }
  return false;
}

std::size_t column_of_values(std::string_view text, const Value& block) {
  std::size_t common = 0;
  bool lengths_differ = false;
  for (const syntax::Pair& pair : block.pairs) {
    if (pair.value.is_block() || pair.value.style == Value::Style::nothing) return 0;
    const std::size_t here = column(text, pair.value.from);
    if (common != 0 && here != common) return 0;
    common = here;
    lengths_differ = lengths_differ || pair.colon - pair.begin != block.pairs[0].colon - block.pairs[0].begin;
  }
  return lengths_differ ? common : 0;
}

std::string line_end_of(std::string_view text) {
  const std::size_t first = text.find_first_of("\r\n");
  if (first == std::string_view::npos || text[first] == '\n') return "\n";
  return text.substr(first, 2) == "\r\n" ? "\r\n" : "\r";
}

}  // namespace mailflow::editing
