// The command line: every option of every command, with its help and its check. What commands have in common is
// declared once. CLI11 is known to the files of options and help_words.hpp alone.
#pragma once

#include <functional>
#include <string>

namespace mailflow::cli {

/// What the words of a command line ask for.
struct Asked {
  std::function<int()> command;  ///< gives its exit status; none: help was printed, or what is wrong was told
  int status = 0;                ///< where there is no command
  std::string memory;            ///< most to be taken, as typed; empty: not said
};

/// Throws UnusableRequest where the first word is no command.
Asked read_words(int argc, const char* const* argv);

}  // namespace mailflow::cli
