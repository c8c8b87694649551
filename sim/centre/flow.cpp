#include "centre/flow.hpp"

#include <algorithm>
#include <utility>

#include "centre/kinds/table.hpp"
#include "centre/no_time.hpp"
#include "centre/servers.hpp"
#include "centre/transport.hpp"
#include "core/random.hpp"

namespace mailflow {

Flow::Flow(const With& with)
    : setting_(with.setting),
      agenda_(with.agenda),
      lots_(with.lots),
      log_(with.log),
      ledger_(with.ledger),
      counts_(with.counts),
      products_(with.products),
      servers_(with.servers),
      transport_(with.transport),
      kinds_(with.kinds),
      doors_(with.setting.model.stations.size()),
      at_doors_(doors_.size()) {
  for (const Station& is : setting_.model.stations) {
    share_keys_.push_back(setting_.stream("station " + is.name, "shares"));
    routes_.push_back(RouteTable(is.next));
    std::vector<RouteTable> diversions;
    for (const Diversion& diversion : is.diversions) diversions.emplace_back(diversion.next);
    diversions_.push_back(std::move(diversions));
  }
}

// --- in --------------------------------------------------------------------------------------------------------------

void Flow::arrive(LotIndex l, StationIndex s) {
  Lot& lot = lots_[l];
  lot.arrived = lot.posted = lot.since = agenda_.now();
  come_in(l, s);
}

void Flow::come_in(LotIndex l, StationIndex s) {
  Lot& lot = lots_[l];
  lot.in_centre = true;
  products_.comes_in(lot);
  if (log_.on()) {
    log_.begin(l);
    log_.tell_now("arrive", l);
  }
  try_enter(l, s, none);
}

bool Flow::has_room(StationIndex s, const Lot& lot) const {
  const std::int64_t holds = setting_.station(s).queue_holds;
  if (holds < 0) return true;
  const std::int64_t waiting = counts_[s].queue_items;
  if (waiting + lot.items <= holds) return true;
  return waiting == 0 && (servers_.takes_next(s) || (holds > 0 && lot.items > holds));
}

/// Enters the station, or waits for room with the server it comes from (none: at the door).
void Flow::try_enter(LotIndex l, StationIndex s, ServerIndex from) {
  if (setting_.station(s).queue_holds >= 0 && (waits_at_door(s) || !has_room(s, lots_[l]))) {
    wait_at_door(l, s, from);
    return;
  }
  if (lots_[l].station != none) leave_station(lots_[l]);
  enter(l, s);
}

void Flow::wait_at_door(LotIndex l, StationIndex s, ServerIndex from) {
  Lot& lot = lots_[l];
  lot.target = s;
  lot.server = from;
  lot.next = none;
  Door& door = doors_[s];
  if (door.first == none)
    door.first = l;
  else
    lots_[door.last].next = l;
  door.last = l;
  at_doors_.set(s, true);
  if (from != none) servers_.block(from, s);
}

void Flow::let_in(StationIndex s) {
  while (waits_at_door(s) && has_room(s, lots_[doors_[s].first])) {
    const LotIndex l = doors_[s].first;
    Lot& lot = lots_[l];
    doors_[s].first = lot.next;
    if (lot.next == none) at_doors_.set(s, false);
    lot.next = none;
    const ServerIndex from = lot.server;
    lot.server = none;
    lot.target = none;
    const bool inside = lot.station != none;
    if (!inside) lot.station = s;
    ledger_.book(lot, Cause::blocked);
    if (log_.on()) log_.tell_if_any("blocked", l);
    if (inside) leave_station(lot);
    enter(l, s);
    if (from != none) servers_.unblock(from, s);
  }
}

void Flow::enter(LotIndex l, StationIndex s) {
  Lot& lot = lots_[l];
  lot.station = s;
  lot.entered = agenda_.now();
  lot.pass = 0;
  lot.done = 0;
  if (log_.on()) log_.sink().entered(lot.number, lot.product, lot.items, s, agenda_.now());
  counts_.enters(lot);
  kinds_.of(setting_.station(s).kind, [&](auto& part) { part.enter(l, s); });
}

// --- on --------------------------------------------------------------------------------------------------------------

void Flow::pass(LotIndex l, StationIndex s) {
  constexpr std::size_t most_within = 1'000;  // beyond the stations that there are
  passed_.push_back(s);
  if (passed_.size() > doors_.size() + most_within) fail_in_no_time(setting_, passed_, agenda_.now());
  route(l, none);
  passed_.pop_back();
}

void Flow::follow(LotIndex l, const RouteTable& table, int at, ServerIndex from) {
  const Lot& lot = lots_[l];
  while (table.by_mail(at)) at = table.follow(at, lot.product, lot.destination);
  if (!RouteTable::is_end(at)) {
    share(l, table, at, from);
  } else if (const StationIndex to = RouteTable::station(at); to != none) {
    try_enter(l, to, from);
  } else {
    leave_station(lot);
    leave_centre(l, none);
  }
}

/// The lot's items fall to the ways by their shares.
void Flow::share(LotIndex l, const RouteTable& table, int at, ServerIndex from) {
  const RouteNode& node = table.node(at);
  Stream stream = keyed(share_keys_[lots_[l].station], lots_[l].key ^ node.key, lots_[l].handlings);
  double rest = 1;
  for (std::size_t i = 0; i + 1 < node.child.size(); ++i) {
    const int items = lots_[l].items;
    const auto taken = static_cast<int>(draw_binomial(items, std::min(1.0, node.share[i] / rest), stream));
    rest -= node.share[i];
    if (taken == items) {
      follow(l, table, table.share(at, i), from);
      return;
    }
    if (taken > 0) follow(split(l, taken), table, table.share(at, i), from);
  }
  follow(l, table, table.share(at, node.child.size() - 1), from);
}

void Flow::leave_station(const Lot& lot) {
  counts_.leaves(lot, takes_in_hand(setting_.station(lot.station).kind) ? 0 : longest_stay(lot));
}

Ticks Flow::longest_stay(const Lot& lot) const {
  if (setting_.station(lot.station).kind != StationKind::bagging) return agenda_.now() - lot.entered;
  Ticks entered = agenda_.now();
  for (LotIndex m = lot.members; m != none; m = lots_[m].next) entered = std::min(entered, lots_[m].entered);
  return agenda_.now() - entered;
}

/// A bag is due, and has come, with the first of what is in it.
void Flow::date_bag(Lot& bag) const {
  if (bag.members == none) return;
  bag.due = bag.arrived = bag.posted = never;
  for (LotIndex m = bag.members; m != none; m = lots_[m].next) {
    bag.due = std::min(bag.due, lots_[m].due);
    bag.arrived = std::min(bag.arrived, lots_[m].arrived);
    bag.posted = std::min(bag.posted, lots_[m].posted);
  }
}

LotIndex Flow::split(LotIndex l, int items) {
  const LotIndex c = lots_.make();
  Lot& lot = lots_[l];
  Lot& child = lots_[c];
  const std::int64_t number = child.number;
  child = lot;
  child.number = number;
  child.key = mixed(lot.key + 0x9e3779b97f4a7c15ULL * ++lot.children);
  child.children = 0;
  child.items = items;
  if (log_.on()) log_.divided(c, l);
  child.next = child.members = none;
  lot.items -= items;
  int left = lot.members == none ? 0 : items;
  while (left > 0) {  // a bag: its members go along, the first ones first
    LotIndex m = lot.members;
    if (lots_[m].items > left)
      m = split(m, left);
    else
      lot.members = lots_[m].next;
    left -= lots_[m].items;
    lots_[m].next = child.members;
    child.members = m;
  }
  date_bag(lot);
  date_bag(child);
  if (log_.on() && lot.station != none && lot.in_centre) log_.tell_now("split", c, {.parent = lot.number});
  return c;
}

// --- out -------------------------------------------------------------------------------------------------------------

void Flow::leave_centre(LotIndex l, DepartureIndex departure) {
  Lot& lot = lots_[l];
  products_.goes_out(lot);
  if (log_.on()) log_.tell_now("leave", l, {.departure = departure});
  if (lot.members == none) {
    count_leaving(lot, 0, departure);
  } else {
    for (LotIndex m = lot.members; m != none;) {
      const LotIndex next = lots_[m].next;
      lots_.fetch(next);
      count_leaving(lots_[m], lot.number, departure);
      lots_.free(m);
      m = next;
    }
    if (log_.on()) log_.sink().gone(lot.number);
  }
  lots_.free(l);
}

/// `bag`: the number of the one it is in; 0: none.
void Flow::count_leaving(const Lot& lot, std::int64_t bag, DepartureIndex departure) {
  const Ticks now = agenda_.now();
  products_.stayed(lot);
  if (departure != none) {
    transport_.takes(lot, departure);
    if (transport_.is_link(departure)) return;
  }
  products_.left({lot.product, lot.destination, departure, lot.items, lot.due, lot.posted, lot.path}, now);
  if (!log_.on()) return;
  if (now > lot.due)
    log_.sink().late({lot.number, bag, lot.items, lot.product, lot.destination, departure, lot.due, now, false});
  log_.sink().gone(lot.number);
}

}  // namespace mailflow
