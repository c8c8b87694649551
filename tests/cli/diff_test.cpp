// mailflow diff: what differs between two scenarios, as words, as JSON and as a what-if.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

Said told_of_noumea(const std::string& first, const std::string& second) {
  const Desk desk;
  desk.copy("scenarios/noumea");
  desk.copy("models");
  return desk.tell("mailflow diff scenarios/noumea/" + first + ".yaml scenarios/noumea/" + second + ".yaml");
}

TEST_CASE("each line that a what-if changes is told in words") {
  CHECK(told_of_noumea("today", "versatility").out ==
        "Today  ->  Versatility\n"
        "  Staff\n"
        "    team night (Night sorting): learns dock at 80 %\n"
        "    team customs (Customs and dock):\n"
        "      learns parcels at 80 %\n"
        "      learns registered at 80 %\n"
        "    team parcels (Parcels and packets): learns dock at 80 %\n"
        "    team registered (Registered and EMS): learns dock at 80 %\n"
        "  5 differences\n");
  CHECK(told_of_noumea("today", "later-night-shift").out ==
        "Today  ->  Night shift 30 min later, 2 more agents\n"
        "  Staff\n"
        "    shift night:\n"
        "      from 21:00-04:48 to 21:30-05:18 (30 min later)\n"
        "      break at 01:00 for 30 min instead of at 00:30 for 30 min (30 min later)\n"
        "    team night (Night sorting): 8 agents instead of 6 (+2)\n"
        "  3 differences\n");
  CHECK(told_of_noumea("today", "after-a-disruption").out ==
        "Today  ->  20,000 parcels in arrears\n"
        "  Arrivals\n"
        "    source arrears (Parcels in arrears): new: waiting at start parcel 20 000; to noumea 30 %, boxes 26 %, "
        "dumbea "
        "15 %, mont-dore 8 % and 5 more; comes into parcels\n"
        "  Run\n"
        "    for 84 days instead of 35 days (49 days longer)\n"
        "    warm-up 0 days instead of 7 days (7 days shorter)\n"
        "  3 differences\n");
  CHECK(
      told_of_noumea("after-a-disruption", "after-a-disruption-students").out ==
      "20,000 parcels in arrears  ->  20,000 parcels in arrears, 6 students\n"
      "  Staff\n"
      "    shift students: new: 14:30-20:00, Mon-Fri, break at 17:00 for 15 min, not on holidays\n"
      "    team students (Students): new: 6 agents, shift students, skills parcels 70 %, absent 5 %, cost 1 300 XPF/h\n"
      "  2 differences\n");
  CHECK(told_of_noumea("today", "one-more-at-night").out ==
        "Today  ->  One more at night\n"
        "  Staff\n"
        "    team night (Night sorting): 7 agents instead of 6 (+1)\n"
        "  1 difference\n");
  CHECK(told_of_noumea("today", "today").out == "no differences\n");
}

const std::string a = "mailflow: 1\nstations: {cull: {kind: manual, positions: 2}, old: {kind: bay}}\n";
const std::string b =
    "base: a.yaml\nchange:\n  set: {stations.cull.positions: 3}\n  add: {stations.new: {kind: bay}}\n"
    "  remove: stations.old\n";

TEST_CASE("as JSON each difference has its path and both values") {
  const Desk desk;
  desk.put("a.yaml", a);
  desk.put("b.yaml", b);
  const Said said = desk.tell("mailflow diff a.yaml b.yaml --format json");
  CHECK(said.status == 0);
  CHECK(nlohmann::json::parse(said.out) == nlohmann::json::parse(R"([
    {"path": "stations.cull.positions", "change": "set", "from": "2", "to": "3"},
    {"path": "stations.old", "change": "removed", "from": {"kind": "bay"}, "to": null},
    {"path": "stations.new", "change": "added", "from": null, "to": {"kind": "bay"}}])"));
  CHECK(desk.tell("mailflow diff a.yaml a.yaml --format json").out == "[]\n");
}

TEST_CASE("as a what-if it is written beside the first and makes the second of it") {
  const Desk desk;
  desk.put("here/a.yaml", a);
  desk.put("here/b.yaml", b);
  const Said said = desk.tell("mailflow diff here/a.yaml here/b.yaml --as-change");
  CHECK(said.status == 0);
  CHECK(said.out ==
        "# Made by mailflow diff; to be kept beside a.yaml.\n"
        "base: a.yaml\n"
        "change:\n"
        "  set:\n"
        "    stations.cull.positions: 3\n"
        "  add:\n"
        "    stations.new: {kind: bay}\n"
        "  remove:\n"
        "    - stations.old\n");
  desk.put("here/made.yaml", said.out);
  CHECK(desk.tell("mailflow diff here/made.yaml here/b.yaml").out == "no differences\n");
  CHECK(desk.tell("mailflow diff here/b.yaml here/b.yaml --as-change").out ==
        "# Made by mailflow diff; to be kept beside b.yaml.\nbase: b.yaml\n");
}

TEST_CASE("the problems of both scenarios are told, those of a base that both have only once") {
  const Desk desk;
  const Said gone = desk.tell("mailflow diff gone.yaml lost.yaml");
  CHECK(gone.status == 3);
  const std::string help = "  help: give its whole path, or the one from the folder you are in\n";
  CHECK(gone.err == "error: \"gone.yaml\" does not exist\n" + help + "error: \"lost.yaml\" does not exist\n" + help);
  CHECK(gone.out.empty());

  desk.put("bad.yaml", "mailflow: 1\nrun: {seed: 1, seed: 2}\n");
  desk.put("one.yaml", "base: bad.yaml\nchange: {remove: [targets]}\n");
  const Said both = desk.tell("mailflow diff bad.yaml one.yaml");
  CHECK(both.status == 3);
  CHECK(both.err ==
        "bad.yaml:2:16: error: \"seed\" is given twice; first on line 2\n"
        "  2 | run: {seed: 1, seed: 2}\n"
        "    |                ^\n"
        "  help: keep one of the two\n"
        "one.yaml:2:19: error: the base has no targets\n"
        "  2 | change: {remove: [targets]}\n"
        "    |                   ^\n"
        "  help: the base has: mailflow, run\n");
}

TEST_CASE("a diff is told what is wrong with its options") {
  const Desk desk;
  const std::string more = "Run with --help for more information.\n";
  CHECK(desk.tell("mailflow diff a.yaml").err == "second is required\n" + more);
  CHECK(desk.tell("mailflow diff a.yaml b.yaml --format json --as-change").err ==
        "--format excludes --as-change\n" + more);
  CHECK(desk.tell("mailflow diff a.yaml b.yaml --format xml").status == 2);
}

TEST_CASE("a section that one side alone has is told of, whichever it is") {
  const Desk desk;
  desk.copy("scenarios/reference");
  desk.put("a.yaml", "mailflow: 1\ncentre: {name: A}\nrun: {from: 2025-03-03, for: 1 day}\n");
  desk.put("b.yaml",
           "base: a.yaml\nchange: {add: {roster: {agents: {Ana: {}}, demand: {d: {shift: day, agents: 1}}}}}\n");
  const Said there = desk.tell("mailflow diff a.yaml b.yaml");
  CHECK(there.status == 0);
  CHECK(there.err.empty());
  CHECK(there.out.find("  Roster\n") != std::string::npos);
  CHECK(there.out.find("Ana") != std::string::npos);
  CHECK(desk.tell("mailflow diff b.yaml a.yaml").status == 0);
  for (const char* pair : {"a.yaml scenarios/reference/every-key.yaml", "scenarios/reference/every-key.yaml a.yaml"})
    for (const char* as : {"", " --format json", " --as-change"}) {
      const Said said = desk.tell(std::string("mailflow diff ") + pair + as);
      CHECK(said.status == 0);
      CHECK(said.err.empty());
    }
}

}  // namespace
}  // namespace mailflow::program
