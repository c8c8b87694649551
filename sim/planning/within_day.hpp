// What to do now: given the situation at an instant, which re-deployments of the hours to come help the targets most.
//
// Moves are tried on runs that begin in the situation, with common random numbers. A plan's loss is the mean over
// replications of the targets' shortfalls, each as a share of its bound (0: met; 1 at most). From nothing, the move
// that takes most off the loss of the plan so far is added (of those within a tenth of it, the cheapest), as long as it
// takes off more than the pairs' standard error; then each move without which the loss is no higher is taken out again.
// The plan is proved by more replications, and a move that these do not show to take off more than twice the pairs'
// standard error is taken out. The search is greedy:
// the plan is good, not proven best.
//
// One thread here; the experiment's executor runs on all cores. Same model, options and seed: the same plan.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "experiment/experiment.hpp"
#include "mail/day_rules.hpp"
#include "mail/model.hpp"

namespace mailflow {

struct WithinDayMove {
  enum class Kind : std::uint8_t { send, keep, call_in, earlier, hold, advance, add };
  Kind kind = Kind::send;
  TeamIndex team;
  StationIndex station;
  DepartureIndex departure;
  int agents = 0;
  Ticks by = 0;    ///< longer, earlier, held or advanced by
  Ticks when = 0;  ///< send: from then; keep: the shift's end; call in: they are here; else the time that was to be
  Ticks decide_by = 0;  ///< the latest instant at which it can be decided
};

/// The model with the move made: all else draws what it drew before.
void make_move(Model& model, const WithinDayMove& move);
/// All moves that the rules permit, at the stations where `waiting` (item-hours lost to want of staff, by station) is
/// most: at most six of them.
std::vector<WithinDayMove> possible_moves(const Model& model, const WithinDayRules& rules,
                                          const Rows<Station, double>& waiting);

struct WithinDayOptions {
  std::int64_t tried = 8;    ///< replications of a move tried
  std::int64_t proved = 30;  ///< of the plan
  std::size_t most_moves = 5;
  const std::atomic<bool>* stop = nullptr;  ///< true: runs are given up, the best so far is given; not owned
  std::function<void(std::size_t done, std::size_t wanted, double loss)> progress;  ///< in moves tried
};

struct WithinDayPlan {
  std::vector<WithinDayMove> moves;  ///< in the order found, each on top of those before
  /// Of the experiment: nothing done, then with each further move. None: stopped before anything was known.
  std::vector<std::size_t> scenarios;
  double loss_before = 0, loss_after = 0;
  std::size_t tried = 0;  ///< moves run
  std::int64_t replications = 0;
  bool stopped = false;
};

/// `model` begins in a situation. The experiment gets the scenarios that are run.
WithinDayPlan plan_within_day(const Model& model, const WithinDayRules& rules, Experiment& experiment,
                              const WithinDayOptions& options);

/// The loss of a scenario in each of replications 1..n.
std::vector<double> losses(const Experiment& experiment, std::size_t scenario, std::int64_t n);

}  // namespace mailflow
