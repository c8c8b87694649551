// A roster that somebody wrote: CSV with the columns name, date and shift (and post), for the people of a task.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/problems.hpp"
#include "roster/roster.hpp"

namespace mailflow {

struct GivenRoster {
  Roster roster;
  std::map<std::pair<int, int>, Place> places;  ///< of each duty, by person and day
  Place file;
};

/// Tells at its row what is no roster of this task: an unknown name, date, shift, post; a day outside; two shifts of
/// one person on one day; a shift on a day on which it is not held. Rows without a name are temporaries.
std::optional<GivenRoster> read_roster(const std::string& path, const RosterTask& task, Problems& problems);

}  // namespace mailflow
