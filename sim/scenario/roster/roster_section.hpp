// Who is to work when: `roster:`.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

/// Once stations, arrivals and staff are known.
void read_roster(Reading& reading);

}  // namespace mailflow
