// Positions where agents, or nobody, handle mail one lot at a time.
#pragma once

#include "scenario/kinds/handling.hpp"
#include "scenario/kinds/station_language.hpp"

namespace mailflow {

CatalogueSection manual_section();
void read_manual(Reading& reading, const Node& node, Station& station);

inline constexpr StationLanguage manual_language = {manual_section, read_manual, all_out, least_handling, as_they_are};

}  // namespace mailflow
