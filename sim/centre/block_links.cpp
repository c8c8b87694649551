// Mail by links in the loop by blocks: loads that come, piles at the bays, trips that take them.
#include <algorithm>
#include <cmath>
#include <utility>

#include "centre/block_counts.hpp"

namespace mailflow {

namespace {

constexpr std::size_t chunk_lots = 64;

}  // namespace

void BlockLoop::receive(Ticks at, std::vector<ThroughLot> lots) {
  const Coming coming{at, static_cast<std::int32_t>(loads_.size())};
  coming_.insert(std::upper_bound(coming_.begin(), coming_.end(), coming,
                                  [](const Coming& a, const Coming& b) { return a.at < b.at; }),
                 coming);
  loads_.push_back(std::move(lots));
  load_taken_.push_back(0);
  load_items_.push_back(0);
}

/// The loads that come in the block.
void BlockLoop::come_by_links() {
  std::size_t come = 0;
  for (; come < coming_.size() && coming_[come].at <= to_; ++come) {
    const Coming& coming = coming_[come];
    const auto which = static_cast<std::size_t>(coming.load);
    for (ThroughLot& lot : loads_[which]) {
      lot.arrived = static_cast<std::uint64_t>(coming.at) & ThroughLot::most;
      load_items_[which] += lot.items;
      InAndOut& flow = flows_[ProductIndex(lot.product)];
      flow.in += lot.items;
      flow.in_ticks += static_cast<std::int64_t>(lot.items) * (to_ - coming.at);
    }
    centre_.products.came_by_link(load_items_[which]);
    inbound_lots_ += static_cast<std::int64_t>(loads_[which].size());
    ++events_;
    if (loads_[which].empty()) continue;
    Item item{};
    item.at = coming.at;
    item.load = coming.load;
    item.whence = by_link;
    deliver(item, setting_.model.inbound);
  }
  if (come == 0) return;
  step_ = std::min(step_, second);  // much is to be handled now
  coming_.erase(coming_.begin(), coming_.begin() + static_cast<std::ptrdiff_t>(come));
  end_of_run(places_[setting_.model.inbound]);
}

std::vector<ThroughLot> BlockLoop::empty_chunk() {
  std::vector<ThroughLot> chunk;
  if (spare_chunks_.empty()) {
    chunk.reserve(chunk_lots);
  } else {
    chunk = std::move(spare_chunks_.back());
    spare_chunks_.pop_back();
  }
  return chunk;
}

/// What comes to a bay goes onto the piles.
void BlockLoop::pile_up(Place& place) {
  const auto put = [&](const ThroughLot& lot, Ticks at) {
    Pile& pile = place.piles[std::min<std::size_t>(lot.destination, place.piles.size() - 1)];
    if (pile.since.empty() || pile.since.back().block != blocks_) pile.since.push_back({blocks_, pile.came.lots, at});
    if (pile.chunks.empty() || pile.chunks.back().size() == chunk_lots) pile.chunks.push_back(empty_chunk());
    pile.chunks.back().push_back(lot);
    ++pile.came.lots;
    Tally::OfProduct& came = pile.came.product[lot.product];
    came.items += lot.items;
    came.entered += static_cast<ItemTicks>(lot.items) * booked_from(at);
    came.came += static_cast<ItemTicks>(lot.items) * at;
  };
  for (const Item& item : place.in) {
    if (item.load == none) {
      put(item.lot, item.at);
      continue;
    }
    auto& load = loads_[static_cast<std::size_t>(item.load)];
    for (const ThroughLot& lot : load) put(lot, item.at);
    load = std::vector<ThroughLot>();
  }
}

/// A tally of mail that came before the window, as if all that has not gone had come at its start.
void BlockLoop::restamp(Tally& came, const Tally& gone) const {
  for (std::size_t p = 0; p < came.product.size(); ++p)
    came.product[p].entered =
        gone.product[p].entered + static_cast<ItemTicks>(came.product[p].items - gone.product[p].items) * to_;
}

/// Books the time on the pile up to now.
void BlockLoop::settle_pile(Place& place, Pile& pile) {
  for (const ProductIndex p : flows_.indices())
    centre_.ledger.row(place.index, p)[static_cast<std::size_t>(Cause::waiting_for_departure)] += pile_visits(pile, p);
  restamp(pile.came, pile.gone);
}

/// Item-ticks that mail on the pile has been there, within the window.
ItemTicks BlockLoop::pile_visits(const Pile& pile, ProductIndex product) const {
  const Tally::OfProduct& came = pile.came.product[product.at()];
  const Tally::OfProduct& gone = pile.gone.product[product.at()];
  return static_cast<ItemTicks>(came.items - gone.items) * to_ - (came.entered - gone.entered);
}

Ticks BlockLoop::next_closing() const {
  Ticks next = never;
  for (const DepartureIndex d : doors_.indices()) {
    const Departure& is = setting_.departure(d);
    if (is.closes_before > 0 && doors_[d].next_closing < is.at.size())
      next = std::min(next, std::max<Ticks>(0, is.at[doors_[d].next_closing] - is.closes_before));
  }
  return next;
}

/// For the trips that close now: what has come until now is in time.
void BlockLoop::close_doors() {
  for (const DepartureIndex d : doors_.indices()) {
    const Departure& is = setting_.departure(d);
    Door& door = doors_[d];
    for (; is.closes_before > 0 && door.next_closing < is.at.size(); ++door.next_closing) {
      const Ticks closes = is.at[door.next_closing] - is.closes_before;
      if (closes > to_) break;
      const Rows<Destination, bool>& serves = is.trip_serves.empty() ? is.serves : is.trip_serves[door.next_closing];
      Closing closing;
      closing.trip = door.next_closing;
      for (const StationIndex bay : is.from) {
        std::vector<Tally>& came = closing.came.emplace_back();
        const auto& piles = places_[bay].piles;
        for (const DestinationIndex to : serves.indices())
          came.push_back(!serves[to] || closes < 0 ? Tally{} : piles[to.at()].came);
      }
      door.closed.push_back(std::move(closing));
    }
  }
}

/// A trip takes the piles that it serves, as they were when it closed.
void BlockLoop::depart(DepartureIndex d) {
  const Departure& is = setting_.departure(d);
  DepartureResult& result = centre_.transport.record(d);
  Door& door = doors_[d];
  const std::size_t which = centre_.transport.schedule_next(d);
  const Rows<Destination, bool>& serves = is.trip_serves.empty() ? is.serves : is.trip_serves[which];
  while (!door.closed.empty() && door.closed.front().trip < which) door.closed.pop_front();
  Trip trip{d, {}, {}, {}, 0};
  trip.result.at = to_;
  trip.load.departure = d;
  trip.load.left = to_;
  const auto upto = [&](std::size_t bay, std::size_t to, const Pile& pile) -> const Tally& {
    return is.closes_before > 0 ? door.closed.front().came[bay][to] : pile.came;
  };
  std::size_t lots = 0;
  const auto each = [&](const auto& act) {
    for (std::size_t b = 0; b < is.from.size(); ++b) {
      Place& place = places_[is.from[b]];
      for (const DestinationIndex named : setting_.names.destinations) {
        const std::size_t to = named.at();
        if (serves[named] && upto(b, to, place.piles[to]).lots > place.piles[to].gone.lots)
          act(place, place.piles[to], upto(b, to, place.piles[to]));
      }
    }
  };
  each([&](Place&, const Pile& pile, const Tally& t) { lots += static_cast<std::size_t>(t.lots - pile.gone.lots); });
  trip.load.lots.reserve(lots);
  each([&](Place& place, Pile& pile, const Tally& t) { load_pile(place, pile, t, trip); });
  trip.result.vehicles = static_cast<int>(trip.vehicles.size());
  result.items += trip.result.items;
  result.cost += is.cost * trip.result.vehicles;
  result.trips.push_back(trip.result);
  count_flows();
  centre_.products.left_by_link(trip.result.items);
  centre_.transport.has_left(std::move(trip.load));
}

/// Loads the pile up to a tally of what had come.
void BlockLoop::load_pile(Place& place, Pile& pile, const Tally& upto, Trip& trip) {
  std::int64_t items = 0;
  for (const ProductIndex p : flows_.indices()) {
    const Tally::OfProduct& came = upto.product[p.at()];
    Tally::OfProduct& gone = pile.gone.product[p.at()];
    const ItemTicks waited = static_cast<ItemTicks>(came.items - gone.items) * to_ - (came.entered - gone.entered);
    centre_.ledger.row(place.index, p)[static_cast<std::size_t>(Cause::waiting_for_departure)] += waited;
    place.visit_time += waited;
    items += came.items - gone.items;
    gone = came;
  }
  place.out += items;
  place.here -= items;
  place.count->longest_wait = std::max(place.count->longest_wait, to_ - pile.since.front().at);
  while (!pile.since.empty() && pile.since.front().lots < upto.lots) pile.since.pop_front();
  auto lots = static_cast<std::size_t>(upto.lots - pile.gone.lots);
  place.lots_out += static_cast<std::int64_t>(lots);
  pile.gone.lots = upto.lots;
  while (lots > 0) {
    auto& chunk = pile.chunks.front();
    const std::size_t take = std::min(lots, chunk.size() - pile.taken);
    for (std::size_t k = 0; k < take; ++k) load_lot(chunk[pile.taken + k], trip);
    lots -= take;
    pile.taken += take;
    if (pile.taken < chunk.size()) break;
    pile.taken = 0;
    chunk.clear();
    spare_chunks_.push_back(std::move(chunk));
    pile.chunks.pop_front();
  }
}

/// Puts the lot aboard the first vehicle with room for it.
void BlockLoop::load_lot(const ThroughLot& lot, Trip& trip) {
  const Departure& is = setting_.departure(trip.departure);
  const auto items = static_cast<double>(lot.items);
  const double capacity = is.capacity_items < 0 ? INFINITY : is.capacity_items;
  std::size_t v = trip.first_with_room;
  while (v < trip.vehicles.size() && capacity - trip.vehicles[v].items < items) ++v;
  if (v == trip.vehicles.size()) trip.vehicles.emplace_back();
  trip.vehicles[v].items += items;
  while (trip.first_with_room < trip.vehicles.size() && capacity - trip.vehicles[trip.first_with_room].items < 1)
    ++trip.first_with_room;
  trip.result.items += lot.items;
  trip.result.kg += setting_.product(ProductIndex(lot.product)).weight_kg * items;
  if (const Ticks due = due_of(lot); due != never) (to_ <= due ? trip.result.on_time : trip.result.late) += lot.items;
  count_stay(lot, to_);
  trip.load.lots.push_back(lot);
}

}  // namespace mailflow
