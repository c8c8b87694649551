// What a plan may do within the day, and the team it may split over stations: `plan: {within_day: ..., posts: ...}`.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

void read_day_plan(Reading& reading);

}  // namespace mailflow
