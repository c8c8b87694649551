// A centre in which nobody works ends nothing: no experiment may find its mail to have waited less.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

// 30 letters at 08:00 on three days, lots of 10, a minute a letter: one agent takes the lots in hand after 0, 10 and
// 20 min. Without it they wait 64, 40 and 16 h by the end: 3840 min at least, on average 2400.
const std::string one_agent = R"(mailflow: 1
label: One agent
centre: {name: Small, timezone: UTC}
products: {letter: {lot: 10 items}}
arrivals:
  van: {at: "08:00", items: {letter: 30}, into: sort}
stations:
  sort: {kind: manual, skill: sorting, positions: 3, rate: 60 items/h, next: out}
staff:
  shifts: {am: {hours: "08:00-10:00"}}
  teams:
    sorters: {agents: 1, shift: am, skills: {sorting: 100 %}, cost: 20 EUR/h}
targets: {wait: {measure: longest wait, at: sort, at_most: 30 min}}
run: {from: 2025-03-03, for: 3 days}
)";
const std::string nobody = R"(base: one.yaml
label: Nobody
change: {set: {staff.teams.sorters.agents: 0}}
)";

struct TwoCentres : Desk {
  TwoCentres() {
    put("one.yaml", one_agent);
    put("nobody.yaml", nobody);
  }
};
TEST_CASE("a comparison finds no wait shorter where nobody works") {
  const TwoCentres desk;
  const Said said = desk.tell(
      "mailflow compare one.yaml nobody.yaml --replications 3 --measure stations.sort.wait_minutes.mean "
      "--measure stations.sort.longest_wait_minutes --out out");
  REQUIRE(said.status == 0);
  const auto measures = nlohmann::json::parse(desk.bytes("out/experiment.json"))["measures"];
  const auto verdict = [&](const std::string& name) -> std::string {
    return measures[name]["scenarios"][1]["difference_to_base"]["verdict"];
  };
  CHECK(measures["targets.wait.value"]["scenarios"][0]["estimate"] == Approx(20));
  CHECK(measures["targets.wait.value"]["scenarios"][1]["estimate"] == Approx(3840));
  CHECK(measures["stations.sort.wait_minutes.mean"]["scenarios"][1]["estimate"] == Approx(2400));
  CHECK(measures["targets.wait.value"]["scenarios"][0]["at_least"] == false);
  CHECK(measures["targets.wait.value"]["scenarios"][1]["at_least"] == true);
  CHECK(holds(said.out, "≥ 2.7 d"));
  for (const char* name : {"targets.wait.value", "time_in_centre_minutes.mean", "time_in_centre_minutes.p95",
                           "stations.sort.wait_minutes.mean", "stations.sort.longest_wait_minutes"}) {
    INFO(name);
    CHECK(verdict(name) == "worse");
  }
}

TEST_CASE("the longest wait of mail that still waits breaks its target, and is said to be a bound") {
  const TwoCentres desk;
  const Said run = desk.tell("mailflow run nobody.yaml --judge");
  CHECK(run.status == 1);
  CHECK(holds(run.out, "MISSED  ≥ 2.7 d"));
  CHECK(holds(run.out, "≥: at least so long, for mail still here at the end counts with its time so far"));
  CHECK(holds(desk.tell("mailflow run nobody.yaml --lang fr").out,
              "≥ : au moins aussi longtemps, car le courrier encore là à la fin compte avec son temps jusque-là"));
  CHECK_FALSE(holds(desk.tell("mailflow run one.yaml").out, "≥"));
  const Said targets = desk.tell("mailflow targets nobody.yaml --replications 3");
  CHECK(holds(targets.out, "not even 5 %"));
  CHECK(holds(targets.out, "≥ 2.7 d"));
  CHECK(holds(targets.out, "≥: at least so long"));
  CHECK(holds(targets.out, "MISSED"));
}

}  // namespace
}  // namespace mailflow::program
