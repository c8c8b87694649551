// The list of what is to happen: small typed events in a ladder queue (W. Tang, R. Goh, I. Thng 2005).
//
// What is far off lies unsorted in `top_`; what comes nearer is dealt into the buckets of rungs, each rung finer than
// the one above; what is next lies sorted in `bottom_`. So an event is touched a few times however many are pending,
// where a heap compares it with more and more others (bench/README.md has both measured).
//
// Order: by time, then by rank of kind (the caller's table), then by place (the caller's order of elements; most events
// have none), then by order of scheduling. Memory grows with the number of events pending; scheduling and taking
// allocate nothing once that has been reached. Events are not taken back: whoever may change its mind puts a token in
// the event and ignores it when it is stale.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/time.hpp"

namespace mailflow {

/// Event: when, what kind, about which element (index), and which try of it (token).
struct Event {
  Ticks at;
  std::uint64_t order;  ///< rank << 56 | place << 40 | number in order of scheduling
  std::uint32_t index;
  std::uint32_t token;

  std::uint8_t rank() const { return static_cast<std::uint8_t>(order >> 56U); }
  std::uint16_t place() const { return static_cast<std::uint16_t>(order >> 40U); }
  std::uint64_t scheduled() const { return order & 0xff'ffff'ffffU; }
};

class EventCalendar {
 public:
  EventCalendar() { bottom_.reserve(2 * most_sorted); }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  /// The next event, of a calendar not empty; to be called after `settle`.
  const Event& next() const { return bottom_[head_]; }
  /// All that is to happen, in no stated order: a look from outside, at the cost of copying it.
  std::vector<Event> pending() const;

  /// `at` >= 0, and not earlier than the event last taken. Rank decides among events at one instant, then place.
  void schedule(Ticks at, std::uint8_t rank, std::uint32_t index, std::uint32_t token, std::uint16_t place = 0) {
    const Event event{at, (std::uint64_t{rank} << 56U) | (std::uint64_t{place} << 40U) | scheduled_++, index, token};
    if (size_++ == 0) {
      put_alone(event);
    } else if (instant(event) >= top_from_) {
      add(top_, node_of(event));
      top_least_ = std::min(top_least_, instant(event));
      top_most_ = std::max(top_most_, instant(event));
    } else {
      put_below_top(event);
    }
  }

  /// Takes the next event, of a calendar not empty.
  Event take() {
    settle();
    --size_;
    return bottom_[head_++];
  }

  /// Brings the next event to hand: to be called before next() after a take() or schedule().
  void settle() {
    if (head_ == bottom_.size() && size_ > 0) refill();
  }

 private:
  static constexpr std::size_t most_sorted = 50;  ///< in bottom, and in a bucket that needs no rung (the authors')
  static constexpr std::size_t most_rungs = 8;
  using Instant = std::uint64_t;  ///< one bit more than Ticks, so that a rung may end after `never`
  static Instant instant(const Event& event) { return static_cast<Instant>(event.at); }

  struct Node {
    Event event;
    std::int32_t next;
  };
  struct List {
    std::int32_t first = -1;
    std::uint32_t count = 0;
  };
  /// Buckets of equal width; those before `current` have been dealt out.
  struct Rung {
    Instant start = 0, width = 1;
    std::size_t current = 0, buckets = 0;
    std::vector<List> lists;  ///< `buckets` and more
    Instant from() const { return start + current * width; }
    List& list_at(Instant at) { return lists[(at - start) / width]; }
  };

  __extension__ using Key = __int128;
  /// Time and order in one, compared without a branch: which of two events comes first no predictor can guess.
  static Key key(const Event& event) { return (Key{event.at} << 64U) | event.order; }

  std::int32_t node_of(const Event& event) {
    if (free_ < 0) return new_node(event);
    const std::int32_t node = free_;
    Node& at = nodes_[static_cast<std::size_t>(node)];
    free_ = at.next;
    at.event = event;
    return node;
  }
  void add(List& list, std::int32_t node) {
    nodes_[static_cast<std::size_t>(node)].next = list.first;
    list.first = node;
    ++list.count;
  }
  void put_alone(const Event& event) {
    used_ = head_ = 0;
    bottom_.assign(1, event);
    top_from_ = instant(event) + 1;
  }
  void put_below_top(const Event& event) {
    for (std::size_t r = 0; r < used_; ++r) {
      Rung& rung = rungs_[r];
      if (instant(event) < rung.from()) continue;
      add(rung.list_at(instant(event)), node_of(event));
      return;
    }
    put_into_bottom(event);
  }
  std::int32_t new_node(const Event& event);
  void put_into_bottom(const Event& event);
  void deal(List list, Instant start, Instant end);
  void deal_top();
  void deal_bottom();
  void sort_into_bottom(List list);
  void sort_bottom();
  void refill();

  std::vector<Node> nodes_;  ///< of top and rungs
  std::int32_t free_ = -1;   ///< first free node
  List top_;
  Instant top_from_ = 0;  ///< events from here on go into top
  Instant top_least_ = UINT64_MAX, top_most_ = 0;
  std::array<Rung, most_rungs> rungs_;
  std::size_t used_ = 0;  ///< rungs; events below the last one's `from` go into bottom
  std::vector<Event> bottom_;
  std::size_t head_ = 0;  ///< next event in bottom; those before have been taken
  std::size_t size_ = 0;
  std::uint64_t scheduled_ = 0;
};

}  // namespace mailflow
