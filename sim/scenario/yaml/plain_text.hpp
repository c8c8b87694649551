// Text as programs of other lands write it: Windows-1252 beside UTF-8, letters in several codings of one accent.
#pragma once

#include <string>
#include <string_view>

namespace mailflow {

/// Whether the bytes are UTF-8 without control characters (a tab and ends of lines aside).
bool is_utf8(const std::string& text);
/// Windows-1252 (and so ISO 8859-1) as UTF-8; the five bytes that it does not define become question marks.
std::string from_windows_1252(const std::string& text);
/// Normalization form C of UTF-8 text (Unicode Standard Annex 15): "e" and a combining acute become "é", so that names
/// that look alike are alike.
std::string composed(std::string text);

/// The bytes of a blank that no line is broken at, where one stands at a byte: U+00A0, U+2007, U+2009 or U+202F, as
/// French keyboards and text processors write before % and between thousands; 0: none.
std::size_t hard_blank_size(std::string_view text, std::size_t at);
/// The text with a plain blank for each of those.
std::string with_plain_blanks(std::string_view text);

}  // namespace mailflow
