// The test of Kolmogorov and Smirnov against printed tables, and against samples of which the laws are known.
#include "kolmogorov.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <stdexcept>

using namespace mailflow::theory;

namespace {

std::vector<double> exponentials(std::size_t n, double mean, std::mt19937_64& bits) {
  std::exponential_distribution<double> law(1 / mean);
  std::vector<double> values(n);
  for (double& v : values) v = law(bits);
  return values;
}

/// Two samples of n whose distribution functions differ by exactly k / n: b lies k values behind a.
KolmogorovSmirnov shifted_by(int n, int k) {
  std::vector<double> a;
  std::vector<double> b;
  for (int i = 0; i < n; ++i) {
    a.push_back(i);
    b.push_back(i + k - 0.5);
  }
  return kolmogorov_smirnov(a, b);
}

}  // namespace

TEST_CASE("Kolmogorov's limiting law is as tabulated by Smirnov (1948)") {
  // N. Smirnov, Table for estimating the goodness of fit of empirical distributions, Ann. Math. Stat. 19: L(z) to 6
  // digits.
  CHECK(1 - kolmogorov_tail(0.5) == Approx(0.036055).margin(5e-7));
  CHECK(1 - kolmogorov_tail(0.8) == Approx(0.455857).margin(5e-7));
  CHECK(1 - kolmogorov_tail(1.0) == Approx(0.730000).margin(5e-7));
  CHECK(1 - kolmogorov_tail(1.2) == Approx(0.887750).margin(5e-7));
  CHECK(1 - kolmogorov_tail(1.5) == Approx(0.977782).margin(5e-7));
  CHECK(1 - kolmogorov_tail(2.0) == Approx(0.999329).margin(5e-7));
  // The usual critical values.
  CHECK(kolmogorov_tail(1.22385) == Approx(0.10).margin(2e-5));
  CHECK(kolmogorov_tail(1.3581) == Approx(0.05).margin(2e-5));
  CHECK(kolmogorov_tail(1.6276) == Approx(0.01).margin(2e-5));
  CHECK(kolmogorov_tail(0) == 1);
}

TEST_CASE("Small samples have the exact chances of Massey's table (1951)") {
  // F. Massey, The distribution of the maximum deviation between two sample cumulative step functions: P(D <= k/n).
  CHECK(shifted_by(5, 4).statistic == Approx(0.8));
  CHECK(1 - shifted_by(5, 4).p_value == Approx(1 - 20.0 / 252));  // P(D <= 3/5) = 0.920635
  CHECK(1 - shifted_by(5, 5).p_value == Approx(1 - 2.0 / 252));   // P(D <= 4/5) = 0.992063
  CHECK(1 - shifted_by(10, 6).p_value == Approx(0.947552).margin(5e-7));
  CHECK(1 - shifted_by(10, 7).p_value == Approx(0.987659).margin(5e-7));
  // Unequal samples, by hand: of the 10 ways to mix 2 and 3 values, the two that keep them apart give D = 1.
  CHECK(kolmogorov_smirnov({1, 2}, {3, 4, 5}).p_value == Approx(0.2));
  CHECK(kolmogorov_smirnov({1, 3}, {2, 4, 5}).statistic == Approx(2.0 / 3));
}

TEST_CASE("Equal values are one step of both samples") {
  CHECK(kolmogorov_smirnov({1, 1, 2, 2}, {2, 1, 2, 1}).statistic == 0);
  CHECK(kolmogorov_smirnov({1, 1, 1, 2}, {1, 2, 2, 2}).statistic == Approx(0.5));
  CHECK_THROWS_AS(kolmogorov_smirnov({}, {1}), std::invalid_argument);
}

TEST_CASE("Samples of one law are called different no oftener than the level says") {
  std::mt19937_64 bits(1);
  int below = 0;
  for (int i = 0; i < 1000; ++i)
    below += kolmogorov_smirnov(exponentials(300, 1, bits), exponentials(400, 1, bits)).p_value < 0.05 ? 1 : 0;
  CHECK(below >= 24);  // binomial(1000, 0.05), and a little less for the limiting law: 99.9 % within
  CHECK(below <= 75);
}

TEST_CASE("A million values tell laws apart whose means differ by 1 %") {
  std::mt19937_64 bits(2);
  const auto a = exponentials(1'000'000, 1, bits);
  CHECK(kolmogorov_smirnov(a, exponentials(1'000'000, 1, bits)).p_value > 0.001);
  CHECK(kolmogorov_smirnov(a, exponentials(1'000'000, 1.01, bits)).p_value < 1e-6);
}

TEST_CASE("Values of neighbours are thinned until they are independent") {
  // x' = 0.9 x + noise: values k apart correlate by 0.9^k (Yule 1927).
  std::mt19937_64 bits(3);
  std::normal_distribution<double> noise;
  std::vector<double> values{0};
  while (values.size() < 400'000) values.push_back(0.9 * values.back() + noise(bits));
  CHECK(autocorrelation(values, 1) == Approx(0.9).margin(0.01));
  CHECK(autocorrelation(values, 10) == Approx(0.3487).margin(0.02));
  const auto apart = thinned(values, 100);
  CHECK(apart.size() == 4000);
  CHECK(apart[1] == values[100]);
  CHECK(std::abs(autocorrelation(apart, 1)) < 0.06);
  CHECK(autocorrelation({1, 1}, 3) == 0);
}
