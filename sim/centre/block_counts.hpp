// What the loop by blocks does for each lot, small enough to be part of its callers.
#pragma once

#include <algorithm>

#include "centre/block_loop.hpp"
#include "centre/handling_shares.hpp"

namespace mailflow {

inline std::int64_t BlockLoop::weight(const Item& item) const {
  return item.load == none ? item.lot.items : load_items_[static_cast<std::size_t>(item.load)];
}

inline void BlockLoop::count_coming(Place& place, const Item& item) {
  const std::int64_t items = weight(item);
  place.came += items;
  place.came_ticks += items * (to_ - item.at);
}

inline void BlockLoop::deliver(const Item& item, StationIndex to) {
  Place& place = places_[to];
  place.in.push_back(item);
  count_coming(place, item);
}

/// Books a handling up to `worked` ticks of it, from the window's start on.
inline void BlockLoop::book(Place& place, const Item& item, Ticks began, Ticks ends, Ticks worked) {
  Ledger::Row& row = place.causes[item.lot.product];
  const Ticks booked = booked_from(began) - began;
  const auto items = static_cast<int>(item.lot.items);
  if (setting_.options.own_times) {
    if (items == 1 && worked == ends - began && (booked < worked || worked == 0))
      place.count->own_times.record(ends - item.at, 1);
    else if (items > 1)
      record_own(*place.is, place.service_key,
                 {items, item.lot.key, item.handlings, ends - began, booked, worked, began - item.at, 1},
                 place.count->own_times);
  }
  if (items == 1 || place.is->service_per_lot) {
    row[static_cast<std::size_t>(Cause::processing)] += static_cast<ItemTicks>(items) * (worked - booked);
    return;
  }
  const HandlingShares shares = handling_shares(items, 0, ends - began, booked, worked);
  row[static_cast<std::size_t>(Cause::processing)] += shares.processing;
  row[static_cast<std::size_t>(Cause::filling)] += shares.filling;
  row[static_cast<std::size_t>(Cause::waiting_for_machine)] += shares.turn;
}

inline void BlockLoop::count_stay(const ThroughLot& lot, Ticks at) {
  const ProductIndex product(lot.product);
  centre_.products.stayed(product, at - static_cast<Ticks>(lot.arrived), lot.items);
  InAndOut& flow = flows_[product];
  flow.out += lot.items;
  flow.out_ticks += static_cast<std::int64_t>(lot.items) * (to_ - at);
}

inline Ticks BlockLoop::due_of(const ThroughLot& lot) {
  const ProductIndex p(lot.product);
  const Product& product = setting_.product(p);
  const auto posted = static_cast<Ticks>(lot.posted);
  if (product.due_within != never) return posted + product.due_within;
  if (product.due.empty()) return never;
  std::size_t& step = due_steps_[p];
  while (step > 0 && product.due[step].from > posted) --step;
  while (step + 1 < product.due.size() && product.due[step + 1].from <= posted) ++step;
  return product.due[step].due;
}

/// A lot leaves for good.
inline void BlockLoop::leave(const ThroughLot& lot, Ticks at) {
  count_stay(lot, at);
  centre_.products.left({ProductIndex(lot.product), DestinationIndex(lot.destination), none, lot.items, due_of(lot),
                         static_cast<Ticks>(lot.posted), lot.path},
                        at);
}

}  // namespace mailflow
