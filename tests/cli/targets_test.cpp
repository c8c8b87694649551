// `targets` says what it knows: nothing where there is nothing to judge, no interval from one replication, and what
// binds the target's own mail.
#include <catch2/catch.hpp>
#include <sstream>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

/// The row of a target in targets.csv, cell by cell.
std::vector<std::string> row(const std::string& csv, const std::string& target) {
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> cells;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
    if (line.ends_with(',')) cells.emplace_back();
    if (cells[1] == "targets." + target + ".value") return cells;
  }
  FAIL("no row of " << target);
  return {};
}
constexpr std::size_t value = 3, low = 4, high = 5, days = 6, days_low = 7, judgement = 9, factor = 10, factor_low = 11,
                      carries = 13, binds = 14;

// Letters come and nobody handles them; no parcel comes, nothing reaches the truck, nothing leaves that a cost could
// be counted by.
const std::string idle = R"(mailflow: 1
centre: {name: Idle, timezone: UTC}
products: {letter: {due: 1 h}, parcel: {due: 1 h}}
destinations: {town: {}}
arrivals: {van: {at: ["08:00"], items: {letter: 30}, to: {town: 100 %}, into: table}}
stations:
  table: {kind: manual, skill: sorting, rate: 60 items/h, next: bay}
  spare: {kind: machine, rate: 60 items/h, next: bay}
  bay: {kind: bay}
staff:
  shifts: {day: {hours: "10:00-12:00"}, sunday: {hours: "10:00-12:00", days: Sun}}
  teams:
    drivers: {agents: 1, shift: day, skills: {driving: 100 %}, cost: 20 EUR/h}
    night: {agents: 1, shift: sunday, skills: {driving: 100 %}}
transport: {departures: {truck: {to: [town], at: "23:00", cost: 100 EUR}}}
targets:
  cost: {measure: cost per item, at_most: 1 EUR}
  parcels: {measure: on time, of: parcel, at_least: 95 %}
  parcels_left: {measure: left over, of: parcel, at: "06:00", at_most: 0 items}
  truck: {measure: on time, by: truck, at_least: 95 %}
  letters: {measure: on time, of: letter, at_least: 95 %}
  spare: {measure: throughput, at: spare, at_most: 10 items/h}
  slow: {measure: throughput, at: table, at_most: 10 items/h}
  table: {measure: throughput, at: table, at_least: 10 items/h}
  night: {measure: overtime, of: night, at_most: 1 h}
  parcels_wait: {measure: longest wait, of: parcel, at_most: 1 h}
run: {from: 2025-03-03, for: 1 day, seed: 1}
)";

TEST_CASE("a target with nothing to judge says so, without interval or volume") {
  Desk desk;
  desk.put("idle.yaml", idle);
  const Said said = desk.tell("mailflow targets idle.yaml --replications 3 --out out --report page.html");
  CHECK(said.status == 0);
  for (const char* word : {"nan", "inf"}) CHECK_FALSE(holds(said.out, word));
  const std::string csv = desk.bytes("out/targets.csv");
  for (const char* target : {"cost", "parcels", "truck", "parcels_left", "spare", "slow", "night", "parcels_wait"}) {
    CAPTURE(target);
    const auto cells = row(csv, target);
    CHECK(cells[judgement] == "nothing to judge");
    for (const std::size_t none : {value, low, high, days, days_low, factor, factor_low, carries, binds})
      CHECK(cells[none].empty());
  }
  // Mail stands at the table and nobody handles it: no pace is a pace too low, but none too high.
  CHECK(row(csv, "table")[value] == "0");
  CHECK(row(csv, "table")[judgement] == "missed");
  // Letters are late at any volume.
  CHECK(row(csv, "letters")[judgement] == "missed");
  CHECK(row(csv, "letters")[carries] == "not even 5 %");
  CHECK(row(csv, "letters")[binds] == "table: staff");

  const Said replicated = desk.tell("mailflow run idle.yaml --replications 3 --quiet --out runs");
  const Said told = desk.tell("mailflow run idle.yaml --replications 3");
  CHECK(holds(told.out, "parcels"));
  CHECK(holds(told.out, "nothing to judge"));
  CHECK_FALSE(holds(told.out, "cost: runs met"));  // no run was judged, so that none is counted
  const Said compared = desk.tell("mailflow compare idle.yaml idle.yaml --replications 3");
  CHECK(holds(compared.out, "truck (at least 95.0 %)\n    nothing to judge\n"));
}

// 60 letters an hour from 08:00, a Poisson number of 45, due at 08:40.
const std::string forty_five_letters = R"(mailflow: 1
centre: {name: Small, timezone: UTC}
products: {letter: {lot: 1 item, due: J+0 08:40}}
arrivals: {van: {at: ["08:00"], items: {letter: poisson(45)}, into: sort}}
stations: {sort: {kind: machine, rate: 60 items/h, next: out}}
targets: {letters: {measure: on time, at_least: 90 %}}
run: {from: 2025-03-03, for: 5 days, seed: 1}
)";

TEST_CASE("one replication has no interval anywhere") {
  Desk desk;
  desk.put("chance.yaml", forty_five_letters);
  const Said said = desk.tell("mailflow targets chance.yaml --replications 1 --out out");
  CHECK(said.status == 0);
  CHECK(holds(said.out, "1 replication, 95 % intervals, common random numbers"));
  const auto cells = row(desk.bytes("out/targets.csv"), "letters");
  CHECK_FALSE(cells[value].empty());
  CHECK_FALSE(cells[days].empty());
  CHECK_FALSE(cells[factor].empty());
  for (const std::size_t none : {low, high, days_low, days_low + 1, factor_low, factor_low + 1})
    CHECK(cells[none].empty());
  CHECK(cells[judgement] == "in doubt");
  const Said run = desk.tell("mailflow run chance.yaml --replications 1 --out run");
  CHECK(run.status == 0);
  std::istringstream lines(desk.bytes("run/measures.csv"));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    std::vector<std::string> is;
    std::istringstream in(line);
    for (std::string cell; std::getline(in, cell, ',');) is.push_back(cell);
    CAPTURE(line);
    CHECK(is[4].empty());  // low
    CHECK(is[5].empty());  // high
  }
  CHECK(holds(run.out, "needs 2 runs"));
  CHECK_FALSE(holds(run.out, "0.0 to "));
  const Said sweep = desk.tell(
      "mailflow sweep chance.yaml --vary 'stations.sort.rate=60 items/h, 80 items/h' "
      "--replications 1");
  CHECK(holds(sweep.out, "needs 2 runs"));
  CHECK_FALSE(holds(sweep.out, "?"));
}

// 20 letters at 08:00, one a minute: the last is out at 08:20, after its due 08:19. 19 of 20 are on time, the last has
// waited 19 min. At 102 % 20.4 come, 20; at 103 % 21: 19 of 21. 300 flats at 600 an hour: 300 in the busiest hour.
const std::string exactly = R"(mailflow: 1
centre: {name: Exactly}
products: {letter: {lot: 1 item, due: 19 min}, flat: {lot: 1 item}}
arrivals:
  letters: {at: "08:00", items: {letter: 20}, into: table}
  flats: {at: "08:00", items: {flat: 300}, into: machine}
stations:
  table: {kind: machine, rate: 60 items/h, next: out}
  machine: {kind: machine, rate: 600 items/h, next: out}
targets:
  on_time: {measure: on time, of: letter, at_least: 95 %}
  wait: {measure: longest wait, at: table, at_most: 19 min}
  pace: {measure: throughput, at: machine, at_least: 300 items/h}
  a_day: {measure: throughput, at: machine, at_least: 7200 items/day}
  a_minute: {measure: throughput, at: machine, at_least: 5 items/min}
run: {from: 2025-03-03, for: 2 days, seed: 1}
)";

TEST_CASE("a target reached exactly is met, whatever the number of replications") {
  Desk desk;
  desk.put("exactly.yaml", exactly);
  CHECK(desk.tell("mailflow run exactly.yaml --judge --out one").status == 0);
  const std::string results = desk.bytes("one/results.json");
  CHECK(holds(results, "\"at_least\": 300.0,"));
  CHECK_FALSE(holds(results, "300.0000"));
  for (const std::string n : {"2", "3", "6", "7", "11", "20"}) {
    CAPTURE(n);
    CHECK(desk.tell("mailflow targets exactly.yaml --judge --replications " + n + " --out out").status == 0);
    const std::string csv = desk.bytes("out/targets.csv");
    for (const char* target : {"on_time", "wait", "pace", "a_day", "a_minute"}) {
      CAPTURE(target);
      CHECK(row(csv, target)[judgement] == "met");
    }
    CHECK(row(csv, "on_time")[value] == "0.95");
    CHECK(row(csv, "on_time")[carries] == "102 %");
    CHECK(row(csv, "wait")[carries] == "102 %");
  }
  CHECK(desk.tell("mailflow run exactly.yaml --judge --replications 20").status == 0);
}

TEST_CASE("nothing to judge is neither met nor missed, in any command") {
  Desk desk;
  desk.put("nothing.yaml", R"(mailflow: 1
centre: {name: Nothing}
products: {letter: {lot: 10 items, due: 1 h}, parcel: {due: 1 h}}
arrivals: {van: {at: ["08:00"], items: {letter: 10}, into: sort}}
stations: {sort: {kind: machine, rate: 60 items/h, next: out}}
targets: {parcels: {measure: on time, of: parcel, at_least: 90 %}}
run: {from: 2025-03-03, for: 2 days, seed: 1}
)");
  const Said run = desk.tell("mailflow run nothing.yaml --judge --out out");
  CHECK(run.status == 0);
  CHECK(holds(run.out, "nothing to judge"));
  CHECK_FALSE(holds(run.out, "MISSED"));
  CHECK(holds(desk.bytes("out/results.json"), "\"met\": null"));
  CHECK(holds(desk.bytes("out/targets.csv"), "\nparcels,,0.9,,0,0,\n"));
  CHECK(desk.tell("mailflow run nothing.yaml --judge --replications 2").status == 0);
  CHECK(desk.tell("mailflow targets nothing.yaml --judge --replications 2").status == 0);
  CHECK(desk.tell("mailflow compare nothing.yaml nothing.yaml --judge --replications 2").status == 0);
}

TEST_CASE("a pace that no volume brings is told apart from one that much more would") {
  // Nobody is there: nothing passes at any volume. The machine makes 60 an hour: 100 never. Of 10 an hour on the other,
  // 60 come to be at 600 %.
  Desk desk;
  desk.put("pace.yaml", R"(mailflow: 1
centre: {name: Pace}
products: {letter: {lot: 1 item}}
arrivals:
  tables: {at: "08:00", items: {letter: 30}, into: table}
  machines: {at: "08:00", items: {letter: 30}, into: machine}
  others: {at: "08:00", items: {letter: 10}, into: other}
stations:
  table: {kind: manual, skill: sorting, positions: 2, rate: 60 items/h, next: out}
  machine: {kind: machine, rate: 60 items/h, next: out}
  other: {kind: machine, rate: 600 items/h, next: out}
staff:
  shifts: {day: {hours: "10:00-12:00"}}
  teams: {nobody: {agents: 0, shift: day, skills: {sorting: 100 %}}}
targets:
  nobody: {measure: throughput, at: table, at_least: 30 items/h}
  machine: {measure: throughput, at: machine, at_least: 100 items/h}
  other: {measure: throughput, at: other, at_least: 60 items/h}
run: {from: 2025-03-03, for: 1 day, seed: 1}
)");
  CHECK(desk.tell("mailflow targets pace.yaml --replications 2 --out out").status == 0);
  const std::string csv = desk.bytes("out/targets.csv");
  CHECK(row(csv, "nobody")[carries] == "at no volume");
  CHECK(row(csv, "machine")[carries] == "at no volume");
  CHECK(row(csv, "other")[carries] == "not even at 400 %");
}

TEST_CASE("what binds a target by a departure is on the way to its bay, and full vehicles leave nothing over") {
  // Letters leave at once; parcels go by the truck of 12:00, 150 of N on time: N <= 157. 600 letters an hour from
  // 08:00: at 10:00 6 v - 1200 of them and v - 200 parcels are left at v %: 98 at 214 %, 105 at 215 %; letters wait six
  // times as long in all.
  Desk desk;
  desk.put("by.yaml", R"(mailflow: 1
centre: {name: By}
products: {letter: {lot: 1 item, due: 1 h}, parcel: {lot: 1 item, due: 5 h}}
destinations: {x: {}}
arrivals:
  v: {at: "08:00", items: {letter: 600}, to: {x: 100 %}, into: letters}
  w: {at: "08:00", items: {parcel: 100}, to: {x: 100 %}, into: parcels}
stations:
  letters: {kind: machine, rate: 600 items/h, next: out}
  parcels: {kind: manual, positions: 1, rate: 100 items/h, next: bay}
  bay: {kind: bay}
transport: {departures: {d: {to: [x], at: "12:00", capacity: 150 items}}}
targets:
  by-d: {measure: on time, by: d, at_least: 95 %}
  of-p: {measure: on time, of: parcel, at_least: 95 %}
  left: {measure: left over, at: "10:00", at_most: 100 items}
run: {from: 2025-03-03, for: 2 days, seed: 1}
)");
  CHECK(desk.tell("mailflow targets by.yaml --replications 2 --out out").status == 0);
  const std::string csv = desk.bytes("out/targets.csv");
  CHECK(row(csv, "by-d")[binds] == "d: full vehicles");
  CHECK(row(csv, "of-p")[binds] == "d: full vehicles");
  CHECK(row(csv, "left")[carries] == "214 %");
  CHECK(row(csv, "left")[binds] == "letters: machine or positions");
}

TEST_CASE("what is met at no volume for customs, bags or want of a departure is not laid to a machine") {
  // A letter takes a minute at the table. Held 500 h; or in bags that never fill; or no vehicle leaves in the run.
  const auto centre = [](const std::string& held, const std::string& bag, const std::string& departs) {
    return R"(mailflow: 1
centre: {name: Stuck}
products: {letter: {lot: 10 items, due: 20 h}}
destinations: {x: {}}
arrivals: {van: {at: "08:00", items: {letter: 60}, to: {x: 100 %}, into: table}}
stations:
  table: {kind: machine, rate: 60 items/h, next: customs}
  customs: {kind: hold, share: 100 %, takes: )" +
           held + R"(, next: bag}
  bag: {kind: bagging, items: )" +
           bag + R"(, next: bay}
  bay: {kind: bay}
transport: {departures: {d: {to: all, )" +
           departs + R"(}}}
targets: {letters: {measure: on time, at_least: 90 %}}
run: {from: 2025-03-03, for: 3 days, seed: 1}
)";
  };
  Desk desk;
  desk.put("held.yaml", centre("500 h", "10 items", "at: '18:00'"));
  desk.put("bags.yaml", centre("10 min", "100000 items", "at: '18:00'"));
  desk.put("stays.yaml", centre("10 min", "10 items, at_most: 1 h", "at: '18:00', days: Sat"));
  for (const auto& [file, what] :
       {std::pair{"held", "customs: time held"}, {"bags", "bag: bags not full"}, {"stays", "bay: no departure"}}) {
    CAPTURE(file);
    CHECK(desk.tell(std::string("mailflow targets ") + file + ".yaml --replications 2 --out " + file).status == 0);
    const auto cells = row(desk.bytes(std::string(file) + "/targets.csv"), "letters");
    CHECK(cells[carries] == "not even 5 %");
    CHECK(cells[binds] == what);
  }
}

TEST_CASE("what binds a target lies on the way of its mail") {
  // From 08:00 the sorter needs 8 h for 400 letters: 200 of N by noon, so the target carries N <= 222, 55 % (220).
  // The table needs 108 min for 90 parcels: 100 of N by 10:00, N <= 111, 123 % (110.7; 124 % is 112). The letters' wait
  // at the sorter is far the longer; parcels never pass there.
  Desk desk;
  desk.put("apart.yaml", R"(mailflow: 1
centre: {name: Apart, timezone: UTC}
products: {letter: {lot: 1 item, due: J+0 12:00}, parcel: {lot: 1 item, due: J+0 10:00}}
arrivals: {van: {at: ["08:00"], items: {letter: 400, parcel: 90}, into: door}}
stations:
  door: {kind: walk, takes: 0 s, next: {letter: sorter, parcel: table}}
  sorter: {kind: machine, rate: 50 items/h, next: out}
  table: {kind: machine, rate: 50 items/h, next: out}
targets:
  letters: {measure: on time, of: letter, at_least: 90 %}
  parcels: {measure: on time, of: parcel, at_least: 90 %}
run: {from: 2025-03-03, for: 1 day, seed: 1}
)");
  CHECK(desk.tell("mailflow targets apart.yaml --replications 2 --out apart").status == 0);
  const std::string apart = desk.bytes("apart/targets.csv");
  CHECK(row(apart, "letters")[carries] == "55 %");
  CHECK(row(apart, "letters")[binds] == "sorter: machine or positions");
  CHECK(row(apart, "parcels")[carries] == "123 %");
  CHECK(row(apart, "parcels")[binds] == "table: machine or positions");
}

TEST_CASE("what binds a target is what its own mail waits for where all pass") {
  // All pass the sorter, 400 an hour, parcels first: 100 of them wait there 7.5 min in the mean, 1200 letters an hour
  // and more; at the table, 50 an hour, the parcels wait another 50 min and more.
  Desk desk;
  desk.put("together.yaml", R"(mailflow: 1
centre: {name: Together, timezone: UTC}
products: {letter: {lot: 1 item, priority: 2}, parcel: {lot: 1 item, priority: 1, due: J+0 10:00}}
arrivals: {van: {at: ["08:00"], items: {letter: 1200, parcel: 90}, into: sorter}}
stations:
  sorter: {kind: machine, rate: 400 items/h, queue: {order: priority}, next: {letter: out, parcel: table}}
  table: {kind: machine, rate: 50 items/h, next: out}
targets: {parcels: {measure: on time, of: parcel, at_least: 90 %}}
run: {from: 2025-03-03, for: 1 day, seed: 1}
)");
  CHECK(desk.tell("mailflow targets together.yaml --replications 2 --out together").status == 0);
  CHECK(row(desk.bytes("together/targets.csv"), "parcels")[binds] == "table: machine or positions");
}

TEST_CASE("full vehicles bind the mail that they take") {
  // The flight takes 20 letters, the truck all parcels that are there. 20 of N letters on time: N <= 22 (20 / 22 is
  // 91 %), 112 % of 20 is 22.4, 113 % is 22.6 and rounds to 23. Parcels as above.
  Desk desk;
  desk.put("bay.yaml", R"(mailflow: 1
centre: {name: Bay, timezone: UTC}
products: {letter: {lot: 1 item, due: J+0 12:00}, parcel: {lot: 1 item, due: J+0 10:00}}
destinations: {island: {}, town: {}}
arrivals:
  letters: {at: ["08:00"], items: {letter: 20}, to: {island: 100 %}, into: bay}
  parcels: {at: ["08:00"], items: {parcel: 90}, to: {town: 100 %}, into: table}
stations:
  table: {kind: machine, rate: 50 items/h, next: bay}
  bay: {kind: bay}
transport:
  departures:
    flight: {to: [island], at: ["11:00"], capacity: 20 items}
    truck: {to: [town], at: ["10:00"]}
targets:
  letters: {measure: on time, of: letter, at_least: 90 %}
  parcels: {measure: on time, by: truck, at_least: 90 %}
  island: {measure: on time, to: island, at_least: 90 %}
run: {from: 2025-03-03, for: 1 day, seed: 1}
)");
  CHECK(desk.tell("mailflow targets bay.yaml --replications 2 --out bay").status == 0);
  const std::string csv = desk.bytes("bay/targets.csv");
  CHECK(row(csv, "letters")[carries] == "112 %");
  CHECK(row(csv, "letters")[binds] == "flight: full vehicles");
  CHECK(row(csv, "island")[binds] == "flight: full vehicles");
  CHECK(row(csv, "parcels")[binds] != "flight: full vehicles");
}

}  // namespace
}  // namespace mailflow::program
