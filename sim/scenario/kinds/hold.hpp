// A share of items is held (customs); the others pass at once.
#pragma once

#include "scenario/kinds/station_language.hpp"

namespace mailflow {

CatalogueSection hold_section();
void read_hold(Reading& reading, const Node& node, Station& station);
double held_out(const Station& station, double items, double span);
double least_hold(const Station& station);

inline constexpr StationLanguage hold_language = {hold_section, read_hold, held_out, least_hold, as_they_are, {}};

}  // namespace mailflow
