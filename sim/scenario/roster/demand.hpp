// How many are wanted on which shift of which day, or which mail is to be cleared.
#pragma once

#include "roster/roster.hpp"
#include "scenario/sections/reading.hpp"

namespace mailflow {

/// Once the agents are known: what nobody can do is reported.
void read_roster_demand(Reading& reading, const Node& roster, RosterTask& task);

}  // namespace mailflow
