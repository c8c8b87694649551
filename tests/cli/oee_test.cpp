// A machine's two figures of the trade stand side by side wherever they are told: OEE (TRS), of the time required, and
// OOE (TRG), of the time open (NF E60-182).
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

// Open 08:00-10:00; 60 letters at 60 an hour are an hour's work, an hour is without mail, and the breakdown at 20:00 is
// none of the machine's hours. Availability 1 of 1 h required: 100 %; load 1 of 2 h open: 50 %; OOE 50 %.
const std::string an_hour_of_two = R"(mailflow: 1
centre: {name: OEE}
products: {letter: {lot: 1 item}}
arrivals: {v: {at: "08:00", items: {letter: 60}, into: m}}
stations: {m: {kind: machine, rate: 60 items/h, open: "08:00-10:00", breaks_down: {every: 20 h, for: 4 h, while: always}, next: out}}
run: {from: 2025-03-03, for: 1 day}
)";

}  // namespace

TEST_CASE("OEE of the time required and OOE of the time open are told side by side, and what they are") {
  const Desk desk;
  desk.put("oee.yaml", an_hour_of_two);
  const Said said = desk.tell("mailflow run oee.yaml --out o");
  REQUIRE(said.status == 0);
  CHECK(holds(said.out,
              "  Machines  open h  required h  availability  performance  quality      OEE    load     OOE\n"
              "  m            2.0         1.0       100.0 %      100.0 %  100.0 %  100.0 %  50.0 %  50.0 %\n"
              "  OEE: of the hours required (open, with a crew on duty, with mail to handle); load: required of open "
              "hours;\n  OOE = OEE x load: of all open hours (NF E60-182)\n"));
  const Said french = desk.tell("mailflow run oee.yaml --lang fr");
  CHECK(holds(french.out, "TRG = TRS x charge : sur tout le temps d’ouverture (NF E60-182)"));
  const auto oee = nlohmann::json::parse(desk.bytes("o/results.json"))["stations"]["m"]["oee"];
  CHECK(oee["opening_hours"] == 2);
  CHECK(oee["required_hours"] == 1);
  CHECK(oee["oee"] == 1);
  CHECK(oee["load"] == 0.5);
  CHECK(oee["ooe"] == 0.5);
  const std::string table = desk.bytes("o/stations.csv");
  CHECK(holds(table,
              ",opening_hours,planned_hours,without_mail_hours,required_hours,availability,performance,quality,oee,"
              "load,ooe\n"));
  CHECK(holds(table, ",2,2,1,1,1,1,1,1,0.5,0.5\n"));
}

// A machine that never works in the hours it is required for has no part of them: 0, not nothing.
TEST_CASE("a machine that is down all the time has an OEE of 0") {
  const Desk desk;
  std::string down = an_hour_of_two;
  down.replace(down.find("every: 20 h, for: 4 h"), 21, "every: 1 h, for: 40 h");
  desk.put("oee.yaml", down);
  REQUIRE(desk.tell("mailflow run oee.yaml --quiet --out o").status == 0);
  const auto oee = nlohmann::json::parse(desk.bytes("o/results.json"))["stations"]["m"]["oee"];
  CHECK(oee["required_hours"] == 2);
  CHECK(oee["oee"] == 0);
  CHECK(oee["ooe"] == 0);
}

}  // namespace mailflow::program
