#include "report/window.hpp"

#include <algorithm>
#include <string_view>

namespace mailflow {

namespace {

Window& shown_in() {
  static Window window;
  return window;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether a line may end at the blank at `at`.
bool may_part(std::string_view line, std::size_t at) {
  const std::string_view before = line.substr(0, at);
  const std::string_view after = line.substr(at + 1);
  if (before.empty() || after.empty()) return false;
  if (is_digit(before.back()) && is_digit(after.front())) return false;
  constexpr std::string_view signs = "%?!:;";
  if (signs.find(after.front()) != std::string_view::npos || after.starts_with("»")) return false;
  return !before.ends_with("«") && !before.ends_with("≥") && !before.ends_with("±");
}

/// Where a line that is too long ends: at the last blank within `columns`, else at the first beyond; npos: nowhere.
std::size_t end_of(std::string_view line, std::size_t indent, std::size_t columns) {
  std::size_t last = std::string_view::npos;
  for (std::size_t at = line.find(' ', indent); at != std::string_view::npos; at = line.find(' ', at + 1)) {
    if (!may_part(line, at)) continue;
    const bool fits = width_of(std::string(line.substr(0, at))) <= columns;
    if (fits || last == std::string_view::npos) last = at;
    if (!fits) break;
  }
  return last;
}

}  // namespace

Window window() { return shown_in(); }

ShowsIn::ShowsIn(Window window) : before_(shown_in()) { shown_in() = window; }
ShowsIn::~ShowsIn() { shown_in() = before_; }

std::string in_tone(Tone tone, const std::string& text) {
  if (!window().colours || text.empty()) return text;
  // Bold with the colour: verdicts are read without it, too.
  const char* colour = tone == Tone::good ? "32" : tone == Tone::bad ? "31" : "33";
  return std::string("\x1b[1;") + colour + "m" + text + "\x1b[0m";
}

std::size_t width_of(const std::string& text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "\x1b[") == 0) {
      i = std::min(text.find('m', i), text.size() - 1);
      continue;
    }
    if ((static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U) ++width;
  }
  return width;
}

std::string wrapped(const std::string& text) {
  const std::size_t columns = window().columns;
  if (columns == 0) return text;
  std::string out;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    std::string line = text.substr(from, end - from);
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    while (width_of(line) > columns) {
      const std::size_t at = end_of(line, indent, columns);
      if (at == std::string::npos) break;
      out += line.substr(0, line.find_last_not_of(' ', at) + 1) + "\n";
      const std::size_t rest = line.find_first_not_of(' ', at);
      line = std::string(indent, ' ') + (rest == std::string::npos ? "" : line.substr(rest));
    }
    out += line;
    if (end < text.size()) out += '\n';
    from = end + 1;
  }
  return out;
}

}  // namespace mailflow
