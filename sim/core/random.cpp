#include "core/random.hpp"

#include <algorithm>
#include <boost/random/binomial_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/lognormal_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <boost/random/weibull_distribution.hpp>
#include <cmath>

namespace mailflow {

namespace {

double draw_triangular(const Distribution& law, Stream& stream) {
  const double width = law.c - law.a;
  if (width <= 0) return law.a;
  const double u = stream.uniform();
  const double left = law.b - law.a;
  return u * width < left ? law.a + std::sqrt(u * width * left) : law.c - std::sqrt((1 - u) * width * (law.c - law.b));
}

double draw_normal(const Distribution& law, Stream& stream) {
  boost::random::normal_distribution<double> normal(law.a, law.b);
  double value = normal(stream);
  while (value < 0) value = normal(stream);
  return value;
}

double draw_lognormal(const Distribution& law, Stream& stream) {
  const double s2 = std::log1p((law.b / law.a) * (law.b / law.a));
  return boost::random::lognormal_distribution<double>(std::log(law.a) - s2 / 2, std::sqrt(s2))(stream);
}

double draw_empirical(const Distribution& law, Stream& stream) {
  double total = 0;
  for (const double w : law.weights) total += w;
  double left = stream.uniform() * total;
  for (std::size_t i = 0; i + 1 < law.values.size(); ++i) {
    if (left < law.weights[i]) return law.values[i];
    left -= law.weights[i];
  }
  return law.values.back();
}

}  // namespace

double draw(const Distribution& law, Stream& stream) {
  switch (law.law) {
    case Law::constant:
      return law.a;
    case Law::uniform:
      return law.a + (law.b - law.a) * stream.uniform();
    case Law::triangular:
      return draw_triangular(law, stream);
    case Law::exponential:
      return law.a * stream.exponential();
    case Law::erlang:
      return boost::random::gamma_distribution<double>(law.a, law.b / law.a)(stream);
    case Law::gamma:
      return boost::random::gamma_distribution<double>((law.a / law.b) * (law.a / law.b),
                                                       law.b * law.b / law.a)(stream);
    case Law::normal:
      return draw_normal(law, stream);
    case Law::lognormal:
      return draw_lognormal(law, stream);
    case Law::weibull:
      return boost::random::weibull_distribution<double>(law.a, law.b)(stream);
    case Law::poisson:
      return law.a <= 0 ? 0 : static_cast<double>(boost::random::poisson_distribution<std::int64_t>(law.a)(stream));
    case Law::empirical:
      return draw_empirical(law, stream);
  }
  return 0;
}

Ticks draw_ticks(const Distribution& law, Stream& stream) {
  constexpr double longest = 9e15;  // 285 years: a heavy tail must not leave the range of ticks
  return static_cast<Ticks>(std::min(draw(law, stream), longest) + 0.5);
}

std::int64_t draw_count(const Distribution& law, Stream& stream) { return std::llround(draw(law, stream)); }

std::int64_t draw_binomial(std::int64_t n, double p, Stream& stream) {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (n == 1) return stream.uniform() < p ? 1 : 0;
  return boost::random::binomial_distribution<std::int64_t>(n, p)(stream);
}

}  // namespace mailflow
