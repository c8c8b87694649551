// Sources and stations of the loop by blocks: what comes, when it is taken in hand, where it goes.
#include <algorithm>
#include <cmath>

#include "centre/block_counts.hpp"
#include "centre/whole_ticks.hpp"

namespace mailflow {

void BlockLoop::Ring::grow() {
  constexpr std::size_t large = 1U << 16U;
  if (items_.size() >= large) need_memory(static_cast<std::int64_t>(items_.size() * 2 * sizeof(Item)));
  std::vector<Item> larger(items_.size() * 2);
  for (std::size_t i = 0; i < count_; ++i) larger[i] = items_[(head_ + i) & (items_.size() - 1)];
  items_.swap(larger);
  head_ = 0;
}

inline bool BlockLoop::earlier(const Item& a, const Item& b) {
  return a.at != b.at ? a.at < b.at : a.whence < b.whence;
}

/// Puts runs, each in order, in one order.
void BlockLoop::merge(std::vector<Item>& items, std::vector<std::size_t>& ends_of_runs) {
  while (ends_of_runs.size() > 1) {
    scratch_.resize(items.size());
    std::vector<std::size_t> merged;
    std::size_t begin = 0;
    for (std::size_t r = 0; r < ends_of_runs.size(); r += 2) {
      const auto at = [&](std::size_t i) { return items.begin() + static_cast<std::ptrdiff_t>(i); };
      const auto out = scratch_.begin() + static_cast<std::ptrdiff_t>(begin);
      const std::size_t middle = ends_of_runs[r];
      const std::size_t end = r + 1 < ends_of_runs.size() ? ends_of_runs[r + 1] : middle;
      std::merge(at(begin), at(middle), at(middle), at(end), out, earlier);
      merged.push_back(end);
      begin = end;
    }
    items.swap(scratch_);
    ends_of_runs.swap(merged);
  }
}

/// What has been put into `in` since the last one is a run.
void BlockLoop::end_of_run(Place& place) {
  const std::size_t before = place.ends_of_runs.empty() ? 0 : place.ends_of_runs.back();
  if (place.in.size() > before) place.ends_of_runs.push_back(place.in.size());
}

inline Ticks BlockLoop::next_arrival(SourceIndex s, Ticks now) {
  SourceState& state = centre_.arrivals.state(s);
  const Source& is = setting_.source(s);
  if (is.kind == Source::Kind::gaps) return now + draw_ticks(is.every, state.gaps);
  if (is.rate.size() == 1 && state.mean_gap[0] > 0) {  // as next_of_rate
    const double at = static_cast<double>(now) + state.gaps.exponential() * state.mean_gap[0];
    return at < static_cast<double>(setting_.model.end) ? static_cast<Ticks>(at + 0.5) : never;
  }
  return centre_.arrivals.next_of_rate(s, now);
}

/// What the source brings in the block.
void BlockLoop::come_from(SourceIndex s) {
  Origin& origin = origins_[s];
  if (origin.next > to_) return;
  SourceState& state = centre_.arrivals.state(s);
  const bool sure = state.only_product != none;
  Place& place = places_[setting_.source(s).into];
  for (; origin.next <= to_; ++events_) {
    const Ticks now = origin.next;
    Item& item = place.in.emplace_back();  // made in its place: to copy what has just been written in pieces stalls
    item.at = now;
    const ProductIndex product = sure ? state.only_product : centre_.arrivals.pick_product(s);
    const DestinationIndex destination = centre_.arrivals.pick_destination(s, product, state.kinds);
    item.lot.key = mixed(state.key + 0x9e3779b97f4a7c15ULL * ++state.lots);
    item.lot.posted = item.lot.arrived = static_cast<std::uint64_t>(now) & ThroughLot::most;
    item.lot.product = static_cast<std::uint16_t>(product.number());
    item.lot.destination = static_cast<std::uint16_t>(destination.number());
    item.lot.items = static_cast<std::uint32_t>(setting_.product(product).lot_items);
    InAndOut& flow = flows_[product];
    flow.in += item.lot.items;
    flow.in_ticks += static_cast<std::int64_t>(item.lot.items) * (to_ - now);
    count_coming(place, item);
    origin.next = next_arrival(s, now);
  }
  end_of_run(place);
}

/// Of the handling to come, which is not counted yet.
inline Ticks BlockLoop::handling_time(const Place& place, const Item& item, double& rounding) {
  const Station& is = *place.is;
  const auto items = static_cast<int>(item.lot.items);
  if (is.items_per_tick > 0) return whole_ticks(items / is.items_per_tick, rounding);
  Stream stream = keyed(place.service_key, item.lot.key, item.handlings + 1U);
  const Distribution& law = is.service;
  if (law.law == Law::constant) return whole_ticks(law.a * (is.service_per_lot ? 1 : items), rounding);
  if (is.service_per_lot || items == 1)
    return static_cast<Ticks>((law.law == Law::exponential ? law.a * stream.exponential() : draw(law, stream)) + 0.5);
  double total = 0;
  for (int i = 0; i < items; ++i) total += draw(law, stream);
  return nearest_tick(total);
}

/// Follows the station's route for one lot, to no station out of the centre; the same draws as Flow::route.
inline StationIndex BlockLoop::next_of(const Place& place, const Item& item) {
  const Route& route = place.is->next;
  RouteNodeIndex n(0);
  for (;;) {
    const RouteNode& node = route.nodes[n];
    switch (node.kind) {
      case RouteNode::Kind::to:
      case RouteNode::Kind::leaves:
        return node.station;
      case RouteNode::Kind::by_product:
        n = node.child[item.lot.product];
        break;
      case RouteNode::Kind::by_destination:
        n = node.child[item.lot.destination];
        break;
      case RouteNode::Kind::by_share: {
        Stream stream = keyed(place.share_key, item.lot.key ^ node.key, item.handlings);
        double rest = 1;
        std::size_t i = 0;
        while (i + 1 < node.child.size() && draw_binomial(1, std::min(1.0, node.share[i] / rest), stream) == 0)
          rest -= node.share[i++];
        n = node.child[i];
        break;
      }
    }
  }
}

/// A handling has ended: the lot goes on.
inline void BlockLoop::finish(Place& place, const Item& item, Ticks began, Ticks ends) {
  const auto items = static_cast<std::int64_t>(item.lot.items);
  ++events_;
  book(place, item, began, ends, ends - began);
  place.busy_ticks -= to_ - ends;
  place.left += items;
  ++place.lots_out;
  place.left_ticks += items * (to_ - ends);
  place.visits += items * (ends - booked_from(item.at));
  const StationIndex to = place.one_next ? place.only_next : next_of(place, item);
  if (to == none && one_way_out_) {
    leave(item.lot, ends);
    return;
  }
  Item& gone = (to == none ? leaving_ : places_[to].in).emplace_back(item);
  gone.at = ends;
  gone.whence = place.whence;
  if (to != none) count_coming(places_[to], gone);
}

namespace {

/// The server that was free first is free again at `ends`. A 4-ary heap, least first.
inline void free_next(std::vector<Ticks>& free_at, Ticks ends) {
  const std::size_t n = free_at.size();
  std::size_t i = 0;
  if (n > 1 && n <= 5) {  // one level: without branches, which nothing could predict
    std::size_t least = 1;
    for (std::size_t c = 2; c < n; ++c) least = free_at[c] < free_at[least] ? c : least;
    const Ticks other = free_at[least];
    free_at[0] = std::min(other, ends);
    free_at[least] = std::max(other, ends);
    return;
  }
  for (;;) {
    const std::size_t first = 4 * i + 1;
    if (first >= n) break;
    std::size_t least = first;
    const std::size_t last = std::min(first + 4, n);
    for (std::size_t c = first + 1; c < last; ++c) least = free_at[c] < free_at[least] ? c : least;
    if (free_at[least] >= ends) break;
    free_at[i] = free_at[least];
    i = least;
  }
  free_at[i] = ends;
}

}  // namespace

/// Whether more may wait just before `start` than ever before. Where all come one by one a single lot tells; to count
/// those that came in the meantime, a number that no branch predictor guesses, would take longer.
inline bool BlockLoop::may_be_longest(const Place& place, Ticks start) const {
  const std::int64_t room = place.queue_max - place.level;
  if (!one_by_one_ || room < 0) return true;
  const std::size_t which = place.seen + static_cast<std::size_t>(room);
  return which < place.in.size() && place.in[which].at < start;
}

/// When a server is free for the next.
template <BlockLoop::Servers How>
inline Ticks BlockLoop::free_from(const Place& place) {
  return How == Servers::many_rounded ? place.free.front().at : place.free_at.front();
}

/// The server that has been free longest, of equals the one that took its lot first, takes the next at `start`; how
/// long.
inline Ticks BlockLoop::take_next(Place& place, const Item& item, Ticks start) {
  const auto later = [](const FreeServer& a, const FreeServer& b) {
    return a.at != b.at ? a.at > b.at : a.turn > b.turn;
  };
  std::pop_heap(place.free.begin(), place.free.end(), later);
  FreeServer& server = place.free.back();
  if (start != server.at) server.rounding = 0;
  const Ticks takes = handling_time(place, item, server.rounding);
  server.at = start + takes;
  server.turn = ++place.turns;
  std::push_heap(place.free.begin(), place.free.end(), later);
  return takes;
}

/// A lot is taken in hand. `own`: it is among the first so many of what came in the block (0: it came before).
template <BlockLoop::Servers How>
inline void BlockLoop::begin(Place& place, Item& item, Ticks start, std::size_t own) {
  StationCount& count = *place.count;
  const auto items = static_cast<std::int64_t>(item.lot.items);
  Ticks ends = start;
  if constexpr (How == Servers::one) {
    if (start != place.free_at[0]) place.rounding = 0;
    ends += handling_time(place, item, place.rounding);
    place.free_at[0] = ends;
  } else if constexpr (How == Servers::many_rounded) {
    ends += take_next(place, item, start);
  } else {
    double whole = 0;
    ends += handling_time(place, item, whole);
    free_next(place.free_at, ends);
  }
  const Ticks wait = start - item.at;
  count.waits.record(static_cast<double>(wait), static_cast<double>(items));
  place.started += items;
  place.started_ticks += items * (to_ - start);
  place.busy_ticks += to_ - start;
  if (wait > 0) {
    place.waited += items;
    if (wait > count.longest_wait) count.longest_wait = wait;
    charge(place, item.lot, Cause::waiting_for_machine, static_cast<ItemTicks>(items) * (start - booked_from(item.at)));
    if (may_be_longest(place, start)) {
      while (place.seen < place.in.size() && place.in[place.seen].at < start)
        place.level += weight(place.in[place.seen++]);
      if (place.level > place.queue_max) place.queue_max = place.level;
    }
  }
  if (wait == 0 && start == to_) place.at_end += items;
  while (place.seen < own) place.level += weight(place.in[place.seen++]);
  place.level -= items;
  if (How == Servers::one && ends <= to_) {
    ++item.handlings;
    finish(place, item, start, ends);
    return;
  }
  Hand& hand = (ends > to_ ? place.in_hand : ended_).emplace_back();
  hand.item = item;
  ++hand.item.handlings;
  hand.began = start;
  hand.ends = ends;
}

/// Takes what waits in hand, as far as the block goes.
template <BlockLoop::Servers How>
void BlockLoop::drain(Place& place, std::size_t own) {
  while (!place.queue.empty()) {
    Item& head = place.queue.front();
    const Ticks start = std::max(head.at, free_from<How>(place));
    if (start > to_) return;
    if (head.load == none) {
      Item item = head;
      place.queue.pop();
      begin<How>(place, item, start, own);
      continue;
    }
    const auto which = static_cast<std::size_t>(head.load);
    Item item = head;
    item.load = none;
    item.lot = loads_[which][load_taken_[which]++];
    if (load_taken_[which] == loads_[which].size()) {
      place.queue.pop();
      loads_[which] = std::vector<ThroughLot>();  // gives its memory back, which = {} does not
    }
    begin<How>(place, item, start, own);
  }
}

/// Those that have ended in the block, in order of ending, then of beginning. They are nearly so already: none is out
/// of place by more than there are servers.
void BlockLoop::sort_ended(std::size_t servers) {
  ended_order_.resize(ended_.size());
  for (std::size_t i = 0; i < ended_.size(); ++i) {
    ended_order_[i].ends = ended_[i].ends;
    ended_order_[i].which = static_cast<std::uint32_t>(i);
  }
  if (servers > 32) {
    std::stable_sort(ended_order_.begin(), ended_order_.end(),
                     [](const Ended& a, const Ended& b) { return a.ends < b.ends; });
    return;
  }
  if (servers <= 4) {  // as below, all exchanges done and without branches, which nothing could predict
    for (std::size_t i = 1; i < ended_order_.size(); ++i)
      for (std::size_t k = i; k > 0 && k + servers > i + 1; --k) {
        const Ended before = ended_order_[k - 1];
        const Ended after = ended_order_[k];
        const bool swapped = after.ends < before.ends;
        ended_order_[k - 1] = swapped ? after : before;
        ended_order_[k] = swapped ? before : after;
      }
    return;
  }
  for (std::size_t i = 1; i < ended_order_.size(); ++i) {
    const Ended e = ended_order_[i];
    std::size_t k = i;
    for (; k > 0 && e.ends < ended_order_[k - 1].ends; --k) ended_order_[k] = ended_order_[k - 1];
    ended_order_[k] = e;
  }
}

/// Everything that happens at the station in the block.
template <BlockLoop::Servers How>
void BlockLoop::work(Place& place) {
  ended_.clear();
  std::size_t kept = 0;
  for (Hand& hand : place.in_hand) {
    if (hand.ends > to_)
      place.in_hand[kept++] = hand;
    else if constexpr (How == Servers::one)
      finish(place, hand.item, hand.began, hand.ends);
    else
      ended_.push_back(hand);
  }
  place.in_hand.resize(kept);
  drain<How>(place, 0);
  for (std::size_t i = 0; i < place.in.size(); ++i) {
    Item& item = place.in[i];
    const Ticks start = std::max(item.at, free_from<How>(place));
    if (item.load == none && start <= to_ && place.queue.empty()) {
      begin<How>(place, item, start, i + 1);
      continue;
    }
    const bool first = place.queue.empty();
    place.queue.push(item);
    if (first && item.load != none) drain<How>(place, i + 1);
  }
  if constexpr (How != Servers::one) {
    sort_ended(How == Servers::many ? place.free_at.size() : place.free.size());
    for (const Ended& e : ended_order_) finish(place, ended_[e.which].item, ended_[e.which].began, e.ends);
  }
  for (Place& other : places_)
    if (&other != &place) end_of_run(other);
  const std::size_t before = leaving_runs_.empty() ? 0 : leaving_runs_.back();
  if (leaving_.size() > before) leaving_runs_.push_back(leaving_.size());
}

template void BlockLoop::work<BlockLoop::Servers::one>(Place&);
template void BlockLoop::work<BlockLoop::Servers::many>(Place&);
template void BlockLoop::work<BlockLoop::Servers::many_rounded>(Place&);

}  // namespace mailflow
