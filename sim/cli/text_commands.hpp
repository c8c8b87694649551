// The options of the commands about the text of scenarios: check, edit and new.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "cli/commands.hpp"

namespace mailflow::cli {

struct TextRequests {
  std::string file;  ///< of check
  std::string data_dir;
  EditRequest edit;
  std::string kind, folder;  ///< of new
};

/// Adds a command by its name, its help and what obeys it.
using AddCommand = std::function<CLI::App&(const char*, const std::string&, std::function<int()>)>;

/// `asked` lives as long as the commands.
void add_text_commands(const AddCommand& add, TextRequests& asked);

}  // namespace mailflow::cli
