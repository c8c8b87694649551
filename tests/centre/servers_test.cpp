// Servers: what they go through, and why mail waits for them meanwhile (RULES.md, "Why a lot waits in a queue").
#include "centre/servers.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <vector>

#include "centre/small_centre.hpp"

namespace mailflow::parts {
namespace {

TEST_CASE("Mail waits for want of room beyond when all machines are blocked, not when one of them is") {
  // Two machines, 10 minutes a lot; beyond them one that takes an hour and has no room to wait. Four lots at 00:00.
  //   00:10 the first lot goes on, the second has no room and blocks its machine; the third is taken in hand
  //   00:20 the third blocks the other machine
  //   01:10 the second goes on, and its machine takes the fourth
  // Waits: the third 10 for a machine; the fourth 20 for a machine and 50 as all are blocked. The second is blocked
  // for 60.
  Model m = model_of({place(StationKind::machine, "pair", 1), place(StationKind::machine, "slow")});
  m.stations[0].servers = 2;
  m.stations[1].service = Distribution::fixed(60.0 * minute);
  m.stations[1].queue_holds = 0;
  SmallCentre centre(m);
  for (int n = 0; n < 4; ++n) centre.comes(1, 0);
  centre.until(15 * minute);
  CHECK(centre->stations.servers(StationIndex(0), ServerState::blocked) == 1);
  CHECK(centre->stations.servers(StationIndex(0), ServerState::busy) == 1);
  centre.until(70 * minute);
  CHECK(centre.minutes(0, Cause::waiting_for_machine) == 10 + 20);
  CHECK(centre.minutes(0, Cause::blocked) == 60 + 50);
  CHECK(centre.minutes(0, Cause::processing) == 30);
}

TEST_CASE("A machine is set up between products, which those that wait wait for too, and not within one") {
  // A letter 00:00 to 00:10, 5 minutes for flats, a flat to 00:25 and another to 00:35.
  Model m = model_of({place(StationKind::machine, "sorter")});
  m.stations[0].set_up.between = SetUpBetween::products;
  m.stations[0].set_up.takes = Distribution::fixed(5.0 * minute);
  SmallCentre centre(m);
  centre.comes(1, 0, letter);
  for (int n = 0; n < 2; ++n) centre.comes(1, 0, flat);
  centre.until(12 * minute);
  CHECK(centre->servers[ServerIndex(0)].state == ServerState::set_up);
  centre.until(35 * minute);
  CHECK(centre->products[flat].out == 2);
  CHECK(centre.minutes(0, Cause::set_up, letter) == 0);
  CHECK(centre.minutes(0, Cause::set_up, flat) == 5 + 5);
  CHECK(centre.minutes(0, Cause::waiting_for_machine, flat) == 10 + 20);
  CHECK(centre.minutes(0, Cause::processing, flat) == 20);
}

TEST_CASE("A lot in hand stops while its machine is down, and goes on where it was") {
  // Down for 5 minutes after every 4 of work: 00:00 to 00:04, 00:09 to 00:13, 00:18 to 00:20. Another waits.
  Model m = model_of({place(StationKind::machine, "press")});
  m.stations[0].breakdown.present = true;
  m.stations[0].breakdown.every = Distribution::fixed(4.0 * minute);
  m.stations[0].breakdown.repair = Distribution::fixed(5.0 * minute);
  SmallCentre centre(m);
  for (int n = 0; n < 2; ++n) centre.comes(1, 0);
  centre.until(20 * minute - 1);
  CHECK(centre->products[letter].out == 0);
  centre.until(20 * minute);
  CHECK(centre->products[letter].out == 1);
  CHECK(centre.minutes(0, Cause::processing) == 10);
  CHECK(centre.minutes(0, Cause::breakdown) == 10 + 10);
  CHECK(centre.minutes(0, Cause::waiting_for_machine) == 10);
  CHECK(centre->servers[ServerIndex(0)].fails_in == 2 * minute);
}

TEST_CASE("At closing time the lot in hand is finished, and the next waits until the station opens") {
  // Open to 00:05 and from 00:20: the first lot 00:00 to 00:10, the second 00:20 to 00:30.
  Model m = model_of({place(StationKind::machine, "press")});
  m.stations[0].always_open = false;
  m.stations[0].open = {{0, 5 * minute}, {20 * minute, hour}};
  SmallCentre centre(m);
  for (int n = 0; n < 2; ++n) centre.comes(1, 0);
  centre.until(15 * minute);
  CHECK(centre->products[letter].out == 1);
  CHECK(centre->servers[ServerIndex(0)].state == ServerState::closed);
  centre.until(30 * minute);
  CHECK(centre->products[letter].out == 2);
  CHECK(centre.minutes(0, Cause::waiting_for_machine) == 5);
  CHECK(centre.minutes(0, Cause::closed) == 15);
}

TEST_CASE("Mail of two passes goes through the same queue twice, behind what waits there") {
  // Lots of 1 and 2 at 00:00, 10 minutes a pass: 1, 2, 1, 2.
  Model m = model_of({place(StationKind::machine, "sorter", 1), place(StationKind::bay, "bay")});
  m.stations[0].passes = 2;
  SmallCentre centre(m);
  for (const int items : {1, 2}) centre.comes(items, 0);
  centre.until(30 * minute);
  CHECK(centre.at_bay(1) == std::vector<int>{1});
  centre.until(40 * minute);
  CHECK(centre.at_bay(1) == std::vector<int>{1, 2});
  CHECK(centre->stations[StationIndex(0)].items_in == 3);
  CHECK(centre->stations[StationIndex(0)].started_items == 3);  // a wait between passes is no wait before it is in hand
}

TEST_CASE("Rejects leave the lot for a way of their own, each item by its own chance") {
  Model m = model_of(
      {place(StationKind::machine, "reader", 1), place(StationKind::bay, "bay"), place(StationKind::bay, "by hand")});
  m.stations[0].diversions = {{"rejects", 0.1, way_to(2)}};
  SmallCentre centre(m);
  centre.comes(10'000, 0);
  centre.until(10 * minute);
  const int rejects = centre.at_bay(2).at(0);
  CHECK(std::abs(rejects - 1000) < 150);  // five standard deviations of 30
  CHECK(centre.at_bay(1) == std::vector<int>{10'000 - rejects});
  CHECK(centre->stations[StationIndex(0)].items_diverted == rejects);
}

}  // namespace
}  // namespace mailflow::parts
