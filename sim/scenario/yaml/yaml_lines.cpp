#include "scenario/yaml/yaml_lines.hpp"

#include <fmt/format.h>

#include <cctype>

#include "core/words.hpp"
#include "scenario/yaml/plain_text.hpp"

namespace mailflow::slips {
namespace {

std::string_view without_end_blanks(std::string_view text) {
  const auto last = text.find_last_not_of(" \t");
  return last == std::string_view::npos ? std::string_view{} : text.substr(0, last + 1);
}

}  // namespace

bool is_word_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || c == '-' || byte >= 0x80;
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

/// The nearest line below that says something.
std::optional<Line> below(const SourceFile& file, std::size_t number) {
  while (++number < file.lines.size())
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
  return {line, byte, tr("\"{}\" lacks the colon behind a key", word),
          tr("write {}", fmt::format("{}:{}{}", word, rest.empty() ? "" : " ", short_of(rest)))};
}

/// "label =": "label".
std::string_view word_before_equals(std::string_view text) {
  text = without_blanks(text);
  return text.ends_with('=') ? without_blanks(text.substr(0, text.size() - 1)) : text;
}

Slip lacks_blank(std::size_t line, std::size_t byte, std::string_view word, std::string_view rest) {
  return {line, byte, tr("a blank is missing behind {}:", word),
          tr("write {}", fmt::format("{}: {}", word, short_of(rest)))};
}

Slip hard_blank(std::size_t line, std::size_t byte, const std::string& where) {
  return {line, byte, tr("a non-breaking blank stands {}, which YAML takes for a letter", where),
          tr("type a plain blank in its place")};
}

std::string blanks(std::size_t number) { return number == 1 ? tr("one blank") : tr("{} blanks", number); }

std::size_t end_of_quote(std::string_view text, std::size_t from) {
  for (std::size_t i = from + 1; i < text.size(); ++i) {
    const bool escapes = text[from] == '"' && text[i] == '\\';
    const bool doubled = text.substr(i, 2) == "''" && text[from] == '\'';
    if (escapes || doubled)
      ++i;
    else if (text[i] == text[from])
      return i;
  }
  return std::string_view::npos;
}

}  // namespace mailflow::slips
