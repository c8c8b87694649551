// The search itself, and what is said of the plan that it ends with: planning/planner.hpp.
#include <algorithm>
#include <cmath>

#include "planning/planner.hpp"
#include "solver/separable.hpp"

namespace mailflow {

namespace {

constexpr std::size_t most_told = 60;  ///< numbers of which one fewer is told

}  // namespace

/// What one agent less or more, in each number, would do.
void Planner::look_around() {
  const std::vector<int>& numbers = result_.numbers;
  const double cost = cost_of(numbers);
  std::vector<std::vector<int>> tries;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    std::vector<int> fewer = numbers;
    if (--fewer[k] >= 0 && cover_.permits(fewer)) tries.push_back(fewer);
  }
  for (const PlanRun* run : this->run(tries)) {
    Neighbour n;
    for (std::size_t k = 0; k < numbers.size(); ++k)
      if (run->numbers[k] != numbers[k]) n.number = static_cast<int>(k);
    n.by = -1;
    n.cost = cost_of(run->numbers) - cost;
    for (const TargetFound& t : run->targets)
      if (!t.holds && n.breaks == none) {
        n.breaks = t.target;
        n.value = t.value;
      }
    result_.neighbours.push_back(n);
  }
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    std::vector<int> more = numbers;
    ++more[k];
    if (more[k] <= open_.numbers[k].most)
      result_.neighbours.push_back({static_cast<int>(k), 1, cost_of(more) - cost, none, {}});
  }
}

void Planner::settle() {
  if (result_.numbers.empty()) return;
  result_.price_of_new = price_of_new(result_.numbers);
  result_.cost = cost_of(result_.numbers) + result_.price_of_lacks;
  result_.bound = result_.cover_bound;
  if (few() && !result_.rounds.empty() && request_.understaffed < 0) {
    MixedOptions options = solving();
    options.progress = {};
    if (const MixedSolution found = solve_by_parts(sure_, options).solution; found.has_plan())
      result_.bound = std::max(result_.cover_bound, found.bound);
    if (result_.concave && result_.rounds.size() > 1 && !leaned_) {
      const MixedSolution found = solve_by_parts(program_, options).solution;
      // a plan that holds and that the rows shut out gainsays them
      result_.concave = found.status != SolveStatus::infeasible && found.bound <= result_.cost * (1 + 1e-9);
      if (result_.concave && found.has_plan()) result_.bound_if_concave = std::max(result_.bound, found.bound);
    }
  }
  // what the runs keep with less gainsays the bound: mail without a target that need not be cleared, overtime
  if (result_.cost < result_.bound * (1 - 1e-6)) result_.proven = false;
  result_.bound = std::min(result_.bound, result_.cost);
  result_.gap = (result_.cost - result_.bound) / std::max(1e-9, std::abs(result_.cost));
  result_.proven = result_.proven && !has_chance(model_) && result_.gap <= std::max(1e-6, options_.gap);
}

/// Agents may lack at a price: the cover's plan, run to tell its targets.
StaffPlan Planner::priced(const std::vector<int>& covering) {
  result_.numbers = covering;
  result_.status = stopped() ? PlanStatus::stopped : PlanStatus::holds;
  result_.lacks = cover_.lacks(now_);
  for (const Lack& lack : result_.lacks) result_.price_of_lacks += lack.agents * request_.understaffed;
  if (options_.simulate && !stopped()) try {
      tell(PlannerProgress::Doing::running);
      PlanRound round;
      round.run = run_one(covering);
      round.cost = now_.cost;
      round.bound = now_.bound;
      result_.run = round.run;
      result_.rounds.push_back(std::move(round));
      if (!result_.run->holds()) result_.status = PlanStatus::priced;
    } catch (const ExperimentStopped&) {
      result_.status = PlanStatus::stopped;
    }
  settle();
  return result_;
}

/// Rounds of program and runs: `best_` is then the cheapest plan that holds, `next_` the program's last, run or not.
/// False where no permitted plan can be shown to hold, with the status set.
bool Planner::search() {
  const std::vector<int> covering = next_;
  for (bool solved = true; solved;) {
    tell(PlannerProgress::Doing::running);
    PlanRound round;
    round.run = run_one(next_);
    round.cost = cost_of(next_);
    round.bound = now_.bound;
    if (round.run.holds()) best_ = next_;
    const bool first = result_.rounds.empty();
    const bool last = round.run.holds() || stopped() || static_cast<int>(result_.rounds.size()) + 1 >= options_.rounds;
    if (!last && first) {
      if (few() && beyond_all()) {
        result_.rounds.push_back(std::move(round));
        return false;
      }
      if (!kept(round.run)) {
        std::vector<int> below = start(covering, best_);
        if (!best_ && few() && single_seats()) below = approach(covering, best_);
        if (few() && best_) {
          result_.rounds.push_back(std::move(round));
          next_ = std::move(below);
          continue;
        }
      }
    }
    if (!last) learn(round.run, round);
    result_.rounds.push_back(std::move(round));
    if (last) break;
    solved = solve();
    for (int less = 0; less < 4 && !solved && now_.status == SolveStatus::infeasible && halve_margins(); ++less)
      solved = solve();
    if (!solved) break;
    next_ = cover_.numbers_of(now_);
    // What costs as much as a plan that is known to hold cannot be better.
    if (best_ && cost_of(next_) >= cost_of(*best_)) break;
  }
  if (!best_) return stopped() || !beyond_all();
  if (!stopped() && cost_of(*best_) > result_.cover_bound * (1 + 1e-9)) lower(*best_);
  return true;
}

StaffPlan Planner::plan() {
  tell(PlannerProgress::Doing::solving);
  if (!solve()) {
    result_.status = now_.status == SolveStatus::infeasible ? PlanStatus::impossible : PlanStatus::stopped;
    if (result_.status == PlanStatus::impossible) result_.uncovered = cover_.uncovered();
    return result_;
  }
  result_.cover_bound = result_.bound = now_.bound;
  next_ = cover_.numbers_of(now_);
  if (request_.understaffed >= 0) return priced(next_);
  if (few()) keep_the_numbers();
  if (!options_.simulate) {
    result_.numbers = next_;
    result_.status = PlanStatus::holds;
    settle();
    return result_;
  }
  try {
    if (!search()) return result_;
  } catch (const ExperimentStopped&) {
    result_.status = PlanStatus::stopped;  // what was found until then stands
  }
  if (!best_ && !stopped()) {
    result_.status = PlanStatus::not_found;
    return result_;
  }
  result_.numbers = best_ ? *best_ : next_;
  if (best_) result_.run = runs_[*best_];
  result_.status = stopped() ? PlanStatus::stopped : PlanStatus::holds;
  if (!stopped() && !result_.run->holds()) result_.status = PlanStatus::not_found;  // a pace, overtime or cost missed
  settle();
  try {
    if (open_.numbers.size() <= most_told && !stopped()) look_around();
  } catch (const ExperimentStopped&) {  // the plan is as good without its neighbours
    result_.neighbours.clear();
  }
  return result_;
}

}  // namespace mailflow
