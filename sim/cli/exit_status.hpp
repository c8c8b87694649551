// How a command ends: its exit status, and what is told where it fails. Which failure gives which status is said here
// and nowhere else.
#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "core/problems.hpp"
#include "experiment/archive.hpp"

namespace mailflow {
class MpiSession;
}

namespace mailflow::cli {

enum ExitStatus : int { success, target_missed, wrong_usage, invalid_input, run_failed };

/// What was asked for cannot be, or its options do not go together: wrong_usage.
struct UnusableRequest : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What was read is none that can be worked with: invalid_input.
struct UnusableInput : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What of a command bears on how its failures end.
struct Guard {
  const char* failed = nullptr;  ///< told before what gives run_failed; null: "the run failed: " of a run alone
  ArchiveUse archive = ArchiveUse::keep;  ///< one that cannot be opened was named wrongly, or is no input
  bool one_run = false;                   ///< all ranks make it together, so that each knows why it fails
};

/// Tells why the command fails: its exit status.
int ended_by(const std::exception& why, const Guard& guard = {});

/// Runs `body`, and ends by what it throws.
int guarded(const Guard& guard, const std::function<int()>& body);

/// The same on every rank of an MPI job: what all know is told once, what one rank alone knows of ends all of them.
int guarded_ranks(const Guard& guard, const std::function<int(const MpiSession&)>& body);

/// Tells the problems of what was read; with `quiet` only where there are errors.
void tell_problems(const Problems& problems, bool quiet = false);

/// What was read, its problems told; throws UnusableInput by `cannot` where it is nothing.
template <class Read>
Read usable(std::optional<Read> read, const Problems& problems, bool quiet, const std::string& cannot) {
  tell_problems(problems, quiet);
  if (!read) throw UnusableInput(cannot);
  return std::move(*read);
}

}  // namespace mailflow::cli
