#include "metrics/batch_means.hpp"

#include <catch2/catch.hpp>

#include "core/random.hpp"

using namespace mailflow;

TEST_CASE("The interval of independent observations is Student's") {
  // 64 observations 1, 3, 1, 3, ... in 32 batches of two: every batch mean is 2, so the interval has no width.
  BatchMeans alternating;
  for (int i = 0; i < 64; ++i) alternating.record(i % 2 == 0 ? 1 : 3, 1);
  CHECK(alternating.estimate().mean == Approx(2));
  CHECK(alternating.estimate().batches == 32);
  CHECK(alternating.estimate().half_width_95 == Approx(0).margin(1e-12));
  // 0 and 1 in turn for 32 batches of one: mean 1/2, s^2 = (1/4) 32/31, t(31; 0.975) = 2.0395.
  BatchMeans halves;
  for (int i = 0; i < 32; ++i) halves.record(i % 2, 1);
  CHECK(halves.estimate().half_width_95 == Approx(2.0395 * 0.5 / 5.567764).epsilon(1e-4));
  CHECK(halves.estimate(60).mean == Approx(30));
}

TEST_CASE("Too few observations give a mean and no interval") {
  BatchMeans few;
  for (int i = 0; i < 4; ++i) few.record(5, 1);
  CHECK(few.estimate().mean == Approx(5));
  CHECK(few.estimate().half_width_95 < 0);
}

TEST_CASE("Batches merge as the run grows and the mean stays exact") {
  BatchMeans many;
  Stream stream(7);
  double sum = 0;
  constexpr int n = 300000;
  for (int i = 0; i < n; ++i) {
    const double value = stream.exponential();
    sum += value;
    many.record(value, 1);
  }
  const Estimate e = many.estimate();
  CHECK(e.mean == Approx(sum / n).epsilon(1e-12));
  CHECK(e.batches >= 16);
  CHECK(e.batches <= 32);
  CHECK(std::abs(e.mean - 1) < e.half_width_99);     // the mean is 1 ...
  CHECK(e.half_width_99 < 4 * 2.75 / std::sqrt(n));  // ... and the interval about 2.75 s / sqrt(n)
}
