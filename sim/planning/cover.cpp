#include "planning/cover.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace mailflow {

namespace {

constexpr double nothing = 1e-9;  ///< agent-hours

double overlap_hours(Ticks a, Ticks b, Ticks from, Ticks to) {
  return in_hours(std::max<Ticks>(0, std::min(b, to) - std::max(a, from)));
}

/// Agent-hours that one agent is at work in a span: breaks taken off.
double at_work(const Duty& duty, Ticks from, Ticks to) {
  double hours = overlap_hours(duty.span.from, duty.span.to, from, to);
  for (const ShiftBreak& b : duty.breaks)
    hours -= overlap_hours(b.from, std::min(b.from + b.lasts, duty.span.to), from, to);
  return std::max(0.0, hours);
}

double hours_of(double ticks) { return ticks / static_cast<double>(hour); }

}  // namespace

Cover::Cover(const Model& model, const PlanRequest& request, const OpenNumbers& open, const Demand& demand)
    : model_(model), request_(request), open_(open), demand_(demand) {
  add_numbers();
  pools();
  stations();
  servers();
  hours();
  days();
  new_shifts();
}

void Cover::add_numbers() {
  for (const OpenNumber& number : open_.numbers)
    program_.add_column({0, static_cast<double>(number.most), number.cost, true});
}

Cover::Pool& Cover::pool_of(const Team& team) {
  std::vector<Skilled> skills;
  for (Skilled s : team.skills) {
    s.proficiency = pace_of(model_, s);
    skills.push_back(s);
  }
  std::sort(skills.begin(), skills.end(), [](const Skilled& a, const Skilled& b) { return a.skill < b.skill; });
  // With one skill, the pace is all that tells agents apart, and it goes into their hours.
  if (skills.size() == 1) skills[0].proficiency = 1;
  for (Pool& pool : pools_)
    if (std::equal(
            pool.skills.begin(), pool.skills.end(), skills.begin(), skills.end(),
            [](const Skilled& a, const Skilled& b) { return a.skill == b.skill && a.proficiency == b.proficiency; }))
      return pool;
  const std::size_t steps = demand_.edges.size() - 1;
  pools_.push_back({std::move(skills), std::vector<std::vector<Term>>(steps), std::vector<double>(steps, 0)});
  return pools_.back();
}

void Cover::present(Pool& pool, const Team& team, const Duty& duty, int number) {
  double share = 1 - team.absent;
  if (team.skills.size() == 1) share *= pace_of(model_, team.skills[0]);
  for (std::size_t k = demand_.step_of(std::max<Ticks>(0, duty.span.from));
       k + 1 < demand_.edges.size() && demand_.edges[k] < duty.span.to; ++k) {
    const double hours = share * at_work(duty, demand_.edges[k], demand_.edges[k + 1]);
    if (hours <= 0) continue;
    if (number >= 0)
      pool.agents[k].push_back({number, hours});
    else
      pool.fixed[k] += hours * team.agents_on(duty);
  }
}

void Cover::pools() {
  std::set<TeamIndex> opened;
  for (const Seat& seat : open_.seats) opened.insert(seat.team);
  for (const TeamIndex t : model_.teams.indices()) {
    const Team& team = model_.teams[t];
    if (opened.contains(t) || team.skills.empty()) continue;
    Pool& pool = pool_of(team);
    for (const Duty& duty : team.duties) present(pool, team, duty, -1);
  }
  for (std::size_t k = 0; k < open_.numbers.size(); ++k) {
    const Seat& seat = open_.seats[static_cast<std::size_t>(open_.numbers[k].seat)];
    const Team& team = model_.teams[seat.team];
    if (team.skills.empty()) continue;
    Pool& pool = pool_of(team);
    for (const int d : open_.numbers[k].duties)
      present(pool, team, seat.duties[static_cast<std::size_t>(d)], static_cast<int>(k));
  }
}

/// What is done at each station in each step, what is given up as late, and what waits at the step's end.
void Cover::stations() {
  const std::size_t steps = demand_.edges.size() - 1;
  for (std::size_t i = 0; i < demand_.stations.size(); ++i) {
    const StationDemand& curve = demand_.stations[i];
    const Station& station = model_.stations[curve.station];
    done_.emplace_back(steps, -1);
    std::vector<Term> late;
    double came = 0, due = 0;
    int before = -1;  // column of what waits from the step before
    for (std::size_t k = 0; k < steps; ++k) {
      const double came_now = hours_of(curve.arrives[k]), may_be_late = hours_of(curve.judged[k]);
      came += came_now;
      due += hours_of(curve.due[k]);
      if (before < 0 && came_now <= nothing) continue;
      done_[i][k] =
          program_.add_column({0, open_hours(station, k) * station.servers * std::max(1, station.crew), 0, false});
      std::vector<Term> balance = {{done_[i][k], 1}};
      if (before >= 0) balance.push_back({before, -1});
      if (may_be_late > nothing && curve.may_be_late > 0) {
        late.push_back({program_.add_column({0, may_be_late, 0, false}), 1});
        balance.push_back(late.back());
      }
      if (request_.understaffed >= 0) {
        const double slot = in_hours(demand_.edges[k + 1] - demand_.edges[k]);
        lacking_.emplace_back(program_.add_column({0, unbounded, request_.understaffed / slot, false}),
                              Balance{-1, i, k});
        balance.push_back({lacking_.back().first, 1});
      }
      before = -1;
      if (const double may_wait = came - due; may_wait > nothing) {
        before = program_.add_column({0, may_wait, 0, false});
        waiting_.push_back(before);
        balance.push_back({before, 1});
      }
      balances_.push_back({program_.add_row(std::move(balance), came_now, came_now), i, k});
    }
    if (!late.empty()) program_.add_row(std::move(late), -unbounded, hours_of(curve.may_be_late));
  }
}

/// Where a station's work is told apart, its servers serve both.
void Cover::servers() {
  std::map<StationIndex, std::size_t> first;
  for (std::size_t j = 0; j < demand_.stations.size(); ++j) {
    const auto [known, is_new] = first.emplace(demand_.stations[j].station, j);
    if (is_new) continue;
    const Station& station = model_.stations[known->first];
    const auto& [one, other] = std::pair(done_[known->second], done_[j]);
    for (std::size_t k = 0; k < one.size(); ++k)
      if (one[k] >= 0 && other[k] >= 0)
        program_.add_row({{one[k], 1}, {other[k], 1}}, -unbounded,
                         open_hours(station, k) * station.servers * std::max(1, station.crew));
  }
}

double Cover::open_hours(const Station& station, std::size_t step) const {
  const Ticks from = demand_.edges[step], to = demand_.edges[step + 1];
  if (station.always_open) return in_hours(to - from);
  double hours = 0;
  for (const Span& o : station.open) hours += overlap_hours(o.from, o.to, from, to);
  return hours;
}

/// In each step, the work done with each skill is that of people who have it.
void Cover::hours() {
  for (std::size_t k = 0; k + 1 < demand_.edges.size(); ++k) {
    std::map<SkillIndex, std::vector<Term>> done;
    for (std::size_t i = 0; i < demand_.stations.size(); ++i)
      if (done_[i][k] >= 0) done[model_.stations[demand_.stations[i].station].skill].push_back({done_[i][k], 1});
    std::map<SkillIndex, double> fixed;
    for (const Pool& pool : pools_) {
      if (pool.agents[k].empty() && pool.fixed[k] <= 0) continue;
      if (pool.skills.size() == 1) {
        const SkillIndex skill = pool.skills[0].skill;
        if (!done.contains(skill)) continue;
        fixed[skill] += pool.fixed[k];
        for (const Term& term : pool.agents[k]) done[skill].push_back({term.column, -term.factor});
        continue;
      }
      std::vector<Term> shared;
      for (const Skilled& s : pool.skills) {
        if (!done.contains(s.skill)) continue;
        const int column = program_.add_column({});
        done[s.skill].push_back({column, -s.proficiency});
        shared.push_back({column, 1});
      }
      if (shared.empty()) continue;
      for (const Term& term : pool.agents[k]) shared.push_back({term.column, -term.factor});
      program_.add_row(std::move(shared), -unbounded, pool.fixed[k]);
    }
    for (auto& [skill, terms] : done) program_.add_row(std::move(terms), -unbounded, fixed[skill]);
  }
}

/// Agents a day of a team over its shifts; who is used first.
void Cover::days() {
  const auto& teams = request_.teams;
  std::map<int, std::map<int, std::vector<int>>> worked;  // day, planned team: numbers
  for (std::size_t k = 0; k < open_.numbers.size(); ++k) {
    const Seat& seat = open_.seats[static_cast<std::size_t>(open_.numbers[k].seat)];
    for (const int d : open_.numbers[k].duties) {
      auto& list = worked[seat.duties[static_cast<std::size_t>(d)].day][seat.planned];
      if (list.empty() || list.back() != static_cast<int>(k)) list.push_back(static_cast<int>(k));
    }
  }
  std::set<std::vector<int>> counted;
  std::map<std::vector<int>, int> all_here;  // numbers of a team used first: whether all of it come
  std::set<std::pair<int, int>> held_back;
  for (const auto& [date, by_team] : worked) {
    for (const auto& [planned, numbers] : by_team) {
      if (!counted.insert(numbers).second) continue;
      const PlannedTeam& team = teams[static_cast<std::size_t>(planned)];
      std::vector<Term> sum;
      for (const int k : numbers) sum.push_back({k, 1});
      program_.add_row(std::move(sum), team.least, team.most);
    }
    for (const auto& [planned, numbers] : by_team) {
      const PlannedTeam& first = teams[static_cast<std::size_t>(planned)];
      if (!first.used_first) continue;
      if (!all_here.contains(numbers)) {
        const int all = program_.add_column({0, 1, 0, true});
        std::vector<Term> sum = {{all, -static_cast<double>(first.most)}};
        for (const int k : numbers) sum.push_back({k, 1});
        program_.add_row(std::move(sum), 0, unbounded);
        all_here[numbers] = all;
      }
      const int all = all_here[numbers];
      for (const auto& [other, others] : by_team) {
        if (teams[static_cast<std::size_t>(other)].used_first) continue;
        for (const int k : others)
          if (held_back.insert({all, k}).second) {
            used_first_.push_back({numbers, first.most, k});
            program_.add_row({{k, 1}, {all, -static_cast<double>(teams[static_cast<std::size_t>(other)].most)}},
                             -unbounded, 0);
          }
      }
    }
  }
}

/// A new shift that anybody works is made, counted and paid for.
void Cover::new_shifts() {
  const PlanRequest& plan = request_;
  std::vector<Term> made;
  for (std::size_t s = 0; s < plan.shifts.size(); ++s) {
    if (!plan.shifts[s].is_new) continue;
    int column = -1;
    for (std::size_t k = 0; k < open_.numbers.size(); ++k) {
      if (open_.seats[static_cast<std::size_t>(open_.numbers[k].seat)].shift != static_cast<int>(s)) continue;
      if (column < 0) column = program_.add_column({0, 1, plan.price_of_new, true});
      program_.add_row({{static_cast<int>(k), 1}, {column, -static_cast<double>(open_.numbers[k].most)}}, -unbounded,
                       0);
    }
    if (column >= 0) made.push_back({column, 1});
  }
  if (plan.most_new >= 0 && !made.empty()) program_.add_row(std::move(made), 0, plan.most_new);
}

bool Cover::permits(const std::vector<int>& numbers) const {
  const auto number = [&](int k) { return numbers[static_cast<std::size_t>(k)]; };
  for (int r = 0; r < program_.rows(); ++r) {
    const MixedProgram::Row& row = program_.row(r);
    double sum = 0;
    const bool of_numbers = std::all_of(row.terms.begin(), row.terms.end(),
                                        [&](const Term& t) { return std::cmp_less(t.column, numbers.size()); });
    if (!of_numbers) continue;
    for (const Term& t : row.terms) sum += t.factor * number(t.column);
    if (sum < row.lower - 1e-9 || sum > row.upper + 1e-9) return false;
  }
  for (const UsedFirst& rule : used_first_) {
    int come = 0;
    for (const int k : rule.first) come += number(k);
    if (number(rule.before) > 0 && come < rule.most) return false;
  }
  return request_.most_new < 0 ||
         std::cmp_less_equal(new_shifts_used(request_, open_, numbers).size(), request_.most_new);
}

std::vector<int> Cover::numbers_of(const MixedSolution& solution) const {
  std::vector<int> numbers;
  for (std::size_t k = 0; k < open_.numbers.size(); ++k)
    numbers.push_back(static_cast<int>(std::lround(solution.values[k])));
  return numbers;
}

std::vector<double> Cover::waiting_costs() const {
  std::vector<double> costs(static_cast<std::size_t>(program_.columns()), 0);
  for (const int column : waiting_) costs[static_cast<std::size_t>(column)] = 1;
  return costs;
}

std::vector<std::pair<std::vector<Term>, double>> Cover::hours_by_skill() const {
  std::map<SkillIndex, double> needed;
  for (const StationDemand& curve : demand_.stations) {
    double due = -curve.may_be_late;
    for (const double d : curve.due) due += d;
    if (due > 0) needed[model_.stations[curve.station].skill] += hours_of(due);
  }
  std::vector<std::pair<std::vector<Term>, double>> rows;
  for (auto& [skill, hours] : needed) {
    std::map<int, double> by_number;
    for (const Pool& pool : pools_)
      for (const Skilled& s : pool.skills) {
        if (s.skill != skill) continue;
        for (std::size_t k = 0; k < pool.fixed.size(); ++k) {
          hours -= s.proficiency * pool.fixed[k];
          for (const Term& term : pool.agents[k]) by_number[term.column] += s.proficiency * term.factor;
        }
      }
    std::vector<Term> terms;
    for (const auto& [number, factor] : by_number) terms.push_back({number, factor});
    if (!terms.empty()) rows.emplace_back(std::move(terms), hours);
  }
  return rows;
}

double Cover::hours_between(std::size_t number, Ticks from, Ticks to) const {
  const OpenNumber& open = open_.numbers[number];
  const Seat& seat = open_.seats[static_cast<std::size_t>(open.seat)];
  double hours = 0;
  for (const int d : open.duties) hours += at_work(seat.duties[static_cast<std::size_t>(d)], from, to);
  return hours;
}

std::vector<Cover::LastStep> Cover::last_steps_before(Ticks instant) const {
  std::vector<LastStep> found(demand_.stations.size());
  const std::size_t first = demand_.step_of(std::max<Ticks>(0, instant - day)), last = demand_.step_of(instant - 1);
  for (const Balance& b : balances_)  // of a station in order of time
    if (const StationDemand& curve = demand_.stations[b.station];
        b.step >= first && b.step <= last && curve.due[b.step] > 0)
      found[b.station] = {b.row, hours_of(curve.work_per_item)};
  std::erase_if(found, [](const LastStep& s) { return s.row < 0; });
  return found;
}

std::vector<Lack> Cover::lacks(const MixedSolution& solution) const {
  std::map<std::pair<StationIndex, std::size_t>, double> hours;  // by station and step
  for (const auto& [column, at] : lacking_)
    hours[{demand_.stations[at.station].station, at.step}] += solution.values[static_cast<std::size_t>(column)];
  std::vector<Lack> found;
  for (const auto& [at, lacking] : hours) {
    const Ticks from = demand_.edges[at.second], to = demand_.edges[at.second + 1];
    const double agents = lacking / in_hours(to - from);
    if (agents > 1e-6) found.push_back({at.first, from, to, agents});
  }
  return found;
}

std::optional<Uncovered> Cover::uncovered() const {
  // The same program, where work may be lent at a price, a little less the later, and people divided: what lacks shows
  // at the latest time by which it is due.
  MixedProgram priced;
  for (int c = 0; c < program_.columns(); ++c) {
    MixedProgram::Column column = program_.column(c);
    column.whole = false;
    column.cost = 0;
    priced.add_column(column);
  }
  std::vector<int> lent(static_cast<std::size_t>(program_.rows()), -1);
  for (const Balance& b : balances_)
    lent[static_cast<std::size_t>(b.row)] = priced.add_column(
        {.cost = 1 + 1e-3 * (1 - static_cast<double>(b.step + 1) / static_cast<double>(demand_.edges.size()))});
  for (int r = 0; r < program_.rows(); ++r) {
    MixedProgram::Row row = program_.row(r);
    if (const int column = lent[static_cast<std::size_t>(r)]; column >= 0) row.terms.push_back({column, 1});
    priced.add_row(row.terms, row.lower, row.upper);
  }
  const MixedSolution found = priced.solve({});
  if (!found.has_plan() || found.cost <= 1e-6) return std::nullopt;
  Uncovered most;
  for (const Balance& b : balances_) {
    const double hours = found.values[static_cast<std::size_t>(lent[static_cast<std::size_t>(b.row)])];
    if (hours > most.agent_hours) most = {demand_.stations[b.station].station, demand_.edges[b.step + 1], hours};
  }
  return most;
}

}  // namespace mailflow
