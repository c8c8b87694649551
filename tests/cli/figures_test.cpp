// Figures by their path in results.json, asked for in experiments.
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

// 60 letters at 08:00 in one lot of 60, a minute each, and a machine that has nothing to do but that: own times are 1,
// 2, ... 60 min, 30.5 on average; the lot waits for nothing; processing takes 60 item-minutes and the hour is 1 of 24.
TEST_CASE("figures of a station have in experiments the values that the run has") {
  const Desk desk;
  desk.put("lot.yaml", R"(mailflow: 1
centre: {name: Lot}
products: {letter: {lot: 60 items}}
arrivals: {van: {at: "08:00", items: {letter: 60}, into: sort}}
stations: {sort: {kind: machine, rate: 60 items/h, next: out}}
run: {from: 2025-03-03, for: 1 day}
)");
  const std::map<std::string, double> expected = {{"stations.sort.waited_share", 0},
                                                  {"stations.sort.own_time_minutes.mean", 30.5},
                                                  {"stations.sort.own_time_minutes.items", 60},
                                                  {"stations.sort.state_shares.busy", 1.0 / 24},
                                                  {"stations.sort.throughput_items_per_hour.mean", 2.5},
                                                  {"stations.sort.cause_item_minutes.letter.processing", 60},
                                                  {"products.letter.in_centre_item_minutes", 3600}};
  std::string line = "mailflow run lot.yaml --replications 2 --quiet --out out";
  for (const auto& [name, value] : expected) line += " --measure " + name;
  const Said said = desk.tell(line);
  REQUIRE(said.err.empty());
  const auto measures = nlohmann::json::parse(desk.bytes("out/experiment.json"))["measures"];
  for (const auto& [name, value] : expected) {
    INFO(name);
    CHECK(measures[name]["scenarios"][0]["estimate"] == Approx(value).margin(1e-9));
  }
}

// An archive that was filled without items' own times does not answer for them.
TEST_CASE("own times asked for later are measured, not taken from replications kept without") {
  const Desk desk;
  desk.copy("scenarios/reference");
  const std::string line =
      "mailflow run scenarios/reference/every-key.yaml --replications 2 --quiet --archive kept.db --out out";
  REQUIRE(desk.tell(line).status == 0);
  REQUIRE(desk.tell(line + " --measure all").status == 0);
  const auto measures = nlohmann::json::parse(desk.bytes("out/experiment.json"))["measures"];
  int measured = 0;
  for (const auto& [name, m] : measures.items())
    if (name.ends_with(".own_time_minutes.items") && m["scenarios"][0]["estimate"].is_number()) ++measured;
  CHECK(measured > 0);
}

}  // namespace
}  // namespace mailflow::program
