// What the runs of a plan teach the solver: the rows of planning/planner.hpp.
#include <algorithm>
#include <cmath>

#include "centre/simulate.hpp"
#include "metrics/targets.hpp"
#include "planning/planner.hpp"

namespace mailflow {

namespace {

const TargetFound& found_of(const PlanRun& run, TargetIndex target) {
  return *std::find_if(run.targets.begin(), run.targets.end(),
                       [&](const TargetFound& t) { return t.target == target; });
}

}  // namespace

void Planner::learn(const PlanRun& run, PlanRound& round) {
  if (!few()) return cut_by_day(run, round);
  for (const TargetFound& missed : run.targets) {
    // What more agents do not help waits for its turn.
    if (missed.holds || (!helped(missed.target) && !kept(run))) continue;
    const Slope found = slope(run, missed.target);
    if (found.agrees && helped(missed.target))
      cut_by_slope(run, missed, found, round);
    else
      cut_one_more(run, missed, found, round);
  }
}

/// What one agent more brings, number by number; then the nearest slope that all plans run agree with, if there is one.
Planner::Slope Planner::slope(const PlanRun& run, TargetIndex target) {
  const double sign = model_.targets[target].at_least ? 1 : -1;
  const double here = sign * found_of(run, target).value.estimate;
  std::vector<std::vector<int>> tries;
  std::vector<std::size_t> of;
  for (std::size_t k = 0; k < run.numbers.size(); ++k) {
    if (run.numbers[k] >= open_.numbers[k].most) continue;
    tries.push_back(run.numbers);
    ++tries.back()[k];
    of.push_back(k);
  }
  Slope slope;
  slope.found.assign(run.numbers.size(), 0);
  const auto runs = this->run(tries);
  for (std::size_t i = 0; i < runs.size(); ++i)
    slope.found[of[i]] = sign * found_of(*runs[i], target).value.estimate - here;

  // Columns: the slope, and how far it is from what was found.
  MixedProgram program;
  const auto n = static_cast<int>(run.numbers.size());
  for (int k = 0; k < n; ++k) program.add_column({-unbounded, unbounded, 0, false});
  for (int k = 0; k < n; ++k) program.add_column({0, unbounded, 1, false});
  for (int k = 0; k < n; ++k) {
    const double found = slope.found[static_cast<std::size_t>(k)];
    program.add_row({{k, 1}, {n + k, 1}}, found, unbounded);
    program.add_row({{k, 1}, {n + k, -1}}, -unbounded, found);
  }
  for (const auto& [numbers, other] : runs_) {
    if (numbers == run.numbers) continue;
    const TargetFound& there = found_of(other, target);
    if (there.value.n == 0) continue;
    std::vector<Term> terms;
    for (int k = 0; k < n; ++k) {
      const int by = numbers[static_cast<std::size_t>(k)] - run.numbers[static_cast<std::size_t>(k)];
      if (by != 0) terms.push_back({k, static_cast<double>(by)});
    }
    program.add_row(std::move(terms), sign * there.value.estimate - here, unbounded);
  }
  const MixedSolution found = program.solve({});
  slope.agrees = found.has_plan();
  if (slope.agrees) slope.found.assign(found.values.begin(), found.values.begin() + n);
  result_.concave = result_.concave && slope.agrees;
  return slope;
}

/// slope * (numbers - run's) >= what is missing.
void Planner::cut_by_slope(const PlanRun& run, const TargetFound& missed, const Slope& slope, PlanRound& round) {
  double scale = 0;
  for (const double s : slope.found) scale = std::max(scale, std::abs(s));
  if (scale <= 0 || !std::isfinite(missed.slack)) return cut_one_more(run, missed, slope, round);
  Cut cut{missed.target, CutKind::slope, -missed.slack, {}, 0, 0};
  std::vector<Term> terms;
  double least = -missed.slack / scale;
  for (std::size_t k = 0; k < slope.found.size(); ++k) {
    const double s = slope.found[k] / scale;
    if (std::abs(s) < 1e-6) continue;
    terms.push_back({static_cast<int>(k), s});
    least += s * run.numbers[k];
    cut.per_agent.emplace_back(static_cast<int>(k), slope.found[k]);
  }
  program_.add_row(std::move(terms), least - 1e-9, unbounded);
  round.cuts.push_back(std::move(cut));
}

/// One agent more somewhere. Right for every number; asked of those alone that were seen to help, where any were.
void Planner::cut_one_more(const PlanRun& run, const TargetFound& missed, const Slope& slope, PlanRound& round) {
  const auto add = [&](MixedProgram& program, const std::vector<std::size_t>& among) {
    std::vector<Term> any;
    for (const std::size_t k : among) {
      const int more = program.add_column({0, 1, 0, true});
      program.add_row({{static_cast<int>(k), 1}, {more, -static_cast<double>(run.numbers[k] + 1)}}, 0, unbounded);
      any.push_back({more, 1});
    }
    program.add_row(std::move(any), 1, unbounded);
  };
  std::vector<std::size_t> all, helping;
  Cut cut{missed.target, CutKind::one_more, -missed.slack, {}, 0, 0};
  for (std::size_t k = 0; k < run.numbers.size(); ++k) {
    if (run.numbers[k] >= open_.numbers[k].most) continue;
    all.push_back(k);
    if (slope.found[k] <= 0) continue;
    helping.push_back(k);
    cut.per_agent.emplace_back(static_cast<int>(k), slope.found[k]);
  }
  const bool more_helps = helped(missed.target);
  if (more_helps) add(sure_, all);
  if (more_helps) {
    add(program_, helping.empty() ? all : helping);
  } else {  // more agents do not help: anything but this plan with one agent less somewhere, or more elsewhere
    leaned_ = true;
    std::vector<Term> differs;
    for (std::size_t k = 0; k < run.numbers.size(); ++k)
      if (run.numbers[k] > 0) {
        const int less = program_.add_column({0, 1, 0, true});
        program_.add_row({{static_cast<int>(k), 1}, {less, static_cast<double>(open_.numbers[k].most)}}, -unbounded,
                         static_cast<double>(open_.numbers[k].most + run.numbers[k] - 1));
        differs.push_back({less, 1});
      }
    program_.add_row(std::move(differs), 1, unbounded);
  }
  round.cuts.push_back(std::move(cut));
}

/// Days on which mail was late or too much was left.
void Planner::cut_by_day(const PlanRun& run, PlanRound& round) {
  RunOptions options;
  options.seed = model_.seed;
  const Model made = model_of(run.numbers);
  const Results results = simulate(made, options);
  double item_hours = 0;  // of the station that takes longest
  for (const StationDemand& s : demand_.stations)
    item_hours = std::max(item_hours, s.work_per_item / static_cast<double>(hour));
  std::map<int, double> wanted;  // by row of the cover
  /// As much again in the last step before that was due.
  const auto ask_at_the_end = [&](TargetIndex target, Ticks by, double items) {
    double most = 0;
    for (const Cover::LastStep& step : cover_.last_steps_before(by)) {
      const auto margin = margins_.find(step.row);
      const double more = std::max(items * step.hours_per_item, margin == margins_.end() ? 0 : margin->second);
      wanted[step.row] = std::max(wanted[step.row], more);
      most = std::max(most, more);
    }
    if (most > 0) round.cuts.push_back({target, CutKind::by_day, items, {}, by, most});
    return most > 0;
  };
  /// More hours of those on duty in the day before.
  const auto ask = [&](TargetIndex target, Ticks by, double items) {
    std::vector<Term> terms;
    double now = 0, least = unbounded;
    for (std::size_t k = 0; k < run.numbers.size(); ++k) {
      const double hours = cover_.hours_between(k, std::max<Ticks>(0, by - day), by);
      if (hours <= 0) continue;
      terms.push_back({static_cast<int>(k), hours});
      now += hours * run.numbers[k];
      least = std::min(least, hours);
    }
    if (terms.empty()) return;
    const double more = std::max(items * item_hours, least / 2);
    program_.add_row(std::move(terms), now + more, unbounded);
    round.cuts.push_back({target, CutKind::by_day, items, {}, by, more});
  };
  for (const TargetFound& missed : run.targets) {
    if (missed.holds) continue;
    const TargetIndex t = missed.target;
    const Target& target = model_.targets[t];
    const std::size_t before = round.cuts.size();
    if (target.measure == Target::Measure::on_time) {
      for (std::size_t d = 0; d < results.target_days[t].size(); ++d) {
        const DueDay& on = results.target_days[t][d];
        const auto items = static_cast<double>(on.on_time + on.late);
        if (on.late == 0 || meets(target, static_cast<double>(on.on_time) / items)) continue;
        Ticks by = model_.midnights[d];
        for (const Product& p : model_.products)
          for (const DueStep& step : p.due)
            if (step.due > model_.midnights[d] && step.due <= model_.midnights[d + 1]) by = std::max(by, step.due);
        if (!ask_at_the_end(missed.target, by, static_cast<double>(on.late)))
          ask(missed.target, by, static_cast<double>(on.late));
      }
    } else if (target.measure == Target::Measure::left_over) {
      for (std::size_t i = 0; i < target.samples.size(); ++i)
        if (const auto items = static_cast<double>(results.left_over[t][i]); items > target.bound)
          ask(missed.target, target.samples[i], items - target.bound);
    }
    if (round.cuts.size() > before) continue;
    // By day nothing can be said of it: half an agent-day more, whenever that is.
    std::vector<Term> terms;
    double now = 0, least = unbounded;
    for (std::size_t k = 0; k < run.numbers.size(); ++k) {
      const double hours = cover_.hours_between(k, 0, model_.end);
      if (hours <= 0) continue;
      terms.push_back({static_cast<int>(k), hours});
      now += hours * run.numbers[k];
      least = std::min(least, hours);
    }
    program_.add_row(std::move(terms), now + least / 2, unbounded);
    round.cuts.push_back({missed.target, CutKind::by_day, -missed.slack, {}, model_.end, least / 2});
  }
  raise_margins(wanted);
}

void Planner::raise_margins(const std::map<int, double>& by) {
  for (const auto& [row, more] : by) {
    const MixedProgram::Row& is = program_.row(row);
    program_.set_limits(row, is.lower + more, is.upper + more);
    margins_[row] += more;
  }
  raised_ = by;
}

/// Where nobody can do as much: half of what was asked for in the last round. False where that was nothing.
bool Planner::halve_margins() {
  std::map<int, double> back;
  for (const auto& [row, more] : raised_) back[row] = -more / 2;
  if (back.empty()) return false;
  raise_margins(back);
  for (auto& [row, more] : raised_) more = -more;  // what is left of it
  return true;
}

}  // namespace mailflow
