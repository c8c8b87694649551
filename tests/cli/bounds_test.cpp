// What a command does not take: memory without end, an hour without a word, a file that another program holds.
#include <sqlite3.h>

#include <catch2/catch.hpp>
#include <memory>
#include <regex>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

/// A hundred thousand letters an hour where two hundred can be sorted, in the loop by blocks or (with a belt) by
/// events.
std::string queue_without_end(const std::string& into) {
  return "mailflow: 1\ncentre: {name: X, timezone: UTC}\nproducts: {a: {due: 2 h}}\n"
         "arrivals: {x: {rate: 100000 items/h, mix: {a: 100 %}, into: " +
         into + "}}\nstations:\n  desk: {kind: manual, positions: 1, rate: 200 items/h per agent, next: out}\n" +
         (into == "belt" ? "  belt: {kind: conveyor, takes: 1 min, next: desk}\n" : "") +
         "run: {from: 2025-03-10, for: 400 days}\n";
}

bool told(const std::string& text, const std::string& pattern) { return std::regex_search(text, std::regex(pattern)); }

}  // namespace

TEST_CASE("A run that would take more memory than it may says how many lots are where, and writes nothing") {
  const Desk desk;
  for (const char* into : {"desk", "belt"}) {
    INFO(into);
    desk.put("a.yaml", queue_without_end(into));
    const Said said = desk.tell("mailflow run a.yaml --out out --events log.csv --memory 90MB");
    INFO(said.err);
    CHECK(said.status == 4);
    CHECK(said.out.empty());
    CHECK(told(said.err,
               "mailflow: the run failed: it would take more memory than the 90 MB that it may, at "
               "2025-03-1\\d \\d\\d:\\d\\d, with \\d{5,} lots there: \\d{5,} at desk"));
    CHECK(told(said.err,
               "let what piles up be worked off, give products larger lots, run fewer days, or give more with "
               "--memory\n$"));
    CHECK(desk.files("out").empty());
    CHECK_FALSE(fs::exists(desk.folder() / "log.csv"));
  }
}

TEST_CASE("Replications on threads share the memory, and fail in the same words") {
  const Desk desk;
  desk.put("a.yaml", queue_without_end("desk"));
  const Said said = desk.tell("mailflow run a.yaml --replications 4 --threads 2 --out out --memory 90MB --quiet");
  INFO(said.err);
  CHECK(said.status == 4);
  CHECK(told(said.err, "more memory than the 90 MB that it may, at 2025-03-1\\d"));
  CHECK(desk.files("out").empty());
}

TEST_CASE("A centre of a network that piles up mail is named when memory ends") {
  const Desk desk;
  desk.put("net.yaml", R"(mailflow: 1
network: {name: Two, timezone: UTC}
products: {a: {due: 2 h}}
centre_kinds:
  post: {inbound: desk, stations: {desk: {kind: machine, rate: 200 items/h, next: {here: out, other: bay}}, bay: {kind: bay}}}
centres:
  nord: {kind: post, add: {arrivals: {x: {rate: 100000 items/h, mix: {a: 100 %}, to: {here: 100 %}, into: desk}}}}
  sud: {kind: post}
links: {nord-sud: {from: nord, to: sud, at: "10:00", takes: 1 h}, sud-nord: {from: sud, to: nord, at: "10:00", takes: 1 h}}
run: {from: 2025-03-10, for: 400 days}
)");
  const Said said = desk.tell("mailflow run net.yaml --out out --threads 2 --memory 90MB");
  INFO(said.err);
  CHECK(said.status == 4);
  CHECK(told(said.err, "more memory than the 90 MB that it may, at nord, 2025-03-1\\d"));
  CHECK(desk.files("out").empty());
}

TEST_CASE("An amount of memory is a number with kB, MB, GB or TB") {
  const Desk desk;
  desk.put("a.yaml", queue_without_end("desk"));
  for (const char* wrong : {"much", "4", "0 GB", "4 gigabytes"}) {
    const Said said = desk.tell(std::string("mailflow run a.yaml --memory '") + wrong + "'");
    CHECK(said.status == 2);
    CHECK(told(said.err, "is no amount of memory; write 500MB or 4GB"));
  }
}

TEST_CASE("Less memory than the program itself takes is refused at once, with what it takes") {
  const Desk desk;
  desk.put("a.yaml", queue_without_end("desk"));
  for (const char* command : {"run a.yaml", "check a.yaml", "run a.yaml --replications 2"}) {
    const Said said = desk.tell("mailflow " + std::string(command) + " --memory 1MB");
    INFO(said.err);
    CHECK(said.status == 2);
    CHECK(told(said.err,
               "^mailflow: --memory 1MB is less than the program itself takes before it reads anything, \\d+ MB; give "
               "more\n$"));
  }
}

TEST_CASE("Mail that goes round in no time in a network is told with its centre") {
  const Desk desk;
  desk.put("net.yaml", R"(mailflow: 1
network: {name: Two, timezone: UTC}
products: {a: {due: 2 h}}
centre_kinds:
  post:
    inbound: desk
    stations:
      desk: {kind: machine, rate: 200 items/h, next: {here: out, other: bay}}
      bay: {kind: bay}
      one: {kind: conveyor, takes: 0 s, next: two}
      two: {kind: walk, takes: 0 s, next: one}
centres:
  nord: {kind: post, add: {arrivals: {x: {at: "07:00", items: {a: 3}, to: {here: 100 %}, into: one}}}}
  sud: {kind: post}
links: {nord-sud: {from: nord, to: sud, at: "10:00", takes: 1 h}, sud-nord: {from: sud, to: nord, at: "10:00", takes: 1 h}}
run: {from: 2025-03-10, for: 1 day}
)");
  const Said said = desk.tell("mailflow run net.yaml");
  CHECK(said.status == 4);
  CHECK(told(said.err, "mail goes round for ever at nord, 2025-03-10 07:00, in no time: by way of one, two;"));
}

TEST_CASE("A locked archive is told at once, waited for, and written when it is free") {
  const Desk desk;
  desk.put("a.yaml", R"(mailflow: 1
centre: {name: Small, timezone: UTC}
products: {letter: {lot: 100 items}}
arrivals: {lorry: {at: "08:00", items: {letter: 6000}, into: sorting}}
stations: {sorting: {kind: manual, positions: 2, rate: 1500 items/h per agent, next: out}}
run: {from: 2025-03-03, for: 1 day}
)");
  REQUIRE(desk.tell("mailflow run a.yaml --replications 1 --archive kept --quiet").status == 0);
  sqlite3* raw = nullptr;
  REQUIRE(sqlite3_open((desk.folder() / "kept").c_str(), &raw) == SQLITE_OK);
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> other(raw, &sqlite3_close);
  REQUIRE(sqlite3_exec(raw, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
  // the first line of the command's words is waited for; then the lock is opened, and its end waited for
  const Said first = desk.tell(
      "mkfifo first over\n"
      "{ { mailflow run a.yaml --replications 2 --archive kept --quiet 2>&1 >result; echo $? >status; } |\n"
      "  { read -r line; echo \"$line\" >first; cat >rest; echo over >over; }; } &\n"
      "cat first");
  CHECK(first.out == "mailflow: kept is locked by another program; waiting for it, a minute at most\n");
  REQUIRE(sqlite3_exec(raw, "ROLLBACK", nullptr, nullptr, nullptr) == SQLITE_OK);
  CHECK(desk.tell("cat over").out == "over\n");
  CHECK(desk.bytes("status") == "0\n");
  CHECK(desk.bytes("rest").empty());
}

TEST_CASE("Hubs that would have millions of lines between them are refused in words") {
  const Desk desk;
  const Said said = desk.tell("mailflow generate --centres 5000 --hubs 5000 --out big");
  CHECK(said.status == 2);
  CHECK(
      said.err ==
      "mailflow: 5000 hubs, each with a line to every other, are 25 million lines; give at most 1000, or leave --hubs "
      "out: 0.8 x the root of the centres\n");
  CHECK(desk.files("big").empty());
}

TEST_CASE("A ring that stands still is said first, in the summary in both languages and in the results") {
  const Desk desk;
  desk.put("a.yaml", R"(mailflow: 1
centre: {name: Ring, timezone: UTC}
products: {letter: {}}
arrivals: {van: {at: "08:00", items: {letter: 5}, into: reader}}
stations:
  reader: {kind: machine, rate: 60 items/h, queue: {holds: 2 items}, rejects: {share: 100 %, next: reader}, next: out}
run: {from: 2025-03-03, for: 1 day}
)");
  const Said english = desk.tell("mailflow run a.yaml --out out");
  CHECK(english.status == 0);
  CHECK(
      english.out.starts_with("Ring\n  STANDS STILL for ever since 2025-03-03 08:01: reader waits for room in its own "
                              "full queue\n"));
  CHECK(told(desk.bytes("out/results.json"), "\"since\": \"2025-03-03T08:01:00"));
  const Said french = desk.tell("mailflow run a.yaml --lang fr");
  CHECK(french.out.starts_with(
      "Ring\n  ARRÊT sans fin depuis le 3 mars 2025 à 8 h 01 : reader attend de la place dans sa propre "
      "file, pleine\n"));
}

}  // namespace mailflow::program
