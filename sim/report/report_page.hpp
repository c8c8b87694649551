// The report: one HTML page that opens without a network, made of the page of sim/studio/web and the figures in it.
//
// The figures are the JSON described by sim/studio/web/src/report.ts: results.json and experiment.json as they are, the
// hours of the stations in columns (an average week where a run is longer than 14 days), and the run's record.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "mail/assumptions.hpp"
#include "mail/model.hpp"
#include "metrics/results.hpp"
#include "report/run_record.hpp"
#include "report/table.hpp"
#include "stats/interval.hpp"

namespace mailflow {

/// A figure over the replications, by its path in results.json.
struct MeanFigure {
  std::string path;
  Interval found;
  bool at_least = false;  ///< a lower bound in some replication
};

/// The replication that charts and lists of one run are of.
struct Detail {
  std::int64_t replication = 1;
  std::int64_t replications = 1;
  double confidence = 0.95;  ///< of the means' intervals
  std::string median_of;     ///< path of the measure of which it is the median in the base; empty: there is one run
};

/// One scenario of a report; the model is the caller's and outlives it.
struct ReportedScenario {
  const Model* model = nullptr;
  Label called;                            ///< empty: as its model is
  std::shared_ptr<const Results> results;  ///< of the replication in detail
  std::vector<MeanFigure> means;           ///< empty: one run
  RunRecord record;
  std::string text;  ///< as written
  Assumptions assumptions;
  struct {
    std::vector<std::string> en, fr;
  } changes;  ///< to the base, in words; empty for the base
  /// Mean queue by replication, [replication][station][hour of the run]; empty: one run.
  std::vector<std::vector<std::vector<double>>> queues;
};

struct ReportRequest {
  std::vector<ReportedScenario> scenarios;  ///< the base first
  Detail detail;
  std::string experiment;   ///< experiment.json; empty: one run
  std::string sensitivity;  ///< JSON of `sensitivity_json`; empty: not asked
  std::string improvement;  ///< JSON of `report --since`; then there are no scenarios
  std::string targets;      ///< JSON of `targets_json`; empty: not asked
  std::string roster;       ///< JSON of `roster_json`; empty: none
  std::string plan;         ///< JSON of `plan_page_json`; empty: none
  std::string within_day;   ///< JSON of `within_day_page_json`; empty: none
  std::string sweep;        ///< JSON of `sweep_json`; then there are no scenarios, but tables
  std::string network;      ///< JSON of `network_page_json`; likewise
  std::vector<Table> tables;
};

/// Mean queue of each station in each hour, [station][hour], for `ReportedScenario::queues`.
std::vector<std::vector<double>> hourly_queues(const Results& results);

/// The JSON in the page, which opens in the language spoken.
std::string report_json(const ReportRequest& request);
/// The page.
std::string report_page(const ReportRequest& request);

}  // namespace mailflow
