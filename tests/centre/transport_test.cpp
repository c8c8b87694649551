// Departures: what fits aboard, what is left behind, what is split.
#include "centre/transport.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "centre/small_centre.hpp"

namespace mailflow::parts {
namespace {

/// Vans to the north and south from one bay at 09:00 and 11:00.
Model with_van(double capacity_items, int vehicles) {
  Model m = model_of({place(StationKind::bay, "bay")});
  Departure van;
  van.name = "van";
  van.from = {0};
  van.serves = {true, true};
  van.at = {9 * hour, 11 * hour};
  van.capacity_items = capacity_items;
  van.vehicles = vehicles;
  van.cost = 50;
  m.departures = {van};
  return m;
}

DepartureResult result_of(SmallCentre& centre) {
  Results r;
  centre->transport.fill(r);
  CHECK(r.transport_cost == r.departures[0].cost);
  return r.departures[0];
}

TEST_CASE("Each lot goes aboard the first van with room for the whole of it, and what fits none stays") {
  // Two vans of 10: 6 into the first, 6 into the second, 3 into the first, 9 nowhere, 4 into the second.
  SmallCentre centre(with_van(10, 2));
  for (const int items : {6, 6, 3, 9, 4}) centre.comes(items, 0, letter, north);
  centre.until(9 * hour);
  CHECK(centre.at_bay(0) == std::vector<int>{9});
  const DepartureResult first = result_of(centre);
  CHECK(first.items == 19);
  CHECK(first.missed == 9);
  CHECK(first.trips[0].vehicles == 2);
  CHECK(first.cost == 100);
  CHECK(centre.minutes(0, Cause::waiting_for_departure) == 28 * 9 * 60);
  CHECK(centre.minutes(0, Cause::full_vehicle) == 0);
  centre.until(11 * hour);
  const DepartureResult both = result_of(centre);
  CHECK(both.trips.size() == 2);
  CHECK(both.trips[1].at == 11 * hour);
  CHECK(both.trips[1].items == 9);
  CHECK(both.trips[1].vehicles == 1);
  CHECK(centre.minutes(0, Cause::full_vehicle) == 9 * 2 * 60);
}

TEST_CASE("A lot larger than a van is split over vans, and the rest goes with other mail") {
  // 25 into vans of 10: 10, 10, 5; then 5 beside the rest; then 1 for which there is no van.
  SmallCentre centre(with_van(10, 3));
  for (const int items : {25, 5, 1}) centre.comes(items, 0, letter, north);
  centre.until(9 * hour);
  CHECK(result_of(centre).items == 30);
  CHECK(result_of(centre).trips[0].vehicles == 3);
  CHECK(centre.at_bay(0) == std::vector<int>{1});
}

TEST_CASE("What is left of a lot too large for all vans waits at the bay") {
  SmallCentre centre(with_van(10, 2));
  centre.comes(25, 0, letter, north);
  centre.until(9 * hour);
  CHECK(result_of(centre).items == 20);
  CHECK(result_of(centre).missed == 5);
  CHECK(centre.at_bay(0) == std::vector<int>{5});
}

TEST_CASE("As many vans go as are needed, and none where there is no mail; one that is timetabled goes empty") {
  SmallCentre needed(with_van(10, -1));
  for (const int items : {25, 5, 1}) needed.comes(items, 0, letter, north);
  needed.until(11 * hour);
  CHECK(needed.at_bay(0).empty());
  CHECK(result_of(needed).trips[0].vehicles == 4);
  CHECK(result_of(needed).trips[1].vehicles == 0);
  CHECK(result_of(needed).cost == 200);
  SmallCentre timetabled(with_van(10, 1));
  timetabled.until(11 * hour);
  CHECK(result_of(timetabled).cost == 100);
}

TEST_CASE("By weight a lot is split at the last item that the van can carry") {
  // 2 kg each, 11 kg: five of seven items go, and then letters that weigh nothing
  Model m = with_van(-1, 1);
  m.departures[0].capacity_kg = 11;
  m.products[1].weight_kg = 2;
  SmallCentre centre(m);
  centre.comes(7, 0, flat, north);
  centre.comes(500, 0, letter, north);
  centre.until(9 * hour);
  CHECK(centre.at_bay(0) == std::vector<int>{2});
  CHECK(result_of(centre).trips[0].kg == 10);
  CHECK(result_of(centre).items == 505);
}

TEST_CASE("Three times 0.1 kg are 0.3 kg, whatever they are in binary") {
  Model m = with_van(-1, 1);
  m.departures[0].capacity_kg = 0.3;
  m.products[0].weight_kg = 0.1;
  SmallCentre centre(m);
  centre.comes(3, 0, letter, north);
  centre.until(9 * hour);
  CHECK(centre.at_bay(0).empty());
}

TEST_CASE(
    "A van takes mail that came by the time it closes, for its destinations alone, also what has none if it serves "
    "all") {
  Model m = with_van(-1, 1);
  m.departures[0].serves = {true, false};
  m.departures[0].closes_before = 10 * minute;
  m.departures[0].serves_all = GENERATE(false, true);
  SmallCentre centre(m);
  centre.comes(1, 0, letter, south);
  centre.comes(2, 0, letter, none);
  centre.until(8 * hour + 50 * minute);
  centre.comes(4, 0, letter, north);
  centre.until(8 * hour + 50 * minute + 1);
  centre.comes(8, 0, letter, north);
  centre.until(9 * hour);
  CHECK(centre.at_bay(0) == (m.departures[0].serves_all ? std::vector<int>{8} : std::vector<int>{1, 2, 8}));
}

TEST_CASE("A bay by rank loads the most urgent first") {
  Model m = with_van(10, 1);
  m.stations[0].order = GENERATE(QueueOrder::earliest_due, QueueOrder::priority);
  m.products[0].priority = 2;
  m.products[1].priority = 1;
  SmallCentre centre(m);
  centre.comes(6, 0, letter, north, 12 * hour);
  centre.comes(7, 0, flat, north, 10 * hour);
  centre.until(9 * hour);
  CHECK(centre.at_bay(0) == std::vector<int>{6});
}

TEST_CASE("Mail aboard is in time when it leaves by the instant at which it is due") {
  SmallCentre centre(with_van(-1, 1));
  centre.comes(1, 0, letter, north, 9 * hour);
  centre.comes(2, 0, letter, north, 9 * hour - 1);
  centre.comes(4, 0, letter, north);
  centre.until(9 * hour);
  const DepartureResult r = result_of(centre);
  CHECK(r.trips[0].on_time == 1);
  CHECK(r.trips[0].late == 2);
  CHECK(r.on_time.on_time == 1);
  CHECK(r.on_time.late == 2);
  CHECK(r.on_time.no_due == 4);
}

TEST_CASE("A link takes its mail by destination, and hands it over with what the next centre must know") {
  Model m = with_van(-1, 1);
  m.departures[0].link = 0;
  m.departures[0].trip_serves = {{true, true}, {false, true}};
  SmallCentre centre(m);
  centre.until(hour);
  centre.comes(1, 0, letter, south);
  centre.comes(2, 0, flat, north);
  centre.until(10 * hour);
  centre.comes(4, 0, letter, north);
  centre.comes(8, 0, letter, south);
  centre.until(11 * hour);
  const std::vector<Load> loads = centre->transport.take_loads();
  REQUIRE(loads.size() == 2);
  CHECK(loads[0].left == 9 * hour);
  REQUIRE(loads[0].lots.size() == 2);
  CHECK(loads[0].lots[0].items == 2);
  CHECK(loads[0].lots[0].product == 1);
  CHECK(loads[0].lots[0].destination == 0);
  CHECK(loads[0].lots[0].posted == hour);
  CHECK(loads[0].lots[1].items == 1);
  REQUIRE(loads[1].lots.size() == 1);  // the second trip serves the south alone
  CHECK(loads[1].lots[0].items == 8);
  CHECK(centre.at_bay(0) == std::vector<int>{4});
  CHECK(centre->transport.take_loads().empty());
  Results r;
  centre->products.fill(centre->ledger, r);
  CHECK(r.by_links_out == 11);
  CHECK(r.on_time.no_due == 0);  // judged where it leaves the network
}

}  // namespace
}  // namespace mailflow::parts
