// Control charts: whether daily figures vary as they always do, or something has changed.
//
// Individuals (XmR): centre +- 2.66 mean moving ranges (Shewhart 1931). Shares with the number of items they are of:
// the p chart, its limits widened or narrowed by how much the days really vary (p', Laney 2002), since days with 100
// 000 items differ by more than chance of the items.
#pragma once

#include <cstdint>
#include <vector>

namespace mailflow {

struct ControlPoint {
  /// outside: beyond a limit; run: the eighth and later in a row on one side of the centre (Western Electric 1956).
  enum class Signal : std::uint8_t { none, outside, run };
  double value = 0;
  double low = 0, high = 0;  ///< limits; NaN where there are fewer than two points
  Signal signal = Signal::none;
};

struct ControlChart {
  double centre = 0;
  double spread = 1;  ///< of a p' chart: the days' variation relative to chance alone
  std::vector<ControlPoint> points;
};

/// Of at least one value.
ControlChart individuals_chart(const std::vector<double>& values);
/// `shares` in 0..1 of `sizes` > 0 items each.
ControlChart share_chart(const std::vector<double>& shares, const std::vector<double>& sizes);

}  // namespace mailflow
