// A lot's way: doors of queues that are full, routes, and lots that are taken apart.
#include "centre/flow.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "centre/small_centre.hpp"

namespace mailflow::parts {
namespace {

/// A press that takes 10 minutes a lot, with room for `holds` items before it; then a bay.
Model press(int holds) {
  Model m = model_of({place(StationKind::machine, "press", 1), place(StationKind::bay, "bay")});
  m.stations[0].queue_holds = holds;
  return m;
}

std::vector<int> at_door(SmallCentre& centre, StationIndex station = 0) {
  std::vector<int> items;
  centre->flow.each_at_door(station, [&](LotIndex l) { items.push_back(centre[l].items); });
  return items;
}

TEST_CASE("A lot that would still fit waits behind the one before it that does not") {
  // Room for 5. 00:00 a lot of 1 is in hand, 3 wait, 3 more do not fit, and 1 stays behind these. 00:10 the next is in
  // hand, and both come in.
  SmallCentre centre(press(5));
  for (const int items : {1, 3, 3, 1}) centre.comes(items, 0);
  CHECK(at_door(centre) == std::vector<int>{3, 1});
  CHECK(centre->stations[StationIndex(0)].queue_items == 3);
  centre.until(10 * minute);
  CHECK(at_door(centre).empty());
  CHECK_FALSE(centre->flow.waits_at_door(StationIndex(0)));
  CHECK(centre->stations[StationIndex(0)].queue_items == 4);
  CHECK(centre.minutes(0, Cause::blocked) == 4 * 10);
  centre.until(40 * minute);
  CHECK(centre.at_bay(1) == std::vector<int>{1, 3, 3, 1});
}

TEST_CASE("A queue is full at its bound and not before") {
  SmallCentre centre(press(5));
  for (const int items : {1, 3, 2}) centre.comes(items, 0);
  CHECK(at_door(centre).empty());
  CHECK(centre->stations[StationIndex(0)].queue_items == 5);
  centre.comes(1, 0);
  CHECK(at_door(centre) == std::vector<int>{1});
}

TEST_CASE("A lot larger than the bound enters an empty queue, and waits at the door of one that is not") {
  SmallCentre centre(press(5));
  for (const int items : {1, 9}) centre.comes(items, 0);
  CHECK(at_door(centre).empty());
  CHECK(centre->stations[StationIndex(0)].queue_items == 9);
  centre.comes(8, 0);
  CHECK(at_door(centre) == std::vector<int>{8});
  centre.until(10 * minute);
  CHECK(at_door(centre).empty());
}

TEST_CASE("A queue that holds nothing lets a lot in only when the press takes it at once") {
  SmallCentre centre(press(0));
  for (const int items : {1, 2, 3}) centre.comes(items, 0);
  CHECK(at_door(centre) == std::vector<int>{2, 3});
  centre.until(10 * minute);
  CHECK(at_door(centre) == std::vector<int>{3});
  CHECK(centre->stations[StationIndex(0)].queue_items == 0);
}

TEST_CASE("A lot that finds no room stays with the machine that handled it, which goes on when there is") {
  // Four lots come at 00:00 to the first machine, 10 minutes each; the second takes 40 and has room for one.
  //   00:10 the second takes the first lot   00:20 the second lot waits there   00:30 the third finds no room
  //   00:50 the second takes the second lot: the third comes in, and the first machine takes the fourth
  Model m = model_of({place(StationKind::machine, "first", 1), place(StationKind::machine, "second", 2),
                      place(StationKind::bay, "bay")});
  m.stations[1].service = Distribution::fixed(40.0 * minute);
  m.stations[1].queue_holds = 1;
  SmallCentre centre(m);
  for (int n = 0; n < 4; ++n) centre.comes(1, 0);
  const ServerIndex first{0};
  centre.until(30 * minute);
  CHECK(centre->servers[first].state == ServerState::blocked);
  CHECK(centre->servers[first].waits_for == std::vector<StationIndex>{StationIndex(1)});
  CHECK(centre->servers.all_blocked(StationIndex(0)));
  CHECK(centre->stations[StationIndex(0)].items == 2);  // the third is still there, the fourth waits
  centre.until(50 * minute);
  CHECK(centre->servers[first].state == ServerState::busy);
  CHECK(centre->servers[first].waits_for.empty());
  CHECK_FALSE(centre->servers.all_blocked(StationIndex(0)));
  CHECK(centre.minutes(0, Cause::blocked) == 20 + 20);  // the third lot, and the fourth, that waits behind it
}

TEST_CASE("Mail goes by product, then by destination, or out of the centre at once") {
  Model m = model_of({place(StationKind::walk, "walk"), place(StationKind::bay, "bay")});
  Route& route = m.stations[0].next;
  route.nodes.resize(4);
  route.nodes[0].kind = RouteNode::Kind::by_product;
  route.nodes[0].child = {1, 2};
  route.nodes[1].kind = RouteNode::Kind::by_destination;
  route.nodes[1].child = {3, 2};
  route.nodes[2].kind = RouteNode::Kind::leaves;
  route.nodes[3].station = 1;
  SmallCentre centre(m);
  centre.comes(1, 0, letter, north);
  centre.comes(2, 0, letter, south);
  centre.comes(4, 0, flat, north);
  centre.until(5 * minute);
  CHECK(centre.at_bay(1) == std::vector<int>{1});
  CHECK(centre->products[letter].out == 2);
  CHECK(centre->products[flat].out == 4);
  CHECK(centre->products[letter].here == 1);
}

TEST_CASE("Of a lot that is shared out each item goes one of the ways") {
  Model m =
      model_of({place(StationKind::walk, "walk"), place(StationKind::bay, "bay"), place(StationKind::bay, "yard")});
  Route& route = m.stations[0].next;
  route.nodes.resize(4);
  route.nodes[0].kind = RouteNode::Kind::by_share;
  route.nodes[0].child = {1, 2, 3};
  route.nodes[0].share = {0.5, 0.3, 0.2};
  route.nodes[1].station = 1;
  route.nodes[2].station = 2;
  route.nodes[3].kind = RouteNode::Kind::leaves;
  SmallCentre centre(m);
  centre.comes(10'000, 0);
  centre.until(5 * minute);
  const int bay = centre.at_bay(1).at(0);
  const int yard = centre.at_bay(2).at(0);
  CHECK(std::abs(bay - 5000) < 250);  // five standard deviations
  CHECK(std::abs(yard - 3000) < 230);
  CHECK(centre->products[letter].out == 10'000 - bay - yard);
}

TEST_CASE("A lot taken from another has its stamps and a key of its own") {
  SmallCentre centre(press(-1));
  const LotIndex l = centre.comes(10, 0, letter, south, 9 * hour);
  centre.until(minute);
  const LotIndex a = centre->flow.split(l, 3);
  const LotIndex b = centre->flow.split(l, 3);
  CHECK(centre[l].items == 4);
  CHECK(centre[a].items == 3);
  CHECK(centre[a].due == 9 * hour);
  CHECK(centre[a].destination == south);
  CHECK(centre[a].arrived == 0);
  CHECK(centre[l].children == 2);
  CHECK(centre[a].children == 0);
  CHECK(centre[a].key != centre[b].key);
  CHECK(centre[a].key != centre[l].key);
  CHECK(centre[b].number == centre[a].number + 1);
}

TEST_CASE("Of a bag taken apart both parts are due with what is in them, the last put in goes first") {
  // In the bag: 4 due at 10:00 that came at 00:00, then 3 due at 08:00 that came at 00:05. Five are taken: the 3, and 2
  // of the 4.
  Model m = model_of({place(StationKind::bagging, "bags", 1), place(StationKind::bay, "bay")});
  m.stations[0].bag_items = 7;
  SmallCentre centre(m);
  centre.comes(4, 0, letter, none, 10 * hour);
  centre.until(5 * minute);
  centre.comes(3, 0, letter, none, 8 * hour);
  const LotIndex bag = centre->bays.there(StationIndex(1)).front();
  CHECK(centre[bag].due == 8 * hour);
  const LotIndex part = centre->flow.split(bag, 5);
  CHECK(centre[part].items == 5);
  CHECK(centre[part].due == 8 * hour);
  CHECK(centre[part].arrived == 0);
  CHECK(centre[bag].items == 2);
  CHECK(centre[bag].due == 10 * hour);
  CHECK(centre[bag].arrived == 0);
  const LotIndex of_bag = centre[bag].members;
  REQUIRE(of_bag != none);
  CHECK(centre[of_bag].items == 2);
  CHECK(centre[of_bag].next == none);
  int items = 0;
  for (LotIndex l = centre[part].members; l != none; l = centre[l].next) items += centre[l].items;
  CHECK(items == 5);
  const LotIndex rest = centre->flow.split(part, 3);  // the 2 of the 4 lie first in it now; then 1 of the 3
  CHECK(centre[rest].due == 8 * hour);
  CHECK(centre[part].due == 8 * hour);
  CHECK(centre[part].arrived == 5 * minute);
}

TEST_CASE("Mail that goes round in no time ends the run with the stations named") {
  Model m = model_of({place(StationKind::hold, "here", 1), place(StationKind::hold, "there", 0)});
  for (Station& s : m.stations) s.held_share = 0;
  SmallCentre centre(m);
  CHECK_THROWS_WITH(centre.comes(1, 0), Catch::Contains("here") && Catch::Contains("there"));
}

}  // namespace
}  // namespace mailflow::parts
