// Rosters that the planner makes, judged by the checker, which knows nothing of how they were made; and small problems
// whose best roster is known by counting.
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

#include "roster/roster_check.hpp"
#include "roster/roster_planner.hpp"

namespace mailflow {
namespace {

RuleTerm hard(double limit) { return {true, limit, -1, ""}; }
RuleTerm soft(double limit, double cost) { return {true, limit, cost, ""}; }
RuleTerm& of(RuleTerms& terms, Rule rule) { return terms[static_cast<std::size_t>(rule)]; }

/// From Monday 2025-03-10; shifts are given by their first hour and their length.
RosterTask crew(int days, const std::vector<std::pair<int, int>>& shifts, int agents) {
  RosterTask task;
  task.from = parse_date("2025-03-10");
  task.days = days;
  task.money = "XPF";
  task.skills = {"sorting", "scanning"};
  task.posts = {{"sorting", {}, {0}}, {"scanning", {}, {1}}};
  // with the day after the roster, which its last night may run into
  const std::size_t and_after = static_cast<std::size_t>(days) + 1;
  task.holiday.assign(and_after, false);
  of(task.rules, Rule::cover) = hard(0);
  for (const auto& [from, length] : shifts) {
    RosterShift shift;
    shift.name = "s" + std::to_string(from);
    shift.night = from + length > 24;
    for (int d = 0; d < days; ++d) shift.span.push_back({d * day + from * hour, d * day + (from + length) * hour});
    task.shifts.push_back(shift);
  }
  for (int a = 0; a < agents; ++a) {
    RosterAgent agent;
    agent.name = "A" + std::to_string(a);
    agent.team = "crew";
    agent.skills = {1, 0};
    agent.cost_per_hour = 1;
    agent.may_work.assign(shifts.size(), true);
    agent.absent.assign(and_after, false);
    agent.off = agent.absent;
    agent.given.assign(and_after, -1);
    task.agents.push_back(agent);
  }
  return task;
}

void rules_for_all(RosterTask& task) {
  for (RosterAgent& agent : task.agents) agent.rules = task.rules;
}

RosterTask random_task() {
  const int days = *rc::gen::inRange(5, 15);
  std::vector<std::pair<int, int>> shifts;
  for (int s = *rc::gen::inRange(1, 4); s > 0; --s)
    shifts.emplace_back(*rc::gen::element(0, 5, 6, 8, 13, 14, 16, 21, 22), *rc::gen::inRange(4, 11));
  RosterTask task = crew(days, shifts, *rc::gen::inRange(1, 7));
  for (std::size_t d = 0; d < task.holiday.size(); ++d) task.holiday[d] = *rc::gen::inRange(0, 8) == 0;
  const auto perhaps = [&](Rule rule, int least, int most) {
    const int kind = *rc::gen::inRange(0, 4);
    const int limit = *rc::gen::inRange(least, most + 1);
    if (kind == 1) of(task.rules, rule) = hard(limit);
    if (kind == 2) of(task.rules, rule) = soft(limit, *rc::gen::inRange(1, 20));
  };
  perhaps(Rule::rest_between_shifts, 8, 16);
  perhaps(Rule::hours_a_day, 6, 10);
  perhaps(Rule::hours_a_week, 16, 48);
  perhaps(Rule::mean_hours_a_week, 16, 44);
  perhaps(Rule::days_in_a_row, 2, 6);
  perhaps(Rule::least_days_in_a_row, 1, 3);
  perhaps(Rule::nights_in_a_row, 1, 4);
  perhaps(Rule::nights, 1, 5);
  perhaps(Rule::rest_after_nights, 12, 48);
  perhaps(Rule::days_off_a_week, 1, 4);
  perhaps(Rule::day_off_lasts, 24, 40);
  perhaps(Rule::sundays_off, 0, 1);
  perhaps(Rule::weekends, 0, 2);
  perhaps(Rule::holidays_worked, 0, 1);
  perhaps(Rule::attendance, 2, days);
  perhaps(Rule::same_shift, 0, 0);
  perhaps(Rule::wishes, 0, 0);
  perhaps(Rule::attendance_spread, 0, 3);
  perhaps(Rule::hours_spread, 0, 24);
  perhaps(Rule::nights_spread, 0, 2);
  perhaps(Rule::weekends_spread, 0, 1);
  perhaps(Rule::surplus, 0, 2);
  if (*rc::gen::arbitrary<bool>()) of(task.rules, Rule::cover) = soft(0, 100);
  rules_for_all(task);
  const bool alike = *rc::gen::arbitrary<bool>();
  for (RosterAgent& agent : task.agents) {
    if (alike) break;
    if (*rc::gen::inRange(0, 3) == 0) agent.skills = {1, 1};
    if (*rc::gen::inRange(0, 4) == 0) agent.may_work[0] = false;
    const auto some_day = [&] { return *rc::gen::inRange(0, days); };
    if (*rc::gen::inRange(0, 3) == 0) agent.absent[static_cast<std::size_t>(some_day())] = true;
    if (*rc::gen::inRange(0, 4) == 0) agent.off[static_cast<std::size_t>(some_day())] = true;
    if (*rc::gen::inRange(0, 4) == 0) agent.absent.back() = true;
    if (*rc::gen::inRange(0, 6) == 0) agent.off.back() = true;
    if (*rc::gen::inRange(0, 6) == 0) agent.wishes.push_back({days, -1});
    if (*rc::gen::inRange(0, 3) == 0) agent.wishes.push_back({some_day(), *rc::gen::inRange(-1, 1)});
    if (*rc::gen::inRange(0, 3) == 0) {
      agent.contract_hours = *rc::gen::inRange(8, 40);
      of(agent.rules, Rule::contract_hours) = soft(8, 1);
    }
  }
  for (int d = 0; d < days; ++d)
    for (int s = 0; s < static_cast<int>(shifts.size()); ++s)
      if (*rc::gen::inRange(0, 3) > 0)
        task.wants.push_back({d, s, *rc::gen::weightedElement<int>({{4, 0}, {1, 1}}), *rc::gen::inRange(1, 3)});
  return task;
}

bool breaks_a_hard_rule(const std::vector<Breach>& breaches) {
  return std::any_of(breaches.begin(), breaches.end(), [](const Breach& b) { return b.cost < 0; });
}

}  // namespace

TEST_CASE("whatever the crew and its rules, a roster that the planner makes breaks no rule that must hold") {
  int found = 0;
  int none = 0;
  const bool holds = rc::check("random crews", [&] {
    const RosterTask task = random_task();
    RosterOptions options;
    options.explain = false;
    options.rounds = 4;
    options.nodes = 200;
    const RosterResult result = plan_roster(task, options);
    if (!result.found) {
      ++none;
      return;
    }
    ++found;
    RC_ASSERT_FALSE(breaks_a_hard_rule(check_roster(task, result.roster)));
    // the checker's own sum of what is broken, and the solver's bound
    RC_ASSERT(result.bound <= result.cost + 0.2);
    double broken = 0;
    for (const Breach& breach : check_roster(task, result.roster)) broken += breach.cost * breach.beyond;
    RC_ASSERT(std::abs(broken - result.broken) < 1e-6);
  });
  CHECK(holds);
  CHECK(found >= 20);
  CHECK(none >= 1);
}

TEST_CASE("whoever works the last night works on the day after the roster: not who is away, off or has worked enough") {
  // Five may work Sunday's night (22:00-06:00): the first is on leave from the Monday on, the second has Mondays off,
  // the third may work no holiday (the Monday is one), the fourth wishes to be off; the fifth is dearest, and is there.
  RosterTask task = crew(7, {{22, 8}}, 5);
  task.wants.push_back({6, 0, 0, 1});
  task.holiday.back() = true;
  rules_for_all(task);
  task.agents[0].absent.back() = true;
  task.agents[1].off.back() = true;
  of(task.agents[2].rules, Rule::holidays_worked) = hard(0);
  of(task.agents[3].rules, Rule::wishes) = soft(0, 100);
  task.agents[3].wishes = {{7, -1}};
  task.agents[4].cost_per_hour = 2;
  const RosterResult result = plan_roster(task, {});
  REQUIRE(result.found);
  for (std::size_t a = 0; a < 5; ++a) CHECK(result.roster.duty[a][6].shift == (a == 4 ? 0 : -1));
  CHECK(result.cost == Approx(16));
  // and to Friday: who may work no weekend does not work the Friday's night
  RosterTask week = crew(5, {{22, 8}}, 2);
  week.wants.push_back({4, 0, 0, 1});
  rules_for_all(week);
  of(week.agents[0].rules, Rule::weekends) = hard(0);
  week.agents[1].cost_per_hour = 2;
  const RosterResult friday = plan_roster(week, {});
  REQUIRE(friday.found);
  CHECK(friday.roster.duty[0][4].shift == -1);
  CHECK(friday.roster.duty[1][4].shift == 0);
}

TEST_CASE("people alike share out what their group works: six of seven days each, and each day six of seven there") {
  // Seven people, each at most six days of any seven: with six wanted every day there is just enough.
  RosterTask task = crew(28, {{8, 8}}, 7);
  of(task.rules, Rule::days_in_a_row) = hard(6);
  of(task.rules, Rule::attendance) = hard(24);
  rules_for_all(task);
  for (int d = 0; d < 28; ++d) task.wants.push_back({d, 0, 0, 6});
  const RosterResult result = plan_roster(task, {});
  REQUIRE(result.found);
  CHECK(result.breaches.empty());
  CHECK(result.pay == Approx(28 * 6 * 8));
  CHECK(result.gap == 0);
  for (const RosterTally& tally : result.tally) CHECK(tally.duties == 24);
}

TEST_CASE("with one day less each there is no roster, and everybody's rule is in the way") {
  RosterTask task = crew(7, {{8, 8}}, 3);
  of(task.rules, Rule::attendance) = hard(4);
  rules_for_all(task);
  for (int d = 0; d < 7; ++d) task.wants.push_back({d, 0, 0, 2});
  // 14 duties wanted, 12 there are: which day may be left out is all one, but without any three days fewer it holds
  const RosterResult result = plan_roster(task, {});
  CHECK_FALSE(result.found);
  CHECK(result.proven);
  int attendance = 0;
  int cover = 0;
  for (const Conflict& c : result.conflicts) {
    attendance += c.rule == Rule::attendance ? 1 : 0;
    cover += c.rule == Rule::cover ? 1 : 0;
  }
  CHECK(attendance == 3);
  CHECK(cover == 7);
  CHECK(result.conflicts.size() == 10);
}

TEST_CASE("the dearer wish is granted") {
  // One of two must work on the second day; both wish to be off, and the one's wish costs more.
  RosterTask task = crew(3, {{8, 8}}, 2);
  task.wants.push_back({1, 0, 0, 1});
  task.agents[0].wishes = task.agents[1].wishes = {{1, -1}};
  of(task.agents[0].rules, Rule::wishes) = soft(0, 5);
  of(task.agents[1].rules, Rule::wishes) = soft(0, 3);
  const RosterResult result = plan_roster(task, {});
  REQUIRE(result.found);
  CHECK(result.roster.duty[0][1].shift == -1);
  CHECK(result.roster.duty[1][1].shift == 0);
  CHECK(result.broken == Approx(3));
  CHECK(result.cost == Approx(8 + 3));
}

TEST_CASE("nights go round when they must be even") {
  RosterTask task = crew(14, {{22, 8}}, 4);
  of(task.rules, Rule::nights_spread) = hard(1);
  of(task.rules, Rule::nights_in_a_row) = hard(2);
  rules_for_all(task);
  for (int d = 0; d < 14; ++d) task.wants.push_back({d, 0, 0, 1});
  const RosterResult result = plan_roster(task, {});
  REQUIRE(result.found);
  for (const RosterTally& tally : result.tally) {
    CHECK(tally.nights >= 3);
    CHECK(tally.nights <= 4);
  }
}

TEST_CASE("work that cannot be even is told of the whole roster, from its first day to its last") {
  // Five days, one person wanted on each, and one of two is away: 5 and 0 days, 2.5 from the mean where 1 is allowed.
  RosterTask task = crew(5, {{8, 8}}, 2);
  of(task.rules, Rule::attendance_spread) = soft(1, 10);
  rules_for_all(task);
  for (int d = 0; d < 5; ++d) task.wants.push_back({d, 0, 0, 1});
  task.agents[1].absent.assign(6, true);
  const RosterResult result = plan_roster(task, {});
  REQUIRE(result.found);
  REQUIRE(result.breaches.size() == 2);
  for (const Breach& breach : result.breaches) {
    CHECK(breach.rule == Rule::attendance_spread);
    CHECK(breach.day == 0);
    CHECK(breach.last == 4);
    CHECK(breach.beyond == Approx(1.5));
  }
}

TEST_CASE("training pays where the one who has the skill is away") {
  // Scanning is wanted every day; only A0 can, and is away on the third: 100 for each shift not covered.
  RosterTask task = crew(5, {{8, 8}}, 3);
  of(task.rules, Rule::cover) = soft(0, 100);
  of(task.rules, Rule::days_in_a_row) = hard(5);
  rules_for_all(task);
  task.agents[0].skills = {0, 1};
  task.agents[0].absent[2] = true;
  task.agents[1].skills = {1, 0};
  task.agents[2].may_work[0] = false;
  for (int d = 0; d < 5; ++d) task.wants.push_back({d, 0, 1, 1});
  const auto found = where_training_pays(task, 3, {});
  REQUIRE_FALSE(found.empty());
  // A1, or A2 who may then work the shift: 100 saved less a day's pay of 8
  CHECK(found.front().skill == SkillIndex(1));
  CHECK(found.front().agent != 0);
  CHECK(found.front().saves == Approx(92));
  for (const Training& training : found)
    if (training.agent == 0) CHECK(training.saves == Approx(0));
}

TEST_CASE("recorded mail is cleared by as few person-days as can be") {
  // 1,000 parcels a day at the first hour; a person does 25 an hour, eight hours; a temporary 20. Two people and, for
  // the 600 left, four temporaries of 160: six a day.
  RosterTask task = crew(3, {{0, 8}, {8, 8}}, 2);
  task.least = Objective::person_days;
  Workload work;
  work.items_per_hour = 25;
  work.items.assign(72, 0);
  for (const int h : {0, 24, 48}) work.items[static_cast<std::size_t>(h)] = 1000;
  work.temporary_proficiency = 0.8;
  work.temporary_shift = {true, true};
  task.workload = work;
  const RosterResult result = plan_roster(task, {});
  REQUIRE(result.found);
  CHECK(result.cost == Approx(18));
  CHECK(result.temporaries == Approx(12));
  CHECK(result.breaches.empty());
}

}  // namespace mailflow
