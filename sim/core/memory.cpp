#include "core/memory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cmath>
#include <limits>

namespace mailflow {

namespace {

constexpr std::int64_t no_bound = std::numeric_limits<std::int64_t>::max();
/// Of the process, as its memory is.
struct Bound {
  std::atomic<std::int64_t> bytes = no_bound;
  std::atomic<MemoryMeter> taken = nullptr;
};

Bound& of_process() {
  static Bound bound;
  return bound;
}

}  // namespace

void bound_memory(std::int64_t bytes, MemoryMeter taken) {
  of_process().taken = taken;
  of_process().bytes = std::max<std::int64_t>(1, bytes);
}

std::int64_t memory_bound() { return of_process().bytes; }

void need_memory(std::int64_t bytes) {
  const std::int64_t most = of_process().bytes;
  const MemoryMeter taken = of_process().taken;
  if (most != no_bound && taken != nullptr && taken() > most - bytes) throw MemoryExceeded();
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
  if (number < 1e6) return fmt::format("{:.0f} kB", std::ceil(number / 1e3));
  return number < 1e9 ? fmt::format("{:.0f} MB", number / 1e6) : fmt::format("{:.1f} GB", number / 1e9);
}

}  // namespace mailflow
