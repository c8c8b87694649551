#include "scenario/edit/unified_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace mailflow {
namespace {

using Lines = std::vector<std::string_view>;

Lines lines_with_ends(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    lines.push_back(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
  return lines;
}

/// A line of either text, or of both.
struct Row {
  char mark = ' ';
  std::string_view line;
};

/// The lines of two parts, those in common once: by the longest common subsequence, where that is not too long to find.
void compare(const Lines& a, const Lines& b, std::vector<Row>& rows) {
  constexpr std::size_t most = 4'000'000;
  const std::size_t width = b.size() + 1;
  std::size_t i = 0;
  std::size_t j = 0;
  if (a.size() * b.size() <= most) {
    std::vector<std::uint32_t> common((a.size() + 1) * width, 0);
    for (std::size_t x = a.size(); x > 0; --x)
      for (std::size_t y = b.size(); y > 0; --y)
        common[(x - 1) * width + y - 1] = a[x - 1] == b[y - 1]
                                              ? common[x * width + y] + 1
                                              : std::max(common[x * width + y - 1], common[(x - 1) * width + y]);
    while (i < a.size() && j < b.size()) {
      if (a[i] == b[j]) {
        rows.push_back({' ', a[i++]});
        ++j;
      } else if (common[(i + 1) * width + j] >= common[i * width + j + 1]) {
        rows.push_back({'-', a[i++]});
      } else {
        rows.push_back({'+', b[j++]});
      }
    }
  }
  while (i < a.size()) rows.push_back({'-', a[i++]});
  while (j < b.size()) rows.push_back({'+', b[j++]});
}

std::vector<Row> rows_of(const Lines& a, const Lines& b) {
  std::size_t head = 0;
  while (head < std::min(a.size(), b.size()) && a[head] == b[head]) ++head;
  std::size_t tail = 0;
  while (tail < std::min(a.size(), b.size()) - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  const auto part = [&](const Lines& all, std::size_t from, std::size_t to) {
    return Lines(all.begin() + static_cast<std::ptrdiff_t>(from), all.begin() + static_cast<std::ptrdiff_t>(to));
  };
  std::vector<Row> rows;
  for (std::size_t i = 0; i < head; ++i) rows.push_back({' ', a[i]});
  compare(part(a, head, a.size() - tail), part(b, head, b.size() - tail), rows);
  for (std::size_t i = a.size() - tail; i < a.size(); ++i) rows.push_back({' ', a[i]});
  return rows;
}

/// "3,7": the first line and how many; of none, the line before.
std::string range(std::size_t before, std::size_t count) {
  if (count == 1) return std::to_string(before + 1);
  return fmt::format("{},{}", count == 0 ? before : before + 1, count);
}

}  // namespace

std::string unified_diff(const std::string& before, const std::string& after, const std::string& name) {
  constexpr std::size_t around = 3;
  const Lines a = lines_with_ends(before);
  const Lines b = lines_with_ends(after);
  const std::vector<Row> rows = rows_of(a, b);
  std::string text;
  std::size_t at_a = 0;  // lines before row i
  std::size_t at_b = 0;
  for (std::size_t i = 0; i < rows.size();) {
    const auto next = std::find_if(rows.begin() + static_cast<std::ptrdiff_t>(i), rows.end(),
                                   [](const Row& row) { return row.mark != ' '; });
    if (next == rows.end()) break;
    const auto changed = static_cast<std::size_t>(next - rows.begin());
    const std::size_t from = std::max(i, changed - std::min(changed, around));
    at_a += from - i;
    at_b += from - i;
    std::size_t last = changed;  // row of the hunk that changes
    for (std::size_t k = changed; k < std::min(rows.size(), last + 2 * around + 1); ++k)
      if (rows[k].mark != ' ') last = k;
    const std::size_t to = std::min(rows.size(), last + around + 1);
    std::string body;
    std::size_t count_a = 0;
    std::size_t count_b = 0;
    for (std::size_t k = from; k < to; ++k) {
      body.append(1, rows[k].mark).append(rows[k].line);
      if (!rows[k].line.ends_with('\n')) body += "\n\\ No newline at end of file\n";
      if (rows[k].mark != '+') ++count_a;
      if (rows[k].mark != '-') ++count_b;
    }
    text += fmt::format("@@ -{} +{} @@\n{}", range(at_a, count_a), range(at_b, count_b), body);
    at_a += count_a;
    at_b += count_b;
    i = to;
  }
  return text.empty() ? text : fmt::format("--- {}\n+++ {}\n{}", name, name, text);
}

}  // namespace mailflow
