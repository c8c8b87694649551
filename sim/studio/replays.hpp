// Runs of jobs looked at closely: each is run once more with all its events, and the last few are kept.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <tuple>
#include <utility>

#include "studio/day_log.hpp"
#include "studio/jobs.hpp"

namespace mailflow::studio {

class Replays {
 public:
  Replays(const Jobs& jobs, std::string data_dir) : jobs_(jobs), data_dir_(std::move(data_dir)) {}

  /// Whether GET /api/jobs/ID/`what` is about a replay.
  static bool answers(std::string_view what);
  /// What is answered to it; throws Refused.
  Json answer(std::int64_t job, std::string_view what, const std::map<std::string, std::string>& query);

 private:
  using Key = std::tuple<std::int64_t, std::size_t, std::int64_t>;  ///< job, scenario, replication
  std::shared_ptr<const DayLog> log_of(std::int64_t job, std::size_t scenario);

  const Jobs& jobs_;
  std::string data_dir_;
  std::mutex lock_;
  std::list<std::pair<Key, std::shared_ptr<const DayLog>>> kept_;  ///< the last asked for first
};

}  // namespace mailflow::studio
