#include "stats/interval.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace mailflow {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Mean and deviation of the values that are numbers.
Interval moments(const std::vector<double>& values) {
  Interval x;
  double sum = 0;
  double first = 0;
  bool same = true;
  for (const double v : values)
    if (!std::isnan(v)) {
      if (x.n == 0) first = v;
      same = same && (v == first || same_figure(v, first));
      sum += v;
      ++x.n;
    }
  x.low = -infinity;
  x.high = infinity;
  x.estimate = x.n > 0 ? sum / static_cast<double>(x.n) : std::numeric_limits<double>::quiet_NaN();
  if (x.n > 0 && same) x.estimate = first;  // 20 times 0.95 by 20 would be a little less
  if (x.n < 2 || same) return x;
  double squares = 0;
  for (const double v : values)
    if (!std::isnan(v)) squares += (v - x.estimate) * (v - x.estimate);
  x.deviation = std::sqrt(squares / static_cast<double>(x.n - 1));
  return x;
}

}  // namespace

bool same_figure(double a, double b) {
  constexpr double rounding = 1e-10;
  return std::isfinite(a - b) && std::fabs(a - b) <= rounding * std::max(std::fabs(a), std::fabs(b));
}
double change(double from, double to) { return same_figure(from, to) ? 0 : to - from; }
double sum_of(std::vector<double> amounts) {
  std::sort(amounts.begin(), amounts.end());
  double sum = 0;
  for (const double amount : amounts) sum += amount;
  return sum;
}

double student_quantile(double p, double freedom) {
  return boost::math::quantile(boost::math::students_t_distribution<double>(freedom), p);
}
double student_cdf(double t, double freedom) {
  if (std::isinf(t)) return t > 0 ? 1 : 0;
  return boost::math::cdf(boost::math::students_t_distribution<double>(freedom), t);
}
double normal_quantile(double p) { return boost::math::quantile(boost::math::normal_distribution<double>(), p); }

Interval mean_interval(const std::vector<double>& values, double confidence) {
  Interval x = moments(values);
  if (x.n < 2) return x;
  const auto n = static_cast<double>(x.n);
  const double half = student_quantile((1 + confidence) / 2, n - 1) * x.deviation / std::sqrt(n);
  x.low = x.estimate - half;
  x.high = x.estimate + half;
  return x;
}

namespace {

/// Student's quantile t, corrected for the skewness of the values (Willink 2005): `a` is skewness / (6 sqrt(n)).
double corrected(double t, double a) {
  return std::fabs(a) < 1e-9 ? t : (std::cbrt(1 + 6 * a * (t - a)) - 1) / (2 * a);
}

double third_moment(const std::vector<double>& values, const Interval& x) {
  const auto n = static_cast<double>(x.n);
  double cubes = 0;
  for (const double v : values)
    if (!std::isnan(v)) cubes += std::pow(v - x.estimate, 3);
  return x.n > 2 ? cubes * n / ((n - 1) * (n - 2)) : 0;
}

}  // namespace

Interval mean_share_interval(const std::vector<double>& shares, double confidence) {
  Interval x = mean_interval(shares, confidence);
  if (x.n < 2) return x;
  const double p = x.estimate;
  if (x.deviation <= 0) {
    x.alike = p <= 0 || p >= 1;
    return x;
  }
  const auto n = static_cast<double>(x.n);
  const double t = student_quantile((1 + confidence) / 2, n - 1);
  const double error = x.deviation / std::sqrt(n);
  const double odds = p / (1 - p);
  const double apart = std::exp(t * error / (p * (1 - p)));
  const double a = third_moment(shares, x) / std::pow(x.deviation, 3) / (6 * std::sqrt(n));
  x.low = std::max(0.0, std::min({x.low, odds / (odds + apart), p - error * corrected(t, a)}));
  x.high = std::min(1.0, std::max({x.high, odds / (odds + 1 / apart), p - error * corrected(-t, a)}));
  return x;
}

Interval share_interval(const std::vector<double>& shares, double confidence) {
  Interval x = moments(shares);
  if (x.n < 2) return x;
  const auto n = static_cast<double>(x.n);
  const double p = x.estimate;
  double z = normal_quantile((1 + confidence) / 2);
  double size = n;  // days, as many as would give the spread seen if they were independent
  if (x.deviation > 0) {
    const double t = student_quantile((1 + confidence) / 2, n - 1);
    size = p * (1 - p) * n / (x.deviation * x.deviation);
    size *= z * z / (t * t);
  }
  const double zz = z * z / size;
  const double middle = (p + zz / 2) / (1 + zz);
  const double half = z * std::sqrt(p * (1 - p) / size + zz / (4 * size)) / (1 + zz);
  x.low = std::max(0.0, middle - half);
  x.high = middle + half > 1 - 1e-12 ? 1 : middle + half;
  if (x.low < 1e-12) x.low = 0;
  return x;
}

Interval quantile_interval(std::vector<double> values, double q, double confidence) {
  Interval x = moments(values);
  values.erase(std::remove_if(values.begin(), values.end(), [](double v) { return std::isnan(v); }), values.end());
  std::sort(values.begin(), values.end());
  if (values.empty()) return x;
  const auto n = static_cast<double>(values.size());
  x.estimate = values[static_cast<std::size_t>(std::max(0.0, std::ceil(q * n) - 1))];
  // The number of values below the quantile is binomial: [l, u] such that each tail has at most half of what is left.
  const boost::math::binomial_distribution<double> below(n, q);
  const double tail = (1 - confidence) / 2;
  for (std::size_t l = values.size(); l >= 1; --l)  // the largest rank l with P(B <= l - 1) <= tail
    if (boost::math::cdf(below, static_cast<double>(l - 1)) <= tail) {
      x.low = values[l - 1];
      break;
    }
  for (std::size_t u = 1; u <= values.size(); ++u)  // the least rank u with P(B >= u) <= tail
    if (boost::math::cdf(boost::math::complement(below, static_cast<double>(u - 1))) <= tail) {
      x.high = values[u - 1];
      break;
    }
  return x;
}

std::int64_t replications_needed(const Interval& now, double confidence, double wanted) {
  if (now.n < 2 || !(wanted > 0)) return std::numeric_limits<std::int64_t>::max();
  const double t = student_quantile((1 + confidence) / 2, static_cast<double>(now.n - 1));
  const double need = std::ceil(std::pow(t * now.deviation / wanted, 2));
  if (need > 1e15) return std::numeric_limits<std::int64_t>::max();
  return std::max(now.n, static_cast<std::int64_t>(need));
}

}  // namespace mailflow
