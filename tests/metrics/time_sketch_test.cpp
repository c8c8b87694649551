#include "metrics/time_sketch.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace mailflow;

TEST_CASE("Quantiles of few times are exact and count items, not lots") {
  TimeSketch sketch;
  sketch.record(10, 1);
  sketch.record(30, 7);
  sketch.record(20, 2);
  CHECK(sketch.quantile(0.1) == 10);
  CHECK(sketch.quantile(0.3) == 20);
  CHECK(sketch.quantile(0.31) == 30);
  CHECK(sketch.quantile(1) == 30);
  CHECK(sketch.max() == 30);
  CHECK(sketch.error() == 0);
}

TEST_CASE("Quantiles of many times stay within the stated error") {
  TimeSketch sketch;
  constexpr std::int64_t n = 1'000'000;
  for (std::int64_t i = 1; i <= n; ++i) sketch.record(i * 977, 1);  // uniform: the q-quantile is q n 977
  REQUIRE(sketch.error() > 0);
  for (const double q : {0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999}) {
    const double exact = q * static_cast<double>(n) * 977;
    CHECK(std::abs(static_cast<double>(sketch.quantile(q)) - exact) / exact <= sketch.error());
  }
}
