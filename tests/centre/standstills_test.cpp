// Standing still for ever: who waits for whom.
#include "centre/standstills.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "centre/small_centre.hpp"

namespace mailflow::parts {
namespace {

/// "b" sends to "a" and "a" to "b", each with room for one item; `servers` at "a". A third, "c", sends to "b".
Model round(int servers) {
  Model m = model_of(
      {place(StationKind::machine, "b", 1), place(StationKind::machine, "a", 0), place(StationKind::machine, "c", 0)});
  for (Station& s : m.stations) s.queue_holds = 1;
  m.stations[1].servers = servers;
  return m;
}
const StationIndex b{0}, a{1}, c{2};

TEST_CASE("Two machines that wait for room with each other stand still since the second is blocked") {
  SmallCentre centre(round(1));
  centre->servers.block(ServerIndex(0), a);
  centre->standstills.look(b);
  CHECK(centre->standstills.found().empty());  // "a" is at work and may take mail
  centre.until(hour);
  centre->servers.block(ServerIndex(1), b);
  centre->standstills.look(a);
  REQUIRE(centre->standstills.found().size() == 1);
  CHECK(centre->standstills.found()[0].since == hour);
  CHECK(centre->standstills.found()[0].stations == std::vector<StationIndex>{1, 0});  // by name
  centre->standstills.look(a);
  CHECK(centre->standstills.found().size() == 1);  // told once
}

TEST_CASE("While one of a station's machines may take mail nothing stands still") {
  SmallCentre centre(round(2));
  centre->servers.block(ServerIndex(0), a);
  centre->servers.block(ServerIndex(1), b);
  CHECK_FALSE(centre->servers.all_blocked(a));
  centre->standstills.look(b);
  centre->standstills.look(a);
  CHECK(centre->standstills.found().empty());
  centre->servers.block(ServerIndex(2), b);
  CHECK(centre->servers.all_blocked(a));
  centre->standstills.look(a);
  CHECK(centre->standstills.found().size() == 1);
}

TEST_CASE("A machine that also waits for room where there can be some moves again") {
  // of two lots of "a" one waits for "c", which is at work
  SmallCentre centre(round(1));
  centre->servers.block(ServerIndex(0), a);
  centre->servers.block(ServerIndex(1), b);
  centre->servers.block(ServerIndex(1), c);
  centre->standstills.look(a);
  REQUIRE(centre->standstills.found().size() == 1);  // it cannot get rid of the other
  SmallCentre other(round(1));
  other->servers.block(ServerIndex(0), a);
  other->servers.block(ServerIndex(1), c);
  other->standstills.look(b);
  other->standstills.look(a);
  CHECK(other->standstills.found().empty());
}

TEST_CASE("Who only waits behind others that stand still is no standstill of its own") {
  SmallCentre centre(round(1));
  centre->servers.block(ServerIndex(0), a);
  centre->servers.block(ServerIndex(1), b);
  centre->standstills.look(a);
  centre->servers.block(ServerIndex(2), b);
  centre->standstills.look(c);
  CHECK(centre->standstills.found().size() == 1);
}

}  // namespace
}  // namespace mailflow::parts
