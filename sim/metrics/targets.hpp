// Targets, judged at the end of a run.
#pragma once

#include "mail/model.hpp"
#include "metrics/results.hpp"

namespace mailflow {

/// Whether a value in the target's unit is on the right side of its bound (within rounding); NaN is not.
bool meets(const Target& target, double value);

/// Whether it was judged and not met: one with nothing to judge is neither met nor missed.
bool is_missed(const TargetResult& result);

/// Fills results.targets from the rest of the results. A target with nothing to judge has the value NaN and is not met.
void judge_targets(const Model& model, Results& results);

}  // namespace mailflow
