// Oliver and Samuel 1962 through the public command: L letters at time 0 before stages in series, N people for either.
//
// Mail in lots of b. A stage whose people are all at work has b letters a person in hand that it has not passed on, so
// after t hours at least m t - N b of the fluid's m t letters are through: letter-hours exceed the fluid's by N b for
// every hour that it lasts, and by less than that again for the last lots. Per letter that is N b / m at most, m the
// fluid's rate; it goes to nothing as lots grow small against what a person handles.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "program.hpp"

namespace mailflow::program {
namespace {

struct Stages {
  int people, letters, lot;
  std::vector<int> rates, positions;  ///< positions empty: everyone may work everywhere
  std::string mail, plan;             ///< mail empty: all there at time 0
};

std::string scenario(const Stages& s) {
  std::string stations, priority;
  for (std::size_t i = 0; i < s.rates.size(); ++i) {
    const std::string name = "stage-" + std::to_string(i + 1);
    stations += "  " + name + ": {kind: manual, skill: sorting, positions: " +
                std::to_string(s.positions.empty() ? s.people : s.positions[i]) +
                ", rate: " + std::to_string(s.rates[i]) + " items/h per agent, next: " +
                (i + 1 < s.rates.size() ? "stage-" + std::to_string(i + 2) : std::string("out")) + "}\n";
    priority += (i > 0 ? ", " : "") + name;
  }
  return "mailflow: 1\ncentre: {name: Two stages}\nproducts:\n  letter: {lot: " + std::to_string(s.lot) +
         " items}\narrivals:\n  mail: " +
         (s.mail.empty() ? "{waiting_at_start: {letter: " + std::to_string(s.letters) + "}, into: stage-1}" : s.mail) +
         "\nstations:\n" + stations +
         "staff:\n  shifts: {all: {hours: \"00:00-12:00\"}}\n  teams: {sorters: {agents: " + std::to_string(s.people) +
         ", shift: all, skills: {sorting: 100 %}}}\n  assignment: {rule: priority list, priority: [" + priority +
         "]}\n" + s.plan + "run: {from: 2025-03-03, for: 12 h}\n";
}

double letter_hours(const Stages& s) {
  const Desk desk;
  desk.put("stages.yaml", scenario(s));
  const Said said = desk.tell("mailflow run stages.yaml --quiet --out found");
  INFO(said.err);
  REQUIRE(said.status == 0);
  const auto results = nlohmann::json::parse(desk.bytes("found/results.json"));
  CHECK(results.at("left") == 0);
  return results.at("time_in_centre_minutes").at("mean").get<double>() / 60 * s.letters;
}

nlohmann::json planned(const Stages& s) {
  const Desk desk;
  desk.put("stages.yaml", scenario(s));
  const Said said = desk.tell("mailflow plan stages.yaml --out found");
  INFO(said.err);
  REQUIRE(said.status == 0);
  CHECK(said.out.find("Posts of sorters: the fewest item-hours") != std::string::npos);
  return nlohmann::json::parse(desk.bytes("found/posts.json"));
}

TEST_CASE("letters before two stages take the hours of Oliver and Samuel, split or moved along as a wave") {
  struct Row {
    int m1, m2, first;  ///< of 80 people, at stage 1 when split
  };
  // the rows "labour split": 48 000 letters and 16 people, here five times as many of both
  for (const Row& row : {Row{1500, 1000, 32}, Row{1000, 1000, 40}})
    for (const int lot : {40, 10}) {
      Stages s{80, 240000, lot, {row.m1, row.m2}, {row.first, 80 - row.first}, "", ""};
      const double each = 1.0 / row.m1 + 1.0 / row.m2;  // person-hours a letter
      const double bound = 80.0 * lot * each / 80;      // N b / m, in hours a letter
      const double split = 240000.0 * 240000 / 160 * each / 240000;
      const double wave = 240000.0 * 240000 / 80 * (1.0 / row.m1 + 0.5 / row.m2) / 240000;
      INFO(row.m1 << " and " << row.m2 << ", lots of " << lot);
      const double found_split = letter_hours(s) / s.letters;
      CHECK(found_split >= split);
      CHECK(found_split <= split + 2 * bound);
      s.positions.clear();
      const double found_wave = letter_hours(s) / s.letters;
      CHECK(found_wave >= wave);
      CHECK(found_wave <= wave + 2 * bound);
    }
}

TEST_CASE("the planner finds by itself the split in which both stages run at one rate") {
  const Stages s{80, 240000, 10, {1500, 1000}, {}, "", "plan: {posts: {of: sorters, over: [stage-1, stage-2]}}\n"};
  const auto found = planned(s);
  CHECK(found.at("fluid").at("item_hours").get<double>() == Approx(600000).epsilon(1e-4));
  CHECK(found.at("plan").at("agents").at("stage-1").at(0).at("agents") == 32);
  CHECK(found.at("plan").at("agents").at("stage-2").at(0).at("agents") == 48);
  CHECK(found.at("plan").at("item_hours").get<double>() == Approx(600000).epsilon(0.015));
  CHECK(found.at("as_is").at("item_hours").get<double>() == Approx(840000).epsilon(0.015));
}

TEST_CASE("the planner splits a team over three stages along an arrival curve") {
  // 60 people, 1/1500 + 1/1000 + 1/600 = 1/300 h a letter: 18 000 an hour; 24 000 an hour come for 3 h and none after:
  // the backlog grows to 18 000 at 3 h and is gone at 4 h: 36 000 letter-hours
  const Stages s{60,
                 72000,
                 10,
                 {1500, 1000, 600},
                 {},
                 "{rate: {\"00:00\": 24000 items/h, \"03:00\": 0 items/h}, mix: "
                 "{letter: 100 %}, into: stage-1}",
                 "plan: {posts: {of: sorters, over: [stage-1, stage-2, stage-3]}}\n"};
  const auto found = planned(s);
  CHECK(found.at("fluid").at("item_hours").get<double>() == Approx(36000).epsilon(0.01));
  CHECK(found.at("plan").at("agents").at("stage-1").at(0).at("agents") == 12);
  CHECK(found.at("plan").at("agents").at("stage-2").at(0).at("agents") == 18);
  CHECK(found.at("plan").at("agents").at("stage-3").at(0).at("agents") == 30);
  CHECK(found.at("plan").at("item_hours").get<double>() < found.at("as_is").at("item_hours").get<double>());
}

}  // namespace
}  // namespace mailflow::program
