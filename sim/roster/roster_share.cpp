#include "roster/roster_share.hpp"

#include <algorithm>
#include <cmath>

#include "core/at.hpp"

namespace mailflow {

namespace {

/// One group: what its people still have to work between them, and the program of one of them.
class Sharing {
 public:
  Sharing(const RosterTask& task, const RosterGroup& group) : task_(one_of(task, group.front())), one_(task_, {{0}}) {
    left_.assign(at(one_.program().columns()), 0.0);
  }

  const RosterProgram& one() const { return one_; }
  void has(int column, double people) { left_[at(column)] += people; }

  /// The cells that the next of `n` people works.
  std::vector<int> next(int n, const std::atomic<bool>* stop) {
    for (const bool rest_too : {true, false}) {
      const MixedProgram program = person(n, rest_too);
      MixedOptions options;
      options.gap = 0.01;
      options.nodes = 300;
      options.stop = stop;
      const MixedSolution found = program.solve(options);
      if (!found.has_plan()) continue;
      std::vector<int> worked;
      for (std::size_t c = 0; c < one_.cells().size(); ++c) {
        const int column = one_.cells()[c].column;
        if (found.values[at(column)] < 0.5) continue;
        worked.push_back(static_cast<int>(c));
        left_[at(column)] -= 1;
      }
      return worked;
    }
    return {};
  }

 private:
  /// The task as one person sees it.
  static RosterTask one_of(const RosterTask& task, int agent) {
    RosterTask one = task;
    one.agents = {task.agents[at(agent)]};
    one.workload.reset();
    for (const Rule rule : {Rule::cover, Rule::surplus, Rule::attendance_spread, Rule::hours_spread,
                            Rule::nights_spread, Rule::weekends_spread})
      one.rules[static_cast<std::size_t>(rule)] = {};
    if (task.workload) {
      one.wants.clear();
    }
    return one;
  }

  MixedProgram person(int n, bool rest_too) const {
    MixedProgram program = one_.program();
    const std::vector<double> on_shift = by_shift();
    const auto home = std::max_element(on_shift.begin(), on_shift.end()) - on_shift.begin();
    for (const RosterProgram::Cell& cell : one_.cells()) {
      program.set_bounds(cell.column, 0, std::min(1.0, left_[at(cell.column)]));
      program.set_cost(cell.column, cell.shift == static_cast<int>(home) ? 0 : 1e-3);
    }
    if (rest_too) leave_to_others(program, n);
    even(program, n, 100, [](const RosterProgram::Cell&) { return true; });
    even(program, n, 5, [this](const RosterProgram::Cell& c) { return task_.night(c.shift); });
    even(program, n, 3, [this](const RosterProgram::Cell& c) { return task_.weekday_of(c.day) >= 5; });
    if (!rest_too)  // then as much as he can
      for (const RosterProgram::Cell& cell : one_.cells()) program.set_cost(cell.column, -1);
    return program;
  }

  std::vector<double> by_shift() const {
    std::vector<double> all(task_.shifts.size(), 0.0);
    for (const RosterProgram::Cell& cell : one_.cells()) all[at(cell.shift)] += left_[at(cell.column)];
    return all;
  }

  /// What he leaves must be such as n - 1 others can work between them: their rules, added up.
  void leave_to_others(MixedProgram& program, int n) const {
    const int rows = one_.program().rows();
    std::vector<bool> is_cell(at(one_.program().columns()), false);
    for (const RosterProgram::Cell& cell : one_.cells()) is_cell[at(cell.column)] = true;
    for (int r = 0; r < rows; ++r) {
      const MixedProgram::Row& row = one_.program().row(r);
      double all = 0;
      bool pure = one_.tags()[at(r)].rule != Rule::cover;
      for (const Term& term : row.terms) {
        pure = pure && is_cell[at(term.column)];
        all += term.factor * left_[at(term.column)];
      }
      if (!pure || row.terms.empty()) continue;
      const double lower = row.upper < unbounded ? all - (n - 1) * row.upper : -unbounded;
      const double upper = row.lower > -unbounded ? all - (n - 1) * row.lower : unbounded;
      program.add_row(row.terms, lower, upper);
    }
  }

  /// He works his part of what there is of something, to the whole number below or above, at a price for more or less.
  template <class Counts>
  void even(MixedProgram& program, int n, double price, const Counts& counts) const {
    std::vector<Term> terms;
    double all = 0;
    for (const RosterProgram::Cell& cell : one_.cells())
      if (counts(cell)) {
        terms.push_back({cell.column, 1});
        all += left_[at(cell.column)];
      }
    if (terms.empty()) return;
    terms.push_back({program.add_column({.lower = 0, .upper = unbounded, .cost = price}), 1});
    terms.push_back({program.add_column({.lower = 0, .upper = unbounded, .cost = price}), -1});
    program.add_row(terms, std::floor(all / n + 1e-9), std::ceil(all / n - 1e-9));
  }

  RosterTask task_;
  RosterProgram one_;
  std::vector<double> left_;
};

}  // namespace

Roster share_out(const RosterTask& task, const RosterProgram& program, const std::vector<double>& values,
                 const std::atomic<bool>* stop) {
  Roster roster = program.roster_of(values);
  for (int g = 0; g < static_cast<int>(program.groups().size()); ++g) {
    const RosterGroup& group = program.groups()[at(g)];
    if (group.size() == 1) continue;
    Sharing sharing(task, group);
    for (const RosterProgram::Cell& cell : program.cells()) {
      if (cell.group != g) continue;
      for (const int c : sharing.one().cells_of(0, cell.day)) {
        const RosterProgram::Cell& same = sharing.one().cells()[at(c)];
        if (same.shift == cell.shift && same.post == cell.post) sharing.has(same.column, values[at(cell.column)]);
      }
    }
    int n = static_cast<int>(group.size());
    for (const int a : group) {
      std::fill(roster.duty[at(a)].begin(), roster.duty[at(a)].end(), RosterDuty{});
      for (const int c : sharing.next(n, stop)) {
        const RosterProgram::Cell& cell = sharing.one().cells()[at(c)];
        roster.duty[at(a)][at(cell.day)] = {cell.shift, cell.post};
      }
      --n;
    }
  }
  return roster;
}

}  // namespace mailflow
