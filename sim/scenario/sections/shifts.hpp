// Shifts, and the duties that they are in the run: `staff: {shifts: ...}`.
#pragma once

#include <string>
#include <vector>

#include "scenario/sections/reading.hpp"
#include "scenario/values/civil.hpp"

namespace mailflow {

void read_shifts(Reading& reading, const Node& staff);

/// The duties of a shift within the run; those of the day before that reach into it are there too.
std::vector<Duty> duties_of(Reading& reading, const Hours& hours, const std::vector<ShiftBreak>& breaks,
                            const Days& on);

}  // namespace mailflow
