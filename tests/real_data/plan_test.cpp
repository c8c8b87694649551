// The published staffing problem on the recorded volumes, held against a formula: of the six shifts the last has the
// most hours left at every hour, so that all people on it do as well as any: the fewest are those whose hours left
// after each hour clear all that comes from then on.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

fs::path folder_of_data() {
  const char* named = std::getenv("MAILFLOW_DATA");
  return named != nullptr && *named != '\0' ? fs::path(named) : fs::path(MAILFLOW_SOURCE_DIR) / "../shared/data";
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
  return cells;
}

/// Fewest people by centre and day, of 60 regulars at 25 an hour, used first, and temporaries at 20.
std::map<std::string, std::int64_t> fewest() {
  std::map<std::string, std::array<std::int64_t, 24>> hourly;
  std::ifstream in(folder_of_data() / "sorting-centres/hourly.csv");
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    const auto cells = cells_of(line);
    const auto hour = static_cast<std::size_t>(std::stoi(cells.at(1).substr(11, 2)));
    hourly[cells[0] + " " + cells[1].substr(0, 10)][hour] += std::stoll(cells.at(2));
  }
  std::map<std::string, std::int64_t> people;
  for (const auto& [key, items] : hourly) {
    double pace = 0;
    std::int64_t to_come = 0;
    for (int h = 23; h >= 0; --h) {
      to_come += items[static_cast<std::size_t>(h)];
      pace = std::max(pace, static_cast<double>(to_come) / std::min(8, 24 - h));
    }
    const double regulars = std::min(60.0, std::ceil(pace / 25 - 1e-9));
    people[key] = static_cast<std::int64_t>(regulars + std::max(0.0, std::ceil((pace - 25 * regulars) / 20 - 1e-9)));
  }
  return people;
}

bool no_data() {
  if (fs::exists(folder_of_data() / "sorting-centres/hourly.csv")) return false;
  WARN("real data absent: set MAILFLOW_DATA to the folder of sorting-centres/hourly.csv");
  return true;
}

Said plan(const Desk& desk, const std::string& options) {
  return desk.tell("mailflow plan scenarios/sorting-centres/plan.yaml --threads 1 --data '" +
                   fs::absolute(folder_of_data()).string() + "' " + options);
}

}  // namespace

TEST_CASE(
    "every centre's every day has the fewest people there can be, proven by the solver, and is cleared when run") {
  if (no_data()) return;
  const Desk desk;
  desk.copy("scenarios");
  const bool all =
      std::getenv("MAILFLOW_TEST_SCALE") == nullptr;  // NOLINT(concurrency-mt-unsafe): no runs under sanitizers
  const Said said = plan(desk, std::string("--each arrivals.recorded.where.centre --quiet --out out") +
                                   (all ? "" : " --set plan.then=nothing --no-runs"));
  INFO(said.err);
  REQUIRE(said.status == 0);
  std::istringstream plans(desk.bytes("out/plans.csv")), days(desk.bytes("out/days.csv"));
  std::string line;
  std::getline(plans, line);
  int centres = 0;
  for (; std::getline(plans, line); ++centres) {
    const auto cells = cells_of(line);  // centre, status, value, bound, gap, proven, ...
    INFO(line);
    CHECK(cells.at(2) == cells.at(3));
    CHECK(cells.at(5) == "yes");
    if (!all) continue;
    CHECK(cells.at(1) == "holds");
    const Said run = desk.tell("mailflow run out/" + cells.at(0) + "/plan.yaml --quiet --judge --data '" +
                               fs::absolute(folder_of_data()).string() + "'");
    INFO(run.err);
    CHECK(run.status == 0);  // no parcel later than 00:03
  }
  std::map<std::string, std::int64_t> people;
  std::getline(days, line);
  while (std::getline(days, line)) {
    const auto cells = cells_of(line);  // centre, date, team, shift, agents
    people[cells.at(0) + " " + cells.at(1)] += std::stoll(cells.at(4));
  }
  const auto expected = fewest();
  CHECK(centres == 39);
  for (const auto& [day, fewest_there] : expected) {
    INFO(day);
    CHECK(people[day] == fewest_there);
  }
  for (const auto& [day, present] : people) CHECK(expected.contains(day));
}

TEST_CASE("where an hour's parcels come over the hour, a few days need one person more, and are cleared") {
  if (no_data()) return;
  const Desk desk;
  desk.copy("scenarios");
  for (const char* centre : {"SC14", "SC44"}) {  // SC44: 3,452 person-days by the curve of work, on 3 November one more
    INFO(centre);
    const Said said =
        plan(desk, "--quiet --out out --set arrivals.recorded.spread=even --set arrivals.recorded.where.centre=" +
                       std::string(centre));
    INFO(said.err);
    REQUIRE(said.status == 0);
    const auto kept = nlohmann::json::parse(desk.bytes("out/plan.json"));
    CHECK(kept.at("status") == "holds");
    CHECK(kept.at("value").get<double>() - kept.at("bound").get<double>() == (centre == std::string("SC44") ? 1 : 0));
    const Said run = desk.tell("mailflow run out/plan.yaml --quiet --judge --data '" +
                               fs::absolute(folder_of_data()).string() + "'");
    INFO(run.err);
    CHECK(run.status == 0);
  }
}

TEST_CASE("SC60's 200 regulars have a roster that they can work, within 0.2 % of the least there can be") {
  if (no_data() || std::getenv("MAILFLOW_TEST_SCALE") != nullptr) return;  // NOLINT(concurrency-mt-unsafe): too long
  const Desk desk;
  desk.copy("scenarios");
  const Said said = desk.tell("mailflow roster scenarios/sorting-centres/roster-sc60.yaml --quiet --out out --data '" +
                              fs::absolute(folder_of_data()).string() + "'");
  INFO(said.err);
  REQUIRE(said.status == 0);
  const auto roster = nlohmann::json::parse(desk.bytes("out/roster.json")).at("roster");
  CHECK(roster.at("cost").get<double>() <= 1.002 * roster.at("bound").get<double>());
  std::vector<int> attendance;
  for (const auto& agent : roster.at("agents")) {
    int days = 0, in_a_row = 0, longest = 0;
    for (const auto& day : agent.at("days")) {
      in_a_row = day.at("shift").is_null() ? 0 : in_a_row + 1;
      days += in_a_row > 0 ? 1 : 0;
      longest = std::max(longest, in_a_row);
    }
    CHECK(longest <= 7);
    attendance.push_back(days);
  }
  REQUIRE(attendance.size() == 200);
  const auto [least, most] = std::minmax_element(attendance.begin(), attendance.end());
  CHECK(*most <= 25);  // 85 % of 30 days
  CHECK(*most - *least <= 1);
  // each day's parcels, over the hours of those there: 25 an hour of a regular, 20 of a temporary, from every hour on
  std::map<std::string, std::array<double, 25>> can;  // by date: items that can be sorted from each hour to midnight
  const std::map<std::string, std::pair<int, int>> shifts = {{"s00", {0, 8}},   {"s05", {5, 13}},  {"s08", {8, 16}},
                                                             {"s12", {12, 20}}, {"s14", {14, 22}}, {"s16", {16, 24}}};
  const auto there = [&](const nlohmann::json& shift, const std::string& date, double an_hour) {
    const auto [from, to] = shifts.at(shift.get<std::string>());
    for (int h = 0; h < 24; ++h)
      can[date][static_cast<std::size_t>(h)] += an_hour * std::max(0, to - std::max(from, h));
  };
  for (const auto& agent : roster.at("agents"))
    for (const auto& day : agent.at("days"))
      if (!day.at("shift").is_null()) there(day.at("shift"), day.at("date").get<std::string>(), 25);
  for (const auto& row : roster.at("temporaries"))
    there(row.at("shift"), row.at("date").get<std::string>(), 20 * row.at("agents").get<double>());
  std::ifstream in(folder_of_data() / "sorting-centres/hourly.csv");
  std::map<std::string, std::array<double, 25>> to_come;
  std::string line;
  while (std::getline(in, line)) {
    const auto cells = cells_of(line);
    if (cells.at(0) != "SC60") continue;
    for (int h = std::stoi(cells.at(1).substr(11, 2)); h >= 0; --h)
      to_come[cells.at(1).substr(0, 10)][static_cast<std::size_t>(h)] += std::stod(cells.at(2));
  }
  CHECK(to_come.size() == 30);
  for (const auto& [date, items] : to_come)
    for (std::size_t h = 0; h < 24; ++h) {
      INFO(date << " " << h);
      CHECK(items[h] <= can[date][h] + 1e-6);
    }
}

}  // namespace mailflow::program
