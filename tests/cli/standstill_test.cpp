// Stations that stand still for ever are told by every command that runs: how many replications, from when, which.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

/// A minute an item, and room for one before each machine. 08:00: the first at a, the second waits. 08:01: the first at
/// b, the second at a, the third waits. 08:02: the first is to go back and finds a's queue full, so b is blocked; the
/// second goes into b's queue, the third is at a. 08:03: the third finds b's queue full: a is blocked, too, and nothing
/// moves.
const std::string ring = R"(mailflow: 1
centre: {name: Ring, timezone: UTC}
products: {letter: {due: 8 h}}
arrivals: {v: {at: "08:00", items: {letter: 6}, into: a}}
stations:
  a: {kind: machine, rate: 60 items/h, queue: {holds: 1 item}, next: b}
  b: {kind: machine, rate: 60 items/h, queue: {holds: 1 item}, rejects: {share: 100 %, next: a}, next: out}
targets: {done: {measure: on time, at_least: 50 %}}
run: {from: 2025-03-03, for: 1 day}
)";
const std::string free_ring = "base: ring.yaml\nlabel: Free\nchange: {set: {stations.b.rejects.share: 0 %}}\n";
const std::string words_of_the_ring =
    "  STAND STILL for ever since 2025-03-03 08:03: a, b wait for room in each other's full queues\n"
    "    way out: a queue without bound on that round, or a conveyor that takes what has no room\n";

struct Ring : Desk {
  Ring() {
    put("ring.yaml", ring);
    put("free.yaml", free_ring);
  }
};

TEST_CASE("replications say in how many of them stations stand still, from when first and which") {
  const Ring desk;
  REQUIRE(holds(desk.tell("mailflow run ring.yaml").out, words_of_the_ring));
  const std::string all =
      "ring: in 3 of 3 replications stations stand still for ever; first in replication 1\n" + words_of_the_ring;
  for (const char* command :
       {"run ring.yaml --replications 3", "compare ring.yaml free.yaml --replications 3",
        "targets ring.yaml free.yaml --replications 3", "sensitivity ring.yaml --replications 3",
        "compare ring.yaml free.yaml --best done:1% --least 3 --most 3",
        "run ring.yaml --replications 3 --archive kept", "run ring.yaml --replications 3 --archive kept"}) {
    INFO(command);
    const Said said = desk.tell("mailflow " + std::string(command));
    INFO(said.out);
    CHECK(said.status == 0);
    CHECK(holds(said.out, all));
    CHECK_FALSE(holds(said.out, "Free: in"));
  }
  CHECK(desk.tell("mailflow compare free.yaml ring.yaml --replications 3").out.starts_with(all));
  CHECK(holds(desk.tell("mailflow sweep ring.yaml --replications 2 --vary 'stations.b.rejects.share=0 %, 100 %'").out,
              "in 2 of 2 replications stations stand still for ever; first in replication 1\n" + words_of_the_ring));
  CHECK_FALSE(holds(desk.tell("mailflow run free.yaml --replications 3").out, "stand still"));
  CHECK(holds(desk.tell("mailflow run ring.yaml --replications 3 --lang fr").out,
              "ring : dans 3 simulations sur 3, des postes s’arrêtent sans fin ; d’abord dans la simulation 1\n"
              "  ARRÊT sans fin depuis le 3 mars 2025 à 8 h 03 : a, b attendent"));
  CHECK(desk.tell("mailflow run ring.yaml --replications 3 --quiet").out.empty());
}

TEST_CASE("files and page of replications say in how many of them stations stand still") {
  const Ring desk;
  using nlohmann::json;
  REQUIRE(desk.tell("mailflow compare ring.yaml free.yaml --replications 3 --quiet --out r --report r.json").status ==
          0);
  const json experiment = json::parse(desk.bytes("r/experiment.json"));
  CHECK(experiment["scenarios"][0]["stood_still"] ==
        json({{"replications", 3}, {"first_in", 1}, {"since", "2025-03-03T08:03:00+00:00"}, {"stations", {"a", "b"}}}));
  CHECK(experiment["scenarios"][1]["stood_still"] ==
        json({{"replications", 0}, {"first_in", nullptr}, {"since", nullptr}, {"stations", nullptr}}));
  const json page = json::parse(desk.bytes("r.json"));
  CHECK(page["scenarios"][0]["stood_still"] == 3);
  CHECK(page["scenarios"][1]["stood_still"] == 0);
}

TEST_CASE("a plan says in how many of its runs stations stand still") {
  const Ring desk;
  std::string staffed = ring;
  const auto put = [&](const std::string& before, const std::string& words) {
    staffed.insert(staffed.find(before), words);
  };
  put("  b: {kind", "  c: {kind: manual, skill: k, positions: 1, rate: 60 items/h per agent, next: out}\n");
  put("targets:",
      "staff: {shifts: {d: {hours: \"06:00-14:00\"}}, teams: {t: {agents: 1, shift: d, skills: {k: 100 %}, "
      "cost: 10 EUR/h}}}\n");
  put("}\nstations:", ", w: {at: \"08:00\", items: {letter: 100}, into: c}");
  put("run:", "plan: {teams: {t: {at_most: 2}}}\n");
  desk.put("ring.yaml", staffed);
  const Said said = desk.tell("mailflow plan ring.yaml --replications 2 --out p");
  INFO(said.out << said.err);
  REQUIRE(said.status == 0);
  CHECK(said.out.starts_with("ring: in 2 of 2 replications stations stand still for ever; first in replication 1\n" +
                             words_of_the_ring));
  const auto plan = nlohmann::json::parse(desk.bytes("p/plan.json"));
  CHECK(plan["stood_still"]["replications"] == 2);
  CHECK(plan["stood_still"]["stations"].dump() == R"(["a","b"])");
}

TEST_CASE("of many replications those that stand still are counted, and the first in time is told") {
  const Ring desk;
  // one item in two is rejected: some runs of six items come to stand still, some do not
  desk.put("half.yaml", "base: ring.yaml\nlabel: Half\nchange: {set: {stations.b.rejects.share: 50 %}}\n");
  REQUIRE(desk.tell("mailflow run half.yaml --replications 20 --measure stands_still_after_minutes --out r").status ==
          0);
  std::size_t still = 0;
  double least = 1e9;
  const std::string rows = desk.bytes("r/replications.csv");
  for (std::size_t at = rows.find("stands_still_after_minutes,"); at != std::string::npos;
       at = rows.find("stands_still_after_minutes,", at + 1)) {
    const std::string value = rows.substr(at + 27, rows.find('\n', at) - at - 27);
    if (value.empty()) continue;
    ++still;
    least = std::min(least, std::stod(value));
  }
  CHECK(still > 0);
  CHECK(still < 20);
  const auto minute_of_day = static_cast<int>(least);  // of an instant in the hour from 08:00
  REQUIRE(minute_of_day >= 483);
  REQUIRE(minute_of_day < 490);
  const Said said = desk.tell("mailflow run half.yaml --replications 20");
  CHECK(holds(said.out, "Half: in " + std::to_string(still) + " of 20 replications stations stand still for ever; "));
  CHECK(holds(said.out, "STAND STILL for ever since 2025-03-03 08:0" + std::to_string(minute_of_day - 480) + ": a, b"));
}

TEST_CASE("the log of events says of which stations it ends") {
  const Ring desk;
  for (const char* format : {"csv", "xes", "ocel"}) {
    const Said said = desk.tell(std::string("mailflow events ring.yaml --out log --format ") + format);
    CHECK(said.status == 0);
    CHECK(holds(said.err, words_of_the_ring));
  }
  CHECK_FALSE(holds(desk.tell("mailflow events free.yaml --out log").err, "STAND"));
}

TEST_CASE("a network says which centre's stations stand still, and its results hold it") {
  const Desk desk;
  const std::string net = R"(mailflow: 1
network: {name: N, timezone: UTC, transfer: 1 min}
products: {letter: {due: 24 h}}
centre_kinds:
  k:
    inbound: a
    arrivals: {v: {at: "08:00", items: {letter: 10}, to: {y: 100 %}, into: a}}
    stations:
      a: {kind: machine, rate: 60 items/h, queue: {holds: 1 item}, next: b}
      b: {kind: machine, rate: 60 items/h, queue: {holds: 1 item}, rejects: {share: 100 %, next: a}, next: {here: out, other: bay}}
      bay: {kind: bay}
centres: {x: {kind: k}, y: {kind: k, remove: [arrivals.v], set: {stations.b.rejects.share: 0 %}}}
links: {xy: {from: x, to: y, at: "12:00", takes: 1 h}}
run: {from: 2025-03-03, for: 2 days}
)";
  desk.put("net.yaml", net);
  const std::string told = "  x: " + words_of_the_ring.substr(2);
  const Said said = desk.tell("mailflow run net.yaml --out r");
  CHECK(said.status == 0);
  CHECK(said.out.starts_with("N\n" + told));
  const auto centres = nlohmann::json::parse(desk.bytes("r/results.json"))["centres"];
  CHECK(centres["x"]["standstills"].dump() == R"([{"since":"2025-03-03T08:03:00+00:00","stations":["a","b"]}])");
  CHECK(centres["y"]["standstills"].empty());
  const Said both = desk.tell("mailflow compare net.yaml net.yaml");
  CHECK(both.status == 0);
  CHECK(both.out.starts_with("net.yaml:\n" + told + "net.yaml:\n" + told));
}

}  // namespace
}  // namespace mailflow::program
