// Two scenarios run by run, and several verdicts together.
#include "stats/comparison.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace mailflow;

TEST_CASE("A difference that is only rounding is none") {
  // 7 agents at once, or 3 and 4: 0.7 against 0.1 + 0.2 + 0.4 and the like.
  const Difference d = difference(Better::less, {0.7, 1.4, 2.1}, {0.1 + 0.2 + 0.4, 0.3 + 1.1, 0.7 + 1.4}, 0.95, 0);
  CHECK(d.verdict == Verdict::same);
  CHECK(d.better_on + d.worse_on == 0);
  CHECK(difference(Better::less, {1000, 1000}, {1000 - 1e-12, 1000 - 1e-12}, 0.95, 0).verdict == Verdict::same);
  CHECK(difference(Better::less, {1000, 1000}, {999.99, 999.99}, 0.95, 0).verdict == Verdict::better);
}

TEST_CASE("Two scenarios are compared run by run") {
  // Differences -1, -2, -1, -3: mean -1.75, s = 0.95743, t = -3.6556 on 3 degrees of freedom, t(3; 0.975) = 3.1824;
  // P(T < -3.6556) = 0.01769. Variances 6.6667 and 4.25 against 0.91667: 11.909-fold.
  const Difference d = difference(Better::less, {10, 12, 14, 16}, {9, 10, 13, 13}, 0.95, 0);
  CHECK(d.paired.estimate == Approx(-1.75));
  CHECK(d.paired.half_width() == Approx(3.1824 * 0.95743 / 2).epsilon(1e-4));
  CHECK(d.p == Approx(0.03537).epsilon(1e-3));
  CHECK(d.better_chance == Approx(0.98231).epsilon(1e-4));
  CHECK(d.variance_ratio == Approx(11.909).epsilon(1e-4));
  CHECK(d.better_on == 4);
  CHECK(d.verdict == Verdict::better);
  CHECK(difference(Better::more, {10, 12, 14, 16}, {9, 10, 13, 13}, 0.95, 0).verdict == Verdict::worse);
  CHECK(difference(Better::neither, {10, 12, 14, 16}, {9, 10, 13, 13}, 0.95, 0).verdict == Verdict::differs);
}

TEST_CASE("A difference too small to be worth having is none") {
  CHECK(difference(Better::less, {10, 12, 14, 16}, {9, 10, 13, 13}, 0.95, 4).verdict == Verdict::no_difference);
  CHECK(difference(Better::less, {10, 12, 14, 16}, {10, 12, 14, 16}, 0.95, 0).verdict == Verdict::same);
}

TEST_CASE("What cannot be told yet says how many replications would tell") {
  // Differences -1, 1, -1, -1: mean -0.5, s = 1, t(3; 0.975) = 3.18245: (3.18245 / 0.5)^2 = 40.5.
  const Difference d = difference(Better::less, {10, 10, 10, 10}, {9, 11, 9, 9}, 0.95, 0);
  CHECK(d.verdict == Verdict::cannot_tell);
  CHECK(d.replications_wanted == 41);
}

TEST_CASE("Several verdicts hold together by Holm") {
  // p = 0.01, 0.03, 0.04 at 5 %: 0.01 <= 0.05 / 3 stands, 0.03 > 0.05 / 2 does not, nor then 0.04.
  std::vector<Difference> all(3);
  const double p[] = {0.03, 0.01, 0.04};
  for (std::size_t i = 0; i < 3; ++i) {
    all[i].p = p[i];
    all[i].verdict = Verdict::better;
    all[i].paired.n = 10;
    all[i].paired.estimate = 1;
    all[i].paired.deviation = 1;
  }
  judge_together({&all[0], &all[1], &all[2]}, 0.95);
  CHECK(all[0].verdict == Verdict::cannot_tell);
  CHECK(all[1].verdict == Verdict::better);
  CHECK(all[2].verdict == Verdict::cannot_tell);
  CHECK(all[0].replications_wanted > 10);
  // The interval of each is that of the level it was judged at: t(9; 1 - 0.05 / 6) = 2.9333, t(9; 1 - 0.05 / 4)
  // = 2.6850.
  CHECK(all[1].judged_low == Approx(1 - 2.9333 / std::sqrt(10)).margin(1e-4));
  CHECK(all[1].judged_high == Approx(1 + 2.9333 / std::sqrt(10)).margin(1e-4));
  for (const std::size_t i : {0U, 2U}) {
    CHECK(all[i].judged_low == Approx(1 - 2.6850 / std::sqrt(10)).margin(1e-4));
    CHECK(all[i].judged_high == Approx(1 + 2.6850 / std::sqrt(10)).margin(1e-4));
  }
}

TEST_CASE("A verdict that would not stand beside all others stands once those before it do") {
  // p = 0.01, 0.02, 0.04 at 5 %: 0.01 <= 0.05 / 3, 0.02 <= 0.05 / 2, 0.04 <= 0.05; each against 0.05 / 3 the first
  // alone would stand.
  std::vector<Difference> all(3);
  const double p[] = {0.04, 0.02, 0.01};
  for (std::size_t i = 0; i < 3; ++i) {
    all[i].p = p[i];
    all[i].verdict = Verdict::better;
    all[i].paired.n = 10;
    all[i].paired.estimate = 1;
    all[i].paired.deviation = 1;
  }
  judge_together({&all[0], &all[1], &all[2]}, 0.95);
  for (const Difference& d : all) CHECK(d.verdict == Verdict::better);
  // t(9; 1 - 0.05 / 2) = 2.2622
  CHECK(all[0].judged_low == Approx(1 - 2.2622 / std::sqrt(10)).margin(1e-4));
}

TEST_CASE("An interval that leaves out zero never stands beside a verdict that cannot tell") {
  const double draws[] = {0.9, -0.4, 1.6, 0.2, 2.1, -0.9, 1.1, 0.7, -0.1, 1.3, 0.6, 0.5};
  std::vector<Difference> all;
  for (const double shift : {-0.6, -0.4, -0.2, 0.0, 0.1, 0.2, 0.3, 0.5, 1.0}) {
    std::vector<double> base(12, 0.0);
    std::vector<double> other;
    for (const double x : draws) other.push_back(x + shift);
    all.push_back(difference(Better::less, base, other, 0.95, 0));
  }
  const auto out = [](double low, double high) { return low > 0 || high < 0; };
  int by_itself = 0;
  std::vector<Difference*> family;
  for (Difference& d : all) family.push_back(&d);
  judge_together(family, 0.95);
  for (const Difference& d : all) {
    CAPTURE(d.p);
    CHECK(out(d.judged_low, d.judged_high) == (d.verdict != Verdict::cannot_tell));
    by_itself += d.verdict == Verdict::cannot_tell && out(d.paired.low, d.paired.high) ? 1 : 0;
  }
  CHECK(by_itself > 0);  // there are such as are told of by themselves, but not together
}
