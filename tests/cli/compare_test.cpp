// `compare` calls nothing better or worse that is rounding, or that comes of less mail.
#include <catch2/catch.hpp>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

std::string paid(const std::string& teams, const std::string& departures) {
  return R"(mailflow: 1
centre: {name: Paid}
products: {a: {lot: 7 items, due: 3 h}, b: {lot: 3 items, due: 50 min}}
destinations: {x: {}}
arrivals:
  v:
    at: ["08:00", "10:10"]
    items:
      a: normal(mean 300, sd 33)
      b: 71
    loaded: by product
    to: {x: 100 %}
    into: m
stations:
  m: {kind: manual, skill: s, positions: 9, rate: 63 items/h, next: n}
  n: {kind: machine, rate: 700 items/h, next: bay}
  bay: {kind: bay}
staff:
  shifts: {d: {hours: "08:00-16:10"}}
  teams: {)" +
         teams + R"(}
transport: {departures: {)" +
         departures + R"(}}
targets: {c: {measure: cost per item, at_most: 2 EUR}}
run: {from: 2025-03-03, for: 3 days, seed: 1}
)";
}
std::string team(const std::string& name, int agents) {
  return name + ": {agents: " + std::to_string(agents) +
         ", shift: d, skills: {s: 100 %}, cost: 17.37 EUR/h, night_extra: 13 %, overtime_extra: 33 %}";
}
const std::string trucks =
    "d: {to: [x], at: '17:00', cost: 14.1 EUR}, e: {to: [x], at: '18:00', cost: 0.7 EUR}, f: "
    "{to: [x], at: '19:00', cost: 3.3 EUR}";
const std::string trucks_turned =
    "f: {to: [x], at: '19:00', cost: 3.3 EUR}, e: {to: [x], at: '18:00', cost: 0.7 EUR}, "
    "d: {to: [x], at: '17:00', cost: 14.1 EUR}";

TEST_CASE("a team split in two, or written in another order, costs the same in every run") {
  Desk desk;
  desk.put("one.yaml", paid(team("t", 7), trucks));
  desk.put("two.yaml", paid(team("t", 3) + ", " + team("u", 4), trucks));
  desk.put("turned.yaml", paid(team("u", 4) + ", " + team("t", 3), trucks_turned));
  const Said said = desk.tell("mailflow compare one.yaml two.yaml turned.yaml --replications 5 --out out");
  CHECK(said.status == 0);
  CHECK_FALSE(holds(said.out, "better:\n"));
  CHECK_FALSE(holds(said.out, "worse:\n"));
  const std::string json = desk.bytes("out/experiment.json");
  for (const char* verdict : {"\"verdict\": \"better\"", "\"verdict\": \"worse\"", "\"verdict\": \"cannot tell\""})
    CHECK_FALSE(holds(json, verdict));
  // Of the same people in another order the very bytes are the same.
  CHECK(desk.tell("mailflow run two.yaml --quiet --out a").status == 0);
  CHECK(desk.tell("mailflow run turned.yaml --quiet --out b").status == 0);
  const auto cost = [&](const std::string& out) {
    const std::string text = desk.bytes(out + "/results.json");
    return text.substr(text.find("\"staff_cost\""), 120);
  };
  CHECK(cost("a").substr(0, cost("a").find("\"targets\"")) == cost("b").substr(0, cost("b").find("\"targets\"")));
}

TEST_CASE("the centre where nobody works is not better for what never reaches a station or a departure") {
  Desk desk;
  desk.put("seven.yaml", paid(team("t", 7), trucks));
  desk.put("nobody.yaml", paid(team("t", 0), trucks));
  const Said said = desk.tell(
      "mailflow compare seven.yaml nobody.yaml --replications 3 --measure departures.d.on_time.late --measure "
      "stations.n.queue_items.mean --measure stations.m.queue_items.mean");
  CHECK(said.status == 0);
  const std::string better =
      said.out.substr(said.out.find("better:"), said.out.find("worse:") - said.out.find("better:"));
  CHECK(holds(better, "Paid hours"));  // nobody is paid
  CHECK_FALSE(holds(better, "departures.d"));
  CHECK_FALSE(holds(better, "stations."));
  CHECK(holds(said.out.substr(said.out.find("worse:")), "\n    stations.m.queue_items.mean"));
  CHECK(holds(said.out, "differs: less mail there"));
}

}  // namespace
}  // namespace mailflow::program
