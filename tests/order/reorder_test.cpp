// The order in which names stand in a file decides nothing, nor do elements that no mail has to do with: figures are
// the same by name. And what a what-if leaves alone, chance leaves alone.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

using Json = nlohmann::json;
using Order = std::function<void(std::vector<std::string>&)>;

/// The same values, the names of every map in another order; lists are left as they are.
YAML::Node reordered(const YAML::Node& node, const Order& order) {
  YAML::Node copy;
  if (node.IsMap()) {
    std::vector<std::string> names;
    for (const auto& entry : node) names.push_back(entry.first.as<std::string>());
    order(names);
    for (const std::string& name : names) copy[name] = reordered(node[name], order);
  } else if (node.IsSequence()) {
    for (const YAML::Node& each : node) copy.push_back(reordered(each, order));
  } else {
    copy = YAML::Clone(node);
  }
  return copy;
}

/// Laws in quotes, as other readers of YAML want them: a comma in brackets is no end of a value to mailflow alone.
std::string laws_quoted(const std::string& text) {
  static const std::regex law("([^\"a-z])([a-z]+\\([^()\"\n]*,[^()\"\n]*\\)( per (item|lot))?)");
  return std::regex_replace(text, law, "$1\"$2\"");
}

std::string text_of(const YAML::Node& node) {
  YAML::Emitter out;
  out << node;
  return out.c_str();
}

/// Where `b` does not say what `a` says, by path; what only `b` has does not count. Sums of fractions are told to 1e-9.
void tell_differences(const Json& a, const Json& b, const std::string& path, std::vector<std::string>& told) {
  if (a.is_object()) {
    for (const auto& [key, value] : a.items()) {
      const std::string below = path + '.' + key;
      if (b.is_object() && b.contains(key))
        tell_differences(value, b[key], below, told);
      else
        told.push_back(below + " is missing");
    }
  } else if (a.is_array() && b.is_array() && a.size() == b.size()) {
    for (std::size_t i = 0; i < a.size(); ++i) tell_differences(a[i], b[i], path + '[' + std::to_string(i) + ']', told);
  } else if (a.is_number() && b.is_number()) {
    const double x = a.get<double>();
    const double y = b.get<double>();
    if (std::abs(x - y) > 1e-9 * std::max(std::abs(x), 1.0)) told.push_back(path + ": " + a.dump() + ", " + b.dump());
  } else if (a != b) {
    told.push_back(path + ": " + a.dump().substr(0, 80) + ", " + b.dump().substr(0, 80));
  }
}

std::vector<std::string> differences(const Json& a, const Json& b) {
  std::vector<std::string> told;
  tell_differences(a, b, "", told);
  told.resize(std::min<std::size_t>(told.size(), 20));
  return told;
}

const std::vector<std::string> none;

Json results(const Desk& desk, const std::string& file) {
  const std::string kept = "kept/" + file;  // centres and networks have tables of the same names, each in its folder
  const Said said = desk.tell("mailflow run " + file + " --quiet --out " + kept);
  INFO(said.err);
  REQUIRE(said.status == 0);
  Json all = Json::parse(desk.bytes(kept + "/results.json"));
  all.erase("scenario");
  return all;
}

/// All but the number of events, to which even a lorry without mail adds.
Json results_of(const std::string& text) {
  const Desk desk;
  desk.put("it.yaml", text);
  Json all = results(desk, "it.yaml");
  all["run"].erase("events");
  return all;
}

/// Runs the file with its names in several orders.
void check_orders(const Desk& desk, const std::string& file) {
  INFO(file);
  const YAML::Node tree = YAML::Load(laws_quoted(desk.bytes(file)));
  const Json as_written = results(desk, file);
  const std::string other = file.substr(0, file.rfind('.')) + "-reordered.yaml";
  for (unsigned way = 0; way < 3; ++way) {
    INFO(way);
    std::mt19937 bits(way);
    desk.put(other, text_of(reordered(tree, [&](std::vector<std::string>& names) {
               if (way == 0)
                 std::reverse(names.begin(), names.end());
               else
                 std::shuffle(names.begin(), names.end(), bits);
             })));
    CHECK(differences(as_written, results(desk, other)) == none);
  }
}

std::string read(const std::string& name) { return bytes_of(fs::path(MAILFLOW_SOURCE_DIR) / "tests" / "order" / name); }

std::string with(std::string text, const std::string& before, const std::string& after) {
  const auto at = text.find(before);
  REQUIRE(at != std::string::npos);
  return text.replace(at, before.size(), after);
}

/// The lots that came, as the event log tells them: when, of what, for where, how many.
std::multiset<std::string> arrivals(const std::string& text) {
  const Desk desk;
  desk.put("it.yaml", text);
  const Said said = desk.tell("mailflow run it.yaml --quiet --events log.csv");
  INFO(said.err);
  REQUIRE(said.status == 0);
  std::istringstream log(desk.bytes("log.csv"));
  std::string line;
  std::getline(log, line);
  std::vector<std::string> columns;
  const auto cells = [](const std::string& row) {
    std::vector<std::string> all;
    std::istringstream in(row);
    for (std::string cell; std::getline(in, cell, ',');) all.push_back(cell);
    return all;
  };
  columns = cells(line);
  std::multiset<std::string> found;
  while (std::getline(log, line)) {
    if (line.find(",arrive,") == std::string::npos) continue;
    const auto row = cells(line);
    std::string lot;
    for (std::size_t c = 0; c < std::min(columns.size(), row.size()); ++c)
      if (columns[c] == "start" || columns[c] == "product" || columns[c] == "destination" || columns[c] == "items")
        lot += row[c] + " ";
    found.insert(lot);
  }
  REQUIRE(found.size() > 50);
  return found;
}

}  // namespace

TEST_CASE("the order of names in a file decides nothing: chance in everything, all on the minute") {
  const Desk desk;
  desk.copy("tests/order");
  for (const char* file : {"chance", "together", "lorry"})
    check_orders(desk, "tests/order/" + std::string(file) + ".yaml");
}

TEST_CASE("the order of names in a file decides nothing: the shipped scenarios") {
  const Desk desk;
  desk.copy("models");
  desk.copy("scenarios/tutorial");
  desk.copy("scenarios/reference");
  desk.copy("tests/cli");
  check_orders(desk, "models/noumea.yaml");
  for (const char* file : {"1-one-table", "2-people", "3-a-machine", "4-departures"})
    check_orders(desk, "scenarios/tutorial/" + std::string(file) + ".yaml");
  check_orders(desk, "tests/cli/clockwork.yaml");
  check_orders(desk, "scenarios/reference/every-key.yaml");
  check_orders(desk, "scenarios/reference/every-network-key.yaml");
}

TEST_CASE("a product, destination, station or departure that no mail has to do with changes nothing") {
  const std::string centre = read("chance.yaml");
  const Json base = results_of(centre);
  const auto check_with = [&](const std::string& before, const std::string& after) {
    INFO(after);
    CHECK(differences(base, results_of(with(centre, before, after))) == none);
  };
  check_with("products:\n", "products:\n  aflat: {lot: 5 items}\n");
  check_with("destinations: {town", "destinations: {abroad: {}, town");
  check_with("destinations: {town: {}, island: {}}", "destinations: {town: {}, island: {}, zoo: {}}");
  check_with("stations:\n", "stations:\n  annex: {kind: walk, takes: 1 min, next: belt}\n");
  check_with("arrivals:\n",
             "arrivals:\n  anybody: {at: \"09:00\", items: {letter: 0}, to: {town: 100 %}, into: hand}\n");
}

TEST_CASE("one lorry more, or a run begun a day earlier, leaves the other lorries' lateness and mail as they were") {
  const std::string lorry_alone = read("lorry.yaml");
  const auto base = arrivals(lorry_alone);
  const auto check_among = [&](const std::string& text) {
    const auto all = arrivals(text);
    CHECK(all.size() > base.size());
    CHECK(std::includes(all.begin(), all.end(), base.begin(), base.end()));
  };
  check_among(with(lorry_alone, "[\"08:00\"", "[\"05:00\", \"08:00\""));
  check_among(with(lorry_alone, "from: 2025-03-04, for: 4 days", "from: 2025-03-03, for: 5 days"));
}

TEST_CASE(
    "the mail of two lorries of one instant, or of two floors at the start, comes mixed, whatever they are called") {
  const auto on_time = [](const std::string& how, const std::string& van, const std::string& first,
                          const std::string& second) {
    const Json all = results_of(
        "mailflow: 1\ncentre: {name: Two lorries}\nproducts: {parcel: {due: J+0 12:00}}\n"
        "destinations: {north: {}, south: {}}\narrivals:\n"
        "  " +
        first + ": {" + how +
        ": {parcel: 500}, to: {north: 100 %}, into: table}\n"
        "  " +
        second + ": {" + how +
        ": {parcel: 500}, to: {south: 100 %}, loaded: by product, into: table}\n"
        "stations: {table: {kind: manual, positions: 1, rate: 140 items/h per agent, next: bay}, bay: {kind: bay}}\n"
        "transport: {departures: {van: {to: all, at: \"" +
        van +
        "\"}}}\n"
        "run: {from: 2025-03-03, for: 1 day}\n");
    return std::pair{all["destinations"]["north"]["on_time"]["share"].get<double>(),
                     all["destinations"]["south"]["on_time"]["share"].get<double>()};
  };
  // 3.5 h at 140 an hour: 490 of 1,000 are in time, of each town 49 % give or take 4 standard deviations of 1.6 points
  for (const auto& [how, van] : {std::pair{"at: \"08:00\", items", "11:30"}, std::pair{"waiting_at_start", "03:30"}})
    for (const auto& [a, b] : {on_time(how, van, "aaa", "bbb"), on_time(how, van, "zzz", "bbb")}) {
      CHECK(std::abs(a - 0.49) < 0.064);
      CHECK(std::abs(b - 0.49) < 0.064);
    }
}

TEST_CASE("an agent's absence from one duty of a day says nothing of the other") {
  const Desk desk;
  desk.put("it.yaml",
           "mailflow: 1\ncentre: {name: Two duties a day}\nproducts: {letter: {lot: 60 items}}\n"
           "arrivals: {floor: {waiting_at_start: {letter: 60000}, into: table}}\n"
           "stations: {table: {kind: manual, skill: hands, positions: 1, rate: 60 items/h, next: out}}\n"
           "staff:\n  shifts: {am: {hours: \"08:00-09:00\"}, pm: {hours: \"10:00-11:00\"}}\n"
           "  teams: {t: {agents: 1, shift: [am, pm], skills: {hands: 100 %}, absent: 50 %}}\n"
           "run: {from: 2025-03-03, for: 400 days}\n");
  REQUIRE(desk.tell("mailflow run it.yaml --quiet --events log.csv").status == 0);
  std::map<std::string, int> handled;  // lots, one a duty, by day
  std::istringstream log(desk.bytes("log.csv"));
  const std::regex date("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  for (std::string line; std::getline(log, line);)
    if (std::smatch day; line.find(",process,") != std::string::npos && std::regex_search(line, day, date))
      ++handled[day.str()];
  // each of the two duties is worked or not: on 200 of 400 days one of the two, give or take 4 standard deviations of
  // 10
  const auto once = std::count_if(handled.begin(), handled.end(), [](const auto& day) { return day.second == 1; });
  CHECK(std::abs(static_cast<double>(once) - 200) < 40);
}

TEST_CASE("a lorry's mail for two towns comes mixed, whatever the towns are called") {
  const auto on_time = [](const std::string& first, const std::string& second) {
    const Json all = results_of(
        "mailflow: 1\ncentre: {name: Two towns}\nproducts: {parcel: {due: J+0 12:00}}\n"
        "destinations: {" +
        first + ": {}, " + second +
        ": {}}\n"
        "arrivals: {lorry: {at: \"08:00\", items: {parcel: 1000}, to: {" +
        first + ": 50 %, " + second +
        ": 50 %}, into: table}}\n"
        "stations: {table: {kind: manual, positions: 1, rate: 140 items/h per agent, next: bay}, bay: {kind: bay}}\n"
        "transport: {departures: {van: {to: all, at: \"11:30\"}}}\nrun: {from: 2025-03-03, for: 1 day}\n");
    return std::pair{all["destinations"][first]["on_time"]["share"].get<double>(),
                     all["destinations"][second]["on_time"]["share"].get<double>()};
  };
  // 3.5 h at 140 an hour: 490 of 1,000 are in time, of each town 49 % give or take 4 standard deviations of 2.2 points
  for (const auto& [a, b] : {on_time("aaa", "bbb"), on_time("bbb", "aaa"), on_time("zoo", "aaa")}) {
    CHECK(a == Approx(0.49).margin(0.09));
    CHECK(b == Approx(0.49).margin(0.09));
  }
}

}  // namespace mailflow::program
