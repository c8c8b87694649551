// The least staff whose hours cover the curve of work: a mixed-integer program over the open numbers.
//
// Columns: the open numbers (whole), the work done at each station in each step, what is given up as late there in each
// step, the work that waits there at each step's end, and who has several skills shared out over them. Rows: what waits
// at the end of a step is what waited before, plus what came, less what was done or given up; what waits is never more
// than what is not yet due; what is given up in a step is due in it, and in all no more than the targets let be late;
// nobody gives more hours than are paid and present (absence and breaks taken off). Then the planner's own: numbers a
// day, who is used first, new shifts and their price. Where agents may lack at a price, so may hours in each step.
//
// It is a fluid: no chance, no wait, work and people divisible by the minute. Why no plan that keeps the targets can
// cost less. Take a run of it, and of each station and step the work of the items finished there in time, of those that
// turn out late by their due step, and of those that wait. These values keep every row:
//   - an item is finished within hours that somebody is there, so that work finished in a step fits in its hours and
//     those of steps before; items that turn out late took hours too, of which the rows ask nothing;
//   - nothing waits in time that is overdue, and what was finished or given up has come: the balance, and its bounds;
//   - given up is once and for all: an hour late on Monday is not late again on Tuesday. Of a target's items no more
//     are late than it lets be, those too late whoever works counted first; of several targets their sum is taken, and
//     each station has the whole of it, so that a way over many stations is asked for less than it could be.
// Curves are on the easy side: soonest arrivals, latest ends (planning/demand.hpp). With several skills the shares are
// the run's own. By chance the runs differ, and their mean keeps the rows with mean curves: what must be late is
// convex in what comes (volumes by chance), and who starts an item does not know how long it takes, so that so many
// items started take the mean of so many (Wald) but for those in hand at a deadline. That last, and vehicles'
// lateness, which is taken at its mean, are estimates: the bound is called proven only where nothing is left to
// chance. Nor is work counted that is finished past the end of a shift: one item an agent and shift at most. What is
// due is due to the step in which the slowest must take it in hand; what a faster one begins in the next, or has in
// hand then, is not counted on. Mail that no target is about is asked to be done by the end; a plan whose runs leave
// it may cost less than the bound, which is then not called proven.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "planning/demand.hpp"
#include "planning/staff_plan.hpp"
#include "solver/mixed_program.hpp"

namespace mailflow {

/// Work that nobody can do even with the most agents that are permitted.
struct Uncovered {
  StationIndex station;
  Ticks by = 0;
  double agent_hours = 0;
};

/// Agents who lack at a station for a slot.
struct Lack {
  StationIndex station;
  Ticks from = 0, to = 0;
  double agents = 0;
};

class Cover {
 public:
  Cover(const Model& model, const PlanRequest& request, const OpenNumbers& open, const Demand& demand);

  MixedProgram& program() { return program_; }
  const MixedProgram& program() const { return program_; }
  /// Columns of the open numbers come first, in their order.
  std::vector<int> numbers_of(const MixedSolution& solution) const;
  /// Whether numbers keep the planner's own rules: how many a day, who is used first, how many new shifts.
  bool permits(const std::vector<int>& numbers) const;
  /// The second aim: work that waits, over all steps.
  std::vector<double> waiting_costs() const;
  /// Whether an open number's agents are present in a step's span.
  double hours_between(std::size_t number, Ticks from, Ticks to) const;
  /// For each skill: agents' hours over the whole run, and what its work needs of them at least.
  std::vector<std::pair<std::vector<Term>, double>> hours_by_skill() const;
  /// What comes in the last step in which work is due in the day before an instant, at each station that has such: the
  /// row of program() whose limits say it, and agent-hours of an item.
  struct LastStep {
    int row = -1;
    double hours_per_item = 0;
  };
  std::vector<LastStep> last_steps_before(Ticks instant) const;
  /// Agents who lack, at a price, by station and step; none where nobody may.
  std::vector<Lack> lacks(const MixedSolution& solution) const;
  /// What stays undone with every number at its most; nothing: it can be covered.
  std::optional<Uncovered> uncovered() const;

 private:
  struct Pool {
    std::vector<Skilled> skills;            ///< with the pace they give
    std::vector<std::vector<Term>> agents;  ///< per step: open numbers, in agent-hours
    std::vector<double> fixed;              ///< per step: agent-hours of teams that are not open
  };
  struct UsedFirst {
    std::vector<int> first;  ///< numbers, all of whose agents come
    int most = 0;            ///< that is so many
    int before = -1;         ///< before anybody of this number does
  };
  struct Balance {
    int row = -1;
    std::size_t station = 0;  ///< of the demand
    std::size_t step = 0;
  };
  void add_numbers();
  void pools();
  Pool& pool_of(const Team& team);
  void present(Pool& pool, const Team& team, const Duty& duty, int number);
  void stations();
  void servers();
  double open_hours(const Station& station, std::size_t step) const;
  void hours();
  void days();
  void new_shifts();

  const Model& model_;
  const PlanRequest& request_;
  const OpenNumbers& open_;
  const Demand& demand_;
  MixedProgram program_;
  std::vector<Pool> pools_;
  std::vector<std::vector<int>> done_;  ///< [station of the demand][step]: column; -1: nothing to do
  std::vector<int> waiting_;            ///< columns of what waits
  std::vector<Balance> balances_;
  std::vector<std::pair<int, Balance>> lacking_;  ///< column of hours that lack, and where
  std::vector<UsedFirst> used_first_;
};

}  // namespace mailflow
