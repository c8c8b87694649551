#include "cli/exit_status.hpp"

#include <cstdio>
#include <new>
#include <optional>

#include "centre/simulate.hpp"
#include "cli/tell.hpp"
#include "core/memory.hpp"
#include "core/words.hpp"
#include "experiment/mpi_executor.hpp"
#include "report/output_file.hpp"

namespace mailflow::cli {

namespace {

constexpr const char* solver_failed = tr_later("the solver failed");

template <class... Kinds>
bool is_any(const std::exception& why) {
  return ((dynamic_cast<const Kinds*>(&why) != nullptr) || ...);
}

int status_of(const std::exception& why, const Guard& guard) {
  if (is_any<UnusableRequest, UnusableOutput>(why)) return wrong_usage;
  if (is_any<UnusableInput, NoArchive>(why)) return invalid_input;
  if (is_any<UnusableArchive>(why)) return guard.archive == ArchiveUse::read ? invalid_input : wrong_usage;
  return run_failed;
}

/// Whether every rank has read, or been told, the same.
bool known_to_all(const std::exception& why, const Guard& guard) {
  return is_any<UnusableRequest, UnusableInput, UnusableOutput, ExperimentFailure>(why) ||
         (guard.one_run && is_any<RunFailure>(why));
}

}  // namespace

int ended_by(const std::exception& why, const Guard& guard) {
  const int status = status_of(why, guard);
  std::string before;
  if (status == run_failed && guard.failed != nullptr) before = tr(guard.failed);
  if (before.empty() && is_any<RunFailure, ExperimentFailure>(why)) before = tr("the run failed: ");
  std::string words = why.what();
  if (words == solver_failed) words = tr(solver_failed);  // sim/solver knows no language
  if (is_any<std::bad_alloc>(why)) words = tr("there is not enough memory");
  if (is_any<MemoryExceeded>(why)) words = tr("there is not enough memory; --memory sets what may be taken");
  tell("{}", tr("mailflow: {}{}\n", before, words));
  return status;
}

int guarded(const Guard& guard, const std::function<int()>& body) {
  try {
    return body();
  } catch (const std::exception& why) {
    return ended_by(why, guard);
  }
}

int guarded_ranks(const Guard& guard, const std::function<int(const MpiSession&)>& body) {
  std::optional<MpiSession> session;
  try {
    session.emplace();
  } catch (const ExperimentFailure& why) {  // started as a job, and built without MPI
    return ended_by(UnusableRequest(why.what()));
  }
  try {
    return body(*session);
  } catch (const std::exception& why) {
    if (known_to_all(why, guard)) return session->rank() == 0 ? ended_by(why, guard) : status_of(why, guard);
    const int status = ended_by(why, guard);
    session->abort(status);
    return status;
  }
}

void tell_problems(const Problems& problems, bool quiet) {
  if (!quiet || problems.has_errors()) std::fputs(problems.text().c_str(), stderr);
}

}  // namespace mailflow::cli
