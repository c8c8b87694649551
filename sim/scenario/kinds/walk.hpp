// Mail is carried; any amount at once.
#pragma once

#include "scenario/kinds/moving.hpp"
#include "scenario/kinds/station_language.hpp"

namespace mailflow {

CatalogueSection walk_section();

inline constexpr StationLanguage walk_language = {walk_section, read_no_more, moved_out, least_move, as_they_are, {}};

}  // namespace mailflow
