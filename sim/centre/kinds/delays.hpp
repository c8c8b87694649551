// Conveyors and walks: every lot takes its time, drawn or constant, however many are there.
#pragma once

#include "centre/agenda.hpp"
#include "centre/ledger.hpp"
#include "centre/lot_log.hpp"
#include "centre/lots.hpp"
#include "centre/setting.hpp"
#include "core/index.hpp"
#include "mail/situation.hpp"

namespace mailflow {

class Flow;

class Delays {
 public:
  struct With {
    const Setting& setting;
    Agenda& agenda;
    LotPool& lots;
    LotLog& log;
    Ledger& ledger;
    Flow& flow;
  };
  explicit Delays(const With& with);

  void enter(LotIndex l, StationIndex s);
  /// Its time has passed.
  void end(LotIndex l);
  void settle(Lot& lot) { ledger_.book(lot, Cause::moving); }
  void resume(LotIndex l, const MailThere& there);

 private:
  const Setting& setting_;
  Agenda& agenda_;
  LotPool& lots_;
  LotLog& log_;
  Ledger& ledger_;
  Flow& flow_;
  Rows<Station, std::uint64_t> keys_;
};

}  // namespace mailflow
