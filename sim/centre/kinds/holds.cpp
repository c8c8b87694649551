#include "centre/kinds/holds.hpp"

#include <algorithm>

#include "centre/flow.hpp"

namespace mailflow {

Holds::Holds(const With& with)
    : setting_(with.setting),
      agenda_(with.agenda),
      lots_(with.lots),
      log_(with.log),
      ledger_(with.ledger),
      flow_(with.flow) {
  for (const Station& is : setting_.model.stations) {
    keys_.push_back(setting_.stream("station " + is.name, "hold"));
    resumed_keys_.push_back(setting_.stream("station " + is.name, "service"));
  }
}

Ticks Holds::out_at(StationIndex s, Stream& stream) const {
  const Station& is = setting_.station(s);
  const Ticks until = agenda_.now() + draw_ticks(is.takes, stream);
  if (is.always_open) return until;
  const auto span = std::find_if(is.open.begin(), is.open.end(), [&](const Span& open) { return open.to > until; });
  return span == is.open.end() ? never : std::max(until, span->from);
}

void Holds::enter(LotIndex l, StationIndex s) {
  Lot& lot = lots_[l];
  Stream stream = keyed(keys_[s], lot.key, lot.handlings++);
  const auto held = static_cast<int>(draw_binomial(lot.items, setting_.station(s).held_share, stream));
  const bool all = held == lot.items;
  for (int i = 0; i < held; ++i) {
    const LotIndex one = all && i + 1 == held ? l : flow_.split(l, 1);
    Stream takes = held == 1 ? stream : keyed(keys_[s], lots_[one].key, lots_[one].handlings);
    agenda_.schedule_at(s, out_at(s, takes), EventKind::delay_end, one);
    if (one == l) return;
  }
  flow_.pass(l, s);
}

void Holds::end(LotIndex l) {
  Lot& lot = lots_[l];
  ledger_.book(lot, Cause::customs_hold);
  if (log_.on()) log_.tell("hold", l);
  flow_.route(l, none);
}

void Holds::resume(LotIndex l, const MailThere& there) {
  Lot& lot = lots_[l];
  if (there.wants != none) {
    flow_.wait_at_door(l, there.wants, none);
    return;
  }
  Ticks out = agenda_.now() + there.left;
  if (there.left < 0) {
    Stream stream = keyed(resumed_keys_[lot.station], lot.key, lot.handlings++);
    out = out_at(lot.station, stream);
  }
  agenda_.schedule_at(lot.station, out, EventKind::delay_end, l);
}

}  // namespace mailflow
