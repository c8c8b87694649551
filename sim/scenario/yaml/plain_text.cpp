#include "scenario/yaml/plain_text.hpp"

#include <algorithm>
#include <array>
#include <boost/locale/conversion.hpp>
#include <boost/locale/generator.hpp>
#include <locale>

namespace mailflow {

namespace {

/// Bytes 0x80 to 0x9f of Windows-1252; 0: not defined.
constexpr std::array<char32_t, 32> upper_controls = {0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                                     0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
                                                     0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                                     0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

char byte(char32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); }

void append(std::string& text, char32_t c) {
  if (c < 0x80) {
    text += byte(c);
  } else if (c < 0x800) {
    text += byte(0xc0U | (c >> 6U));
    text += byte(0x80U | (c & 0x3fU));
  } else {
    text += byte(0xe0U | (c >> 12U));
    text += byte(0x80U | ((c >> 6U) & 0x3fU));
    text += byte(0x80U | (c & 0x3fU));
  }
}

/// How many bytes the character at i has; 0: it is none.
std::size_t character_size(const std::string& text, std::size_t i) {
  const auto first = static_cast<unsigned char>(text[i]);
  if (first < 0x80) return first < 0x20 && first != '\t' && first != '\n' && first != '\r' ? 0 : 1;
  const std::size_t size = first >= 0xf0 && first < 0xf5   ? 4
                           : first >= 0xe0 && first < 0xf0 ? 3
                           : first >= 0xc2 && first < 0xe0 ? 2
                                                           : 0;
  if (i + size > text.size()) return 0;
  for (std::size_t k = 1; k < size; ++k)
    if ((static_cast<unsigned char>(text[i + k]) & 0xc0U) != 0x80U) return 0;
  return size;
}

}  // namespace

bool is_utf8(const std::string& text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = character_size(text, i);
    if (size == 0) return false;
    i += size;
  }
  return true;
}

std::string from_windows_1252(const std::string& text) {
  std::string all;
  all.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    const bool special = code >= 0x80 && code < 0xa0;
    const char32_t meant = special ? upper_controls.at(code - 0x80U) : code;
    append(all, meant == 0 && special ? U'?' : meant);
  }
  return all;
}

std::string composed(std::string text) {
  // combining marks are U+0300 to U+036f, that is 0xcc or 0xcd and another byte; without one there is nothing to do
  if (text.find_first_of("\xcc\xcd") == std::string::npos || !is_utf8(text)) return text;
  static const std::locale unicode = boost::locale::generator()("en_US.UTF-8");
  return boost::locale::normalize(text, boost::locale::norm_nfc, unicode);
}

std::size_t hard_blank_size(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  for (const std::string_view blank : {"\xc2\xa0", "\xe2\x80\x87", "\xe2\x80\x89", "\xe2\x80\xaf"})
    if (text.substr(at).starts_with(blank)) return blank.size();
  return 0;
}

std::string with_plain_blanks(std::string_view text) {
  std::string all;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = hard_blank_size(text, at);
    all += size > 0 ? ' ' : text[at];
    at += std::max<std::size_t>(size, 1);
  }
  return all;
}

}  // namespace mailflow
