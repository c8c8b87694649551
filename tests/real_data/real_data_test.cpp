// The scenarios of the real centres, run on the recorded data by the built program and held against sums worked out
// here from the CSV files. Where the data are absent each test is skipped: CMakeLists.txt tells ctest by which words.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>
#include <vector>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

using nlohmann::json;
using Row = std::map<std::string, std::string>;

fs::path data_folder() {
  const char* named = std::getenv("MAILFLOW_DATA");
  return named != nullptr && *named != '\0' ? fs::path(named) : fs::path(MAILFLOW_SOURCE_DIR) / "../shared/data";
}

bool absent(const std::string& file) {
  if (fs::exists(data_folder() / file)) return false;
  WARN("real data absent: set MAILFLOW_DATA to the folder of " + file);
  return true;
}

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
  return cells;
}

std::vector<Row> rows_of(const std::string& file) {
  std::ifstream in(data_folder() / file);
  std::string line;
  std::getline(in, line);
  const auto columns = split(line);
  std::vector<Row> rows;
  while (std::getline(in, line)) {
    const auto cells = split(line);
    REQUIRE(cells.size() == columns.size());
    for (Row& row = rows.emplace_back(); const auto& column : columns) row[column] = cells[row.size()];
  }
  REQUIRE(!rows.empty());
  return rows;
}

json run(const std::string& scenario) {
  const Desk desk;
  desk.copy("scenarios");
  const Said said = desk.tell("mailflow run scenarios/" + scenario + " --quiet --out out --data '" +
                              fs::absolute(data_folder()).string() + "'");
  INFO(said.err);
  REQUIRE(said.status == 0);
  return json::parse(desk.bytes("out/results.json"));
}

void nothing_is_lost(const json& results, int came) {
  CHECK(results["at_start"] == 0);
  CHECK(results["in"] == came);
  CHECK(results["out"].get<int>() + results["left"].get<int>() == came);
}

/// Parcels by the hour of the month; an hour without a row had none.
std::vector<int> hours_of(const std::string& centre) {
  std::vector<int> hours(30 * 24);
  for (const Row& row : rows_of("sorting-centres/hourly.csv")) {
    if (row.at("centre") != centre) continue;
    const std::string& from = row.at("hour_starting");  // 2023-11-07T15:00
    REQUIRE(from.starts_with("2023-11-"));
    hours.at((std::stoul(from.substr(8, 2)) - 1) * 24 + std::stoul(from.substr(11, 2))) += std::stoi(row.at("items"));
  }
  return hours;
}

/// Whoever works until midnight may have one parcel in hand; all others have been sorted.
void each_day_is_cleared(const std::string& scenario, const std::string& centre) {
  if (absent("sorting-centres/hourly.csv")) return;
  const auto came = hours_of(centre);
  const json results = run("sorting-centres/" + scenario + ".yaml");
  nothing_is_lost(results, std::accumulate(came.begin(), came.end(), 0));

  int hands = 0;
  for (const auto& [name, team] : results["teams"].items())
    if (name.ends_with("-16")) hands += team["agents"].get<int>();
  REQUIRE(hands > 0);
  const json& hours = results["station_hours"]["sorting"];
  REQUIRE(hours.size() == came.size());
  int arrived = 0;
  for (std::size_t hour = 0; hour < came.size(); ++hour) {
    arrived += came[hour];
    const std::string until = hours[hour]["until"];
    INFO(until);
    const int left = arrived - hours[hour]["items_out"].get<int>();
    CHECK(hours[hour]["content_now"] == left);
    if (hour % 24 == 23) CHECK((until.substr(10, 6) == "T00:00" && left <= hands));
  }
  CHECK(results["left"] == arrived - hours.back()["items_out"].get<int>());
  CHECK(results["on_time"]["late"] == 0);  // sorted three minutes after midnight
}

TEST_CASE("SC60 sorts all of each day but what is in hand at midnight") { each_day_is_cleared("sc60", "SC60"); }
TEST_CASE("SC1 sorts all of each day but what is in hand at midnight") { each_day_is_cleared("sc1", "SC1"); }
TEST_CASE("SC20 sorts all of each day but what is in hand at midnight") { each_day_is_cleared("sc20", "SC20"); }

// --- Site 1 ----------------------------------------------------------------------------------------------------------

const std::string arrivals = "short-haul/arrivals-10min.csv";
const std::string routes = "short-haul/routes.csv";

std::vector<Row> site_1(const std::string& file) {
  auto rows = rows_of(file);
  std::erase_if(rows, [](const Row& row) { return row.at("site") != "site-1"; });
  return rows;
}

/// "station-7-am" leaves for station-7 at 06:00.
std::string station_of(const std::string& departure) { return departure.substr(0, departure.size() - 3); }

TEST_CASE("Site 1 loses no parcel and no more than one in twenty is late") {
  if (absent(arrivals)) return;
  int came = 0;
  std::map<std::string, int> due;  // by departure time and station
  for (const Row& row : site_1(arrivals)) {
    came += std::stoi(row.at("items"));
    due[row.at("leave_by") + " " + row.at("station")] += std::stoi(row.at("items"));
  }
  const json results = run("short-haul/site-1.yaml");
  nothing_is_lost(results, came);
  int out = 0;
  int on_time = 0;
  for (const auto& [name, departure] : results["departures"].items())
    for (const json& trip : departure["trips"]) {
      const std::string what = trip["at"].get<std::string>().substr(0, 16) + " " + station_of(name);
      INFO(what);
      CHECK(trip["on_time"] <= due[what]);
      out += trip["items"].get<int>();
      on_time += trip["on_time"].get<int>();
    }
  CHECK(results["out"] == out);
  CHECK(results["on_time"]["on_time"] == on_time);
  CHECK(on_time >= 0.95 * came);
}

TEST_CASE("Site 1 sends a vehicle for every thousand parcels begun, at the route's cost") {
  if (absent(arrivals) || absent(routes)) return;
  std::map<std::string, double> cost;
  for (const Row& row : site_1(routes))
    cost[row.at("station") + (row.at("leave_by") == "06:00" ? "-am" : "-pm")] = std::stod(row.at("own_vehicle_cost"));
  const json results = run("short-haul/site-1.yaml");
  CHECK(results["departures"].size() == cost.size());
  double spent = 0;
  for (const auto& [name, departure] : results["departures"].items())
    for (const json& trip : departure["trips"]) {
      INFO(name << " " << trip["at"]);
      CHECK(trip["missed"] == 0);
      CHECK(trip["vehicles"] == (trip["items"].get<int>() + 999) / 1000);
      spent += trip["vehicles"].get<int>() * cost.at(name);
    }
  CHECK(spent > 0);
  CHECK(results["transport_cost"] == Approx(spent));
}

/// Of the parcels for one departure no more can be sorted by then than, from any moment on, those already there and
/// what the people can do in the rest; the best crew does all of that, but for the parcels in hand when the vehicles
/// go.
TEST_CASE("Site 1 gets away what its people can sort before each departure") {
  if (absent(arrivals)) return;
  constexpr int step = 10;
  struct Wave {
    std::map<int, double> came;  ///< by the minute their ten minutes begin, counted back from the departure
    int on_time = 0;
  };
  std::map<std::string, Wave> waves;
  for (const Row& row : site_1(arrivals)) {
    const std::string& from = row.at("starting");
    const std::string& by = row.at("leave_by");
    const auto minute = [](const std::string& at) {
      return std::stoi(at.substr(11, 2)) * 60 + std::stoi(at.substr(14));
    };
    const int day_before = from.substr(0, 10) < by.substr(0, 10) ? 1440 : 0;
    waves[by].came[minute(by) + day_before - minute(from)] += std::stod(row.at("items"));
  }
  const json results = run("short-haul/site-1.yaml");
  for (const auto& [name, departure] : results["departures"].items())
    for (const json& trip : departure["trips"])
      if (const auto wave = waves.find(trip["at"].get<std::string>().substr(0, 16)); wave != waves.end())
        wave->second.on_time += trip["on_time"].get<int>();
  const auto agents = [&](const char* team) { return results["teams"][team]["agents"].get<int>(); };
  for (const auto& [by, wave] : waves) {
    INFO(by);
    const bool morning = by.ends_with("06:00");
    // Of the night's people those from 00:00 and, in the last hour, from 05:00; at noon from 08:00 and, until 13:00,
    // 05:00.
    const auto at_work = [&](int before) {
      if (morning) return (before <= 360 ? agents("night") : 0) + (before <= 60 ? agents("early") : 0);
      return agents("noon") + (before > 60 ? agents("early") : 0);
    };
    double there = 0;
    for (const auto& [before, items] : wave.came) there += items;
    double most = there;
    double can = 0;
    for (int before = step; before <= wave.came.rbegin()->first; before += step) {
      if (const auto items = wave.came.find(before); items != wave.came.end()) there -= items->second;
      can += at_work(before) * 25.0 * step / 60;
      most = std::min(most, there + can);
    }
    CHECK(wave.on_time <= most);
    CHECK(wave.on_time >= most - at_work(step));
  }
}

// --- The network of sorting centres ----------------------------------------------------------------------------------

const std::string lines = "sorting-centres/lines.csv";
const std::string lines_after = "sorting-centres/lines-after-change.csv";
constexpr double network_days = 8;

/// So many lines lead from one centre to another at least; -1: none do.
int lines_between(const std::vector<Row>& all, const std::string& from, const std::string& to) {
  std::map<std::string, int> far = {{from, 0}};
  for (bool found = true; found;) {
    found = false;
    for (const Row& row : all)
      if (const auto at = far.find(row.at("from")); at != far.end())
        if (const auto [there, is_new] = far.emplace(row.at("to"), at->second + 1);
            is_new || there->second > at->second + 1) {
          there->second = at->second + 1;
          found = true;
        }
  }
  const auto there = far.find(to);
  return there == far.end() ? -1 : there->second;
}

/// What is on the way at the end is some 3 of 192 hours' mail for each line of a way; and chance, 5 deviations.
void about(double found, double wanted) {
  INFO(found << " found, " << wanted << " wanted");
  CHECK(std::abs(found - wanted) <= 0.03 * wanted + 5 * std::sqrt(wanted) + 5);
}

TEST_CASE("Before the change each line of the network carries the parcels published for it") {
  if (absent(lines) || absent("sorting-centres/hourly.csv")) return;
  const json results = run("sorting-centres/network.yaml");
  const auto all = rows_of(lines);
  CHECK(results["links"].size() == all.size());
  CHECK(results["posted"] ==
        results["delivered"].get<long>() + results["left"].get<long>() + results["under_way"].get<long>());
  for (const Row& row : all) {
    const std::string name = row.at("from") + "-" + row.at("to");
    INFO(name);
    about(results["links"][name]["items"].get<double>(), network_days * std::stod(row.at("items_per_day")));
  }
  // what a centre handles is what was recorded of it
  std::map<std::string, double> recorded;
  for (const Row& row : rows_of("sorting-centres/hourly.csv"))
    recorded[row.at("centre")] += std::stod(row.at("items")) / 30;
  for (const auto& [centre, items] : recorded) {
    INFO(centre);
    about(results["centres"][centre]["stations"]["sorting"]["items"].get<double>(), network_days * items);
  }
}

TEST_CASE("After the change the parcels of dropped lines go by the fewest lines that are left") {
  if (absent(lines) || absent(lines_after) || absent("sorting-centres/hourly.csv")) return;
  const json results = run("sorting-centres/network-after.yaml");
  const auto left = rows_of(lines_after);
  CHECK(results["links"].size() == left.size());
  double legs = 0;
  for (const Row& row : rows_of(lines))
    legs += std::stod(row.at("items_per_day")) * std::max(0, lines_between(left, row.at("from"), row.at("to")));
  double carried = 0;
  for (const auto& [name, link] : results["links"].items()) carried += link["items"].get<double>();
  about(carried, network_days * legs);
  CHECK(results["links"]["SC5-SC4"]["items"] > 0);  // a line that is new: SC28 reaches SC4 by it
}

}  // namespace
}  // namespace mailflow::program
