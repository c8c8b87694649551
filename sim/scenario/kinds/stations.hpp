// Where mail is handled or waits: `stations:`.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

void read_stations(Reading& reading);

}  // namespace mailflow
