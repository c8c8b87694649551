// The tables against results.json, which holds the same figures in other units and order, and against themselves:
// causes add up to the time in the centre. The last case is worked out by hand.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

using Json = nlohmann::json;
using Row = std::map<std::string, std::string>;

/// No cell of these runs holds a comma or a quote.
std::vector<Row> rows_of(const std::string& csv) {
  std::istringstream lines(csv);
  std::string line;
  std::getline(lines, line);
  const auto cells = [](const std::string& text) {
    std::vector<std::string> all;
    std::istringstream in(text + ",");
    for (std::string cell; std::getline(in, cell, ',');) all.push_back(cell);
    return all;
  };
  const auto names = cells(line);
  std::vector<Row> rows;
  while (std::getline(lines, line)) {
    const auto values = cells(line);
    REQUIRE(values.size() == names.size());
    Row row;
    for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = values[i];
    rows.push_back(row);
  }
  return rows;
}

bool close(double one, double other) { return std::abs(one - other) <= 1e-9 * std::max({1.0, one, other}); }

/// The cell of a table says what stands in results.json, divided by `unit`; null is an empty cell.
void check_cell(const Row& row, const std::string& column, const Json& value, double unit = 1) {
  INFO(column);
  REQUIRE(row.contains(column));
  const std::string& cell = row.at(column);
  if (value.is_null()) {
    CHECK(cell.empty());
  } else if (value.is_string()) {
    CHECK(cell == value.get<std::string>());
  } else {
    REQUIRE_FALSE(cell.empty());
    INFO(cell << " and " << value.get<double>() / unit);
    CHECK(close(std::stod(cell), value.get<double>() / unit));
  }
}

void check_on_time(const Row& row, const Json& on_time) {
  check_cell(row, "on_time_share", on_time.at("share"));
  for (const char* column : {"on_time", "late", "undecided"}) check_cell(row, column, on_time.at(column));
}

const std::vector<std::string> states = {"busy", "idle", "set_up", "down", "unstaffed", "blocked", "closed"};
constexpr double per_hour = 60;

/// A run of every key of the language and one of a whole centre, in folders one and two.
const Desk& two_tabled_runs() {
  static const Desk desk;
  static const bool ran = [] {
    desk.copy("scenarios");
    desk.copy("models");
    return desk.tell(
                   "mailflow run scenarios/reference/every-key.yaml --quiet --out one && "
                   "mailflow run scenarios/noumea/today.yaml --until-day 9 --quiet --out two")
               .status == 0;
  }();
  REQUIRE(ran);
  return desk;
}

struct Run {
  std::string folder;
  Json json;
  std::vector<Row> table(const std::string& name) const {
    return rows_of(two_tabled_runs().bytes(folder + "/" + name));
  }
};

std::vector<Run> runs() {
  std::vector<Run> all;
  for (const char* folder : {"one", "two"})
    all.push_back({folder, Json::parse(two_tabled_runs().bytes(folder + std::string("/results.json")))});
  return all;
}

TEST_CASE("products and destinations are those of results.json") {
  for (const Run& run : runs()) {
    const auto products = run.table("products.csv");
    CHECK(products.size() == run.json["products"].size());
    for (const Row& row : products) {
      INFO(row.at("product"));
      const Json& product = run.json["products"].at(row.at("product"));
      for (const char* column : {"at_start", "in", "out", "left"}) check_cell(row, column, product.at(column));
      check_on_time(row, product.at("on_time"));
      for (const std::string figure : {"mean", "p50", "p90", "p95", "p99", "max"})
        check_cell(row, figure + "_minutes", product.at("time_in_centre_minutes").at(figure));
    }
    const auto destinations = run.table("destinations.csv");
    CHECK(destinations.size() == run.json["destinations"].size());
    for (const Row& row : destinations)
      check_on_time(row, run.json["destinations"].at(row.at("destination")).at("on_time"));
    std::size_t days = 0;
    const auto by_day = run.table("on_time_by_due_day.csv");
    for (const auto& [name, product] : run.json["products"].items())
      for (const Json& day : product.at("on_time_by_due_day")) {
        const auto row = std::find_if(by_day.begin(), by_day.end(), [&, &named = name](const Row& r) {
          return r.at("product") == named && r.at("due_day") == day.at("day").get<std::string>();
        });
        INFO(name << " due on " << day.at("day"));
        REQUIRE(row != by_day.end());
        ++days;
        check_cell(*row, "on_time", day.at("on_time"));
        check_cell(*row, "late", day.at("late"));
      }
    CHECK(days == by_day.size());
  }
}

TEST_CASE("stations are those of results.json, and their hours what came to it in each") {
  for (const Run& run : runs()) {
    const auto stations = run.table("stations.csv");
    CHECK(stations.size() == run.json["stations"].size());
    for (const Row& row : stations) {
      INFO(row.at("station"));
      const Json& station = run.json["stations"].at(row.at("station"));
      for (const char* column : {"items_in", "items_out", "items_diverted", "queue_max_items", "longest_wait_minutes"})
        check_cell(row, column, station.at(column));
      for (const auto& state : states) check_cell(row, state + "_share", station.at("state_shares").at(state));
      check_cell(row, "queue_mean_items", station.at("queue_items").at("mean"));
      check_cell(row, "wait_mean_minutes", station.at("wait_minutes").at("mean"));
    }
    std::map<std::string, std::size_t> hours;
    std::map<std::string, std::map<std::string, double>> so_far;
    for (const Row& row : run.table("station_hours.csv")) {
      const std::string& name = row.at("station");
      const Json& hour = run.json["station_hours"].at(name).at(hours[name]++);
      INFO(name << " until " << row.at("until"));
      check_cell(row, "until", hour.at("until"));
      check_cell(row, "queue_now", hour.at("queue_now"));
      check_cell(row, "queue_max", hour.at("queue_max"));
      auto& sums = so_far[name];
      CHECK((sums["items_out"] += std::stod(row.at("items_out"))) == hour.at("items_out"));
      for (const auto& state : states)
        CHECK(close(sums[state] += std::stod(row.at(state + "_hours")), hour.at("state_hours").at(state)));
      // every hour of these runs is whole, so the mean of an hour is its item-hours
      CHECK(close(sums["queue"] += std::stod(row.at("queue_mean_items")), hour.at("queue_item_hours")));
    }
    for (const auto& [name, rows] : run.json["station_hours"].items()) CHECK(hours[name] == rows.size());
  }
}

TEST_CASE("teams, departures and targets are those of results.json") {
  for (const Run& run : runs()) {
    const auto teams = run.table("teams.csv");
    CHECK(teams.size() == run.json["teams"].size());
    for (const Row& row : teams) {
      INFO(row.at("team"));
      const Json& team = run.json["teams"].at(row.at("team"));
      for (const std::string part : {"paid", "worked", "idle", "moving", "break", "overtime", "night", "absent"})
        check_cell(row, part + "_hours", team.at(part + "_minutes"), per_hour);
      for (const char* column : {"agents", "absences", "moves", "cost"}) check_cell(row, column, team.at(column));
      CHECK(close(team.at("paid_minutes").get<double>(),
                  team.at("worked_minutes").get<double>() + team.at("idle_minutes").get<double>() +
                      team.at("moving_minutes").get<double>() + team.at("break_minutes").get<double>()));
    }
    std::size_t trip = 0;
    const auto trips = run.table("departures.csv");
    for (const auto& [name, departure] : run.json["departures"].items()) {
      double items = 0;
      for (const Json& at : departure.at("trips")) {
        items += at.at("items").get<double>();
        const auto row = std::find_if(trips.begin(), trips.end(), [&, &named = name](const Row& r) {
          return r.at("departure") == named && r.at("at") == at.at("at").get<std::string>();
        });
        INFO(name);
        REQUIRE(row != trips.end());
        ++trip;
        for (const char* column : {"items", "kg", "vehicles", "missed", "on_time", "late"})
          check_cell(*row, column, at.at(column));
      }
      CHECK(items == departure.at("items"));
    }
    CHECK(trip == trips.size());
    const auto targets = run.table("targets.csv");
    CHECK(targets.size() == run.json["targets"].size());
    for (const Row& row : targets) {
      INFO(row.at("target"));
      const Json& target = run.json["targets"].at(row.at("target"));
      for (const char* column : {"value", "days_judged", "days_met", "detail"})
        check_cell(row, column, target.at(column));
      check_cell(row, "bound", target.at(target.contains("at_least") ? "at_least" : "at_most"));
      CHECK(row.at("met") == (target.at("met").get<bool>() ? "yes" : "no"));
    }
  }
}

double sum_of_causes(const Json& causes) {
  double sum = 0;
  for (const auto& [cause, minutes] : causes.items())
    if (cause != "total") sum += minutes.get<double>();
  return sum;
}

TEST_CASE("causes add up to the time in the centre, by product, by station and in the table") {
  for (const Run& run : runs()) {
    std::map<std::string, double> at_stations;
    for (const auto& [name, station] : run.json["stations"].items())
      for (const auto& [product, causes] : station.at("cause_item_minutes").items()) {
        INFO(name << ", " << product);
        CHECK(close(sum_of_causes(causes), causes.at("total")));
        at_stations[product] += causes.at("total").get<double>();
      }
    for (const auto& [name, product] : run.json["products"].items()) {
      INFO(name);
      const double in_centre = product.at("in_centre_item_minutes");
      CHECK(in_centre > 0);
      CHECK(close(sum_of_causes(product.at("cause_item_minutes")), in_centre));
      CHECK(close(product.at("cause_item_minutes").at("total"), in_centre));
      CHECK(close(at_stations[name], in_centre));
    }
    const auto table = run.table("causes.csv");
    CHECK(table.size() == run.json["stations"].size() * run.json["products"].size());
    for (const Row& row : table) {
      const Json& causes = run.json["stations"].at(row.at("station")).at("cause_item_minutes").at(row.at("product"));
      for (const auto& [cause, minutes] : causes.items()) check_cell(row, cause + "_item_minutes", minutes);
      CHECK(row.size() == causes.size() + 2);
    }
  }
}

TEST_CASE("the causes of a day worked out by hand") {
  // 6 000 letters at 08:00, two desks of 1 500 an hour, lots of 100. A lot is in hand for 4 minutes and each letter of
  // it for 2.4 s: 6 000 x 2.4 s = 240 item-minutes of processing. The k-th of 30 rounds ends at 4k minutes, 62 in the
  // mean: 6 000 x 62 = 372 000 item-minutes in the centre. A letter waits in the mean for 49.5 others of its lot before
  // its turn and for as many after it: 6 000 x 49.5 x 0.04 = 11 880 of filling, and as much of waiting in hand; and for
  // 58 minutes in the queue: 348 000, so 359 880 of waiting for the machine. The desks are busy 2 h each of 24.
  const Desk desk;
  desk.copy("scenarios/tutorial");
  REQUIRE(desk.tell("mailflow run scenarios/tutorial/1-one-table.yaml --quiet --out out").status == 0);
  const auto causes = rows_of(desk.bytes("out/causes.csv"));
  REQUIRE(causes.size() == 1);
  const Row& row = causes[0];
  const std::map<std::string, double> minutes = {
      {"processing", 240}, {"waiting_for_machine", 359880}, {"filling", 11880}, {"total", 372000}};
  for (const auto& [column, cell] : row) {
    if (column == "station" || column == "product") continue;
    INFO(column);
    const std::string cause = column.substr(0, column.find("_item_minutes"));
    CHECK(std::stod(cell) == Approx(minutes.contains(cause) ? minutes.at(cause) : 0).margin(1e-6));
  }
  const Row product = rows_of(desk.bytes("out/products.csv")).at(0);
  CHECK(std::stod(product.at("mean_minutes")) == Approx(62));
  CHECK(std::stod(product.at("max_minutes")) == Approx(120));
  CHECK(product.at("out") == "6000");
  const Row station = rows_of(desk.bytes("out/stations.csv")).at(0);
  CHECK(std::stod(station.at("busy_share")) == Approx(2.0 / 24));
  CHECK(std::stod(station.at("idle_share")) == Approx(22.0 / 24));
  CHECK(std::stod(station.at("wait_mean_minutes")) == Approx(58));
  CHECK(std::stod(station.at("queue_mean_items")) == Approx(348000.0 / 1440));
  const auto hours = rows_of(desk.bytes("out/station_hours.csv"));
  REQUIRE(hours.size() == 24);
  for (std::size_t h = 0; h < hours.size(); ++h) {
    INFO(h);
    // at 09:00 two more lots are taken in hand before the hour is counted
    const bool at_work = h == 8 || h == 9;
    CHECK(hours[h].at("items_out") == (at_work ? "3000" : "0"));
    CHECK(std::stod(hours[h].at("busy_hours")) == Approx(at_work ? 2 : 0));
    CHECK(hours[h].at("queue_max") == (h == 8 ? "5800" : h == 9 ? "2800" : "0"));
  }
}

}  // namespace
}  // namespace mailflow::program
