// An index that is kept as an int, as a place in a row.
#pragma once

#include <cstddef>

namespace mailflow {

/// The place of `index`, which is not negative.
constexpr std::size_t at(int index) { return static_cast<std::size_t>(index); }

}  // namespace mailflow
