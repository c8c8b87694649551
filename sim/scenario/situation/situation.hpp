// The situation that a run begins in (mail/situation.hpp), as planners write it: `situation:`.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

/// Once the situation's instant and all else of the scenario is known.
void read_situation(Reading& reading);

}  // namespace mailflow
