// What may be said of a scenario from outside as it is read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/parts.hpp"

namespace mailflow {

struct LoadOptions {
  std::string data_dir;               ///< where data:... files are; empty: not given
  std::optional<std::uint64_t> seed;  ///< instead of the scenario's
  std::optional<int> until_day;       ///< at most so many days from the run's start
  /// Values set on top of the scenario, by path: {"staff.teams.night.agents", "11"}; a value that is there already will
  /// do.
  std::vector<std::pair<std::string, std::string>> set;
  std::optional<std::string> text;  ///< of the scenario itself, as it is being written, instead of its file's
  std::string from_state;           ///< file with the situation that the run begins in; empty: the scenario's, if any
  Parts parts = one_after_another;  ///< of the choice of a network's routes
};

}  // namespace mailflow
