#include "stats/own_times.hpp"

namespace mailflow {

void OwnTimes::record_row(Ticks base, double step, std::int64_t k, std::int64_t n) {
  if (n <= k) return;
  const auto steps = [](std::int64_t i) { return static_cast<double>(i) * static_cast<double>(i + 1) / 2; };
  sketch.record_row(base, step, k, n);
  total += static_cast<ItemTicks>(base) * (n - k) + nearest_whole(step * (steps(n) - steps(k)));
  items += n - k;
}

}  // namespace mailflow
