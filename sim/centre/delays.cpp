// Conveyors, walks, holds, bagging, and the bay with its departures.
#include <algorithm>

#include "centre/run.hpp"

namespace mailflow {

void Run::enter_delay(int l, int station) {
  const StationState& st = stations_[static_cast<std::size_t>(station)];
  Lot& lot = lots_[l];
  Stream stream = keyed(st.service_key, lot.key, lot.handlings++);
  schedule_at(station, now_ + draw_ticks(st.is->takes, stream), EventKind::delay_end, l);
}

/// Each item falls to the hold by its own chance and has its own time; the others pass at once.
void Run::enter_hold(int l, int station) {
  const StationState& st = stations_[static_cast<std::size_t>(station)];
  Lot& lot = lots_[l];
  Stream stream = keyed(st.hold_key, lot.key, lot.handlings++);
  const auto held = static_cast<int>(draw_binomial(lot.items, st.is->held_share, stream));
  const bool all = held == lot.items;
  for (int i = 0; i < held; ++i) {
    const int one = all && i + 1 == held ? l : split(l, 1);
    Stream takes = held == 1 ? stream : keyed(st.hold_key, lots_[one].key, lots_[one].handlings);
    Ticks until = now_ + draw_ticks(st.is->takes, takes);
    if (!st.is->always_open) {
      const Spans& open = st.is->open;
      const auto span = std::find_if(open.begin(), open.end(), [&](const Span& o) { return o.to > until; });
      until = span == open.end() ? never : std::max(until, span->from);
    }
    schedule_at(station, until, EventKind::delay_end, one);
    if (one == l) return;
  }
  const Passing passing(*this, station);
  route(l, st.is->next, 0, none);
}

void Run::delay_end(int l) {
  Lot& lot = lots_[l];
  const StationState& st = stations_[static_cast<std::size_t>(lot.station)];
  const bool hold = st.is->kind == StationKind::hold;
  book(lot, hold ? Cause::customs_hold : Cause::moving);
  if (options_.events != nullptr) log(hold ? "hold" : "move", l);
  route(l, st.is->next, 0, none);
}

void Run::open_bag(int slot, int station, const Lot& first) {
  StationState& st = stations_[static_cast<std::size_t>(station)];
  const int b = lots_.make();
  Lot& bag = lots_[b];
  const std::int64_t number = bag.number;
  bag = first;
  bag.number = number;
  bag.key = mixed(first.key ^ 0xba9ULL);
  bag.items = 0;
  bag.due = never;
  bag.next = bag.members = none;
  bag.children = 0;
  bag.entered = bag.since = now_;
  st.lots_here[static_cast<std::size_t>(slot)] = b;
  if (st.is->bag_at_most != never)
    schedule_at(station, now_ + st.is->bag_at_most, EventKind::bag_goes, b, static_cast<std::uint32_t>(number));
}

/// Puts the lot into the open bag of its product and destination; the bag that it fills goes on.
void Run::enter_bagging(int l, int station) {
  StationState& st = stations_[static_cast<std::size_t>(station)];
  const int slot = static_cast<int>(lots_[l].product) * (static_cast<int>(model_.destinations.size()) + 1) +
                   lots_[l].destination + 1;
  for (bool more = true; more;) {
    if (st.lots_here[static_cast<std::size_t>(slot)] == none) open_bag(slot, station, lots_[l]);
    const int b = st.lots_here[static_cast<std::size_t>(slot)];
    const int room = st.is->bag_items - lots_[b].items;
    more = lots_[l].items > room;
    const int put = more ? split(l, room) : l;
    Lot& bag = lots_[b];
    book(bag, Cause::filling);
    Lot& member = lots_[put];
    bag.items += member.items;
    bag.due = std::min(bag.due, member.due);
    bag.arrived = std::min(bag.arrived, member.arrived);
    bag.posted = std::min(bag.posted, member.posted);
    member.in_centre = false;
    member.station = none;
    if (options_.events != nullptr) tell_bagged(put, bag.number, station);
    if (member.members == none) {
      member.next = bag.members;
      bag.members = put;
    } else {  // a bag within: its members are taken over
      int last = member.members;
      for (int m = last; m != none; m = lots_[m].next) {
        lots_[m].entered = member.entered;
        last = m;
      }
      lots_[last].next = bag.members;
      bag.members = member.members;
      lots_.free(put);
    }
    if (bag.items == st.is->bag_items) close_bag(b);
  }
}

void Run::close_bag(int b) {
  Lot& bag = lots_[b];
  StationState& st = stations_[static_cast<std::size_t>(bag.station)];
  if (st.is->kind != StationKind::bagging) return;  // the time of a bag that has gone on
  const int slot =
      static_cast<int>(bag.product) * (static_cast<int>(model_.destinations.size()) + 1) + bag.destination + 1;
  if (st.lots_here[static_cast<std::size_t>(slot)] != b) return;
  st.lots_here[static_cast<std::size_t>(slot)] = none;
  book(bag, Cause::filling);
  if (options_.events != nullptr) {
    for (int m = bag.members; m != none; m = lots_[m].next) {
      lots_[m].station = bag.station;
      log("bag", m, {.parent = bag.number});
      lots_[m].station = none;
    }
    begin_log(b);
  }
  for (int m = bag.members; m != none; m = lots_[m].next)
    st.visit_time += static_cast<ItemTicks>(lots_[m].items) * (now_ - std::max(lots_[m].entered, window_from_));
  bag.entered = now_;
  const Passing passing(*this, bag.station);
  route(b, st.is->next, 0, none);
}

/// The order in which a bay's lots are loaded.
void Run::rank_for_loading(int bay) {
  const StationState& st = stations_[static_cast<std::size_t>(bay)];
  if (st.is->order == QueueOrder::first_come) return;
  const bool by_due = st.is->order == QueueOrder::earliest_due;
  const auto rank = [&](int l) {
    return by_due ? lots_[l].due
                  : static_cast<Ticks>(model_.products[static_cast<std::size_t>(lots_[l].product)].priority);
  };
  std::stable_sort(loading_.begin(), loading_.end(), [&](int a, int b) { return rank(a) < rank(b); });
}

void Run::departure(int d) {
  const Departure& is = model_.departures[static_cast<std::size_t>(d)];
  DepartureResult& result = departures_[static_cast<std::size_t>(d)];
  const auto& at = is.at;
  const auto next = std::upper_bound(at.begin(), at.end(), now_);
  if (next != at.end()) schedule(*next, EventKind::departure, d);
  DepartureTrip trip;
  trip.at = now_;
  std::vector<Vehicle> vehicles;
  const std::vector<bool>& serves =
      is.trip_serves.empty() ? is.serves : is.trip_serves[static_cast<std::size_t>(next - at.begin()) - 1];
  if (is.link != none) going_.push_back({d, now_, {}});
  for (const int bay : is.from) {
    StationState& st = stations_[static_cast<std::size_t>(bay)];
    loading_.clear();
    for (const int l : st.lots_here) {
      const Lot& lot = lots_[l];
      const bool served =
          is.serves_all || (lot.destination != none && serves[static_cast<std::size_t>(lot.destination)]);
      if (served && lot.entered <= now_ - is.closes_before) loading_.push_back(l);
    }
    if (loading_.empty()) continue;
    rank_for_loading(bay);
    const auto place = [this](const Lot& lot) {
      return lot.destination == none ? 0 : names_.destination_place[static_cast<std::size_t>(lot.destination)] + 1;
    };
    if (is.link != none)  // by destination, as they are unloaded
      std::stable_sort(loading_.begin(), loading_.end(),
                       [&](int a, int b) { return place(lots_[a]) < place(lots_[b]); });
    for (const int l : loading_) {
      if (load(d, l, vehicles, trip)) continue;
      Lot& lot = lots_[l];
      trip.missed += lot.items;
      book(lot, lot.missed_vehicle ? Cause::full_vehicle : Cause::waiting_for_departure);
      lot.missed_vehicle = true;
    }
    std::erase_if(st.lots_here, [&](int l) { return lots_[l].target == departing; });
    for (const int l : loading_) {
      if (lots_[l].target != departing) continue;
      lots_[l].target = none;
      leave_centre(l, d);
    }
  }
  trip.vehicles = static_cast<int>(vehicles.size());
  if (is.vehicles == 1) trip.vehicles = 1;
  result.items += trip.items;
  result.missed += trip.missed;
  result.cost += is.cost * trip.vehicles;
  result.trips.push_back(trip);
}

/// Puts the lot aboard the first vehicle with room for it; a lot larger than a whole vehicle is split. False: no room.
bool Run::load(int d, int l, std::vector<Vehicle>& vehicles, DepartureTrip& trip) {
  const Departure& is = model_.departures[static_cast<std::size_t>(d)];
  const double weight = model_.products[static_cast<std::size_t>(lots_[l].product)].weight_kg;
  const auto room = [&](const Vehicle& vehicle) {
    double items = lots_[l].items;
    if (is.capacity_items >= 0) items = std::min(items, is.capacity_items - vehicle.items);
    if (is.capacity_kg >= 0 && weight > 0)
      items = std::min(items, (is.capacity_kg - vehicle.kg) / weight * (1 + 1e-12));
    return static_cast<int>(std::max(0.0, items));
  };
  std::size_t v = 0;
  while (v < vehicles.size() && room(vehicles[v]) < lots_[l].items) ++v;
  if (v == vehicles.size()) {
    if (is.vehicles >= 0 && static_cast<int>(vehicles.size()) >= is.vehicles) return false;
    const int whole = room(Vehicle{});
    if (whole == 0) return false;
    vehicles.emplace_back();
    if (whole < lots_[l].items) {  // too large for any vehicle: a vehicle full of it goes, the rest tries the next
      const int part = split(l, whole);
      load_lot(d, part, vehicles[v], trip);
      lots_[part].target = none;
      leave_centre(part, d);
      return load(d, l, vehicles, trip);
    }
  }
  load_lot(d, l, vehicles[v], trip);
  lots_[l].target = departing;
  return true;
}

void Run::load_lot(int d, int l, Vehicle& vehicle, DepartureTrip& trip) {
  Lot& lot = lots_[l];
  const double weight = model_.products[static_cast<std::size_t>(lot.product)].weight_kg * lot.items;
  vehicle.items += lot.items;
  vehicle.kg += weight;
  trip.items += lot.items;
  trip.kg += weight;
  for (int m = lot.members == none ? l : lot.members; m != none; m = lot.members == none ? none : lots_[m].next) {
    if (lots_[m].due == never) continue;
    (now_ <= lots_[m].due ? trip.on_time : trip.late) += lots_[m].items;
  }
  book(lot, lot.missed_vehicle ? Cause::full_vehicle : Cause::waiting_for_departure);
  if (options_.events != nullptr) log("load", l, {.departure = d});
  leave_station(lot);
}

}  // namespace mailflow
