#include "core/event_calendar.hpp"

#include "core/memory.hpp"

namespace mailflow {

std::int32_t EventCalendar::new_node(const Event& event) {
  constexpr std::size_t large = 1U << 16U;
  if (nodes_.size() >= large && nodes_.size() == nodes_.capacity())
    need_memory(static_cast<std::int64_t>(nodes_.size() * 2 * sizeof(Node)));
  nodes_.push_back({event, -1});
  return static_cast<std::int32_t>(nodes_.size() - 1);
}

/// In its place among those sorted; what is on the shorter side of it makes room.
void EventCalendar::put_into_bottom(const Event& event) {
  const std::size_t held = bottom_.size() - head_;
  if (held >= most_sorted && used_ < most_rungs && bottom_.back().at > bottom_[head_].at) {
    bottom_.push_back(event);
    deal_bottom();
    return;
  }
  const Key own = key(event);
  const Event* place = bottom_.data() + head_;
  for (std::size_t n = held; n > 0;) {
    const std::size_t half = (n + 1) / 2;
    // A product, for of a choice the compiler makes a branch.
    place += half * static_cast<std::size_t>(key(place[half - 1]) < own);
    n -= half;
  }
  const auto at = bottom_.begin() + (place - bottom_.data());
  const auto first = bottom_.begin() + static_cast<std::ptrdiff_t>(head_);
  if (head_ > 0 && at - first <= bottom_.end() - at) {
    std::move(first, at, first - 1);
    *(at - 1) = event;
    --head_;
    return;
  }
  if (head_ > most_sorted && head_ >= held) {  // those taken make room at the end
    const auto offset = at - first;
    bottom_.erase(bottom_.begin(), first);
    head_ = 0;
    bottom_.insert(bottom_.begin() + offset, event);
    return;
  }
  bottom_.insert(at, event);
}

/// Deals events from `start` to before `end` into the buckets of a new, lowest rung: as many as there are events.
void EventCalendar::deal(List list, Instant start, Instant end) {
  Rung& rung = rungs_[used_++];
  rung.start = start;
  rung.width = (end - start) / list.count + 1;
  rung.current = 0;
  rung.buckets = (end - 1 - start) / rung.width + 1;
  if (rung.lists.size() < rung.buckets) rung.lists.resize(rung.buckets);
  for (std::int32_t node = list.first; node >= 0;) {
    const Node& at = nodes_[static_cast<std::size_t>(node)];
    const std::int32_t next = at.next;
    add(rung.list_at(instant(at.event)), node);
    node = next;
  }
}

/// Top becomes the first rung, or bottom where it is that small. What is scheduled later than all of it is the new top.
void EventCalendar::deal_top() {
  const List list = top_;
  const Instant start = top_least_;
  const Instant end = top_most_ + 1;
  top_ = {};
  top_least_ = UINT64_MAX;
  top_most_ = 0;
  top_from_ = end;
  if (list.count <= most_sorted)
    sort_into_bottom(list);
  else
    deal(list, start, end);
}

/// Too many have been scheduled to be next: they get a rung, which ends where the rung above (or top) begins.
void EventCalendar::deal_bottom() {
  List list;
  Instant start = UINT64_MAX;
  for (std::size_t i = head_; i < bottom_.size(); ++i) {
    add(list, node_of(bottom_[i]));
    start = std::min(start, instant(bottom_[i]));
  }
  bottom_.clear();
  head_ = 0;
  deal(list, start, used_ > 0 ? rungs_[used_ - 1].from() : top_from_);
}

void EventCalendar::sort_into_bottom(List list) {
  for (std::int32_t node = list.first; node >= 0;) {
    Node& at = nodes_[static_cast<std::size_t>(node)];
    bottom_.push_back(at.event);
    const std::int32_t next = at.next;
    at.next = free_;
    free_ = node;
    node = next;
  }
  sort_bottom();
}

/// A few events by how many of them come before each: comparing all costs less than guessing wrong which of two does.
void EventCalendar::sort_bottom() {
  constexpr std::size_t few = 12;
  const std::size_t count = bottom_.size();
  if (count < 2) return;
  if (count > few) {
    std::sort(bottom_.begin(), bottom_.end(), [](const Event& a, const Event& b) { return key(a) < key(b); });
    return;
  }
  std::array<Event, few> events{};
  std::array<std::size_t, few> before{};
  std::copy(bottom_.begin(), bottom_.end(), events.begin());
  for (std::size_t i = 1; i < count; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const auto later = static_cast<std::size_t>(key(events[j]) < key(events[i]));
      before[i] += later;
      before[j] += 1 - later;
    }
  for (std::size_t i = 0; i < count; ++i) bottom_[before[i]] = events[i];
}

/// Brings the next bucket's events into bottom, through finer rungs where they are many.
void EventCalendar::refill() {
  bottom_.clear();
  head_ = 0;
  while (bottom_.empty()) {
    if (used_ == 0) {
      deal_top();
      continue;
    }
    Rung& rung = rungs_[used_ - 1];
    while (rung.current < rung.buckets && rung.lists[rung.current].count == 0) ++rung.current;
    if (rung.current == rung.buckets) {
      --used_;
      continue;
    }
    const List list = rung.lists[rung.current];
    rung.lists[rung.current] = {};
    const Instant start = rung.from();
    ++rung.current;
    if (list.count > most_sorted && used_ < most_rungs && rung.width > 1)
      deal(list, start, start + rung.width);
    else
      sort_into_bottom(list);
  }
}

std::vector<Event> EventCalendar::pending() const {
  std::vector<Event> all(bottom_.begin() + static_cast<std::ptrdiff_t>(head_), bottom_.end());
  const auto add = [&](const List& list) {
    for (std::int32_t n = list.first; n >= 0; n = nodes_[static_cast<std::size_t>(n)].next)
      all.push_back(nodes_[static_cast<std::size_t>(n)].event);
  };
  add(top_);
  for (std::size_t r = 0; r < used_; ++r)
    for (std::size_t b = rungs_[r].current; b < rungs_[r].buckets; ++b) add(rungs_[r].lists[b]);
  return all;
}

}  // namespace mailflow
