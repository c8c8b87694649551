// How long items take at a station, each by itself: from entering it to the end of the item's own handling, whether or
// not it then has to wait for the rest of its lot.
//
// A lot's items are handled one after the other, the k-th until u, 2u, ... ku after the first began: their times are a
// row of numbers a step apart, which is counted bucket by bucket. So the figures of items cost no more than a few
// buckets a lot.
#pragma once

#include "core/time.hpp"
#include "stats/time_sketch.hpp"

namespace mailflow {

struct OwnTimes {
  TimeSketch sketch;
  ItemTicks total = 0;  ///< sum of the times
  std::int64_t items = 0;
  std::int64_t unfinished = 0;      ///< of the items, those recorded with their time so far
  bool longest_unfinished = false;  ///< one of them has the longest time

  static OwnTimes none_yet() {
    OwnTimes times;
    times.sketch = TimeSketch::in_buckets();
    return times;
  }
  void record(Ticks time, std::int64_t n) {
    sketch.record(time, n);
    total += static_cast<ItemTicks>(time) * n;
    items += n;
  }
  /// `n` items are not done yet, after `so_far`.
  void record_unfinished(Ticks so_far, std::int64_t n) {
    if (so_far > 0 && so_far >= sketch.max()) longest_unfinished = true;
    record(so_far, n);
    unfinished += n;
  }
  /// base + (k + 1) step, ..., base + n step, rounded to ticks; 0 <= k <= n, step > 0, all of them at least 0.
  void record_row(Ticks base, double step, std::int64_t k, std::int64_t n);
};

}  // namespace mailflow
