// Mail moves; any amount at once.
#pragma once

#include "scenario/kinds/moving.hpp"
#include "scenario/kinds/station_language.hpp"

namespace mailflow {

CatalogueSection conveyor_section();

inline constexpr StationLanguage conveyor_language = {conveyor_section, read_no_more, moved_out,
                                                      least_move,       as_they_are,  {}};

}  // namespace mailflow
