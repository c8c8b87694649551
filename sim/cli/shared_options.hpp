// Options that commands of several files have in common.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/words.hpp"

namespace mailflow::cli {

inline void add_data(CLI::App& command, std::string& folder) {
  const char* given = std::getenv("MAILFLOW_DATA");  // NOLINT(concurrency-mt-unsafe): before any thread
  if (given != nullptr) folder = given;
  command.add_option("--data", folder, tr("folder of recorded data, for replay: data:... (default: $MAILFLOW_DATA)"));
}

inline CLI::Option* add_format(CLI::App& command, std::string& format, const std::string& help,
                               const std::vector<std::string>& known) {
  return command.add_option("--format", format, help)->check(CLI::IsMember(known));
}

}  // namespace mailflow::cli
