// Event lists to hold beside core/event_calendar.hpp: all keep the same events in the same order (time, then order of
// scheduling) and have the same two calls, so that nothing but the list differs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <queue>
#include <vector>

#include "core/event_calendar.hpp"

namespace mailflow::bench {

inline bool before(const Event& a, const Event& b) { return a.at != b.at ? a.at < b.at : a.order < b.order; }

/// The standard library's binary heap.
class BinaryHeap {
 public:
  void schedule(Ticks at) { queue_.push({at, scheduled_++, 0, 0}); }
  Event take() {
    const Event event = queue_.top();
    queue_.pop();
    return event;
  }

 private:
  struct Later {
    bool operator()(const Event& a, const Event& b) const { return before(b, a); }
  };
  std::priority_queue<Event, std::vector<Event>, Later> queue_;
  std::uint64_t scheduled_ = 0;
};

/// A 4-ary heap (D. Johnson 1975) as one would write it by hand.
class FourAryHeap {
 public:
  void schedule(Ticks at) {
    const Event event{at, scheduled_++, 0, 0};
    std::size_t i = events_.size();
    events_.push_back(event);
    for (; i > 0 && before(event, events_[(i - 1) / 4]); i = (i - 1) / 4) events_[i] = events_[(i - 1) / 4];
    events_[i] = event;
  }
  Event take() {
    const Event first = events_.front();
    const Event last = events_.back();
    events_.pop_back();
    if (!events_.empty()) sift_down(last);
    return first;
  }

 private:
  void sift_down(const Event& event) {
    std::size_t i = 0;
    for (std::size_t child = 1; child < events_.size(); child = 4 * i + 1) {
      std::size_t least = child;
      const std::size_t end = std::min(child + 4, events_.size());
      for (std::size_t c = child + 1; c < end; ++c)
        if (before(events_[c], events_[least])) least = c;
      if (!before(events_[least], event)) break;
      events_[i] = events_[least];
      i = least;
    }
    events_[i] = event;
  }
  std::vector<Event> events_;
  std::uint64_t scheduled_ = 0;
};

/// The list of the runs.
class OurCalendar {
 public:
  void schedule(Ticks at) { calendar_.schedule(at, 0, 0, 0); }
  Event take() { return calendar_.take(); }

 private:
  EventCalendar calendar_;
};

/// A 4-ary heap that compares without branches, fetches ahead where it is large, and gives the place of the event taken
/// to the next one scheduled: the best heap found.
class HeapWithoutBranches {
 public:
  HeapWithoutBranches() : events_(brothers, nothing) {}
  void schedule(Ticks at);
  Event take();

 private:
  static constexpr std::size_t brothers = 4;
  static constexpr std::size_t beyond_cache = 1500;
  static constexpr Event nothing{never, UINT64_MAX, 0, 0};
  __extension__ using Key = __int128;
  void fetch_children(std::size_t child) const;
  void sift_down(const Event& event);

  std::vector<Event> events_;  ///< and `nothing` behind the last, so that all brothers are there
  std::size_t size_ = 0;
  std::uint64_t scheduled_ = 0;
  bool hole_ = false;
};

/// The calendar queue of R. Brown (1988): days of a year in a circle, each day's events sorted; as many days as there
/// are events, as long as the events next in time lie apart.
class CalendarQueue {
 public:
  CalendarQueue() { lay_out(2, 1, 0); }
  void schedule(Ticks at);
  Event take();

 private:
  void put(const Event& event);
  void lay_out(std::size_t days, Ticks width, Ticks from);
  void resize(std::size_t days);
  Ticks new_width();
  std::size_t earliest_day() const;
  std::size_t day_of(Ticks at) const { return static_cast<std::size_t>(at / width_) & (days_.size() - 1); }

  std::vector<std::vector<Event>> days_;  ///< latest first; a power of two of them
  Ticks width_ = 1;
  std::size_t today_ = 0;
  Ticks today_ends_ = 1;
  Ticks last_ = 0;  ///< taken
  std::size_t size_ = 0;
  std::uint64_t scheduled_ = 0;
};

}  // namespace mailflow::bench
