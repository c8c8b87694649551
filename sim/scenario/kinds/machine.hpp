// Machines that handle mail one lot at a time, with a crew or without.
#pragma once

#include "scenario/kinds/handling.hpp"
#include "scenario/kinds/station_language.hpp"

namespace mailflow {

CatalogueSection machine_section();
void read_machine(Reading& reading, const Node& node, Station& station);

inline constexpr StationLanguage machine_language = {machine_section, read_machine, all_out, least_handling,
                                                     as_they_are};

}  // namespace mailflow
