#include "stats/batch_means.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "core/random.hpp"

using namespace mailflow;

TEST_CASE("The interval of independent observations is Student's") {
  // 0 and 1 in turn, 320 times: no memory, so 320 independent ones in 32 batches of ten, each of mean 1/2: the batches
  // alone would say that the mean is exact. The observations' own spread, 1/2, says more: t(31; 0.975) = 2.0395 times
  // 0.5 / sqrt(320).
  BatchMeans halves;
  for (int i = 0; i < 320; ++i) halves.record(i % 2, 1);
  CHECK(halves.estimate().batches == 32);
  CHECK(halves.estimate().half_width_95 == Approx(2.0395 * 0.5 / std::sqrt(320)).epsilon(1e-4));
  CHECK(halves.estimate(60).mean == Approx(30));
  CHECK(halves.estimate(60).half_width_95 == Approx(60 * halves.estimate().half_width_95));
  BatchMeans same;
  for (int i = 0; i < 320; ++i) same.record(7, 1);
  CHECK(same.estimate().half_width_95 == 0);
}

TEST_CASE("Too few observations give a mean and no interval") {
  BatchMeans few;
  for (int i = 0; i < 119; ++i) few.record(i % 2, 1);
  CHECK(few.estimate().mean == Approx(59.0 / 119));
  CHECK(few.estimate().half_width_95 < 0);
  CHECK(few.estimate().batches == 0);
  // A level that changes every 100 of 1000 is only ten of them.
  BatchMeans slow;
  for (int i = 0; i < 1000; ++i) slow.record(i / 100 % 2, 1);
  CHECK(slow.estimate().half_width_95 < 0);
}

namespace {

/// Waits of `items` of an M/M/1 begun empty, one at a time (Lindley 1952); the interval of their mean.
Estimate waits(double load, int items, std::uint64_t seed) {
  Stream stream(seed);
  BatchMeans all;
  double wait = 0;
  for (int i = 0; i < items; ++i) {
    all.record(wait, 1);
    wait = std::max(0.0, wait + stream.exponential() - stream.exponential() / load);
  }
  return all.estimate();
}

}  // namespace

TEST_CASE("Of the intervals of M/M/1 that a run gives nearly all hold the truth, however short and loaded it is") {
  // The mean wait in units of the mean service is load / (1 - load). False intervals are at most 5 of 100 runs, and 3.3
  // deviations; of those given, where there are more than a few, at least 93 of 100.
  struct Case {
    double load;
    int items, runs;
    double given;  // at least this share of the runs can tell
  };
  for (const Case& c : {Case{0.8, 200, 400, 0}, Case{0.95, 10000, 300, 0}, Case{0.9, 5000, 400, 0},
                        Case{0.95, 100000, 200, 0}, Case{0.5, 10000, 400, 0.99}, Case{0.8, 20000, 300, 0.8}}) {
    int given = 0;
    int held = 0;
    for (int run = 0; run < c.runs; ++run) {
      const Estimate e = waits(c.load, c.items, 1000 + static_cast<std::uint64_t>(run));
      if (e.half_width_95 < 0) continue;
      ++given;
      held += std::abs(e.mean - c.load / (1 - c.load)) <= e.half_width_95 ? 1 : 0;
    }
    CAPTURE(c.load, c.items, given, held);
    CHECK(given - held <= 0.05 * c.runs + 3.3 * std::sqrt(0.05 * 0.95 * c.runs));
    if (given > 20) CHECK(held >= 0.93 * given - 1);
    CHECK(given >= c.given * c.runs);
  }
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
  CHECK(e.batches >= 8);
  CHECK(e.batches <= 32);
  CHECK(std::abs(e.mean - 1) < e.half_width_99);     // the mean is 1 ...
  CHECK(e.half_width_99 < 4 * 2.75 / std::sqrt(n));  // ... and the interval about 2.75 s / sqrt(n)
}
