// What a command tells on standard error and says on standard output. Neither ever throws.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <utility>

#include "core/clean_text.hpp"

namespace mailflow::cli {

/// Prints to standard error, where that is open; what names in it would have a terminal do is not done.
template <class... Values>
void tell(fmt::format_string<Values...> format, Values&&... values) {
  std::fputs(for_terminal(fmt::format(format, std::forward<Values>(values)...)).c_str(), stderr);
}

/// Prints to standard output; main() sees at the end whether all of it got there.
template <class... Values>
void say(fmt::format_string<Values...> format, Values&&... values) {
  std::fputs(fmt::format(format, std::forward<Values>(values)...).c_str(), stdout);
}

}  // namespace mailflow::cli
