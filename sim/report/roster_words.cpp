#include "report/roster_words.hpp"

#include <cmath>

#include "core/at.hpp"
#include "core/words.hpp"
#include "report/text.hpp"

namespace mailflow {

namespace {

std::string shift_name(const RosterTask& task, int shift) {
  return shift < 0 ? std::string("-") : shift_words(task.shifts[at(shift)]);
}
std::string agent_name(const RosterTask& task, int agent) {
  return agent < 0 ? std::string("-") : task.agents[at(agent)].name;
}
std::string post_name(const RosterTask& task, int post) {
  return post < 0 ? std::string() : name_of(task.posts[at(post)].label, task.posts[at(post)].name);
}

std::string cover_words(const RosterTask& task, double limit, int shift, int post) {
  const long n = std::lround(limit);
  if (shift < 0) return tr("the day's mail is cleared when it is due");
  if (post_name(task, post).empty())
    return tr_plural("{} agent is wanted on {}", "{} agents are wanted on {}", n, n, shift_name(task, shift));
  return tr_plural("{} agent is wanted on {} for {}", "{} agents are wanted on {} for {}", n, n,
                   shift_name(task, shift), post_name(task, post));
}

/// Rules about one line of work that say no more than a limit.
std::string line_words(Rule rule, double limit) {
  const std::string n = plain_number(limit);
  switch (rule) {
    case Rule::rest_between_shifts:
      return tr("at least {} h between two shifts", n);
    case Rule::hours_a_day:
      return tr("at most {} h a day", n);
    case Rule::hours_a_week:
      return tr("at most {} h a week", n);
    case Rule::mean_hours_a_week:
      return tr("at most {} h a week on average", n);
    case Rule::days_in_a_row:
      return tr("at most {} days worked in a row", n);
    case Rule::least_days_in_a_row:
      return tr("at least {} days worked in a row", n);
    case Rule::nights_in_a_row:
      return tr("at most {} nights in a row", n);
    case Rule::nights:
      return tr("at most {} nights", n);
    case Rule::rest_after_nights:
      return tr("at least {} h between the last night and another shift", n);
    case Rule::days_off_a_week:
      return tr("days off in each whole week: at least {}", n);
    case Rule::day_off_lasts:
      return tr("a day off lasts at least {} h from shift to shift", n);
    case Rule::sundays_off:
      return tr("Sundays off: at least {}", n);
    case Rule::weekends:
      return tr("weekends worked: at most {}", n);
    case Rule::holidays_worked:
      return tr("public holidays worked: at most {}", n);
    case Rule::attendance:
      return tr("at most {} days worked", n);
    case Rule::contract_hours:
      return tr("at most {} h more or less than the contract", n);
    default:
      return "";
  }
}

std::string compared_words(Rule rule, double limit) {
  const std::string n = plain_number(limit);
  switch (rule) {
    case Rule::attendance_spread:
      return tr("everyone's days worked are within {} of the mean", n);
    case Rule::hours_spread:
      return tr("hours against the contract differ by at most {} h within a team", n);
    case Rule::nights_spread:
      return tr("nights differ by at most {} within a team", n);
    case Rule::weekends_spread:
      return tr("weekends worked differ by at most {} within a team", n);
    default:
      return "";
  }
}

}  // namespace

std::string shift_words(const RosterShift& shift) { return name_of(shift.label, shift.name); }

std::string plain_number(double value) {
  const double rounded = std::round(value * 10) / 10;
  return grouped(rounded, std::abs(rounded - std::round(rounded)) < 1e-9 ? 0 : 1);
}

std::string date_of(const RosterTask& task, int on) { return to_string(Date{task.from.days + on}); }

std::string shown_date(const RosterTask& task, int on) { return shown(Date{task.from.days + on}); }

std::string rule_words(const RosterTask& task, Rule rule, double limit, int shift, int post) {
  switch (rule) {
    case Rule::same_shift:
      return tr("the shift stays the same from day to day");
    case Rule::wishes:
      return tr("wishes are granted");
    case Rule::cover:
      return cover_words(task, limit, shift, post);
    case Rule::surplus:
      return tr("at most {} agents more than are wanted", plain_number(limit));
    case Rule::absence:
      return tr("who is absent does not work");
    case Rule::days_off:
      return tr("fixed days off are kept");
    case Rule::shifts:
      return tr("people work only the shifts they may work");
    case Rule::skills:
      return tr("people work only where they have the skill");
    case Rule::given:
      return tr("a shift already given stays");
    case Rule::one_shift_a_day:
      return tr("one shift a day");
    case Rule::shift_days:
      return tr("a shift is worked on the days it is held");
    default:
      break;
  }
  const std::string line = line_words(rule, limit);
  return line.empty() ? compared_words(rule, limit) : line;
}

namespace {

/// What was found on one day.
std::string found_on_day(const RosterTask& task, const Breach& b) {
  const std::string n = plain_number(b.found);
  const std::string shift = shift_name(task, b.shift);
  switch (b.rule) {
    case Rule::rest_between_shifts:
      return tr("{} h of rest before {}", n, shift);
    case Rule::hours_a_day:
      return tr("{} lasts {} h", shift, n);
    case Rule::rest_after_nights:
      return tr("{} h from the last night to {}", n, shift);
    case Rule::day_off_lasts:
      return tr("{} h from the shift before the day off to {}", n, shift);
    case Rule::same_shift:
      return tr("{}, and another shift the day before", shift);
    case Rule::wishes:
      return b.found < 0 ? tr("wished to be off, works {}", shift)
                         : tr("wished to work {}", shift_name(task, static_cast<int>(b.found)));
    case Rule::absence:
      return b.found == from_day_before ? tr("is absent, and has {} from the day before", shift)
                                        : tr("is absent, and has {}", shift);
    case Rule::days_off:
      return b.found == from_day_before ? tr("has a fixed day off, and {} from the day before", shift)
                                        : tr("has a fixed day off, and {}", shift);
    case Rule::shifts:
      return tr("may not work {}", shift);
    case Rule::skills:
      return tr("lacks the skill for {} on {}", post_name(task, b.post), shift);
    case Rule::given:
      return tr("{} was given, and is not there", shift_name(task, static_cast<int>(b.found)));
    case Rule::one_shift_a_day:
      return tr("two shifts on one day");
    case Rule::shift_days:
      return tr("{} is not held on that day", shift);
    default:
      return "";
  }
}

std::string found_over_days(const Breach& b) {
  const std::string n = plain_number(b.found);
  switch (b.rule) {
    case Rule::hours_a_week:
    case Rule::contract_hours:
      return tr("{} h", n);
    case Rule::mean_hours_a_week:
      return tr("{} h a week on average", n);
    case Rule::days_in_a_row:
      return tr("{} days worked in a row", n);
    case Rule::least_days_in_a_row:
      return tr("days worked in a row: {}", n);
    case Rule::nights_in_a_row:
      return tr("{} nights in a row", n);
    case Rule::nights:
      return tr("{} nights", n);
    case Rule::days_off_a_week:
      return tr("days off: {}", n);
    case Rule::sundays_off:
      return tr("Sundays off: {}", n);
    case Rule::weekends:
      return tr("weekends worked: {}", n);
    case Rule::holidays_worked:
      return tr("public holidays worked: {}", n);
    default:
      return tr("{} days worked", n);
  }
}

bool of_one_day(Rule rule) {
  switch (rule) {
    case Rule::rest_between_shifts:
    case Rule::hours_a_day:
    case Rule::rest_after_nights:
    case Rule::day_off_lasts:
    case Rule::same_shift:
    case Rule::wishes:
      return true;
    default:
      return rule >= Rule::absence;
  }
}

}  // namespace

std::string breach_words(const RosterTask& task, const Breach& b) {
  const std::string words = rule_words(task, b.rule, b.limit, b.shift, b.post);
  const std::string when = shown_date(task, b.day);
  if (b.rule == Rule::cover && b.shift < 0) return tr("{}: {} items are left; {}", when, grouped(b.found), words);
  if (b.rule == Rule::cover) return tr("{}: {} there; {}", when, plain_number(b.found), words);
  if (b.rule == Rule::surplus)
    return tr("{}, {}: {} agents; at most {}", when, shift_name(task, b.shift), plain_number(b.found),
              plain_number(b.limit));
  if (b.other >= 0)
    return tr("{} and {}: {} apart; {}", agent_name(task, b.agent), agent_name(task, b.other), plain_number(b.found),
              words);
  const std::string who = agent_name(task, b.agent);
  if (of_one_day(b.rule)) return tr("{}, {}: {}; {}", who, when, found_on_day(task, b), words);
  const bool all = b.day <= 0 && b.last >= task.days - 1 && b.rule != Rule::days_in_a_row;
  if (all) return tr("{}: {}; {}", who, found_over_days(b), words);
  if (b.day == b.last) return tr("{}, {}: {}; {}", who, when, found_over_days(b), words);
  return tr("{}, {} to {}: {}; {}", who, when, shown_date(task, b.last), found_over_days(b), words);
}

std::string source_words(const RosterTask& task, Rule rule, int agent) {
  if (static_cast<std::size_t>(rule) >= rules_in_yaml) return "";
  const RuleTerms& terms = agent < 0 ? task.rules : task.agents[at(agent)].rules;
  return terms[static_cast<std::size_t>(rule)].source;
}

std::string conflict_words(const RosterTask& task, const Conflict& c) {
  const std::string words = rule_words(task, c.rule, c.limit, c.shift, c.post);
  const std::string from = shown_date(task, c.day);
  if (c.agent < 0 && c.rule == Rule::cover) return tr("{}: {}", from, words);
  std::string who = c.agent < 0 ? tr("all") : agent_name(task, c.agent);
  if (c.people > 1) who = tr("{} and {} alike", who, c.people - 1);
  if (c.rule == Rule::shifts && c.shift >= 0)
    return tr("{}: may not work {} ({} to {})", who, shift_name(task, c.shift), from, shown_date(task, c.last));
  if (c.day == c.last) return tr("{}, {}: {}", who, from, words);
  return tr("{}, {} to {}: {}", who, from, shown_date(task, c.last), words);
}

}  // namespace mailflow
