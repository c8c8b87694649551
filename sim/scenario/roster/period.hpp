// The days of a roster, and on which of them each shift is held.
#pragma once

#include "roster/roster.hpp"
#include "scenario/sections/reading.hpp"

namespace mailflow {

void read_roster_period(Reading& reading, const Node& roster, RosterTask& task);

}  // namespace mailflow
