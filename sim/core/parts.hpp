// Work that falls into parts which may be done at the same time, for code that holds no threads itself.
#pragma once

#include <cstddef>
#include <functional>

namespace mailflow {

/// Does parts 0 to n - 1 in any order, at the same time if it can, and returns when all are done. Throws what a
/// part throws, when all are over.
using Parts = std::function<void(std::size_t n, const std::function<void(std::size_t)>& part)>;

inline void one_after_another(std::size_t n, const std::function<void(std::size_t)>& part) {
  for (std::size_t i = 0; i < n; ++i) part(i);
}

}  // namespace mailflow
