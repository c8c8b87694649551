// The instant that a run begins at, and what it changes of the run's span.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

/// The instant of the situation and the run's end, which all timetables depend on.
void read_situation_span(Reading& reading);

}  // namespace mailflow
