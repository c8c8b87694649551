// A plan as a scenario that runs: a what-if on the scenario that was planned.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "planning/staff_plan.hpp"
#include "scenario/scenario.hpp"

namespace mailflow {

/// The text of a what-if to be kept in `folder`, beside a plan.csv that it reads where numbers differ from day to day.
/// `set`: what was set on top of the scenario. Empty where the scenario cannot be read any more.
std::string plan_what_if(const std::string& scenario, const std::string& folder, const Scenario& asked,
                         const OpenNumbers& open, const std::vector<int>& numbers,
                         const std::vector<std::pair<std::string, std::string>>& set);

}  // namespace mailflow
