#include "stats/control_chart.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace mailflow {

namespace {

constexpr double d2 = 1.128;  ///< mean range of two normal values, in standard deviations
constexpr int longest_run = 7;

double mean_moving_range(const std::vector<double>& values) {
  double sum = 0;
  for (std::size_t i = 1; i < values.size(); ++i) sum += std::fabs(values[i] - values[i - 1]);
  return values.size() < 2 ? std::numeric_limits<double>::quiet_NaN() : sum / static_cast<double>(values.size() - 1);
}

void find_signals(ControlChart& chart) {
  int run = 0;
  int side = 0;
  for (ControlPoint& point : chart.points) {
    const int here = point.value > chart.centre ? 1 : point.value < chart.centre ? -1 : 0;
    run = here != 0 && here == side ? run + 1 : here == 0 ? 0 : 1;
    side = here;
    if (run > longest_run) point.signal = ControlPoint::Signal::run;
    if (point.value < point.low || point.value > point.high) point.signal = ControlPoint::Signal::outside;
  }
}

}  // namespace

ControlChart individuals_chart(const std::vector<double>& values) {
  ControlChart chart;
  chart.centre = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  const double reach = 3 / d2 * mean_moving_range(values);
  for (const double value : values) chart.points.push_back({value, chart.centre - reach, chart.centre + reach});
  find_signals(chart);
  return chart;
}

ControlChart share_chart(const std::vector<double>& shares, const std::vector<double>& sizes) {
  ControlChart chart;
  double met = 0;
  double all = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    met += shares[i] * sizes[i];
    all += sizes[i];
  }
  chart.centre = met / all;
  std::vector<double> chance;  // standard deviation of each day by chance of its items alone
  std::vector<double> z;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    chance.push_back(std::sqrt(chart.centre * (1 - chart.centre) / sizes[i]));
    z.push_back(chance[i] > 0 ? (shares[i] - chart.centre) / chance[i] : 0);
  }
  chart.spread = mean_moving_range(z) / d2;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double reach = 3 * chance[i] * chart.spread;
    chart.points.push_back({shares[i], std::isnan(reach) ? reach : std::max(0.0, chart.centre - reach),
                            std::isnan(reach) ? reach : std::min(1.0, chart.centre + reach)});
  }
  find_signals(chart);
  return chart;
}

}  // namespace mailflow
