// Runs that end before their time, and runs that last: what they leave in the folder and what they show meanwhile.
//
// A run is held in the middle through its event log: the log's temporary name is made a pipe beforehand, which the run
// fills and then waits for until the test reads it.
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <optional>
#include <regex>
#include <thread>

#include "cli/program.hpp"
#include "cli/terminal.hpp"

namespace mailflow::program {
namespace {

const std::string three_days = R"(mailflow: 1
centre: {name: Small, timezone: UTC}
products: {letter: {lot: 100 items}}
arrivals:
  lorry: {at: "08:00", items: {letter: 6000}, into: sorting}
stations: {sorting: {kind: manual, positions: 2, rate: 1500 items/h per agent, next: out}}
run: {from: 2025-03-03, for: 3 days}
)";
/// 28 days of some 250 single letters an hour: long enough for a run to say how far it is.
const std::string four_weeks = R"(mailflow: 1
centre: {name: Small, timezone: UTC}
products: {letter: {lot: 1 item}}
arrivals:
  post: {rate: 250 items/h, mix: {letter: 100 %}, into: sorting}
stations: {sorting: {kind: manual, positions: 1, rate: 1500 items/h per agent, next: out}}
run: {from: 2025-03-03, for: 28 days}
)";
const std::string full = " cannot be written: is the disk full";

/// A command that may write files of no more than so many times 512 bytes: to it the disk is full.
std::string on_a_disk_of(int blocks, const std::string& command) {
  return "trap '' XFSZ; ulimit -f " + std::to_string(blocks) + "; " + command;
}

TEST_CASE("where the disk is full the run fails, the results of before stay and no part of the new ones is left") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  REQUIRE(desk.tell("mailflow run a.yaml --until-day 1 --quiet --out out").status == 0);
  const auto before = desk.files("out");
  const Said said = desk.tell(on_a_disk_of(8, "mailflow run a.yaml --out out"));
  CHECK(said.status == 4);
  CHECK(said.err == "mailflow: the run failed: out/results.json" + full + ", or the folder not yours?\n");
  CHECK(said.out.empty());
  CHECK((desk.files("out") == before));
}

TEST_CASE("where the event log finds the disk full, neither log nor results are replaced") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  REQUIRE(desk.tell("mailflow run a.yaml --until-day 1 --quiet --out out --events out/events.csv").status == 0);
  const auto before = desk.files("out");
  const Said said = desk.tell(on_a_disk_of(8, "mailflow run a.yaml --out out --events out/events.csv"));
  CHECK(said.status == 4);
  CHECK(said.err == "mailflow: the run failed: out/events.csv" + full + "?\n");
  CHECK(said.out.empty());
  CHECK((desk.files("out") == before));
}

TEST_CASE("a file that may not grow further is told as a disk that is full, and does not end the run by a signal") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  for (const char* line : {"run a.yaml --out out", "run a.yaml --events e.csv", "events a.yaml --out e.csv",
                           "run a.yaml --report r.html", "run a.yaml --replications 3 --archive kept"}) {
    INFO(line);
    const Said said = desk.tell("ulimit -c 0; ulimit -f 1; mailflow " + std::string(line) + " >&2");
    CHECK(said.status == 4);
    CHECK((holds(said.err, "is the disk full") || holds(said.err, "the disk is full")));
  }
}

TEST_CASE("where one result cannot be put in its place none is, and no part of them is left") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  REQUIRE(desk.tell("mailflow run a.yaml --until-day 1 --quiet --out out").status == 0);
  REQUIRE(desk.tell("rm out/targets.csv && mkdir out/targets.csv && echo kept >out/targets.csv/note").status == 0);
  const auto before = desk.files("out");
  const Said said = desk.tell("mailflow run a.yaml --out out");
  CHECK(said.status == 2);
  CHECK(said.err == "mailflow: out/targets.csv cannot be put in place: it is a folder\n");
  CHECK(said.out.empty());
  CHECK((desk.files("out") == before));
}

TEST_CASE("a folder or log that cannot be made fails the run") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  const Said folder = desk.tell("mailflow run a.yaml --out /proc/out");
  CHECK(folder.status == 2);
  CHECK(folder.err == "mailflow: the folder /proc/out cannot be made in /proc\n");
  CHECK(folder.out.empty());
  const Said both = desk.tell("mailflow run a.yaml --out /proc/out --events e.csv");
  CHECK(both.status == 2);
  CHECK(both.err == folder.err);
  const Said log = desk.tell("mailflow run a.yaml --out out --events nowhere/e.csv");
  CHECK(log.status == 2);
  CHECK(log.err == "mailflow: nowhere/e.csv cannot be written\n");
  CHECK(desk.files("out").empty());
}

TEST_CASE("a run cut off while it writes leaves the results of before, and the next one leaves no part of it") {
  const Desk desk;
  desk.put("a.yaml", three_days);
  REQUIRE(desk.tell("mailflow run a.yaml --until-day 1 --quiet --out out").status == 0);
  const auto before = desk.files("out");
  const Said said = desk.tell("ulimit -c 0; ulimit -f 8; mailflow run a.yaml --quiet --out out");
  CHECK(said.status == 4);
  const auto after = desk.files("out");
  for (const auto& [name, bytes] : before) {
    INFO(name);
    REQUIRE(after.contains(name));
    CHECK((bytes == after.at(name)));
  }
  REQUIRE(desk.tell("mailflow run a.yaml --quiet --out out").status == 0);
  CHECK(desk.files("out").size() == before.size());
  CHECK(desk.bytes("out/results.json") != before.at("results.json"));
}

/// The four weeks, held until it is let go; on a terminal of 24 lines or with its words put into files.
class HeldRun {
 public:
  enum class Shown { on_a_terminal, in_files };

  HeldRun(const Desk& desk, Shown shown, const std::string& options = "") {
    fs::create_directories(desk.folder() / "out");
    desk.put("a.yaml", four_weeks);
    const std::string log = (desk.folder() / "out/events.csv.part").string();
    REQUIRE(mkfifo(log.c_str(), 0600) == 0);
    log_ = open(log.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    REQUIRE(log_ >= 0);
    const std::string line = "./mailflow run a.yaml --out out --events out/events.csv " + options +
                             (shown == Shown::in_files ? " >said.out 2>said.err" : "");
    terminal_.emplace(desk, line);
    pollfd first{.fd = log_, .events = POLLIN, .revents = 0};
    REQUIRE(poll(&first, 1, 120'000) == 1);  // it is under way
  }
  ~HeldRun() { close(log_); }
  HeldRun(const HeldRun&) = delete;
  HeldRun(HeldRun&&) = delete;
  HeldRun& operator=(const HeldRun&) = delete;
  HeldRun& operator=(HeldRun&&) = delete;

  int end(int signal) { return terminal_->end(signal); }

  /// Lets it go on to its end: its exit status, and what the terminal showed.
  std::pair<int, std::string> let_go() {
    const std::jthread reads([this] {  // the log, which else would hold it
      std::array<char, 65536> buffer{};
      pollfd log{.fd = log_, .events = POLLIN, .revents = 0};
      while (poll(&log, 1, 120'000) > 0 && read(log_, buffer.data(), buffer.size()) > 0) {
      }
    });
    return terminal_->to_the_end();
  }

 private:
  int log_ = -1;
  std::optional<Terminal> terminal_;
};

TEST_CASE("an interrupted run leaves the results of before as they were") {
  if (!has_terminals()) return;
  for (const int signal : {SIGINT, SIGTERM, SIGKILL}) {
    const Desk desk;
    desk.put("a.yaml", three_days);
    REQUIRE(desk.tell("mailflow run a.yaml --quiet --out out --events out/events.csv").status == 0);
    const auto before = desk.files("out");
    HeldRun run(desk, HeldRun::Shown::in_files);
    const int status = run.end(signal);
    CHECK(status != 0);
    auto after = desk.files("out");
    after.erase("events.csv.part");
    CHECK((after == before));
    CHECK(desk.bytes("said.out").empty());
    CHECK(fs::exists(desk.folder() / "out/events.csv.part") == (signal == SIGKILL));
  }
}

void last_more_than_a_second() { std::this_thread::sleep_for(std::chrono::milliseconds(1100)); }
const std::string erase = "\r\x1b[K";

TEST_CASE("on a terminal a run that has lasted a second says how far it is, and wipes that out at its end") {
  if (!has_terminals()) return;
  const Desk desk;
  HeldRun run(desk, HeldRun::Shown::on_a_terminal);
  last_more_than_a_second();
  const auto [status, shown] = run.let_go();
  CHECK(status == 0);
  static const std::regex progress("\r\x1b\\[K  day ([0-9]+) of 28  ([ 0-9]{3}) %  about ([0-9]+) s left");
  std::smatch match;
  REQUIRE(std::regex_search(shown, match, progress));
  CHECK(match.prefix().str().empty());
  const int day = std::stoi(match[1]);
  const int percent = std::stoi(match[2]);
  CHECK(day >= 1);
  CHECK(day <= 28);
  CHECK(percent <= 100);
  CHECK(std::abs(percent - 100.0 * day / 28) <= 100.0 / 28 + 0.5);  // the part of the run's 28 days that is over
  const auto wiped = shown.rfind(erase);
  REQUIRE(wiped != std::string::npos);
  const std::string left = shown.substr(wiped + erase.size());
  CHECK(left.find(" s left") == std::string::npos);
  CHECK(left.find("  Results and tables are in out") != std::string::npos);
}

TEST_CASE("a run says how far it is to no file, and with --quiet to no terminal") {
  if (!has_terminals()) return;
  const Desk files;
  HeldRun run(files, HeldRun::Shown::in_files);
  const Desk terminal;
  HeldRun quiet(terminal, HeldRun::Shown::on_a_terminal, "--quiet");
  last_more_than_a_second();
  CHECK(run.let_go().first == 0);
  CHECK(files.bytes("said.err").empty());
  CHECK(files.bytes("said.out").find(" s left") == std::string::npos);
  const auto [status, shown] = quiet.let_go();
  CHECK(status == 0);
  CHECK(shown.empty());
}

TEST_CASE("commands killed at any moment leave the old, the new or a mark, and nothing that grows") {
  const Desk desk;
  const std::string script = std::string(MAILFLOW_SOURCE_DIR) + "/tests/kills/run";
  const Said said = desk.tell("'" + script + "' ./mailflow 12");
  INFO(said.out);
  INFO(said.err);
  CHECK(said.status == 0);
}

}  // namespace
}  // namespace mailflow::program
