// Spans in ticks.
#include "core/time.hpp"

#include <catch2/catch.hpp>
#include <limits>

namespace mailflow {
namespace {

TEST_CASE("a span is rounded to the nearest tick, and what lasts longer than any run lasts 2^52 ticks") {
  CHECK(nearest_tick(0) == 0);
  CHECK(nearest_tick(0.5) == 1);
  CHECK(nearest_tick(1.4999) == 1);
  constexpr Ticks longest = Ticks{1} << 52;
  CHECK(nearest_tick(static_cast<double>(longest - 1)) == longest - 1);
  CHECK(nearest_tick(3.6e29) == longest);
  CHECK(nearest_tick(std::numeric_limits<double>::infinity()) == longest);
  CHECK(longest > 142 * 365 * day);
}

}  // namespace
}  // namespace mailflow
