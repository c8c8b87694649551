#include <fmt/format.h>

#include <cstdio>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/tell.hpp"
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
  const auto counted = [](std::size_t n, const char* what) {
    return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
  };
  if (problems.errors() + problems.warnings() == 0)
    say("{}: no problems\n", path);
  else
    say("{}: {}, {}\n", path, counted(problems.errors(), "error"), counted(problems.warnings(), "warning"));
  return problems.has_errors() ? invalid_input : success;
}

}  // namespace mailflow::cli
