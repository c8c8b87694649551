// From when to when is run, and of which days: `run:`.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

/// The calendar, and the span of the run as `run:` has it; a situation may change it yet.
void read_span(Reading& reading);

/// The seed, the days of the span and their nights.
void read_days(Reading& reading);

}  // namespace mailflow
