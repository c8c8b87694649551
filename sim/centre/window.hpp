// What is counted of a run, and when: the window's beginning, the hours, the end.
#pragma once

#include "centre/centre.hpp"
#include "metrics/results.hpp"

namespace mailflow {

/// The window begins: what has been counted so far is forgotten, what is in the centre stays.
void begin_window(Centre& centre);
/// An hour ends. `over`: the run does.
void mark_hour(Centre& centre, bool over);
/// Items in the centre that are neither at a bay nor held, as a target counts them.
std::int64_t left_over(const Centre& centre, const Target& target);
/// At the end: what has not ended counts with its time so far, and all that was counted becomes results, but for the
/// run's own figures and targets. `blocks`: the loop by blocks has counted the visits at bays. Throws RunFailure where
/// a promise is broken.
void count_end(Centre& centre, bool blocks, Results& results);

}  // namespace mailflow
