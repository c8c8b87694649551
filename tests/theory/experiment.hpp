// Runs a scenario of tests/theory/scenarios through the public command and reads what it wrote.
//
//   Experiment desk("mm1");
//   Measured wait = wait_at("desk")(desk);   // seconds, with the run's own 99 % interval
//
// Times are in seconds and rates in items a second: the units of the formulas. MAILFLOW_TEST_SCALE (0.05, say) shortens
// the runs; their intervals are then taken at 99.9 %. Each program run writes into a folder of its own, removed at
// once.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace mailflow::theory {

/// A figure of a run. half_width < 0: the run gave too few data for an interval.
struct Measured {
  double value = 0;
  double half_width_99 = -1;
  std::int64_t batches = 0;
  std::int64_t items = 0;  ///< that the figure rests on
};

class Experiment {
 public:
  /// Runs at once; throws std::runtime_error with the program's words when it fails.
  explicit Experiment(std::string scenario, int seed = 1);

  const std::string& scenario() const { return scenario_; }
  const nlohmann::json& results() const { return results_; }
  const nlohmann::json& station(const std::string& name) const;
  const nlohmann::json& product(const std::string& name) const;
  /// Rows of hours of a station: cumulative figures at the end of each hour.
  const nlohmann::json& hours(const std::string& station) const;
  /// Items that left the centre, or the visits of the busiest station where mail goes round for ever.
  std::int64_t items() const;

 private:
  std::string scenario_;
  nlohmann::json results_;
};

/// Share of the full length at which tests run: 1, or MAILFLOW_TEST_SCALE.
double scale();

using Figure = std::function<Measured(const Experiment&)>;

// With the run's own interval.
Figure wait_at(std::string station);
Figure content_of(std::string station);
Figure queue_of(std::string station);
Figure throughput_of(std::string station);
Figure use_of(std::string station);
Figure time_of(std::string product);
Figure time_of_all();

// With an interval worked out here, over at most 32 batches of neighbouring hours or over days.
/// Share of the station's server time spent in these states.
Figure share_of(std::string station, std::vector<std::string> states);
/// Time mean of the items in all these stations together, the items that block a server of `blocking` added if given.
Figure contents_of(std::vector<std::string> stations, std::string blocking = {});
/// Items in the station at an hour of the day.
Figure content_at(std::string station, int hour);

// With an interval over the runs of seeds 1 to 10.
Figure quantile_over_seeds(std::string key);
Figure waited_over_seeds(std::string station);

// Without an interval: of runs without chance.
Figure greatest_queue(std::string station);
Figure mean_time();
Figure greatest_time();

/// Student's interval of a mean over independent values.
Measured over(const std::vector<double>& values);

}  // namespace mailflow::theory
