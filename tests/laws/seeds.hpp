// The centres a law is tried on: a fixed list in CI, any by hand (README.md here).
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "random_centre.hpp"

namespace mailflow::laws {

/// What breaks a law.
struct Breach {
  Centre one, other;  ///< the centres compared, if it compares two
  std::string what;   ///< empty: it holds
};

/// Tries a law on centres `first` to `first + count - 1`: 1 to `usual` unless MAILFLOW_LAWS_FROM and
/// MAILFLOW_LAWS_SEEDS say otherwise, fewer under MAILFLOW_TEST_SCALE. Fails the test with the first breaches, each
/// with its seed; with MAILFLOW_LAWS_KEEP=FOLDER the centres are kept there.
void holds(const std::string& law, const std::function<void(std::uint64_t seed, Breach& breach)>& judge,
           int usual = 2000);

}  // namespace mailflow::laws
