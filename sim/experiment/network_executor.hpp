// Runs a network over threads, and over the ranks of an MPI job where there is one: the same bytes for any number of
// either.
//
// Each window of NetworkRun is shared out by centre: a thread that is free takes the next one, heaviest first. Over MPI
// the centres are dealt out by expected volume, loads for centres of other ranks change hands at the end of each
// window, and the first rank gathers the results; the others get empty ones. A failure on one rank is thrown on all.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "centre/simulate.hpp"
#include "network/network.hpp"
#include "network/network_results.hpp"

namespace mailflow {

struct NetworkOptions {
  RunOptions run;           ///< without events or progress
  std::size_t threads = 0;  ///< of each process; 0: all cores (one, over MPI)
  std::vector<int> keep;    ///< centres whose whole results are wanted
  /// Is told the whole results of a centre in `keep`, in the process that ran it.
  std::function<void(int, const Results&)> kept;
  std::function<void(Ticks)> progress;  ///< at the end of each window; null: never
};

/// Throws RunFailure.
NetworkResults simulate_network(const Network& network, const NetworkOptions& options);

}  // namespace mailflow
