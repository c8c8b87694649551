// Plans one scenario, and gives what is shown and written of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "planning/planner.hpp"
#include "report/plan_report.hpp"
#include "scenario/scenario.hpp"

namespace mailflow::cli {

struct PlanPlace {
  std::string scenario;                                  ///< the file that was planned
  std::string folder;                                    ///< that the plan is to be kept in
  std::vector<std::pair<std::string, std::string>> set;  ///< on top of the scenario
};
struct PlanMade {
  PlanReport report;
  std::map<std::string, std::string> files;  ///< plan.json and, where there is a plan, plan.csv and plan.yaml
  std::string page;                          ///< for the report's page: JSON of `plan_page_json`
  std::optional<std::size_t> today, plan;    ///< scenarios of the experiment that were run
};

PlanMade make_plan(const Scenario& asked, Experiment& experiment, const PlannerOptions& options,
                   const PlanPlace& place);

}  // namespace mailflow::cli
