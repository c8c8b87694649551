// How much volume a centre can take before a target breaks: stochastic root-finding over a volume factor.
//
// With common random numbers the mean of n replications is one function of the factor (sample-average approximation;
// H. Chen and B. Schmeiser 2001), and a target breaks where it crosses the target's bound. The factor is sought by
// bisection over whole percents of today's volume, from 5 to 400 %, supposing that more volume does not make a target
// easier. The interval holds the factors at which the replications' own interval holds the bound (a test turned round).
// Nothing is sought for a target that has nothing to judge, or whose mail never comes.
#pragma once

#include <limits>
#include <vector>

#include "experiment/binding.hpp"
#include "experiment/experiment.hpp"

namespace mailflow {

struct TargetCapacity {
  static constexpr double not_found = std::numeric_limits<double>::quiet_NaN();
  TargetIndex target;
  Interval now;               ///< the target's value at today's volume
  Interval days;              ///< share of days (or of replications) on which it is met at today's volume
  bool missed = false;        ///< at today's volume with confidence
  bool met = false;           ///< likewise
  bool nothing = false;       ///< no replication at today's volume has anything to judge
  bool no_volume = false;     ///< none of its mail comes, so that no volume makes or breaks it
  double factor = not_found;  ///< the greatest volume at which the mean still meets it
  double low = not_found, high = not_found;  ///< interval of the factor; not found from one replication
  bool easier = false;                       ///< with more volume: the factor is the least that meets the target
  bool more_than_most = false, less_than_least = false;
  bool at_no_volume = false;  ///< nor above the most: the value grows no more with volume
  Binding binds;              ///< what its mail waits for there
};

struct CapacityOptions {
  std::int64_t replications = 30;
  double confidence = 0.95;
  int least = 5, most = 400;  ///< percent
};

/// For each target of a scenario of the experiment, in the model's order. A pace of at least
/// so much and a cost of at most so much become easier with volume: there the factor is the least that meets.
std::vector<TargetCapacity> capacity(Experiment& experiment, std::size_t scenario, const CapacityOptions& options);

}  // namespace mailflow
