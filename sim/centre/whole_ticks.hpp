// Rounding of handlings of a constant time to whole ticks.
#pragma once

#include <algorithm>

#include "core/time.hpp"

namespace mailflow {

/// Whole ticks of a handling of a constant time (ticks, not negative). `rounding` is by how much the handling before
/// it, which it follows without a gap, truly ended after its tick (ticks, -0.5 to 0.5), and then by how much this one
/// does: so that 54 items of 333 1/3 s take 18,000 s, and not 18 microseconds less. What comes within 0.0001 of half a
/// tick goes up, so that the last digit of a sum decides nothing.
inline Ticks whole_ticks(double exact, double& rounding) {
  const double until = std::min(std::max(0.0, exact + rounding), longest_span);
  const Ticks ticks = nearest_tick(until + 0.0001);
  rounding = until - static_cast<double>(ticks);
  return ticks;
}

}  // namespace mailflow
