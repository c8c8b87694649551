// What is known of vehicles and departures of the coming hours as a run begins.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

/// A departure that does not go, goes at another time, or is put on besides.
void read_departure_there(Reading& reading, const Node& node, DepartureIndex departure);

/// What is known of mail still to come today.
void read_source_there(Reading& reading, const Node& node, SourceIndex source);

}  // namespace mailflow
