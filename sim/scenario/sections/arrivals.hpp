// How mail comes: `arrivals:`.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

void read_arrivals(Reading& reading);

/// Steps in the order of the clock as those of a model: the first at tick 0 and each later than the one before. A step
/// that a clock change puts behind the next (02:15 of a night without it, before 03:00) does not outlive the next.
std::vector<RateStep> steps_in_order(std::vector<RateStep> steps);

}  // namespace mailflow
