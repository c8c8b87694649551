// What a report shows beyond the results agrees with them: two counts of the same things, made apart.
#include "report/run_record.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "scenario/load.hpp"

using namespace mailflow;

namespace {

struct Recorded {
  Model model;
  Results results;
  RunRecord record;
};

Recorded recorded(const std::string& path) {
  Problems problems;
  auto model = load_model(path, {}, problems);
  INFO(problems.text());
  REQUIRE(model);
  RunRecorder recorder(*model);
  RunOptions options;
  options.seed = model->seed;
  options.events = &recorder;
  Results results = simulate(*model, options);
  RunRecord record = recorder.record();  // while the model is where the recorder knows it
  return {std::move(*model), std::move(results), std::move(record)};
}

Recorded written(const std::string& text) {
  const auto path =
      std::filesystem::temp_directory_path() / ("mailflow-run-record-" + std::to_string(getpid()) + ".yaml");
  std::ofstream(path) << text;
  return recorded(path.string());
}

const std::string noumea = std::string(MAILFLOW_SOURCE_DIR) + "/scenarios/noumea/today.yaml";

}  // namespace

TEST_CASE("agents' minutes, nights, overtime and moves add up to their team's") {
  const Recorded r = recorded(noumea);
  for (const TeamIndex t : r.model.teams.indices()) {
    INFO(r.model.teams[t].name);
    std::array<Ticks, 4> time{};
    Ticks night = 0;
    Ticks overtime = 0;
    std::int64_t moves = 0;
    for (const AgentRecord& a : r.record.agents) {
      if (a.team != t) continue;
      for (std::size_t s = 0; s < 4; ++s) time[s] += a.time[s];
      night += a.night;
      overtime += a.overtime;
      moves += a.moves;
    }
    const TeamResult& team = r.results.teams[t];
    CHECK(time[0] == team.idle);
    CHECK(time[1] == team.worked);
    CHECK(time[2] == team.moving);
    CHECK(time[3] == team.on_break);
    CHECK(night == team.night);
    CHECK(overtime == team.overtime);
    CHECK(moves == team.moves);
  }
}

TEST_CASE("the flow into a station is what entered it, and what leaves the centre is what left") {
  const Recorded r = recorded(noumea);
  Rows<Station, std::int64_t> in(r.model.stations.size());
  std::int64_t out = 0;
  for (const auto& [ends, items] : r.record.flow) {
    if (const auto* station = std::get_if<StationIndex>(&ends.second))
      in[*station] += items;
    else
      out += items;
  }
  for (const StationIndex s : in.indices()) {
    INFO(r.model.stations[s].name);
    CHECK(in[s] == r.results.stations[s].items_in);
  }
  CHECK(out == r.results.out);
}

TEST_CASE("items counted late are those of the results") {
  const Recorded r = recorded(noumea);
  std::int64_t late = 0;
  for (const ProductResult& product : r.results.products) late += product.on_time.late;
  CHECK(r.record.late_items == late);
  CHECK(r.record.latest.size() == 10);
  for (std::size_t i = 1; i < r.record.latest.size(); ++i)
    CHECK(r.record.latest[i - 1].late.at - r.record.latest[i - 1].late.due >=
          r.record.latest[i].late.at - r.record.latest[i].late.due);
  double by_hour = 0;
  double whole = 0;
  for (const StationIndex s : r.record.late.indices())
    for (std::size_t c = 0; c < causes; ++c) {
      whole += r.record.late[s][c];
      for (const double m : r.record.late_by_hour[s][c]) by_hour += m;
    }
  CHECK(by_hour == Approx(whole).epsilon(1e-9));
}

// Three parcels come at 08:00 to one desk at 1 item/h, each due within 90 minutes: the first leaves at 09:00 in time,
// the second at 10:00 (an hour waited, an hour in hand), the third at 11:00 (two hours waited, one in hand).
TEST_CASE("late items' minutes go to the causes and hours in which they were spent") {
  const Recorded r = written(R"(
mailflow: 1
centre: {name: Desk, timezone: Pacific/Noumea}
run: {from: 2025-03-03, for: 1 day}
products: {parcel: {due: 90 min}, letter: {}}
arrivals:
  van: {at: "08:00", items: {parcel: 3}, into: desk}
stations:
  desk: {kind: manual, positions: 1, service: 60 min per item, next: out}
targets:
  letters: {measure: on time, of: letter, at_least: 90 %}
  parcels: {measure: on time, of: parcel, at_least: 90 %}
)");
  REQUIRE(r.record.late_items == 2);
  // Both were due at 09:30 of the first day and left by no departure; the third was latest. No parcel is a letter.
  REQUIRE(r.record.late_groups.size() == 1);
  const auto& [of, group] = *r.record.late_groups.begin();
  CHECK(of.first == 0);
  CHECK(of.second == none);
  CHECK(group.items == 2);
  CHECK(group.lots == 2);
  REQUIRE(group.latest.size() == 2);
  CHECK(group.latest[0].late.at - group.latest[1].late.at == hour);
  const auto waiting = static_cast<std::size_t>(Cause::waiting_for_machine);
  CHECK(r.record.late_of_target[0][0][waiting] == 0);
  CHECK(r.record.late_of_target[1][0][waiting] == Approx(180));
  const auto& late = r.record.late[0];
  CHECK(late[static_cast<std::size_t>(Cause::processing)] == Approx(120));
  CHECK(late[static_cast<std::size_t>(Cause::waiting_for_machine)] == Approx(180));
  const auto& waited = r.record.late_by_hour[0][static_cast<std::size_t>(Cause::waiting_for_machine)];
  CHECK(waited[8] == Approx(120));
  CHECK(waited[9] == Approx(60));
  CHECK(waited[10] == 0);
  REQUIRE(r.record.latest.size() == 2);
  CHECK(r.record.latest[0].late.at - r.record.latest[0].late.due == 90 * minute);
  REQUIRE(r.record.latest[0].steps.size() == 4);
  CHECK(std::string(r.record.latest[0].steps[1].activity) == "wait");
  CHECK(r.record.latest[0].steps[1].end - r.record.latest[0].steps[1].start == 2 * hour);
}

TEST_CASE("the curves of the days are the results by the half hour") {
  const Recorded r = recorded(noumea);
  const DayCurves& curves = r.record.curves;
  const int days = curves.until - curves.from;  // of five weeks, the busiest and three on both sides, or up to the end
  CHECK(days > 3);
  CHECK(days <= 7);
  std::size_t slots = 0;
  for (const std::size_t n : curves.slots) slots += n;
  CHECK(slots == static_cast<std::size_t>(days) * 48);
  double worked = 0;
  double by_teams = 0;
  for (const StationIndex s : r.model.stations.indices()) {
    const auto at_work = curves.worked[s];
    const auto lacking = curves.lacking[s];
    CHECK(at_work.size() == slots);
    for (std::size_t i = 0; i < slots; ++i) {
      worked += at_work[i];
      CHECK(lacking[i] >= 0);
      CHECK(at_work[i] + lacking[i] <= r.model.stations[s].servers * r.model.stations[s].crew + 1e-6);
    }
  }
  for (const TeamIndex t : r.model.teams.indices())
    for (const double v : curves.teams[t][1]) by_teams += v;
  CHECK(worked == Approx(by_teams));
}

// Two letters come at 08:00, one at 09:40, to a table at 2 items/h with one agent from 08:00 to 11:00: in hand without
// a break from 08:00 to 09:00 and from 09:40 to 10:10. The van leaves at 12:00 and takes all; one came the day before.
TEST_CASE("what arrives, is sorted and leaves, and who works, by the half hour, reckoned by hand") {
  const Recorded r = written(R"(
mailflow: 1
centre: {name: Table, timezone: UTC}
run: {from: 2025-03-03, for: 2 days, warm_up: 1 day}
products: {letter: {lot: 1 item, due: J+0 11:30}}
destinations: {town: {}}
arrivals:
  before: {at: "20:00", days: Mon, items: {letter: 1}, to: {town: 100 %}, into: table}
  van: {at: "08:00", days: Tue, items: {letter: 2}, to: {town: 100 %}, into: table}
  bike: {at: "09:40", days: Tue, items: {letter: 1}, to: {town: 100 %}, into: table}
staff:
  shifts: {morning: {hours: "08:00-11:00"}}
  teams: {sorters: {agents: 1, skills: {sort: 100 %}, shift: morning}}
stations:
  table: {kind: manual, skill: sort, positions: 2, rate: 2 items/h per agent, next: bay}
  bay: {kind: bay}
transport:
  departures:
    van-out: {to: [town], at: "12:00"}
)");
  const DayCurves& curves = r.record.curves;
  REQUIRE(curves.from == 1);
  REQUIRE(curves.until == 2);
  const DayCurves::Passed letters = curves.products[0];
  CHECK(letters.before == std::array<std::int64_t, 3>{1, 0, 0});
  const auto sum = [](const std::vector<std::int64_t>& row, std::size_t upto) {
    std::int64_t all = 0;
    for (std::size_t i = 0; i < upto; ++i) all += row[i];
    return all;
  };
  CHECK(letters.in_slot[0][16] == 2);
  CHECK(letters.in_slot[0][19] == 1);
  // The one of the evening before is sorted at 08:30, the others at 09:00, 09:30 and 10:10.
  CHECK(sum(letters.in_slot[1], 17) == 0);
  CHECK(letters.in_slot[1][17] == 1);
  CHECK(letters.in_slot[1][18] == 1);
  CHECK(letters.in_slot[1][19] == 1);
  CHECK(letters.in_slot[1][20] == 1);
  CHECK(letters.in_slot[2][24] == 4);
  CHECK(curves.destinations[0].in_slot[2][24] == 4);
  const auto worked = curves.worked[0];
  CHECK(worked[16] == Approx(1));
  CHECK(worked[18] == Approx(1));
  CHECK(worked[19] == Approx(20.0 / 30));
  CHECK(worked[20] == Approx(10.0 / 30));
  CHECK(curves.teams[0][0][20] == Approx(20.0 / 30));
  // All are late, for the van leaves at 12:00: no departure keeps 11:30.
  CHECK(r.record.late_items == 4);
  CHECK(r.record.responsible[static_cast<std::size_t>(Responsible::timetable)] == 4);
  // At 08:00 to 08:30 two waited for the one agent, as much as an agent in half an hour each, and one position was
  // free.
  CHECK(curves.lacking[0][16] == Approx(1));
}
