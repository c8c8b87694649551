// What one run says of a mean.
#pragma once

#include <cstdint>

namespace mailflow {

/// A mean with the half-width of its confidence interval (batch means within the run); half_width < 0: too few data.
struct Estimate {
  double mean = 0;
  double half_width_95 = -1;
  double half_width_99 = -1;
  std::int64_t batches = 0;
};

}  // namespace mailflow
