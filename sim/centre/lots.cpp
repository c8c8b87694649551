// A lot's way through the centre: in, from station to station, out; and the booking of its time.
#include <algorithm>

#include "centre/lot_queue.hpp"
#include "centre/run.hpp"

namespace mailflow {

void Run::count_time(StationState& st) {
  const Ticks dt = now_ - st.touched;
  st.touched = now_;
  if (st.queue_items > st.hour_queue_max) st.hour_queue_max = st.queue_items;
  if (st.is->crew > 0) count_rostered(st, dt);
  st.content_area += static_cast<ItemTicks>(st.items) * dt;
  st.queue_area += static_cast<ItemTicks>(st.queue_items) * dt;
}

/// The lot's time since it was last booked goes to `cause`, in the row of the station where it is.
void Run::book(Lot& lot, Cause cause) {
  if (options_.events != nullptr) tell_booked(lot, cause, static_cast<ItemTicks>(lot.items) * (now_ - lot.since));
  stations_[static_cast<std::size_t>(lot.station)]
      .ledger[static_cast<std::size_t>(lot.product)][static_cast<std::size_t>(cause)] +=
      static_cast<ItemTicks>(lot.items) * (now_ - lot.since);
  lot.since = now_;
}

/// The lot's time in queue goes to the causes that the station went through meanwhile.
void Run::book_wait(Lot& lot, StationState& st) {
  const CauseClock& clock = st.clock;
  if (lot.cause_epoch == clock.epoch) {
    if (lot.since != now_) book(lot, clock.now);
    return;
  }
  auto& row = st.ledger[static_cast<std::size_t>(lot.product)];
  const CauseMark& mark = clock.marks[lot.cause_epoch + 1 - clock.first_mark];
  if (options_.events != nullptr) tell_booked_wait(lot, clock, mark);
  for (std::size_t c = 0; c < causes; ++c)
    row[c] += static_cast<ItemTicks>(lot.items) * (clock.total[c] - mark.total[c]);
  row[static_cast<std::size_t>(mark.before)] += static_cast<ItemTicks>(lot.items) * (mark.at - lot.since);
  row[static_cast<std::size_t>(clock.now)] += static_cast<ItemTicks>(lot.items) * (now_ - clock.since);
  lot.since = now_;
  lot.cause_epoch = clock.epoch;
}

/// A new lot comes into the centre.
void Run::arrive(int l, int station) {
  Lot& lot = lots_[l];
  lot.arrived = lot.posted = lot.since = now_;
  come_in(l, station);
}

/// A lot that has its stamps comes in.
void Run::come_in(int l, int station) {
  Lot& lot = lots_[l];
  lot.in_centre = true;
  ProductState& product = products_[static_cast<std::size_t>(lot.product)];
  product.in += lot.items;
  product.here += lot.items;
  product.in_centre -= static_cast<ItemTicks>(lot.items) * now_;
  in_ += lot.items;
  if (options_.events != nullptr) {
    begin_log(l);
    log_now("arrive", l);
  }
  try_enter(l, station, none);
}

bool Run::has_room(int station, const Lot& lot) const {
  const StationState& st = stations_[static_cast<std::size_t>(station)];
  const std::int64_t holds = st.is->queue_holds;
  if (holds < 0) return true;
  if (st.queue_items + lot.items <= holds) return true;
  if (st.queue_items != 0) return false;
  return (!st.idle.empty() && st.open) || (holds > 0 && lot.items > holds);
}

/// Enters the station, or waits for room with the server it comes from (none: at the door).
void Run::try_enter(int l, int station, int from_server) {
  const StationState& st = stations_[static_cast<std::size_t>(station)];
  if (st.is->queue_holds >= 0 && (st.door != none || !has_room(station, lots_[l]))) {
    wait_at_door(l, station, from_server);
    return;
  }
  if (lots_[l].station >= 0) leave_station(lots_[l]);
  enter(l, station);
}

void Run::wait_at_door(int l, int station, int server) {
  Lot& lot = lots_[l];
  StationState& st = stations_[static_cast<std::size_t>(station)];
  lot.target = static_cast<int>(station);
  lot.server = server;
  lot.next = none;
  if (st.door == none)
    st.door = l;
  else
    lots_[st.door_tail].next = l;
  st.door_tail = l;
  if (server == none) return;
  Server& blocked = servers_[static_cast<std::size_t>(server)];
  if (++blocked.blocked_lots == 1) ++stations_[static_cast<std::size_t>(blocked.station)].blocked_servers;
  blocked.waits_for.push_back(station);
}

/// Lets in what waits at the station's door, as far as there is room.
void Run::admit(int station) {
  StationState& st = stations_[static_cast<std::size_t>(station)];
  while (st.door != none && has_room(station, lots_[st.door])) {
    const int l = st.door;
    Lot& lot = lots_[l];
    st.door = lot.next;
    lot.next = none;
    const int server = lot.server;
    lot.server = lot.target = none;
    if (lot.station >= 0) {
      book(lot, Cause::blocked);
      if (options_.events != nullptr && logged(l) < now_) log("blocked", l);
      leave_station(lot);
    } else {
      lot.station = static_cast<std::int16_t>(station);
      book(lot, Cause::blocked);
      if (options_.events != nullptr && logged(l) < now_) log("blocked", l);
    }
    enter(l, station);
    if (server == none) continue;
    Server& blocked = servers_[static_cast<std::size_t>(server)];
    blocked.waits_for.erase(std::find(blocked.waits_for.begin(), blocked.waits_for.end(), station));
    if (--blocked.blocked_lots > 0) continue;
    --stations_[static_cast<std::size_t>(blocked.station)].blocked_servers;
    end_hand(server);
  }
}

void Run::enter(int l, int station) {
  Lot& lot = lots_[l];
  StationState& st = stations_[static_cast<std::size_t>(station)];
  lot.station = static_cast<std::int16_t>(station);
  lot.entered = now_;
  lot.pass = 0;
  lot.done = 0;
  if (options_.events != nullptr) options_.events->entered(lot.number, lot.product, lot.items, station, now_);
  touch(st);
  st.items += lot.items;
  if (!takes_in_hand(st.is->kind)) st.queue_items += lot.items;
  st.items_in += lot.items;
  switch (st.is->kind) {
    case StationKind::manual:
    case StationKind::machine:
      enqueue(l, station);
      break;
    case StationKind::conveyor:
    case StationKind::walk:
      enter_delay(l, station);
      break;
    case StationKind::hold:
      enter_hold(l, station);
      break;
    case StationKind::bagging:
      enter_bagging(l, station);
      break;
    case StationKind::bay:
      st.lots_here.push_back(l);
      break;
  }
}

void Run::leave_station(Lot& lot) {
  StationState& st = stations_[static_cast<std::size_t>(lot.station)];
  touch(st);
  st.items -= lot.items;
  if (!takes_in_hand(st.is->kind)) st.queue_items -= lot.items;
  st.items_out += lot.items;
  ++st.lots_out;
  st.visit_time += static_cast<ItemTicks>(lot.items) * (now_ - std::max(lot.entered, window_from_));
  if (!takes_in_hand(st.is->kind)) st.longest_wait = std::max(st.longest_wait, longest_stay(lot));
}

/// Of the lot at a station where nothing is taken in hand, or of what is in the bag that was made there.
Ticks Run::longest_stay(const Lot& lot) const {
  if (stations_[static_cast<std::size_t>(lot.station)].is->kind != StationKind::bagging) return now_ - lot.entered;
  Ticks entered = now_;
  for (int m = lot.members; m != none; m = lots_[m].next) entered = std::min(entered, lots_[m].entered);
  return now_ - entered;
}

/// A bag is due, and has come, with the first of what is in it.
void Run::date_bag(Lot& bag) const {
  if (bag.members == none) return;
  bag.due = bag.arrived = bag.posted = never;
  for (int m = bag.members; m != none; m = lots_[m].next) {
    bag.due = std::min(bag.due, lots_[m].due);
    bag.arrived = std::min(bag.arrived, lots_[m].arrived);
    bag.posted = std::min(bag.posted, lots_[m].posted);
  }
}

/// Takes `items` of a lot (fewer than it has) into a new one that is where the old one is.
int Run::split(int l, int items) {
  const int c = lots_.make();
  Lot& lot = lots_[l];
  Lot& child = lots_[c];
  const std::int64_t number = child.number;
  child = lot;
  child.number = number;
  child.key = mixed(lot.key + 0x9e3779b97f4a7c15ULL * ++lot.children);
  child.children = 0;
  child.items = items;
  if (options_.events != nullptr) tell_divided(c, l);
  child.next = child.members = none;
  lot.items -= items;
  int left = lot.members == none ? 0 : items;
  while (left > 0) {  // a bag: its members go along, the first ones first
    int m = lot.members;
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
  if (options_.events != nullptr && lot.station >= 0 && lot.in_centre) log_now("split", c, {.parent = lot.number});
  return c;
}

/// Sends a lot on from its station. `from_server`: whose it was, to be blocked when there is no room (none: nobody's).
void Run::route(int l, const Route& route, int node, int from_server) {
  const RouteNode& at = route.nodes[static_cast<std::size_t>(node)];
  switch (at.kind) {
    case RouteNode::Kind::to:
      if (at.station != out_of_centre) {
        try_enter(l, at.station, from_server);
        return;
      }
      leave_station(lots_[l]);
      leave_centre(l, none);
      return;
    case RouteNode::Kind::by_product:
      Run::route(l, route, at.child[static_cast<std::size_t>(lots_[l].product)], from_server);
      return;
    case RouteNode::Kind::by_destination:
      Run::route(l, route, at.child[static_cast<std::size_t>(lots_[l].destination)], from_server);
      return;
    case RouteNode::Kind::by_share:
      break;
  }
  const StationState& st = stations_[static_cast<std::size_t>(lots_[l].station)];
  Stream stream = keyed(st.share_key, lots_[l].key ^ at.key, lots_[l].handlings);
  double rest = 1;
  for (std::size_t i = 0; i + 1 < at.child.size(); ++i) {
    const int items = lots_[l].items;
    const auto taken = static_cast<int>(draw_binomial(items, std::min(1.0, at.share[i] / rest), stream));
    rest -= at.share[i];
    if (taken == items) {
      Run::route(l, route, at.child[i], from_server);
      return;
    }
    if (taken > 0) Run::route(split(l, taken), route, at.child[i], from_server);
  }
  Run::route(l, route, at.child.back(), from_server);
}

void Run::count_leaving(const Lot& lot, std::int64_t bag, int departure) {
  ProductState& product = products_[static_cast<std::size_t>(lot.product)];
  const Ticks stay = now_ - lot.arrived;
  product.stays.record(static_cast<double>(stay), lot.items);
  product.sketch.record(stay, lot.items);
  if (products_.size() > 1) {
    stays_.record(static_cast<double>(stay), lot.items);
    sketch_.record(stay, lot.items);
  }
  if (departure != none && model_.departures[static_cast<std::size_t>(departure)].link != none) {
    leave_by_link(lot, departure);
    return;
  }
  if (!path_ends_.empty()) count_end(lot);
  std::int64_t OnTime::* count = lot.due == never  ? &OnTime::no_due
                                 : now_ <= lot.due ? &OnTime::on_time
                                                   : &OnTime::late;
  product.on_time.*count += lot.items;
  const std::size_t destination =
      lot.destination == none ? model_.destinations.size() : static_cast<std::size_t>(lot.destination);
  on_time_[static_cast<std::size_t>(lot.product)][destination].*count += lot.items;
  if (departure != none) departures_[static_cast<std::size_t>(departure)].on_time.*count += lot.items;
  if (lot.due != never)
    count_due_day(lot.product, lot.destination, departure, lot.due, lot.items,
                  now_ <= lot.due ? &DueDay::on_time : &DueDay::late);
  if (options_.events == nullptr) return;
  if (now_ > lot.due)
    options_.events->late({lot.number, bag, lot.items, lot.product, lot.destination, departure, lot.due, now_, false});
  options_.events->gone(lot.number);
}

/// The lot has left its station and leaves the centre, by a departure or (none) at once.
void Run::leave_centre(int l, int departure) {
  Lot& lot = lots_[l];
  ProductState& product = products_[static_cast<std::size_t>(lot.product)];
  product.out += lot.items;
  product.here -= lot.items;
  product.in_centre += static_cast<ItemTicks>(lot.items) * now_;
  out_ += lot.items;
  if (options_.events != nullptr) log_now("leave", l, {.departure = departure});
  if (lot.members == none) {
    count_leaving(lot, 0, departure);
  } else {
    for (int m = lot.members; m != none;) {
      const int next = lots_[m].next;
      count_leaving(lots_[m], lot.number, departure);
      lots_.free(m);
      m = next;
    }
    if (options_.events != nullptr) options_.events->gone(lot.number);
  }
  lots_.free(l);
}

}  // namespace mailflow
