#include "core/clean_text.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace mailflow {

namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t size = 1;  ///< bytes
};

/// The character at a byte of UTF-8; a byte that begins none (RFC 3629) is one by itself.
Character character_at(std::string_view text, std::size_t i) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
  const std::uint32_t first = byte(i);
  const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  if (size == 1 || i + size > text.size()) return {first, 1};
  std::uint32_t code = first & (0xffU >> (size + 1));
  for (std::size_t k = 1; k < size; ++k) {
    if ((byte(i + k) & 0xc0U) != 0x80U) return {first, 1};
    code = code << 6U | (byte(i + k) & 0x3fU);
  }
  constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < least[size] || code > 0x10ffff || first >= 0xf8) return {first, 1};
  return {code, size};
}

bool is_blank_control(std::uint32_t code) { return code == '\t' || code == '\n' || code == '\r'; }
bool is_control(std::uint32_t code) { return code < 0x20 || (code >= 0x7f && code < 0xa0); }
bool is_separator(std::uint32_t code) { return code == 0x2028 || code == 0x2029; }
bool is_none(std::uint32_t code) { return (code >= 0xd800 && code < 0xe000) || (code & 0xfffeU) == 0xfffe; }
bool turns_writing(std::uint32_t code) {
  return code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

/// What takes no room where it is shown, so that two names look the same.
bool is_unseen(std::uint32_t code) {
  return code == 0xad || (code >= 0x200b && code <= 0x200d) || (code >= 0x2060 && code <= 0x2064) || code == 0xfeff;
}

/// The text with `instead` for each character that `is_bad`, and for each byte that is part of none.
template <class IsBad>
std::string replaced(std::string_view text, const char* instead, IsBad is_bad) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const Character c = character_at(text, i);
    if ((c.size == 1 && c.code >= 0x80) || is_bad(c.code))
      clean += instead;
    else
      clean += text.substr(i, c.size);
    i += c.size;
  }
  return clean;
}

}  // namespace

std::string for_terminal(std::string_view text) {
  return replaced(text, "?", [](std::uint32_t code) {
    return (is_control(code) && code != '\t' && code != '\n') || is_separator(code) || is_none(code) ||
           turns_writing(code);
  });
}

std::string for_xml(std::string_view text) {
  return replaced(text, "\xef\xbf\xbd",
                  [](std::uint32_t code) { return (code < 0x20 && !is_blank_control(code)) || is_none(code); });
}

std::string unfit_character(std::string_view text, Text as) {
  for (std::size_t i = 0; i < text.size();) {
    const Character c = character_at(text, i);
    i += c.size;
    if (c.size == 1 && c.code >= 0x80) continue;  // no UTF-8: told elsewhere
    const bool may = as == Text::value && is_blank_control(c.code);
    const bool is_bad = is_control(c.code) || is_separator(c.code) || is_none(c.code) || turns_writing(c.code) ||
                        (as == Text::name && is_unseen(c.code));
    if (!may && is_bad) return fmt::format("U+{:04X}", c.code);
  }
  return "";
}

}  // namespace mailflow
