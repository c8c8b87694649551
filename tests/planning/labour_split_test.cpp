// The split of a team over stages in series, against the figures of Oliver and Samuel (1962) and sums by hand.
#include "planning/labour_split.hpp"

#include <catch2/catch.hpp>

namespace mailflow {
namespace {

/// Everything there at time 0 before the first of some stages in series; rates in items an hour.
SplitProblem waiting_there(double letters, double people, const std::vector<double>& per_hour, Ticks step,
                           std::size_t steps) {
  SplitProblem problem;
  problem.step = step;
  for (const double rate : per_hour) problem.rate.push_back(rate / static_cast<double>(hour));
  const std::size_t n = per_hour.size();
  problem.positions.assign(n, people);
  problem.next.assign(n, std::vector<double>(n, 0));
  for (std::size_t s = 0; s + 1 < n; ++s) problem.next[s][s + 1] = 1;
  problem.waiting.assign(n, 0);
  problem.waiting[0] = letters;
  problem.arriving.assign(n, std::vector<double>(steps, 0));
  problem.people.assign(steps, people);
  return problem;
}

TEST_CASE("letters before two stages wait least where both stages run at one rate") {
  // L = 48 000, N = 16: L^2/2N (1/m1 + 1/m2) letter-hours, 2.5 h a letter, cleared in 5 h; people in the ratio m2 : m1
  struct Row {
    double m1, m2, first;
  };
  for (const Row& row : {Row{1500, 1000, 6.4}, Row{1800, 900, 16.0 / 3}}) {
    const SplitProblem problem = waiting_there(48000, 16, {row.m1, row.m2}, 10 * minute, 36);
    const Split split = split_labour(problem, false, -1, nullptr);
    REQUIRE(split.found);
    CHECK(split.item_hours == Approx(48000.0 * 48000 / 32 * (1 / row.m1 + 1 / row.m2)).epsilon(1e-6));
    CHECK(split.item_hours / 48000 == Approx(2.5).epsilon(1e-6));
    CHECK(split.people[0][0] == Approx(row.first).epsilon(1e-4));
    CHECK(split.people[1][0] == Approx(16 - row.first).epsilon(1e-4));
  }
}

TEST_CASE("letters before three stages wait least where all run at one rate") {
  // rates 1500, 1000, 600: 1/m adds up to 1/300, so 30 people finish 9 000 an hour; L = 54 000 takes 6 h, 3 h a letter
  const SplitProblem problem = waiting_there(54000, 30, {1500, 1000, 600}, 10 * minute, 48);
  const Split split = split_labour(problem, false, -1, nullptr);
  REQUIRE(split.found);
  CHECK(split.item_hours == Approx(162000).epsilon(1e-6));
  CHECK(split.people[0][0] == Approx(6).epsilon(1e-4));
  CHECK(split.people[1][0] == Approx(9).epsilon(1e-4));
  CHECK(split.people[2][0] == Approx(15).epsilon(1e-4));
}

TEST_CASE("of whole people a split that stays loses to one that may change") {
  // 6 and 10 people: 9 000 an hour through the first stage and 10 000 through the second, so 48 000 take 16/3 h
  SplitProblem problem = waiting_there(48000, 16, {1500, 1000}, 10 * minute, 42);
  const Split stays = split_labour(problem, true, 500, nullptr);
  REQUIRE(stays.found);
  CHECK(stays.people[0][0] == Approx(6));
  CHECK(stays.people[1][0] == Approx(10));
  CHECK(stays.item_hours == Approx(48000.0 * (16.0 / 3) / 2).epsilon(1e-3));
  problem.block = 3;
  const Split changes = split_labour(problem, true, 500, nullptr);
  REQUIRE(changes.found);
  CHECK(changes.item_hours < stays.item_hours);
  CHECK(changes.item_hours > 120000 - 1);
}

TEST_CASE("mail that comes along a curve waits as the area between what has come and what can be done") {
  // 6 000 an hour for 4 h before two stages of 1500 and 1000; 8 people finish 4 800 an hour, both stages at one rate.
  // 24 000 are done after 5 h; the backlog grows by 1 200 an hour to 4 800 at 4 h and is gone at 5 h: 12 000
  // letter-hours.
  SplitProblem problem = waiting_there(0, 8, {1500, 1000}, 10 * minute, 36);
  for (std::size_t k = 0; k < 24; ++k) problem.arriving[0][k] = 1000;
  const Split split = split_labour(problem, false, -1, nullptr);
  REQUIRE(split.found);
  CHECK(split.item_hours == Approx(12000).epsilon(1e-6));
}

}  // namespace
}  // namespace mailflow
