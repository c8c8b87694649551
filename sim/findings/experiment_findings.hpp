// The figures of an experiment as its report tells them: each measure with its intervals, differences and verdicts.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "experiment/experiment.hpp"
#include "mail/model.hpp"
#include "report/experiment_report.hpp"

namespace mailflow {

/// Shown name of a scenario: its label, or its file's name.
std::string shown_name(const Model& model);

/// Of a scenario, in how many of n replications stations came to stand still for ever, and which did first, when.
StoodStill stood_still(const Experiment& experiment, std::size_t scenario, std::int64_t n);
/// The same in words; empty where none did.
std::string standstills_text(const Experiment& experiment, std::size_t scenario, std::int64_t n);

struct ReportOptions {
  double confidence = 0.95;
  int until_day = 0;                           ///< 0: the scenario's end
  bool stood_still = true;                     ///< whether it is looked for, which may take a run
  std::map<std::string, double> worth_having;  ///< by measure, in its unit
};

/// Figures of all scenarios after n replications, of these measures of the base; differences judged together where
/// there are several.
ExperimentReport report_of(const Experiment& experiment, const std::vector<std::size_t>& measures, std::int64_t n,
                           const ReportOptions& options);
/// Judges all differences of a report together.
void compare_all(ExperimentReport& report);

}  // namespace mailflow
