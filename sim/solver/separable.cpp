#include "solver/separable.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace mailflow {

namespace {

constexpr double second_gap = 0.05;
constexpr std::int64_t second_nodes = 20;

class Components {
 public:
  explicit Components(const MixedProgram& program) : parent_(static_cast<std::size_t>(program.columns())) {
    std::iota(parent_.begin(), parent_.end(), 0);
    for (int r = 0; r < program.rows(); ++r)
      for (const Term& term : program.row(r).terms) join(program.row(r).terms[0].column, term.column);
  }
  int of(int column) {
    auto& up = parent_[static_cast<std::size_t>(column)];
    return up == column ? column : up = of(up);
  }

 private:
  void join(int a, int b) {
    const int first = of(a), second = of(b);
    parent_[static_cast<std::size_t>(std::max(first, second))] = std::min(first, second);
  }
  std::vector<int> parent_;
};

struct Part {
  MixedProgram program;
  std::vector<int> columns;  ///< of the whole
};

std::vector<Part> parts_of(const MixedProgram& whole) {
  Components components(whole);
  std::vector<Part> parts;
  std::vector<int> part_of(static_cast<std::size_t>(whole.columns()), -1);
  std::vector<int> within(static_cast<std::size_t>(whole.columns()), -1);
  for (int c = 0; c < whole.columns(); ++c) {
    int& part = part_of[static_cast<std::size_t>(components.of(c))];
    if (part < 0) {
      part = static_cast<int>(parts.size());
      parts.emplace_back();
    }
    Part& in = parts[static_cast<std::size_t>(part)];
    within[static_cast<std::size_t>(c)] = in.program.add_column(whole.column(c));
    in.columns.push_back(c);
  }
  for (int r = 0; r < whole.rows(); ++r) {
    const MixedProgram::Row& row = whole.row(r);
    if (row.terms.empty()) continue;
    std::vector<Term> terms;
    for (const Term& term : row.terms) terms.push_back({within[static_cast<std::size_t>(term.column)], term.factor});
    const int root = components.of(row.terms[0].column);
    parts[static_cast<std::size_t>(part_of[static_cast<std::size_t>(root)])].program.add_row(std::move(terms),
                                                                                             row.lower, row.upper);
  }
  return parts;
}

/// The plan that costs no more and less by the second aim; the first where none is found.
std::vector<double> better_by(const Part& part, const MixedSolution& first, const std::vector<double>& second,
                              const MixedOptions& options) {
  MixedProgram program;
  std::vector<Term> cost;
  bool any = false;
  for (int c = 0; c < part.program.columns(); ++c) {
    MixedProgram::Column column = part.program.column(c);
    if (column.cost != 0) cost.push_back({c, column.cost});
    column.cost = second[static_cast<std::size_t>(part.columns[static_cast<std::size_t>(c)])];
    any = any || column.cost != 0;
    program.add_column(column);
  }
  if (!any) return first.values;
  for (int r = 0; r < part.program.rows(); ++r) {
    const MixedProgram::Row& row = part.program.row(r);
    program.add_row(row.terms, row.lower, row.upper);
  }
  if (!cost.empty())
    program.add_row(std::move(cost), -MixedProgram::infinity, first.cost + 1e-6 * std::max(1.0, std::abs(first.cost)));
  MixedOptions quick = options;
  quick.progress = {};
  quick.gap = second_gap;
  quick.nodes = second_nodes;
  const MixedSolution found = program.solve(quick, first.values);
  return found.has_plan() ? found.values : first.values;
}

}  // namespace

SeparableSolution solve_by_parts(const MixedProgram& program, const MixedOptions& options,
                                 const std::vector<double>& second, const std::vector<double>& start) {
  SeparableSolution result;
  std::vector<Part> parts = parts_of(program);
  result.parts = parts.size();
  MixedSolution& all = result.solution;
  all.status = SolveStatus::optimal;
  all.values.assign(static_cast<std::size_t>(program.columns()), 0);
  for (int r = 0; r < program.rows(); ++r)  // a row without columns holds or does not
    if (program.row(r).terms.empty() && (program.row(r).lower > 1e-9 || program.row(r).upper < -1e-9))
      all.status = SolveStatus::infeasible;
  for (const Part& part : parts) {
    if (all.status == SolveStatus::infeasible) break;
    MixedOptions own = options;
    if (options.progress)
      own.progress = [&](const SolverProgress& now) {
        options.progress({all.cost + now.best, all.bound + now.bound, now.gap, all.nodes + now.nodes});
      };
    std::vector<double> from;
    if (std::cmp_equal(start.size(), program.columns()))
      for (const int c : part.columns) from.push_back(start[static_cast<std::size_t>(c)]);
    MixedSolution found = part.program.solve(own, from);
    all.nodes += found.nodes;
    all.bound += found.bound;
    if (!found.has_plan()) {
      all.status = found.status;
      break;
    }
    if (found.status != SolveStatus::optimal) all.status = SolveStatus::feasible;
    all.cost += found.cost;
    if (!second.empty() && found.status == SolveStatus::optimal) found.values = better_by(part, found, second, options);
    for (std::size_t i = 0; i < part.columns.size(); ++i)
      all.values[static_cast<std::size_t>(part.columns[i])] = found.values[i];
  }
  if (all.status != SolveStatus::optimal && all.status != SolveStatus::feasible) all.values.clear();
  all.gap = all.has_plan() ? std::max(0.0, all.cost - all.bound) / std::max(1e-9, std::abs(all.cost))
                           : MixedProgram::infinity;
  return result;
}

}  // namespace mailflow
