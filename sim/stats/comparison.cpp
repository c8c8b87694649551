#include "stats/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mailflow {

namespace {

double variance(const std::vector<double>& values) {
  const double d = mean_interval(values, 0.95).deviation;
  return d * d;
}

/// So many that the interval would leave either zero or the smallest difference worth having out of doubt.
std::int64_t wanted(const Difference& d, double confidence) {
  const double distance = std::max(std::fabs(d.paired.estimate), d.worth_having - std::fabs(d.paired.estimate));
  return replications_needed(d.paired, confidence, distance);
}

}  // namespace

Difference difference(Better better, const std::vector<double>& base, const std::vector<double>& alternative,
                      double confidence, double worth_having) {
  Difference d;
  d.worth_having = worth_having;
  std::vector<double> pairs;
  std::vector<double> a;
  std::vector<double> b;
  const double sign = better == Better::less ? -1 : 1;
  for (std::size_t i = 0; i < std::min(base.size(), alternative.size()); ++i) {
    if (std::isnan(base[i]) || std::isnan(alternative[i])) continue;
    a.push_back(base[i]);
    b.push_back(alternative[i]);
    pairs.push_back(change(base[i], alternative[i]));
    d.better_on += sign * pairs.back() > 0 ? 1 : 0;
    d.worse_on += sign * pairs.back() < 0 ? 1 : 0;
  }
  d.paired = mean_interval(pairs, confidence);
  d.judged_low = d.paired.low;
  d.judged_high = d.paired.high;
  if (d.paired.n == 0) return d;
  const auto n = static_cast<double>(d.paired.n);
  if (d.better_on + d.worse_on == 0) {
    d.verdict = Verdict::same;
    d.paired.low = d.paired.high = d.judged_low = d.judged_high = 0;
    return d;
  }
  if (d.paired.n < 2) {
    d.verdict = Verdict::cannot_tell;
    d.replications_wanted = 2;
    return d;
  }
  const double error = d.paired.deviation / std::sqrt(n);
  const double t =
      error > 0 ? d.paired.estimate / error : std::copysign(std::numeric_limits<double>::infinity(), d.paired.estimate);
  d.p = 2 * student_cdf(-std::fabs(t), n - 1);
  d.better_chance = student_cdf(sign * t, n - 1);
  const double v = d.paired.deviation * d.paired.deviation;
  d.variance_ratio = v > 0 ? (variance(a) + variance(b)) / v : std::numeric_limits<double>::quiet_NaN();
  if (d.paired.low > -worth_having && d.paired.high < worth_having)
    d.verdict = Verdict::no_difference;
  else if (d.paired.low > 0 || d.paired.high < 0)
    d.verdict = better == Better::neither        ? Verdict::differs
                : (sign * d.paired.estimate > 0) ? Verdict::better
                                                 : Verdict::worse;
  else
    d.verdict = Verdict::cannot_tell;
  if (d.verdict == Verdict::cannot_tell) d.replications_wanted = wanted(d, confidence);
  return d;
}

void judge_together(std::vector<Difference*> family, double confidence) {
  std::erase_if(family,
                [](const Difference* d) { return d->verdict == Verdict::nothing || d->verdict == Verdict::same; });
  std::stable_sort(family.begin(), family.end(), [](const Difference* a, const Difference* b) { return a->p < b->p; });
  bool stands = true;
  double level = 0;  // of the last that stands or the first that does not
  for (std::size_t i = 0; i < family.size(); ++i) {
    Difference& d = *family[i];
    if (stands) level = (1 - confidence) / static_cast<double>(family.size() - i);
    stands = stands && d.p <= level;
    const bool claimed = d.verdict == Verdict::better || d.verdict == Verdict::worse || d.verdict == Verdict::differs;
    if (d.paired.n > 1 && d.verdict != Verdict::no_difference) {
      const double half = student_quantile(1 - level / 2, static_cast<double>(d.paired.n - 1)) * d.paired.deviation /
                          std::sqrt(static_cast<double>(d.paired.n));
      d.judged_low = d.paired.estimate - half;
      d.judged_high = d.paired.estimate + half;
    }
    if (stands || !claimed) continue;
    d.verdict = Verdict::cannot_tell;
    d.replications_wanted = std::max(d.paired.n + 1, wanted(d, 1 - level));
  }
}

}  // namespace mailflow
