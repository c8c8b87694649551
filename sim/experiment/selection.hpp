// The best of several scenarios to a stated probability: the procedure KN of S.-H. Kim and B. Nelson (2001), fully
// sequential, made for common random numbers.
//
// After n0 replications of all, one replication of each survivor at a time; a scenario is dropped as soon as another
// is ahead of it by more than the pair's shrinking fence. With probability at least `confidence` the one kept is the
// best, provided it is better than the next by at least the indifference zone; otherwise one within the zone of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiment/experiment.hpp"

namespace mailflow {

struct SelectionOptions {
  double confidence = 0.95;
  double indifference = 0;    ///< > 0, in the measure's unit
  std::int64_t first = 10;    ///< n0 >= 2: replications before the first look
  std::int64_t most = 10000;  ///< give up then, with those that are left
};

struct Selection {
  std::size_t best = 0;                  ///< the one kept (of several left, the best mean)
  bool certain = false;                  ///< false: `most` was reached with several left
  std::int64_t replications = 0;         ///< of the one kept
  std::int64_t runs = 0;                 ///< over all scenarios
  std::vector<std::int64_t> dropped_at;  ///< per scenario: replications when it was dropped; 0: kept
  std::vector<double> mean;              ///< per scenario, over the replications it had
};

/// Selects among `scenarios` of the experiment by a measure whose better side is known.
Selection select_best(Experiment& experiment, const std::vector<std::size_t>& scenarios, const Measure& measure,
                      const SelectionOptions& options);

}  // namespace mailflow
