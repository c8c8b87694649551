// Scenarios that are right, against models worked out by hand.
#include "scenario/load.hpp"

#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "metrics/measure.hpp"

namespace mailflow {
namespace {

namespace fs = std::filesystem;

Model loaded(const std::string& text, LoadOptions options = {}) {
  const auto path = fs::temp_directory_path() / ("mailflow-load-" + std::to_string(::getpid()) + ".yaml");
  std::ofstream(path) << text;
  Problems problems;
  auto model = load_model(path.string(), options, problems);
  fs::remove(path);
  INFO(problems.text());
  REQUIRE(model.has_value());
  return *model;
}

Model reference(const std::string& name) {
  Problems problems;
  auto model = load_model(MAILFLOW_SOURCE_DIR "/scenarios/reference/" + name, {}, problems);
  INFO(problems.text());
  REQUIRE(model.has_value());
  return *model;
}

TEST_CASE("the reference scenario, every key of it, becomes the model it says") {
  const Model m = reference("every-key.yaml");
  CHECK(m.end == 14 * day);
  CHECK(m.warm_up == day);
  CHECK(m.currency == "XPF");
  CHECK(m.working_weekdays == 0b0011111U);
  REQUIRE(m.products.size() == 3);
  CHECK(m.products[0].lot_items == 250);
  CHECK(m.products[0].weight_kg == Approx(0.02));
  CHECK(m.products[2].due_within == 26 * hour);
  REQUIRE(m.sources.size() == 6);
  // Mon-Fri for two weeks less the holidays Thursday 1 and Thursday 8 May: 8 days, twice a day
  CHECK(m.sources[0].at.size() == 16);
  CHECK(m.sources[0].at[0] == 7 * hour);
  CHECK(m.sources[0].late_by.law == Law::lognormal);
  CHECK(m.sources[0].mix.destination[1] == Rows<Destination, double>{0.7, 0.3});
  // of the five recorded rows one is of another site
  CHECK(m.sources[4].rows.size() == 4);
  CHECK(m.sources[4].rows[0].leave_by == 29 * hour + 30 * minute);
  CHECK(m.sources[5].items[1].mean() == 2000);
  CHECK(m.sources[0].loaded == Loaded::by_destination);
  CHECK(m.sources[5].loaded == Loaded::mixed);
  const Station& letters = m.stations[2];
  CHECK(letters.items_per_tick * static_cast<double>(hour) == Approx(30000));
  CHECK(letters.crew == 2);
  CHECK(letters.queue_holds == 60000);
  CHECK(letters.open[0].from == 0);
  CHECK(letters.open[0].to == 5 * hour);
  CHECK(letters.breakdown.clock == FailureClock::working);
  CHECK(letters.diversions.size() == 2);
  CHECK(m.assignment.review == 15 * minute);
  CHECK(m.departures[1].vehicles == -1);
  CHECK(m.departures[1].capacity_kg == 350);
  CHECK(m.targets[2].over == 3 * hour);
}

TEST_CASE("the reference situation, every key of it, becomes the model it says") {
  const std::string folder = MAILFLOW_SOURCE_DIR "/scenarios/reference/";
  LoadOptions options;
  options.from_state = folder + "state.yaml";
  Problems problems;
  const auto model = load_model(folder + "every-key.yaml", options, problems);
  INFO(problems.text());
  REQUIRE(model.has_value());
  const Situation& there = model->situation;
  CHECK(there.given);
  CHECK(there.at == 2 * day + 19 * hour);
  CHECK(model->warm_up == there.at);
  CHECK(model->end == 4 * day + 12 * hour);
  CHECK(there.mail[0].items == 250);  // 2600 letters: ten full trays and 100
  CHECK(there.mail[0].lots == 10);
  CHECK(there.mail[1].items == 100);
  CHECK(there.mail[2].arrived == 2 * day + 16 * hour + 40 * minute);
  CHECK(there.mail[2].due == 3 * day + 6 * hour);
  CHECK(there.teams[0].present == 12);
  // the flight of Friday, 07:10, is taken out; the van of Friday goes at 06:15 and at 09:00
  const auto& flight = model->departures[1].at;
  CHECK(std::find(flight.begin(), flight.end(), 4 * day + 7 * hour + 10 * minute) == flight.end());
  const auto& van = model->departures[0].at;
  CHECK(std::find(van.begin(), van.end(), 3 * day + 6 * hour + 15 * minute) != van.end());
  CHECK(there.vehicles.size() == 2);
  CHECK(there.sources[0].volume == Approx(1.2));
}

TEST_CASE("a what-if differs from its base by its changes and nothing else") {
  const Model m = reference("what-if.yaml");
  CHECK(m.end == 7 * day);
  CHECK(m.warm_up == day);
  REQUIRE(m.teams.size() == 3);
  CHECK(m.teams[1].agents == 11);
  CHECK(m.teams[2].name == "students");
  CHECK(m.departures.size() == 1);
  CHECK(m.targets.size() == 6);
  // the night before the run: Sunday 22:30 to Monday 06:18
  CHECK(m.teams[1].duties[0].span.from == -90 * minute);
  CHECK(m.teams[1].duties[0].span.to == 6 * hour + 18 * minute);
}

const char* const plain = R"(
mailflow: 1
centre: {name: Hub, timezone: Europe/Paris}
products: {letter: {lot: 10 items, due: J+1 06:00, accepted_until: "18:00"}}
arrivals:
  street: {rate: {Mon-Fri: {"08:00": 60 items/h, "12:00": 0 items/h}, Sun: {"08:00": 30 items/h}}, mix: {letter: 100 %}, into: sort}
stations:
  sort: {kind: manual, skill: sorting, positions: 2, service: erlang(2, mean 30 s), next: out}
staff:
  shifts: {night: {hours: "22:00-06:00", days: [Sat], breaks: ["01:00 20 min"]}}
  teams: {all: {agents: 2, shift: night, skills: {sorting: 90 %}}}
run: {from: 2025-03-29, for: 3 days}
)";

TEST_CASE("the night in which clocks go forward is an hour shorter") {
  // Saturday 29 to Monday 31 March 2025; 02:00 becomes 03:00 on Sunday
  const Model m = loaded(plain);
  CHECK(m.midnights == std::vector<Ticks>{0, 24 * hour, 47 * hour, 71 * hour});
  CHECK(m.end == 71 * hour);
  REQUIRE(m.teams[0].duties.size() == 1);
  CHECK(m.teams[0].duties[0].span.from == 22 * hour);
  CHECK(m.teams[0].duties[0].span.to == 29 * hour);
  CHECK(m.teams[0].duties[0].breaks[0].from == 25 * hour);
}

/// What is told of a scenario, errors and warnings.
std::string told(const std::string& text) {
  const auto path = fs::temp_directory_path() / ("mailflow-told-" + std::to_string(::getpid()) + ".yaml");
  std::ofstream(path) << text;
  Problems problems;
  load_scenario(path.string(), {}, problems);
  fs::remove(path);
  return problems.text();
}

TEST_CASE("work on bags is reckoned by the bag, not by the lots that were put in") {
  // 10 rolls of 5000 letters, 30 min each, one loader from 07:00 to 15:00: 5 h of work in 8
  CHECK(told(R"(mailflow: 1
centre: {name: D5}
products: {letter: {lot: 250 items}}
arrivals: {a: {rate: {"08:00": 50000 items/h, "09:00": 0 items/h}, mix: {letter: 100 %}, into: rolls}}
stations:
  rolls: {kind: bagging, items: 5000 items, at_most: 1 h, next: load}
  load: {kind: manual, skill: s, service: 30 min per lot, next: out}
staff:
  shifts: {day: {hours: "07:00-15:00"}}
  teams: {t: {agents: 1, shift: day, skills: {s: 100 %}}}
run: {from: 2025-03-03, for: 2 days}
)")
            .empty());
}

TEST_CASE("a shift whose name holds a blank may be given and wished") {
  CHECK(told(R"(mailflow: 1
centre: {name: B}
products: {letter: {}}
arrivals: {van: {at: "08:00", items: {letter: 1}, into: sort}}
stations: {sort: {kind: manual, skill: s, rate: 600 items/h per agent, next: out}}
staff:
  shifts: {nuit longue: {hours: "22:00-06:00"}}
  teams: {t: {agents: 1, shift: nuit longue, skills: {s: 100 %}}}
roster:
  agents:
    Ada: {team: t, given: ["2025-03-29 nuit longue"], wishes: ["Mon, Wed nuit longue", "2025-03-27 to 2025-03-28 off"]}
  rules: {cover: none}
run: {from: 2025-03-24, for: 7 days}
)")
            .empty());
}

TEST_CASE("a target without a label is shown by its name") {
  const Model m = loaded(
      "mailflow: 1\ncentre: {name: C}\nproducts: {letter: {}}\n"
      "arrivals: {a: {at: \"08:00\", items: {letter: 1}, into: s}}\n"
      "stations: {s: {kind: machine, rate: 60 items/h, next: out}}\n"
      "targets: {prompt: {measure: longest wait, at: s, at_most: 3 d}}\n"
      "run: {from: 2025-03-03, for: 1 d}\n");
  CHECK(m.targets[0].bound == 3 * 24 * 60);
  const auto measures = measures_of(m);
  CHECK(measures[0].name == "targets.prompt.value");
  CHECK(measures[0].label.fr == "prompt");
  CHECK(measures[0].label.en == "prompt");
}

TEST_CASE("a station whose name has quotes is set by its path") {
  const std::string text =
      "mailflow: 1\ncentre: {name: C}\nproducts: {letter: {}}\n"
      "arrivals: {a: {at: \"08:00\", items: {letter: 1}, into: 'say \"x\"'}}\n"
      "stations:\n  'say \"x\"': {kind: machine, rate: 60 items/h, next: '\"y\".z'}\n"
      "  '\"y\".z': {kind: machine, rate: 60 items/h, next: out}\n"
      "run: {from: 2025-03-03, for: 1 d}\n";
  LoadOptions options;
  // within a part a quote is a letter; a part that begins with one stands in quotes, its own written twice
  options.set = {{"stations.say \"x\".rate", "90 items/h"}, {"stations.\"\"\"y\"\".z\".rate", "30 items/h"}};
  const Model m = loaded(text, options);
  CHECK(m.stations[0].items_per_tick * static_cast<double>(hour) == Approx(90));
  CHECK(m.stations[1].items_per_tick * static_cast<double>(hour) == Approx(30));
}

TEST_CASE("a letter written by its codes is the letter: names are compared as they are read") {
  const Model m = loaded(
      "mailflow: 1\ncentre: {name: C}\nproducts: {letter: {}}\ndestinations: {\"orl\\u00e9ans\": {}}\n"
      "arrivals: {a: {at: \"08:00\", items: {letter: 1}, to: {\"orle\\u0301ans\": 100 %}, into: \"e\\u0301\"}}\n"
      "stations: {\"\\u00e9\": {kind: machine, rate: 60 items/h, next: out}}\n"
      "run: {from: 2025-03-03, for: 1 d}\n");
  REQUIRE(m.destinations.size() == 1);
  CHECK(m.destinations[0].name ==
        "orl\xc3\xa9"
        "ans");
  CHECK(m.stations[0].name == "\xc3\xa9");
}

TEST_CASE("until a day shortens the run, and a given seed stands instead of the scenario's") {
  LoadOptions options;
  options.until_day = 2;
  options.seed = 99;
  const Model m = loaded(plain, options);
  CHECK(m.end == 47 * hour);
  CHECK(m.seed == 99);
}

}  // namespace
}  // namespace mailflow
