#include "kolmogorov.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace mailflow::theory {

namespace {

/// Largest difference of the empirical distribution functions of two sorted samples, as a whole number of 1/(nm).
long long largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  const auto n = static_cast<long long>(a.size());
  const auto m = static_cast<long long>(b.size());
  std::size_t i = 0;
  std::size_t j = 0;
  long long largest = 0;
  while (i < a.size() && j < b.size()) {
    const double at = std::min(a[i], b[j]);
    while (i < a.size() && a[i] == at) ++i;  // values that are equal are one step
    while (j < b.size() && b[j] == at) ++j;
    largest = std::max(largest, std::abs(static_cast<long long>(i) * m - static_cast<long long>(j) * n));
  }
  return largest;
}

/// Share of the ways to mix n and m values in which the difference stays below `bound` / (nm) throughout: each mix is a
/// path over the grid from (0, 0) to (n, m).
double share_of_paths_below(long long n, long long m, long long bound) {
  std::vector<double> ways(static_cast<std::size_t>(m) + 1, 0);
  for (long long i = 0; i <= n; ++i) {
    for (long long j = 0; j <= m; ++j) {
      double& here = ways[static_cast<std::size_t>(j)];
      if (i == 0 && j == 0) {
        here = 1;
      } else {
        // Chances instead of counts, which would not fit: from (i, j) the step back is to i - 1 with chance i / (i +
        // j).
        const double from_a = i > 0 ? here * static_cast<double>(i) : 0;
        const double from_b = j > 0 ? ways[static_cast<std::size_t>(j) - 1] * static_cast<double>(j) : 0;
        here = (from_a + from_b) / static_cast<double>(i + j);
      }
      if (std::abs(i * m - j * n) >= bound) here = 0;
    }
  }
  return ways.back();
}

}  // namespace

double kolmogorov_tail(double lambda) {
  constexpr double pi = std::numbers::pi;
  if (lambda <= 0) return 1;
  double sum = 0;
  if (lambda < 1) {  // the form that converges fast here (theta functions)
    for (int k = 1; k <= 20; ++k) sum += std::exp(-std::pow((2 * k - 1) * pi / lambda, 2) / 8);
    return 1 - std::sqrt(2 * pi) / lambda * sum;
  }
  for (int k = 1; k <= 20; ++k) sum += (k % 2 == 1 ? 2 : -2) * std::exp(-2.0 * k * k * lambda * lambda);
  return std::clamp(sum, 0.0, 1.0);
}

KolmogorovSmirnov kolmogorov_smirnov(std::vector<double> a, std::vector<double> b) {
  if (a.empty() || b.empty()) throw std::invalid_argument("a sample is empty");
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  const auto n = static_cast<long long>(a.size());
  const auto m = static_cast<long long>(b.size());
  const long long largest = largest_difference(a, b);
  const double product = static_cast<double>(n) * static_cast<double>(m);
  KolmogorovSmirnov test;
  test.statistic = static_cast<double>(largest) / product;
  if (product <= 10'000)
    test.p_value = std::clamp(1 - share_of_paths_below(n, m, largest), 0.0, 1.0);
  else
    test.p_value = kolmogorov_tail(test.statistic * std::sqrt(product / static_cast<double>(n + m)));
  return test;
}

std::vector<double> thinned(const std::vector<double>& values, std::size_t every) {
  std::vector<double> kept;
  kept.reserve(values.size() / every + 1);
  for (std::size_t i = 0; i < values.size(); i += every) kept.push_back(values[i]);
  return kept;
}

double autocorrelation(const std::vector<double>& values, std::size_t lag) {
  if (values.size() <= lag + 1) return 0;
  double mean = 0;
  for (const double v : values) mean += v / static_cast<double>(values.size());
  double variance = 0;
  double covariance = 0;
  for (std::size_t i = 0; i < values.size(); ++i) variance += (values[i] - mean) * (values[i] - mean);
  for (std::size_t i = lag; i < values.size(); ++i) covariance += (values[i] - mean) * (values[i - lag] - mean);
  return variance > 0 ? covariance / variance : 0;
}

}  // namespace mailflow::theory
