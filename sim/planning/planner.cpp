#include "planning/planner.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "metrics/targets.hpp"
#include "solver/separable.hpp"

namespace mailflow {

namespace {

constexpr std::size_t most_paired = 8;       ///< numbers of which two agents against one are tried
constexpr std::int64_t most_nodes = 20'000;  ///< of a solve: a program that is not closed then has a gap, told

bool varies(const Distribution& d) { return d.law != Law::constant && d.variance() > 0; }

bool splits(const Route& route) {
  return std::any_of(route.nodes.begin(), route.nodes.end(),
                     [](const RouteNode& n) { return n.kind == RouteNode::Kind::by_share && n.share.size() > 1; });
}

template <class Of>
bool is_mixed(const Rows<Of, double>& shares) {
  return std::count_if(shares.begin(), shares.end(), [](double s) { return s > 0; }) > 1;
}

}  // namespace

bool has_chance(const Model& model) {
  for (const Source& s : model.sources) {
    if (s.kind == Source::Kind::rate || varies(s.late_by) || varies(s.every)) return true;
    if (std::any_of(s.items.begin(), s.items.end(), varies) || is_mixed(s.mix.product)) return true;
    if (std::any_of(s.mix.destination.begin(), s.mix.destination.end(), is_mixed<Destination>)) return true;
    if (s.kind == Source::Kind::replay && s.spread == Spread::random) return true;
  }
  for (const Station& s : model.stations) {
    if (varies(s.service) || varies(s.takes) || varies(s.set_up.takes) || s.breakdown.present) return true;
    if (!s.diversions.empty() || splits(s.next) || (s.held_share > 0 && s.held_share < 1)) return true;
  }
  return std::any_of(model.teams.begin(), model.teams.end(), [](const Team& t) { return t.absent > 0; });
}

bool PlanRun::holds() const {
  return std::all_of(targets.begin(), targets.end(), [](const TargetFound& t) { return t.holds; });
}

Planner::Planner(const Model& model, const PlanRequest& request, Experiment& experiment, PlannerOptions options)
    : model_(model),
      request_(request),
      experiment_(experiment),
      options_(std::move(options)),
      open_(open_numbers(model, request)),
      demand_(demand_of(model, request.targets, request.step)),
      cover_(model, request, open_, demand_),
      program_(cover_.program()),
      sure_(cover_.program()) {
  if (!has_chance(model)) options_.replications = 1;
  experiment_.stop_at(options_.stop);
  result_.replications = options_.replications;
}

void Planner::tell(PlannerProgress::Doing doing) {
  if (!options_.progress) return;
  options_.progress({doing, static_cast<int>(result_.rounds.size()) + 1, now_.cost, now_.bound, now_.gap, now_.nodes});
}

double Planner::pay(const std::vector<int>& numbers) const {
  double cost = 0;
  for (std::size_t k = 0; k < numbers.size(); ++k) cost += open_.numbers[k].cost * numbers[k];
  return cost;
}

double Planner::price_of_new(const std::vector<int>& numbers) const {
  return request_.price_of_new * static_cast<double>(new_shifts_used(request_, open_, numbers).size());
}

/// Numbers few enough to try each of them one higher and lower in every round, and exchanges.
bool Planner::few() const { return open_.numbers.size() <= 12; }

MixedOptions Planner::solving() const {
  MixedOptions options;
  options.gap = options_.gap;
  options.stop = options_.stop;
  options.nodes = most_nodes;
  if (options_.progress)
    options.progress = [this](const SolverProgress& now) {
      options_.progress({PlannerProgress::Doing::solving, static_cast<int>(result_.rounds.size()) + 1, now.best,
                         now.bound, now.gap, now.nodes});
    };
  return options;
}

/// The next plan by what is known; false where there is none.
bool Planner::solve() {
  const MixedOptions options = solving();
  std::vector<double> waiting;
  if (request_.then == TieBreak::shortest_waits) {
    waiting = cover_.waiting_costs();
    waiting.resize(static_cast<std::size_t>(program_.columns()), 0);
  }
  const SeparableSolution found = solve_by_parts(program_, options, waiting, now_.values);
  result_.nodes += found.solution.nodes;
  result_.parts = found.parts;
  if (!found.solution.has_plan()) {
    now_.status = found.solution.status;
    return false;
  }
  now_ = found.solution;
  result_.proven = now_.status == SolveStatus::optimal && now_.gap <= std::max(1e-6, options_.gap);
  return true;
}

/// Leaves of the cover the rows of numbers, its cost, and the hours that each skill needs over the whole run.
void Planner::keep_the_numbers() {
  const MixedProgram& whole = cover_.program();
  MixedProgram kept;
  for (int c = 0; c < whole.columns(); ++c) {
    kept.add_column(whole.column(c));
    if (!whole.column(c).whole) kept.set_bounds(c, 0, 0);
  }
  std::vector<Term> cost;
  for (int c = 0; c < whole.columns(); ++c)
    if (whole.column(c).cost != 0) cost.push_back({c, whole.column(c).cost});
  for (int r = 0; r < whole.rows(); ++r) {
    const MixedProgram::Row& row = whole.row(r);
    if (std::all_of(row.terms.begin(), row.terms.end(), [&](const Term& t) { return whole.column(t.column).whole; }))
      kept.add_row(row.terms, row.lower, row.upper);
  }
  kept.add_row(std::move(cost), result_.cover_bound * (1 - 1e-9), unbounded);
  for (auto& [terms, hours] : cover_.hours_by_skill())
    if (hours > 0) kept.add_row(std::move(terms), hours, unbounded);
  now_.values.clear();
  program_ = kept;
  sure_ = std::move(kept);
}

TargetFound Planner::judge(std::size_t scenario, TargetIndex target) const {
  const Target& is = model_.targets[target];
  TargetFound found;
  found.target = target;
  const auto& all = experiment_.measures(scenario);
  for (std::size_t m = 0; m < all.size(); ++m)
    if (all[m].target == target && all[m].kind == Measure::Kind::mean)
      found.value =
          measure_interval(all[m], experiment_.values(scenario, m, options_.replications), options_.confidence);
  found.helped = helped(target);
  if (found.value.n == 0) {  // nothing to judge
    found.holds = true;
    return found;
  }
  const bool alone = options_.replications == 1;  // no interval: taken as it is
  const double judged = alone ? found.value.estimate : is.at_least ? found.value.low : found.value.high;
  const double at_best = alone ? found.value.estimate : is.at_least ? found.value.high : found.value.low;
  found.slack = is.at_least ? judged - is.bound : is.bound - judged;
  found.holds = meets(is, judged);
  found.missed = !meets(is, at_best);
  return found;
}

/// Of the experiment.
std::size_t Planner::scenario_of(const std::vector<int>& numbers) {
  if (const auto known = scenarios_.find(numbers); known != scenarios_.end()) return known->second;
  std::string name = "plan";
  for (const int n : numbers) name += " " + std::to_string(n);
  const std::size_t s = experiment_.add(name, std::make_shared<const Model>(model_of(numbers)), "");
  scenarios_.emplace(numbers, s);
  return s;
}

/// Runs plans, those not run before; all at once, so that every core has work.
std::vector<const PlanRun*> Planner::run(const std::vector<std::vector<int>>& plans) {
  std::vector<std::pair<std::size_t, const std::vector<int>*>> fresh;
  std::vector<std::size_t> scenarios;
  for (const auto& numbers : plans) {
    if (runs_.contains(numbers)) continue;
    runs_[numbers].numbers = numbers;
    const std::size_t s = scenario_of(numbers);
    fresh.emplace_back(s, &numbers);
    scenarios.push_back(s);
  }
  try {
    experiment_.extend(scenarios, options_.replications);
  } catch (const ExperimentStopped&) {
    for (const auto& [s, numbers] : fresh) runs_.erase(*numbers);
    throw;
  }
  for (const auto& [s, numbers] : fresh) {
    PlanRun& run = runs_[*numbers];
    for (const TargetIndex t : request_.targets) run.targets.push_back(judge(s, t));
    run.staff_cost = mean_interval(experiment_.values(s, "staff_cost", options_.replications), options_.confidence);
    run.total_cost = mean_interval(experiment_.values(s, "cost", options_.replications), options_.confidence);
    ++result_.plans_run;
  }
  std::vector<const PlanRun*> found;
  for (const auto& numbers : plans) found.push_back(&runs_[numbers]);
  return found;
}

bool Planner::single_seats() const {
  return std::all_of(request_.teams.begin(), request_.teams.end(),
                     [](const PlannedTeam& t) { return t.shifts.size() <= 1 && !t.used_first; });
}

/// Whether a target that more agents can only help is not shown to hold even with every number at its most: no other
/// plan can be shown to keep it then. Sets `at_most` and the status.
bool Planner::beyond_all() {
  std::vector<int> numbers;
  for (const OpenNumber& number : open_.numbers) numbers.push_back(number.most);
  const PlanRun& run = run_one(numbers);
  const auto any = [&](auto which) {
    return std::any_of(run.targets.begin(), run.targets.end(),
                       [&](const TargetFound& t) { return t.helped && which(t); });
  };
  if (!any([](const TargetFound& t) { return !t.holds; })) return false;
  result_.at_most = run.targets;
  result_.status = any([](const TargetFound& t) { return t.missed; }) ? PlanStatus::impossible : PlanStatus::not_shown;
  return true;
}

/// Whether more agents can only help a target. Of a pace, overtime or cost that is not so.
bool Planner::helped(TargetIndex target) const {
  const Target& is = model_.targets[target];
  return (is.measure == Target::Measure::on_time && is.at_least) ||
         ((is.measure == Target::Measure::left_over || is.measure == Target::Measure::longest_wait) && !is.at_least);
}

/// Whether the targets hold that more agents help.
bool Planner::kept(const PlanRun& run) const {
  return std::all_of(run.targets.begin(), run.targets.end(), [](const TargetFound& t) { return t.holds || !t.helped; });
}

/// From the cover towards every number at its most, all in step: `best` is the first plan that keeps the targets, and
/// the last that does not is where rounds begin. Far below, a target's slope says nothing of where it will hold.
std::vector<int> Planner::approach(const std::vector<int>& covering, std::optional<std::vector<int>>& best) {
  constexpr int parts = 64;
  const auto at = [&](int part) {
    std::vector<int> numbers = covering;
    for (std::size_t k = 0; k < numbers.size(); ++k)
      numbers[k] += ((open_.numbers[k].most - numbers[k]) * part + parts - 1) / parts;
    return numbers;
  };
  int low = 0, high = parts;
  while (high - low > 1 && !stopped()) {
    const int middle = (low + high) / 2;
    (kept(run_one(at(middle))) ? high : low) = middle;
  }
  best = at(high);
  return at(low);
}

/// Takes agents off one at a time where all targets still hold; then looks for one or two fewer against one more
/// elsewhere, which together cost less.
void Planner::lower(std::vector<int>& numbers) {
  if (!few()) return lower_in_turn(numbers);
  while (!stopped() && (one_fewer(numbers) || exchange(numbers))) ++result_.lowered;
}

/// The cheapest of the plans that keeps the targets, if it costs less.
bool Planner::take_best(const std::vector<std::vector<int>>& tries, std::vector<int>& numbers) {
  tell(PlannerProgress::Doing::lowering);
  double least = cost_of(numbers) - 1e-9;
  const std::vector<int>* best = nullptr;
  for (const PlanRun* run : this->run(tries)) {
    const double cost = cost_of(run->numbers);
    if (!kept(*run) || cost >= least) continue;
    least = cost;
    best = &run->numbers;
  }
  if (best == nullptr) return false;
  numbers = *best;
  return true;
}

/// Of these plans, those that would keep the targets if all replications were to the plan's as the first few are, or
/// a standard error better.
std::vector<std::vector<int>> Planner::promising(const PlanRun& here, const std::vector<std::vector<int>>& tries) {
  const std::int64_t first = std::min<std::int64_t>(5, options_.replications);
  std::vector<std::size_t> scenarios;
  for (const auto& numbers : tries) scenarios.push_back(scenario_of(numbers));
  scenarios.push_back(scenario_of(here.numbers));
  experiment_.extend(scenarios, first);
  const auto may_keep = [&](std::size_t scenario, const TargetFound& target) {
    const double sign = model_.targets[target.target].at_least ? 1 : -1;
    const auto& all = experiment_.measures(scenario);
    for (std::size_t m = 0; m < all.size(); ++m) {
      if (all[m].target != target.target || all[m].kind != Measure::Kind::mean) continue;
      std::vector<double> gains = experiment_.values(scenario, m, first);
      const std::vector<double> base = experiment_.values(scenarios.back(), m, first);
      for (std::size_t i = 0; i < gains.size(); ++i) gains[i] = sign * (gains[i] - base[i]);
      const Interval gain = mean_interval(gains, options_.confidence);
      const double error = gain.n > 1 ? gain.deviation / std::sqrt(static_cast<double>(gain.n)) : 0;
      return gain.n == 0 || target.slack + gain.estimate + error >= 0;
    }
    return true;
  };
  std::vector<std::vector<int>> found;
  for (std::size_t i = 0; i < tries.size(); ++i)
    if (std::all_of(here.targets.begin(), here.targets.end(),
                    [&](const TargetFound& t) { return !t.helped || may_keep(scenarios[i], t); }))
      found.push_back(tries[i]);
  return found;
}

bool Planner::one_fewer(std::vector<int>& numbers) {
  std::vector<std::vector<int>> tries;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    std::vector<int> other = numbers;
    if (--other[k] >= 0 && cover_.permits(other) && cost_of(other) < cost_of(numbers) - 1e-9)
      tries.push_back(std::move(other));
  }
  return take_best(tries, numbers);
}

/// One or two agents fewer (one, of many numbers) against one more elsewhere, the cheapest first. A few replications,
/// in pairs with those of the plan, tell which of these are worth a whole run. (That effects of single agents add up
/// tells too little: two fewer in the morning may cost less than one does, with one more in the evening.)
bool Planner::exchange(std::vector<int>& numbers) {
  constexpr std::size_t at_once = 24;
  const std::size_t n = numbers.size();
  std::vector<std::pair<double, std::vector<int>>> cheaper;
  const auto consider = [&](std::vector<int> other) {
    if (std::any_of(other.begin(), other.end(), [](int agents) { return agents < 0; }) || !cover_.permits(other))
      return;
    if (const double cost = cost_of(other); cost < cost_of(numbers) - 1e-9)
      cheaper.emplace_back(cost, std::move(other));
  };
  for (std::size_t j = 0; j < n; ++j) {
    if (numbers[j] >= open_.numbers[j].most) continue;
    for (std::size_t k = 0; k < n; ++k) {
      if (k == j) continue;
      std::vector<int> other = numbers;
      ++other[j];
      --other[k];
      consider(other);
      for (std::size_t l = k; l < n && n <= most_paired; ++l) {
        if (l == j) continue;
        std::vector<int> two = other;
        --two[l];
        consider(std::move(two));
      }
    }
  }
  std::sort(cheaper.begin(), cheaper.end());
  const PlanRun& here = run_one(numbers);
  for (std::size_t from = 0; from < cheaper.size() && !stopped(); from += at_once) {
    std::vector<std::vector<int>> tries;
    for (std::size_t i = from; i < std::min(cheaper.size(), from + at_once); ++i) tries.push_back(cheaper[i].second);
    if (take_best(promising(here, tries), numbers)) return true;
  }
  return false;
}

}  // namespace mailflow
