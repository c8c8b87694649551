// Two scenarios run with common random numbers: the paired difference of each measure and what may be said of it.
//
// The difference is alternative minus base, replication by replication, with Student's interval on the mean of the
// pairs. Several alternatives (and several measures) are judged together by Holm (1979): the verdicts of one family are
// all true with the stated confidence. The interval that a verdict goes by is at the level that Holm asks of it, and
// leaves out 0 where the verdict says that there is a difference, and only there.
#pragma once

#include <string>
#include <vector>

#include "stats/interval.hpp"

namespace mailflow {

enum class Better : std::uint8_t { more, less, neither };

enum class Verdict : std::uint8_t {
  better,         ///< the alternative is better, by more than nothing
  worse,          ///< it is worse
  differs,        ///< it differs, and neither side is better (volumes, use)
  no_difference,  ///< whatever difference there is, is smaller than what is worth having
  same,           ///< every pair is equal
  cannot_tell,    ///< more replications are needed
  nothing         ///< nothing was measured
};

struct Difference {
  Interval paired;        ///< of alternative - base, by itself
  double judged_low = 0;  ///< the interval that the verdict goes by; infinite: too few pairs
  double judged_high = 0;
  double p = 1;                ///< two-sided p-value of "no difference"
  double better_chance = 0.5;  ///< that the alternative's mean is better, given these pairs (Student, flat prior); NaN:
                               ///< not to be said, since less mail came there (weigh_mail)
  std::int64_t better_on = 0;  ///< replications on which the alternative was better
  std::int64_t worse_on = 0;   ///< and on which it was worse
  double variance_ratio = 0;   ///< variance of the difference with independent streams / with common ones; NaN: none
  Verdict verdict = Verdict::nothing;
  double worth_having = 0;               ///< a difference smaller than this is none; in the measure's unit
  std::int64_t replications_wanted = 0;  ///< cannot_tell: about so many in all
};

/// The pairs' difference, judged by itself at `confidence`. Values of a pair that are the same figure (interval.hpp)
/// are equal. `worth_having` >= 0, in the measure's unit: a difference smaller than this is none. Values beyond the
/// shorter vector, and pairs with a NaN, are left out.
Difference difference(Better better, const std::vector<double>& base, const std::vector<double>& alternative,
                      double confidence, double worth_having);

/// Holm's step-down over a family of differences: those whose verdict does not stand at the family's level become
/// `cannot_tell` (with the replications they want), and each gets the interval at the level it was judged at.
void judge_together(std::vector<Difference*> family, double confidence);

}  // namespace mailflow
