#include "centre/unfinished.hpp"

#include <cmath>

namespace mailflow {

Estimate with_unfinished(const BatchMeans& ended, const Unfinished& unfinished, double scale) {
  Estimate e = ended.estimate(scale);
  const double weight = ended.weight();
  const auto all = static_cast<double>(unfinished.items);
  if (weight + all <= 0) {
    e.mean = nothing;
    return e;
  }
  const double share = unfinished.counted(static_cast<std::int64_t>(weight));
  if (share * all > 0)
    e.mean = (e.mean * weight + share * static_cast<double>(unfinished.total) * scale) / (weight + share * all);
  if (unfinished_counts(unfinished.items, static_cast<std::int64_t>(weight + all))) {  // a bound has no interval
    e.half_width_95 = e.half_width_99 = -1;
    e.batches = 0;
  }
  return e;
}

void record_unfinished(TimeSketch& sketch, TimesSoFar& so_far, double share) {
  std::sort(so_far.begin(), so_far.end());
  double counted = 0;
  std::int64_t recorded = 0;
  for (const auto& [time, items] : so_far) {
    counted += share * static_cast<double>(items);
    const std::int64_t n = std::llround(counted) - recorded;
    if (n > 0) sketch.record(time, n);
    recorded += n;
  }
}

}  // namespace mailflow
