// A folder of results belongs to one command at a time, and what mailflow did not write stays in it.
#include <catch2/catch.hpp>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

/// 100 items are 4 hours of a table, due in 8: one agent does it.
const std::string a_centre = R"(mailflow: 1
centre: {name: A, timezone: UTC}
products: {a: {due: 8 h}}
arrivals: {x: {at: "00:00", items: {a: 100}, into: s}}
stations: {s: {kind: manual, skill: k, positions: 9, rate: 25 items/h per agent, next: out}}
staff: {shifts: {d: {hours: "00:00-08:00"}}, teams: {t: {agents: 2, shift: d, skills: {k: 100 %}}}}
targets: {done: {measure: on time, at_least: 100 %}}
plan: {minimise: person-days, teams: {t: {at_most: 9}}}
roster: {demand: teams}
run: {from: 2025-03-10, for: 2 days}
)";
const std::string one_more = "base: a.yaml\nlabel: B\nchange: {set: {staff.teams.t.agents: 3}}\n";

struct Two : Desk {
  Two() {
    put("a.yaml", a_centre);
    put("b.yaml", one_more);
  }
  /// A line that must be refused, and told why, with every file as it was.
  void refused(const std::string& line, const std::string& why, int status = 2) const {
    const auto before = files(".");
    const Said said = tell(line);
    INFO(line);
    CHECK(said.status == status);
    CHECK(said.err == "mailflow: " + why + "\n");
    CHECK(said.out.empty());
    CHECK((files(".") == before));
  }
};

const std::string of_a_run = "the results of a run, which mailflow report reads";
const std::string of_an_experiment = "an experiment, which mailflow report reads";

TEST_CASE("a table that somebody made by hand stays, however it begins") {
  const Two desk;
  desk.put("h1/roster.csv", "name,date,shift\nAda,2025-05-05,day\n");
  desk.refused("mailflow roster a.yaml --quiet --out h1",
               "h1/roster.csv is there and was not written by mailflow; give --out another folder");
  desk.put("h2/plan.csv", "date,team,shift,agents\n2025-03-10,t,,7\n");
  desk.refused(
      "mailflow plan a.yaml --quiet --out h2",
      "h2/plan.csv is there without plan.json, so it may be somebody's own, and is not written over; give --out "
      "another folder, or take it away");
  desk.put("h3/roster.csv", "name,date,shift,post,start,end,hours,agents\n");
  desk.refused("mailflow roster a.yaml --quiet --out h3",
               "h3/roster.csv is there without roster.json, so it may be somebody's own, and is not written over; give "
               "--out another folder, or take it away");
  REQUIRE(desk.tell("mailflow plan a.yaml --quiet --out made && mailflow plan a.yaml --quiet --out made").status == 0);
  REQUIRE(desk.tell("mailflow roster a.yaml --quiet --out of && mailflow roster a.yaml --quiet --out of").status == 0);
}

TEST_CASE("a table by hand that no results stand beside stays, whichever command would write it") {
  const Two desk;
  REQUIRE(desk.tell("mailflow run a.yaml --quiet --out r").status == 0);
  desk.put("g/centres.csv", "name,kind,x,mine\nNord,hub,1,2\n");
  const Said generated = desk.tell("mailflow generate --centres 3 --items 3000 --out g");
  CHECK(generated.status == 2);
  CHECK(holds(generated.err, "g/centres.csv is there "));
  CHECK(desk.bytes("g/centres.csv") == "name,kind,x,mine\nNord,hub,1,2\n");
  const std::string header = "departure,at,items,mine\n08:00,quay,3,4\n";
  desk.put("t/departures.csv", header);
  desk.refused("mailflow report r --format csv --out t",
               "t/departures.csv is there and was not written by mailflow; give --out another folder");
  desk.put("s/departures.csv", header);
  CHECK(desk.tell("mailflow run a.yaml --quiet --out s").status == 2);
  CHECK(desk.bytes("s/departures.csv") == header);
  REQUIRE(desk.tell("mailflow report r --format csv --out u && mailflow report r --format csv --out u").status == 0);
  REQUIRE(desk.tell("mailflow run b.yaml --quiet --out v && mailflow report r v --format csv --out u").status == 0);
}

TEST_CASE("what an earlier run of the same command left, and this one does not write, is taken away") {
  const Two desk;
  const std::string run = "mailflow run a.yaml --quiet --out r";
  REQUIRE(desk.tell(run + " --save-state '2025-03-10 02:00' && test -e r/state.yaml").status == 0);
  REQUIRE(desk.tell(run).status == 0);
  CHECK_FALSE(fs::exists(desk.folder() / "r/state.yaml"));
  desk.put("r/state.yaml", "at: \"2025-03-10 03:00\"\n");  // somebody's own
  REQUIRE(desk.tell(run).status == 0);
  CHECK(fs::exists(desk.folder() / "r/state.yaml"));
  REQUIRE(desk.tell("mailflow generate --out g --centres 3 --items 3000").status == 0);
  const std::string network = "mailflow run g/network.yaml --quiet --out n";
  REQUIRE(desk.tell(network + " --centre c1 --centre c2").status == 0);
  desk.put("n/centres/c1/note.txt", "mine\n");
  REQUIRE(desk.tell(network + " --centre c2").status == 0);
  CHECK(desk.files("n/centres/c1") == std::map<std::string, std::string>{{"note.txt", "mine\n"}});
  CHECK(fs::exists(desk.folder() / "n/centres/c2/results.json"));
  REQUIRE(desk.tell(network).status == 0);
  CHECK_FALSE(fs::exists(desk.folder() / "n/centres/c2"));
  REQUIRE(desk.tell("mailflow plan a.yaml --quiet --out p --roster && test -e p/roster/roster.csv").status == 0);
  REQUIRE(desk.tell("mailflow plan a.yaml --quiet --out p").status == 0);
  CHECK_FALSE(fs::exists(desk.folder() / "p/roster"));
  CHECK(fs::exists(desk.folder() / "p/plan.csv"));
}

TEST_CASE("a log, a report or an export goes over none that is not mailflow's in a folder of results") {
  const Two desk;
  REQUIRE(desk.tell("mailflow run a.yaml --quiet --out r").status == 0);
  REQUIRE(desk.tell("mailflow run a.yaml --replications 2 --quiet --archive kept").status == 0);
  desk.put("r/own.csv", "tram,stop\n7,Place\n");
  desk.put("r/own.html", "<p>mine\n");
  const std::string why =
      " is there, in a folder of results, and was not written by mailflow; name another place to write to";
  desk.refused("mailflow run b.yaml --quiet --events r/own.csv", "r/own.csv" + why);
  desk.refused("mailflow events b.yaml --out r/own.csv", "r/own.csv" + why);
  desk.refused("mailflow run b.yaml --quiet --report r/own.html", "r/own.html" + why);
  desk.refused("mailflow runs kept export --out r/own.csv", "r/own.csv" + why);
  REQUIRE(desk.tell("ln -s r/own.csv link.csv").status == 0);
  desk.refused("mailflow run b.yaml --quiet --events link.csv", "link.csv" + why);
  for (const char* again :
       {"run a.yaml --quiet --events r/log.csv", "events a.yaml --format xes --out r/log.xes",
        "events a.yaml --format ocel --out r/log.json", "run a.yaml --quiet --report r/page.html",
        "run a.yaml --quiet --report r/page.xlsx", "run a.yaml --quiet --report r/page.json",
        "runs kept export --out r/figures.csv", "runs kept export --format json --out r/figures.json"}) {
    INFO(again);
    CHECK(desk.tell(std::string("mailflow ") + again).status == 0);
    CHECK(desk.tell(std::string("mailflow ") + again).status == 0);  // its own it writes over
  }
}

TEST_CASE("a folder of results belongs to one command at a time") {
  const Two desk;
  REQUIRE(desk.tell("mailflow run a.yaml --quiet --out r").status == 0);
  const std::string elsewhere = "r holds " + of_a_run + "; give --out another folder";
  for (const char* line :
       {"compare a.yaml b.yaml --replications 2", "compare a.yaml b.yaml --best done:1%", "run a.yaml --replications 2",
        "targets a.yaml --replications 2", "sensitivity a.yaml --replications 2",
        "sweep a.yaml --vary 'staff.teams.t.agents=1..2/1' --replications 2", "plan a.yaml", "plan a.yaml --from 02:00",
        "roster a.yaml", "roster a.yaml --training --replications 2"})
    desk.refused("mailflow " + std::string(line) + " --quiet --out r", elsewhere);
  REQUIRE(desk.tell("mailflow compare a.yaml b.yaml --replications 2 --quiet --out c").status == 0);
  desk.refused("mailflow run b.yaml --quiet --out c", "c holds " + of_an_experiment + "; give --out another folder");
  CHECK(desk.tell("mailflow run b.yaml --quiet --out r && mailflow report r").status == 0);
  CHECK(desk.tell("mailflow run a.yaml --replications 3 --quiet --out c && mailflow report c").status == 0);
}

TEST_CASE("a mixture of two commands' files, or of two runs', is refused by report") {
  const Two desk;
  REQUIRE(desk.tell("mailflow run a.yaml --quiet --out r && mailflow run b.yaml --quiet --out s").status == 0);
  REQUIRE(desk.tell("mailflow compare a.yaml b.yaml --replications 2 --quiet --out c").status == 0);
  REQUIRE(desk.tell("mailflow compare a.yaml b.yaml --replications 3 --quiet --out d").status == 0);
  REQUIRE(desk.tell("cp -r r both; cp c/* both").status == 0);
  desk.refused("mailflow report both",
               "both has files of two commands: " + of_a_run + "; and " + of_an_experiment +
                   "; run the one wanted again, with --out and another folder",
               3);
  const auto other = [](const std::string& table, const std::string& results, const std::string& folder) {
    return folder + "/" + table + " is not of the run that " + folder + "/" + results +
           " is of: a table of another run, or one changed since; run it again with --out " + folder;
  };
  REQUIRE(desk.tell("cp -r r t; cp s/teams.csv t").status == 0);
  desk.refused("mailflow report t", other("teams.csv", "results.json", "t"), 3);
  REQUIRE(desk.tell("cp -r r u; cp s/results.json u").status == 0);
  CHECK(desk.tell("mailflow report u").status == 3);
  REQUIRE(desk.tell("cp -r c v; cp d/measures.csv v").status == 0);
  desk.refused("mailflow report v", other("measures.csv", "experiment.json", "v"), 3);
}

}  // namespace
}  // namespace mailflow::program
