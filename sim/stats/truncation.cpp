#include "stats/truncation.hpp"

#include <limits>

namespace mailflow {

std::optional<std::size_t> mser(const std::vector<double>& batches) {
  const std::size_t n = batches.size();
  if (n < 10) return std::nullopt;
  double least = std::numeric_limits<double>::infinity();
  std::size_t best = 0;
  double sum = 0;
  double squares = 0;
  for (std::size_t d = n; d-- > 0;) {  // from the end: sums over what is kept
    sum += batches[d];
    squares += batches[d] * batches[d];
    if (d > n / 2) continue;
    const auto kept = static_cast<double>(n - d);
    const double statistic = (squares - sum * sum / kept) / (kept * kept);
    if (statistic <= least) {
      least = statistic;
      best = d;
    }
  }
  if (best >= n / 2) return std::nullopt;
  return best;
}

std::vector<double> batch_means_of(const std::vector<double>& values, std::size_t size) {
  std::vector<double> means;
  for (std::size_t i = 0; i + size <= values.size(); i += size) {
    double sum = 0;
    for (std::size_t k = 0; k < size; ++k) sum += values[i + k];
    means.push_back(sum / static_cast<double>(size));
  }
  return means;
}

}  // namespace mailflow
