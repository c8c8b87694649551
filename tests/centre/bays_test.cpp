// Bays: what stands there for whom, in order of coming.
#include "centre/kinds/bays.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "centre/small_centre.hpp"

namespace mailflow::parts {
namespace {

struct Dock : Ground {
  Dock()
      : Ground(model_of({place(StationKind::bay, "bay"), place(StationKind::bay, "yard")})),
        ledger(setting, agenda, log),
        bays(setting, lots, ledger) {}
  LotIndex comes(int at_minute, DestinationIndex to, StationIndex bay = 0) {
    agenda.set_now(at_minute * minute);
    const LotIndex l = lot(1, bay);
    lots[l].destination = to;
    bays.enter(l, bay);
    return l;
  }
  StationIndex bay{0};
  Ledger ledger;
  Bays bays;
};
using Lots = std::vector<LotIndex>;

TEST_CASE("A departure finds the lots for its destinations in the order in which they came to the bay") {
  Dock dock;
  const LotIndex a = dock.comes(1, north);
  const LotIndex b = dock.comes(2, south);
  const LotIndex c = dock.comes(3, north);
  const LotIndex d = dock.comes(4, none);
  const LotIndex elsewhere = dock.comes(4, north, 1);
  CHECK(dock.bays.for_destinations(dock.bay, {north}, hour) == Lots{a, c});
  CHECK(dock.bays.for_destinations(dock.bay, {south, north}, hour) == Lots{a, b, c});
  CHECK(dock.bays.for_destinations(dock.bay, {}, hour).empty());
  CHECK(dock.bays.all(dock.bay, hour) == Lots{a, b, c, d});
  CHECK(dock.bays.all(StationIndex(1), hour) == Lots{elsewhere});
  CHECK(dock.bays.there(dock.bay) == Lots{a, b, c, d});
}

TEST_CASE("What came to the bay at the instant at which a departure closes is in time for it, and later is not") {
  Dock dock;
  const LotIndex a = dock.comes(10, north);
  const LotIndex b = dock.comes(11, south);
  CHECK(dock.bays.for_destinations(dock.bay, {north, south}, 10 * minute) == Lots{a});
  CHECK(dock.bays.all(dock.bay, 10 * minute) == Lots{a});
  CHECK(dock.bays.all(dock.bay, 10 * minute - 1).empty());
  CHECK(dock.bays.all(dock.bay, 11 * minute) == Lots{a, b});
}

TEST_CASE("Lots that are aboard are no longer at the bay, and the others stay in their order") {
  Dock dock;
  const LotIndex a = dock.comes(1, north);
  const LotIndex b = dock.comes(2, north);
  const LotIndex c = dock.comes(3, south);
  const LotIndex d = dock.comes(4, north);
  dock.bays.for_destinations(dock.bay, {north, south}, hour);
  dock.lots[b].aboard = dock.lots[c].aboard = true;
  dock.bays.remove_aboard();
  CHECK(dock.bays.there(dock.bay) == Lots{a, d});
  CHECK(dock.bays.for_destinations(dock.bay, {south}, hour).empty());
}

TEST_CASE("Mail at a bay waits for its departure, and after one left it behind for want of room for a full vehicle") {
  Dock dock;
  Lot& lot = dock.lots[dock.comes(0, north)];
  const auto booked = [&](Cause cause) {
    return in_minutes(dock.ledger.row(dock.bay, letter)[static_cast<std::size_t>(cause)]);
  };
  dock.agenda.set_now(10 * minute);
  dock.bays.settle(lot);
  lot.missed_vehicle = true;
  dock.agenda.set_now(13 * minute);
  dock.bays.settle(lot);
  CHECK(booked(Cause::waiting_for_departure) == 10);
  CHECK(booked(Cause::full_vehicle) == 3);
}

}  // namespace
}  // namespace mailflow::parts
