// The rule of when mail is due. A run, which asks in the order of time, keeps the step that it is at instead of looking
// for it (centre/product_counts.cpp, block_counts.hpp).
#pragma once

#include <algorithm>
#include <iterator>

#include "mail/model.hpp"

namespace mailflow {

/// Of mail that came at an instant, which may lie before the run: then as on the run's first day.
inline Ticks due_of(const Product& product, Ticks came) {
  if (product.due_within != never) return came + product.due_within;
  if (product.due.empty()) return never;
  const auto after = std::upper_bound(product.due.begin(), product.due.end(), came,
                                      [](Ticks t, const DueStep& step) { return t < step.from; });
  return after == product.due.begin() ? after->due : std::prev(after)->due;
}

}  // namespace mailflow
