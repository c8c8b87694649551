// Confidence intervals over independent replications.
//
// Means: Student's t. Mean shares, which pile up at 1 with a tail below: what of Student's interval, Student's on the
// logit scale (delta method) and Willink's, corrected for skewness (A confidence interval and test for the mean of an
// asymmetric distribution, 2005), covers them all. Shares of days: Wilson's score interval (1927) at the effective
// number of days, which is found from the spread between replications (Korn and Graubard 1998), since the days of one
// replication are correlated. Quantiles of replications: order statistics with binomial ranks (distribution-free). NaN
// values are left out. Values that are the same in all replications have that mean exactly.
#pragma once

#include <cstdint>
#include <vector>

namespace mailflow {

/// Whether two figures are equal but for rounding (to a ten thousand millionth of the larger): what is summed in
/// another order, or divided and multiplied again, differs by less. Infinities and NaN are the same as nothing.
bool same_figure(double a, double b);
/// to - from; exactly 0 where they are the same figure.
double change(double from, double to);
/// The sum, the same to the last bit in whatever order the amounts come.
double sum_of(std::vector<double> amounts);

struct Interval {
  double estimate = 0;
  double low = 0;        ///< -infinity when there are too few values to say
  double high = 0;       ///< +infinity likewise
  double deviation = 0;  ///< standard deviation between replications
  std::int64_t n = 0;    ///< replications that had a value
  bool alike = false;    ///< a share that is 0 or 1 in every replication: how far it may be off is not known
  double half_width() const { return (high - low) / 2; }
};

/// Mean of independent values; needs 2 values for a finite interval. `confidence` in (0, 1).
Interval mean_interval(const std::vector<double>& values, double confidence);

/// Mean of a share's values, one a replication, within [0, 1]; needs 2 values as above. Where all are 0 or all 1, low
/// and high are the estimate and it is said to be `alike`.
Interval mean_share_interval(const std::vector<double>& shares, double confidence);

/// The share of days, of the shares in [0, 1] of each replication; needs 2 values as above. The interval lies within
/// [0, 1] and is never a point: where all replications agree on 0 or 1, each counts as one day.
Interval share_interval(const std::vector<double>& shares, double confidence);

/// The q-quantile of the distribution of replications.
Interval quantile_interval(std::vector<double> values, double q, double confidence);

/// Replications needed in all for a half-width of at most `wanted`, from what is known so far (Student's quantile at
/// the present number); at least `n`.
std::int64_t replications_needed(const Interval& now, double confidence, double wanted);

/// Student's quantile: P(T <= t) = p with `freedom` > 0 degrees of freedom; and its distribution function.
double student_quantile(double p, double freedom);
double student_cdf(double t, double freedom);
double normal_quantile(double p);

}  // namespace mailflow
