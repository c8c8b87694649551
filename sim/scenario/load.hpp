// YAML to a checked scenario: the one way in.
//
//   Problems problems;
//   std::optional<Scenario> scenario = load_scenario("today.yaml", {}, problems);
//   std::cerr << problems.text();
//
// Never throws for what a planner wrote. Nothing comes back when there is an error; warnings do not stop a run.
#pragma once

#include <optional>
#include <string>

#include "core/problems.hpp"
#include "scenario/load_options.hpp"
#include "scenario/scenario.hpp"

namespace mailflow {

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
