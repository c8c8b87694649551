// Means and variances against the textbook.
#include "core/distribution.hpp"

#include <catch2/catch.hpp>
#include <cmath>

namespace mailflow {
namespace {

struct Case {
  const char* name;
  Distribution law;
  double mean;
  double variance;
};

TEST_CASE("a law's mean and variance are those of the textbook") {
  const double pi = std::acos(-1.0);
  const Case cases[] = {
      {"constant", Distribution::fixed(7), 7, 0},
      {"uniform", {Law::uniform, 1, 3, 0, {}, {}}, 2, 4.0 / 12},
      {"triangular", {Law::triangular, 0, 0, 3, {}, {}}, 1, 0.5},
      {"exponential", {Law::exponential, 4, 0, 0, {}, {}}, 4, 16},
      {"erlang", {Law::erlang, 4, 6, 0, {}, {}}, 6, 9},
      {"gamma", {Law::gamma, 5, 2, 0, {}, {}}, 5, 4},
      {"lognormal", {Law::lognormal, 10, 15, 0, {}, {}}, 10, 225},
      {"weibull of shape 1 is exponential", {Law::weibull, 1, 3, 0, {}, {}}, 3, 9},
      {"weibull of shape 2 is Rayleigh", {Law::weibull, 2, 2, 0, {}, {}}, std::sqrt(pi), 4 - pi},
      {"poisson", {Law::poisson, 240, 0, 0, {}, {}}, 240, 240},
      {"empirical", {Law::empirical, 0, 0, 0, {1, 5}, {3, 1}}, 2, 3},
      {"normal far above 0", {Law::normal, 5200, 100, 0, {}, {}}, 5200, 10000},
      {"normal cut in the middle is half-normal",
       {Law::normal, 0, 2, 0, {}, {}},
       2 * std::sqrt(2 / pi),
       4 * (1 - 2 / pi)},
      {"normal without spread", {Law::normal, 3, 0, 0, {}, {}}, 3, 0},
  };
  for (const auto& each : cases) {
    INFO(each.name);
    CHECK(each.law.mean() == Approx(each.mean));
    CHECK(each.law.variance() == Approx(each.variance).margin(1e-12));
  }
}

}  // namespace
}  // namespace mailflow
