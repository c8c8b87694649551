// Targets, judged at the end of a run.
#pragma once

#include <vector>

#include "mail/model.hpp"
#include "metrics/results.hpp"

namespace mailflow {

/// Whether a value, a mean of values or an end of an interval is on the right side of a bound, or the same figure
/// (within rounding, interval.hpp); NaN is not. All that judges a target asks this.
bool keeps(double value, double bound, bool at_least);
/// Of a value in the target's unit.
bool meets(const Target& target, double value);

/// Nothing to judge is neither met nor missed.
bool judged(const TargetResult& target);
bool any_missed(const std::vector<TargetResult>& targets);

/// Fills results.targets from the rest of the results.
void judge_targets(const Model& model, Results& results);

}  // namespace mailflow
