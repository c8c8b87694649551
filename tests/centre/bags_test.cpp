// Bags: when they go, what is in them, when they are due.
#include "centre/kinds/bags.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "centre/small_centre.hpp"

namespace mailflow::parts {
namespace {

/// Bags of ten (after 30 minutes part-filled ones go), which go into sacks of 25, which go to a bay.
Model bags_in_sacks(StationIndex next = 1) {
  Model m = model_of({place(StationKind::bagging, "bags", next), place(StationKind::bagging, "sacks", 2),
                      place(StationKind::bay, "bay")});
  m.stations[0].bag_items = 10;
  m.stations[0].bag_at_most = 30 * minute;
  m.stations[1].bag_items = 25;
  return m;
}

/// The items of the members of a bag at the bay.
std::vector<int> members(SmallCentre& centre, LotIndex bag) {
  std::vector<int> items;
  for (LotIndex m = centre[bag].members; m != none; m = centre[m].next) items.push_back(centre[m].items);
  return items;
}

TEST_CASE("A bag that is full goes at once, and what is over is in the next") {
  SmallCentre centre(bags_in_sacks(2));
  for (const int items : {4, 4, 4}) centre.comes(items, 0);
  CHECK(centre.at_bay(2) == std::vector<int>{10});
  const std::vector<LotIndex> open = centre->bags.there(StationIndex(0));
  REQUIRE(open.size() == 1);
  CHECK(centre[open[0]].items == 2);
  CHECK(centre->stations[StationIndex(0)].items == 2);
  CHECK(centre->stations[StationIndex(2)].items == 10);
}

TEST_CASE("A lot of many bags fills them one after the other") {
  SmallCentre centre(bags_in_sacks(2));
  centre.comes(30, 0);
  CHECK(centre.at_bay(2) == std::vector<int>{10, 10, 10});
  CHECK(centre->bags.there(StationIndex(0)).empty());
}

TEST_CASE("Each product and destination has a bag of its own") {
  SmallCentre centre(bags_in_sacks(2));
  centre.comes(5, 0, letter, north);
  centre.comes(5, 0, letter, south);
  centre.comes(5, 0, letter, none);
  centre.comes(5, 0, flat, none);
  CHECK(centre->bags.there(StationIndex(0)).size() == 4);
  centre.comes(5, 0, letter, south);
  CHECK(centre.at_bay(2) == std::vector<int>{10});
  CHECK(centre->bags.there(StationIndex(0)).size() == 3);
}

TEST_CASE("A part-filled bag goes half an hour after its first item, not after that of the bag before it") {
  // The first bag is full at 00:10; the second begins at 00:20 with 5 and goes at 00:50 with 3 more.
  SmallCentre centre(bags_in_sacks(2));
  centre.comes(4, 0);
  centre.until(10 * minute);
  centre.comes(6, 0);
  centre.until(20 * minute);
  centre.comes(5, 0);
  centre.until(40 * minute);
  centre.comes(3, 0);
  centre.until(50 * minute - 1);
  CHECK(centre.at_bay(2) == std::vector<int>{10});
  centre.until(50 * minute);
  CHECK(centre.at_bay(2) == std::vector<int>{10, 8});
  CHECK(centre.minutes(0, Cause::filling) == 4 * 10 + 5 * 30 + 3 * 10);
}

TEST_CASE("A bag is due, and has come, with the first of what is in it") {
  SmallCentre centre(bags_in_sacks(2));
  centre.comes(3, 0, letter, none, 9 * hour);
  centre.until(5 * minute);
  centre.comes(3, 0, letter, none, 7 * hour);
  const std::vector<LotIndex> open = centre->bags.there(StationIndex(0));
  REQUIRE(open.size() == 1);
  CHECK(centre[open[0]].due == 7 * hour);
  CHECK(centre[open[0]].arrived == 0);
  centre.comes(4, 0, letter, none, 8 * hour);
  const LotIndex bag = centre->bays.there(StationIndex(2)).front();
  CHECK(centre[bag].due == 7 * hour);
  CHECK(members(centre, bag) == std::vector<int>{4, 3, 3});
}

TEST_CASE("A bag of what is never due is never due") {
  SmallCentre centre(bags_in_sacks(2));
  centre.comes(10, 0);
  CHECK(centre[centre->bays.there(StationIndex(2)).front()].due == never);
}

TEST_CASE("In a sack there are the lots of its bags, as long as their bags were there") {
  // Two bags at 00:00 and 00:10; of a third, at 00:20, five fill the sack: 10 + 10 + 5.
  SmallCentre centre(bags_in_sacks());
  centre.comes(10, 0, letter, none, 9 * hour);
  centre.until(10 * minute);
  for (const int items : {6, 4}) centre.comes(items, 0, letter, none, 8 * hour);
  centre.until(20 * minute);
  centre.comes(10, 0, letter, none, 7 * hour);
  CHECK(centre.at_bay(2) == std::vector<int>{25});
  const LotIndex sack = centre->bays.there(StationIndex(2)).front();
  int items = 0;
  for (LotIndex m = centre[sack].members; m != none; m = centre[m].next) {
    items += centre[m].items;
    CHECK(centre[m].members == none);
    CHECK_FALSE(centre[m].in_centre);
  }
  CHECK(items == 25);
  CHECK(centre[sack].due == 7 * hour);
  const std::vector<LotIndex> open = centre->bags.there(StationIndex(1));
  REQUIRE(open.size() == 1);
  CHECK(centre[open[0]].items == 5);
  CHECK(centre[open[0]].due == 7 * hour);
  CHECK(centre.minutes(1, Cause::filling) == 10 * 20 + 10 * 10);
  CHECK(in_minutes(centre->stations[StationIndex(1)].visit_time) == 10 * 20 + 10 * 10);
  CHECK(centre->stations[StationIndex(1)].longest_wait == 20 * minute);
}

TEST_CASE("Bags that never go part-filled wait to the end") {
  SmallCentre centre(bags_in_sacks());
  CHECK(centre->bags.timed(StationIndex(0)));
  CHECK_FALSE(centre->bags.timed(StationIndex(1)));
  centre.comes(20, 0);
  centre.until(day - 1);
  CHECK(centre.at_bay(2).empty());
  CHECK(centre[centre->bags.there(StationIndex(1)).front()].items == 20);
}

}  // namespace
}  // namespace mailflow::parts
