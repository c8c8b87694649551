// Gathers items by product and destination.
#pragma once

#include "scenario/kinds/station_language.hpp"

namespace mailflow {

CatalogueSection bagging_section();
void read_bagging(Reading& reading, const Node& node, Station& station);
double bagged_out(const Station& station, double items, double span);
int bag_of(const Station& station);

inline constexpr StationLanguage bagging_language = {bagging_section, read_bagging, bagged_out, at_once, bag_of, {}};

}  // namespace mailflow
