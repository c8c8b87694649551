#include "centre/transport.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "centre/flow.hpp"
#include "stats/interval.hpp"

namespace mailflow {

namespace {

std::vector<DestinationIndex> destinations_of(const Rows<Destination, bool>& serves) {
  std::vector<DestinationIndex> destinations;
  for (const DestinationIndex d : serves.indices())
    if (serves[d]) destinations.push_back(d);
  return destinations;
}

}  // namespace

Transport::Transport(const With& with)
    : setting_(with.setting),
      agenda_(with.agenda),
      lots_(with.lots),
      log_(with.log),
      ledger_(with.ledger),
      products_(with.products),
      bays_(with.bays),
      flow_(with.flow),
      results_(with.setting.model.departures.size()) {
  for (const Departure& departure : setting_.model.departures) serves_.push_back(destinations_of(departure.serves));
}

void Transport::start_clocks() {
  for (const DepartureIndex d : setting_.departures()) {
    const auto& at = setting_.departure(d).at;
    const auto next = std::lower_bound(at.begin(), at.end(), agenda_.now());
    if (next != at.end()) agenda_.schedule(*next, EventKind::departure, d);
  }
}

std::size_t Transport::schedule_next(DepartureIndex d) {
  const auto& at = setting_.departure(d).at;
  const auto next = std::upper_bound(at.begin(), at.end(), agenda_.now());
  if (next != at.end()) agenda_.schedule(*next, EventKind::departure, d);
  return static_cast<std::size_t>(next - at.begin()) - 1;
}

void Transport::depart(DepartureIndex d) {
  const Departure& is = setting_.departure(d);
  const std::size_t which = schedule_next(d);
  Trip trip{d, {}};
  trip_ = {};
  trip_.at = agenda_.now();
  if (is.link != none) going_.push_back({d, agenda_.now(), {}});
  for (const StationIndex bay : is.from) load_from(bay, which, trip);
  trip_.vehicles = is.vehicles == 1 ? 1 : static_cast<int>(trip.vehicles.size());
  DepartureResult& result = results_[d];
  result.items += trip_.items;
  result.missed += trip_.missed;
  result.cost += is.cost * trip_.vehicles;
  result.trips.push_back(trip_);
}

/// What stands at the bay for the trip and had come before it closed, in order of coming.
std::vector<LotIndex>& Transport::in_time(DepartureIndex d, std::size_t trip, StationIndex bay) {
  const Departure& is = setting_.departure(d);
  const Ticks closes = agenda_.now() - is.closes_before;
  if (is.serves_all) return bays_.all(bay, closes);
  if (is.trip_serves.empty()) return bays_.for_destinations(bay, serves_[d], closes);
  serves_now_ = destinations_of(is.trip_serves[trip]);
  return bays_.for_destinations(bay, serves_now_, closes);
}

/// Brings a bay's lots, which are in order of coming, into the order in which they are loaded.
void Transport::rank(const Departure& is, StationIndex bay, std::vector<LotIndex>& lots) {
  const QueueOrder order = setting_.station(bay).order;
  if (order == QueueOrder::first_come && is.link == none) return;
  ranked_.clear();
  for (const LotIndex l : lots) {
    const Lot& lot = lots_[l];
    Ranked& ranked = ranked_.emplace_back();
    ranked.lot = l;
    ranked.came = ranked_.size();
    if (is.link != none && lot.destination != none)  // by destination, as they are unloaded
      ranked.destination = setting_.names.destination_place[lot.destination] + 1;
    if (order == QueueOrder::earliest_due) ranked.rank = lot.due;
    if (order == QueueOrder::priority) ranked.rank = setting_.product(lot.product).priority;
  }
  std::sort(ranked_.begin(), ranked_.end(), [](const Ranked& a, const Ranked& b) {
    return std::tie(a.destination, a.rank, a.came) < std::tie(b.destination, b.rank, b.came);
  });
  for (std::size_t i = 0; i < lots.size(); ++i) lots[i] = ranked_[i].lot;
}

void Transport::load_from(StationIndex bay, std::size_t which, Trip& trip) {
  const Departure& is = setting_.departure(trip.departure);
  std::vector<LotIndex>& in_time = this->in_time(trip.departure, which, bay);
  if (in_time.empty()) return;
  rank(is, bay, in_time);
  for (const LotIndex l : in_time) {
    if (load(l, trip)) continue;
    Lot& lot = lots_[l];
    trip_.missed += lot.items;
    ledger_.book(lot, Bays::why_there(lot));
    lot.missed_vehicle = true;
  }
  bays_.remove_aboard();
  loading_.swap(in_time);
  for (const LotIndex l : loading_) {
    if (!lots_[l].aboard) continue;
    lots_[l].aboard = false;
    flow_.leave_centre(l, trip.departure);
  }
}

/// Puts the lot aboard the first vehicle with room for it; a lot larger than a whole vehicle is split. False: no room.
bool Transport::load(LotIndex l, Trip& trip) {
  const Departure& is = setting_.departure(trip.departure);
  std::vector<Vehicle>& vehicles = trip.vehicles;
  const double weight = setting_.product(lots_[l].product).weight_kg;
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
      const LotIndex part = flow_.split(l, whole);
      load_lot(part, vehicles[v], trip.departure);
      flow_.leave_centre(part, trip.departure);
      return load(l, trip);
    }
  }
  load_lot(l, vehicles[v], trip.departure);
  lots_[l].aboard = true;
  return true;
}

void Transport::load_lot(LotIndex l, Vehicle& vehicle, DepartureIndex d) {
  Lot& lot = lots_[l];
  const double weight = setting_.product(lot.product).weight_kg * lot.items;
  vehicle.items += lot.items;
  vehicle.kg += weight;
  trip_.items += lot.items;
  trip_.kg += weight;
  ledger_.book(lot, Bays::why_there(lot));
  if (log_.on()) log_.tell("load", l, {.departure = d});
  flow_.leave_station(lot);
}

void Transport::takes(const Lot& lot, DepartureIndex d) {
  if (lot.due != never) (agenda_.now() <= lot.due ? trip_.on_time : trip_.late) += lot.items;
  if (is_link(d))
    join_load(lot, d);
  else
    results_[d].on_time.*ProductCounts::judged(lot.due, agenda_.now()) += lot.items;
}

void Transport::join_load(const Lot& lot, DepartureIndex d) {
  products_.left_by_link(lot.items);
  const auto load = std::find_if(going_.rbegin(), going_.rend(), [&](const Load& l) { return l.departure == d; });
  ThroughLot through{};
  through.posted = static_cast<std::uint64_t>(lot.posted) & ThroughLot::most;
  through.arrived = static_cast<std::uint64_t>(lot.arrived) & ThroughLot::most;
  through.destination = static_cast<std::uint16_t>(lot.destination.number());
  through.product = static_cast<std::uint16_t>(lot.product.number());
  through.key = lot.key;
  through.path = lot.path;
  through.items = static_cast<std::uint32_t>(lot.items);
  load->lots.push_back(through);
}

void Transport::receive(Ticks at, std::vector<ThroughLot> lots) {
  agenda_.schedule(at, EventKind::load_arrives, 0, static_cast<std::uint32_t>(coming_.size()));
  coming_.push_back(std::move(lots));
}

void Transport::load_arrives(std::uint32_t load) {
  for (const ThroughLot& from : std::exchange(coming_[load], {})) {
    const LotIndex l = lots_.make();
    Lot& lot = lots_[l];
    lot.arrived = lot.since = agenda_.now();
    lot.posted = static_cast<Ticks>(from.posted);
    lot.key = from.key;
    lot.path = from.path;
    lot.items = static_cast<int>(from.items);
    lot.product = ProductIndex(from.product);
    lot.destination = DestinationIndex(from.destination);
    lot.due = products_.due_of(lot.product, lot.posted);
    products_.came_by_link(lot.items);
    flow_.come_in(l, setting_.model.inbound);
  }
}

std::vector<Load> Transport::take_loads() { return std::exchange(going_, {}); }

void Transport::has_left(Load load) { going_.push_back(std::move(load)); }

void Transport::fill(Results& r) const {
  r.departures = results_;
  std::vector<double> costs;
  for (const DepartureResult& departure : results_) costs.push_back(departure.cost);
  r.transport_cost = sum_of(costs);
}

}  // namespace mailflow
