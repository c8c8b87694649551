// YAML to a checked scenario: the one way in.
//
//   Problems problems;
//   std::optional<Scenario> scenario = load_scenario("today.yaml", {}, problems);
//   std::cerr << problems.text();
//
// Never throws for what a planner wrote. Nothing comes back when there is an error; warnings do not stop a run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/parts.hpp"
#include "core/problems.hpp"
#include "scenario/scenario.hpp"

namespace mailflow {

struct LoadOptions {
  std::string data_dir;               ///< where data:... files are; empty: not given
  std::optional<std::uint64_t> seed;  ///< instead of the scenario's
  std::optional<int> until_day;       ///< at most so many days from the run's start
  /// Values set on top of the scenario, by path: {"staff.teams.night.agents", "11"}; a value that is there already will
  /// do.
  std::vector<std::pair<std::string, std::string>> set;
  std::string from_state;           ///< file with the situation that the run begins in; empty: the scenario's, if any
  Parts parts = one_after_another;  ///< of the choice of a network's routes
};

/// The text of all files that a scenario is written in, its bases last, each under a line with its name; empty where it
/// cannot be read.
std::string scenario_text(const std::string& path);

std::optional<Scenario> load_scenario(const std::string& path, const LoadOptions& options, Problems& problems);
/// The model alone, for what runs it and asks for no plan.
std::optional<Model> load_model(const std::string& path, const LoadOptions& options, Problems& problems);

/// Adds what was found to `problems`: with errors the errors alone, as a warning may only follow from what could not be
/// read.
void tell_first_faults(const Problems& found, Problems& problems);

}  // namespace mailflow
