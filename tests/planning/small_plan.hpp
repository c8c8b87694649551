// Small centres, written in a test, read and planned.
#pragma once

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "experiment/executor.hpp"
#include "planning/planner.hpp"
#include "scenario/load.hpp"

namespace mailflow {

/// `text` is all but the centre; `csv` is the file came.csv beside it.
inline Scenario loaded(const std::string& text, const std::string& csv = "", const std::string& days = "Mon-Sun") {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("mailflow-small-plan-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "plan.yaml") << "mailflow: 1\ncentre: {name: Small, working_days: " << days << "}\n" << text;
  std::ofstream(folder / "came.csv") << csv;
  Problems problems;
  auto scenario = load_scenario((folder / "plan.yaml").string(), {}, problems);
  std::filesystem::remove_all(folder);
  INFO(problems.text());
  REQUIRE(scenario.has_value());
  return *scenario;
}

inline StaffPlan planned(const Scenario& asked, const PlannerOptions& options = {.replications = 5}) {
  const auto executor = thread_executor(1);
  Experiment experiment(*executor, nullptr, asked.model.seed, {});
  return Planner(asked.model, asked.plan, experiment, options).plan();
}

}  // namespace mailflow
