#include "cli/machine_memory.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>

namespace mailflow {

namespace {

constexpr std::int64_t no_bound = std::numeric_limits<std::int64_t>::max();

/// The number that a file begins with, or that stands behind `key` in it; none: it has none.
std::optional<std::int64_t> number_in(const char* file, std::string_view key = "") {
  std::ifstream in(file);
  std::int64_t number = 0;
  if (key.empty()) return in >> number ? std::optional(number) : std::nullopt;
  for (std::string word; in >> word;)
    if (word == key) return in >> number ? std::optional(number) : std::nullopt;
  return std::nullopt;
}

}  // namespace

std::int64_t memory_taken() {
  std::ifstream in("/proc/self/statm");
  std::int64_t whole = 0;
  std::int64_t resident = 0;
  if (!(in >> whole >> resident)) return 0;
  static const std::int64_t page = ::sysconf(_SC_PAGESIZE);
  return resident * page;
}

std::optional<std::int64_t> memory_by_default(int processes) {
  constexpr std::int64_t kib = 1024;
  const auto free = number_in("/proc/meminfo", "MemAvailable:");
  if (!free) return std::nullopt;
  std::int64_t bytes = *free * kib;
  if (const auto most = number_in("/sys/fs/cgroup/memory.max"))
    bytes = std::min(bytes, std::max<std::int64_t>(0, *most - number_in("/sys/fs/cgroup/memory.current").value_or(0)));
  rlimit space{};
  if (::getrlimit(RLIMIT_AS, &space) == 0 && space.rlim_cur != RLIM_INFINITY)
    bytes = std::min(bytes, static_cast<std::int64_t>(std::min<rlim_t>(space.rlim_cur, no_bound)));
  return std::max<std::int64_t>(1, bytes / 2 / std::max(1, processes));
}

}  // namespace mailflow
