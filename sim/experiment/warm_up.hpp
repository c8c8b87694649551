// Finds a scenario's warm-up from pilot replications.
#pragma once

#include <cstdint>
#include <optional>

#include "mail/model.hpp"

namespace mailflow {

/// The time after which the mean number of items in the centre, over `pilots` replications without warm-up, is steady
/// by MSER-5 (batches of five hours); in a centre that lives by the day (shifts, timetables, rates by the hour) the
/// batches are whole days. Empty: the run is too short to tell. A pure function of its arguments.
std::optional<Ticks> find_warm_up(const Model& model, std::uint64_t seed, int pilots = 5);

/// The shortest run that may tell, ten batches.
Ticks least_run_for_warm_up(const Model& model);

}  // namespace mailflow
