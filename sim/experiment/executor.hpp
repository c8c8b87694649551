// Runs replications: on all cores of this machine, or on the ranks of an MPI job, with the same bytes either way.
//
// A replication is a pure function of (model, seed, number), so where and when it runs does not matter; results come
// back in the order of the tasks. The caller's thread asks and waits; `done` is called from it, in no stated order, as
// soon as a task is done, so that nothing finished is lost when the program is stopped.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/parts.hpp"
#include "mail/model.hpp"

namespace mailflow {

/// One replication of one model. The model is not owned and outlives the call.
struct Task {
  const Model* model = nullptr;
  std::uint64_t seed = 1;
  std::uint64_t replication = 1;
  bool own_times = false;  ///< whether items' own times are wanted, which take time to record; else they are NaN
  const std::atomic<bool>* stop = nullptr;  ///< not owned; once true, the replication ends by ExperimentStopped
};

/// The values of `measures_of(*task.model)`.
using Observation = std::vector<double>;

struct ExperimentFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Replications were given up because they were asked to stop.
struct ExperimentStopped : std::runtime_error {
  ExperimentStopped() : std::runtime_error("stopped") {}
};

class Executor {
 public:
  using Done = std::function<void(std::size_t task, const Observation&)>;
  virtual ~Executor() = default;
  /// Throws ExperimentFailure when a replication fails, with the scenario and replication in its words;
  /// ExperimentStopped where tasks were asked to stop (of ranks: only where this process has but its own threads).
  virtual std::vector<Observation> run(const std::vector<Task>& tasks, const Done& done) = 0;
  /// Replications that can run at the same time.
  virtual std::size_t width() const = 0;
  /// Gives every process what the leading one has; nothing to do where there is but one.
  virtual void share(std::vector<double>& values) { (void)values; }
  /// Whether this process prints and writes (of several ranks, only the first).
  virtual bool leads() const { return true; }
};

/// In thread_executor.cpp. `threads` 0: one per core that this process may use.
std::unique_ptr<Executor> thread_executor(std::size_t threads);

/// Parts of a work on so many threads; 0: one per core that this process may use.
Parts parts_on(std::size_t threads);

/// For the progress of a run: ends it by ExperimentStopped once `stop` is true; nothing where there is none.
std::function<void(Ticks)> stops_at(const std::atomic<bool>* stop);

/// The observation of one task; what every executor calls.
Observation run_task(const Task& task);

}  // namespace mailflow
