// What the commands that replicate have in common: the request, the archive, progress, the scenarios.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/progress_line.hpp"
#include "cli/stop.hpp"
#include "experiment/experiment.hpp"
#include "findings/experiment_findings.hpp"

namespace mailflow::cli {

struct ExperimentRequest : ScenarioRequest {
  std::vector<std::string> files;
  std::int64_t replications = 0;  ///< 0: not given
  std::vector<std::string> precisions;
  std::int64_t least = 10, most = 1000;
  double confidence = 95;  ///< percent
  std::vector<std::string> measures, worth;
  std::string best;  ///< measure and indifference zone, "letters:0.5 %"; empty: none is to be chosen
  std::string archive;
  std::string warm_up;  ///< "found", a duration, or empty: the scenario's

  bool replicates() const { return replications > 0 || !precisions.empty(); }
};

/// Everything that runs, from a request: executor, archive, progress on a terminal.
class ExperimentSetup {
 public:
  explicit ExperimentSetup(const ExperimentRequest& request);
  ~ExperimentSetup() = default;
  ExperimentSetup(const ExperimentSetup&) = delete;
  ExperimentSetup& operator=(const ExperimentSetup&) = delete;
  ExperimentSetup(ExperimentSetup&&) = delete;
  ExperimentSetup& operator=(ExperimentSetup&&) = delete;

  /// Loads all files and adds them; tells all problems of all of them. False: nothing can be run.
  bool load(Problems& problems);
  /// The same for one file, with values set on top by path.
  bool add(const std::string& file, Problems& problems,
           const std::vector<std::pair<std::string, std::string>>& set = {});
  Experiment& experiment() { return *experiment_; }
  const Experiment& experiment() const { return *experiment_; }
  const Model& model(std::size_t s) const { return experiment_->model(s); }
  bool leads() const { return executor_->leads(); }
  /// Prints on the leading rank only.
  void print(const std::string& text) const;
  std::uint64_t seed() const { return seed_; }
  void clear_progress() { line_.clear(); }

 private:
  /// All scenarios get the warm-up of the first, so that they are judged over the same window.
  bool set_warm_up(Model& model, Problems& problems);
  /// Where no warm-up can be found: how long a run tells it, tried out on runs up to four times as long.
  std::string long_enough(const Model& model) const;
  std::string words_of(const ExperimentProgress& now) const;

  const ExperimentRequest& request_;
  std::unique_ptr<Executor> executor_;
  std::unique_ptr<Archive> archive_;
  std::timed_mutex opening_;
  std::optional<DoneBeforeEnd> closes_;  ///< the archive
  std::unique_ptr<Experiment> experiment_;
  std::uint64_t seed_ = 1;
  std::optional<Ticks> warm_up_;
  ProgressLine line_;
};

/// The stopping rule of a request; problems of its options are told.
Stopping stopping_of(const ExperimentRequest& request, const std::vector<Measure>& measures, std::int64_t by_default,
                     Problems& problems);
/// The measures to be shown: headlines, and those asked for.
std::vector<std::size_t> chosen(const ExperimentRequest& request, const std::vector<Measure>& measures,
                                Problems& problems);
/// Figures of all scenarios after n replications, differences judged together where there are several.
ExperimentReport report_of(ExperimentSetup& setup, const ExperimentRequest& request,
                           const std::vector<std::size_t>& measures, std::int64_t n, Problems& problems);

}  // namespace mailflow::cli
