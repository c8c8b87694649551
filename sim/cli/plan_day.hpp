// plan, within the day and for posts: the parts of the command that need no numbers of agents to be open.
#pragma once

#include <optional>

#include "cli/within_day.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own
class App;
}

namespace mailflow::cli {

/// Adds --from, --until and --from-state to `plan`; makes the command where there is none yet. The command.
CLI::App* add_day_options(CLI::App& app, WithinDayRequest& request);
/// Runs what is asked of the parsed command; nothing where it asks for neither a plan of the day nor one of posts.
/// Ctrl-C gives the best so far; a second one ends the program.
std::optional<int> plan_day_command(const CLI::App& plan, WithinDayRequest request);

}  // namespace mailflow::cli
