#include "stats/batch_means.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace mailflow {

namespace {

constexpr double least_independent = 120;
constexpr double widening = 180;
constexpr double least_batches = 8;
constexpr double most_batches_of_interval = 32;

/// What each piece is off the common ratio, summed.
std::vector<double> residuals(const std::vector<double>& sums, const std::vector<double>& weights, double mean) {
  std::vector<double> off(sums.size());
  for (std::size_t i = 0; i < sums.size(); ++i) off[i] = sums[i] - mean * weights[i];
  return off;
}

double products_at(const std::vector<double>& off, std::size_t lag) {
  double sum = 0;
  for (std::size_t i = lag; i < off.size(); ++i) sum += off[i] * off[i - lag];
  return sum;
}

/// The sum of the autocorrelations over all lags, both sides; at least 1. Not followed beyond `enough`.
double memory_of(const std::vector<double>& off, double enough) {
  const double whole = products_at(off, 0);
  if (whole <= 0) return 1;
  double sum = 0;
  double before = std::numeric_limits<double>::infinity();
  for (std::size_t lag = 0; 2 * lag < off.size() && 2 * sum - whole <= enough * whole; lag += 2) {
    const double pair = products_at(off, lag) + products_at(off, lag + 1);
    if (pair <= 0) break;
    before = std::min(pair, before);
    sum += before;
  }
  return std::max(1.0, (2 * sum - whole) / whole);
}

/// Sum of squares of the residuals of `count` batches of neighbouring pieces; the first pieces that fill none are left
/// out.
double squares_of_batches(const std::vector<double>& off, std::size_t count) {
  const std::size_t per_batch = off.size() / count;
  double squares = 0;
  for (std::size_t i = off.size() - per_batch * count; i < off.size(); i += per_batch) {
    double batch = 0;
    for (std::size_t k = i; k < i + per_batch; ++k) batch += off[k];
    squares += batch * batch;
  }
  return squares * static_cast<double>(off.size()) / static_cast<double>(per_batch * count);
}

/// Student's interval of a ratio over pieces, where the run is long enough to tell.
Estimate interval(const std::vector<double>& sums, const std::vector<double>& weights, double mean) {
  Estimate e;
  e.mean = mean;
  const auto pieces = static_cast<double>(sums.size());
  double weight = 0;
  for (const double w : weights) weight += w;
  if (pieces < least_independent || weight <= 0) return e;
  const std::vector<double> off = residuals(sums, weights, mean);
  const double memory = memory_of(off, pieces / least_independent);
  const double independent = pieces / memory;
  if (independent < least_independent) return e;
  const double count = std::clamp(std::floor(independent / 8), least_batches, most_batches_of_interval);
  const double of_batches = squares_of_batches(off, static_cast<std::size_t>(count)) * count / (count - 1);
  const double error = std::sqrt(std::max(of_batches, products_at(off, 0) * memory)) / weight;
  const double wider = 1 + std::pow(widening / independent, 2) * std::min(1.0, 2 * (memory - 1));
  const boost::math::students_t t(count - 1);
  e.batches = static_cast<std::int64_t>(count);
  e.half_width_95 = boost::math::quantile(t, 0.975) * error * wider;
  e.half_width_99 = boost::math::quantile(t, 0.995) * error * wider;
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
