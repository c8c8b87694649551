#include "roster/roster_program.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/at.hpp"
#include "roster/roster_lines.hpp"

namespace mailflow {

namespace {

bool same(const RuleTerms& a, const RuleTerms& b) {
  for (std::size_t r = 0; r < a.size(); ++r)
    if (a[r].holds != b[r].holds || a[r].limit != b[r].limit || a[r].cost != b[r].cost) return false;
  return true;
}

bool alike(const RosterAgent& a, const RosterAgent& b) {
  const auto wishes_alike = [](const Wish& x, const Wish& y) { return x.day == y.day && x.shift == y.shift; };
  return a.team == b.team && a.skills == b.skills && a.contract_hours == b.contract_hours &&
         a.cost_per_hour == b.cost_per_hour && a.may_work == b.may_work && a.absent == b.absent && a.off == b.off &&
         a.given == b.given && a.past == b.past && same(a.rules, b.rules) &&
         std::equal(a.wishes.begin(), a.wishes.end(), b.wishes.begin(), b.wishes.end(), wishes_alike);
}

}  // namespace

std::vector<RosterGroup> groups_alike(const RosterTask& task) {
  std::vector<RosterGroup> groups;
  for (std::size_t a = 0; a < task.agents.size(); ++a) {
    const auto found = std::find_if(groups.begin(), groups.end(), [&](const RosterGroup& g) {
      return alike(task.agents[at(g.front())], task.agents[a]);
    });
    if (found == groups.end())
      groups.push_back({static_cast<int>(a)});
    else
      found->push_back(static_cast<int>(a));
  }
  return groups;
}

std::vector<RosterGroup> everyone_alone(const RosterTask& task) {
  std::vector<RosterGroup> groups;
  for (std::size_t a = 0; a < task.agents.size(); ++a) groups.push_back({static_cast<int>(a)});
  return groups;
}

RosterProgram::RosterProgram(const RosterTask& task, std::vector<RosterGroup> groups, bool explicit_own)
    : task_(task), groups_(std::move(groups)), explicit_own_(explicit_own) {
  columns();
  for (int g = 0; g < static_cast<int>(groups_.size()); ++g) {
    own(g);
    gaps(g);
    rows_of_days(g);
    weeks(g);
    totals(g);
    weekends(g);
    wishes(g);
  }
  compare();
  cover();
  workload();
}

void RosterProgram::columns() {
  std::map<std::pair<int, int>, std::vector<int>> wanted;
  for (const Want& want : task_.wants) wanted[{want.day, want.shift}].push_back(want.post);
  of_day_.assign(groups_.size(), std::vector<std::vector<int>>(at(task_.days)));
  const RuleTerm& surplus = of(task_.rules, Rule::surplus);
  const bool beyond = task_.workload || !surplus.hard() || surplus.limit > 0;
  for (int g = 0; g < static_cast<int>(groups_.size()); ++g)
    for (int d = 0; d < task_.days; ++d)
      for (int s = 0; s < static_cast<int>(task_.shifts.size()); ++s) {
        const RosterAgent& agent = who(g);
        const bool given = agent.given[at(d)] == s;
        if (!task_.held(s, d)) continue;
        const auto free = [&](int on) { return !agent.absent[at(on)] && !(agent.off[at(on)] && !given); };
        const bool into_leave = task_.runs_into_next(s, d) && !free(d + 1);
        const bool own = free(d) && !into_leave && (agent.may_work[at(s)] || given);
        if (!own && !explicit_own_) continue;
        const RuleTerm& longest = of(agent.rules, Rule::hours_a_day);
        if (!explicit_own_ && longest.hard() && task_.hours(s, d) > longest.limit) continue;
        const auto add = [&](int post) {
          // where work costs nothing, still nobody works without need
          const double cost = post < 0 ? std::max(1e-3, task_.cost(agent, s, d)) : task_.cost(agent, s, d);
          const int column = program_.add_column({.lower = 0, .upper = size(g), .cost = cost, .whole = true});
          of_day_[at(g)][at(d)].push_back(static_cast<int>(cells_.size()));
          cells_.push_back({g, d, s, post, column});
        };
        if (const auto found = wanted.find({d, s}); found != wanted.end())
          for (const int post : found->second)
            if (has_skills(agent, task_.posts[at(post)])) add(post);
        if (beyond || given) add(-1);
      }
}

RosterProgram::Sum RosterProgram::works(int g, int on) const {
  Sum sum;
  if (on < 0)
    sum.constant = who(g).past[at(on + task_.past)] >= 0 ? size(g) : 0;
  else if (on < task_.days)
    for (const int c : cells_of(g, on)) sum.terms.push_back({cells_[at(c)].column, 1});
  return sum;
}

RosterProgram::Sum RosterProgram::works(int g, int on, int shift) const {
  Sum sum;
  if (on < 0)
    sum.constant = who(g).past[at(on + task_.past)] == shift ? size(g) : 0;
  else if (on < task_.days)
    for (const int c : cells_of(g, on))
      if (cells_[at(c)].shift == shift) sum.terms.push_back({cells_[at(c)].column, 1});
  return sum;
}

RosterProgram::Sum RosterProgram::nights(int g, int on) const {
  Sum sum;
  for (int s = 0; s < static_cast<int>(task_.shifts.size()); ++s)
    if (task_.night(s)) sum.add(works(g, on, s), 1);
  return sum;
}

RosterProgram::Sum RosterProgram::from_before(int g, int on) const {
  Sum sum;
  for (int s = 0; s < static_cast<int>(task_.shifts.size()) && on > -task_.past; ++s)
    if (task_.runs_into_next(s, on - 1)) sum.add(works(g, on - 1, s), 1);
  return sum;
}

RosterProgram::Sum RosterProgram::there(int g, int on, Rule rule) {
  Sum today = works(g, on);
  const Sum before = from_before(g, on);
  if (before.terms.empty() && before.constant <= 0) return today;
  Sum sum;
  sum.terms.push_back({program_.add_column({.lower = 0, .upper = size(g), .whole = true}), 1});
  for (Sum worked : {today, before}) {
    worked.add(sum, -1);
    always({.rule = rule, .group = g, .day = on}, worked, -unbounded, 0);
  }
  return sum;
}

void RosterProgram::always(const RowTag& tag, const Sum& sum, double lower, double upper) {
  program_.add_row(sum.terms, lower - sum.constant, upper - sum.constant);
  tags_.push_back(tag);
  tags_.back().always = true;
}

void RosterProgram::row(const RowTag& tag, const Sum& sum, double lower, double upper, const RuleTerm& term,
                        double scale) {
  if (sum.terms.empty() && term.cost >= 0) {
    // broken or not whatever is done: the cost is certain
    const double broken = std::max({0.0, lower - sum.constant, sum.constant - upper});
    if (broken > 0) program_.add_column({.lower = broken, .upper = broken, .cost = term.cost * scale});
    return;
  }
  Sum all = sum;
  if (term.cost >= 0 && lower > -unbounded)
    all.terms.push_back({program_.add_column({.lower = 0, .upper = unbounded, .cost = term.cost * scale}), 1});
  if (term.cost >= 0 && upper < unbounded)
    all.terms.push_back({program_.add_column({.lower = 0, .upper = unbounded, .cost = term.cost * scale}), -1});
  program_.add_row(all.terms, lower - all.constant, upper - all.constant);
  tags_.push_back(tag);
  tags_.back().limit = term.limit;
}

/// Leave and days off, on which no shift begins and into which none runs.
void RosterProgram::own_days(int g) {
  for (int d = 0; d <= task_.days; ++d)
    for (const Rule rule : {Rule::absence, Rule::days_off}) {
      if (!(rule == Rule::absence ? who(g).absent : who(g).off)[at(d)]) continue;
      // what is given stays on a day off, and nights of before the roster cannot be helped
      const auto free = [&](int on) { return rule == Rule::absence || who(g).given[at(on)] < 0; };
      Sum sum = free(d) ? works(g, d) : Sum{};
      if (d > 0 && free(d - 1)) sum.add(from_before(g, d), 1);
      row({.rule = rule, .group = g, .day = d, .last = d}, sum, -unbounded, 0, {true, 0, -1, ""});
    }
}

/// One shift a day, and what a person's own entry says.
void RosterProgram::own(int g) {
  if (explicit_own_) own_days(g);
  for (int d = 0; d < task_.days; ++d) {
    always({.rule = Rule::one_shift_a_day, .group = g, .day = d}, works(g, d), -unbounded, size(g));
    const int given = who(g).given[at(d)];
    if (given >= 0)
      row({.rule = Rule::given, .group = g, .day = d, .last = d, .shift = given}, works(g, d, given), size(g),
          unbounded, {true, 0, -1, ""});
    if (!explicit_own_) continue;
    const RuleTerm hard{true, 0, -1, ""};
    for (int s = 0; s < static_cast<int>(task_.shifts.size()); ++s) {
      const Sum sum = works(g, d, s);
      if (sum.terms.empty()) continue;
      if (!who(g).may_work[at(s)] && given != s)
        row({.rule = Rule::shifts, .group = g, .day = d, .last = d, .shift = s}, sum, -unbounded, 0, hard);
      const RuleTerm& longest = of(who(g).rules, Rule::hours_a_day);
      if (longest.hard() && task_.hours(s, d) > longest.limit)
        row({.rule = Rule::hours_a_day, .group = g, .day = d, .last = d, .shift = s}, sum, -unbounded, 0, longest);
    }
  }
  const RuleTerm& longest = of(who(g).rules, Rule::hours_a_day);
  if (!longest.holds || longest.hard()) return;
  for (int d = 0; d < task_.days; ++d)
    for (int s = 0; s < static_cast<int>(task_.shifts.size()); ++s)
      if (task_.held(s, d) && task_.hours(s, d) > longest.limit)
        row({.rule = Rule::hours_a_day, .group = g, .day = d, .last = d, .shift = s}, works(g, d, s), -unbounded, 0,
            longest, task_.hours(s, d) - longest.limit);
}

/// Hours that the gap between two shifts lacks by a rule; 0 where the rule says nothing of them.
double RosterProgram::missing(const RosterAgent& agent, Rule rule, int d, int s, int e, int next) const {
  if (!task_.held(next, e) || (d >= 0 && !task_.held(s, d))) return 0;
  if (rule == Rule::day_off_lasts && e - d < 2) return 0;
  if (rule == Rule::rest_after_nights && (!task_.night(s) || task_.night(next))) return 0;
  if (rule == Rule::same_shift) return e - d == 1 && s != next ? 1 : 0;
  const double hours = static_cast<double>(task_.span(next, e).from - task_.span(s, d).to) / static_cast<double>(hour);
  return std::max(0.0, of(agent.rules, rule).limit - hours);
}

/// Rules about the time from a shift to the next one that is worked.
void RosterProgram::gaps(int g) {
  const int shifts = static_cast<int>(task_.shifts.size());
  for (const Rule rule : {Rule::rest_between_shifts, Rule::day_off_lasts, Rule::rest_after_nights, Rule::same_shift}) {
    const RuleTerm& term = of(who(g).rules, rule);
    if (!term.holds) continue;
    const int furthest = rule == Rule::same_shift ? 1 : 2 + static_cast<int>(term.limit / 24);
    for (int e = 0; e < task_.days; ++e)
      for (int d = std::max(-task_.past, e - furthest); d < e; ++d)
        for (int s = 0; s < shifts; ++s) {
          if (d < 0 && who(g).past[at(d + task_.past)] != s) continue;
          std::vector<int> next;
          for (int t = 0; t < shifts; ++t)
            if (missing(who(g), rule, d, s, e, t) > 1e-9) next.push_back(t);
          if (!next.empty()) gap(g, rule, d, s, e, next);
        }
  }
}

void RosterProgram::gap(int g, Rule rule, int d, int s, int e, const std::vector<int>& next) {
  const RuleTerm& term = of(who(g).rules, rule);
  Sum between;
  for (int m = d + 1; m < e; ++m) between.add(works(g, m), -1);
  const RowTag tag{.rule = rule, .group = g, .day = d, .last = e, .shift = s};
  if (!term.hard()) {
    for (const int t : next) {
      Sum sum = works(g, d, s);
      sum.add(works(g, e, t), 1);
      sum.add(between, 1);
      row(tag, sum, -unbounded, size(g), term, missing(who(g), rule, d, s, e, t));
    }
    return;
  }
  // every shift that conflicts with all of `next` may join: at most one of all these can be worked
  Sum sum;
  for (int other = 0; other < static_cast<int>(task_.shifts.size()); ++other) {
    const bool joins = other == s || std::all_of(next.begin(), next.end(),
                                                 [&](int t) { return missing(who(g), rule, d, other, e, t) > 1e-9; });
    if (joins) sum.add(works(g, d, other), 1);
  }
  for (const int t : next) sum.add(works(g, e, t), 1);
  sum.add(between, 1);
  row(tag, sum, -unbounded, size(g), term);
}

void RosterProgram::rows_of_days(int g) {
  const auto most = [&](Rule rule, const auto& counted) {
    const RuleTerm& term = of(who(g).rules, rule);
    if (!term.holds) return;
    const int length = static_cast<int>(term.limit);
    for (int end = 0; end < task_.days; ++end) {
      if (end - length < -task_.past) continue;
      Sum sum;
      for (int d = end - length; d <= end; ++d) sum.add(counted(d), 1);
      row({.rule = rule, .group = g, .day = end - length, .last = end}, sum, -unbounded, length * size(g), term);
    }
  };
  most(Rule::days_in_a_row, [&](int d) { return works(g, d); });
  most(Rule::nights_in_a_row, [&](int d) { return nights(g, d); });
  const RuleTerm& least = of(who(g).rules, Rule::least_days_in_a_row);
  if (!least.holds) return;
  // k days worked between two days off, k below the limit
  for (int k = 1; k < static_cast<int>(least.limit); ++k)
    for (int d = -task_.past + 1; d + k < task_.days; ++d) {
      if (d + k < 0) continue;
      Sum sum;
      for (int m = d; m < d + k; ++m) sum.add(works(g, m), 1);
      sum.add(works(g, d - 1), -1);
      sum.add(works(g, d + k), -1);
      row({.rule = Rule::least_days_in_a_row, .group = g, .day = d, .last = d + k - 1}, sum, -unbounded,
          (k - 1) * size(g), least, least.limit - k);
    }
}

void RosterProgram::weeks(int g) {
  const RuleTerm& hours = of(who(g).rules, Rule::hours_a_week);
  const RuleTerm& off = of(who(g).rules, Rule::days_off_a_week);
  for (int monday = -task_.past - task_.weekday_of(-task_.past); monday < task_.days; monday += 7) {
    const int first = std::max(monday, -task_.past);
    const int last = std::min(monday + 7, task_.days) - 1;
    if (last < 0) continue;
    Sum worked;
    Sum days;
    for (int d = first; d <= last; ++d) {
      days.add(works(g, d), 1);
      for (int s = 0; s < static_cast<int>(task_.shifts.size()); ++s)
        if (task_.held(s, d)) worked.add(works(g, d, s), task_.hours(s, d));
    }
    const auto into_next = [&](int d, double sign) {
      for (int s = 0; d >= -task_.past && d < task_.days && s < static_cast<int>(task_.shifts.size()); ++s)
        if (const double beyond = task_.hours_into_next(s, d); beyond > 0) worked.add(works(g, d, s), sign * beyond);
    };
    if (hours.holds) {
      into_next(monday - 1, 1);
      into_next(monday + 6, -1);
    }
    if (hours.holds)
      row({.rule = Rule::hours_a_week, .group = g, .day = first, .last = last}, worked, -unbounded,
          hours.limit * size(g), hours);
    if (off.holds && last - first == 6)
      row({.rule = Rule::days_off_a_week, .group = g, .day = first, .last = last}, days, -unbounded,
          (7 - off.limit) * size(g), off);
  }
}

/// Rules about sums over the whole roster.
void RosterProgram::totals(int g) {
  const int last = task_.days - 1;
  Sum hours;
  Sum dark;
  Sum days;
  Sum sundays;
  Sum holidays;
  int all_sundays = 0;
  for (int d = 0; d <= task_.days; ++d) {
    if (task_.holiday[at(d + task_.past)] && of(who(g).rules, Rule::holidays_worked).holds)
      holidays.add(there(g, d, Rule::holidays_worked), 1);
    if (d == task_.days) break;
    days.add(works(g, d), 1);
    dark.add(nights(g, d), 1);
    if (task_.weekday_of(d) == 6) {
      if (of(who(g).rules, Rule::sundays_off).holds) sundays.add(there(g, d, Rule::sundays_off), 1);
      ++all_sundays;
    }
    for (int s = 0; s < static_cast<int>(task_.shifts.size()); ++s)
      if (task_.held(s, d)) hours.add(works(g, d, s), task_.hours(s, d));
  }
  const auto most = [&](Rule rule, const Sum& sum, double limit) {
    if (const RuleTerm& term = of(who(g).rules, rule); term.holds)
      row({.rule = rule, .group = g, .day = 0, .last = last}, sum, -unbounded, limit * size(g), term);
  };
  most(Rule::mean_hours_a_week, hours, of(who(g).rules, Rule::mean_hours_a_week).limit * task_.days / 7.0);
  most(Rule::nights, dark, of(who(g).rules, Rule::nights).limit);
  most(Rule::sundays_off, sundays, all_sundays - of(who(g).rules, Rule::sundays_off).limit);
  most(Rule::holidays_worked, holidays, of(who(g).rules, Rule::holidays_worked).limit);
  most(Rule::attendance, days, of(who(g).rules, Rule::attendance).limit);
  const double due = due_hours(task_, who(g));
  if (const RuleTerm& contract = of(who(g).rules, Rule::contract_hours); contract.holds && due >= 0)
    row({.rule = Rule::contract_hours, .group = g, .day = 0, .last = last}, hours, (due - contract.limit) * size(g),
        (due + contract.limit) * size(g), contract);
}

/// A weekend is worked when its Saturday or Sunday is, if only by the end of a night.
void RosterProgram::weekends(int g) {
  const RuleTerm& term = of(who(g).rules, Rule::weekends);
  if (!term.holds) return;
  Sum sum;
  for (int d = -task_.weekday_of(0) + 5; d <= task_.days; d += 7) {
    const int column = program_.add_column({.lower = 0, .upper = size(g), .whole = true});
    sum.terms.push_back({column, 1});
    for (const int of_weekend : {d, d + 1}) {
      if (of_weekend < 0 || of_weekend >= task_.days) continue;
      Sum worked = works(g, of_weekend);
      worked.terms.push_back({column, -1});
      always({.rule = Rule::weekends, .group = g, .day = of_weekend}, worked, -unbounded, 0);
    }
    Sum before = from_before(g, std::max(d, 0));
    before.terms.push_back({column, -1});
    if (before.terms.size() > 1 || before.constant > 0)
      always({.rule = Rule::weekends, .group = g, .day = std::max(d, 0)}, before, -unbounded, 0);
  }
  row({.rule = Rule::weekends, .group = g, .day = 0, .last = task_.days - 1}, sum, -unbounded, term.limit * size(g),
      term);
}

void RosterProgram::wishes(int g) {
  const RuleTerm& term = of(who(g).rules, Rule::wishes);
  if (!term.holds) return;
  for (const Wish& wish : who(g).wishes) {
    const RowTag tag{.rule = Rule::wishes, .group = g, .day = wish.day, .last = wish.day, .shift = wish.shift};
    if (wish.shift < 0)
      row(tag, there(g, wish.day, Rule::wishes), -unbounded, 0, term);
    else
      row(tag, works(g, wish.day, wish.shift), size(g), unbounded, term);
  }
}

int RosterProgram::temporaries(int on, int shift) const {
  return temporaries_.empty() ? -1 : temporaries_[at(on)][at(shift)];
}

Roster RosterProgram::roster_of(const std::vector<double>& values) const {
  Roster roster;
  roster.duty.assign(task_.agents.size(), std::vector<RosterDuty>(at(task_.days)));
  for (const Cell& c : cells_)
    if (values[at(c.column)] > 0.5)
      for (const int a : groups_[at(c.group)]) roster.duty[at(a)][at(c.day)] = {c.shift, c.post};
  if (!temporaries_.empty()) {
    roster.temporaries.assign(at(task_.days), std::vector<int>(task_.shifts.size(), 0));
    for (int d = 0; d < task_.days; ++d)
      for (std::size_t s = 0; s < task_.shifts.size(); ++s)
        if (const int column = temporaries_[at(d)][s]; column >= 0)
          roster.temporaries[at(d)][s] = static_cast<int>(std::llround(values[at(column)]));
  }
  return roster;
}

}  // namespace mailflow
