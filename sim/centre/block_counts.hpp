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

inline void BlockLoop::deliver(const Item& item, int to) {
  Place& place = places_[static_cast<std::size_t>(to)];
  place.in.push_back(item);
  count_coming(place, item);
}

/// Books a handling up to `worked` ticks of it, from the window's start on.
inline void BlockLoop::book(Place& place, const Item& item, Ticks began, Ticks ends, Ticks worked) {
  auto& row = place.st->ledger[item.lot.product];
  const Ticks booked = booked_from(began) - began;
  const auto items = static_cast<int>(item.lot.items);
  if (run_.options_.own_times) {
    if (items == 1 && worked == ends - began && (booked < worked || worked == 0))
      place.st->own_times.record(ends - item.at, 1);
    else if (items > 1)
      record_own(*place.st, {items, item.lot.key, item.handlings, ends - began, booked, worked, began - item.at, 1});
  }
  if (items == 1 || place.st->is->service_per_lot) {
    row[static_cast<std::size_t>(Cause::processing)] += static_cast<ItemTicks>(items) * (worked - booked);
    return;
  }
  const HandlingShares shares = handling_shares(items, 0, ends - began, booked, worked);
  row[static_cast<std::size_t>(Cause::processing)] += shares.processing;
  row[static_cast<std::size_t>(Cause::filling)] += shares.filling;
  row[static_cast<std::size_t>(Cause::waiting_for_machine)] += shares.turn;
}

inline void BlockLoop::count_stay(const ThroughLot& lot, Ticks at) {
  ProductState& p = run_.products_[lot.product];
  const Ticks stay = at - static_cast<Ticks>(lot.arrived);
  p.stays.record(static_cast<double>(stay), lot.items);
  p.sketch.record(stay, lot.items);
  if (run_.products_.size() > 1) {
    run_.stays_.record(static_cast<double>(stay), lot.items);
    run_.sketch_.record(stay, lot.items);
  }
  Flow& flow = flows_[lot.product];
  flow.out += lot.items;
  flow.out_ticks += static_cast<std::int64_t>(lot.items) * (to_ - at);
}

inline Ticks BlockLoop::due_of(const ThroughLot& lot) {
  const Product& product = run_.model_.products[lot.product];
  const auto posted = static_cast<Ticks>(lot.posted);
  if (product.due_within != never) return posted + product.due_within;
  if (product.due.empty()) return never;
  std::size_t& step = due_steps_[lot.product];
  while (step > 0 && product.due[step].from > posted) --step;
  while (step + 1 < product.due.size() && product.due[step + 1].from <= posted) ++step;
  return product.due[step].due;
}

/// A lot leaves for good.
inline void BlockLoop::leave(const ThroughLot& lot, Ticks at) {
  count_stay(lot, at);
  const Ticks due = due_of(lot);
  std::int64_t OnTime::* count = due == never ? &OnTime::no_due : at <= due ? &OnTime::on_time : &OnTime::late;
  const auto items = static_cast<std::int64_t>(lot.items);
  run_.products_[lot.product].on_time.*count += items;
  const std::size_t destination = std::min<std::size_t>(lot.destination, run_.model_.destinations.size());
  run_.on_time_[lot.product][destination].*count += items;
  if (due != never)
    run_.count_due_day(static_cast<int>(lot.product), static_cast<std::int16_t>(lot.destination), none, due, items,
                       at <= due ? &DueDay::on_time : &DueDay::late);
  if (run_.path_ends_.empty()) return;
  if (run_.path_ends_.size() <= lot.path) run_.path_ends_.resize(lot.path + 1, std::vector<PathEnd>(flows_.size()));
  PathEnd& end = run_.path_ends_[lot.path][lot.product];
  end.on_time.*count += items;
  ++end.lots;
  end.under_way += static_cast<ItemTicks>(items) * (at - static_cast<Ticks>(lot.posted));
  run_.end_to_end_[lot.product].record(at - static_cast<Ticks>(lot.posted), items);
}

}  // namespace mailflow
