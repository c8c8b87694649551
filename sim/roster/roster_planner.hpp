// Makes a roster: the least cost that keeps the hard rules, by mixed-integer programming over groups of people alike,
// shared out to persons one at a time, then improved by solving again for some people or days while the rest stays
// (large neighbourhood search, Shaw 1998).
//
// Same task and options, same roster: limits are counted in nodes and rounds; only `stop` looks at the world outside.
#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "roster/roster.hpp"

namespace mailflow {

struct RosterProgress {
  double best = 0;  ///< infinity: none yet
  double bound = 0;
  double gap = 0;
};

struct RosterOptions {
  double gap = 0.001;                  ///< share of the cost: good enough
  std::int64_t nodes = 2000;           ///< branch-and-bound nodes of one solve
  int rounds = 40;                     ///< of improvement without success
  bool explain = true;                 ///< look for the rules in conflict where there is no roster
  const std::atomic<bool>* stop = {};  ///< not owned; true: give the best so far
  std::function<void(const RosterProgress&)> progress;
};

RosterResult plan_roster(const RosterTask& task, const RosterOptions& options);

/// The smallest set of rules that no roster can keep (roster_conflict.cpp), by QuickXplain (Junker 2004): first which
/// rules, then whose, then when. Empty when a roster is found after all, or it was stopped.
std::vector<Conflict> rules_in_conflict(const RosterTask& task, const std::atomic<bool>* stop);

/// What one more skill of one person would save (roster_training.cpp), best first: every person (one of those alike)
/// and skill by the linear relaxation, the `most` best of them by the program itself. Where cover must hold, a shift
/// not covered counts `missing` in the money of the task.
std::vector<Training> where_training_pays(const RosterTask& task, std::size_t most, const RosterOptions& options);
/// How many such skills there are to try.
std::size_t trainings(const RosterTask& task);
/// What a shift not covered counts where cover must hold: so much that no other saving outweighs it.
double price_of_missing(const RosterTask& task);
/// The same task with that skill.
RosterTask trained(const RosterTask& task, const Training& training);

/// The model with the roster's people instead of its teams: each is a team of one with the shifts given; temporaries
/// are a team for each shift and day. Teams that the roster does not touch stay.
Model with_roster(const Model& model, const RosterTask& task, const Roster& roster);

}  // namespace mailflow
