// Networks run: exact instants on a small one, mail conserved, other ways when a vehicle is full, the same bytes for
// any number of threads and ranks.
#include "network/network_run.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "cli/program.hpp"
#include "scenario/network/load_network.hpp"

namespace mailflow::program {
namespace {

/// Nord, Gare, Sud and Ile of routes_test.cpp. Ten letters are sorted in a minute.
const std::string four_centres = R"(mailflow: 1
network: {name: Four centres, timezone: UTC, transfer: 20 min}
products: {letter: {lot: 10 items, due: 272 min}}
centre_kinds:
  post:
    inbound: sorting
    stations:
      sorting: {kind: machine, rate: 600 items/h, next: {here: out, other: bay}}
      bay: {kind: bay}
centres:
  nord:
    kind: post
    add:
      arrivals:
        for-sud: {at: "07:00", items: {letter: 10}, to: {sud: 100 %}, into: sorting}
        for-ile: {at: "07:30", items: {letter: 10}, to: {ile: 100 %}, into: sorting}
        own: {at: "07:45", items: {letter: 10}, to: {here: 100 %}, into: sorting}
  gare: {kind: post}
  sud: {kind: post}
  ile: {kind: post}
links:
  nord-gare: {from: nord, to: gare, at: ["08:00", "12:00"], takes: 1 h}
  gare-sud: {from: gare, to: sud, at: ["09:30", "14:00"], takes: 2 h}
  nord-sud: {from: nord, to: sud, at: "10:00", takes: 4 h}
  gare-ile: {from: gare, to: ile, at: "13:30", takes: 30 min}
  sud-ile: {from: sud, to: ile, at: "12:00", takes: 1 h}
targets:
  to-sud: {measure: on time, to: sud, at_least: 100 %}
  to-ile: {measure: on time, from: nord, to: ile, at_least: 100 %}
run: {from: 2025-03-03, for: 1 day}
)";

using CsvRows = std::vector<std::map<std::string, std::string>>;

CsvRows table(const Desk& desk, const std::string& file) {
  std::istringstream lines(desk.bytes(file));
  const auto cells = [](const std::string& line) {
    std::vector<std::string> all;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) all.push_back(cell);
    return all;
  };
  std::string line;
  std::getline(lines, line);
  const auto header = cells(line);
  CsvRows rows;
  while (std::getline(lines, line)) {
    const auto values = cells(line);
    rows.emplace_back();
    for (std::size_t i = 0; i < header.size(); ++i) rows.back()[header[i]] = i < values.size() ? values[i] : "";
  }
  return rows;
}

/// "nord > gare > sud: 10 items, 10 on time, 272 min"
std::string paths(const Desk& desk, const std::string& folder) {
  std::string text;
  for (const auto& row : table(desk, folder + "/paths.csv"))
    text += row.at("path") + ": " + row.at("items") + " items, " + row.at("on_time") + " on time, " +
            row.at("mean_minutes") + " min\n";
  return text;
}

long sum(const CsvRows& rows, const std::string& column) {
  long total = 0;
  for (const auto& row : rows) total += std::stol(row.at(column));
  return total;
}

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("Letters go through a network at the instants worked out by hand") {
  const Desk desk;
  desk.put("net.yaml", four_centres);
  const Said said = desk.tell("mailflow run net.yaml --out out --judge");
  CHECK(said.status == 1);  // what is for Ile is late
  INFO(said.out << said.err);
  // A load comes out by name of destination: Ile, then Sud. 07:00 sorted 07:01, 08:00 to Gare, sorted 09:02, 09:30 to
  // Sud at 11:30, sorted 11:32: 272 minutes, just in time. For Ile from 07:30 on; 12:00 from Sud, there at 13:00,
  // sorted 13:01.
  CHECK(paths(desk, "out") ==
        "nord: 10 items, 10 on time, 1 min\n"
        "nord > gare > sud: 10 items, 10 on time, 272 min\n"
        "nord > gare > sud > ile: 10 items, 0 on time, 331 min\n");
  const auto json = nlohmann::json::parse(desk.bytes("out/results.json"));
  CHECK(json["posted"] == 30);
  CHECK(json["delivered"] == 30);
  CHECK(json["on_time"]["late"] == 10);
  CHECK(json["targets"]["to-sud"]["met"] == true);
  CHECK(json["targets"]["to-ile"]["value"] == 0);
  CHECK(json["links"]["nord-gare"]["items"] == 20);
  CHECK(json["links"]["nord-sud"]["items"] == 0);
  CHECK(json["links"]["sud-ile"]["items"] == 10);
  CHECK(json["centres"]["gare"]["by_links_in"] == 20);
  CHECK(json["centres"]["sud"]["busiest_hour"] == "2025-03-03T11:00:00+00:00");
}

TEST_CASE("A link of a microsecond changes no instant but its own, and makes no more windows than there are trips") {
  const Desk desk;
  const std::string text = changed(four_centres, "\"12:00\"], takes: 1 h}", "\"12:00\"], takes: 0.000001 s}");
  desk.put("net.yaml", text);
  CHECK(desk.tell("mailflow run net.yaml --out out --quiet").status == 0);
  // at Gare an hour sooner, in time for the same trips: all else as worked out by hand above
  CHECK(paths(desk, "out") ==
        "nord: 10 items, 10 on time, 1 min\n"
        "nord > gare > sud: 10 items, 10 on time, 272 min\n"
        "nord > gare > sud > ile: 10 items, 0 on time, 331 min\n");
  Problems problems;
  const auto network = load_network((desk.folder() / "net.yaml").string(), {}, problems);
  REQUIRE(network.has_value());
  const NetworkRun run(*network, {}, {0, 1, 2, 3}, {});
  const Ticks end = network->any().end;
  int windows = 0;
  for (Ticks now = 0; now < end && windows < 1000; ++windows) {
    const Ticks next = run.window_end(now);
    REQUIRE(next > now);
    now = next;
  }
  CHECK(windows <= 8);  // seven trips, and the rest of the day
  // from 00:00 the first to leave is that of 08:00, there a microsecond later
  CHECK(run.window_end(0) == 8 * hour + 1);
  // from then on the first to be there is that of 09:30, at 11:30, or that of 12:00, or a later one
  CHECK(run.window_end(8 * hour + 1) == 11 * hour + hour / 2);
}

TEST_CASE("A late vehicle misses the connection, and its mail takes the next") {
  const Desk desk;
  desk.put("net.yaml", changed(four_centres, "\"12:00\"], takes: 1 h}", "\"12:00\"], takes: 1 h, late_by: 29 min}"));
  CHECK(desk.tell("mailflow run net.yaml --out out --quiet").status == 0);
  // there at 09:29; the ten for Ile, the first by name, are sorted at 09:30, in time, those for Sud at 09:31: they go
  // at 14:00, are there at 16:00 and sorted at 16:01
  CHECK(paths(desk, "out") ==
        "nord: 10 items, 10 on time, 1 min\n"
        "nord > gare > sud: 10 items, 0 on time, 541 min\n"
        "nord > gare > sud > ile: 10 items, 0 on time, 331 min\n");
  const auto json = nlohmann::json::parse(desk.bytes("out/results.json"));
  CHECK(json["links"]["nord-gare"]["late_trips"] == 2);
  CHECK(json["links"]["nord-gare"]["lateness_minutes"] == 58);
}

TEST_CASE("What a full vehicle leaves behind finds another way") {
  const Desk desk;
  std::string text = changed(four_centres, "takes: 1 h}", "takes: 1 h, capacity: 10 items}");
  text = changed(text, "for-ile: {at: \"07:30\", items: {letter: 10}, to: {ile: 100 %}",
                 "more-for-sud: {at: \"07:30\", items: {letter: 10}, to: {sud: 100 %}");
  desk.put("net.yaml", text);
  CHECK(desk.tell("mailflow run net.yaml --out out --quiet").status == 0);
  CHECK(paths(desk, "out") ==
        "nord: 10 items, 10 on time, 1 min\n"
        "nord > gare > sud: 10 items, 10 on time, 271 min\n"
        "nord > sud: 10 items, 0 on time, 391 min\n");
  const auto json = nlohmann::json::parse(desk.bytes("out/results.json"));
  CHECK(json["links"]["nord-gare"]["missed"] == 10);
}

TEST_CASE("Mail that is in a centre or on the road at the end is told apart from what was delivered") {
  const Desk desk;
  desk.put("net.yaml", changed(four_centres, "for: 1 day", "for: 10 h"));
  CHECK(desk.tell("mailflow run net.yaml --out out --quiet").status == 0);
  const auto json = nlohmann::json::parse(desk.bytes("out/results.json"));
  CHECK(json["posted"] == 30);
  CHECK(json["delivered"] == 10);
  CHECK(json["left"] == 0);
  CHECK(json["under_way"] == 20);
  CHECK(json["on_time"]["undecided"] == 20);
}

TEST_CASE("Trips timed at the very end leave, and what they took is under way") {
  // till 08:00, when nord-gare leaves with what was sorted at 07:01 and 07:31; own mail has ended in nord at 07:46
  const auto figures = [](const std::string& until) {
    const Desk desk;
    desk.put("net.yaml", changed(four_centres, "for: 1 day", "for: " + until));
    const Said said = desk.tell("mailflow run net.yaml --out out --quiet");
    INFO(said.err);
    CHECK(said.status == 0);
    return nlohmann::json::parse(desk.bytes("out/results.json"));
  };
  const auto at_eight = figures("8 h");
  CHECK(at_eight["delivered"] == 10);
  CHECK(at_eight["left"] == 0);
  CHECK(at_eight["under_way"] == 20);
  CHECK(at_eight["on_time"]["undecided"] == 20);
  CHECK(at_eight["links"]["nord-gare"]["items"] == 20);
  // till 12:00: gare-sud brought 20 at 11:30, 10 of them for sud; sud-ile leaves with the others. Theirs was due at
  // 12:02
  const auto at_noon = figures("12 h");
  CHECK(at_noon["delivered"] == 20);
  CHECK(at_noon["left"] == 0);
  CHECK(at_noon["under_way"] == 10);
  CHECK(at_noon["on_time"]["undecided"] == 10);
  CHECK(at_noon["links"]["sud-ile"]["items"] == 10);
}

TEST_CASE("What is of single centres says so of a network, and what a network takes is told") {
  const Desk desk;
  desk.put("net.yaml", four_centres);
  for (const char* command : {"events net.yaml", "sensitivity net.yaml", "targets net.yaml"}) {
    const Said said = desk.tell(std::string("mailflow ") + command);
    INFO(command << said.err);
    CHECK(said.status == 3);
    CHECK(said.err.find("this is a network, and a single centre is wanted here") != std::string::npos);
  }
  CHECK(desk.tell("mailflow run net.yaml --replications 3").status == 2);
  CHECK(desk.tell("mailflow run net.yaml --events log.csv").status == 2);
  const Said archived = desk.tell("mailflow compare net.yaml net.yaml --archive a.db");
  CHECK(archived.status == 2);
  CHECK(archived.err == "mailflow: a network is run once; --archive is of single centres\n");
  const Said misspelt = desk.tell("mailflow run net.yaml --out out --centre norrd");
  CHECK(misspelt.status == 2);
  CHECK(misspelt.err.find("did you mean nord?") != std::string::npos);
}

TEST_CASE("A kind of centre has its shifts in a file, as a single centre may") {
  const Desk desk;
  const std::string sorted_by_hand =
      changed(four_centres, "sorting: {kind: machine, rate: 600 items/h, next: {here: out, other: bay}}",
              "sorting: {kind: manual, skill: sorting, rate: 600 items/h per agent, next: {here: out, other: bay}}");
  const std::string staff =
      "    staff: {shifts: day.csv, teams: {all: {agents: 1, shift: day, skills: {sorting: 100 %}}}}\n";
  desk.put("day.csv", "name,hours\nday,07:50-20:00\n");
  desk.put("net.yaml", changed(sorted_by_hand, "centres:\n", staff + "centres:\n"));
  CHECK(desk.tell("mailflow run net.yaml --out out --quiet").status == 0);
  // from 07:50 on, first come: for Sud until 07:51, for Ile until 07:52, Nord's own of 07:45 until 07:53; then as
  // before
  CHECK(paths(desk, "out") ==
        "nord: 10 items, 10 on time, 8 min\n"
        "nord > gare > sud: 10 items, 10 on time, 272 min\n"
        "nord > gare > sud > ile: 10 items, 0 on time, 331 min\n");
  desk.put("day.csv", "name,times\nday,07:50-20:00\n");
  const Said said = desk.tell("mailflow run net.yaml --out out --quiet");
  CHECK(said.status == 3);
  CHECK(said.err.find("the file has no column \"hours\"") != std::string::npos);
}

TEST_CASE("Two networks are compared centre by centre, with the people each needs") {
  const Desk desk;
  desk.put("net.yaml", changed(four_centres, "transfer: 20 min}",
                               "transfer: 20 min, people: {rate: 1 items/h, regulars: 2, further: 0.5 items/h}}"));
  desk.put("after.yaml", "base: net.yaml\nchange: {remove: [links.gare-sud]}\n");
  const Said said = desk.tell("mailflow compare net.yaml after.yaml --out out");
  REQUIRE(said.status == 0);
  CHECK(said.out.find("  On time: ") != std::string::npos);
  std::map<std::string, std::string> people;
  for (const auto& row : table(desk, "out/comparison.csv"))
    people[row.at("centre")] = row.at("items_a_day_before") + " " + row.at("items_a_day_after") + ", " +
                               row.at("people_before") + " " + row.at("people_after");
  // All that comes to a centre comes eight hours or more before midnight. Gare has 20 items in 8 h: 2.5 an hour, of
  // which two regulars do 2 and one other half. Then it has the 10 for Ile: 1.25 an hour.
  CHECK(people["gare"] == "20 10, 3 2");
  CHECK(people["nord"] == "30 30, 6 6");  // 3.75 an hour: two regulars and 1.75 / 0.5 others
  CHECK(people["sud"] == "20 10, 3 2");
  CHECK(people["ile"] == "10 10, 2 2");
}

TEST_CASE("Every item is in one path, one product, one origin and one destination, and on the links of its path") {
  const Desk desk;
  CHECK(desk.tell("mailflow generate --centres 12 --items 300000 --lot 10 --out g").status == 0);
  const Said said = desk.tell("mailflow run g/network.yaml --out out --quiet");
  REQUIRE(said.status == 0);
  const auto json = nlohmann::json::parse(desk.bytes("out/results.json"));
  const long delivered = json["delivered"];
  CHECK(delivered > 290'000);
  CHECK(json["posted"].get<long>() == delivered + json["left"].get<long>() + json["under_way"].get<long>());
  const CsvRows all = table(desk, "out/paths.csv");
  CHECK(sum(all, "items") == delivered);
  CHECK(sum(all, "on_time") + sum(all, "late") == delivered);
  for (const char* file : {"out/products.csv", "out/origins.csv", "out/destinations.csv", "out/origin_destination.csv"})
    CHECK(sum(table(desk, file), "delivered") == delivered);
  long by_links = 0;
  for (const auto& row : all) by_links += std::stol(row.at("items")) * std::stol(row.at("links"));
  CHECK(sum(table(desk, "out/links.csv"), "items") == by_links);
  CHECK(sum(table(desk, "out/centres.csv"), "by_links_in") == by_links);
}

TEST_CASE("A network gives the same bytes with one thread, two, three, and over two ranks") {
  const Desk desk;
  CHECK(desk.tell("mailflow generate --centres 12 --items 100000 --lot 1 --out g").status == 0);
  desk.put("late.yaml", "base: g/network.yaml\nlinks: {late_by: exponential(9 min), from: g/links.csv}\n");
  CHECK(desk.tell("mailflow run late.yaml --quiet --threads 1 --out one --centre c01").status == 0);
  for (const char* threads : {"2", "3"}) {
    CHECK(
        desk.tell(std::string("mailflow run late.yaml --quiet --centre c01 --out more --threads ") + threads).status ==
        0);
    CHECK((desk.files("one") == desk.files("more")));
  }
  CHECK(desk.bytes("one/centres/c01/results.json").find("\"sorting\"") != std::string::npos);
#ifdef MAILFLOW_WITH_MPI
  if (desk.tell("command -v mpirun").status != 0) return;
  const Said ranks = desk.tell(
      "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 mpirun --oversubscribe --bind-to none -n 2 mailflow "
      "run late.yaml --out two --centre c01");
  CHECK(ranks.status == 0);
  CHECK((desk.files("one") == desk.files("two")));
  const std::string once = "items posted";
  CHECK(ranks.out.find(once) != std::string::npos);
  CHECK(ranks.out.find(once) == ranks.out.rfind(once));
#endif
}

TEST_CASE("A generated network is the same for the same seed, another for another, and has the volume asked for") {
  const Desk desk;
  const std::string line = "mailflow generate --centres 30 --items 1234567 ";
  for (const char* options : {"--seed 4 --out a", "--seed 4 --out b", "--seed 5 --out c"})
    CHECK(desk.tell(line + options).status == 0);
  CHECK((desk.files("a") == desk.files("b")));
  CHECK((desk.files("a") != desk.files("c")));
  CHECK(sum(table(desk, "a/flows.csv"), "items_per_day") == 1234567);
  CHECK(table(desk, "a/centres.csv").size() == 30);
  const CsvRows centres = table(desk, "a/centres.csv");
  CHECK(std::count_if(centres.begin(), centres.end(), [](const auto& row) { return row.at("kind") == "hub"; }) == 4);
  const Said checked = desk.tell("mailflow check a/network.yaml");
  CHECK(checked.status == 0);
  CHECK(checked.out.find("no problems") != std::string::npos);
  CHECK(desk.tell("mailflow generate --centres 3 --hubs 4 --out d").status == 2);
}

}  // namespace mailflow::program
