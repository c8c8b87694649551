// Bays: mail stands there, by destination, until a departure takes it.
#pragma once

#include <cstdint>
#include <vector>

#include "centre/ledger.hpp"
#include "centre/lots.hpp"
#include "centre/setting.hpp"
#include "core/index.hpp"
#include "mail/situation.hpp"

namespace mailflow {

class Bays {
 public:
  Bays(const Setting& setting, LotPool& lots, Ledger& ledger);

  void enter(LotIndex l, StationIndex s);
  void settle(Lot& lot) { ledger_.book(lot, why_there(lot)); }
  void resume(LotIndex l, const MailThere& /*there*/) { enter(l, lots_[l].station); }
  /// Why a lot stands there.
  static Cause why_there(const Lot& lot) {
    return lot.missed_vehicle ? Cause::full_vehicle : Cause::waiting_for_departure;
  }

  /// The lots for these destinations that had entered by an instant, in order of coming; valid until the next call.
  std::vector<LotIndex>& for_destinations(StationIndex s, const std::vector<DestinationIndex>& destinations,
                                          Ticks entered_by);
  /// Likewise all lots, also those without a destination.
  std::vector<LotIndex>& all(StationIndex s, Ticks entered_by);
  /// Those of the last call that are now aboard are no longer there.
  void remove_aboard();
  /// All lots, in order of coming.
  std::vector<LotIndex> there(StationIndex s) const;

 private:
  using Pile = std::vector<LotIndex>;  ///< in order of coming
  std::size_t pile_of(DestinationIndex to) const { return to == none ? setting_.model.destinations.size() : to.at(); }
  void look_at(Pile& pile, Ticks entered_by);
  std::vector<LotIndex>& in_order();

  const Setting& setting_;
  LotPool& lots_;
  Ledger& ledger_;
  Rows<Station, std::vector<Pile>> piles_;  ///< [destination, last: none]
  std::int64_t entries_ = 0;
  // of the last call
  std::vector<LotIndex> found_;
  std::vector<Pile*> looked_at_;  ///< where any were found
};

}  // namespace mailflow
