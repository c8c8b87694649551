#include "planning/within_day.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/at.hpp"
#include "metrics/targets.hpp"

namespace mailflow {

namespace {

/// A team's duty in course, or the first that begins before the end; null pointer: none.
const Duty* duty_of(const Model& model, const Team& team) {
  for (const Duty& duty : team.duties)
    if (duty.span.to > model.situation.at && duty.span.from < model.end) return &duty;
  return nullptr;
}

bool has_skill(const Team& team, SkillIndex skill) {
  return std::any_of(team.skills.begin(), team.skills.end(), [&](const Skilled& s) { return s.skill == skill; });
}

/// Agents of the team who are here, or will come to the duty, as far as is known.
int here(const Model& model, TeamIndex t, const Duty& duty) {
  const Team& team = model.teams[t];
  if (duty.span.from >= model.situation.at) return team.agents_on(duty) - std::max(duty.absent, 0);
  if (model.situation.teams.empty()) return team.agents_on(duty);
  const TeamThere& there = model.situation.teams[t];
  if (!there.listed) return there.present >= 0 ? there.present : team.agents_on(duty);
  return static_cast<int>(
      std::count_if(model.situation.agents.begin(), model.situation.agents.end(),
                    [&](const AgentThere& a) { return a.team == t && a.over_since < 0 && !a.goes_home; }));
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  std::size_t n = 0;
  for (const double v : values) {
    if (std::isnan(v)) continue;
    sum += v;
    ++n;
  }
  return n > 0 ? sum / static_cast<double>(n) : 0;
}

/// Standard error of the mean of a - b.
double paired_error(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> d(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) d[i] = a[i] - b[i];
  if (d.size() < 2) return 0;
  const double m = mean(d);
  double squares = 0;
  for (const double x : d) squares += (x - m) * (x - m);
  const auto n = static_cast<double>(d.size());
  return std::sqrt(squares / (n - 1) / n);
}

class Moves {
 public:
  Moves(const Model& model, const WithinDayRules& rules, const Rows<Station, double>& waiting)
      : model_(model), rules_(rules), now_(model.situation.at) {
    for (const StationIndex s : waiting.indices())
      if (waiting[s] > 0 && model.stations[s].crew > 0) stations_.push_back(s);
    std::stable_sort(stations_.begin(), stations_.end(),
                     [&](StationIndex a, StationIndex b) { return waiting[a] > waiting[b]; });
    if (stations_.size() > 6) stations_.resize(6);
  }

  std::vector<WithinDayMove> all() {
    for (const TeamIndex t : model_.teams.indices())
      if (const Duty* duty = duty_of(model_, model_.teams[t])) team(t, *duty);
    for (const DepartureIndex d : model_.departures.indices()) departure(d);
    return std::move(moves_);
  }

 private:
  using Kind = WithinDayMove::Kind;

  void team(TeamIndex t, const Duty& duty) {
    const Team& team = model_.teams[t];
    const int people = here(model_, t, duty);
    const bool in_course = duty.span.from < now_;
    const Ticks next = next_start(team, duty);
    const std::vector<int> some = people > 3 ? std::vector<int>{(people + 1) / 2, people} : std::vector<int>{people};
    if (people > 0) {
      for (const StationIndex s : stations_)
        if (has_skill(team, model_.stations[s].skill))
          for (const int k : some)
            add({.kind = Kind::send,
                 .team = t,
                 .station = s,
                 .agents = k,
                 .when = std::max(now_, duty.span.from),
                 .decide_by = std::max(now_, duty.span.from)});
      for (const Ticks by : {hour, 2 * hour, 4 * hour})
        for (const int k : some)
          if (by <= rules_.longer && duty.span.to + by <= std::min(next, model_.end))
            add({.kind = Kind::keep,
                 .team = t,
                 .agents = k,
                 .by = by,
                 .when = duty.span.to,
                 .decide_by = duty.span.to});
    }
    const Ticks comes = in_course ? now_ + rules_.notice : std::max(duty.span.from, now_ + rules_.notice);
    for (int k = 1; k <= rules_.call_in; ++k)
      if (comes + hour <= duty.span.to)
        add({.kind = Kind::call_in, .team = t, .agents = k, .when = comes, .decide_by = comes - rules_.notice});
    for (const Ticks by : {hour / 2, hour, 2 * hour})
      if (!in_course && by <= rules_.earlier && duty.span.from - by >= now_ + rules_.notice)
        add({.kind = Kind::earlier,
             .team = t,
             .agents = people,
             .by = by,
             .when = duty.span.from,
             .decide_by = duty.span.from - by - rules_.notice});
  }

  static Ticks next_start(const Team& team, const Duty& duty) {
    for (const Duty& other : team.duties)
      if (other.span.from >= duty.span.to) return other.span.from;
    return never;
  }

  void departure(DepartureIndex d) {
    const auto& times = model_.departures[d].at;
    const auto next = std::lower_bound(times.begin(), times.end(), now_);
    const auto& permitted = rules_.departures;
    if (next == times.end() ||
        (!permitted.empty() && std::find(permitted.begin(), permitted.end(), d) == permitted.end()))
      return;
    for (const Ticks by : {15 * minute, 30 * minute, hour}) {
      if (by <= rules_.hold && *next + by < model_.end)
        add({.kind = Kind::hold, .departure = d, .by = by, .when = *next, .decide_by = *next});
      if (by <= rules_.advance && *next - by > now_)
        add({.kind = Kind::advance, .departure = d, .by = by, .when = *next, .decide_by = *next - by});
    }
    if (rules_.add && *next + hour < model_.end)
      add({.kind = Kind::add, .departure = d, .by = hour, .when = *next, .decide_by = *next + hour});
  }

  void add(const WithinDayMove& move) { moves_.push_back(move); }

  const Model& model_;
  const WithinDayRules& rules_;
  Ticks now_;
  std::vector<StationIndex> stations_;
  std::vector<WithinDayMove> moves_;
};

Duty& duty_to_change(Model& model, const WithinDayMove& move) {
  Team& team = model.teams[move.team];
  const Duty* found = duty_of(model, team);
  return team.duties[static_cast<std::size_t>(found - team.duties.data())];
}

void call_in(Model& model, const WithinDayMove& move) {
  Team more = model.teams[move.team];
  Duty duty = duty_to_change(model, move);
  duty.span.from = move.when;
  duty.absent = 0;
  duty.agents = -1;
  duty.leaving.clear();
  duty.sent.clear();
  std::erase_if(duty.breaks, [&](const ShiftBreak& pause) { return pause.from < move.when; });
  more.name += ", called in";
  more.agents = move.agents;
  more.duties = {duty};
  more.absent = 0;
  more.cost_per_hour *= 1 + more.overtime_extra;
  model.teams.push_back(more);
  if (!model.situation.teams.empty()) model.situation.teams.push_back({});
}

/// Whether two moves cannot both be made.
bool clash(const WithinDayMove& a, const WithinDayMove& b) {
  const bool same_team = a.team != none && a.team == b.team;
  const bool same_departure = a.departure != none && a.departure == b.departure;
  return (a.kind == b.kind && same_team && (a.kind != WithinDayMove::Kind::send || a.station == b.station)) ||
         (same_departure && a.kind != WithinDayMove::Kind::add && b.kind != WithinDayMove::Kind::add) ||
         (same_departure && a.kind == b.kind);
}

class Search {
 public:
  Search(const Model& model, const WithinDayRules& rules, Experiment& experiment, const WithinDayOptions& options)
      : model_(model), rules_(rules), experiment_(experiment), options_(options) {}

  WithinDayPlan go() {
    experiment_.stop_at(options_.stop);
    try {
      grow();
      prune();
      prove();
    } catch (const ExperimentStopped&) {
      best_so_far();
    }
    if (plan_.scenarios.empty()) return plan_;
    plan_.loss_before = mean(losses(experiment_, plan_.scenarios.front(), plan_.replications));
    plan_.loss_after = mean(losses(experiment_, plan_.scenarios.back(), plan_.replications));
    return plan_;
  }

 private:
  struct Tried {
    std::size_t move = SIZE_MAX;
    std::size_t scenario = 0;
    double loss = 0, cost = 0, error = 0;
  };

  bool stopped() {
    plan_.stopped = plan_.stopped || (options_.stop != nullptr && *options_.stop);
    return plan_.stopped;
  }

  /// From nothing, move by move.
  void grow() {
    const std::size_t nothing = run({}, options_.tried);
    moves_ = possible_moves(model_, rules_, waiting(nothing));
    wanted_ = moves_.size();
    double loss = mean(losses(experiment_, nothing, options_.tried));
    std::size_t now = nothing;
    for (std::size_t round = 0; round < options_.most_moves && loss > 0 && !stopped(); ++round) {
      const Tried best = best_move(now, loss, round);
      if (best.move >= moves_.size()) break;
      plan_.moves.push_back(moves_[best.move]);
      now = best.scenario;
      loss = best.loss;
    }
    grown_ = plan_.moves;
  }

  /// The plan with each further move, as far as these have been run.
  std::vector<std::size_t> run_so_far(const std::vector<WithinDayMove>& moves) {
    std::vector<std::size_t> scenarios;
    try {
      for (std::size_t i = 0; i <= moves.size(); ++i) scenarios.push_back(run(first(moves, i), options_.tried));
    } catch (const ExperimentStopped&) {
      return scenarios;  // nothing more is run
    }
    return scenarios;
  }

  /// What is known of the plan where runs were given up; no scenarios: nothing.
  void best_so_far() {
    plan_.stopped = true;
    plan_.replications = options_.tried;
    plan_.scenarios = run_so_far(plan_.moves);
    if (plan_.scenarios.size() <= plan_.moves.size() && !disproved_) {
      plan_.moves = grown_;
      plan_.scenarios = run_so_far(grown_);
    }
    plan_.moves.resize(std::max<std::size_t>(plan_.scenarios.size(), 1) - 1);
  }

  static std::vector<WithinDayMove> first(const std::vector<WithinDayMove>& moves, std::size_t n) {
    return {moves.begin(), moves.begin() + static_cast<std::ptrdiff_t>(n)};
  }

  std::size_t run(const std::vector<WithinDayMove>& moves, std::int64_t n) {
    Model changed = model_;
    for (const WithinDayMove& move : moves) make_move(changed, move);
    const std::size_t s =
        experiment_.add(std::to_string(experiment_.scenarios()), std::make_shared<const Model>(std::move(changed)), "");
    experiment_.extend({s}, n);
    return s;
  }

  Rows<Station, double> waiting(std::size_t scenario) const {
    Rows<Station, double> item_hours;
    for (const Station& station : model_.stations)
      item_hours.push_back(mean(
          experiment_.values(scenario, "stations." + station.name + ".waiting_for_staff_item_hours", options_.tried)));
    return item_hours;
  }

  /// The move that takes most off the loss; in later rounds only those are tried that helped at first.
  Tried best_move(std::size_t now, double loss, std::size_t round) {
    const auto before = losses(experiment_, now, options_.tried);
    std::vector<Tried> all;
    for (std::size_t m = 0; m < moves_.size() && !stopped(); ++m) {
      const bool clashes = std::any_of(plan_.moves.begin(), plan_.moves.end(),
                                       [&](const WithinDayMove& made) { return clash(made, moves_[m]); });
      if (clashes || (round > 0 && !helped_[m])) continue;
      auto moves = plan_.moves;
      moves.push_back(moves_[m]);
      Tried tried;
      tried.move = m;
      try {
        tried.scenario = run(moves, options_.tried);
      } catch (const ExperimentStopped&) {  // those tried before may help
        plan_.stopped = true;
        break;
      }
      const auto after = losses(experiment_, tried.scenario, options_.tried);
      tried.loss = mean(after);
      tried.error = paired_error(after, before);
      tried.cost = mean(experiment_.values(tried.scenario, "cost", options_.tried));
      all.push_back(tried);
      ++plan_.tried;
      if (options_.progress) options_.progress(plan_.tried, wanted_, loss);
    }
    if (round == 0) {
      helped_.assign(moves_.size(), false);
      for (const Tried& t : all) helped_[t.move] = t.loss < loss;
      wanted_ += static_cast<std::size_t>(std::count(helped_.begin(), helped_.end(), true));
    }
    Tried best;
    double most = 0;
    for (const Tried& t : all)
      if (const double off = loss - t.loss; off > std::max(t.error, 0.02 * first_loss(loss, round)))
        most = std::max(most, off);
    for (const Tried& t : all) {
      const double off = loss - t.loss;
      if (most <= 0 || off <= t.error || off < 0.9 * most) continue;
      if (best.move == SIZE_MAX || t.cost < best.cost) best = t;
    }
    return best;
  }

  double first_loss(double loss, std::size_t round) {
    if (round == 0) first_loss_ = loss;
    return first_loss_;
  }

  /// Takes out what the others do without it.
  void prune() {
    for (std::size_t i = 0; plan_.moves.size() > 1 && i < plan_.moves.size() && !stopped();) {
      auto fewer = plan_.moves;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      const std::size_t with = run(plan_.moves, options_.tried);
      const std::size_t without = run(fewer, options_.tried);
      if (mean(losses(experiment_, without, options_.tried)) <= mean(losses(experiment_, with, options_.tried)) + 1e-12)
        plan_.moves = fewer;
      else
        ++i;
    }
  }

  /// Runs the plan with each further move; a move that more runs do not show to help is taken out again.
  void prove() {
    plan_.replications = stopped() ? options_.tried : options_.proved;
    for (bool all_help = false; !all_help;) {
      plan_.scenarios.clear();
      for (std::size_t i = 0; i <= plan_.moves.size(); ++i)
        plan_.scenarios.push_back(run(first(plan_.moves, i), plan_.replications));
      all_help = true;
      for (std::size_t i = 0; i < plan_.moves.size() && all_help && !plan_.stopped; ++i) {
        const auto before = losses(experiment_, plan_.scenarios[i], plan_.replications);
        const auto after = losses(experiment_, plan_.scenarios[i + 1], plan_.replications);
        all_help = mean(before) - mean(after) > 2 * paired_error(after, before);
        if (all_help) continue;
        plan_.moves.erase(plan_.moves.begin() + static_cast<std::ptrdiff_t>(i));
        disproved_ = true;
      }
    }
  }

  const Model& model_;
  const WithinDayRules& rules_;
  Experiment& experiment_;
  const WithinDayOptions& options_;
  WithinDayPlan plan_;
  std::vector<WithinDayMove> moves_;
  std::vector<WithinDayMove> grown_;  ///< the plan before any move was taken out of it
  bool disproved_ = false;            ///< a move was taken out that did not help
  std::vector<bool> helped_;
  std::size_t wanted_ = 0;
  double first_loss_ = 0;
};

}  // namespace

void make_move(Model& model, const WithinDayMove& move) {
  using Kind = WithinDayMove::Kind;
  switch (move.kind) {
    case Kind::send:
      duty_to_change(model, move).sent.push_back({move.station, move.agents});
      return;
    case Kind::keep:
      duty_to_change(model, move).leaving.push_back({move.when + move.by, move.agents});
      return;
    case Kind::call_in:
      call_in(model, move);
      return;
    case Kind::earlier:
      duty_to_change(model, move).span.from -= move.by;
      return;
    case Kind::hold:
    case Kind::advance:
    case Kind::add:
      break;
  }
  auto& times = model.departures[move.departure].at;
  const auto trip = std::find(times.begin(), times.end(), move.when);
  if (move.kind == Kind::add)
    times.push_back(move.when + move.by);
  else if (trip != times.end())
    *trip += move.kind == Kind::hold ? move.by : -move.by;
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
}

std::vector<WithinDayMove> possible_moves(const Model& model, const WithinDayRules& rules,
                                          const Rows<Station, double>& waiting) {
  return Moves(model, rules, waiting).all();
}

std::vector<double> losses(const Experiment& experiment, std::size_t scenario, std::int64_t n) {
  std::vector<double> sums(static_cast<std::size_t>(n), 0);
  for (const Target& target : experiment.model(scenario).targets) {
    const auto values = experiment.values(scenario, "targets." + target.name + ".value", n);
    const double scale = std::max(std::abs(target.bound), 1e-9);
    for (std::size_t r = 0; r < values.size(); ++r) {
      if (std::isnan(values[r]) || meets(target, values[r])) continue;
      const double short_by = target.at_least ? target.bound - values[r] : values[r] - target.bound;
      sums[r] += std::clamp(short_by / scale, 0.0, 1.0);
    }
  }
  return sums;
}

WithinDayPlan plan_within_day(const Model& model, const WithinDayRules& rules, Experiment& experiment,
                              const WithinDayOptions& options) {
  return Search(model, rules, experiment, options).go();
}

}  // namespace mailflow
