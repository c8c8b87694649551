// Recorded arrivals: the rows of a CSV file.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

/// Reads the rows into the source, which has its mix; `node`: the entry of `arrivals:`.
void read_recording(Reading& reading, const Node& node, Source& source);

}  // namespace mailflow
