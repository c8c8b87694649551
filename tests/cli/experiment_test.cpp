// compare, targets, sensitivity, sweep and run --replications through the command, on cases without chance whose
// figures are worked out by hand, and on one with chance that is interrupted.
#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

// 50 letters at 08:00, one a minute by one machine: the k-th is done k minutes past eight. Due at 08:40: 40 of 50 on
// time, 80 %. Twice as fast: all are done by 08:25, 100 %.
const std::string slow = R"(mailflow: 1
label: {fr: Lente, en: Slow}
centre: {name: Small, timezone: UTC, currency: XPF}
products: {letter: {lot: 1 item, due: J+0 08:40}}
arrivals:
  van: {at: ["08:00"], items: {letter: 50}, into: sort}
stations: {sort: {kind: machine, rate: 60 items/h, next: out}}
targets: {letters: {label: {fr: Lettres, en: Letters}, measure: on time, at_least: 90 %}}
run: {from: 2025-03-03, for: 2 days, seed: 1}
)";
const std::string fast = R"(base: slow.yaml
label: {fr: Rapide, en: Fast}
change: {set: {stations.sort.rate: 120 items/h}}
)";
const std::string chance = R"(mailflow: 1
centre: {name: Chance, timezone: UTC}
products: {letter: {lot: 1 item}}
arrivals:
  post: {rate: 1000 items/h, mix: {letter: 100 %}, into: sort}
stations: {sort: {kind: machine, machines: 2, service: exponential(6 s), next: out}}
run: {from: 2025-03-03, for: 1 day, seed: 5}
)";
const std::string quicker = "base: chance.yaml\nchange: {set: {stations.sort.service: exponential(5 s)}}\n";

nlohmann::json figures(const Desk& desk, const std::string& folder) {
  return nlohmann::json::parse(desk.bytes(folder + "/experiment.json"));
}
Desk& with_two(Desk& desk) {
  desk.put("slow.yaml", slow);
  desk.put("fast.yaml", fast);
  return desk;
}
TEST_CASE("a comparison finds the difference and says which is better") {
  Desk desk;
  const Said said = with_two(desk).tell("mailflow compare slow.yaml fast.yaml --replications 3 --out out");
  CHECK(said.status == 0);
  CHECK(said.err.empty());
  const auto letters = figures(desk, "out")["measures"]["targets.letters.value"]["scenarios"];
  CHECK(letters[0]["estimate"] == Approx(0.8));
  CHECK(letters[1]["estimate"] == Approx(1.0));
  CHECK(letters[1]["difference_to_base"]["estimate"] == Approx(0.2));
  CHECK(letters[1]["difference_to_base"]["low"] == Approx(0.2));
  CHECK(letters[1]["difference_to_base"]["verdict"] == "better");
  // 80 % a day misses 90 %, 100 % does not: no day of two against both.
  const auto days = figures(desk, "out")["measures"]["targets.letters.days_met_share"]["scenarios"];
  CHECK(days[0]["estimate"] == 0.0);
  CHECK(days[1]["estimate"] == 1.0);
  // mean time: 25.5 min against half of it
  const auto time = figures(desk, "out")["measures"]["time_in_centre_minutes.mean"]["scenarios"];
  CHECK(time[0]["estimate"] == Approx(25.5));
  CHECK(time[1]["difference_to_base"]["estimate"] == Approx(-12.75));
  CHECK(time[1]["difference_to_base"]["verdict"] == "better");
  CHECK(holds(said.out, "Base: Slow\n  3 replications, seed 1, 95 % intervals"));
  CHECK(holds(said.out, "Letters +20.00 points"));
  CHECK(holds(said.out, "Letters (at least 90.0 %)\n    Slow   80.0 %"));
  CHECK(desk.files("out").size() == 3);
}

TEST_CASE("a scenario compared with itself is the same in every run") {
  Desk desk;
  const Said said = with_two(desk).tell("mailflow compare slow.yaml slow.yaml --replications 3 --out out");
  CHECK(said.status == 0);
  CHECK(figures(desk, "out")["measures"]["targets.letters.value"]["scenarios"][1]["difference_to_base"]["verdict"] ==
        "same");
  CHECK(holds(said.out, "the same in every run"));
}

TEST_CASE("a difference that is not worth having is called none") {
  Desk desk;
  with_two(desk).tell("mailflow compare slow.yaml fast.yaml --replications 3 --worth 'letters:25 %' --out out");
  CHECK(figures(desk, "out")["measures"]["targets.letters.value"]["scenarios"][1]["difference_to_base"]["verdict"] ==
        "no difference worth having");
}

TEST_CASE("with --judge a missed target ends with 1") {
  Desk desk;
  with_two(desk);
  CHECK(desk.tell("mailflow run slow.yaml --replications 3 --judge").status == 1);
  CHECK(desk.tell("mailflow run fast.yaml --replications 3 --judge").status == 0);
  CHECK(desk.tell("mailflow compare slow.yaml fast.yaml --replications 3 --judge").status == 0);
  CHECK(desk.tell("mailflow compare fast.yaml slow.yaml --replications 3 --judge").status == 1);
  CHECK(desk.tell("mailflow targets slow.yaml --replications 3 --judge").status == 1);
  CHECK(desk.tell("mailflow targets fast.yaml --replications 3 --judge").status == 0);
}

TEST_CASE("the volume that a target carries is found to the percent") {
  // 60 letters an hour, due at 08:40: 40 of N are on time, and 40 / N >= 90 % as long as N <= 44. Of 50 letters that is
  // 88 % (88 % of 50 is 44, 89 % rounds to 45). Fast: 80 of N, so N <= 88, 177 % (88.5 would round to 89: 176 % is 88).
  Desk desk;
  const Said said = with_two(desk).tell("mailflow targets slow.yaml fast.yaml --replications 2 --out out");
  CHECK(said.status == 0);
  const std::string csv = desk.bytes("out/targets.csv");
  CHECK(holds(csv, "Slow,targets.letters.value,share,0.8,0.8,0.8,0,0,"));
  CHECK(holds(csv, ",missed,0.88,0.88,0.88,88 %,"));
  CHECK(holds(csv, ",met,1.76,1.76,1.76,176 %,"));
  CHECK(holds(said.out, "sort: machine or positions"));
}

TEST_CASE("sensitivity names the move that helps and what it does") {
  // The rate 10 % up: 66 an hour, 44 of 50 by 08:40, 88 %; 10 % down: 54 an hour, 36 of 50, 72 %. Volume 45: 40 of 45.
  Desk desk;
  const Said said = with_two(desk).tell("mailflow sensitivity slow.yaml --replications 3 --out out");
  CHECK(said.status == 0);
  CHECK(said.err.empty());
  std::istringstream lines(desk.bytes("out/sensitivity.csv"));
  std::map<std::string, double> found;
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> cells;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
    if (cells[0] != "subject") found[cells[0] + ", " + cells[1]] = std::strtod(cells[4].c_str(), nullptr);
  }
  REQUIRE(found.size() == 4);
  CHECK(found["station sort, rate +10 %"] == Approx(0.08));
  CHECK(found["station sort, rate -10 %"] == Approx(-0.08));
  CHECK(found["volume, 10 % less"] == Approx(40.0 / 45 - 0.8));
  CHECK(found["volume, 10 % more"] == Approx(40.0 / 55 - 0.8));
  CHECK(holds(said.out, "+ station sort: rate +10 %"));
}

TEST_CASE("a target on what is left over carries what is sorted by then") {
  // 100 an hour from 08:00: 851 are done by 16:31. Of 500 letters that is 170 % (850); 171 % is 855. Counted at 08:00
  // as they come, they are there at any volume.
  Desk desk;
  desk.put("left.yaml", R"(mailflow: 1
centre: {name: Small, timezone: UTC, currency: XPF}
products: {letter: {lot: 1 item}}
arrivals: {van: {at: ["08:00"], items: {letter: 500}, into: sort}}
stations: {sort: {kind: machine, rate: 100 items/h, next: out}}
targets: {cleared: {measure: left over, at: "16:31", at_most: 0 items}}
run: {from: 2025-03-03, for: 1 day, seed: 1}
)");
  desk.put("never.yaml", "base: left.yaml\nchange: {set: {targets.cleared.at: \"08:00\"}}\n");
  const Said said = desk.tell("mailflow targets left.yaml never.yaml --replications 2 --out out");
  CHECK(said.status == 0);
  const std::string csv = desk.bytes("out/targets.csv");
  CHECK(holds(csv, "left,targets.cleared.value,items,0,0,0,1,"));
  CHECK(holds(csv, ",met,1.7,1.7,1.7,170 %,"));
  CHECK(holds(csv, "never,targets.cleared.value,items,500,500,500,0,"));
  CHECK(holds(csv, ",not even 5 %,"));
}

TEST_CASE("sensitivity weighs an agent, a shift and a pace against their cost") {
  // One agent sorts 50 an hour from 08:00, a letter in 1.2 min: 33 of 50 by 08:40, 66 %.
  //
  //   one agent more      two at it, all done by 08:30              +34 points   8 h at 2000 XPF: 16 000 a day
  //   shifts 30 min later from 08:30: 8 by 08:40 (9.6 min)          -50 points   nothing
  //   earlier             the mail comes at 08:00                     0
  //   rate +10 %          1.0909 min: 36 (39.27 min)                 +6 points
  //   rate -10 %          1.3333 min, rounded up: 29 by 40.00 min... the 30th is done at 40.00001 min
  //   volume 45, 55       33 of 45, 33 of 55                         +7.33, -6 points
  Desk desk;
  desk.put("team.yaml", R"(mailflow: 1
centre: {name: Small, timezone: UTC, currency: XPF}
products: {letter: {lot: 1 item, due: J+0 08:40}}
arrivals: {van: {at: ["08:00"], items: {letter: 50}, into: sort}}
stations: {sort: {kind: manual, positions: 2, skill: sorting, rate: 50 items/h per agent, next: out}}
staff:
  shifts: {day: {hours: "08:00-16:00"}}
  teams: {sorters: {agents: 1, shift: day, skills: {sorting: 100 %}, cost: 2000 XPF/h}}
targets: {letters: {measure: on time, at_least: 90 %}}
run: {from: 2025-03-03, for: 1 day, seed: 1}
)");
  const Said said = desk.tell("mailflow sensitivity team.yaml --replications 2 --out out");
  CHECK(said.status == 0);
  std::map<std::string, std::pair<double, double>> found;  // change of the target, cost a day
  std::istringstream lines(desk.bytes("out/sensitivity.csv"));
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> cells;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
    if (cells[0] != "subject") found[cells[0] + ", " + cells[1]] = {std::stod(cells[4]), std::stod(cells.back())};
  }
  const auto is = [&](const std::string& move, double change, double cost) {
    INFO(move);
    REQUIRE(found.contains(move));
    CHECK(found[move].first == Approx(change).margin(1e-12));
    CHECK(found[move].second == Approx(cost).margin(1e-9));
  };
  is("team sorters, 1 agent more", 0.34, 16000);
  is("shifts of team sorters, 30 min later", -0.5, 0);
  is("shifts of team sorters, 30 min earlier", 0, 0);
  is("station sort, rate +10 %", 0.06, 0);
  is("volume, 10 % less", 33.0 / 45 - 0.66, 0);
  is("volume, 10 % more", 33.0 / 55 - 0.66, 0);
  CHECK(found.size() == 7);  // and the slower rate
}

TEST_CASE("sensitivity moves a departure to both sides") {
  // 50 an hour from 08:00 to a bay, a letter in 1.2 min; due at 08:45. The flight of 08:40 takes 33, the rest goes late
  // at 10:00. A quarter of an hour later, 08:55, all it takes is late; earlier, at 08:25, it takes 20 (24.0 min).
  Desk desk;
  desk.put("flight.yaml", R"(mailflow: 1
centre: {name: Small, timezone: UTC, currency: XPF}
products: {letter: {lot: 1 item, due: J+0 08:45}}
destinations: {island: {}}
arrivals: {van: {at: ["08:00"], items: {letter: 50}, to: {island: 100 %}, into: sort}}
stations:
  sort: {kind: machine, rate: 50 items/h, next: apron}
  apron: {kind: bay}
transport:
  departures: {flight: {to: [island], at: ["08:40", "10:00"]}}
targets: {letters: {measure: on time, at_least: 90 %}}
run: {from: 2025-03-03, for: 1 day, seed: 1}
)");
  const Said said = desk.tell("mailflow sensitivity flight.yaml --replications 2 --out out");
  CHECK(said.status == 0);
  CHECK(said.err.empty());
  const std::string csv = desk.bytes("out/sensitivity.csv");
  const auto change = [&csv](const std::string& move) {
    const auto at = csv.find(move + ",targets.letters.value,share,");
    REQUIRE(at != std::string::npos);
    return std::stod(csv.substr(at + move.size() + std::string(",targets.letters.value,share,").size()));
  };
  CHECK(change("15 min later") == Approx(-0.66));
  CHECK(change("15 min earlier") == Approx(20.0 / 50 - 0.66));
}

TEST_CASE("a sweep of two keys runs every pair, and a Latin hypercube each value once") {
  // Mean time of N letters, one every m minutes: m (N + 1) / 2.
  Desk desk;
  with_two(desk);
  const std::string both =
      "mailflow sweep slow.yaml --vary 'stations.sort.rate=30 items/h, 60 items/h' --vary "
      "'arrivals.van.items.letter=25, 51' --replications 2 ";
  CHECK(desk.tell(both + "--out grid").status == 0);
  const std::string grid = desk.bytes("grid/sweep.csv");
  CHECK(holds(grid, "30 items/h,25,time_in_centre_minutes.mean,minutes,26,26,26,0,2,no\n"));
  CHECK(holds(grid, "30 items/h,51,time_in_centre_minutes.mean,minutes,52,52,52,0,2,no\n"));
  CHECK(holds(grid, "60 items/h,25,time_in_centre_minutes.mean,minutes,13,13,13,0,2,no\n"));
  CHECK(holds(grid, "60 items/h,51,time_in_centre_minutes.mean,minutes,26,26,26,0,2,no\n"));
  CHECK(desk.tell(both + "--latin 2 --out latin").status == 0);
  const std::string latin = desk.bytes("latin/sweep.csv");
  const bool falling = holds(latin, "30 items/h,51,time") && holds(latin, "60 items/h,25,time");
  const bool rising = holds(latin, "30 items/h,25,time") && holds(latin, "60 items/h,51,time");
  CHECK(falling != rising);
}

TEST_CASE("a sweep runs every value of a key") {
  // 30, 60 and 120 an hour: 20, 40 and 50 of 50 by 08:40. How far all in every run may be off is not known.
  Desk desk;
  const Said said = with_two(desk).tell(
      "mailflow sweep slow.yaml --vary 'stations.sort.rate=30 items/h, 60 items/h, 120 items/h' --replications 2 --out "
      "out");
  CHECK(said.status == 0);
  const std::string csv = desk.bytes("out/sweep.csv");
  CHECK(holds(csv, "30 items/h,targets.letters.value,share,0.4,0.4,0.4,0,2,no\n"));
  CHECK(holds(csv, "60 items/h,targets.letters.value,share,0.8,0.8,0.8,0,2,no\n"));
  CHECK(holds(csv, "120 items/h,targets.letters.value,share,1,,,0,2,no\n"));
}

TEST_CASE("a sweep draws what changes, and tells in a line what is the same at every point") {
  // 51 letters come, whatever the rate.
  Desk desk;
  const Said said = with_two(desk).tell(
      "mailflow sweep slow.yaml --vary 'stations.sort.rate=30 items/h, 60 items/h' --measure in --replications 2");
  CHECK(said.status == 0);
  const auto same = said.out.find("The same at every point:\n");
  REQUIRE(same != std::string::npos);
  CHECK(holds(said.out.substr(same), "  in: "));
  CHECK(holds(said.out.substr(0, same), "\nLetters\n"));
}

/// 100 letters at 08:00, one an hour: at midnight most still wait, since 16 h.
const std::string still_waiting = R"(mailflow: 1
centre: {name: Late, timezone: UTC}
products: {letter: {lot: 1 item}}
arrivals: {van: {at: "08:00", items: {letter: 100}, into: sort}}
stations: {sort: {kind: machine, rate: 1 items/h, next: out}}
targets: {wait: {label: Wait, measure: longest wait, at: sort, at_most: 4 h}}
run: {from: 2025-03-03, for: 1 day}
)";

TEST_CASE("a sweep marks what is at least so long, as a run does") {
  // At 2 an hour the longest wait is the same. With 100 an hour all are out after an hour, and the figure is what it
  // is.
  const Desk desk;
  desk.put("late.yaml", still_waiting);
  const std::string line = "mailflow sweep late.yaml --vary 'stations.sort.rate=";
  const Said same = desk.tell(line + "1 items/h, 2 items/h' --replications 2 --out same");
  CHECK(holds(same.out, "The same at every point:\n  Wait: ≥ 16.0 h\n"));
  CHECK(holds(same.out, "≥: at least so long, for mail still here at the end counts with its time so far\n"));
  CHECK(holds(desk.bytes("same/sweep.csv"), "1 items/h,targets.wait.value,minutes,960,960,960,0,2,yes\n"));
  const Said each = desk.tell(line + "1 items/h, 100 items/h' --replications 2 --out each");
  CHECK(holds(each.out, " ≥ 16.0 h "));
  CHECK(holds(each.out, " 59.4 min "));  // the last of 100 waits for the 99 before it
  CHECK(holds(desk.bytes("each/sweep.csv"), "100 items/h,targets.wait.value,minutes,59.4,59.4,59.4,0,2,no\n"));
}

TEST_CASE("the best by a wait that has not ended is marked as at least so long") {
  const Desk desk;
  desk.put("late.yaml", still_waiting);
  desk.put("soon.yaml", "base: late.yaml\nlabel: Soon\nchange: {set: {stations.sort.rate: 100 items/h}}\n");
  // at midnight the last have waited 16 h and wait on; at 100 an hour the last waits for the 99 before it
  const Said said = desk.tell("mailflow compare late.yaml soon.yaml --best 'wait:1 min' --out best");
  CHECK(said.status == 0);
  CHECK(holds(said.out, " ≥ 16.0 h "));
  CHECK(holds(said.out, " 59.4 min "));
  CHECK_FALSE(holds(said.out, "≥ 59.4"));
  CHECK(holds(desk.bytes("best/selection.csv"), "late,targets.wait.value,minutes,960,dropped,10,yes\n"));
}

TEST_CASE("all measures are shown where all are asked for") {
  Desk desk;
  const std::string line = "mailflow run slow.yaml --replications 2 --measure ";
  const Said all = with_two(desk).tell(line + "all");
  CHECK(all.status == 0);
  CHECK(holds(all.out, "stations.sort.items_out"));
  const Said none = desk.tell(line + "zzzzzzzzzzzzzzzz");
  CHECK(none.status == 3);
  CHECK(holds(none.err, "there is no measure zzzzzzzzzzzzzzzz"));
  CHECK(holds(none.err, "--measure all shows them all"));
}

TEST_CASE("an archive that cannot grow says so, and what was kept is safe") {
  Desk desk;
  with_two(desk);
  REQUIRE(desk.tell("mailflow run slow.yaml --replications 3 --archive kept.db --quiet").status == 0);
  const Said said =
      desk.tell("trap '' XFSZ\nulimit -f 60\nmailflow run slow.yaml --replications 3000 --archive kept.db --quiet");
  CHECK(said.status == 4);
  CHECK(holds(said.err, "mailflow: kept.db cannot be read or written ("));
  CHECK(holds(said.err, "is the disk full or gone?"));
  const Said again = desk.tell("mailflow run slow.yaml --replications 3 --archive kept.db");
  CHECK(again.status == 0);
  CHECK(holds(again.out, "3 of 3 runs taken from the archive"));
}

TEST_CASE("the best of several is chosen and said") {
  Desk desk;
  const Said said = with_two(desk).tell("mailflow compare slow.yaml fast.yaml --best 'letters:1 %' --out best");
  CHECK(said.status == 0);
  CHECK(holds(said.out, "Best by Letters: Fast\n"));
  CHECK(holds(said.out, "dropped after 10 replications"));
  CHECK(holds(said.out, "Figures are in best"));
  CHECK(std::regex_replace(desk.bytes("best/selection.csv"), std::regex("0\\.79999+[0-9]*"), "0.8") ==
        "scenario,measure,unit,mean,outcome,dropped_after,mean_is_at_least\n"
        "Slow,targets.letters.value,share,0.8,dropped,10,no\nFast,targets.letters.value,share,1,chosen,,no\n");
  const auto json = nlohmann::json::parse(desk.bytes("best/selection.json"));
  CHECK(json["best"] == "Fast");
  CHECK(json["certain"] == true);
  CHECK(json["runs"] == 20);
}

TEST_CASE("what is asked wrongly of an experiment is told with its place and a way out") {
  Desk desk;
  with_two(desk);
  const auto told = [&](const std::string& line) {
    const Said said = desk.tell(line);
    CHECK(said.status == 3);
    CHECK(said.out.empty());
    return said.err;
  };
  CHECK(told("mailflow compare slow.yaml fast.yaml --measure on_tim.share") ==
        "--measure:1:1: error: there is no measure on_tim.share\n  1 | on_tim.share\n    | ^\n  help: did you mean "
        "on_time.share?\n");
  CHECK(holds(told("mailflow compare slow.yaml fast.yaml --precision letters"),
              "--precision:1:1: error: a precision is a measure and a half-width, not \"letters\""));
  CHECK(holds(told("mailflow compare slow.yaml fast.yaml --worth 'letters:5'"),
              "--worth:1:1: error: the half-width is \"5\"; "));
  CHECK(holds(told("mailflow compare slow.yaml missing.yaml"), "missing.yaml"));
  CHECK(holds(told("mailflow compare slow.yaml fast.yaml --best 'in:5'"), "in has no better side"));
  CHECK(holds(told("mailflow compare slow.yaml fast.yaml --best 'letters:relative 5 %'"),
              "--best takes the least difference worth having in share, not relative"));
  CHECK(
      holds(told("mailflow sweep slow.yaml --vary stations.sort.rat=1..2/1"),
            "--vary:1:1: error: the base has no stations.sort.rat\n  1 | stations.sort.rat=1\n    | ^\n  help: did you "
            "mean stations.sort.rate?\n"));
  CHECK(holds(told("mailflow sweep slow.yaml --vary stations.sort.rate=1..2/1"), "rate is \"1\""));
  CHECK(holds(told("mailflow run slow.yaml --replications 2 --warm-up soon"), "--warm-up is \"soon\"; "));
  CHECK(holds(told("mailflow run slow.yaml --replications 2 --warm-up '3 days'"),
              "--warm-up is \"3 days\"; it must be shorter than the run of slow.yaml"));
  // Two days are fewer than the ten batches of a day that it takes; all days are alike.
  const std::string short_run = told("mailflow run slow.yaml --replications 2 --warm-up found");
  CHECK(holds(short_run, "no warm-up can be found"));
  CHECK(holds(short_run, "a run of 10 days (run: for:) is enough: there it settles after "));
  // 50 come a day and 24 are handled: the content grows as long as it runs.
  desk.put("over.yaml", "base: slow.yaml\nchange: {set: {stations.sort.rate: 1 items/h}}\n");
  CHECK(holds(told("mailflow run over.yaml --replications 2 --warm-up found"),
              "a run of 20 days does not settle either: does more mail come than is handled?"));
  desk.put("chance.yaml", chance);
  CHECK(holds(told("mailflow targets chance.yaml"), "chance.yaml has no targets"));
  CHECK(holds(told("mailflow sensitivity chance.yaml"), "chance.yaml has no targets, so there is nothing to help"));
}

TEST_CASE("an experiment gives the same bytes on any number of cores and from its archive") {
  Desk desk;
  desk.put("chance.yaml", chance);
  desk.put("quicker.yaml", quicker);
  const std::string line = "mailflow compare chance.yaml quicker.yaml --replications 20 --quiet ";
  CHECK(desk.tell(line + "--threads 1 --out one").status == 0);
  CHECK(desk.tell(line + "--threads 4 --out four").status == 0);
  CHECK(desk.tell(line + "--archive kept.db --out kept").status == 0);
  CHECK(desk.tell(line + "--archive kept.db --out again").status == 0);
  CHECK((desk.files("one") == desk.files("four")));
  CHECK((desk.files("one") == desk.files("kept")));
  CHECK((desk.files("one") == desk.files("again")));
}

TEST_CASE("two experiments may write one archive at the same time") {
  Desk desk;
  desk.put("chance.yaml", chance);
  desk.put("quicker.yaml", quicker);
  CHECK(desk.tell("mailflow run chance.yaml --replications 30 --quiet --archive kept.db --out a & "
                  "mailflow run quicker.yaml --replications 30 --quiet --archive kept.db --out b; s=$?; wait $!; exit "
                  "$((s + $?))")
            .status == 0);
  const Said said = desk.tell("mailflow compare chance.yaml quicker.yaml --replications 30 --archive kept.db");
  CHECK(holds(said.out, "60 of 60 runs taken from the archive"));
}

TEST_CASE("an experiment killed 50 times goes on and ends with the figures of an undisturbed one") {
  Desk desk;
  desk.put("chance.yaml", chance);
  desk.put("quicker.yaml", quicker);
  const std::string line = "mailflow compare chance.yaml quicker.yaml --replications 150 --quiet --threads 2 ";
  REQUIRE(desk.tell(line + "--out undisturbed").status == 0);
  unsigned random = 12345;
  for (int kill = 0; kill < 50; ++kill) {
    random = random * 1103515245U + 12345U;  // a moment within the first 40 ms, by the kernel's timer
    const std::string after = "0.0" + std::to_string(10 + random / 65536 % 30);
    const int status = desk.tell("timeout -s KILL " + after + " " + line + "--archive kept.db --out disturbed").status;
    CHECK((status == 137 || status == 0));
  }
  const Said last = desk.tell(line + "--archive kept.db --out disturbed");
  CHECK(last.status == 0);
  CHECK(last.err.empty());
  CHECK((desk.files("disturbed") == desk.files("undisturbed")));
}

}  // namespace
}  // namespace mailflow::program
