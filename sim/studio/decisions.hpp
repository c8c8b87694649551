// What was decided on the strength of a job, and why: kept beside the archive, the newest first.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>

#include "studio/jobs.hpp"

namespace mailflow::studio {

class Decisions {
 public:
  explicit Decisions(const Jobs& jobs) : jobs_(jobs) {}

  /// {"decisions": [...]}.
  Json all() const;
  /// Keeps one; throws Refused where the job has no such answer.
  Json decide(std::int64_t job, std::size_t scenario, const std::string& reason);

 private:
  const Jobs& jobs_;
  mutable std::mutex lock_;
};

}  // namespace mailflow::studio
