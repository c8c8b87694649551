// The work of a job: scenarios replicated side by side, their figures told as they grow surer, then the report.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/problems.hpp"
#include "core/words.hpp"
#include "studio/model_view.hpp"

namespace mailflow::studio {

struct JobScenario {
  std::string path;
  Changes set;
};

struct JobAsked {
  std::vector<JobScenario> scenarios;  ///< the base first
  std::int64_t replications = 30;
  Language language = Language::en;  ///< of its words, and of its report
};

/// A scenario of a job cannot be run.
struct UnusableScenario : std::runtime_error {
  UnusableScenario(const std::string& words, Problems found) : std::runtime_error(words), problems(std::move(found)) {}
  Problems problems;
};

/// Is told how far a job is, from its own thread.
struct JobEvents {
  std::function<void(const Json& labels, const std::vector<std::string>& texts)> loaded;  ///< scenario by scenario
  std::function<void(std::size_t done, std::size_t found)> counted;
  std::function<void(const Json& figures)> figures;
  std::function<void()> reporting;  ///< the figures are final
  /// JSON both; `detail`: the replication that the report shows.
  std::function<void(const std::string& report, const std::string& experiment, std::int64_t detail)> reported;
};

/// In the thread that calls it, and others for the runs; throws UnusableScenario, ExperimentStopped once `stop` is
/// true, and what else an experiment throws.
void replicate_scenarios(const JobAsked& asked, const JobEvents& events, const std::string& archive,
                         const std::string& data_dir, const std::atomic<bool>& stop);

}  // namespace mailflow::studio
