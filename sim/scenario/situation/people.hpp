// Who is here as a run begins.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

void read_team_there(Reading& reading, const Node& node, TeamIndex team);

}  // namespace mailflow
