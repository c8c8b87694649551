// Where an input's files lie while they are read, and what a command says meanwhile.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mailflow::fuzz {

/// The folder that the process stands in from its first use on; of its own, and gone at its end.
void enter_folder();

/// Puts the files of an input there, and nothing else: the first is called `first`. Their names.
std::vector<std::string> put_files(std::string_view input, const std::string& first);
/// Whether the last of them holds these words: a mutator finds out what it is searched for.
bool is_given(std::string_view words);

/// Runs a command with what it prints kept from the terminal.
struct Said {
  int status = 0;
  std::string err;
};
Said hear(int (*command)());

}  // namespace mailflow::fuzz
