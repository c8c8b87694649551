// Characters that a text may not bring where it goes: to a terminal, into XML, into a name.
#pragma once

#include <string>
#include <string_view>

namespace mailflow {

/// The text with a question mark for everything that a terminal would obey or be upset by: control characters but tabs
/// and line ends, line and paragraph separators, marks that turn the direction of writing.
std::string for_terminal(std::string_view text);

/// The text with U+FFFD for every character that XML 1.0 cannot hold, in any writing (section 2.2, Char).
std::string for_xml(std::string_view text);

enum class Text { name, value };

/// The first character that no format of the program's files can carry, or that turns the direction of writing, as
/// "U+001B"; empty: there is none. A value may have tabs and line ends, a name may not, nor what takes no room where it
/// is shown (U+200B): two names would look the same.
std::string unfit_character(std::string_view text, Text as);

}  // namespace mailflow
