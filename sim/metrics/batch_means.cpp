#include "metrics/batch_means.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace mailflow {

namespace {

constexpr std::size_t batches_wanted = 32;
constexpr std::size_t least_batches = 5;

/// Student's interval of a ratio over batches: the residuals of each batch from the common ratio.
Estimate interval(const std::vector<double>& sums, const std::vector<double>& weights, double mean) {
  Estimate e;
  e.mean = mean;
  const std::size_t per_batch = (sums.size() + batches_wanted - 1) / batches_wanted;
  if (per_batch == 0 || sums.size() / per_batch < least_batches) return e;
  const std::size_t m = sums.size() / per_batch;
  double total_weight = 0;
  double squares = 0;
  for (std::size_t b = 0; b < m; ++b) {
    double s = 0;
    double w = 0;
    for (std::size_t i = b * per_batch; i < (b + 1) * per_batch; ++i) {
      s += sums[i];
      w += weights[i];
    }
    total_weight += w;
    squares += (s - mean * w) * (s - mean * w);
  }
  if (total_weight <= 0) return e;
  const auto count = static_cast<double>(m);
  const double mean_weight = total_weight / count;
  const double error = std::sqrt(squares / (count - 1) / count) / mean_weight;
  const boost::math::students_t t(count - 1);
  e.batches = static_cast<std::int64_t>(m);
  e.half_width_95 = boost::math::quantile(t, 0.975) * error;
  e.half_width_99 = boost::math::quantile(t, 0.995) * error;
  return e;
}

}  // namespace

void BatchMeans::close_batch() {
  if (sums_.capacity() == 0) {
    sums_.reserve(most_batches);
    weights_.reserve(most_batches);
  }
  sums_.push_back(sum_);
  weights_.push_back(weight_);
  sum_ = weight_ = 0;
  if (sums_.size() < most_batches) return;
  for (std::size_t i = 0; i < most_batches / 2; ++i) {
    sums_[i] = sums_[2 * i] + sums_[2 * i + 1];
    weights_[i] = weights_[2 * i] + weights_[2 * i + 1];
  }
  sums_.resize(most_batches / 2);
  weights_.resize(most_batches / 2);
  size_ *= 2;
}

double BatchMeans::weight() const {
  double weight = weight_;
  for (const double w : weights_) weight += w;
  return weight;
}

Estimate BatchMeans::estimate(double scale) const {
  double sum = sum_;
  double weight = weight_;
  for (const double s : sums_) sum += s;
  for (const double w : weights_) weight += w;
  Estimate e = interval(sums_, weights_, weight > 0 ? sum / weight : 0);
  e.mean *= scale;
  if (e.batches > 0) {
    e.half_width_95 *= scale;
    e.half_width_99 *= scale;
  }
  return e;
}

Estimate ratio_of_batches(const std::vector<double>& numerator, const std::vector<double>& denominator) {
  double sum = 0;
  double weight = 0;
  for (const double s : numerator) sum += s;
  for (const double w : denominator) weight += w;
  return interval(numerator, denominator, weight > 0 ? sum / weight : 0);
}

}  // namespace mailflow
