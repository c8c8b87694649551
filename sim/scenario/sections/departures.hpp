// What leaves, when and with how much: `transport:`.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

void read_departures(Reading& reading);

}  // namespace mailflow
