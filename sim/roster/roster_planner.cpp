#include "roster/roster_planner.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "core/at.hpp"
#include "roster/roster_check.hpp"
#include "roster/roster_share.hpp"

namespace mailflow {

namespace {

bool keeps_hard_rules(const RosterResult& result) {
  return std::none_of(result.breaches.begin(), result.breaches.end(), [](const Breach& b) { return b.cost < 0; });
}

double gap_of(double best, double bound) {
  const double apart = std::max(0.0, best - bound);
  return apart < 1e-6 ? 0 : apart / std::max(1e-9, std::abs(best));
}

class RosterPlanner {
 public:
  RosterPlanner(const RosterTask& task, const RosterOptions& options) : task_(task), options_(options) {}

  RosterResult plan() {
    std::vector<RosterGroup> groups = groups_alike(task_);
    bool alone = groups.size() == task_.agents.size();
    result_.bound = -unbounded;
    if (!first(std::move(groups), alone)) return result_;
    if (!alone && !keeps_hard_rules(result_)) {
      // the group's plan could not be shared out: the persons' own program decides
      RosterResult best = result_;
      if (!first(everyone_alone(task_), true)) {
        if (result_.proven) return result_;
        result_ = best;
      }
    }
    improve();
    result_.gap = gap_of(result_.cost, result_.bound);
    result_.proven = keeps_hard_rules(result_) && result_.gap <= options_.gap + 1e-12;
    return result_;
  }

 private:
  bool stopped() const { return options_.stop != nullptr && options_.stop->load(); }

  MixedOptions mixed(double gap, std::int64_t nodes) const {
    MixedOptions mixed;
    mixed.gap = gap;
    mixed.nodes = nodes;
    mixed.stop = options_.stop;
    return mixed;
  }

  /// Solves for these groups and shares the plan out; false: there is none.
  bool first(std::vector<RosterGroup> groups, bool alone) {
    RosterProgram program(task_, std::move(groups));
    MixedOptions mixed_options = mixed(options_.gap / 2, options_.nodes);
    if (options_.progress)
      mixed_options.progress = [this](const SolverProgress& p) { options_.progress({p.best, p.bound, p.gap}); };
    MixedSolution found = program.program().solve(mixed_options);
    if (found.status == SolveStatus::infeasible) {
      result_ = {};
      result_.proven = true;
      if (options_.explain) result_.conflicts = rules_in_conflict(task_, options_.stop);
      return false;
    }
    if (!found.has_plan()) return false;
    result_.bound = std::max(result_.bound, found.bound);
    if (!program.waiting().empty()) shorten_waiting(program, found);
    RosterResult shared;
    shared.bound = result_.bound;
    shared.roster = alone ? program.roster_of(found.values) : share_out(task_, program, found.values, options_.stop);
    shared.found = true;
    account(task_, shared);
    result_ = shared;
    tell();
    return true;
  }

  /// Among the plans of that cost one in which the mail waits least.
  void shorten_waiting(RosterProgram& program, MixedSolution& found) const {
    MixedProgram second = program.program();
    std::vector<Term> cost;
    for (int c = 0; c < second.columns(); ++c) {
      if (second.column(c).cost != 0) cost.push_back({c, second.column(c).cost});
      second.set_cost(c, 0);
    }
    for (const int c : program.waiting()) second.set_cost(c, 1);
    second.add_row(cost, -unbounded, found.cost + 1e-6);
    const MixedSolution better = second.solve(mixed(0.02, 200), found.values);
    if (better.has_plan()) found.values = better.values;
  }

  void tell() const {
    if (options_.progress) options_.progress({result_.cost, result_.bound, gap_of(result_.cost, result_.bound)});
  }

  /// Some people, or some days, again while the rest stays.
  void improve() {
    if (gap_of(result_.cost, result_.bound) <= options_.gap && keeps_hard_rules(result_)) return;
    if (task_.agents.size() * at(task_.days) > 20000) return;
    const RosterProgram program(task_, everyone_alone(task_));
    std::vector<double> best = values_of(program);
    std::mt19937 random(1);
    int without = 0;
    for (int round = 0; without < options_.rounds && !stopped(); ++round) {
      if (!best.empty() && gap_of(result_.cost, result_.bound) <= options_.gap) break;
      MixedProgram some = program.program();
      fix_others(program, some, round, random);
      const MixedSolution found = some.solve(mixed(1e-4, 200), best);
      ++without;
      if (!found.has_plan()) continue;
      RosterResult next;
      next.bound = result_.bound;
      next.found = true;
      next.roster = program.roster_of(found.values);
      account(task_, next);
      const bool mended = keeps_hard_rules(next) && !keeps_hard_rules(result_);
      if (!keeps_hard_rules(next) || (!mended && next.cost > result_.cost - 1e-6)) continue;
      result_ = next;
      best = found.values;
      without = 0;
      tell();
    }
  }

  /// The values of the roster there is, with what goes with them; empty where it breaks a hard rule.
  std::vector<double> values_of(const RosterProgram& program) const {
    MixedProgram fixed = program.program();
    for (const RosterProgram::Cell& cell : program.cells()) {
      const double value = works(cell) ? 1 : 0;
      fixed.set_bounds(cell.column, value, value);
    }
    return fixed.solve(mixed(0, 50)).values;
  }

  bool works(const RosterProgram::Cell& cell) const {
    const RosterDuty& duty = result_.roster.duty[at(cell.group)][at(cell.day)];
    return duty.shift == cell.shift && duty.post == cell.post;
  }

  /// Leaves free: by turns some people over all days, and all people over some days.
  void fix_others(const RosterProgram& program, MixedProgram& some, int round, std::mt19937& random) const {
    const int people = static_cast<int>(task_.agents.size());
    std::vector<bool> free(task_.agents.size(), false);
    int from = 0;
    int to = task_.days;
    if (round % 2 == 0) {
      for (int i = 0; i < std::max(3, std::min(12, people / 3)); ++i) free[random() % task_.agents.size()] = true;
    } else {
      free.assign(task_.agents.size(), true);
      const int length = std::min(task_.days, std::max(3, 200 / people));
      from = static_cast<int>(random() % at(task_.days - length + 1));
      to = from + length;
    }
    for (const RosterProgram::Cell& cell : program.cells()) {
      if (free[at(cell.group)] && cell.day >= from && cell.day < to) continue;
      const double value = works(cell) ? 1 : 0;
      some.set_bounds(cell.column, value, value);
    }
  }

  const RosterTask& task_;
  const RosterOptions& options_;
  RosterResult result_;
};

}  // namespace

RosterResult plan_roster(const RosterTask& task, const RosterOptions& options) {
  return RosterPlanner(task, options).plan();
}

}  // namespace mailflow
