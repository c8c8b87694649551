// What the event sink is told of lots. A lot's rows tile its time: each begins where the last one of it ended
// (`logged`).
#include <algorithm>

#include "centre/run.hpp"

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

/// Up to where the event log tells of a lot.
Ticks& Run::logged(int l) {
  const auto i = static_cast<std::size_t>(l);
  if (i >= logged_.size()) logged_.resize(static_cast<std::size_t>(lots_.size()));
  return logged_[i];
}

/// The lot comes in, or has been made of others: the log tells of it from now on.
void Run::begin_log(int l) { logged(l) = now_; }

void Run::tell(const char* activity, int l, Ticks from, const Aside& aside) {
  const Lot& lot = lots_[l];
  options_.events->on({lot.number, aside.parent, activity, from, now_,
                       aside.station == none ? lot.station : aside.station, aside.agents,
                       aside.items == none ? lot.items : aside.items, lot.items, lot.product, lot.destination,
                       aside.departure, lot.due});
}

/// All that the lot has gone through since its last row.
void Run::log(const char* activity, int l, const Aside& aside) {
  tell(activity, l, logged(l), aside);
  logged(l) = now_;
}

/// What takes no time.
void Run::log_now(const char* activity, int l, const Aside& aside) { tell(activity, l, now_, aside); }

/// A lot that is there when the run begins in a situation, with what is in the bag that it is.
void Run::log_there(int l, const MailThere& there) {
  const Lot& lot = lots_[l];
  for (int m = lot.members; m != none; m = lots_[m].next) {
    log_now("here", m, {.parent = lot.number, .station = there.station});
    logged(m) = std::min(lots_[m].entered, now_);
  }
  const bool open = lot.members != none && there.wants == none &&
                    stations_[static_cast<std::size_t>(there.station)].is->kind == StationKind::bagging;
  if (!open) log_now("here", l, {.station = there.station});
  logged(l) = going_on_since(there, now_);
}

/// The lots that are still there at the end; of an open bag, those in it.
void Run::log_left() {
  for (int l = 0; l < lots_.size(); ++l) {
    const Lot& lot = lots_[l];
    if (!lot.in_centre) continue;
    const int station = lot.station == none ? lot.target : lot.station;
    const bool open =
        stations_[static_cast<std::size_t>(station)].is->kind == StationKind::bagging && lot.target == none;
    if (!open) log("here", l, {.station = station});
    for (int m = lot.members; open && m != none; m = lots_[m].next)
      log("here", m, {.parent = lot.number, .station = station});
  }
}

/// A lot taken from another shares its past, and what has not been told of it.
void Run::tell_divided(int child, int parent) {
  options_.events->divided(lots_[child].number, lots_[parent].number);
  logged(child) = logged(parent);
}

/// Tells of the lot, or of the members of the bag that it is itself, which is given up.
void Run::tell_bagged(int put, std::int64_t bag, int station) {
  const Lot& lot = lots_[put];
  if (lot.members == none) options_.events->bagged(lot.number, 0, bag, station);
  for (int m = lot.members; m != none; m = lots_[m].next) {
    options_.events->bagged(lots_[m].number, lot.number, bag, station);
    begin_log(m);
  }
  if (lot.members != none) options_.events->gone(lot.number);
}

void Run::tell_booked(const Lot& lot, Cause cause, ItemTicks item_ticks) {
  if (item_ticks > 0) options_.events->booked({lot.number, lot.station, cause, lot.since, now_, item_ticks, lot.items});
}

void Run::tell_booked_wait(const Lot& lot, const CauseClock& clock, const CauseMark& mark) {
  for (std::size_t c = 0; c < causes; ++c) {
    const auto cause = static_cast<Cause>(c);
    Ticks ticks = clock.total[c] - mark.total[c];
    if (cause == mark.before) ticks += mark.at - lot.since;
    if (cause == clock.now) ticks += now_ - clock.since;
    tell_booked(lot, cause, static_cast<ItemTicks>(lot.items) * ticks);
  }
}

}  // namespace mailflow
