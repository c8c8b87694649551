// plan --from: what to do now, given the situation at an instant.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

namespace mailflow::cli {

struct WithinDayRequest {
  std::string file;
  std::string from;        ///< "02:00" or "2025-03-12 02:00"; empty: the situation says it
  std::string until;       ///< likewise; empty: a day later
  std::string from_state;  ///< file with the situation; empty: the scenario's, or as a run comes to it
  std::string data_dir;
  std::optional<std::uint64_t> seed;
  std::int64_t replications = 0;  ///< that prove the plan; 0: 30
  double confidence = 0;          ///< percent; 0: 95
  std::size_t threads = 0;
  bool quiet = false;
  const std::atomic<bool>* stop = nullptr;  ///< true: the best so far
};

int within_day_command(const WithinDayRequest& request);

}  // namespace mailflow::cli
