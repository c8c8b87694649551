// A mean and its confidence interval from one long run, by batch means.
//
// Observations are gathered in batches of equal weight; when there are too many, neighbours are merged and the weight
// of a batch doubles, so that memory is bounded and the batches grow with the run (A. Law, Simulation Modeling and
// Analysis, ch. 9). How long the run remembers is told from the correlation of these batches: the sum of their
// autocorrelations, by the initial monotone sequence (C. Geyer, Practical Markov Chain Monte Carlo, 1992). The batches
// divided by it are so many independent ones.
//
// Fewer than 120 of these: the run is too short to tell, and there is no interval. A run that seems to remember little
// for its length may only not have met its longest memory yet, and such runs are those whose interval is given; so the
// interval is widened by 1 + (180 / independent)^2, which is 1.2 at 400 and nothing to speak of at 2000; by less where
// the sum of the autocorrelations is below 1.5, and not at all where batches are independent. It is Student's over 8 to
// 32 batches, at least as wide as the autocorrelations ask for. The figures were set by M/M/1 at loads of 0 to 0.95 and
// lengths of 100 to 400 000 items (tests/stats/batch_means_test.cpp): of the intervals of 95 % given, 95 % and more
// hold the truth.
#pragma once

#include <cstdint>
#include <vector>

#include "stats/estimate.hpp"

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

/// The ratio sum(numerator)/sum(denominator) over pieces of a run (hours, say), with its interval as above; the pieces
/// need not weigh the same.
Estimate ratio_of_batches(const std::vector<double>& numerator, const std::vector<double>& denominator);

}  // namespace mailflow
