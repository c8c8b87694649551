// Machines and positions that are down as a run begins, and what the others are set up for.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

void read_station_there(Reading& reading, const Node& node, StationIndex station);

}  // namespace mailflow
