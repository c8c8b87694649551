#include "core/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace mailflow {
namespace {

/// How a normal law is moved and narrowed by drawing again while below 0.
struct Truncation {
  double shift = 0;   ///< hazard of the standard normal at the cut
  double factor = 1;  ///< what remains of the variance
};

Truncation truncation_at_zero(double mean, double sd) {
  const double cut = -mean / sd;
  const double density = std::exp(-cut * cut / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
  const double above = std::erfc(cut / std::numbers::sqrt2) / 2;
  const double hazard = density / above;
  return {hazard, 1 + cut * hazard - hazard * hazard};
}

double weibull_moment(const Distribution& law, double power) {
  return std::pow(law.b, power) * std::tgamma(1 + power / law.a);
}

double empirical_moment(const Distribution& law, double centre, int power) {
  double sum = 0;
  double weight = 0;
  for (std::size_t i = 0; i < law.values.size(); ++i) {
    sum += law.weights[i] * std::pow(law.values[i] - centre, power);
    weight += law.weights[i];
  }
  return weight > 0 ? sum / weight : 0;
}

double square(double x) { return x * x; }

}  // namespace

double Distribution::least() const {
  if (law == Law::constant) return a;
  if (law == Law::uniform || law == Law::triangular) return std::max(0.0, a);
  if (law == Law::empirical) return std::max(0.0, *std::min_element(values.begin(), values.end()));
  return 0;
}

double Distribution::mean() const {
  switch (law) {
    case Law::constant:
    case Law::exponential:
    case Law::gamma:
    case Law::lognormal:
    case Law::poisson:
      return a;
    case Law::uniform:
      return (a + b) / 2;
    case Law::triangular:
      return (a + b + c) / 3;
    case Law::erlang:
      return b;
    case Law::normal:
      return b > 0 ? a + b * truncation_at_zero(a, b).shift : a;
    case Law::weibull:
      return weibull_moment(*this, 1);
    case Law::empirical:
      return empirical_moment(*this, 0, 1);
  }
  return 0;
}

double Distribution::variance() const {
  switch (law) {
    case Law::constant:
      return 0;
    case Law::uniform:
      return square(b - a) / 12;
    case Law::triangular:
      return (a * a + b * b + c * c - a * b - a * c - b * c) / 18;
    case Law::exponential:
      return a * a;
    case Law::erlang:
      return b * b / a;
    case Law::gamma:
    case Law::lognormal:
      return b * b;
    case Law::normal:
      return b > 0 ? b * b * truncation_at_zero(a, b).factor : 0;
    case Law::weibull:
      return weibull_moment(*this, 2) - square(weibull_moment(*this, 1));
    case Law::poisson:
      return a;
    case Law::empirical:
      return empirical_moment(*this, mean(), 2);
  }
  return 0;
}

}  // namespace mailflow
