#include "experiment/mpi_executor.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>

#ifdef MAILFLOW_WITH_MPI
#include <mpi.h>

#include "core/words.hpp"
#endif

namespace mailflow {

namespace {

/// How many processes the launcher of the job says there are; 1 outside of one.
int processes_told() {
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"}) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread
    if (value != nullptr && std::atoi(value) > 1) return std::atoi(value);
  }
  return 1;
}

}  // namespace

#ifdef MAILFLOW_WITH_MPI

namespace {

/// A task's values or its failure, as doubles for all ranks: number of the task in its round, count, values; a count
/// below 0 is the length of the failure's words, a character each.
class MpiExecutor : public Executor {
 public:
  explicit MpiExecutor(std::size_t threads)
      : threads_(std::max<std::size_t>(1, threads)), here_(thread_executor(threads_)) {
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks_);
  }
  std::size_t width() const override { return threads_ * static_cast<std::size_t>(ranks_); }
  bool leads() const override { return rank_ == 0; }

  void share(std::vector<double>& values) override {
    unsigned long long size = values.size();
    MPI_Bcast(&size, 1, MPI_UNSIGNED_LONG_LONG, 0, MPI_COMM_WORLD);
    values.resize(size);
    constexpr unsigned long long piece = 1U << 27U;  // counts are ints
    for (unsigned long long at = 0; at < size; at += piece)
      MPI_Bcast(values.data() + at, static_cast<int>(std::min(piece, size - at)), MPI_DOUBLE, 0, MPI_COMM_WORLD);
  }

  std::vector<Observation> run(const std::vector<Task>& tasks, const Done& done) override {
    std::vector<Observation> results(tasks.size());
    // Rounds, so that what is done reaches the archive while the rest still runs.
    const std::size_t round = 16 * width();
    for (std::size_t from = 0; from < tasks.size(); from += round)
      one_round(tasks, from, std::min(tasks.size(), from + round), results, done);
    return results;
  }

 private:
  void one_round(const std::vector<Task>& tasks, std::size_t from, std::size_t to, std::vector<Observation>& results,
                 const Done& done) {
    std::vector<Task> mine;
    std::vector<std::size_t> number;
    for (std::size_t i = from + static_cast<std::size_t>(rank_); i < to; i += static_cast<std::size_t>(ranks_)) {
      mine.push_back(tasks[i]);
      number.push_back(i);
    }
    std::vector<double> told;
    try {
      const std::vector<Observation> found = here_->run(mine, {});
      for (std::size_t k = 0; k < found.size(); ++k) {
        told.push_back(static_cast<double>(number[k]));
        told.push_back(static_cast<double>(found[k].size()));
        told.insert(told.end(), found[k].begin(), found[k].end());
      }
    } catch (const std::exception& e) {
      const std::string why = e.what();
      told = {static_cast<double>(from), -static_cast<double>(why.size())};
      for (const char c : why) told.push_back(static_cast<double>(static_cast<unsigned char>(c)));
    }
    hand_over(gathered(told), results, done);
  }

  std::vector<double> gathered(const std::vector<double>& mine) const {
    const auto count = static_cast<int>(mine.size());
    std::vector<int> counts(static_cast<std::size_t>(ranks_));
    MPI_Allgather(&count, 1, MPI_INT, counts.data(), 1, MPI_INT, MPI_COMM_WORLD);
    std::vector<int> at(counts.size(), 0);
    for (std::size_t r = 1; r < counts.size(); ++r) at[r] = at[r - 1] + counts[r - 1];
    std::vector<double> all(static_cast<std::size_t>(at.back() + counts.back()));
    MPI_Allgatherv(mine.data(), count, MPI_DOUBLE, all.data(), counts.data(), at.data(), MPI_DOUBLE, MPI_COMM_WORLD);
    return all;
  }

  static void hand_over(const std::vector<double>& all, std::vector<Observation>& results, const Done& done) {
    std::string failed;
    for (std::size_t i = 0; i + 1 < all.size();) {
      const auto task = static_cast<std::size_t>(all[i]);
      const double count = all[i + 1];
      const auto begin = all.begin() + static_cast<std::ptrdiff_t>(i) + 2;
      const auto end = begin + static_cast<std::ptrdiff_t>(count < 0 ? -count : count);
      if (count >= 0) {
        results[task].assign(begin, end);
        if (done) done(task, results[task]);
      } else if (failed.empty()) {
        for (auto c = begin; c != end; ++c) failed += static_cast<char>(static_cast<unsigned char>(*c));
      }
      i = static_cast<std::size_t>(end - all.begin());
    }
    if (!failed.empty()) throw ExperimentFailure(failed);
  }

  std::size_t threads_;
  std::unique_ptr<Executor> here_;
  int rank_ = 0;
  int ranks_ = 1;
};

bool initialized() {
  int yes = 0;
  MPI_Initialized(&yes);
  return yes != 0;
}

}  // namespace

MpiSession::MpiSession() {
  if (processes_told() < 2) return;
  int provided = 0;
  MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
  MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
  active_ = true;
}
MpiSession::~MpiSession() {
  if (active_) MPI_Finalize();
}
void MpiSession::abort(int status) const {
  if (active_) MPI_Abort(MPI_COMM_WORLD, status);
}

std::unique_ptr<Executor> make_executor(std::size_t threads) {
  if (initialized()) return std::make_unique<MpiExecutor>(threads);
  return thread_executor(threads);
}

#else

MpiSession::MpiSession() {
  const int processes = processes_told();
  if (processes > 1)
    throw ExperimentFailure(
        tr("this mailflow was built without MPI, so each of the {} processes would do all the work; ./mailflow setup "
           "mpi and build again, or start one process",
           processes));
}
MpiSession::~MpiSession() = default;
void MpiSession::abort(int) const {}

std::unique_ptr<Executor> make_executor(std::size_t threads) { return thread_executor(threads); }

#endif

}  // namespace mailflow
