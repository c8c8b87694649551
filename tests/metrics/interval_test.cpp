#include "metrics/interval.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "core/random.hpp"
#include "metrics/comparison.hpp"
#include "metrics/targets.hpp"

using namespace mailflow;

TEST_CASE("The interval of a mean is Student's") {
  // 1..5: mean 3, s = sqrt(10 / 4), t(4; 0.975) = 2.7764.
  const Interval i = mean_interval({1, 2, 3, 4, 5}, 0.95);
  CHECK(i.estimate == Approx(3));
  CHECK(i.deviation == Approx(std::sqrt(2.5)));
  CHECK(i.half_width() == Approx(2.7764 * std::sqrt(2.5 / 5)).epsilon(1e-4));
  CHECK(i.n == 5);
}

TEST_CASE("Values that are all the same have that mean exactly") {
  // Summed one by one 20 times 0.95 is 18.999999999999993, and a twentieth of it less than 0.95.
  for (const std::size_t n : {1, 2, 3, 6, 7, 13, 20, 30, 1000}) {
    CAPTURE(n);
    const Interval i = mean_share_interval(std::vector<double>(n, 0.95), 0.95);
    CHECK(i.estimate == 0.95);
    CHECK(i.deviation == 0);
    if (n > 1) CHECK((i.low == 0.95 && i.high == 0.95));
  }
}

TEST_CASE("A bound that is reached exactly is kept, whatever was summed to reach it") {
  CHECK(keeps(0.9499999999999996, 0.95, true));
  CHECK(keeps(0.9500000000000004, 0.95, false));
  CHECK(keeps(300, 300.00000000000006, true));
  CHECK(keeps(0, 0, false));
  CHECK_FALSE(keeps(0.94999, 0.95, true));
  CHECK_FALSE(keeps(1, 0, false));
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(keeps(infinity, 1, true));
  CHECK_FALSE(keeps(-infinity, 1, true));
  CHECK_FALSE(keeps(infinity, 1, false));
  for (const bool at_least : {true, false}) CHECK_FALSE(keeps(std::nan(""), 1, at_least));
}

TEST_CASE("Amounts have one sum in whatever order they come") {
  CHECK(sum_of({0.1, 0.2, 0.3}) == sum_of({0.3, 0.2, 0.1}));
  CHECK(sum_of({1e16, 1, -1e16, 1}) == sum_of({1, 1, 1e16, -1e16}));
}

TEST_CASE("A difference that is only rounding is none") {
  Measure cost;
  cost.better = Better::less;
  // 7 agents at once, or 3 and 4: 0.7 against 0.1 + 0.2 + 0.4 and the like.
  const Difference d = difference(cost, {0.7, 1.4, 2.1}, {0.1 + 0.2 + 0.4, 0.3 + 1.1, 0.7 + 1.4}, 0.95, 0);
  CHECK(d.verdict == Verdict::same);
  CHECK(d.better_on + d.worse_on == 0);
  CHECK(difference(cost, {1000, 1000}, {1000 - 1e-12, 1000 - 1e-12}, 0.95, 0).verdict == Verdict::same);
  CHECK(difference(cost, {1000, 1000}, {999.99, 999.99}, 0.95, 0).verdict == Verdict::better);
}

TEST_CASE("A shorter queue is no merit where less mail comes") {
  CHECK(mail_there("stations.sort.queue_items.mean") == "stations.sort.items_in");
  CHECK(mail_there("departures.d.on_time.late") == "departures.d.items");
  CHECK(mail_there("products.letter.on_time.late").empty());
  Measure queue;
  queue.better = Better::less;
  Difference d = difference(queue, {5, 6, 7}, {0, 0, 0}, 0.95, 0);
  REQUIRE(d.verdict == Verdict::better);
  Difference as_much = d;
  weigh_mail(as_much, {100, 100, 100}, {100, 100, 99});
  CHECK(as_much.verdict == Verdict::better);
  weigh_mail(d, {100, 100, 100}, {0, 0, 0});
  CHECK(d.verdict == Verdict::differs);
  CHECK(std::isnan(d.better_chance));
}

TEST_CASE("Values that are no numbers are left out and one value has no interval") {
  const double none = std::numeric_limits<double>::quiet_NaN();
  CHECK(mean_interval({none, 1, 2, none, 3, 4, 5}, 0.95).half_width() ==
        Approx(mean_interval({1, 2, 3, 4, 5}, 0.95).half_width()));
  CHECK(mean_interval({none, 7}, 0.95).estimate == Approx(7));
  CHECK(std::isinf(mean_interval({none, 7}, 0.95).high));
  CHECK(mean_interval({none}, 0.95).n == 0);
}

TEST_CASE("The interval of a mean share is the widest of Student's, the logit's and Willink's") {
  // 0.9, 0.9, 0.9, 0.9, 0.4: mean 0.8, s^2 = 0.2 / 4, error 0.1, t(4; 0.975) = 2.77645. Student: 0.522 to 1.08. Logit:
  // 4 against exp(2.77645 x 0.1 / 0.16) = 5.6708: 4 / 9.6708 = 0.41362 and 4 / 4.17634 = 0.95778. Skewness: cubes 4 x
  // 0.001
  // - 0.064 = -0.06, x 5 / 12 / 0.05^1.5 = -2.23607, a = -2.23607 / (6 sqrt 5) = -1 / 6; low 0.8 - 0.1 (cbrt(1 -
  // (2.77645
  // + 1 / 6)) - 1) / (-1 / 3) = 0.8 - 0.1 x 6.7436 = 0.12564; high 0.8 - 0.1 (cbrt(1 + 2.60978) - 1) / (-1 / 3) =
  // 0.96022.
  const Interval i = mean_share_interval({0.9, 0.9, 0.9, 0.9, 0.4}, 0.95);
  CHECK(i.estimate == Approx(0.8));
  CHECK(i.low == Approx(0.12564).epsilon(1e-3));
  CHECK(i.high == 1);  // Student's, cut off
  CHECK_FALSE(i.alike);
  CHECK(std::isinf(mean_share_interval({0.9}, 0.95).low));
  // All on time in every run says nothing of how far they may be late; all 90 % does.
  CHECK(mean_share_interval({1, 1, 1}, 0.95).alike);
  CHECK(mean_share_interval({0, 0, 0}, 0.95).alike);
  CHECK_FALSE(mean_share_interval({0.9, 0.9, 0.9}, 0.95).alike);
}

TEST_CASE("The interval of what is late is that of what is in time, the other way round") {
  const std::vector<std::vector<double>> all = {{0.9, 0.9, 0.9, 0.9, 0.4},
                                                {0.02, 0.03, 0.01, 0.05},
                                                {0.5, 0.6, 0.4},
                                                {0.97, 1, 0.99},
                                                {0.1, 0.6},
                                                {0, 0, 0.2, 0}};
  for (const std::vector<double>& in_time : all) {
    CAPTURE(in_time);
    std::vector<double> late;
    for (const double share : in_time) late.push_back(1 - share);
    const Interval i = mean_share_interval(in_time, 0.95);
    const Interval other = mean_share_interval(late, 0.95);
    CHECK(i.low == Approx(1 - other.high).margin(1e-9));
    CHECK(i.high == Approx(1 - other.low).margin(1e-9));
  }
}

TEST_CASE("The interval of a mean share holds the truth with ten runs of skewed days as often as it says") {
  // Each run is the mean of so many days, each 1 - U^(1 / b): Beta(1, b) late, mean 1 / (1 + b), skewed to the right.
  // 3000 experiments; 94 % less 3 deviations (0.43 points). Student's held 90 to 93 %.
  Stream stream(11);
  struct Case {
    double b;
    int days;
  };
  for (const Case& c : {Case{9, 1}, Case{32.333, 1}, Case{32.333, 5}, Case{4, 1}}) {
    int held = 0;
    int student = 0;
    for (int e = 0; e < 3000; ++e) {
      std::vector<double> runs;
      for (int r = 0; r < 10; ++r) {
        double late = 0;
        for (int d = 0; d < c.days; ++d) late += 1 - std::exp(-stream.exponential() / c.b);
        runs.push_back(1 - late / c.days);
      }
      const double truth = c.b / (1 + c.b);
      const Interval i = mean_share_interval(runs, 0.95);
      const Interval s = mean_interval(runs, 0.95);
      held += i.low <= truth && truth <= i.high ? 1 : 0;
      student += s.low <= truth && truth <= s.high ? 1 : 0;
    }
    CAPTURE(c.b, c.days, held, student);
    CHECK(held >= 0.94 * 3000 - 3 * std::sqrt(0.06 * 0.94 * 3000));
  }
}

TEST_CASE("The interval of a share of days is Wilson's at the effective number of days") {
  // 30 runs that all met it: each counts as one day, Wilson's lower end is n / (n + z^2) = 30 / 33.8415.
  const Interval all = share_interval(std::vector<double>(30, 1.0), 0.95);
  CHECK(all.low == Approx(30 / 33.8415).epsilon(1e-5));
  CHECK(all.high == 1);
  // 10 runs of one day, 8 met: s^2 = 0.16 x 10 / 9, so 9 days, x (1.95996 / 2.26216)^2 = 6.7559;
  // (0.8 + 0.28431) / 1.56862 +- 1.95996 sqrt(0.16 / 6.7559 + 0.56862 / 27.0236) / 1.56862.
  const Interval eight = share_interval({1, 1, 1, 1, 1, 1, 1, 1, 0, 0}, 0.95);
  CHECK(eight.low == Approx(0.42701).epsilon(1e-3));
  CHECK(eight.high == Approx(0.95549).epsilon(1e-3));
  // The same share, but each run half its days: less spread between runs, more days' worth of knowledge.
  const Interval half = share_interval({0.5, 1, 1, 0.5, 1, 1, 0.5, 1, 0.5, 1}, 0.95);
  CHECK(half.estimate == Approx(0.8));
  CHECK(half.high - half.low < eight.high - eight.low);
}

TEST_CASE("The interval of a quantile is between order statistics of binomial rank") {
  // n = 10, median: P(B <= 1) = 0.0107 and P(B <= 2) = 0.0547, so ranks 2 and 9 (Conover, table of the sign test).
  const Interval i = quantile_interval({10, 1, 9, 2, 8, 3, 7, 4, 6, 5}, 0.5, 0.95);
  CHECK(i.low == 2);
  CHECK(i.high == 9);
  CHECK(i.estimate == 5);
  // Of 10 values none is surely above the 95 % quantile: 1 - 0.95^10 = 0.40 is more than half of 5 %.
  CHECK(std::isinf(quantile_interval({10, 1, 9, 2, 8, 3, 7, 4, 6, 5}, 0.95, 0.95).high));
}

TEST_CASE("Replications needed grow with the square of what is wanted") {
  // n = 10, s = 2, t(9; 0.975) = 2.26216: (2.26216 x 2 / 0.5)^2 = 81.88.
  Interval now;
  now.n = 10;
  now.deviation = 2;
  CHECK(replications_needed(now, 0.95, 0.5) == 82);
  CHECK(replications_needed(now, 0.95, 0.25) == 328);
  CHECK(replications_needed(now, 0.95, 100) == 10);
}

namespace {

Measure waiting() {
  Measure m;
  m.name = "wait";
  m.unit = "minutes";
  m.better = Better::less;
  return m;
}

}  // namespace

TEST_CASE("Two scenarios are compared run by run") {
  // Differences -1, -2, -1, -3: mean -1.75, s = 0.95743, t = -3.6556 on 3 degrees of freedom, t(3; 0.975) = 3.1824;
  // P(T < -3.6556) = 0.01769. Variances 6.6667 and 4.25 against 0.91667: 11.909-fold.
  const Difference d = difference(waiting(), {10, 12, 14, 16}, {9, 10, 13, 13}, 0.95, 0);
  CHECK(d.paired.estimate == Approx(-1.75));
  CHECK(d.paired.half_width() == Approx(3.1824 * 0.95743 / 2).epsilon(1e-4));
  CHECK(d.p == Approx(0.03537).epsilon(1e-3));
  CHECK(d.better_chance == Approx(0.98231).epsilon(1e-4));
  CHECK(d.variance_ratio == Approx(11.909).epsilon(1e-4));
  CHECK(d.better_on == 4);
  CHECK(d.verdict == Verdict::better);
  Measure pace = waiting();
  pace.better = Better::more;
  CHECK(difference(pace, {10, 12, 14, 16}, {9, 10, 13, 13}, 0.95, 0).verdict == Verdict::worse);
  pace.better = Better::neither;
  CHECK(difference(pace, {10, 12, 14, 16}, {9, 10, 13, 13}, 0.95, 0).verdict == Verdict::differs);
}

TEST_CASE("A difference too small to be worth having is none") {
  CHECK(difference(waiting(), {10, 12, 14, 16}, {9, 10, 13, 13}, 0.95, 4).verdict == Verdict::no_difference);
  CHECK(difference(waiting(), {10, 12, 14, 16}, {10, 12, 14, 16}, 0.95, 0).verdict == Verdict::same);
}

TEST_CASE("What cannot be told yet says how many replications would tell") {
  // Differences -1, 1, -1, -1: mean -0.5, s = 1, t(3; 0.975) = 3.18245: (3.18245 / 0.5)^2 = 40.5.
  const Difference d = difference(waiting(), {10, 10, 10, 10}, {9, 11, 9, 9}, 0.95, 0);
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
    all.push_back(difference(waiting(), base, other, 0.95, 0));
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
