// What a conveyor and a walk share: all that comes is out after the time that it takes.
#pragma once

#include "scenario/kinds/station_language.hpp"

namespace mailflow {

inline double moved_out(const Station& station, double, double span) { return out_after(station.takes.mean(), span); }
inline double least_move(const Station& station) { return station.takes.least(); }

}  // namespace mailflow
