// Where the search starts, and how many numbers are lowered: planning/planner.hpp.
#include <algorithm>
#include <array>
#include <numeric>

#include "planning/planner.hpp"
#include "solver/separable.hpp"

namespace mailflow {

namespace {

constexpr int eighths = 8;  ///< of what may be late, taken back one after the other
/// More work than there will be, nothing of it late.
constexpr std::array more_work = {0.0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.45, 0.65, 1.0, 1.5, 2.5, 4.0};
constexpr int levels = eighths + static_cast<int>(more_work.size()) - 1;
constexpr std::size_t most_lowered = 300;  ///< numbers that are lowered one after the other

Demand harder(Demand demand, int level) {
  const double late = std::max(0.0, 1 - static_cast<double>(level) / eighths);
  const double work = 1 + more_work.at(static_cast<std::size_t>(std::max(0, level - eighths)));
  for (StationDemand& s : demand.stations) {
    s.may_be_late *= late * work;
    for (auto* curve : {&s.arrives, &s.due, &s.judged})
      for (double& w : *curve) w *= work;
  }
  return demand;
}

}  // namespace

/// The least that covers a demand made so much harder; nothing where nobody permitted can, or none was found.
std::optional<std::vector<int>> Planner::cover_at(int level) {
  const Demand demand = harder(demand_, level);
  const Cover cover(model_, request_, open_, demand);
  MixedOptions options = solving();
  options.gap = std::max(options.gap, 0.02);  // a start is lowered after it
  const SeparableSolution found = solve_by_parts(cover.program(), options);
  result_.nodes += found.solution.nodes;
  if (!found.solution.has_plan()) return std::nullopt;
  return cover.numbers_of(found.solution);
}

/// The cover made harder until its plan keeps the targets, by halving: `best` is the cheapest plan seen that does, and
/// what is returned the hardest that does not.
std::vector<int> Planner::start(const std::vector<int>& covering, std::optional<std::vector<int>>& best) {
  std::vector<int> below = covering;
  for (int low = 0, high = levels + 1; high - low > 1 && !stopped();) {
    const int middle = (low + high) / 2;
    tell(PlannerProgress::Doing::running);
    const auto numbers = cover_at(middle);
    const bool holds = numbers && kept(run_one(*numbers));
    if (numbers && !holds) below = *numbers;
    if (holds && (!best || cost_of(*numbers) < cost_of(*best))) best = *numbers;
    (numbers && !holds ? low : high) = middle;
  }
  return below;
}

/// One agent off each number in turn, the dearest first, as long as the targets hold. A number that must stay as it is
/// stays so when others are lower.
void Planner::lower_in_turn(std::vector<int>& numbers) {
  if (numbers.size() > most_lowered) return;
  std::vector<std::size_t> order(numbers.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return open_.numbers[a].cost > open_.numbers[b].cost; });
  while (!order.empty()) {
    std::vector<std::size_t> lowered;
    for (const std::size_t k : order) {
      if (stopped()) return;
      std::vector<int> fewer = numbers;
      if (--fewer[k] < 0 || !cover_.permits(fewer) || cost_of(fewer) >= cost_of(numbers) - 1e-9) continue;
      tell(PlannerProgress::Doing::lowering);
      if (!kept(run_one(fewer))) continue;
      numbers = std::move(fewer);
      lowered.push_back(k);
      ++result_.lowered;
    }
    order = std::move(lowered);
  }
}

}  // namespace mailflow
