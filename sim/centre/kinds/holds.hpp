// Holds (customs): a share of the items is kept for a time of its own, the others pass at once. Where the station has
// opening hours, an item comes out within them.
#pragma once

#include "centre/agenda.hpp"
#include "centre/ledger.hpp"
#include "centre/lot_log.hpp"
#include "centre/lots.hpp"
#include "centre/setting.hpp"
#include "core/index.hpp"
#include "core/random.hpp"
#include "mail/situation.hpp"

namespace mailflow {

class Flow;

class Holds {
 public:
  struct With {
    const Setting& setting;
    Agenda& agenda;
    LotPool& lots;
    LotLog& log;
    Ledger& ledger;
    Flow& flow;
  };
  explicit Holds(const With& with);

  /// Each item falls to the hold by its own chance and has its own time; the others pass at once.
  void enter(LotIndex l, StationIndex s);
  /// Its time has passed.
  void end(LotIndex l);
  void settle(Lot& lot) { ledger_.book(lot, Cause::customs_hold); }
  void resume(LotIndex l, const MailThere& there);

 private:
  /// When what takes a time drawn from the stream comes out; never: the station does not open again.
  Ticks out_at(StationIndex s, Stream& stream) const;

  const Setting& setting_;
  Agenda& agenda_;
  LotPool& lots_;
  LotLog& log_;
  Ledger& ledger_;
  Flow& flow_;
  Rows<Station, std::uint64_t> keys_, resumed_keys_;
};

}  // namespace mailflow
