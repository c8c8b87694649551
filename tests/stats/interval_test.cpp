#include "stats/interval.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "core/random.hpp"

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

TEST_CASE("Amounts have one sum in whatever order they come") {
  CHECK(sum_of({0.1, 0.2, 0.3}) == sum_of({0.3, 0.2, 0.1}));
  CHECK(sum_of({1e16, 1, -1e16, 1}) == sum_of({1, 1, 1e16, -1e16}));
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
