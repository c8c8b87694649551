// How much volume a centre can take before a target breaks: stochastic root-finding over a volume factor.
//
// With common random numbers the mean of n replications is one function of the factor (sample-average approximation;
// H. Chen and B. Schmeiser 2001), and a target breaks where it crosses the target's bound. The factor is sought by
// bisection over whole percents of today's volume, from 5 to 400 %, supposing that more volume does not make a target
// easier. The interval holds the factors at which the replications' own interval holds the bound (a test turned round).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "experiment/experiment.hpp"

namespace mailflow {

struct TargetCapacity {
  int target = -1;
  Interval now;              ///< the target's value at today's volume
  Interval days;             ///< share of days (or of replications) on which it is met at today's volume
  bool missed = false;       ///< at today's volume with confidence
  double factor = 0;         ///< the greatest volume at which the mean still meets it; least/most: not found between
  double low = 0, high = 0;  ///< interval of the factor
  bool easier = false;       ///< with more volume: the factor is the least that meets the target
  bool more_than_most = false, less_than_least = false;
  std::string binds;  ///< what it waits for there: "sorter: waiting for staff"; empty where nothing waits
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
