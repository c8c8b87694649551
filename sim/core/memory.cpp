#include "core/memory.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cmath>
#include <fstream>
#include <limits>

namespace mailflow {

namespace {

constexpr std::int64_t no_bound = std::numeric_limits<std::int64_t>::max();
std::atomic<std::int64_t> bound{no_bound};  // of the process, as its memory is

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

void bound_memory(std::int64_t bytes) { bound = std::max<std::int64_t>(1, bytes); }
std::int64_t memory_bound() { return bound; }

std::int64_t memory_taken() {
  std::ifstream in("/proc/self/statm");
  std::int64_t whole = 0;
  std::int64_t resident = 0;
  if (!(in >> whole >> resident)) return 0;
  static const std::int64_t page = ::sysconf(_SC_PAGESIZE);
  return resident * page;
}

void need_memory(std::int64_t bytes) {
  const std::int64_t most = bound;
  if (most != no_bound && memory_taken() > most - bytes) throw MemoryExceeded();
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

std::optional<std::int64_t> parse_memory(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.starts_with(' ')) text.remove_prefix(1);
  const double unit = text == "kB" ? 1e3 : text == "MB" ? 1e6 : text == "GB" ? 1e9 : text == "TB" ? 1e12 : 0;
  const double bytes = number * unit;
  if (!(bytes >= 1) || bytes > 1e18) return std::nullopt;
  return std::llround(bytes);
}

std::string shown_memory(std::int64_t bytes) {
  const auto number = static_cast<double>(bytes);
  return number < 1e9 ? fmt::format("{:.0f} MB", number / 1e6) : fmt::format("{:.1f} GB", number / 1e9);
}

}  // namespace mailflow
