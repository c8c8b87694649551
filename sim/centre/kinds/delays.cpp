#include "centre/kinds/delays.hpp"

#include <algorithm>

#include "centre/flow.hpp"
#include "core/random.hpp"

namespace mailflow {

Delays::Delays(const With& with)
    : setting_(with.setting),
      agenda_(with.agenda),
      lots_(with.lots),
      log_(with.log),
      ledger_(with.ledger),
      flow_(with.flow) {
  for (const Station& is : setting_.model.stations) keys_.push_back(setting_.stream("station " + is.name, "service"));
}

void Delays::enter(LotIndex l, StationIndex s) {
  Lot& lot = lots_[l];
  Stream stream = keyed(keys_[s], lot.key, lot.handlings++);
  agenda_.schedule_at(s, agenda_.now() + draw_ticks(setting_.station(s).takes, stream), EventKind::delay_end, l);
}

void Delays::end(LotIndex l) {
  Lot& lot = lots_[l];
  ledger_.book(lot, Cause::moving);
  if (log_.on()) log_.tell("move", l);
  flow_.route(l, none);
}

void Delays::resume(LotIndex l, const MailThere& there) {
  const StationIndex s = lots_[l].station;
  if (there.wants != none)
    flow_.wait_at_door(l, there.wants, none);
  else if (there.left >= 0)
    agenda_.schedule_at(s, agenda_.now() + there.left, EventKind::delay_end, l);
  else
    enter(l, s);
}

}  // namespace mailflow
