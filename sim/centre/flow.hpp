// A lot's way through the centre: in, from station to station, out.
//
//   come_in -> try_enter -> enter -> (its kind: kinds/table.hpp) -> route -> try_enter ... -> leave_centre
//                  | no room in the queue
//                  v
//              at the door, or with the server that handled it, until admit() lets it in
#pragma once

#include <cstdint>
#include <vector>

#include "centre/agenda.hpp"
#include "centre/ledger.hpp"
#include "centre/lot_log.hpp"
#include "centre/lots.hpp"
#include "centre/product_counts.hpp"
#include "centre/route_table.hpp"
#include "centre/setting.hpp"
#include "centre/station_counts.hpp"
#include "core/index.hpp"
#include "core/index_set.hpp"

namespace mailflow {

struct Kinds;
class Servers;
class Transport;

class Flow {
 public:
  struct With {
    const Setting& setting;
    Agenda& agenda;
    LotPool& lots;
    LotLog& log;
    Ledger& ledger;
    StationCounts& counts;
    ProductCounts& products;
    Servers& servers;
    Transport& transport;
    Kinds& kinds;
  };
  explicit Flow(const With& with);

  /// A new lot comes into the centre.
  void arrive(LotIndex l, StationIndex s);
  /// A lot that has its stamps comes in.
  void come_in(LotIndex l, StationIndex s);
  /// Sends a lot on from its station. `from`: the server whose it was, to be blocked when there is no room (none:
  /// nobody's).
  void route(LotIndex l, ServerIndex from) {
    const RouteTable& table = routes_[lots_[l].station];
    follow(l, table, table.begin(), from);
  }
  /// Likewise what a diversion of the station takes, by its number.
  void divert(LotIndex l, std::size_t diversion, ServerIndex from) {
    const RouteTable& table = diversions_[lots_[l].station][diversion];
    follow(l, table, table.begin(), from);
  }
  /// The lot goes on from the station at once; so deep, within each other, that it would never end, it throws
  /// RunFailure.
  void pass(LotIndex l, StationIndex s);
  /// Takes `items` of a lot (fewer than it has) into a new one that is where the old one is.
  LotIndex split(LotIndex l, int items);
  void leave_station(const Lot& lot);
  /// The lot has left its station and leaves the centre, by a departure or (none) at once.
  void leave_centre(LotIndex l, DepartureIndex departure);
  /// The longest that the lot has been at its station, or any in the bag that was made there.
  Ticks longest_stay(const Lot& lot) const;

  // doors
  bool waits_at_door(StationIndex s) const { return doors_[s].first != none; }
  /// Those at whose doors lots wait.
  const IndexSet<Station>& at_doors() const { return at_doors_; }
  /// The lots at the station's door, in order; tells of each.
  template <typename Tell>
  void each_at_door(StationIndex s, const Tell& tell) const {
    for (LotIndex l = doors_[s].first; l != none; l = lots_[l].next) tell(l);
  }
  void wait_at_door(LotIndex l, StationIndex s, ServerIndex from);
  /// Lets in what waits at the station's door, as far as there is room.
  void admit(StationIndex s) {
    if (waits_at_door(s)) let_in(s);
  }

  std::uint64_t share_key(StationIndex s) const { return share_keys_[s]; }

 private:
  struct Door {
    LotIndex first, last;  ///< of the lots that wait for room in the queue
  };
  bool has_room(StationIndex s, const Lot& lot) const;
  void try_enter(LotIndex l, StationIndex s, ServerIndex from);
  void enter(LotIndex l, StationIndex s);
  void let_in(StationIndex s);
  void follow(LotIndex l, const RouteTable& table, int at, ServerIndex from);
  void share(LotIndex l, const RouteTable& table, int at, ServerIndex from);
  void date_bag(Lot& bag) const;
  void count_leaving(const Lot& lot, std::int64_t bag, DepartureIndex departure);

  const Setting& setting_;
  Agenda& agenda_;
  LotPool& lots_;
  LotLog& log_;
  Ledger& ledger_;
  StationCounts& counts_;
  ProductCounts& products_;
  Servers& servers_;
  Transport& transport_;
  Kinds& kinds_;
  Rows<Station, Door> doors_;
  IndexSet<Station> at_doors_;
  Rows<Station, std::uint64_t> share_keys_;
  Rows<Station, RouteTable> routes_;
  Rows<Station, std::vector<RouteTable>> diversions_;
  std::vector<StationIndex> passed_;  ///< stations that mail is passing at once, one within the other
};

}  // namespace mailflow
