// The list of what is to happen: a flat 4-ary heap of small typed events.
//
// Order: by time, then by rank of kind (the caller's table), then by order of scheduling. Memory grows with the number
// of events pending; scheduling and taking allocate nothing once that has been reached. Events are not taken back:
// whoever may change its mind puts a token in the event and ignores it when it is stale.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/time.hpp"

namespace mailflow {

/// Event: when, what kind, about which element (index), and which try of it (token).
struct Event {
  Ticks at;
  std::uint64_t order;  ///< rank << 56 | number in order of scheduling
  std::uint32_t index;
  std::uint32_t token;
};

class EventCalendar {
 public:
  EventCalendar() { heap_.reserve(64); }

  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }
  const Event& next() const { return heap_.front(); }

  /// `kind` < 256 is handed back in the low byte of `token` of the event; rank decides among events at one instant.
  void schedule(Ticks at, std::uint8_t rank, std::uint32_t index, std::uint32_t token) {
    const Event event{at, (std::uint64_t{rank} << 56U) | scheduled_++, index, token};
    if (hole_) {  // the event in hand is at the root still: its place is taken at once
      hole_ = false;
      sift_down(event);
      return;
    }
    heap_.push_back(event);
    sift_up(heap_.size() - 1, event);
  }

  /// Takes the next event. Its place in the heap is refilled by the first event scheduled after, or by `settle`.
  Event take() {
    settle();
    hole_ = true;
    return heap_.front();
  }

  /// To be called before next(), empty() or size() after a take().
  void settle() {
    if (!hole_) return;
    hole_ = false;
    const Event last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) sift_down(last);
  }

 private:
  static bool before(const Event& a, const Event& b) { return a.at != b.at ? a.at < b.at : a.order < b.order; }

  void sift_up(std::size_t i, const Event& event) {
    while (i > 0) {
      const std::size_t parent = (i - 1) / 4;
      if (!before(event, heap_[parent])) break;
      heap_[i] = heap_[parent];
      i = parent;
    }
    heap_[i] = event;
  }

  void sift_down(const Event& event) {
    const std::size_t n = heap_.size();
    std::size_t i = 0;
    for (;;) {
      const std::size_t first = 4 * i + 1;
      if (first >= n) break;
      std::size_t least = first;
      const std::size_t end = first + 4 < n ? first + 4 : n;
      for (std::size_t c = first + 1; c < end; ++c) least = before(heap_[c], heap_[least]) ? c : least;
      if (!before(heap_[least], event)) break;
      heap_[i] = heap_[least];
      i = least;
    }
    heap_[i] = event;
  }

  std::vector<Event> heap_;
  std::uint64_t scheduled_ = 0;
  bool hole_ = false;
};

}  // namespace mailflow
