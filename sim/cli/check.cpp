#include <fmt/format.h>

#include <cstdio>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "scenario/load.hpp"
#include "scenario/network/load_network.hpp"

namespace mailflow::cli {

int check_command(const std::string& path, const std::string& data_dir) {
  Problems problems;
  LoadOptions options;
  options.data_dir = data_dir;
  if (is_network(path))
    load_network(path, options, problems);
  else
    load_scenario(path, options, problems);
  tell_problems(problems);
  const auto errors = static_cast<long>(problems.errors());
  const auto warnings = static_cast<long>(problems.warnings());
  if (errors + warnings == 0)
    say_text(tr("{}: no problems\n", path));
  else
    say_text(tr("{}: {}, {}\n", path, tr_plural("{} error", "{} errors", errors, errors),
                tr_plural("{} warning", "{} warnings", warnings, warnings)));
  return problems.has_errors() ? invalid_input : success;
}

}  // namespace mailflow::cli
