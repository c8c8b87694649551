// Conveyors and walks: every lot takes its time, whoever else is there.
#include "centre/kinds/delays.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "centre/small_centre.hpp"

namespace mailflow::parts {
namespace {

TEST_CASE("Every lot takes its own time over a walk, whoever else walks") {
  SmallCentre centre(model_of({place(StationKind::walk, "walk", 1), place(StationKind::bay, "bay")}));
  centre.comes(2, 0);
  centre.until(3 * minute);
  centre.comes(4, 0);
  centre.until(5 * minute - 1);
  CHECK(centre.at_bay(1).empty());
  centre.until(5 * minute);
  CHECK(centre.at_bay(1) == std::vector<int>{2});
  centre.until(8 * minute);
  CHECK(centre.at_bay(1) == std::vector<int>{2, 4});
  CHECK(centre.minutes(0, Cause::moving) == 6 * 5);
  CHECK(centre->stations[StationIndex(0)].longest_wait == 5 * minute);
}

TEST_CASE("A lot that comes by the same conveyor again draws its time anew, and as in any run of the seed") {
  Model m = model_of({place(StationKind::conveyor, "belt", 1), place(StationKind::bay, "bay")});
  m.stations[0].takes = {Law::uniform, 0, 1.0 * hour, 0, {}, {}};
  const auto times = [&m] {
    SmallCentre centre(m);
    const LotIndex l = centre.comes(1, 0);
    const Ticks first = centre->agenda.pending().front().at;
    centre.until(first);
    CHECK(centre[l].handlings == 1);
    centre->delays.enter(l, StationIndex(0));
    return std::vector<Ticks>{first, centre->agenda.pending().front().at - first};
  };
  CHECK(times() == times());
  CHECK(times()[0] != times()[1]);
}

TEST_CASE("A lot that is on its way at an instant is booked up to it") {
  SmallCentre centre(model_of({place(StationKind::conveyor, "belt")}));
  const LotIndex l = centre.comes(3, 0);
  centre.until(2 * minute);
  centre->delays.settle(centre[l]);
  CHECK(centre.minutes(0, Cause::moving) == 6);
}

}  // namespace
}  // namespace mailflow::parts
