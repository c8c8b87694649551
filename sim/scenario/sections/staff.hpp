// Teams, and how agents are assigned: `staff:`.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

void read_staff(Reading& reading);

}  // namespace mailflow
