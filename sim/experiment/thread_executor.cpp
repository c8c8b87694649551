#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "centre/simulate.hpp"
#include "core/words.hpp"
#include "experiment/executor.hpp"
#include "metrics/measure.hpp"

namespace mailflow {

std::function<void(Ticks)> stops_at(const std::atomic<bool>* stop) {
  if (stop == nullptr) return {};
  return [stop](Ticks) {
    if (stop->load()) throw ExperimentStopped();
  };
}

Observation run_task(const Task& task) {
  RunOptions options;
  options.seed = task.seed;
  options.replication = task.replication;
  options.own_times = task.own_times;
  options.progress = stops_at(task.stop);
  return observe(*task.model, simulate(*task.model, options));
}

namespace {

std::string told(const Task& task, const char* what) {
  return tr("{}, replication {}, seed {}: {}", task.model->file, task.replication, task.seed, what);
}

/// Workers take the next task as they become free; the calling thread hands over what they bring.
class ThreadExecutor : public Executor {
 public:
  explicit ThreadExecutor(std::size_t threads) : threads_(threads) {}

  std::size_t width() const override { return threads_; }

  std::vector<Observation> run(const std::vector<Task>& tasks, const Done& done) override {
    std::vector<Observation> results(tasks.size());
    std::atomic<std::size_t> next{0};
    std::mutex lock;
    std::condition_variable brought;
    std::vector<std::size_t> ready;
    std::size_t failed = tasks.size();  // the first in order, so that the same failure is told every time
    std::string why;
    bool stopped = false;
    std::size_t working = std::min(threads_, tasks.size());
    const auto work = [&, asked = language()] {
      const Speaks as_asked(asked);
      for (std::size_t i = next++; i < tasks.size(); i = next++) {
        std::string trouble;
        try {
          results[i] = run_task(tasks[i]);
        } catch (const ExperimentStopped&) {
          next = tasks.size();
          const std::scoped_lock guard(lock);
          stopped = true;
          continue;
        } catch (const std::exception& e) {
          trouble = told(tasks[i], e.what());
          next = tasks.size();
        }
        const std::scoped_lock guard(lock);
        if (trouble.empty()) {
          ready.push_back(i);
        } else if (i < failed) {
          failed = i;
          why = trouble;
        }
        brought.notify_one();
      }
      const std::scoped_lock guard(lock);
      --working;
      brought.notify_one();
    };
    std::vector<std::jthread> workers;
    for (std::size_t t = working; t > 0; --t) workers.emplace_back(work);
    std::unique_lock guard(lock);
    while (working > 0 || !ready.empty()) {
      brought.wait(guard, [&] { return working == 0 || !ready.empty(); });
      const std::vector<std::size_t> taken = std::exchange(ready, {});
      guard.unlock();
      try {
        if (done)
          for (const std::size_t i : taken) done(i, results[i]);
      } catch (...) {
        next = tasks.size();
        throw;
      }
      guard.lock();
    }
    if (failed < tasks.size()) throw ExperimentFailure(why);
    if (stopped) throw ExperimentStopped();
    return results;
  }

 private:
  std::size_t threads_;
};

}  // namespace

namespace {

std::size_t or_all_cores(std::size_t threads) {
  return threads == 0 ? std::max(1U, std::thread::hardware_concurrency()) : threads;
}

}  // namespace

std::unique_ptr<Executor> thread_executor(std::size_t threads) {
  return std::make_unique<ThreadExecutor>(or_all_cores(threads));
}

Parts parts_on(std::size_t threads) {
  return [threads](std::size_t n, const std::function<void(std::size_t)>& part) {
    std::atomic<std::size_t> next{0};
    std::mutex lock;
    std::exception_ptr failed;
    const auto work = [&, asked = language()] {
      const Speaks as_asked(asked);
      for (std::size_t i = next++; i < n; i = next++) try {
          part(i);
        } catch (...) {
          const std::scoped_lock guard(lock);
          failed = std::current_exception();
        }
    };
    {
      std::vector<std::jthread> others;
      for (std::size_t t = std::min(or_all_cores(threads), n); t > 1; --t) others.emplace_back(work);
      work();
    }
    if (failed) std::rethrow_exception(failed);
  };
}

}  // namespace mailflow
