// Mail waits for a departure.
#pragma once

#include "core/words.hpp"
#include "scenario/kinds/station_language.hpp"

namespace mailflow {

CatalogueSection bay_section();

inline constexpr StationLanguage bay_language = {
    bay_section, read_no_more, all_out, at_once, as_they_are, tr_later("a bay holds what comes; it has no bound")};

}  // namespace mailflow
