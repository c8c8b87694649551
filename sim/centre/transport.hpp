// Departures: what they take from the bays, vehicle by vehicle; and the links by which mail comes from and goes to
// other centres of a network.
#pragma once

#include <cstdint>
#include <vector>

#include "centre/agenda.hpp"
#include "centre/centre_run.hpp"
#include "centre/kinds/bays.hpp"
#include "centre/ledger.hpp"
#include "centre/lot_log.hpp"
#include "centre/lots.hpp"
#include "centre/product_counts.hpp"
#include "centre/setting.hpp"
#include "core/index.hpp"
#include "metrics/results.hpp"

namespace mailflow {

class Flow;

/// What a vehicle of a departure has aboard.
struct Vehicle {
  double items = 0;
  double kg = 0;
};

class Transport {
 public:
  struct With {
    const Setting& setting;
    Agenda& agenda;
    LotPool& lots;
    LotLog& log;
    Ledger& ledger;
    ProductCounts& products;
    Bays& bays;
    Flow& flow;
  };
  explicit Transport(const With& with);

  /// The departures that are next go onto the agenda.
  void start_clocks();
  void depart(DepartureIndex d);
  /// A lot, or one in a bag, is aboard the trip that goes now: in time or late. By a link it joins the load.
  void takes(const Lot& lot, DepartureIndex d);
  bool is_link(DepartureIndex d) const { return setting_.departure(d).link != none; }

  /// Lots that come by a link at an instant, and when they do: CentreRun.
  void receive(Ticks at, std::vector<ThroughLot> lots);
  void load_arrives(std::uint32_t load);
  std::vector<Load> take_loads();

  void reset() { results_.fill(DepartureResult()); }
  void fill(Results& results) const;

  /// For the loop by blocks, which loads for itself.
  DepartureResult& record(DepartureIndex d) { return results_[d]; }
  void has_left(Load load);
  /// The next instant of the timetable after now goes onto the agenda; the number of the trip that goes now.
  std::size_t schedule_next(DepartureIndex d);

 private:
  struct Trip {  ///< while it is loaded
    DepartureIndex departure;
    std::vector<Vehicle> vehicles;
  };
  struct Ranked {  ///< a lot to be loaded, by what goes before what
    int destination = 0;
    std::int64_t rank = 0;
    std::size_t came = 0;
    LotIndex lot;
  };
  std::vector<LotIndex>& in_time(DepartureIndex d, std::size_t trip, StationIndex bay);
  void rank(const Departure& is, StationIndex bay, std::vector<LotIndex>& lots);
  void load_from(StationIndex bay, std::size_t which, Trip& trip);
  bool load(LotIndex l, Trip& trip);
  void load_lot(LotIndex l, Vehicle& vehicle, DepartureIndex d);
  void join_load(const Lot& lot, DepartureIndex d);

  const Setting& setting_;
  Agenda& agenda_;
  LotPool& lots_;
  LotLog& log_;
  Ledger& ledger_;
  ProductCounts& products_;
  Bays& bays_;
  Flow& flow_;
  Rows<Departure, DepartureResult> results_;
  Rows<Departure, std::vector<DestinationIndex>> serves_;  ///< on every trip
  std::vector<DestinationIndex> serves_now_;               ///< on one trip of a link
  DepartureTrip trip_;                                     ///< of the one that goes now
  std::vector<LotIndex> loading_;
  std::vector<Ranked> ranked_;
  std::vector<std::vector<ThroughLot>> coming_;  ///< loads by links that have not come yet
  std::vector<Load> going_;                      ///< loads that have left and not been taken over yet
};

}  // namespace mailflow
