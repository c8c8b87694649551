// A situation kept at an instant of a run, and a run that begins in it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "program.hpp"

namespace mailflow::program {
namespace {

/// The rows of an event log that end at or after an instant; starts up to it and who was there at it are not told.
std::multiset<std::string> rows_from(const std::string& log, const std::string& instant) {
  std::istringstream in(log);
  std::string line;
  std::getline(in, line);
  std::vector<std::string> names;
  std::istringstream header(line);
  for (std::string name; std::getline(header, name, ',');) names.push_back(name);
  std::multiset<std::string> rows;
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    std::string row, start, end;
    std::size_t c = 0;
    for (std::string cell; std::getline(cells, cell, ','); ++c) {
      if (names[c] == "start") start = cell;
      if (names[c] == "end") end = cell;
      if (names[c] != "start" && names[c] != "parent" && names[c] != "case") row += cell + " ";
    }
    const bool mark = row.starts_with("here ") && end == instant;
    if (end >= instant && !mark) rows.insert(row + (start > instant ? start : "before"));
  }
  return rows;
}

void check_goes_on(const Desk& desk, const std::string& file, const std::string& instant, std::size_t at_least) {
  const std::string iso = instant.substr(0, 10) + "T" + instant.substr(11) + ":00.000000+00:00";
  INFO(file << " " << instant);
  const Said whole = desk.tell("mailflow run " + file + " --quiet --out whole --events whole/log.csv --save-state \"" +
                               instant + "\"");
  REQUIRE(whole.err == "");
  REQUIRE(whole.status == 0);
  const Said rest =
      desk.tell("mailflow run " + file + " --quiet --out rest --events rest/log.csv --from-state whole/state.yaml");
  REQUIRE(rest.err == "");
  REQUIRE(rest.status == 0);
  const auto wanted = rows_from(desk.bytes("whole/log.csv"), iso);
  const auto found = rows_from(desk.bytes("rest/log.csv"), iso);
  CHECK(wanted.size() >= at_least);
  std::string differences;
  for (const auto& row : wanted)
    if (wanted.count(row) != found.count(row)) differences += "- " + row + "\n";
  for (const auto& row : found)
    if (wanted.count(row) != found.count(row)) differences += "+ " + row + "\n";
  INFO(differences.substr(0, 1000));
  CHECK(differences.empty());
}

void check_goes_on(const std::string& instant) {
  const Desk desk;
  for (const char* file : {"clockwork.yaml", "clockwork.csv"})
    desk.put(file, bytes_of(fs::path(MAILFLOW_SOURCE_DIR) / "tests" / "cli" / file));
  check_goes_on(desk, "clockwork.yaml", instant, 300);
}

void check_story_goes_on(const std::string& story, const std::string& instant) {
  const Desk desk;
  desk.put("story.yaml", bytes_of(fs::path(MAILFLOW_SOURCE_DIR) / "tests" / "stories" / (story + ".yaml")));
  INFO(story);
  check_goes_on(desk, "story.yaml", "2025-03-03 " + instant, 2);
}

TEST_CASE("mail goes on from a kept situation as if the run had never stopped") {
  check_goes_on("2025-03-03 05:50");
  check_goes_on("2025-03-03 08:16");
  check_goes_on("2025-03-03 12:41");
  check_goes_on("2025-03-03 13:20");
  check_goes_on("2025-03-03 16:33");
  check_goes_on("2025-03-03 20:10");
  check_goes_on("2025-03-04 00:44");
  check_goes_on("2025-03-04 11:07");
}

TEST_CASE("who waits for whom, breaks owed, lots given back and handlings broken off are kept in a situation") {
  check_story_goes_on("breakdown-at-the-shift-end", "09:30");  // 30 items and a half are done
  check_story_goes_on("breakdown-at-the-shift-end", "10:45");
  check_story_goes_on("crew-kept-together", "08:36");  // one waits at the machine, one walks
  check_story_goes_on("priority-then-first-come", "08:15");
  check_story_goes_on("given-back-by-priority", "08:45");
  check_story_goes_on("second-break-on-a-late-one", "09:47");  // on the first, the second is owed
  check_story_goes_on("called-higher", "08:05");
  check_story_goes_on("free-position-beside-a-blocked-one", "08:30");
}

TEST_CASE("what is counted from a kept situation is what a warm-up up to its instant leaves to be counted") {
  const Desk desk;
  for (const char* file : {"clockwork.yaml", "clockwork.csv"})
    desk.put(file, bytes_of(fs::path(MAILFLOW_SOURCE_DIR) / "tests" / "cli" / file));
  desk.put("warm.yaml", "base: clockwork.yaml\nrun: {from: 2025-03-03, for: 3 days, seed: 1, warm_up: 1 day}\n");
  const Said whole = desk.tell("mailflow run warm.yaml --quiet --out whole --save-state \"2025-03-04 00:00\"");
  REQUIRE(whole.err == "");
  const Said rest = desk.tell("mailflow run clockwork.yaml --quiet --out rest --from-state whole/state.yaml");
  REQUIRE(rest.err == "");
  auto wanted = nlohmann::json::parse(desk.bytes("whole/results.json"));
  auto found = nlohmann::json::parse(desk.bytes("rest/results.json"));
  // Of what has not left by the end, means and quantiles count as much as is there beyond the warm-up's end; what is
  // stated in a situation is there to be dealt with, and all of it counts (RESULTS.md).
  for (auto* results : {&wanted, &found})
    for (auto& [name, product] : results->at("products").items())
      for (const char* key : {"mean", "p50", "p90", "p95", "p99"}) product.at("time_in_centre_minutes").erase(key);
  for (const char* key : {"at_start", "in", "out", "left", "products", "departures", "on_time", "targets"}) {
    INFO(key);
    CHECK(found.at(key).dump() == wanted.at(key).dump());
  }
  CHECK(found.at("at_start").get<int>() > 100);
  for (const auto& [name, team] : wanted.at("teams").items())
    for (const char* key : {"paid_minutes", "worked_minutes", "idle_minutes", "moving_minutes", "overtime_minutes"}) {
      INFO(name << " " << key);
      CHECK(found.at("teams").at(name).at(key) == team.at(key));
    }
}

TEST_CASE("what is held to the run's end is kept as it is and goes on being held") {
  const Desk desk;
  for (const char* file : {"clockwork.yaml", "clockwork.csv"})
    desk.put(file, bytes_of(fs::path(MAILFLOW_SOURCE_DIR) / "tests" / "cli" / file));
  // on the last evening customs is closed and does not open again within the run
  REQUIRE(desk.tell("mailflow run clockwork.yaml --quiet --out a --save-state \"2025-03-05 20:10\"").status == 0);
  const Said rest = desk.tell("mailflow run clockwork.yaml --quiet --out b --from-state a/state.yaml");
  CHECK(rest.err.find("error") == std::string::npos);
  CHECK(rest.status == 0);
  const auto whole = nlohmann::json::parse(desk.bytes("a/results.json"));
  const auto found = nlohmann::json::parse(desk.bytes("b/results.json"));
  CHECK(found.at("left") == whole.at("left"));
}

TEST_CASE("experiments begin in a kept situation too") {
  const Desk desk;
  for (const char* file : {"clockwork.yaml", "clockwork.csv"})
    desk.put(file, bytes_of(fs::path(MAILFLOW_SOURCE_DIR) / "tests" / "cli" / file));
  desk.put("more.yaml", "base: clockwork.yaml\nlabel: Three at night\nchange: {set: {staff.teams.night.agents: 3}}\n");
  REQUIRE(desk.tell("mailflow run clockwork.yaml --quiet --out a --save-state \"2025-03-03 19:00\"").status == 0);
  for (const char* command :
       {"run clockwork.yaml --replications 2", "compare clockwork.yaml more.yaml --replications 2",
        "targets clockwork.yaml --replications 2", "sensitivity clockwork.yaml --replications 2"}) {
    const Said said = desk.tell(std::string("mailflow ") + command + " --from-state a/state.yaml");
    INFO(command << "\n" << said.err);
    CHECK(said.status == 0);
    CHECK_FALSE(said.out.empty());
  }
  const Said warm = desk.tell("mailflow run clockwork.yaml --replications 2 --warm-up 1h --from-state a/state.yaml");
  CHECK(warm.status == 3);
  CHECK(warm.err.find("--warm-up says nothing in a run that begins in a situation") != std::string::npos);
}

TEST_CASE("a run that keeps a situation is the run that keeps none, and a report can be made of it") {
  const Desk desk;
  desk.put("a.yaml", R"(mailflow: 1
centre: {name: Small, timezone: UTC}
products: {letter: {lot: 100 items}}
arrivals: {lorry: {at: "08:00", items: {letter: 6000}, into: sorting}}
stations: {sorting: {kind: manual, positions: 2, rate: 1500 items/h per agent, next: out}}
run: {from: 2025-03-03, for: 3 days}
)");
  REQUIRE(desk.tell("mailflow run a.yaml --quiet --out plain").status == 0);
  REQUIRE(desk.tell("mailflow run a.yaml --quiet --out keeping --save-state \"2025-03-04 08:30\"").status == 0);
  auto keeping = desk.files("keeping");
  CHECK(keeping.erase("state.yaml") == 1);
  CHECK((keeping == desk.files("plain")));
  const Said report = desk.tell("mailflow report keeping --out r.html");
  INFO(report.err);
  CHECK(report.status == 0);
}

TEST_CASE("a situation that cannot be kept or begun in is told, each wrong thing at once") {
  const Desk desk;
  for (const char* file : {"clockwork.yaml", "clockwork.csv"})
    desk.put(file, bytes_of(fs::path(MAILFLOW_SOURCE_DIR) / "tests" / "cli" / file));
  CHECK(desk.tell("mailflow run clockwork.yaml --save-state \"2025-03-03 19:00\"").err ==
        "mailflow: --save-state writes state.yaml into the folder of --out, and none is given\n");
  const Said late = desk.tell("mailflow run clockwork.yaml --out a --save-state \"2025-03-09 19:00\"");
  CHECK(late.err.ends_with(  // after the warnings of the scenario
      "mailflow: --save-state is \"2025-03-09 19:00\"; it must lie within the run, from 2025-03-03 00:00 to "
      "2025-03-06 00:00\n"));
  CHECK(desk.tell("mailflow run clockwork.yaml --out a --save-state tonight").status == 2);
  const Said gone = desk.tell("mailflow run clockwork.yaml --from-state gone.yaml");
  CHECK(gone.status == 3);
  CHECK(gone.err.find("\"gone.yaml\" does not exist") != std::string::npos);
  desk.put("queues.csv", "at,product,to,items\ndock,letter,north,120\ndock,lettre,nord,12\n");
  desk.put("state.yaml", "at: \"2025-03-03 19:00\"\nmail: queues.csv\nteams: {late: {present: 7}}\n");
  const Said wrong = desk.tell("mailflow run clockwork.yaml --from-state state.yaml");
  CHECK(wrong.status == 3);
  CHECK(wrong.err.find("queues.csv:3:6: error: there is no product \"lettre\"") != std::string::npos);
  CHECK(wrong.err.find("queues.csv:3:13: error: there is no destination \"nord\"") != std::string::npos);
  CHECK(wrong.err.find("state.yaml:3:25: error: present is \"7\"; it must be at most 6") != std::string::npos);
}

}  // namespace
}  // namespace mailflow::program
