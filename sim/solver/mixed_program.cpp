#include "solver/mixed_program.hpp"

#include <CbcEventHandler.hpp>
#include <CbcModel.hpp>
#include <CbcSolver.hpp>
#include <CoinPackedMatrix.hpp>
#include <OsiClpSolverInterface.hpp>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

namespace mailflow {

namespace {

constexpr double feasible_within = 1e-6;

double gap_between(double best, double bound) {
  if (!std::isfinite(best)) return MixedProgram::infinity;
  return std::max(0.0, best - bound) / std::max(1e-9, std::abs(best));
}

double or_infinity(double value) {
  return std::abs(value) >= 1e30 ? std::copysign(MixedProgram::infinity, value) : value;
}

/// Tells how far the search is, and ends it when asked to.
class Watcher : public CbcEventHandler {
 public:
  explicit Watcher(const MixedOptions& options) : options_(&options) {}
  CbcEventHandler* clone() const override { return new Watcher(*this); }

  CbcAction event(CbcEvent which) override {
    if (options_->stop != nullptr && options_->stop->load()) return stop;
    const bool news = which == node || which == treeStatus || which == solution || which == heuristicSolution;
    // Searches within the search (heuristics on a part of the program) are not the program's.
    if (!news || !options_->progress || model_ == nullptr || model_->parentModel() != nullptr) return noAction;
    SolverProgress now;
    now.best = or_infinity(model_->getObjValue());
    now.bound = or_infinity(model_->getBestPossibleObjValue());
    now.gap = gap_between(now.best, now.bound);
    now.nodes = model_->getNodeCount();
    options_->progress(now);
    return noAction;
  }

 private:
  const MixedOptions* options_;
};

int no_callback(CbcModel* /*model*/, int /*where*/) { return 0; }

void load(OsiClpSolverInterface& solver, const MixedProgram& program) {
  std::vector<int> row_of, column_of;
  std::vector<double> factor, row_lower, row_upper, lower, upper, cost;
  for (int r = 0; r < program.rows(); ++r) {
    const MixedProgram::Row& row = program.row(r);
    row_lower.push_back(row.lower);
    row_upper.push_back(row.upper);
    for (const Term& term : row.terms) {
      row_of.push_back(r);
      column_of.push_back(term.column);
      factor.push_back(term.factor);
    }
  }
  for (int c = 0; c < program.columns(); ++c) {
    const MixedProgram::Column& column = program.column(c);
    lower.push_back(column.lower);
    upper.push_back(column.upper);
    cost.push_back(column.cost);
  }
  const double most = solver.getInfinity();
  for (auto* bounds : {&row_lower, &row_upper, &lower, &upper})
    for (double& bound : *bounds) bound = std::clamp(bound, -most, most);
  CoinPackedMatrix matrix(true, row_of.data(), column_of.data(), factor.data(),
                          static_cast<CoinBigIndex>(factor.size()));
  matrix.setDimensions(program.rows(), program.columns());
  solver.loadProblem(matrix, lower.data(), upper.data(), cost.data(), row_lower.data(), row_upper.data());
  for (int c = 0; c < program.columns(); ++c)
    if (program.column(c).whole) solver.setInteger(c);
}

/// What every plan's cost is a multiple of; 0: nothing is known. Whole columns at whole prices have their divisor.
double cost_step(const MixedProgram& program) {
  std::int64_t step = 0;
  for (int c = 0; c < program.columns(); ++c) {
    const MixedProgram::Column& column = program.column(c);
    if (column.cost == 0) continue;
    if (!column.whole || column.cost != std::round(column.cost) || std::abs(column.cost) > 1e9) return 0;
    step = std::gcd(step, static_cast<std::int64_t>(column.cost));
  }
  return static_cast<double>(step);
}

/// Whole columns as whole numbers, where that keeps the rows.
std::vector<double> rounded(const MixedProgram& program, const double* found) {
  std::vector<double> exact(found, found + program.columns());
  std::vector<double> whole = exact;
  for (int c = 0; c < program.columns(); ++c)
    if (program.column(c).whole) whole[static_cast<std::size_t>(c)] = std::round(whole[static_cast<std::size_t>(c)]);
  return program.breach_of(whole) <= std::max(10 * feasible_within, program.breach_of(exact)) ? whole : exact;
}

MixedSolution solve_linear(OsiClpSolverInterface& solver, const MixedProgram& program) {
  MixedSolution result;
  solver.initialSolve();
  if (solver.isProvenOptimal()) {
    result.status = SolveStatus::optimal;
    result.values.assign(solver.getColSolution(), solver.getColSolution() + program.columns());
    result.cost = result.bound = solver.getObjValue();
  } else {
    result.status = solver.isProvenDualInfeasible() ? SolveStatus::unbounded : SolveStatus::infeasible;
  }
  return result;
}

void offer(CbcModel& model, const MixedProgram& program, const std::vector<double>& start) {
  if (std::cmp_not_equal(start.size(), program.columns()) || program.breach_of(start) > feasible_within) return;
  std::vector<std::pair<std::string, double>> named;
  for (int c = 0; c < program.columns(); ++c)
    named.emplace_back(model.solver()->getColName(c), start[static_cast<std::size_t>(c)]);
  model.setMIPStart(named);
}

}  // namespace

int MixedProgram::add_column(const Column& column) {
  columns_.push_back(column);
  return columns() - 1;
}

int MixedProgram::add_row(std::vector<Term> terms, double lower, double upper) {
  std::sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) { return a.column < b.column; });
  std::vector<Term> once;
  for (const Term& term : terms) {
    if (!once.empty() && once.back().column == term.column)
      once.back().factor += term.factor;
    else
      once.push_back(term);
  }
  rows_.push_back({std::move(once), lower, upper});
  return rows() - 1;
}

void MixedProgram::set_bounds(int column, double lower, double upper) {
  columns_[static_cast<std::size_t>(column)].lower = lower;
  columns_[static_cast<std::size_t>(column)].upper = upper;
}

void MixedProgram::set_limits(int row, double lower, double upper) {
  rows_[static_cast<std::size_t>(row)].lower = lower;
  rows_[static_cast<std::size_t>(row)].upper = upper;
}

double MixedProgram::cost_of(const std::vector<double>& values) const {
  double sum = 0;
  for (std::size_t c = 0; c < columns_.size(); ++c) sum += columns_[c].cost * values[c];
  return sum;
}

double MixedProgram::breach_of(const std::vector<double>& values) const {
  double worst = 0;
  for (std::size_t c = 0; c < columns_.size(); ++c)
    worst = std::max({worst, columns_[c].lower - values[c], values[c] - columns_[c].upper});
  for (const Row& row : rows_) {
    double sum = 0;
    for (const Term& term : row.terms) sum += term.factor * values[static_cast<std::size_t>(term.column)];
    worst = std::max({worst, row.lower - sum, sum - row.upper});
  }
  return worst;
}

MixedSolution MixedProgram::solve(const MixedOptions& options, const std::vector<double>& start) const {
  OsiClpSolverInterface solver;
  solver.messageHandler()->setLogLevel(0);
  solver.getModelPtr()->setLogLevel(0);
  load(solver, *this);
  if (std::none_of(columns_.begin(), columns_.end(), [](const Column& c) { return c.whole; }))
    return solve_linear(solver, *this);

  CbcModel model(solver);
  CbcSolverUsefulData data;
  CbcMain0(model, data);
  model.setLogLevel(0);
  const Watcher watcher(options);
  model.passInEventHandler(&watcher);
  offer(model, *this, start);
  // Two plans' costs differ by a step at least: a best within less of the bound is proven.
  const double step = cost_step(*this);
  std::vector<std::string> words = {"mailflow",
                                    "-log",
                                    "0",
                                    "-ratioGap",
                                    std::to_string(options.gap),
                                    "-allowableGap",
                                    step > 0 ? std::to_string(0.999 * step) : "1e-9"};
  if (options.nodes >= 0) words.insert(words.end(), {"-maxNodes", std::to_string(options.nodes)});
  words.insert(words.end(), {"-solve", "-quit"});
  std::vector<const char*> arguments;
  arguments.reserve(words.size());
  for (const std::string& word : words) arguments.push_back(word.c_str());
  try {
    CbcMain1(static_cast<int>(arguments.size()), arguments.data(), model, no_callback, data);
  } catch (const CoinError&) {
    // CBC 2.10.8 looks up names that its preprocessing took away when a start was offered
    if (!start.empty()) return solve(options);
    throw std::runtime_error("the solver failed");
  }

  MixedSolution result;
  result.nodes = model.getNodeCount();
  if (model.bestSolution() != nullptr) {
    result.values = rounded(*this, model.bestSolution());
    result.cost = cost_of(result.values);
    result.status = model.isProvenOptimal() ? SolveStatus::optimal : SolveStatus::feasible;
    double bound = or_infinity(model.getBestPossibleObjValue());
    if (step > 0) bound = step * std::ceil(bound / step - 1e-6);
    const bool closed = result.status == SolveStatus::optimal && options.gap <= 0;
    result.bound = closed ? result.cost : std::min(result.cost, bound);
    result.gap = gap_between(result.cost, result.bound);
  } else if (model.isProvenInfeasible()) {
    result.status = SolveStatus::infeasible;
  } else if (model.isContinuousUnbounded() || model.isProvenDualInfeasible()) {
    result.status = SolveStatus::unbounded;
  } else {
    result.bound = or_infinity(model.getBestPossibleObjValue());
  }
  return result;
}

}  // namespace mailflow
