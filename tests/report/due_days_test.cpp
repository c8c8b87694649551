// Items by due day and items in all are the same items, whatever the draws: no day on which mail is due is left out, be
// it after the run's end or before its start.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

// Letters due three worked days later, flats after 30 h, and recorded parcels due the day before the run and ten days
// after it; one slow table and a cart a day, so that some leave in time, some late, some not at all.
const std::string centre = R"(mailflow: 1
centre: {name: Days, timezone: Europe/Paris}
products:
  letter: {lot: 7 items, due: J+3 08:00}
  flat: {lot: 5 items, due: 30 h}
  parcel: {lot: 1 item, due: J+1 12:00}
destinations: {x: {}, y: {}}
arrivals:
  post: {rate: 40 items/h, mix: {letter: 60 %, flat: 40 %}, to: {x: 70 %, y: 30 %}, into: table}
  parcels: {replay: parcels.csv, columns: {time: at, product: kind, items: n, leave_by: by}, to: {x: 70 %, y: 30 %}, into: table}
stations:
  table: {kind: manual, positions: 1, service: exponential(95 s), next: dock}
  dock: {kind: bay}
transport:
  departures:
    cart: {to: [x], at: "18:00", capacity: 500 items}
    truck: {to: [y], at: "24:00"}
run: {from: 2025-03-27, for: 4 days}
)";

TEST_CASE("on time by due day adds up to on time, with what is due after the run or before it") {
  const Desk desk;
  desk.put("days.yaml", centre);
  desk.put("parcels.csv",
           "at,kind,n,by\n2025-03-27T08:00,parcel,9,2025-03-26T20:00\n2025-03-28T08:00,parcel,8,2025-04-10T08:00\n"
           "2025-03-30T23:00,parcel,4,2025-04-10T08:00\n2025-03-29T08:00,parcel,3,\n");
  for (int seed = 1; seed <= 12; ++seed) {
    INFO("seed " << seed);
    const Said said = desk.tell("mailflow run days.yaml --quiet --out out --seed " + std::to_string(seed));
    REQUIRE(said.err.empty());
    const auto results = nlohmann::json::parse(desk.bytes("out/results.json"));
    for (const char* product : {"letter", "flat", "parcel"}) {
      INFO(product);
      const auto& is = results["products"][product];
      std::string last;
      std::map<std::string, std::int64_t> sums;
      for (const auto& row : is["on_time_by_due_day"]) {
        CHECK(last < row["day"].get<std::string>());
        last = row["day"];
        for (const char* count : {"on_time", "late", "undecided"}) sums[count] += row[count].get<std::int64_t>();
      }
      for (const char* count : {"on_time", "late", "undecided"}) CHECK(sums[count] == is["on_time"][count]);
    }
    const auto& parcels = results["products"]["parcel"]["on_time_by_due_day"];
    CHECK(parcels.front()["day"] == "2025-03-26");
    CHECK(parcels.front()["late"] == 9);
    CHECK(parcels.back()["day"] == "2025-04-10");
    CHECK(parcels.back()["on_time"].get<int>() + parcels.back()["undecided"].get<int>() == 12);
  }
}

}  // namespace
}  // namespace mailflow::program
