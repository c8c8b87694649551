// What a command writes: never over what it read or what is not its own, through links, pipes and devices, and by one
// writer at a time.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

const std::string one_day = R"(mailflow: 1
centre: {name: Brume, timezone: UTC}
products: {letter: {lot: 10 items}}
arrivals: {van: {at: ["08:00"], items: {letter: 30}, into: sort}}
stations: {sort: {kind: manual, skill: s, positions: 2, rate: 60 items/h per agent, next: out}}
staff:
  shifts: {day: {hours: "07:00-12:00"}}
  teams: {t: {agents: 2, shift: day, skills: {s: 100 %}}}
run: {from: 2025-03-03, for: 1 day}
)";
/// 100 items are 4 hours of a table, due in 8: one agent does it.
const std::string to_plan = R"(mailflow: 1
centre: {name: A, timezone: UTC}
products: {a: {due: 8 h}}
arrivals: {x: {at: "00:00", items: {a: 100}, into: s}}
stations: {s: {kind: manual, skill: k, positions: 9, rate: 25 items/h per agent, next: out}}
staff: {shifts: {d: {hours: "00:00-08:00"}}, teams: {t: {agents: 0, shift: d, skills: {k: 100 %}}}}
targets: {done: {measure: on time, at_least: 100 %}}
plan: {minimise: person-days, teams: {t: {at_most: 9}}}
run: {from: 2025-03-10, for: 2 days}
)";

/// Runs a line that must be refused, with `file` left as it was.
void check_refused(const Desk& desk, const std::string& line, const std::string& file, int status) {
  const std::string before = desk.bytes(file);
  const Said said = desk.tell(line);
  INFO(line);
  INFO(said.err);
  CHECK(said.status == status);
  CHECK(holds(said.err, "was read for this, and is not written over; "));
  CHECK(desk.bytes(file) == before);
  CHECK(said.out.empty());
}

TEST_CASE("no command writes over a file that it read") {
  const Desk desk;
  desk.put("a.csv", one_day);
  desk.put("a.html", one_day);
  check_refused(desk, "mailflow events a.csv --out a.csv", "a.csv", 2);
  check_refused(desk, "mailflow events a.csv --out ./../desk/a.csv", "a.csv", 2);
  check_refused(desk, "ln a.csv b.csv; mailflow events a.csv --out b.csv", "a.csv", 2);
  check_refused(desk, "ln -s a.csv c.csv; mailflow events a.csv --out c.csv", "a.csv", 2);
  check_refused(desk, "mailflow run a.csv --quiet --events a.csv", "a.csv", 2);
  check_refused(desk, "mailflow run a.html --quiet --report a.html", "a.html", 2);
  check_refused(desk, "mailflow compare a.html a.csv --replications 2 --quiet --report a.html", "a.html", 2);
  desk.put("b.yaml", "base: results.json\nlabel: B\n");
  desk.put("results.json", one_day);
  check_refused(desk, "mailflow run b.yaml --quiet --out .", "results.json", 2);
}

TEST_CASE("a run of a network leaves the network's own files") {
  const Desk desk;
  REQUIRE(desk.tell("mailflow generate --out g --centres 5 --items 10000").status == 0);
  const auto before = desk.files("g");
  const Said said = desk.tell("mailflow run g/network.yaml --until-day 1 --quiet --out g");
  CHECK(said.status == 2);
  CHECK(holds(said.err, "g/links.csv was read for this, and is not written over; give --out another folder"));
  CHECK((desk.files("g") == before));
  CHECK(desk.tell("mailflow run g/network.yaml --until-day 1 --quiet --out r").status == 0);
  CHECK(desk.tell("mailflow generate --out g --centres 6 --items 10000").status == 0);
}

TEST_CASE("a plan neither writes over its scenario nor takes it away") {
  const Desk desk;
  desk.put("plan.yaml", to_plan);
  check_refused(desk, "mailflow plan plan.yaml --quiet --out . --threads 1", "plan.yaml", 2);
  std::string none = to_plan;
  none.replace(none.find("at_most: 9"), 10, "at_most: 0");
  desk.put("plan.yaml", none);
  desk.tell("mailflow plan plan.yaml --quiet --out . --threads 1");
  CHECK(desk.bytes("plan.yaml") == none);
  desk.put("other/plan.yaml", "# mine\n");
  desk.tell("mailflow plan plan.yaml --quiet --out other --threads 1");
  CHECK(desk.bytes("other/plan.yaml") == "# mine\n");
}

TEST_CASE("a file that the program did not write stays in a folder of results") {
  const Desk desk;
  desk.put("a.yaml", one_day);
  desk.put("out/stations.csv", "tram,stop\n7,Place\n");
  const Said said = desk.tell("mailflow run a.yaml --quiet --out out");
  CHECK(said.status == 2);
  CHECK(said.err == "mailflow: out/stations.csv is there and was not written by mailflow; give --out another folder\n");
  CHECK(desk.files("out").size() == 1);
  CHECK(desk.bytes("out/stations.csv") == "tram,stop\n7,Place\n");
  desk.put("own/results.json", "{\n  \"mine\": 1\n}\n");
  CHECK(desk.tell("mailflow run a.yaml --quiet --out own").status == 2);
  CHECK(desk.bytes("own/results.json") == "{\n  \"mine\": 1\n}\n");
  CHECK(desk.tell("mailflow run a.yaml --quiet --out new").status == 0);
  CHECK(desk.tell("mailflow run a.yaml --seed 2 --quiet --out new").status == 0);  // its own it writes over
}

TEST_CASE("other results of the program's own are told of by what they are, and what reads them") {
  const Desk desk;
  desk.put("a.yaml", one_day + "targets: {pace: {measure: throughput, at: sort, at_least: 1 items/h}}\n");
  REQUIRE(desk.tell("mailflow run a.yaml --quiet --out run").status == 0);
  const std::string targets = desk.bytes("run/targets.csv");
  const Said over = desk.tell("mailflow targets a.yaml --quiet --replications 2 --out run");
  CHECK(over.status == 2);
  CHECK(holds(over.err,
              "mailflow: run holds the results of a run, which mailflow report reads; give --out another folder\n"));
  CHECK(desk.bytes("run/targets.csv") == targets);
  REQUIRE(desk.tell("mailflow targets a.yaml --quiet --replications 2 --out table").status == 0);
  const Said none = desk.tell("mailflow report table");
  CHECK(none.status == 3);
  CHECK(none.err == "mailflow: table holds a table of mailflow targets, which makes its page with --report\n");
  desk.put("mine/targets.csv", "a,b,c\n1,2,3\n");
  CHECK(holds(desk.tell("mailflow targets a.yaml --quiet --replications 2 --out mine").err,
              "mine/targets.csv is there and was not written by mailflow"));
}

TEST_CASE("a link is followed, a pipe and a device are written to, and a file keeps its mode") {
  const Desk desk;
  desk.put("a.yaml", one_day);
  const std::string events = "mailflow run a.yaml --quiet --events ";
  REQUIRE(desk.tell(events + "e.csv").status == 0);
  const std::string log = desk.bytes("e.csv");
  CHECK(desk.tell("mkfifo pipe; cat pipe & " + events + "pipe; wait").out == log);
  CHECK(fs::is_fifo(desk.folder() / "pipe"));
  desk.put("real.csv", "old\n");
  REQUIRE(chmod((desk.folder() / "real.csv").c_str(), 0600) == 0);
  REQUIRE(desk.tell("ln -s real.csv link.csv; " + events + "link.csv").status == 0);
  CHECK(fs::is_symlink(desk.folder() / "link.csv"));
  CHECK(desk.bytes("real.csv") == log);
  struct stat there{};
  REQUIRE(stat((desk.folder() / "real.csv").c_str(), &there) == 0);
  CHECK((there.st_mode & 07777U) == 0600);
  REQUIRE(desk.tell("ln -s absent.csv ahead.csv; " + events + "ahead.csv").status == 0);
  CHECK(fs::is_symlink(desk.folder() / "ahead.csv"));
  CHECK(desk.bytes("absent.csv") == log);
  CHECK(desk.tell(events + "/dev/null").status == 0);
  CHECK(fs::is_character_file("/dev/null"));
  CHECK(desk.tell(events + "/dev/stdout | cat").out == log);
  CHECK(desk.tell(events + "-").out == log);
  CHECK(desk.tell("mailflow events a.yaml --out -").out == log);
  CHECK(desk.tell("mailflow run a.yaml --events - ").out == log);
  CHECK(desk.tell("mailflow run a.yaml --report - ").out.starts_with("<!"));
  CHECK(desk.tell(events + "/dev/full").status == 4);
  CHECK(desk.tell("mailflow run a.yaml --out -").status == 2);
  for (const auto& entry : fs::directory_iterator(desk.folder())) CHECK(entry.path().extension() != ".part");
}

TEST_CASE("of two writers of one file the second is told, and the file is the first one's") {
  const Desk desk;
  desk.put("a.yaml", one_day);
  const std::string part = (desk.folder() / "e.csv.part").string();
  const int first = open(part.c_str(), O_WRONLY | O_CREAT, 0600);
  REQUIRE(flock(first, LOCK_EX) == 0);
  const Said second = desk.tell("mailflow events a.yaml --out e.csv");
  CHECK(second.status == 2);
  CHECK(second.err == "mailflow: e.csv is being written by another run; wait for its end, or name another place\n");
  CHECK(fs::exists(part));
  close(first);
  CHECK(desk.tell("mailflow events a.yaml --out e.csv").status == 0);  // what a run cut off left is no hindrance
  CHECK_FALSE(fs::exists(part));
}

TEST_CASE("a report of files of two runs is refused") {
  const Desk desk;
  desk.put("a.yaml", one_day);
  REQUIRE(desk.tell("mailflow run a.yaml --quiet --out out").status == 0);
  desk.put("out/.mailflow-unfinished", "results.json\nstations.csv\n");  // as a run killed among its renames leaves it
  const Said said = desk.tell("mailflow report out");
  CHECK(said.status == 3);
  CHECK(said.err ==
        "mailflow: out has files of two runs: one was cut off, or is still at it, while they were put there; run it "
        "again with --out out\n");
  REQUIRE(desk.tell("mailflow run a.yaml --quiet --out out").status == 0);
  CHECK_FALSE(fs::exists(desk.folder() / "out/.mailflow-unfinished"));
  CHECK(desk.tell("mailflow report out").status == 0);
}

TEST_CASE("results with nothing in them, or of another shape, are told of") {
  const Desk desk;
  desk.put("a.yaml", one_day);
  const std::string head = R"({"format":1,"seed":1,"replications":2,"until_day":null,"warm_up_minutes":0,)";
  const std::string scenarios = R"("scenarios":[{"name":"A","file":"a.yaml"}])";
  const std::vector<std::string> wrong = {
      head + R"("confidence":0.95,"measures":{},"scenarios":[]})",
      head + R"("confidence":0.95,"measures":{"m":{"unit":"items"}},)" + scenarios + "}",
      head + R"("confidence":0.95,"measures":{"m":{"unit":"items","scenarios":[]}},)" + scenarios + "}",
      head + R"("confidence":0.95,"measures":{"m":{"unit":7,"scenarios":[{}]}},)" + scenarios + "}",
      head + R"("confidence":{},"measures":{},)" + scenarios + "}",
      R"({"format":1,"seed":-1,"replications":2,"until_day":null,"warm_up_minutes":0,"confidence":0.95,"measures":{},)" +
          scenarios + "}",
      R"({"format":1,"seed":1,"replications":2,"until_day":1e308,"warm_up_minutes":0,"confidence":0.95,"measures":{},)" +
          scenarios + "}",
      R"({"format":1,"seed":1,"replications":2,"until_day":null,"warm_up_minutes":1e30,"confidence":0.95,"measures":{},)" +
          scenarios + "}",
      R"({"format":1e308})",
      "[]",
      "7",
      "",
      "null"};
  for (const std::string& text : wrong)
    for (const char* format : {"html", "xlsx", "json", "csv"}) {
      desk.put("r/experiment.json", text);
      const Said said = desk.tell(std::string("mailflow report r --out x --format ") + format);
      INFO(text);
      CHECK(said.status == 3);
      CHECK(said.err == "mailflow: r/experiment.json is not a file of results of this program\n");
    }
  CHECK(desk.tell("rm r/experiment.json; mkdir r/results.json; mailflow report r").status == 3);
}

TEST_CASE("standard output that is full or closed fails the command, and standard error does not") {
  const Desk desk;
  desk.put("a.yaml", one_day);
  desk.put("b.yaml", "base: a.yaml\nlabel: B\n");
  desk.put("wrong.yaml", "mailflow: 1\n");
  for (const char* line : {"run a.yaml", "check a.yaml", "describe", "diff a.yaml b.yaml", "events a.yaml --out e.csv",
                           "run a.yaml --replications 2", "compare a.yaml b.yaml --replications 2", "--help",
                           "--version", "describe --format json-schema", "diff a.yaml b.yaml --as-change"}) {
    INFO(line);
    const Said said = desk.tell(std::string("mailflow ") + line + " >/dev/full");
    CHECK(said.status == 4);
    CHECK(holds(said.err, "mailflow: standard output cannot be written: is the disk full?\n"));
  }
  for (const char* to : {"2>/dev/full", "2>&-"}) {
    INFO(to);
    const auto status = [&](const std::string& line) { return desk.tell("mailflow " + line + " " + to).status; };
    CHECK(status("run wrong.yaml") == 3);
    CHECK(status("check wrong.yaml") == 3);
    CHECK(status("events absent.yaml") == 3);
    CHECK(status("run a.yaml --out a.yaml") == 2);
    CHECK(status("rum") == 2);
    CHECK(status("report absent") == 3);
    CHECK(status("plan a.yaml --until 3") == 2);
    CHECK(status("roster a.yaml") == 3);
    CHECK(status("runs absent") == 3);
    CHECK(status("generate --out a.yaml") == 2);
  }
}

TEST_CASE("one cause has one status: a full disk fails the command") {
  const Desk desk;
  desk.put("a.yaml", one_day);
  CHECK(desk.tell("mailflow events a.yaml --out /dev/full").status == 4);
  CHECK(desk.tell("mailflow run a.yaml --quiet --events /dev/full").status == 4);
  CHECK(desk.tell("mailflow run a.yaml --quiet --report /dev/full").status == 4);
}

TEST_CASE("a file that the disk cannot give is told of") {
  const Desk desk;
  const Said said = desk.tell("mailflow check /proc/self/mem");  // a read of it fails
  CHECK(said.status == 3);
  CHECK(holds(said.err, "\"/proc/self/mem\" cannot be read"));
}

TEST_CASE("what a name in a message would have a terminal do is not done") {
  const Desk desk;
  for (const char* command : {"run", "check", "events", "plan", "roster", "report"}) {
    const Said said = desk.tell(std::string("mailflow ") + command + " \"$(printf 'a\\033[31m\\302\\233x.yaml')\"");
    INFO(command);
    CHECK(said.status != 0);
    CHECK_FALSE(holds(said.err, "\x1b"));
    CHECK_FALSE(holds(said.err, "\xc2\x9b"));
  }
}

TEST_CASE("messages show no line of a file elsewhere that is no scenario") {
  const Desk desk;
  desk.put("elsewhere/secret", "key: s3cr3t\n  : x\n");
  desk.put("elsewhere/secret.yaml", "key: s3cr3t\n");
  for (const char* named : {"/proc/self/environ", "../elsewhere/secret", "/etc/passwd", "link"}) {
    desk.put("within/a.yaml", std::string("base: ") + named + "\nchange: {set: {run.for: 1 day}}\n");
    const Said said =
        desk.tell("cd within; ln -sf ../elsewhere/secret link; SECRET=s3cr3t PATH=\"..:$PATH\" mailflow check a.yaml");
    INFO(named);
    CHECK(said.status == 3);
    CHECK_FALSE(holds(said.err, "s3cr3t"));
    CHECK_FALSE(holds(said.err, "root:"));
    CHECK(holds(said.err, "lies outside the folders of the scenario and of the data"));
  }
}

TEST_CASE("messages show nothing of the environment, whoever names it") {
  const Desk desk;
  desk.put("a.yaml", one_day + "roster: {demand: teams}\n");
  desk.put("b.yaml", "base: a.yaml\nlabel: B\n");
  REQUIRE(desk.tell("mailflow run a.yaml --replications 2 --quiet --archive kept").status == 0);
  REQUIRE(desk.tell("ln -s /proc/self/environ e.yaml; ln -s /proc/self/environ e.csv; mkdir r; "
                    "ln -s /proc/self/environ r/results.json")
              .status == 0);
  for (const char* line :
       {"check /proc/self/environ", "check e.yaml", "run e.yaml", "run a.yaml --from-state e.yaml", "events e.yaml",
        "run a.yaml --from-state /proc/self/environ", "roster a.yaml --check e.csv", "roster e.yaml", "plan e.yaml",
        "diff a.yaml e.yaml", "compare a.yaml e.yaml", "targets e.yaml", "report r", "runs e.yaml",
        "report --since 2025-03-03 --archive kept --actuals e.csv", "sweep e.yaml --vary run.seed=1..2/1",
        "report --since 2025-03-03 --archive kept --actuals a.yaml --changes e.csv"}) {
    INFO(line);
    const Said said = desk.tell("SECRET_TOKEN=s3cr3t mailflow " + std::string(line));
    CHECK(said.status == 3);
    CHECK_FALSE(said.err.empty());
    CHECK_FALSE(holds(said.out + said.err, "SECRET_TOKEN"));
    CHECK_FALSE(holds(said.out + said.err, "s3cr3t"));
  }
  CHECK(holds(desk.tell("mailflow check e.yaml").err,
              "\"e.yaml\" cannot be read: it is a file of the system's, not of data"));
}

TEST_CASE("links that lead round in a ring are told of in plain words") {
  const Desk desk;
  desk.put("a.yaml", one_day);
  REQUIRE(desk.tell("ln -s ring1.csv ring2.csv; ln -s ring2.csv ring1.csv").status == 0);
  for (const char* line :
       {"run a.yaml --quiet --events", "events a.yaml --out", "run a.yaml --quiet --report", "run a.yaml --quiet --out",
        "run a.yaml --replications 2 --quiet --out", "run a.yaml --replications 2 --quiet --report"}) {
    INFO(line);
    const Said said = desk.tell("mailflow " + std::string(line) + " ring1.csv");
    CHECK(said.status == 2);
    CHECK_FALSE(holds(said.err, "filesystem"));
    CHECK(holds(said.err, "ring1.csv"));
  }
  CHECK(desk.tell("mailflow run a.yaml --quiet --events ring1.csv").err ==
        "mailflow: ring1.csv cannot be written: its links lead round in a ring; name another place\n");
  for (const char* line : {"report", "run", "check", "runs"}) {
    INFO(line);
    const Said said = desk.tell("mailflow " + std::string(line) + " ring1.csv");
    CHECK(said.status == 3);
    CHECK_FALSE(holds(said.err, "filesystem"));
  }
}

TEST_CASE("a name becomes a folder where it should, and nowhere else") {
  const Desk desk;
  REQUIRE(desk.tell("mailflow generate --out g --centres 2 --items 1000").status == 0);
  REQUIRE(desk.tell("for f in g/*; do sed -i 's|\\bc1\\b|../../../x|g' $f; done; grep -q '../../../x' g/centres.csv")
              .status == 0);
  const Said said =
      desk.tell("mailflow run g/network.yaml --until-day 1 --quiet --out r --centre ../../../x; ls r/centres");
  CHECK(said.status == 0);
  CHECK(said.err.empty());
  CHECK(said.out == "_.._.._.._x\n");
  CHECK_FALSE(fs::exists(desk.folder() / "x"));
}

TEST_CASE("mail that goes round in no time is told of with the stations and the instant") {
  const std::string head =
      "mailflow: 1\ncentre: {name: Brume, timezone: UTC}\nproducts: {letter: {}}\n"
      "arrivals: {van: {at: \"08:00\", items: {letter: 30}, into: a}}\nrun: {from: 2025-03-03, for: 1 "
      "day}\nstations:\n";
  for (const char* stations :
       {"  a: {kind: conveyor, takes: 0 s, next: b}\n  b: {kind: walk, takes: 0 s, next: a}\n",
        "  a: {kind: hold, share: 0 %, takes: 1 h, next: b}\n  b: {kind: hold, share: 0 %, takes: 1 h, next: a}\n",
        "  a: {kind: bagging, items: 10 items, next: b}\n  b: {kind: bagging, items: 10 items, next: a}\n",
        "  a: {kind: hold, share: 100 %, takes: 0 s, next: b}\n  b: {kind: walk, takes: 0 s, next: a}\n"}) {
    const Desk desk;
    desk.put("a.yaml", head + stations);
    const Said said = desk.tell("timeout 10 mailflow run a.yaml --quiet");
    INFO(stations);
    CHECK(said.status == 4);
    CHECK(said.err ==
          "mailflow: the run failed: mail goes round for ever at 2025-03-03 08:00, in no time: by way of a, b; let "
          "something on that way take time\n");
  }
}

}  // namespace
}  // namespace mailflow::program
