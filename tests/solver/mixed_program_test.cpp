#include "solver/mixed_program.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace mailflow;

namespace {

/// Ten hours of work; an agent of the one kind does 3 for 5, of the other 2 for 3. By hand: five of the other, for 15.
MixedProgram two_kinds() {
  MixedProgram program;
  program.add_column({.upper = 10, .cost = 5, .whole = true});
  program.add_column({.upper = 10, .cost = 3, .whole = true});
  program.add_row({{0, 3}, {1, 2}}, 10, unbounded);
  return program;
}

/// A knapsack that needs branching: the classical one of 15 kg over twelve weights, sold at values hard to tell apart.
MixedProgram knapsack(int items) {
  MixedProgram program;
  std::vector<Term> weight;
  for (int i = 0; i < items; ++i) {
    const int w = 100 + (37 * i * i + 11 * i) % 61;
    program.add_column({.upper = 1, .cost = -static_cast<double>(w), .whole = true});
    weight.push_back({i, 2.0 * w});
  }
  program.add_row(weight, -unbounded, 2001);
  return program;
}

}  // namespace

TEST_CASE("the cheapest agents for ten hours of work, by hand") {
  const MixedSolution found = two_kinds().solve({});
  CHECK(found.status == SolveStatus::optimal);
  CHECK(found.cost == Approx(15));
  REQUIRE(found.has_plan());
  CHECK(3 * found.values[0] + 2 * found.values[1] >= 10);
  CHECK(found.values[0] == std::round(found.values[0]));
  CHECK(found.gap == 0);
}

TEST_CASE("work that nobody may do shows that there is no plan") {
  MixedProgram program = two_kinds();
  program.add_row({{0, 1}, {1, 1}}, 21, unbounded);  // 10 and 10 are the most
  const MixedSolution found = program.solve({});
  CHECK(found.status == SolveStatus::infeasible);
  CHECK_FALSE(found.has_plan());
}

TEST_CASE("a cut is added to a solved program, which is then solved again") {
  MixedProgram program = two_kinds();
  const MixedSolution first = program.solve({});
  program.add_row({{0, 1}}, 1, unbounded);  // what a run taught: at least one of the first kind
  const MixedSolution second = program.solve({}, first.values);
  CHECK(second.status == SolveStatus::optimal);
  CHECK(second.values[0] == Approx(2));
  CHECK(second.cost == Approx(16));  // 2 x 3 + 2 x 2 = 10 for 10 + 6; 1 x 3 + 4 x 2 would be 17
}

TEST_CASE("a program without whole numbers is solved as it is") {
  MixedProgram program;
  program.add_column({.cost = 2});
  program.add_column({.cost = 3});
  program.add_row({{0, 1}, {1, 1}}, 4, unbounded);
  program.add_row({{0, 1}}, -unbounded, 2.5);
  const MixedSolution found = program.solve({});
  CHECK(found.status == SolveStatus::optimal);
  CHECK(found.cost == Approx(2.5 * 2 + 1.5 * 3));
  program.add_row({{1, 1}}, -unbounded, 1);
  CHECK(program.solve({}).status == SolveStatus::infeasible);
}

TEST_CASE("costs that may fall for ever are told") {
  MixedProgram program;
  program.add_column({.cost = -1});
  program.add_column({.cost = 1, .whole = true});
  program.add_row({{0, 1}, {1, 1}}, 1, unbounded);
  CHECK(program.solve({}).status == SolveStatus::unbounded);
}

TEST_CASE("a column that comes twice in a row counts twice") {
  MixedProgram program;
  program.add_column({.cost = 1, .whole = true});
  program.add_row({{0, 1}, {0, 1}}, 5, unbounded);
  CHECK(program.solve({}).values[0] == Approx(3));
}

TEST_CASE("the search tells its bound, best and gap, and they close") {
  const MixedProgram program = knapsack(40);
  std::vector<SolverProgress> told;
  MixedOptions options;
  options.progress = [&](const SolverProgress& now) { told.push_back(now); };
  const MixedSolution found = program.solve(options);
  CHECK(found.status == SolveStatus::optimal);
  CHECK(found.cost == Approx(-1000));  // twice the weights of a full load of 2000; 2001 is odd
  REQUIRE_FALSE(told.empty());
  for (const SolverProgress& now : told) CHECK(now.bound <= found.cost + 1e-6);
}

TEST_CASE("a search that is stopped at once gives what it has, and never a false proof") {
  const std::atomic<bool> stop = true;
  MixedOptions options;
  options.stop = &stop;
  const MixedSolution found = knapsack(40).solve(options);
  CHECK((found.status == SolveStatus::feasible || found.status == SolveStatus::stopped));
}

TEST_CASE("the same program gives the same plan every time") {
  const MixedProgram program = knapsack(40);
  const MixedSolution one = program.solve({}), two = program.solve({});
  CHECK(one.values == two.values);
  CHECK(one.nodes == two.nodes);
}
