// Text as programs of other lands write it: Windows-1252 beside UTF-8, letters in several codings of one accent.
#pragma once

#include <string>

namespace mailflow {

/// Whether the bytes are UTF-8 without control characters (a tab and ends of lines aside).
bool is_utf8(const std::string& text);
/// Windows-1252 (and so ISO 8859-1) as UTF-8; the five bytes that it does not define become question marks.
std::string from_windows_1252(const std::string& text);
/// Normalization form C of UTF-8 text (Unicode Standard Annex 15): "e" and a combining acute become "é", so that names
/// that look alike are alike.
std::string composed(std::string text);

}  // namespace mailflow
