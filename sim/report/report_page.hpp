// The report: one HTML page that opens without a network, made of the page of sim/studio/web and the figures in it.
//
// The figures are the JSON described by sim/studio/web/src/report.ts: results.json and experiment.json as they are, the
// hours of the stations in columns (an average week where a run is longer than 14 days), and the run's record.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "mail/model.hpp"
#include "metrics/results.hpp"
#include "report/run_record.hpp"

namespace mailflow {

/// One scenario of a report; the model is the caller's and outlives it.
struct ReportedScenario {
  const Model* model = nullptr;
  std::shared_ptr<const Results> results;  ///< of replication 1
  RunRecord record;
  std::string text;  ///< as written
  struct {
    std::vector<std::string> en, fr;
  } changes;  ///< to the base, in words; empty for the base
  /// Mean queue by replication, [replication][station][hour of the run]; empty: one run.
  std::vector<std::vector<std::vector<double>>> queues;
};

struct ReportRequest {
  std::vector<ReportedScenario> scenarios;  ///< the base first
  std::string experiment;                   ///< experiment.json; empty: one run
  std::string sensitivity;                  ///< JSON of `sensitivity_json`; empty: not asked
  std::string improvement;                  ///< JSON of `report --since`; then there are no scenarios
  std::string targets;                      ///< JSON of `targets_json`; empty: not asked
  std::string roster;                       ///< JSON of `roster_json`; empty: none
};

/// Mean queue of each station in each hour, [station][hour], for `ReportedScenario::queues`.
std::vector<std::vector<double>> hourly_queues(const Results& results);

/// The JSON in the page, which opens in the language spoken.
std::string report_json(const ReportRequest& request);
/// The page.
std::string report_page(const ReportRequest& request);

}  // namespace mailflow
