// What has not ended at the run's end counts with its time so far: whoever still waits has waited that long at least. A
// centre in which nobody works would else show no wait at all.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "core/time.hpp"
#include "metrics/results.hpp"
#include "stats/batch_means.hpp"
#include "stats/time_sketch.hpp"

namespace mailflow {

/// A mean, share or time of nothing.
inline constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
inline constexpr double minutes_a_tick = 1.0 / static_cast<double>(minute);

/// Items that have not ended something by the run's end, and their time in it so far. `at_start`: after a warm-up,
/// those that had not when the window began. They are counted with all their time, more than the window's own: as many
/// that have not ended at its end go uncounted for it, so that a steady state shows its own mean.
struct Unfinished {
  std::int64_t at_start = 0;
  std::int64_t items = 0;
  std::int64_t after_a_while = 0;  ///< of them, those whose time is not 0
  ItemTicks total = 0;
  Ticks longest = 0;
  void add(Ticks so_far, std::int64_t n) {
    items += n;
    if (so_far > 0) after_a_while += n;
    total += static_cast<ItemTicks>(so_far) * n;
    longest = std::max(longest, so_far);
  }
  /// The share of them that counts in means and quantiles beside so many items that have ended.
  double counted(std::int64_t ended) const {
    if (ended == 0 || items == 0) return 1;
    return static_cast<double>(std::max<std::int64_t>(0, items - at_start)) / static_cast<double>(items);
  }
};

/// Times so far and the items that have them.
using TimesSoFar = std::vector<std::pair<Ticks, std::int64_t>>;

/// The mean, when besides what the batches hold there is what has not ended yet: from below. `scale`: ticks to minutes.
Estimate with_unfinished(const BatchMeans& ended, const Unfinished& unfinished, double scale);
/// Records the share of what has not ended, spread evenly over the times, which it sorts.
void record_unfinished(TimeSketch& sketch, TimesSoFar& so_far, double share);

}  // namespace mailflow
