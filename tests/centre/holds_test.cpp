// Holds: what is kept, for how long, and when it comes out.
#include "centre/kinds/holds.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <vector>

#include "centre/small_centre.hpp"

namespace mailflow::parts {
namespace {

/// Customs hold such a share of the items for 5 minutes each.
Model customs(double held_share) {
  Model m = model_of({place(StationKind::hold, "customs", 1), place(StationKind::bay, "bay")});
  m.stations[0].held_share = held_share;
  return m;
}

TEST_CASE("Held items come out one by one, each after its own time") {
  SmallCentre centre(customs(1));
  const LotIndex l = centre.comes(3, 0);
  CHECK(centre->agenda.pending().size() == 3);
  CHECK(centre[l].items == 1);  // the lot itself is the last of its items
  centre.until(5 * minute - 1);
  CHECK(centre.at_bay(1).empty());
  centre.until(5 * minute);
  CHECK(centre.at_bay(1) == std::vector<int>{1, 1, 1});
  CHECK(centre.minutes(0, Cause::customs_hold) == 15);
}

TEST_CASE("Items that are not held pass at once and stay together") {
  SmallCentre none_held(customs(0));
  none_held.comes(7, 0);
  CHECK(none_held.at_bay(1) == std::vector<int>{7});
  SmallCentre some_held(customs(0.5));
  some_held.comes(1000, 0);
  const int passed = some_held.at_bay(1).at(0);
  CHECK(std::abs(passed - 500) < 80);  // five standard deviations of sqrt(1000) / 2
  some_held.until(5 * minute);
  CHECK(static_cast<int>(some_held.at_bay(1).size()) == 1 + 1000 - passed);
}

TEST_CASE("Each held item draws a time of its own") {
  Model m = customs(1);
  m.stations[0].takes = {Law::uniform, 0, 1.0 * hour, 0, {}, {}};
  SmallCentre centre(m);
  centre.comes(2, 0);
  const std::vector<Event> out = centre->agenda.pending();
  REQUIRE(out.size() == 2);
  CHECK(out[0].at != out[1].at);
}

TEST_CASE("Where customs have opening hours an item comes out within them") {
  Model m = customs(1);
  m.stations[0].always_open = false;
  m.stations[0].open = {{8 * hour, 9 * hour}, {13 * hour, 14 * hour}};
  SmallCentre centre(m);
  const auto comes_out = [&](Ticks comes) {
    centre.until(comes);
    centre.comes(1, 0);
    Ticks at = never;
    for (const Event& event : centre->agenda.pending())
      if (kind_of(event) == EventKind::delay_end) at = event.at;
    centre.until(std::min(at, day));
    return at;
  };
  CHECK(comes_out(7 * hour) == 8 * hour);  // not before they open
  CHECK(comes_out(8 * hour + 10 * minute) == 8 * hour + 15 * minute);
  CHECK(comes_out(8 * hour + 55 * minute) == 13 * hour);  // its time is up as they close
  CHECK(comes_out(13 * hour + 55 * minute - 1) == 14 * hour - 1);
  CHECK(comes_out(14 * hour) == never);  // they do not open again
}

}  // namespace
}  // namespace mailflow::parts
