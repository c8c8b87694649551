// What a command tells on standard error and says on standard output. Neither ever throws.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <utility>

#include "core/clean_text.hpp"
#include "report/window.hpp"

namespace mailflow::cli {

/// Prints to standard error, where that is open; what names in it would have a terminal do is not done.
template <class... Values>
void tell(fmt::format_string<Values...> format, Values&&... values) {
  std::fputs(for_terminal(fmt::format(format, std::forward<Values>(values)...)).c_str(), stderr);
}

/// Prints text to standard output, within the window; main() sees at the end whether all of it got there.
inline void say_text(const std::string& text) { std::fputs(wrapped(text).c_str(), stdout); }
/// The same of a text with its places filled.
template <class... Values>
void say(fmt::format_string<Values...> format, Values&&... values) {
  say_text(fmt::format(format, std::forward<Values>(values)...));
}
/// Prints what is for another program, as it is.
inline void give(const std::string& text) { std::fputs(text.c_str(), stdout); }

}  // namespace mailflow::cli
