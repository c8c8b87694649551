// What `mailflow plan` may choose: `plan:`.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

void read_plan(Reading& reading);

}  // namespace mailflow
