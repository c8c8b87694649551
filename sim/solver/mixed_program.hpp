// A mixed-integer linear program and its solver: the only place that knows CBC (J. Forrest and R. Lougee-Heimer 2005).
//
//   MixedProgram program;
//   const int night = program.add_column({.lower = 0, .upper = 12, .cost = 17'082, .whole = true});
//   program.add_row({{night, 7.3}}, 40, MixedProgram::infinity);      // at least 40 hours of work
//   MixedSolution found = program.solve({});                          // found.values[night]
//   program.add_row({{night, 1}}, 7, MixedProgram::infinity);         // a cut: solve again with what was learnt
//   found = program.solve({});
//
// Minimises. Rows and columns are only ever added, or given other limits; each solve starts from the program as it is
// then. One thread, no clock: the same program and options give the same bytes. The program owns what it is told;
// nothing is shared.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

namespace mailflow {

struct SolverProgress {
  double best = 0;   ///< cost of the best plan so far; infinity: none yet
  double bound = 0;  ///< nothing can cost less
  double gap = 0;    ///< (best - bound) / |best|; infinity while there is no best
  std::int64_t nodes = 0;
};

enum class SolveStatus : std::uint8_t {
  optimal,     ///< proven: bound and cost agree within the gap asked for
  feasible,    ///< a plan, not proven best (node limit, or stopped)
  infeasible,  ///< proven: no plan keeps all rows
  unbounded,   ///< the rows do not keep the cost from falling for ever: a mistake in the program
  stopped      ///< stopped before any plan was found
};

struct MixedOptions {
  double gap = 0;                      ///< share of the cost: good enough; 0: to the end (1e-9 of rounding apart)
  std::int64_t nodes = -1;             ///< branch-and-bound nodes at most; -1: no limit
  const std::atomic<bool>* stop = {};  ///< not owned; true: give the best so far
  std::function<void(const SolverProgress&)> progress;  ///< called at each node and each better plan
};

struct MixedSolution {
  SolveStatus status = SolveStatus::stopped;
  std::vector<double> values;  ///< per column, whole ones rounded; empty without a plan
  double cost = 0;
  double bound = 0;
  double gap = 0;  ///< as in SolverProgress
  std::int64_t nodes = 0;
  bool has_plan() const { return !values.empty(); }
};

/// A column times a factor.
struct Term {
  int column = 0;
  double factor = 1;
};

class MixedProgram {
 public:
  static constexpr double infinity = std::numeric_limits<double>::infinity();
  struct Column {
    double lower = 0;
    double upper = infinity;
    double cost = 0;
    bool whole = false;
  };
  struct Row {
    std::vector<Term> terms;  ///< a column may come twice: its factors add up
    double lower = -infinity;
    double upper = infinity;
  };

  int add_column(const Column& column);
  int add_row(std::vector<Term> terms, double lower, double upper);
  /// Another cost or other bounds for a column that is there.
  void set_cost(int column, double cost) { columns_[static_cast<std::size_t>(column)].cost = cost; }
  void set_bounds(int column, double lower, double upper);
  /// Other limits for a row that is there.
  void set_limits(int row, double lower, double upper);
  int columns() const { return static_cast<int>(columns_.size()); }
  int rows() const { return static_cast<int>(rows_.size()); }
  const Column& column(int index) const { return columns_[static_cast<std::size_t>(index)]; }
  const Row& row(int index) const { return rows_[static_cast<std::size_t>(index)]; }

  /// What the values cost, and by how much they break a row or bound at worst (0: they keep all).
  double cost_of(const std::vector<double>& values) const;
  double breach_of(const std::vector<double>& values) const;

  /// `start`: a plan to begin with where it keeps every row (that of an earlier solve); may be empty.
  MixedSolution solve(const MixedOptions& options, const std::vector<double>& start = {}) const;

 private:
  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

/// For a row or a column that has no bound on a side.
constexpr double unbounded = MixedProgram::infinity;

}  // namespace mailflow
