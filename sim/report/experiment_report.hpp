// What an experiment found, for the terminal, as JSON and as CSV: replications of one scenario, or a comparison.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "metrics/measure.hpp"
#include "report/table.hpp"
#include "stats/comparison.hpp"
#include "stats/interval.hpp"

namespace mailflow {

/// One measure over all scenarios; vectors in the order of `ExperimentReport::scenarios`, the base first.
struct MeasureReport {
  Measure measure;
  std::string wanted;                       ///< of a target: "at least 95.0 %"; else empty
  std::vector<Interval> found;              ///< on the mean (or the share of days)
  std::vector<std::vector<double>> values;  ///< [scenario][replication]
  std::vector<Difference> to_base;          ///< [0] is the base itself and means nothing
  double worth_having = 0;
  std::vector<bool> at_least = {};  ///< [scenario] in some replication it is a lower bound; empty: not known
  bool bound(std::size_t s) const { return s < at_least.size() && at_least[s]; }
};

/// Replications of a scenario in which stations came to stand still for ever.
struct StoodStill {
  std::int64_t replications = 0;  ///< so many of all; 0: none, and the rest is empty
  std::uint64_t first_in = 0;     ///< the replication in which it was soonest
  std::string since;              ///< when, there
  std::vector<std::string> stations;
  std::string words;  ///< lines for the terminal, in the language spoken
};

struct ExperimentReport {
  std::vector<std::string> scenarios;  ///< as files name them
  std::vector<std::string> shown;      ///< in the language spoken
  std::vector<std::string> files;
  std::vector<StoodStill> stood_still;  ///< scenario by scenario; empty: not known
  std::string currency;
  std::uint64_t seed = 1;
  int until_day = 0;   ///< --until-day; 0: the scenario's end
  double warm_up = 0;  ///< minutes
  double confidence = 0.95;
  std::int64_t replications = 0;
  std::size_t taken = 0;     ///< replications that were in the archive
  bool family = false;       ///< verdicts judged together (Holm)
  std::size_t compared = 0;  ///< differences judged together
  std::vector<MeasureReport> measures;
};

/// What a measure is called: its label and what of it, or its name.
std::string measure_name(const Measure& measure);
/// "at least 95.0 %" of a target.
std::string wanted_of(const Model& model, const Target& target);

/// Replications of the first scenario: mean with interval, days met, spread of the replications.
std::string replications_text(const ExperimentReport& report);
/// Each measure: every scenario's estimate, the difference to the base, the chance, the verdict.
std::string comparison_text(const ExperimentReport& report);
/// What stands before a lower bound; nothing before any other value.
std::string bound_mark(bool at_least);
/// A difference's verdict in a few words.
std::string verdict_text(const Difference& difference);
/// The same for a terminal, in its colour.
std::string verdict_shown(const Difference& difference);

/// Which of several scenarios is the best by one measure.
struct SelectionReport {
  std::vector<std::string> scenarios;
  Measure measure;
  std::string currency;
  double confidence = 0.95;
  double indifference = 0;
  std::size_t best = 0;
  bool certain = false;
  std::int64_t runs = 0;
  std::vector<std::int64_t> dropped_at;  ///< 0: kept
  std::vector<double> mean;
  std::uint64_t seed = 1;
  std::vector<bool> at_least;  ///< in some replication it is a lower bound
};
std::string selection_text(const SelectionReport& report);
/// selection.json and selection.csv (a row a scenario).
std::map<std::string, std::string> selection_files(const SelectionReport& report);

/// experiment.json, measures.csv (scenario by measure) and replications.csv (a row a scenario, replication, measure).
std::map<std::string, std::string> experiment_files(const ExperimentReport& report);
/// The same rows as measures.csv, out of experiment.json.
Table measures_table(const std::string& experiment_json);

}  // namespace mailflow
