// The curve of work: how much there is to do at each station, from when it can be done and by when it must be.
//
//   work |            ____ arrives: all that can have come by then
//        |        ___/   ____
//        |    ___/  ____/ due: what must have been taken in hand by then
//        |___/_____/
//        +------------------------> steps
//
// Expected values: each source's volumes, its vehicles' mean lateness, mean shares at each fork, mean times of walks
// and holds. An item can be done at a station once all before it is done without any wait; it must be taken in hand
// there in time for what comes after it and for the last departure that still keeps its due instant. What no target
// asks for is due at the end, and so is the share that a target lets be late, whichever that is. Everything is on the
// easy side (no wait, no chance), so that what these curves ask for is needed at least: a simulation says what more.
//
// Work is in agent-ticks at proficiency 100 %.
#pragma once

#include <vector>

#include "mail/model.hpp"

namespace mailflow {

/// Of a station there may be two: the mail that targets are about, and the rest, which only must be handled in the end.
/// Apart, for what is done of one of them does not bring the other on.
struct StationDemand {
  StationIndex station;
  std::vector<double> arrives;  ///< per step: work that can be done from within it on
  std::vector<double> due;      ///< per step: work that must have been taken in hand by its end, by the slowest who may
  std::vector<double> judged;   ///< per step: of that, what a share on time is asked of
  double work_per_item = 0;     ///< agent-ticks of one visit
  double may_be_late = 0;       ///< of the work due: as much as the targets let be late, if all of it were here
};

struct Demand {
  std::vector<Ticks> edges;  ///< of the steps, one more than there are steps; from 0 to the run's end
  std::vector<StationDemand> stations;
  /// The step that an instant lies in; the first or last beyond the run.
  std::size_t step_of(Ticks instant) const;
};

/// `targets`: indices of those that must hold; `step`: of the curves; 0: as fine as keeps the program small, 10 min to
/// 1 h.
Demand demand_of(const Model& model, const std::vector<TargetIndex>& targets, Ticks step);

/// Agent-ticks at proficiency 100 % that one item takes at a manual station or a machine (breakdowns included).
double work_per_item(const Model& model, StationIndex station, double lot_items);

/// The share of a station's pace that an agent of this proficiency gives: a machine has its own.
double pace_of(const Model& model, const Skilled& skilled);

}  // namespace mailflow
