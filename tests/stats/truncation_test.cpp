#include "stats/truncation.hpp"

#include <catch2/catch.hpp>

using namespace mailflow;

TEST_CASE("The climb at the beginning is what is left out") {
  // 0, 4, 8 and then 10, 11, 10, 11, ...: leaving d out, the sum of squared deviations over the square of what is kept
  // is for d = 3 (17 kept) 4.235 / 289 = 0.0147, for d = 2 (18 kept) 10.44 / 324 = 0.0322, for d = 4 4 / 256 = 0.0156.
  std::vector<double> series = {0, 4, 8};
  for (int i = 0; i < 17; ++i) series.push_back(10 + i % 2);
  CHECK(mser(series) == 3U);
}

TEST_CASE("A series that keeps climbing or is short has no steady state to be seen") {
  std::vector<double> climbing;
  for (int i = 0; i < 40; ++i) climbing.push_back(i);
  CHECK_FALSE(mser(climbing));
  CHECK_FALSE(mser({1, 1, 1, 1, 1, 1, 1, 1, 1}));
}

TEST_CASE("Batches are means of neighbours") {
  CHECK((batch_means_of({1, 2, 3, 4, 5, 6, 7}, 3) == std::vector<double>{2, 5}));
}
