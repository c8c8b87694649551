// What a report shows beyond the results agrees with them: two counts of the same things, made apart.
#include "report/run_record.hpp"

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
  return {std::move(*model), std::move(results), recorder.record()};
}

Recorded written(const std::string& text) {
  const auto path = std::filesystem::temp_directory_path() / "mailflow_run_record_test.yaml";
  std::ofstream(path) << text;
  return recorded(path.string());
}

const std::string noumea = std::string(MAILFLOW_SOURCE_DIR) + "/scenarios/noumea/today.yaml";

}  // namespace

TEST_CASE("agents' minutes, nights, overtime and moves add up to their team's") {
  const Recorded r = recorded(noumea);
  for (std::size_t t = 0; t < r.model.teams.size(); ++t) {
    INFO(r.model.teams[t].name);
    std::array<Ticks, 4> time{};
    Ticks night = 0;
    Ticks overtime = 0;
    std::int64_t moves = 0;
    for (const AgentRecord& a : r.record.agents) {
      if (a.team != static_cast<int>(t)) continue;
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
  std::vector<std::int64_t> in(r.model.stations.size());
  std::int64_t out = 0;
  for (const auto& [ends, items] : r.record.flow) {
    if (ends.second.kind == FlowEnd::Kind::station)
      in[static_cast<std::size_t>(ends.second.index)] += items;
    else
      out += items;
  }
  for (std::size_t s = 0; s < in.size(); ++s) {
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
  for (std::size_t s = 0; s < r.record.late.size(); ++s)
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
products: {parcel: {due: 90 min}}
arrivals:
  van: {at: "08:00", items: {parcel: 3}, into: desk}
stations:
  desk: {kind: manual, positions: 1, service: 60 min per item, next: out}
)");
  REQUIRE(r.record.late_items == 2);
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
