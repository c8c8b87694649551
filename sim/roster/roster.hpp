// A roster by name as plain values: who may work what, what is wanted, which rules hold, and who works when.
//
// Made by scenario/ out of `roster:`, solved and checked here, written out by report/. Days are numbered from the
// roster's first (0); negative days lie before it (`past`), as worked. Instants are ticks of the run's calendar, so
// that a rest across a clock change has its true length. Hours are counted from a shift's start to its end, breaks
// paid. A shift is worked on the day it begins: that counts for days in a row, days off and nights. Where a rule speaks
// of days of the calendar (leave, days off asked for or fixed, Sundays, weekends, public holidays, the hours of a
// week), hours count on the day they fall on, so that a night counts for both its days; the last night also for the day
// after the roster (number `days`), of whose leave, days off, holiday, weekend and wishes to be off it is part.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mail/model.hpp"
#include "mail/objective.hpp"

namespace mailflow {

/// What may be asked of a roster. The first group is about one person's line of work, the second compares people, the
/// third is about the work, the last is what a person's own entry says and always holds.
enum class Rule : std::uint8_t {
  rest_between_shifts,
  hours_a_day,
  hours_a_week,
  mean_hours_a_week,
  days_in_a_row,
  least_days_in_a_row,
  nights_in_a_row,
  nights,
  rest_after_nights,
  days_off_a_week,
  day_off_lasts,
  sundays_off,
  weekends,
  holidays_worked,
  attendance,
  same_shift,
  contract_hours,
  wishes,
  attendance_spread,
  hours_spread,
  nights_spread,
  weekends_spread,
  cover,
  surplus,
  absence,
  days_off,
  shifts,
  skills,
  given,
  one_shift_a_day,
  shift_days,
};
inline constexpr std::size_t rules_in_yaml = static_cast<std::size_t>(Rule::absence);  ///< those before it
inline constexpr std::size_t all_rules = static_cast<std::size_t>(Rule::shift_days) + 1;

struct RuleMeaning {
  enum class Unit : std::uint8_t { hours, days, nights, sundays, weekends, holidays, agents, share_or_days, none };
  std::string name;     ///< its key
  Unit unit;            ///< of its limit
  bool personal;        ///< may be another for one person
  std::string meaning;  ///< for `describe`; {} is the limit
  std::string example;
};
const RuleMeaning& meaning_of(Rule rule);

/// A rule as it holds here.
struct RuleTerm {
  bool holds = false;
  double limit = 0;    ///< in the rule's unit
  double cost = -1;    ///< of each hour, day, night, ... beyond the limit; below 0: it may not be broken
  std::string source;  ///< what it is taken from; empty: the scenario
  bool hard() const { return holds && cost < 0; }
};
using RuleTerms = std::array<RuleTerm, rules_in_yaml>;
inline const RuleTerm& of(const RuleTerms& rules, Rule rule) { return rules[static_cast<std::size_t>(rule)]; }

struct RosterShift {
  std::string name;
  Label label;
  std::vector<Span> span;  ///< by day, those before the roster first (index day + past); empty where it is not held
  bool night = false;
};

/// What work on a shift counts for: a skill, or everything a team can do.
struct Post {
  std::string name;  ///< of the skill or the team; empty: any
  Label label;
  std::vector<SkillIndex> needs;  ///< all of them
};

struct Wish {
  int day = 0;
  int shift = -1;  ///< -1: to be off
};

struct RosterAgent {
  std::string name;
  std::string team;            ///< empty: none
  Rows<Skill, double> skills;  ///< proficiency; 0: has it not
  double contract_hours = -1;  ///< a week; below 0: none
  double cost_per_hour = 0;
  RuleTerms rules;                ///< the roster's, with this person's own
  std::vector<bool> may_work;     ///< by shift
  std::vector<bool> absent, off;  ///< by day from 0, with the one after the last
  std::vector<int> given;         ///< so, too: a shift already given; -1: none
  std::vector<Wish> wishes;
  std::vector<int> past;  ///< shifts of the days before the roster (-1: off), the last is yesterday
};

/// So many agents are wanted on a shift of a day.
struct Want {
  int day = 0;
  int shift = 0;
  int post = 0;
  int agents = 0;
};

/// Instead of numbers wanted: mail to be cleared by a time of each day, by anybody with the skill.
struct Workload {
  SkillIndex skill{0};
  double items_per_hour = 0;          ///< of a person at proficiency 1
  int by_hour = 24;                   ///< all that came before it is cleared at it, each day
  std::vector<double> items;          ///< by hour from the roster's first midnight
  double temporary_proficiency = 0;   ///< 0: there are none
  double temporary_cost = 0;          ///< per hour
  std::vector<bool> temporary_shift;  ///< those they may work
};

struct RosterTask {
  std::string scenario;
  Date from;
  int days = 0;
  int past = 0;       ///< days before that are known
  std::string money;  ///< unit of costs: the currency, or "person-days"
  Objective least = Objective::cost;
  std::string rule_set;             ///< name; empty: none
  Rows<Skill, std::string> skills;  ///< names
  std::vector<RosterShift> shifts;
  std::vector<Post> posts;
  std::vector<RosterAgent> agents;
  std::vector<Want> wants;
  std::optional<Workload> workload;
  RuleTerms rules;
  std::vector<bool> holiday;  ///< by day + past, with the one after the last
  std::string timezone;
  Ticks first_midnight = 0;      ///< the roster's
  std::vector<Ticks> midnights;  ///< by day + past, with the one after the last; empty: days of 24 h
  Date model_start;              ///< tick 0 is its midnight
  Ticks utc_of_model_start = 0;  ///< tick 0 since 1970-01-01 00:00 UTC

  /// Where a day stands in what begins with the days before the roster.
  std::size_t index(int on) const {
    const int from_past = on + past;
    return static_cast<std::size_t>(from_past);
  }
  Ticks origin() const { return first_midnight; }
  const Span& span(int shift, int on) const { return shifts[static_cast<std::size_t>(shift)].span[index(on)]; }
  bool held(int shift, int on) const { return span(shift, on).to > span(shift, on).from; }
  Ticks midnight(int on) const { return midnights.empty() ? first_midnight + on * day : midnights[index(on)]; }
  /// What of a shift falls on the day after it begins.
  double hours_into_next(int shift, int on) const {
    const Ticks beyond = held(shift, on) ? span(shift, on).to - midnight(on + 1) : 0;
    return beyond > 0 ? static_cast<double>(beyond) / static_cast<double>(hour) : 0;
  }
  bool runs_into_next(int shift, int on) const { return hours_into_next(shift, on) > 0; }
  double hours(int shift, int on) const {
    return static_cast<double>(span(shift, on).to - span(shift, on).from) / static_cast<double>(hour);
  }
  bool night(int shift) const { return shifts[static_cast<std::size_t>(shift)].night; }
  int weekday_of(int on) const { return weekday(Date{from.days + on}); }
  double cost(const RosterAgent& agent, int shift, int on) const {
    return least == Objective::person_days ? 1 : agent.cost_per_hour * hours(shift, on);
  }
  double temporary_cost(int shift, int on) const {
    return least == Objective::person_days ? 1 : workload->temporary_cost * hours(shift, on);
  }
};

/// Whether a person has all a post needs.
bool has_skills(const RosterAgent& agent, const Post& post);
/// Hours that the contract asks of a person over the roster: a fifth of the week's for each day from Monday to Friday
/// that is neither a holiday nor a day of absence; below 0 without a contract.
double due_hours(const RosterTask& task, const RosterAgent& agent);

/// What one person does on one day.
struct RosterDuty {
  int shift = -1;  ///< -1: off
  int post = -1;   ///< what it counts for; -1: nothing wanted
};
struct Roster {
  std::vector<std::vector<RosterDuty>> duty;  ///< by person and day
  std::vector<std::vector<int>> temporaries;  ///< by day and shift; empty: none
};

/// `found` of a breach of leave or of a day off by a night that began the day before.
inline constexpr double from_day_before = 1;

/// A rule broken.
struct Breach {
  Rule rule = Rule::cover;
  int agent = -1;  ///< -1: nobody in particular
  int other = -1;  ///< compared with this person
  int day = 0;     ///< where it begins
  int last = 0;    ///< where it ends
  int shift = -1;
  int post = -1;
  double found = 0;
  double limit = 0;
  double beyond = 0;  ///< what the cost is multiplied by
  double cost = -1;   ///< as in RuleTerm
  int made_on = -1;   ///< day of the shift by which it is broken; -1: by none in particular
};

/// What one person's line adds up to.
struct RosterTally {
  int duties = 0;
  double hours = 0;
  double due = -1;  ///< below 0: no contract
  int nights = 0;
  int weekends = 0;
  int sundays = 0;
  int holidays = 0;
  int wishes = 0;
  int granted = 0;
};

/// Rules that no roster can keep together, though it could without any one of them.
struct Conflict {
  Rule rule = Rule::cover;
  int agent = -1;  ///< -1: all, or nobody in particular
  int people = 1;  ///< so many like him
  int day = -1;    ///< -1: the whole roster
  int last = -1;
  int shift = -1;
  int post = -1;
  double limit = 0;
};

/// A skill that one person might learn, and what it would bring.
struct Training {
  int agent = 0;
  SkillIndex skill{0};
  double saves = 0;    ///< of the cost, shifts not covered included
  double relaxed = 0;  ///< the same by the linear relaxation, by which the promising were chosen
  int people = 1;      ///< so many like him, of whom it is true as well
};

struct RosterResult {
  Roster roster;
  bool found = false;   ///< else see `conflicts`
  bool proven = false;  ///< that it cannot be, or that nothing is better (within the gap asked for)
  double cost = 0;      ///< all of the following
  double pay = 0;       ///< people of the roster
  double temporaries = 0;
  double broken = 0;  ///< soft rules
  double bound = 0;
  double gap = 0;
  std::vector<Breach> breaches;    ///< of soft rules; of hard ones where a given roster is checked
  std::vector<RosterTally> tally;  ///< by person
  std::vector<Conflict> conflicts;
  std::vector<Training> training;
};

}  // namespace mailflow
