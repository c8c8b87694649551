// A mean and its confidence interval from one long run, by batch means.
//
// Observations are gathered in batches of equal weight; when there are too many, neighbours are merged and the weight
// of a batch doubles, so that memory is bounded and the batches grow with the run (A. Law, Simulation Modeling and
// Analysis, ch. 9). The interval is Student's over at most 32 batches.
#pragma once

#include <cstdint>
#include <vector>

#include "metrics/results.hpp"

namespace mailflow {

class BatchMeans {
 public:
  static constexpr std::size_t most_batches = 1024;

  /// An observation `value` that stands for `weight` > 0 items.
  void record(double value, double weight) {
    sum_ += value * weight;
    weight_ += weight;
    if (weight_ >= size_) close_batch();
  }

  /// Mean over everything recorded, times `scale`; the interval leaves the last part-filled batch out.
  Estimate estimate(double scale = 1) const;
  /// Of everything recorded.
  double weight() const;

 private:
  void close_batch();

  double sum_ = 0, weight_ = 0, size_ = 1;
  std::vector<double> sums_, weights_;
};

/// The ratio sum(numerator)/sum(denominator) over pieces of a run (hours, say), with its interval over at most 32
/// batches of neighbouring pieces; the pieces need not weigh the same.
Estimate ratio_of_batches(const std::vector<double>& numerator, const std::vector<double>& denominator);

}  // namespace mailflow
