// The studio's jobs: asked for, at work in threads of their own, told of as they come on, and kept.
//
// Each job is a file of the folder's own (.mailflow/jobs/12.json), put in place whole at each change of its state, so
// that the list is whole however the program ends; one that was at work then is `interrupted`. A job is a JSON object,
// as PROTOCOL.md has it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "studio/folder.hpp"
#include "studio/replicating.hpp"

namespace mailflow::studio {

class Jobs {
 public:
  /// Is told a job each time that it comes on, from any thread.
  using Told = std::function<void(std::int64_t id, const Json& job)>;

  explicit Jobs(std::string data_dir);
  ~Jobs();  ///< those at work are stopped, and interrupted
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;
  Jobs(Jobs&&) = delete;
  Jobs& operator=(Jobs&&) = delete;

  void tell(Told told);

  /// Throws Refused where too many wait.
  Json ask(const JobAsked& asked);
  /// Throws Refused where there is none of that number.
  Json cancel(std::int64_t id);
  Json one(std::int64_t id) const;
  /// The newest first, without figures.
  Json all() const;
  /// A file that a job has made: report or experiment; throws Refused where there is none yet.
  std::string made(std::int64_t id, const std::string& what) const;
  /// What a scenario of a job was, to be run again for its events.
  struct Ran {
    JobScenario scenario;
    std::string text;              ///< of its file, as it was run
    std::int64_t replication = 1;  ///< the one that the report shows in detail, once there is a report
  };
  /// Throws Refused where there is none, or it has not begun.
  Ran ran(std::int64_t id, std::size_t scenario) const;
  /// The answer of the newest job done with this file, unchanged, and its number; null where there is none.
  Json last_answer(const std::string& path) const;

 private:
  struct Job {
    Json shown;
    JobAsked asked;
    std::atomic<bool> stop = false;
    std::vector<std::string> texts;  ///< of the scenarios' files, as they were run
  };
  using Held = std::shared_ptr<Job>;

  void work();
  void obey(const Held& job);
  JobEvents events_of(const Held& job);
  void conclude(Job& job);
  /// Changes a job under the lock, keeps it where it is to be kept, and tells of it.
  void change(const Held& job, bool keep, const std::function<void(Json& shown)>& how);
  void read_kept();
  void drop_oldest();
  Held find(std::int64_t id) const;
  /// The number of the newest job before this one that is done with the same scenario; 0: none.
  std::int64_t before(std::int64_t id, const Json& scenario) const;

  HeldFolder holds_;
  std::string data_dir_;
  mutable std::mutex lock_;
  std::condition_variable asked_for_;
  std::map<std::int64_t, Held> jobs_;
  std::deque<Held> waiting_;
  Told told_;
  bool over_ = false;
  std::vector<std::jthread> workers_;
};

}  // namespace mailflow::studio
