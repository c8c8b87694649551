// What stands where there is no figure: a share of nothing, the cost of an item where none left.
#pragma once

#include <limits>

namespace mailflow {

inline constexpr double no_figure = std::numeric_limits<double>::quiet_NaN();

}  // namespace mailflow
