// Scenarios replicated side by side: what is wanted is taken from the archive where it is there, run where it is not.
//
//   Experiment experiment(*executor, archive, 7, progress);
//   const std::size_t base = experiment.add("today", model, text);
//   experiment.extend({base}, 30);
//   Interval i = mean_interval(experiment.values(base, measure, 30), 0.95);
//
// Replication r of every scenario uses the same named streams (common random numbers). All figures are functions of
// the first n replications in order, so they do not depend on how many cores ran them.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/problems.hpp"
#include "experiment/archive.hpp"
#include "experiment/executor.hpp"
#include "metrics/measure.hpp"
#include "stats/interval.hpp"

namespace mailflow {

/// How far an experiment is; `wanted` may grow when a precision asks for more.
struct ExperimentProgress {
  std::size_t done = 0;  ///< replications run or found, over all scenarios
  std::size_t wanted = 0;
  std::size_t found = 0;  ///< of done: taken from the archive
  std::string precision;  ///< what the widest interval is at present, in words; empty: none is asked for
};

class Experiment {
 public:
  using Progress = std::function<void(const ExperimentProgress&)>;
  /// `archive` may be null; neither it nor the executor is owned. Only the leading rank uses the archive.
  Experiment(Executor& executor, Archive* archive, std::uint64_t seed, Progress progress);

  /// Adds a scenario; its index. The same model added twice is replicated once.
  std::size_t add(const std::string& name, std::shared_ptr<const Model> model, const std::string& text);

  /// Once this is true, extend() gives up what it runs and throws ExperimentStopped; not owned.
  void stop_at(const std::atomic<bool>* stop) { stop_ = stop; }
  const std::atomic<bool>* stop() const { return stop_; }

  /// Items' own times are measured too, from now on.
  void want_own_times() { own_times_ = true; }

  /// Makes replications 1..n of these scenarios available.
  void extend(const std::vector<std::size_t>& scenarios, std::int64_t n);

  std::size_t scenarios() const { return scenarios_.size(); }
  const Model& model(std::size_t scenario) const { return *scenarios_[scenario].model; }
  const std::string& name(std::size_t scenario) const { return scenarios_[scenario].name; }
  const std::vector<Measure>& measures(std::size_t scenario) const { return scenarios_[scenario].measures; }
  std::int64_t available(std::size_t scenario) const;
  /// The values of a measure (index into `measures(scenario)`) in replications 1..n.
  std::vector<double> values(std::size_t scenario, std::size_t measure, std::int64_t n) const;
  /// The same by name; NaN throughout where the scenario has no such measure.
  std::vector<double> values(std::size_t scenario, const std::string& measure, std::int64_t n) const;

  std::size_t run() const { return run_; }      ///< replications run here
  std::size_t found() const { return found_; }  ///< replications taken from the archive
  void precision_is(const std::string& words) { progress_now_.precision = words; }
  std::size_t width() const { return executor_.width(); }
  std::uint64_t seed() const { return seed_; }

 private:
  struct Scenario {
    std::string name;
    std::shared_ptr<const Model> model;
    std::string fingerprint;
    std::vector<Measure> measures;
    std::size_t same_as = 0;   ///< the first scenario with this model
    std::int64_t kept_as = 0;  ///< id in the archive
    std::vector<Observation> replications;
  };
  void take_kept(std::size_t scenario, std::int64_t n);

  Executor& executor_;
  Archive* archive_;
  std::uint64_t seed_;
  Progress progress_;
  ExperimentProgress progress_now_;
  std::deque<Scenario> scenarios_;  ///< stays put when it grows: callers hold on to measures
  bool own_times_ = false;
  const std::atomic<bool>* stop_ = nullptr;
  std::size_t run_ = 0, found_ = 0;
};

/// A wanted half-width.
struct Precision {
  std::string measure;
  double half_width = 0;  ///< in the measure's unit, or a share of the estimate
  bool relative = false;
};
/// When to stop: after `fixed` replications, or as soon as all precisions hold, within [least, most].
struct Stopping {
  std::int64_t fixed = 0;
  std::vector<Precision> precisions;
  std::int64_t least = 10;
  std::int64_t most = 1000;
  double confidence = 0.95;
};

// options.cpp: what planners write on the command line

/// Reads "MEASURE:0.5 %", "MEASURE:2 min", "MEASURE:relative 5 %" against the measures; tells what is wrong, with the
/// nearest name, as a problem of the option named.
std::optional<Precision> read_precision(const std::string& text, const std::vector<Measure>& measures,
                                        const std::string& option, Problems& problems);

/// The index of a measure by name; tells of an unknown one with the nearest.
std::optional<std::size_t> find_measure(const std::string& name, const std::vector<Measure>& measures,
                                        const std::string& option, Problems& problems);

/// The interval that suits the measure's kind.
Interval measure_interval(const Measure& measure, const std::vector<double>& values, double confidence);

/// Replicates the scenarios until every one of them has every precision (paired differences to the first, where
/// `paired` and there are several); the number of replications that count. The first n at which it holds, in order.
std::int64_t replicate(Experiment& experiment, const std::vector<std::size_t>& scenarios, const Stopping& stopping,
                       bool paired);

}  // namespace mailflow
