// Control charts against figures worked out by hand.
#include "stats/control_chart.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace mailflow {

using Signal = ControlPoint::Signal;

TEST_CASE("limits of individuals are 2.66 mean moving ranges from the centre") {
  // Moving ranges 2, 3, 2, 1: mean 2; mean of the values 10.8; 3 / 1.128 x 2 = 5.319.
  const ControlChart chart = individuals_chart({10, 12, 9, 11, 12});
  CHECK(chart.centre == Approx(10.8));
  CHECK(chart.points[0].low == Approx(10.8 - 5.31915).margin(1e-4));
  CHECK(chart.points[4].high == Approx(10.8 + 5.31915).margin(1e-4));
  for (const ControlPoint& point : chart.points) CHECK(point.signal == Signal::none);
}

TEST_CASE("a value beyond a limit is told") {
  // Twenty values of 10 and 11 in turn, then 20: moving ranges 19 x 1 and 9, mean 1.4; centre 10.952; high 14.676.
  std::vector<double> values;
  for (int i = 0; i < 20; ++i) values.push_back(i % 2 == 0 ? 10 : 11);
  values.push_back(20);
  const ControlChart chart = individuals_chart(values);
  CHECK(chart.points.back().high == Approx(230.0 / 21 + 3 / 1.128 * 1.4));
  CHECK(chart.points.back().signal == Signal::outside);
  CHECK(chart.points[1].signal == Signal::none);
}

TEST_CASE("the eighth in a row on one side is told, the seventh is not") {
  // The sum is 0, so the centre is 0; the wide beginning keeps the limits away.
  const ControlChart chart = individuals_chart({9, -9, 9, -9, 1, 1, 1, 1, 1, 1, 1, 1, -8});
  CHECK(chart.centre == Approx(0));
  CHECK(chart.points[10].signal == Signal::none);  // the seventh
  CHECK(chart.points[11].signal == Signal::run);
  CHECK(chart.points[12].signal == Signal::none);
}

TEST_CASE("a share chart without more variation than chance is the p chart") {
  // p = 0.5 of 100 items: standard deviation 0.05. Shares 0.45 and 0.55 in turn: z -1 and 1, moving ranges 2, so the
  // spread is 2 / 1.128 = 1.773 and the limits 3 x 0.05 x 1.773 = 0.266 from the centre.
  const ControlChart chart = share_chart({0.45, 0.55, 0.45, 0.55}, {100, 100, 100, 100});
  CHECK(chart.centre == Approx(0.5));
  CHECK(chart.spread == Approx(2 / 1.128));
  CHECK(chart.points[0].low == Approx(0.5 - 0.15 * 2 / 1.128));
  CHECK(chart.points[0].high == Approx(0.5 + 0.15 * 2 / 1.128));
}

TEST_CASE("limits of a share follow the day's number of items, and stay shares") {
  // p = (0.9 x 100 + 1.0 x 300) / 400 = 0.975; deviations sqrt(0.975 x 0.025 / n) = 0.015612 and 0.0090139;
  // z = -4.8038 and 2.7735, so the spread is 7.5773 / 1.128 = 6.7175.
  const ControlChart chart = share_chart({0.9, 1.0}, {100, 300});
  CHECK(chart.centre == Approx(0.975));
  CHECK(chart.spread == Approx(6.7175).epsilon(1e-4));
  CHECK(chart.points[0].low == Approx(0.975 - 3 * 0.0156125 * 6.7175).epsilon(1e-4));
  CHECK(chart.points[1].low == Approx(0.975 - 3 * 0.0090139 * 6.7175).epsilon(1e-4));
  CHECK(chart.points[0].high == 1);
}

TEST_CASE("one day alone has no limits") {
  CHECK(std::isnan(individuals_chart({5}).points[0].low));
  CHECK(std::isnan(share_chart({0.5}, {10}).points[0].high));
  CHECK(individuals_chart({5}).points[0].signal == Signal::none);
}

}  // namespace mailflow
