// Plans of small centres, worked out by hand.
#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "experiment/executor.hpp"
#include "planning/plan_what_if.hpp"
#include "planning/planner.hpp"
#include "planning/small_plan.hpp"
#include "scenario/load.hpp"
#include "solver/separable.hpp"

namespace mailflow {
namespace {

/// Parcels by the hour at one table, cleared by midnight; 60 regulars first, as published, or fewer.
std::string table_with(const std::string& plan) {
  return R"(products: {parcel: {due: J+1 00:03}}
arrivals: {recorded: {replay: came.csv, bin: 60 min, mix: {parcel: 100 %}, into: sorting}}
stations: {sorting: {kind: manual, skill: sorting, positions: 500, rate: 25 items/h per agent, next: out}}
staff:
  shifts: {early: {hours: "08:00-16:00"}, late: {hours: "16:00-24:00"}}
  teams:
    regulars: {agents: 0, shift: late, skills: {sorting: 100 %}}
    temporaries: {agents: 0, shift: late, skills: {sorting: 80 %}}
targets: {cleared: {measure: on time, at_least: 100 %}}
run: {from: 2023-11-01, for: 3 days}
plan:
  minimise: person-days
  then: shortest waits
  teams:
)" + plan;
}

constexpr const char* two_days = R"(time,items
2023-11-01T09:00,900
2023-11-01T20:00,700
2023-11-02T22:00,400
2023-11-02T23:00,450
)";

std::int64_t on_day(const Planner& planner, const StaffPlan& plan, int date) {
  std::int64_t people = 0;
  for (std::size_t k = 0; k < plan.numbers.size(); ++k)
    if (planner.open().numbers[k].group == date) people += plan.numbers[k];
  return people;
}

/// A desk at which everybody finds a seat at once, so that as many are in time as are served within a minute:
/// 1 - exp(-1/3) = 28.35 %, however many agents come.
Scenario served_at_once(const std::string& in_time) {
  return loaded(R"(products: {letter: {due: 1 min}}
arrivals: {desk: {rate: 20 items/h, mix: {letter: 100 %}, into: sorting}}
stations: {sorting: {kind: manual, skill: sorting, positions: 30, service: exponential(3 min) per item, next: out}}
staff:
  shifts: {all: {hours: "00:00-24:00"}}
  teams: {sorters: {agents: 4, shift: all, skills: {sorting: 100 %}, cost: 10 EUR/h}}
run: {from: 2023-11-01, for: 1 day}
plan: {teams: {sorters: {at_most: 20}}}
targets: {prompt: {measure: on time, at_least: )" +
                in_time + "}}\n");
}

}  // namespace

TEST_CASE("each day has the fewest people whose hours after each hour clear what comes after it") {
  // By hand, all on the late shift, which has the most hours left at every hour. 1 November: 1,600 over 8 hours and 700
  // over 4 hours ask for 200 and 175 an hour; 5 regulars do 125, and (200 - 125) / 20 = 3.75: 4 temporaries. 2
  // November: 850 over 2 hours and 450 over 1 hour ask for 425 and 450 an hour: 5 regulars and (450 - 125) / 20
  // = 16.25: 17 temporaries.
  const Scenario asked =
      loaded(table_with("    regulars: {at_most: 5, numbers: by date, shifts: [early, late], used_first: yes}\n"
                        "    temporaries: {at_most: 400, numbers: by date, shifts: [early, late]}\n"),
             two_days);
  const auto executor = thread_executor(1);
  Experiment experiment(*executor, nullptr, 1, {});
  Planner planner(asked.model, asked.plan, experiment, {.replications = 5});
  const StaffPlan plan = planner.plan();
  REQUIRE(plan.status == PlanStatus::holds);
  CHECK(plan.proven);
  CHECK(plan.cost == 9 + 22);
  CHECK(plan.bound == plan.cost);
  CHECK(on_day(planner, plan, 0) == 9);
  CHECK(on_day(planner, plan, 1) == 22);
  CHECK(on_day(planner, plan, 2) == 0);
  CHECK(plan.replications == 1);  // nothing is left to chance
  // The second aim: what came in the morning is done before the evening, by as many as may come then.
  std::int64_t early = 0;
  for (std::size_t k = 0; k < plan.numbers.size(); ++k)
    if (planner.open().seats[static_cast<std::size_t>(planner.open().numbers[k].seat)].name.ends_with("early") ||
        planner.open().seats[static_cast<std::size_t>(planner.open().numbers[k].seat)].shift == 0)
      early += plan.numbers[k];
  CHECK(early > 0);
}

TEST_CASE("whoever is used first is there before anybody else comes") {
  // 2 temporaries at 20 an hour and 1 regular at 25 do the same 65 an hour for 3; with all 3 regulars first none of the
  // others.
  const Scenario asked = loaded(table_with("    regulars: {at_most: 3, numbers: by date, used_first: yes}\n"
                                           "    temporaries: {at_most: 40, numbers: by date}\n"),
                                "time,items\n2023-11-01T09:00,520\n");
  const StaffPlan plan = planned(asked);
  REQUIRE(plan.status == PlanStatus::holds);
  CHECK(plan.numbers[0] == 3);
  CHECK(person_days(open_numbers(asked.model, asked.plan), plan.numbers) == 3);
}

TEST_CASE("cheaper people never come before those who are used first") {
  // 400 items at 25 an hour within four hours: four people. All three regulars come first, 4 h at 20 an hour each, and
  // one temporary at 10: 280. Four temporaries would do for 160, and so would any exchange on the way there.
  const Scenario asked = loaded(R"(products: {parcel: {due: 4 h}}
arrivals: {vans: {at: "08:00", items: {parcel: 400}, into: sorting}}
stations: {sorting: {kind: manual, skill: sorting, positions: 50, rate: 25 items/h per agent, next: out}}
staff:
  shifts: {morning: {hours: "08:00-12:00"}}
  teams:
    regulars: {agents: 3, shift: morning, skills: {sorting: 100 %}, cost: 20 EUR/h}
    temporaries: {agents: 3, shift: morning, skills: {sorting: 100 %}, cost: 10 EUR/h}
targets: {prompt: {measure: on time, at_least: 100 %}}
run: {from: 2023-11-01, for: 1 day}
plan: {teams: {regulars: {at_most: 3, used_first: yes}, temporaries: {at_most: 9}}}
)");
  const StaffPlan plan = planned(asked);
  REQUIRE(plan.status == PlanStatus::holds);
  CHECK(plan.numbers == std::vector<int>{3, 1});
  CHECK(plan.cost == Approx(280));
}

TEST_CASE("work that nobody permitted can do is told, with its place and time") {
  const Scenario asked =
      loaded(table_with("    regulars: {at_most: 3, numbers: by date}\n"), "time,items\n2023-11-01T23:00,100\n");
  const StaffPlan plan = planned(asked);
  CHECK(plan.status == PlanStatus::impossible);
  REQUIRE(plan.uncovered.has_value());
  CHECK(plan.uncovered->agent_hours == Approx(1));  // 100 items are 4 hours of work, 3 are there
  CHECK(plan.uncovered->by == day);
}

TEST_CASE("a new shift is made where it pays more than its price") {
  // 400 items come at 10:00 and are due at 14:00: 4 people on a shift that covers 10:00 to 14:00. Those on the day
  // shift, 8 hours at 10 a hour, cost 320; on a new shift of 4 hours 160 and its price.
  const auto with_price = [](const std::string& price) {
    return loaded(R"(products: {parcel: {due: 4 h}}
arrivals: {vans: {at: "10:00", items: {parcel: 400}, into: sorting}}
stations: {sorting: {kind: manual, skill: sorting, positions: 50, rate: 25 items/h per agent, next: out}}
staff:
  shifts: {day: {hours: "08:00-16:00"}}
  teams: {sorters: {agents: 4, shift: day, skills: {sorting: 100 %}, cost: 10 EUR/h}}
targets: {prompt: {measure: on time, at_least: 100 %}}
run: {from: 2023-11-01, for: 1 day}
plan:
  teams: {sorters: {at_most: 20}}
  new_shifts: {teams: [sorters], earliest: "09:00", latest: "11:00", every: 60 min, lengths: [4 h, 6 h], at_most: 1, price: )" +
                  price + " EUR}\n");
  };
  CHECK(planned(with_price("100")).cost == Approx(260));
  CHECK(planned(with_price("200")).cost == Approx(320));
}

TEST_CASE("no more different new shifts are made than are permitted, and a pause in one is no work") {
  // 400 items at 06:00 and at 18:00, each due 4 hours later: 4 people at 25 an hour, if they are there for all four
  // hours. On the day's 16 hours at 10 an hour they cost 640; on a new shift from 06:00 and one from 18:00, 4 hours
  // each, 320 and the price of two shifts, 100. One new shift alone does not save the day's.
  const auto with = [](const std::string& new_shifts) {
    return loaded(R"(products: {parcel: {due: 4 h}}
arrivals: {vans: {at: ["06:00", "18:00"], items: {parcel: 400}, into: sorting}}
stations: {sorting: {kind: manual, skill: sorting, positions: 50, rate: 25 items/h per agent, next: out}}
staff:
  shifts: {day: {hours: "06:00-22:00"}}
  teams: {sorters: {agents: 4, shift: day, skills: {sorting: 100 %}, cost: 10 EUR/h}}
targets: {prompt: {measure: on time, at_least: 100 %}}
run: {from: 2023-11-01, for: 1 day}
plan:
  teams: {sorters: {at_most: 20}}
  new_shifts: {teams: [sorters], earliest: "06:00", latest: "18:00", price: 50 EUR, )" +
                  new_shifts + "}\n");
  };
  CHECK(planned(with("lengths: 4 h, at_most: 2, every: 60 min")).cost == Approx(420));
  CHECK(planned(with("lengths: 4 h, at_most: 1, every: 60 min")).cost == Approx(640));
  // With half an hour's pause in each, 3.5 hours do 87.5 items a person: 5 people on either, 400 and the price.
  CHECK(planned(with("lengths: 4 h, at_most: 2, every: 60 min, breaks: [\"02:00 30 min\"]")).cost == Approx(500));
  // Starts every 5 hours: from 16:00 to 20:00 only two hours are of use, so 8 people in the evening: 160 + 320 + 100.
  CHECK(planned(with("lengths: [4 h], at_most: 2, every: 5 h")).cost == Approx(580));
}

TEST_CASE("agents with several skills are shared out over the work that needs them") {
  // 4 hours of each work between 08:00 and 12:00 by one who can do but one, or one who can do both: 2 people either
  // way, and 3 hours of each by two that can do both at 2/3 of the time.
  const Scenario asked = loaded(R"(products: {letter: {due: 4 h}, parcel: {due: 4 h}}
arrivals: {vans: {at: "08:00", items: {letter: 300, parcel: 60}, into: split}}
stations:
  split: {kind: conveyor, takes: 1 s, next: {letter: letters, parcel: parcels}}
  letters: {kind: manual, skill: letters, positions: 9, rate: 100 items/h per agent, next: out}
  parcels: {kind: manual, skill: parcels, positions: 9, rate: 20 items/h per agent, next: out}
staff:
  shifts: {day: {hours: "08:00-12:00"}}
  teams:
    both: {agents: 0, shift: day, skills: {letters: 100 %, parcels: 100 %}, cost: 10 EUR/h}
    letters: {agents: 0, shift: day, skills: {letters: 100 %}, cost: 9 EUR/h}
targets: {prompt: {measure: on time, at_least: 95 %}}
run: {from: 2023-11-01, for: 1 day}
plan: {teams: {both: {at_most: 9}, letters: {at_most: 9}}}
)");
  const StaffPlan plan = planned(asked, {.replications = 1, .simulate = false});
  CHECK(plan.numbers == std::vector<int>{1, 1});  // 6 hours of work, 3 of them for one who has parcels
  CHECK(plan.cost == Approx(76));
}

TEST_CASE("a plan for mail that comes by chance keeps its target, and one agent fewer does not") {
  const Scenario asked = loaded(R"(products: {letter: {due: 30 min}}
arrivals: {desk: {rate: 100 items/h, mix: {letter: 100 %}, into: sorting}}
stations: {sorting: {kind: manual, skill: sorting, positions: 30, service: exponential(3 min) per item, next: out}}
staff:
  shifts: {all: {hours: "00:00-24:00"}}
  teams: {sorters: {agents: 4, shift: all, skills: {sorting: 100 %}, cost: 10 EUR/h}}
targets: {prompt: {measure: on time, at_least: 95 %}}
run: {from: 2023-11-01, for: 2 days, warm_up: 6 h}
plan: {teams: {sorters: {at_most: 20}}}
)");
  const StaffPlan plan = planned(asked, {.replications = 10});
  REQUIRE(plan.status == PlanStatus::holds);
  CHECK(plan.cover_bound <= plan.cost);
  CHECK(plan.cover_bound == Approx(5 * 480));  // 5 Erlang: at least 5 agents
  CHECK(plan.numbers[0] > 5);                  // which chance makes too few
  CHECK(plan.run->holds());
  CHECK(plan.bound <= plan.cost);
  REQUIRE_FALSE(plan.neighbours.empty());
  for (const Neighbour& n : plan.neighbours) CHECK((n.by < 0 ? n.breaks >= 0 : n.cost > 0));
}

TEST_CASE("a promise that no number of agents keeps is told to be impossible") {
  const StaffPlan plan = planned(served_at_once("95 %"));
  CHECK(plan.status == PlanStatus::impossible);
  CHECK(plan.numbers.empty());
  REQUIRE(plan.at_most.size() == 1);
  CHECK_FALSE(plan.at_most[0].holds);
  CHECK(plan.at_most[0].missed);
}

TEST_CASE("what the replications of the most agents leave open is told to be open, not impossible") {
  const StaffPlan plan = planned(served_at_once("28.35 %"), {.replications = 5});
  CHECK(plan.status == PlanStatus::not_shown);
  REQUIRE(plan.at_most.size() == 1);
  CHECK_FALSE(plan.at_most[0].holds);
  CHECK_FALSE(plan.at_most[0].missed);
  CHECK(plan.at_most[0].helped);
  CHECK(plan.at_most[0].value.low < 0.2835);
  CHECK(plan.at_most[0].value.high > 0.2835);
}

TEST_CASE("a planner that is stopped gives what it has") {
  const std::atomic<bool> stop = true;
  const Scenario asked = loaded(table_with("    regulars: {at_most: 50, numbers: by date}\n"), two_days);
  const StaffPlan plan = planned(asked, {.replications = 1, .stop = &stop});
  CHECK((plan.status == PlanStatus::stopped || plan.status == PlanStatus::holds));
}

TEST_CASE("parts that share nothing are solved apart, to the same end") {
  MixedProgram program;
  for (int d = 0; d < 6; ++d) {
    program.add_column({.upper = 9, .cost = 5, .whole = true});
    program.add_column({.upper = 9, .cost = 3, .whole = true});
    program.add_row({{2 * d, 3}, {2 * d + 1, 2}}, 7 + d, MixedProgram::infinity);
  }
  const SeparableSolution apart = solve_by_parts(program, {});
  CHECK(apart.parts == 6);
  CHECK(apart.solution.status == SolveStatus::optimal);
  CHECK(apart.solution.cost == Approx(program.solve({}).cost));
  CHECK(apart.solution.bound == Approx(apart.solution.cost));
}

TEST_CASE("numbers of agents by day say who comes to each duty") {
  const Scenario asked = loaded(R"(products: {letter: {}}
arrivals: {desk: {every: 1 h, mix: {letter: 100 %}, into: sorting}}
stations: {sorting: {kind: manual, skill: sorting, positions: 30, rate: 100 items/h per agent, next: out}}
staff:
  shifts: {day: {hours: "08:00-16:00"}}
  teams: {sorters: {agents: {Mon-Fri: 12, Sat: 6, 2025-03-05: 3, other: 1}, shift: day, skills: {sorting: 100 %}}}
run: {from: 2025-03-03, for: 7 days}
)");
  std::vector<int> agents;
  for (const Duty& duty : asked.model.teams[0].duties) agents.push_back(asked.model.teams[0].agents_on(duty));
  CHECK(agents == std::vector<int>{12, 12, 3, 12, 12, 6, 1});
  CHECK(asked.model.teams[0].agents == 12);
}

/// 200 parcels at 08:00 and 100 at 16:00, due in 4 hours, 25 an hour and agent. By hand: two agents from 08:00 and one
/// from 16:00 on each of three days, 36 hours at 10, and two new shifts at 7. Those of the first day count for nothing,
/// but what is done of them does not bring on those of the second.
TEST_CASE("at a price for who lacks, mail that does not count is not taken for mail that does") {
  const Scenario asked = loaded(R"(products: {parcel: {due: 4 h}}
arrivals:
  x: {at: "08:00", items: {parcel: 200}, into: sorting}
  y: {at: "16:00", items: {parcel: 100}, into: sorting}
stations: {sorting: {kind: manual, skill: sorting, positions: 9, rate: 25 items/h per agent, next: out}}
staff:
  shifts: {d: {hours: "00:00-08:00"}}
  teams: {t: {agents: 1, shift: d, skills: {sorting: 100 %}, cost: 10 EUR/h}}
targets: {done: {measure: on time, at_least: 100 %}}
plan:
  understaffed: 1000 EUR per agent and slot
  teams: {t: {at_most: 9, shifts: [d]}}
  new_shifts:
    teams: [t]
    windows:
      - {earliest: "07:00", latest: "09:00", every: 1 h, lengths: [4 h]}
      - {earliest: "15:00", latest: "17:00", every: 1 h, lengths: [4 h]}
    at_most: 3
    price: 7 EUR
run: {from: 2025-03-10, for: 3 days, warm_up: 1 day}
)");
  const StaffPlan plan = planned(asked);
  CHECK(plan.cost == Approx(374));
  CHECK(plan.bound == Approx(374));
  CHECK(plan.lacks.empty());
  REQUIRE(plan.run.has_value());
  CHECK(plan.run->holds());
}

/// Asked to stop while the first plan runs, which would take all night.
TEST_CASE("a planner that is stopped while it runs a plan gives the program's, not run") {
  const Scenario asked = loaded(R"(products: {letter: {due: 8 h}}
arrivals: {x: {rate: 100000 items/h, mix: {letter: 100 %}, into: sorting}}
stations: {sorting: {kind: manual, skill: sorting, positions: 99, rate: 6000 items/h per agent, next: out}}
staff:
  shifts: {d: {hours: "00:00-24:00"}}
  teams: {t: {agents: 1, shift: d, skills: {sorting: 100 %}, cost: 10 EUR/h}}
targets: {done: {measure: on time, at_least: 90 %}}
plan: {minimise: person-days, teams: {t: {at_most: 99}}}
run: {from: 2025-03-10, for: 60 days}
)");
  std::atomic<bool> stop = false;
  PlannerOptions options{.replications = 5};
  options.stop = &stop;
  options.progress = [&](const PlannerProgress& now) { stop = now.doing == PlannerProgress::Doing::running; };
  const StaffPlan plan = planned(asked, options);
  CHECK(plan.status == PlanStatus::stopped);
  CHECK_FALSE(plan.run.has_value());
  REQUIRE(plan.numbers.size() == 1);
  CHECK(plan.numbers[0] >= 15);  // nine tenths of 100,000 an hour at 6,000
}

}  // namespace mailflow
