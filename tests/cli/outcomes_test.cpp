// Every command under the same mishaps: one cause has one status, whichever command meets it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

/// 100 items are 4 hours of a table, due in 8: one agent does it.
const std::string centre = R"(mailflow: 1
centre: {name: A, timezone: UTC}
products: {a: {due: 8 h}}
arrivals: {x: {at: "00:00", items: {a: 100}, into: s}}
stations: {s: {kind: manual, skill: k, positions: 9, rate: 25 items/h per agent, next: out}}
staff: {shifts: {d: {hours: "00:00-08:00"}}, teams: {t: {agents: 2, shift: d, skills: {k: 100 %}, cost: 20 EUR/h}}}
targets: {done: {measure: on time, at_least: 100 %}}
plan: {minimise: person-days, teams: {t: {at_most: 9}}}
roster: {demand: teams}
run: {from: 2025-03-10, for: 2 days}
)";
/// Single items for a hundred years: no test waits for its end.
const std::string endless = R"(mailflow: 1
centre: {name: A, timezone: UTC}
products: {a: {lot: 1 item, due: 8 h}}
arrivals: {x: {rate: 2000 items/h, mix: {a: 100 %}, into: s}}
stations: {s: {kind: manual, skill: k, positions: 9, rate: 2500 items/h per agent, next: out}}
staff: {shifts: {d: {hours: "00:00-24:00"}}, teams: {t: {agents: 1, shift: d, skills: {k: 100 %}, cost: 20 EUR/h}}}
targets: {done: {measure: on time, at_least: 50 %}}
run: {from: 2025-03-10, for: 30000 days}
)";

struct Everything : Desk {
  Everything() {
    put("a.yaml", centre);
    put("b.yaml", "base: a.yaml\nlabel: B\nchange: {set: {staff.teams.t.agents: 3}}\n");
    put("actuals.csv", "day,measure,value,items\n2025-03-10,done,92 %,100\n2025-03-11,done,91 %,90\n");
    REQUIRE(tell("mailflow run a.yaml --quiet --out results").status == 0);
    REQUIRE(tell("mailflow run a.yaml --replications 2 --quiet --archive runs").status == 0);
    REQUIRE(tell("mailflow generate --out network --centres 3 --items 3000").status == 0);
  }
};

/// Commands and the option that says where they write; "" where they write nowhere but to standard output.
struct Line {
  const char* words;
  const char* output;
  bool into_folder;
};
const std::vector<Line> all = {
    {"run a.yaml", "--out", true},
    {"run a.yaml", "--events", false},
    {"run a.yaml", "--report", false},
    {"run network/network.yaml", "--out", true},
    {"run network/network.yaml", "--report", false},
    {"run a.yaml --replications 2", "--out", true},
    {"run a.yaml --replications 2", "--report", false},
    {"compare a.yaml b.yaml --replications 2", "--out", true},
    {"compare a.yaml b.yaml --replications 2", "--report", false},
    {"compare network/network.yaml network/network.yaml", "--out", true},
    {"sensitivity a.yaml --replications 2", "--out", true},
    {"targets a.yaml --replications 2", "--out", true},
    {"targets a.yaml --replications 2", "--report", false},
    {"sweep a.yaml --vary 'staff.teams.t.agents=1..2/1' --replications 2", "--out", true},
    {"sweep a.yaml --vary 'staff.teams.t.agents=1..2/1' --replications 2", "--report", false},
    {"report results", "--out", false},
    {"report --since 2025-03-10 --archive runs --actuals actuals.csv", "--out", false},
    {"events a.yaml", "--out", false},
    {"generate --centres 3 --items 3000", "--out", true},
    {"roster a.yaml", "--out", true},
    {"roster a.yaml", "--report", false},
    {"plan a.yaml", "--out", true},
    {"plan a.yaml", "--report", false},
    {"plan a.yaml --from 02:00", "--out", true},
    {"plan a.yaml --from 02:00", "--report", false},
    {"runs runs export", "--out", false},
};

TEST_CASE("an output that cannot be written is a mistake of the command, found before anything is run") {
  const Everything desk;
  desk.put("a-file", "mine\n");
  for (const Line& line : all) {
    const std::string command = std::string("mailflow ") + line.words + " " + line.output + " ";
    for (const std::string to : {"/proc/nowhere", line.into_folder ? "a-file" : "network", "a-file/in.html"}) {
      INFO(command + to);
      const Said said = desk.tell(command + to);
      CHECK(said.status == 2);
      CHECK(holds(said.err, to.substr(0, to.find('/', 1))));
      CHECK(said.out.empty());
    }
  }
  CHECK(desk.bytes("a-file") == "mine\n");
}

TEST_CASE("a disk that is full fails every command that writes to it") {
  const Everything desk;
  for (const Line& line : all) {
    if (line.into_folder) continue;
    INFO(line.words);
    const Said said = desk.tell(std::string("mailflow ") + line.words + " " + line.output + " /dev/full");
    CHECK(said.status == 4);
    CHECK(holds(said.err, "/dev/full cannot be written: is the disk full"));
  }
  for (const Line& line : all) {
    if (!line.into_folder) continue;
    INFO(line.words);
    const Said said = desk.tell("rm -rf full; trap '' XFSZ; ulimit -f 1; mailflow " + std::string(line.words) + " " +
                                line.output + " full >&2");
    const auto files = desk.files("full");
    if (said.status == 0) {
      CHECK(std::all_of(files.begin(), files.end(), [](const auto& f) { return f.second.size() <= 512; }));  // all fits
    } else {
      CHECK(said.status == 4);
      CHECK(holds(said.err, "is the disk full"));
    }
    for (const auto& [name, bytes] : files) CHECK_FALSE(name.ends_with(".part"));
  }
}

TEST_CASE("standard output that is full or closed is noticed in every command that prints") {
  const Everything desk;
  std::vector<std::string> lines = {"check a.yaml",       "describe",  "describe stations.machine",
                                    "diff a.yaml b.yaml", "runs runs", "runs runs show 1",
                                    "runs runs export"};
  for (const Line& line : all) {
    const bool writes = std::string(line.words).starts_with("report") ||
                        std::string(line.words).starts_with("events") ||
                        std::string(line.words).starts_with("generate");
    lines.push_back(line.words + std::string(writes ? std::string(" ") + line.output + " made" : ""));
  }
  for (const std::string& line : lines)
    for (const char* to : {">/dev/full", ">&-"}) {
      INFO(line + to);
      const Said said = desk.tell("mailflow " + line + " " + to);
      CHECK(said.status == 4);
      CHECK(holds(said.err, "cannot be written: is the disk full?\n"));
      if (line.starts_with("generate") || line.starts_with("events") || line.starts_with("report"))
        CHECK(desk.tell("rm -rf made").status == 0);
    }
}

TEST_CASE("one cause has one status with archives as with every other file") {
  const Everything desk;
  desk.put("no-archive", "mine\n");
  const std::string damaged = desk.bytes("runs").substr(0, 5000);
  desk.put("damaged", damaged);
  const std::vector<std::string> keep = {"run a.yaml --replications 2 --archive ",
                                         "compare a.yaml b.yaml --replications 2 --archive ",
                                         "targets a.yaml --replications 2 --archive ",
                                         "sensitivity a.yaml --replications 2 --archive ",
                                         "sweep a.yaml --vary staff.teams.t.agents=1..2/1 --replications 2 --archive ",
                                         "plan a.yaml --archive "};
  const std::vector<std::string> read = {"runs ", "report --since 2025-03-10 --actuals actuals.csv --archive "};
  REQUIRE(desk.tell("ln -s ring1 ring2; ln -s ring2 ring1").status == 0);
  const auto status = [&](const std::string& line, const std::string& why) {
    const Said said = desk.tell("mailflow " + line);
    INFO(line << ": " << said.err);
    CHECK(holds(said.err, why));
    CHECK(said.out.empty());
    return said.status;
  };
  for (const std::string& line : keep) {
    CHECK(status(line + "nowhere/x.db", "nowhere/x.db cannot be opened: there is no folder ") == 2);
    CHECK(status(line + "/proc/x.db", "/proc/x.db cannot be made: ") == 2);
    CHECK(status(line + "ring1", "ring1 cannot be opened: its links lead round in a ring") == 2);
  }
  for (const auto& lines : {keep, read})
    for (const std::string& line : lines) {
      CHECK(status(line + "results", "results is a folder; an archive is a file") == 3);
      CHECK(status(line + "no-archive", "no-archive is not an archive of replications") == 3);
      CHECK(status(line + "damaged", "damaged is damaged (") == 3);
    }
  CHECK(desk.bytes("no-archive") == "mine\n");
  CHECK(desk.bytes("damaged") == damaged);
}

TEST_CASE("what is printed never gets into a file of the program's") {
  const Everything desk;
  const auto whole = desk.files("results");
  CHECK(desk.tell("mailflow run a.yaml --out closed <&- >&- 2>&-").status == 4);
  CHECK((desk.files("closed") == whole));
}

TEST_CASE("every command that runs for long ends at SIGTERM as at SIGINT, and leaves nothing for a while") {
  for (const auto& [signal, status] : {std::pair("TERM", 143), {"INT", 130}}) {
    const Desk desk;
    desk.put("a.yaml", endless);
    desk.put("b.yaml", "base: a.yaml\nlabel: B\n");
    fs::create_directory(desk.folder() / "tmp");
    for (const char* line :
         {"run a.yaml --out out --events out/log.csv", "events a.yaml --out log.csv",
          "run a.yaml --replications 3 --out out --threads 2", "compare a.yaml b.yaml --threads 2", "targets a.yaml",
          "targets a.yaml --archive kept --out out", "run a.yaml --replications 3 --archive kept --out new/out",
          "sensitivity a.yaml", "run a.yaml --report r.xlsx", "sweep a.yaml --vary 'staff.teams.t.agents=1..2/1'"}) {
      INFO(line << " " << signal);
      const Said said = desk.tell(std::string("TMPDIR=$PWD/tmp timeout --preserve-status -k 60 -s ") + signal +
                                  " 0.2 mailflow " + line + " >&2");
      CHECK(said.status == status);
      CHECK(desk.files("tmp").empty());
      for (const auto& [name, bytes] : desk.files(".")) {
        CHECK_FALSE(name.ends_with(".part"));
        CHECK_FALSE(name.starts_with("kept-"));  // what SQLite puts beside an archive
      }
      CHECK_FALSE(fs::exists(desk.folder() / "out"));
      CHECK_FALSE(fs::exists(desk.folder() / "new"));
    }
  }
}

TEST_CASE("a plan of now or of posts gives up the run that is under way, and says what it has") {
  for (const char* const signal : {"TERM", "INT"}) {
    const Desk desk;
    std::string text = endless;
    text.replace(text.find("run: {"), 0, "plan: {posts: {of: t, over: [s]}}\n");
    desk.put("posts.yaml", text);
    desk.put("now.yaml", endless);
    // -k: what does not end by itself is killed, and its status is 137
    const auto tell = [&](const std::string& line) {
      return desk.tell(std::string("timeout --preserve-status -k 20 -s ") + signal + " 2 mailflow plan " + line);
    };
    for (const char* line :
         {"now.yaml --from \"2100-01-01 02:00\"", "now.yaml --from 02:00 --until \"2100-01-01 00:00\" --out out"}) {
      INFO(line);
      const Said said = tell(line);
      CHECK(said.status == 0);
      CHECK(said.out.empty());
      CHECK(said.err.ends_with("mailflow: stopped before a plan was found\n"));
    }
    CHECK_FALSE(fs::exists(desk.folder() / "out"));
    const Said posts = tell("posts.yaml --out out");
    CHECK(posts.status == 0);
    CHECK(posts.out.starts_with("Posts of t: the fewest item-hours\n"));
    CHECK(posts.out.ends_with("\nStopped before the plan was run: its agents are those of the fluid.\n"));
    CHECK(holds(desk.bytes("out/posts.json"), "\"stopped\": true"));
  }
}

}  // namespace
}  // namespace mailflow::program
