// Rules that compare people, and what is wanted of all together. Part of roster_program.hpp.
#include <algorithm>
#include <array>

#include "core/at.hpp"
#include "roster/roster_lines.hpp"
#include "roster/roster_program.hpp"

namespace mailflow {

/// Rules that compare people.
void RosterProgram::compare() {
  if (const RuleTerm& even = of(task_.rules, Rule::attendance_spread); even.holds) {
    Sum mean;
    std::vector<Sum> days(groups_.size());
    for (int g = 0; g < static_cast<int>(groups_.size()); ++g) {
      for (int d = 0; d < task_.days; ++d) days[at(g)].add(works(g, d), 1);
      mean.add(days[at(g)], 1.0 / static_cast<double>(task_.agents.size()));
    }
    for (int g = 0; g < static_cast<int>(groups_.size()); ++g) {
      Sum off = days[at(g)];
      off.add(mean, -size(g));
      row({.rule = Rule::attendance_spread, .group = g, .day = 0, .last = task_.days - 1}, off, -even.limit * size(g),
          even.limit * size(g), even);
    }
  }
  for (const Rule rule : {Rule::hours_spread, Rule::nights_spread, Rule::weekends_spread}) {
    if (!of(task_.rules, rule).holds) continue;
    for (const auto& [team, people] : compared(task_, rule)) {
      std::vector<int> groups;
      for (int g = 0; g < static_cast<int>(groups_.size()); ++g)
        if (std::find(people.begin(), people.end(), groups_[at(g)].front()) != people.end()) groups.push_back(g);
      if (!groups.empty()) spread(rule, groups);
    }
  }
}

/// The most less the least of a team, by two columns that lie above and below all.
void RosterProgram::spread(Rule rule, const std::vector<int>& groups) {
  const RuleTerm& term = of(task_.rules, rule);
  const int most = program_.add_column({.lower = -unbounded, .upper = unbounded});
  const int least = program_.add_column({.lower = -unbounded, .upper = unbounded});
  for (const int g : groups) {
    Sum sum;
    if (rule == Rule::hours_spread) sum.constant = -std::max(0.0, due_hours(task_, who(g))) * size(g);
    for (int d = 0; d < task_.days; ++d) {
      if (rule == Rule::nights_spread) sum.add(nights(g, d), 1);
      for (int s = 0; rule == Rule::hours_spread && s < static_cast<int>(task_.shifts.size()); ++s)
        if (task_.held(s, d)) sum.add(works(g, d, s), task_.hours(s, d));
    }
    for (int d = -task_.weekday_of(0) + 5; rule == Rule::weekends_spread && d <= task_.days; d += 7) {
      // worked or not, exactly: at least each day's, at most both days'
      const int column = program_.add_column({.lower = 0, .upper = size(g), .whole = true});
      Sum both;
      for (const int of_weekend : {d, d + 1}) {
        if (of_weekend < 0 || of_weekend >= task_.days) continue;
        Sum worked = works(g, of_weekend);
        both.add(worked, 1);
        worked.terms.push_back({column, -1});
        always({.rule = rule, .group = g, .day = of_weekend}, worked, -unbounded, 0);
      }
      Sum before = from_before(g, std::max(d, 0));
      both.add(before, 1);
      before.terms.push_back({column, -1});
      if (before.terms.size() > 1 || before.constant > 0)
        always({.rule = rule, .group = g, .day = std::max(d, 0)}, before, -unbounded, 0);
      both.terms.push_back({column, -1});
      always({.rule = rule, .group = g, .day = d}, both, 0, unbounded);
      sum.terms.push_back({column, 1});
    }
    Sum above = sum;
    above.terms.push_back({most, -size(g)});
    always({.rule = rule, .group = g}, above, -unbounded, 0);
    sum.terms.push_back({least, -size(g)});
    always({.rule = rule, .group = g}, sum, 0, unbounded);
  }
  Sum apart;
  apart.terms = {{most, 1}, {least, -1}};
  row({.rule = rule, .day = 0, .last = task_.days - 1}, apart, -unbounded, term.limit, term);
}

/// As many as are wanted; those beyond count for nothing.
void RosterProgram::cover() {
  const RuleTerm& cover = of(task_.rules, Rule::cover);
  const RuleTerm& surplus = of(task_.rules, Rule::surplus);
  std::map<std::array<int, 3>, Sum> fill;
  std::map<std::pair<int, int>, Sum> there;
  for (const Cell& c : cells_) {
    if (c.post >= 0) fill[{c.day, c.shift, c.post}].terms.push_back({c.column, 1});
    there[{c.day, c.shift}].terms.push_back({c.column, 1});
  }
  std::map<std::pair<int, int>, int> wanted;
  for (const Want& want : task_.wants) {
    wanted[{want.day, want.shift}] += want.agents;
    const RowTag tag{.rule = Rule::cover, .day = want.day, .last = want.day, .shift = want.shift, .post = want.post};
    const Sum& sum = fill[{want.day, want.shift, want.post}];
    always({.rule = Rule::cover, .day = want.day}, sum, -unbounded, want.agents);
    if (cover.holds) row(tag, sum, want.agents, unbounded, {true, static_cast<double>(want.agents), cover.cost, ""});
  }
  if (!surplus.holds || task_.workload) return;
  for (const auto& [when, sum] : there)
    row({.rule = Rule::surplus, .day = when.first, .last = when.first, .shift = when.second}, sum, -unbounded,
        wanted[when] + surplus.limit, surplus);
}

/// Mail waiting at the end of each hour: what waited, what came, less what the people there can do; none when it is
/// due.
void RosterProgram::workload() {
  if (!task_.workload) return;
  const Workload& work = *task_.workload;
  const int hours = static_cast<int>(work.items.size());
  std::vector<Sum> capacity(at(hours));
  for (const Cell& c : cells_) {
    const double rate = who(c.group).skills[work.skill] * work.items_per_hour;
    for_each_hour(task_, c.shift, c.day, hours,
                  [&](int h, double part) { capacity[at(h)].terms.push_back({c.column, rate * part}); });
  }
  temporaries_.assign(at(task_.days), std::vector<int>(task_.shifts.size(), -1));
  const double rate = work.temporary_proficiency * work.items_per_hour;
  for (int d = 0; rate > 0 && d < task_.days; ++d)
    for (int s = 0; s < static_cast<int>(task_.shifts.size()); ++s) {
      if (!task_.held(s, d) || !work.temporary_shift[at(s)]) continue;
      const int column =
          program_.add_column({.lower = 0, .upper = unbounded, .cost = task_.temporary_cost(s, d), .whole = true});
      temporaries_[at(d)][at(s)] = column;
      for_each_hour(task_, s, d, hours,
                    [&](int h, double part) { capacity[at(h)].terms.push_back({column, rate * part}); });
    }
  for (int h = 0; h < hours; ++h) {
    const bool due = (h + 1) % 24 == work.by_hour % 24;
    waiting_.push_back(program_.add_column({.lower = 0, .upper = due ? 0 : unbounded}));
    Sum sum = capacity[at(h)];
    sum.terms.push_back({waiting_.back(), 1});
    if (h > 0) sum.terms.push_back({waiting_[at(h - 1)], -1});
    row({.rule = Rule::cover, .day = h / 24, .last = h / 24}, sum, work.items[at(h)], unbounded, {true, 0, -1, ""});
  }
}

}  // namespace mailflow
