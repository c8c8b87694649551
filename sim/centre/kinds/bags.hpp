// Bagging: lots are gathered by product and destination into bags of so many items; a full bag goes on at once, a
// part-filled one so long after its first item.
#pragma once

#include <cstdint>
#include <vector>

#include "centre/agenda.hpp"
#include "centre/ledger.hpp"
#include "centre/lot_log.hpp"
#include "centre/lots.hpp"
#include "centre/setting.hpp"
#include "centre/station_counts.hpp"
#include "core/index.hpp"
#include "mail/situation.hpp"

namespace mailflow {

class Flow;

class Bags {
 public:
  struct With {
    const Setting& setting;
    Agenda& agenda;
    LotPool& lots;
    LotLog& log;
    Ledger& ledger;
    StationCounts& counts;
    Flow& flow;
  };
  explicit Bags(const With& with);

  /// Puts the lot into the open bag of its product and destination; the bag that it fills goes on.
  void enter(LotIndex l, StationIndex s);
  /// The bag's time has passed, unless it has gone on since. `token`: of the event.
  void time_is_up(LotIndex bag, std::uint32_t token);
  void settle(Lot& lot) { ledger_.book(lot, Cause::filling); }
  void resume(LotIndex l, const MailThere& there);
  /// The open bags.
  std::vector<LotIndex> there(StationIndex s) const;
  /// Whether bags go on part-filled when their time is up.
  bool timed(StationIndex s) const { return setting_.station(s).bag_at_most != never; }

 private:
  std::size_t slot_of(const Lot& lot) const;
  void open_bag(std::size_t slot, StationIndex s, const Lot& first);
  void put_in(LotIndex put, LotIndex bag, StationIndex s);
  void close_bag(LotIndex bag);

  const Setting& setting_;
  Agenda& agenda_;
  LotPool& lots_;
  LotLog& log_;
  Ledger& ledger_;
  StationCounts& counts_;
  Flow& flow_;
  Rows<Station, std::vector<LotIndex>> open_;  ///< by product and destination
};

}  // namespace mailflow
