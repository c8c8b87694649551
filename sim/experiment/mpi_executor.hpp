// Replications over the ranks of an MPI job (mpirun -n 4 mailflow compare ...), where the program was built with MPI.
//
// Every rank runs the same program and takes the same decisions: a batch of tasks is dealt out over the ranks, and all
// get all results, so that every figure is the one that a single process finds. Only the first rank prints, writes
// files and uses the archive. When a replication fails every rank throws the same ExperimentFailure; when a rank dies,
// mpirun ends the job, the archive keeps what was brought in, and the same command goes on from there.
#pragma once

#include <cstddef>
#include <memory>

#include "experiment/executor.hpp"

namespace mailflow {

/// MPI for as long as this lives; does nothing where the program was not started as one of several processes. One per
/// program, made before any experiment. Throws ExperimentFailure where the program is one of several and was built
/// without MPI.
class MpiSession {
 public:
  MpiSession();
  ~MpiSession();
  MpiSession(const MpiSession&) = delete;
  MpiSession& operator=(const MpiSession&) = delete;
  MpiSession(MpiSession&&) = delete;
  MpiSession& operator=(MpiSession&&) = delete;

  bool active() const { return active_; }
  int rank() const { return rank_; }
  /// Ends all ranks at once with this status, for what one rank alone knows of.
  void abort(int status) const;

 private:
  bool active_ = false;
  int rank_ = 0;
};

/// Over the ranks of a job with `threads` (0: one) on each; or, outside of one, over `threads` (0: all cores) here.
std::unique_ptr<Executor> make_executor(std::size_t threads);

}  // namespace mailflow
