#include "centre/lot_log.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// Since when what goes on with a lot of a situation has gone on; where the situation does not say it, from now on.
Ticks going_on_since(const MailThere& there, Ticks now) {
  if (there.at_door) return std::min(there.arrived, now);
  if (there.wants != none || there.set_up) return now;
  if (there.position != none) return now - there.worked;
  const bool in_hand_before = there.done > 0 || there.pass > 0 || there.first || there.worked > 0;
  return in_hand_before ? now : std::min(there.entered, now);
}

}  // namespace

LotLog::LotLog(const Setting& setting, const Agenda& agenda, LotPool& lots)
    : setting_(setting), agenda_(agenda), lots_(lots), sink_(setting.options.events) {}

Ticks& LotLog::upto(LotIndex l) {
  if (l.at() >= upto_.size()) upto_.resize(lots_.size());
  return upto_[l.at()];
}

void LotLog::row(const char* activity, LotIndex l, Ticks from, const Aside& aside) const {
  const Lot& lot = lots_[l];
  const StationIndex station = aside.station == none ? lot.station : aside.station;
  sink_->on({lot.number, aside.parent, activity, from, agenda_.now(), station, static_cast<int>(aside.agents),
             aside.items < 0 ? lot.items : aside.items, lot.items, lot.product, lot.destination, aside.departure,
             lot.due});
}

void LotLog::tell(const char* activity, LotIndex l, const Aside& aside) {
  row(activity, l, upto(l), aside);
  upto(l) = agenda_.now();
}

void LotLog::tell_now(const char* activity, LotIndex l, const Aside& aside) { row(activity, l, agenda_.now(), aside); }

void LotLog::tell_there(LotIndex l, const MailThere& there) {
  const Lot& lot = lots_[l];
  const StationIndex station = there.station;
  for (LotIndex m = lot.members; m != none; m = lots_[m].next) {
    tell_now("here", m, {.parent = lot.number, .station = station});
    upto(m) = std::min(lots_[m].entered, agenda_.now());
  }
  const bool open = lot.members != none && there.wants == none && is_bagging(station);
  if (!open) tell_now("here", l, {.station = station});
  upto(l) = going_on_since(there, agenda_.now());
}

void LotLog::tell_left() {
  for (const LotIndex l : lots_.all()) {
    const Lot& lot = lots_[l];
    if (!lot.in_centre) continue;
    const StationIndex station = lot.station == none ? lot.target : lot.station;
    const bool open = is_bagging(station) && lot.target == none;
    if (!open) tell("here", l, {.station = station});
    for (LotIndex m = lot.members; open && m != none; m = lots_[m].next)
      tell("here", m, {.parent = lot.number, .station = station});
  }
}

void LotLog::divided(LotIndex child, LotIndex parent) {
  sink_->divided(lots_[child].number, lots_[parent].number);
  const Ticks told = upto(parent);
  upto(child) = told;
}

void LotLog::bagged(LotIndex put, std::int64_t bag, StationIndex station) {
  const Lot& lot = lots_[put];
  if (lot.members == none) sink_->bagged(lot.number, 0, bag, station);
  for (LotIndex m = lot.members; m != none; m = lots_[m].next) {
    sink_->bagged(lots_[m].number, lot.number, bag, station);
    begin(m);
  }
  if (lot.members != none) sink_->gone(lot.number);
}

void LotLog::booked(const Lot& lot, Cause cause, ItemTicks item_ticks) const {
  if (item_ticks > 0) sink_->booked({lot.number, lot.station, cause, lot.since, agenda_.now(), item_ticks, lot.items});
}

}  // namespace mailflow
