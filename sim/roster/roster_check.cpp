#include "roster/roster_check.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "core/at.hpp"
#include "roster/roster_lines.hpp"

namespace mailflow {

namespace {

constexpr double rounding = 1e-6;

/// One person's line against the rules about one person.
class LineCheck {
 public:
  LineCheck(const RosterTask& task, const Roster& roster, int agent, std::vector<Breach>& breaches)
      : task_(task), agent_(agent), who_(task.agents[at(agent)]), line_(task, roster, agent), breaches_(breaches) {}

  void all() {
    own();
    rests();
    rows(Rule::days_in_a_row, [&](int d) { return line_.works(d); });
    rows(Rule::nights_in_a_row, [&](int d) { return line_.works(d) && task_.night(line_.shift(d)); });
    short_rows();
    weeks();
    sums();
    wishes();
  }

 private:
  const RuleTerm& term(Rule rule) const { return who_.rules[static_cast<std::size_t>(rule)]; }

  void tell(Rule rule, int on, int last, double found, double beyond) {
    Breach b;
    b.rule = rule;
    b.agent = agent_;
    b.day = on;
    b.last = last;
    b.shift = line_.shift(on);
    b.found = found;
    b.beyond = beyond;
    if (static_cast<std::size_t>(rule) < rules_in_yaml) {
      b.limit = term(rule).limit;
      b.cost = term(rule).cost;
    }
    breaches_.push_back(b);
  }
  /// Whether it is broken.
  bool at_most(Rule rule, int on, int last, double found, double most) {
    const bool broken = term(rule).holds && found > most + rounding;
    if (broken) tell(rule, on, last, found, found - most);
    return broken;
  }
  /// Of a breach just told: the day of the shift by which it is broken.
  void made_on(int on) { breaches_.back().made_on = on; }
  bool at_least(Rule rule, int on, int last, double found, double least) {
    const bool broken = term(rule).holds && found < least - rounding;
    if (broken) tell(rule, on, last, found, least - found);
    return broken;
  }

  /// What the person's own entry says, day by day.
  void own() {
    for (int d = 0; d <= task_.days; ++d) {
      const int s = line_.shift(d);
      const int given = who_.given[at(d)];
      if (given >= 0 && s != given) tell(Rule::given, d, d, given, 1);
      if (s < 0 && d > 0 && line_.from_before(d)) night_before(d);
      if (s < 0) continue;
      if (!task_.held(s, d)) tell(Rule::shift_days, d, d, 0, 1);
      if (who_.absent[at(d)]) tell(Rule::absence, d, d, 0, 1);
      if (who_.off[at(d)] && given != s) tell(Rule::days_off, d, d, 0, 1);
      if (!who_.may_work[at(s)] && given != s) tell(Rule::shifts, d, d, 0, 1);
      at_most(Rule::hours_a_day, d, d, task_.hours(s, d), term(Rule::hours_a_day).limit);
      const int post = line_.duty(d).post;
      if (post >= 0 && !has_skills(who_, task_.posts[at(post)])) {
        tell(Rule::skills, d, d, 0, 1);
        breaches_.back().post = post;
      }
    }
  }

  /// A night that runs into leave or a day off; what was worked before the roster cannot be helped any more.
  void night_before(int d) {
    const int s = line_.shift(d - 1);
    if (who_.absent[at(d)] && !who_.absent[at(d - 1)]) tell_night(Rule::absence, d, s);
    if (who_.off[at(d)] && who_.given[at(d - 1)] != s) tell_night(Rule::days_off, d, s);
  }
  void tell_night(Rule rule, int d, int shift) {
    tell(rule, d, d, from_day_before, 1);
    breaches_.back().shift = shift;
    made_on(d - 1);
  }

  /// The time from each shift to the next.
  void rests() {
    int before = -task_.past - 1;
    for (int d = -task_.past; d < task_.days; ++d) {
      if (!line_.works(d)) continue;
      if (before >= -task_.past && d >= 0) rest(before, d);
      if (before >= -task_.past && d >= 0 && before == d - 1 && term(Rule::same_shift).holds &&
          line_.shift(before) != line_.shift(d))
        tell(Rule::same_shift, d, d, 0, 1);
      before = d;
    }
  }
  void rest(int before, int next) {
    const double gap =
        static_cast<double>(task_.span(line_.shift(next), next).from - task_.span(line_.shift(before), before).to) /
        static_cast<double>(hour);
    at_least(Rule::rest_between_shifts, next, next, gap, term(Rule::rest_between_shifts).limit);
    if (next - before > 1) at_least(Rule::day_off_lasts, next, next, gap, term(Rule::day_off_lasts).limit);
    if (task_.night(line_.shift(before)) && !task_.night(line_.shift(next)))
      at_least(Rule::rest_after_nights, next, next, gap, term(Rule::rest_after_nights).limit);
  }

  /// Runs of days that are longer than the limit.
  void rows(Rule rule, const std::function<bool(int)>& counts) {
    if (!term(rule).holds) return;
    const int most = static_cast<int>(term(rule).limit);
    int first = -task_.past;
    for (int d = -task_.past; d <= task_.days; ++d) {
      if (d < task_.days && counts(d)) continue;
      const int length = d - first;
      // a day too many that lies in the past cannot be helped any more
      const int beyond = d - std::max(first + most, 0);
      if (length > most && beyond > 0) {
        tell(rule, first, d - 1, length, beyond);
        made_on(std::max(first + most, 0));
      }
      first = d + 1;
    }
  }

  void short_rows() {
    const RuleTerm& least = term(Rule::least_days_in_a_row);
    if (!least.holds) return;
    for (int d = -task_.past + 1; d < task_.days; ++d) {
      if (!line_.works(d) || line_.works(d - 1)) continue;
      int end = d;
      while (end < task_.days && line_.works(end)) ++end;
      if (end < task_.days && end >= 0 && end - d < static_cast<int>(least.limit))
        tell(Rule::least_days_in_a_row, d, end - 1, end - d, least.limit - (end - d));
    }
  }

  void weeks() {
    for (int monday = -task_.past - task_.weekday_of(-task_.past); monday < task_.days; monday += 7) {
      const int first = std::max(monday, -task_.past);
      const int last = std::min(monday + 7, task_.days) - 1;
      if (last < 0) continue;
      week(monday, first, last);
    }
  }
  void week(int monday, int first, int last) {
    const RuleTerm& most = term(Rule::hours_a_week);
    const RuleTerm& off = term(Rule::days_off_a_week);
    double hours = into_next(monday - 1);
    int days = 0;
    int too_long = hours > most.limit + rounding ? monday - 1 : -1;
    int too_many = -1;
    for (int d = first; d <= last; ++d) {
      if (!line_.works(d)) continue;
      hours += task_.hours(line_.shift(d), d) - (d == monday + 6 ? into_next(d) : 0);
      ++days;
      if (too_long < 0 && hours > most.limit + rounding) too_long = d;
      if (too_many < 0 && days > 7 - off.limit + rounding) too_many = d;
    }
    if (at_most(Rule::hours_a_week, first, last, hours, most.limit)) made_on(too_long);
    if (last - first == 6 && at_least(Rule::days_off_a_week, first, last, 7 - days, off.limit)) made_on(too_many);
  }

  /// Hours of a day's shift that fall on the next day; 0 outside what is known.
  double into_next(int d) const {
    return d < -task_.past || d >= task_.days || !line_.works(d) ? 0 : task_.hours_into_next(line_.shift(d), d);
  }

  void sums() {
    const RosterTally t = line_.tally();
    const int last = task_.days - 1;
    int sundays = 0;
    for (int d = 0; d < task_.days; ++d) sundays += task_.weekday_of(d) == 6 ? 1 : 0;
    sum(Rule::nights, [](const RosterTally& x) { return x.nights; });
    const double least = term(Rule::sundays_off).limit;
    if (at_least(Rule::sundays_off, 0, last, sundays - t.sundays, least))
      made_on(line_.day_beyond(sundays - least, [](const RosterTally& x) { return x.sundays; }));
    sum(Rule::weekends, [](const RosterTally& x) { return x.weekends; });
    sum(Rule::holidays_worked, [](const RosterTally& x) { return x.holidays; });
    sum(Rule::attendance, [](const RosterTally& x) { return x.duties; });
    hours(t);
  }
  template <class Value>
  void sum(Rule rule, const Value& value) {
    const double most = term(rule).limit;
    if (at_most(rule, 0, task_.days - 1, value(line_.tally()), most)) made_on(line_.day_beyond(most, value));
  }
  void hours(const RosterTally& t) {
    const int last = task_.days - 1;
    const double weeks = task_.days / 7.0;
    const auto value = [](const RosterTally& x) { return x.hours; };
    const RuleTerm& mean = term(Rule::mean_hours_a_week);
    if (mean.holds && t.hours > mean.limit * weeks + rounding) {
      tell(Rule::mean_hours_a_week, 0, last, t.hours / weeks, t.hours - mean.limit * weeks);
      made_on(line_.day_beyond(mean.limit * weeks, value));
    }
    const RuleTerm& contract = term(Rule::contract_hours);
    const double off = std::abs(t.hours - t.due);
    if (t.due < 0 || !contract.holds || off <= contract.limit + rounding) return;
    tell(Rule::contract_hours, 0, last, t.hours, off - contract.limit);
    made_on(line_.day_beyond(t.due + contract.limit, value));
  }

  void wishes() {
    if (!term(Rule::wishes).holds) return;
    for (const Wish& wish : who_.wishes) {
      const int s = line_.shift(wish.day);
      if (wish.shift < 0 ? !line_.there(wish.day) : s == wish.shift) continue;
      tell(Rule::wishes, wish.day, wish.day, wish.shift, 1);
      if (wish.shift < 0 && s < 0) {
        breaches_.back().shift = line_.shift(wish.day - 1);
        made_on(wish.day - 1);
      }
    }
  }

  const RosterTask& task_;
  int agent_;
  const RosterAgent& who_;
  RosterLine line_;
  std::vector<Breach>& breaches_;
};

/// Days worked against everybody's mean.
void check_attendance(const RosterTask& task, const Roster& roster, const std::vector<RosterTally>& tally,
                      std::vector<Breach>& breaches) {
  const RuleTerm& even = task.rules[static_cast<std::size_t>(Rule::attendance_spread)];
  if (!even.holds) return;
  double mean = 0;
  for (const RosterTally& t : tally) mean += static_cast<double>(t.duties) / static_cast<double>(tally.size());
  const auto value = [](const RosterTally& t) { return t.duties; };
  for (std::size_t a = 0; a < tally.size(); ++a) {
    const double off = std::abs(tally[a].duties - mean);
    const RosterLine line(task, roster, static_cast<int>(a));
    if (off > even.limit + rounding)
      breaches.push_back({.rule = Rule::attendance_spread,
                          .agent = static_cast<int>(a),
                          .last = task.days - 1,
                          .found = static_cast<double>(tally[a].duties),
                          .limit = even.limit,
                          .beyond = off - even.limit,
                          .cost = even.cost,
                          .made_on = line.day_beyond(mean + even.limit, value)});
  }
}

/// What a rule of fairness compares.
double compared_value(Rule rule, const RosterTally& t) {
  return rule == Rule::hours_spread    ? t.hours - std::max(0.0, t.due)
         : rule == Rule::nights_spread ? t.nights
                                       : t.weekends;
}

/// Rules that compare people.
void compare_people(const RosterTask& task, const Roster& roster, const std::vector<RosterTally>& tally,
                    std::vector<Breach>& breaches) {
  check_attendance(task, roster, tally, breaches);
  for (const Rule rule : {Rule::hours_spread, Rule::nights_spread, Rule::weekends_spread}) {
    const RuleTerm& term = task.rules[static_cast<std::size_t>(rule)];
    if (!term.holds) continue;
    const auto value = [&](const RosterTally& t) { return compared_value(rule, t); };
    const auto less = [&](int a, int b) { return value(tally[at(a)]) < value(tally[at(b)]); };
    for (const auto& [team, people] : compared(task, rule)) {
      const auto [least, most] = std::minmax_element(people.begin(), people.end(), less);
      const double lowest = value(tally[at(*least)]);
      const double spread = value(tally[at(*most)]) - lowest;
      if (spread > term.limit + rounding)
        breaches.push_back({.rule = rule,
                            .agent = *most,
                            .other = *least,
                            .last = task.days - 1,
                            .found = spread,
                            .limit = term.limit,
                            .beyond = spread - term.limit,
                            .cost = term.cost,
                            .made_on = RosterLine(task, roster, *most).day_beyond(lowest + term.limit, value)});
    }
  }
}

/// People wanted and not there, and people there beyond those wanted.
void check_cover(const RosterTask& task, const Roster& given, std::vector<Breach>& breaches) {
  Roster roster = given;
  give_posts(task, roster);
  std::map<std::pair<int, int>, int> there;
  std::map<std::array<int, 3>, int> fills;
  for (const auto& line : roster.duty)
    for (int d = 0; d < task.days; ++d) {
      const RosterDuty& duty = line[at(d)];
      if (duty.shift < 0) continue;
      ++there[{d, duty.shift}];
      if (duty.post >= 0) ++fills[{d, duty.shift, duty.post}];
    }
  const RuleTerm& cover = task.rules[static_cast<std::size_t>(Rule::cover)];
  const RuleTerm& surplus = task.rules[static_cast<std::size_t>(Rule::surplus)];
  std::map<std::pair<int, int>, int> wanted;
  for (const Want& want : task.wants) {
    wanted[{want.day, want.shift}] += want.agents;
    const int found = fills[{want.day, want.shift, want.post}];
    if (cover.holds && found < want.agents)
      breaches.push_back({.rule = Rule::cover,
                          .day = want.day,
                          .last = want.day,
                          .shift = want.shift,
                          .post = want.post,
                          .found = static_cast<double>(found),
                          .limit = static_cast<double>(want.agents),
                          .beyond = static_cast<double>(want.agents - found),
                          .cost = cover.cost});
  }
  if (!surplus.holds || task.workload) return;
  for (const auto& [when, people] : there) {
    const double beyond = people - wanted[when] - surplus.limit;
    if (beyond > rounding)
      breaches.push_back({.rule = Rule::surplus,
                          .day = when.first,
                          .last = when.first,
                          .shift = when.second,
                          .found = static_cast<double>(people),
                          .limit = static_cast<double>(wanted[when]) + surplus.limit,
                          .beyond = beyond,
                          .cost = surplus.cost});
  }
}

/// Mail that is not cleared when it should be.
void check_workload(const RosterTask& task, const Roster& roster, std::vector<Breach>& breaches) {
  if (!task.workload) return;
  const Workload& work = *task.workload;
  std::vector<double> capacity(work.items.size(), 0.0);
  const auto add = [&](int shift, int on, double people) {
    for_each_hour(task, shift, on, static_cast<int>(capacity.size()),
                  [&](int h, double part) { capacity[at(h)] += people * part * work.items_per_hour; });
  };
  for (std::size_t a = 0; a < task.agents.size(); ++a)
    for (int d = 0; d < task.days; ++d)
      if (const int s = roster.duty[a][at(d)].shift; s >= 0) add(s, d, task.agents[a].skills[work.skill]);
  if (!roster.temporaries.empty())
    for (int d = 0; d < task.days; ++d)
      for (std::size_t s = 0; s < task.shifts.size(); ++s)
        add(static_cast<int>(s), d, roster.temporaries[at(d)][s] * work.temporary_proficiency);
  double waiting = 0;
  for (std::size_t h = 0; h < work.items.size(); ++h) {
    waiting = std::max(0.0, waiting + work.items[h] - capacity[h]);
    const int now = static_cast<int>(h) + 1;
    if (now % 24 != work.by_hour % 24 || waiting < rounding * 1000) continue;
    breaches.push_back({.rule = Rule::cover,
                        .day = static_cast<int>(h) / 24,
                        .last = static_cast<int>(h) / 24,
                        .found = waiting,
                        .limit = 0,
                        .beyond = waiting,
                        .cost = -1});
    waiting = 0;
  }
}

}  // namespace

std::vector<Breach> check_roster(const RosterTask& task, const Roster& roster) {
  std::vector<Breach> breaches;
  for (std::size_t a = 0; a < task.agents.size(); ++a) LineCheck(task, roster, static_cast<int>(a), breaches).all();
  compare_people(task, roster, tally_roster(task, roster), breaches);
  check_cover(task, roster, breaches);
  check_workload(task, roster, breaches);
  return breaches;
}

std::vector<RosterTally> tally_roster(const RosterTask& task, const Roster& roster) {
  std::vector<RosterTally> all;
  for (std::size_t a = 0; a < task.agents.size(); ++a)
    all.push_back(RosterLine(task, roster, static_cast<int>(a)).tally());
  return all;
}

void account(const RosterTask& task, RosterResult& result) {
  result.pay = result.temporaries = result.broken = 0;
  for (std::size_t a = 0; a < task.agents.size(); ++a)
    for (int d = 0; d < task.days; ++d)
      if (const int s = result.roster.duty[a][at(d)].shift; s >= 0) result.pay += task.cost(task.agents[a], s, d);
  if (!result.roster.temporaries.empty())
    for (int d = 0; d < task.days; ++d)
      for (std::size_t s = 0; s < task.shifts.size(); ++s)
        if (const int people = result.roster.temporaries[at(d)][s]; people > 0)
          result.temporaries += people * task.temporary_cost(static_cast<int>(s), d);
  result.breaches = check_roster(task, result.roster);
  for (const Breach& breach : result.breaches)
    if (breach.cost > 0) result.broken += breach.cost * breach.beyond;
  result.cost = result.pay + result.temporaries + result.broken;
  result.tally = tally_roster(task, result.roster);
}

namespace {

/// The people of one shift of one day and what is wanted there.
class PostMatching {
 public:
  PostMatching(const RosterTask& task, std::vector<int> people) : task_(task), people_(std::move(people)) {}
  void wanted(int post, int agents) {
    for (int i = 0; i < agents; ++i) seats_.emplace_back(post, -1);
  }
  /// By person: the post; -1: none.
  std::vector<int> match() {
    for (std::size_t p = 0; p < people_.size(); ++p) {
      std::vector<bool> tried(seats_.size(), false);
      seat(static_cast<int>(p), tried);
    }
    std::vector<int> post(people_.size(), -1);
    for (const auto& [of, by] : seats_)
      if (by >= 0) post[at(by)] = of;
    return post;
  }

 private:
  bool seat(int person, std::vector<bool>& tried) {
    for (std::size_t i = 0; i < seats_.size(); ++i) {
      auto& [post, by] = seats_[i];
      if (tried[i] || !has_skills(task_.agents[at(people_[at(person)])], task_.posts[at(post)])) continue;
      tried[i] = true;
      if (by < 0 || seat(by, tried)) {
        by = person;
        return true;
      }
    }
    return false;
  }
  const RosterTask& task_;
  std::vector<int> people_;
  std::vector<std::pair<int, int>> seats_;  ///< post and who has it
};

}  // namespace

void give_posts(const RosterTask& task, Roster& roster) {
  std::map<std::pair<int, int>, std::vector<const Want*>> wanted;
  for (const Want& want : task.wants) wanted[{want.day, want.shift}].push_back(&want);
  for (const auto& [when, wants] : wanted) {
    const auto [d, s] = when;
    std::vector<int> people;
    std::map<int, int> filled;
    for (std::size_t a = 0; a < roster.duty.size(); ++a) {
      const RosterDuty& duty = roster.duty[a][at(d)];
      if (duty.shift != s) continue;
      if (duty.post >= 0)
        ++filled[duty.post];
      else
        people.push_back(static_cast<int>(a));
    }
    PostMatching matching(task, people);
    for (const Want* want : wants) matching.wanted(want->post, std::max(0, want->agents - filled[want->post]));
    const std::vector<int> post = matching.match();
    for (std::size_t p = 0; p < people.size(); ++p) roster.duty[at(people[p])][at(d)].post = post[p];
  }
}

}  // namespace mailflow
