// What sensitivity, targets and sweep found, for the terminal and as CSV.
#pragma once

#include <string>
#include <vector>

#include "metrics/measure.hpp"
#include "report/table.hpp"
#include "stats/comparison.hpp"

namespace mailflow {

/// One move: what it does to each target's value and to the cost of the run.
struct MoveReport {
  Label subject, change;
  bool of_volume = false;           ///< no change of the organisation
  std::vector<Difference> targets;  ///< in the order of `SensitivityReport::targets`
  Difference cost;
};
/// What a target of a sensitivity asks for, in its unit.
struct Wanted {
  double bound = 0;
  bool at_least = true;  ///< else at most
  std::string text;      ///< "at least 95 %"
};
struct SensitivityReport {
  std::string scenario;
  std::string currency;
  std::int64_t replications = 0;
  double confidence = 0.95;
  double days = 1;      ///< of a run
  double cost_now = 0;  ///< staff and transport over a run
  std::vector<Measure> targets;
  std::vector<Wanted> wanted;
  std::vector<Interval> now;
  std::vector<bool> at_least;  ///< now is a lower bound in some replication, for something had not ended
  std::vector<MoveReport> moves;
};

/// What may be said of a move that costs less.
enum class Saving : std::uint8_t {
  none,     ///< it saves nothing that is shown, is none of the organisation, or is shown to hurt a target
  safe,     ///< at the worst that the replications leave open every target that is met now still is, and no other
            ///< gets worse
  unproven  ///< at that worst some target would be lost, or be missed by more
};
Saving saving_of(const SensitivityReport& report, const MoveReport& move);

/// For each target the moves that help it, most per unit of cost first, then what hurts it; then what would save.
std::string sensitivity_text(const SensitivityReport& report, std::size_t most);
/// A row a move and target.
std::string sensitivity_csv(const SensitivityReport& report);
/// For the report's page (sim/studio/web/src/experiment.ts).
std::string sensitivity_json(const SensitivityReport& report);

/// How far each target carries in one scenario.
struct TargetReport {
  Measure measure;
  std::string wanted;
  Interval now, days;
  bool at_least = false;             ///< now is a lower bound in some replication, for something had not ended
  bool easier = false;               ///< with more mail
  bool nothing = false;              ///< to judge
  bool met = false, missed = false;  ///< with confidence
  Label carries;                     ///< "112 %", "more than 400 %"; empty where volume says nothing
  Label interval;                    ///< "109 to 115 %"
  Label binds;
  double factor = 0, low = 0, high = 0;
};
struct TargetsReport {
  std::vector<std::string> scenarios;
  std::string currency;
  std::int64_t replications = 0;
  double confidence = 0.95;
  std::vector<std::vector<TargetReport>> targets;  ///< [scenario]
};
std::string targets_text(const TargetsReport& report);
std::string targets_csv(const TargetsReport& report);
/// For the report's page.
std::string targets_json(const TargetsReport& report);

/// One point of a sweep.
struct SweepReport {
  std::string scenario;
  std::string currency;
  std::int64_t replications = 0;
  double confidence = 0.95;
  std::vector<std::string> keys;
  std::vector<Measure> measures;
  struct Row {
    std::vector<std::string> values;  ///< of the keys
    std::vector<Interval> found;      ///< of the measures
    std::vector<bool> at_least;       ///< those are lower bounds in some replication, for something had not ended
  };
  std::vector<Row> rows;
};
/// A table for each measure, with a bar for each point.
std::string sweep_text(const SweepReport& report);
/// Tidy: a column a key, then measure, estimate, low, high.
Table sweep_table(const SweepReport& report);
/// For the report's page; `model` is of the first point, drawn from `seed`.
std::string sweep_json(const SweepReport& report, const Model& model, std::uint64_t seed);

}  // namespace mailflow
