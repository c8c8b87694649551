// Where training pays: which one skill more, of whom, helps the cost or a target most.
#pragma once

#include "cli/commands.hpp"
#include "roster/roster_planner.hpp"
#include "scenario/load.hpp"

namespace mailflow::cli {

/// Ranks by the roster's own cost, then runs the best few beside today's people with common random numbers.
int training_command(const RosterRequest& request, const Scenario& scenario, const RosterOptions& planning);

}  // namespace mailflow::cli
