// The centre as a whole: `centre:`.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

void read_centre(Reading& reading);

}  // namespace mailflow
