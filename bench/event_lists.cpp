#include "event_lists.hpp"

namespace mailflow::bench {

void HeapWithoutBranches::schedule(Ticks at) {
  const Event event{at, scheduled_++, 0, 0};
  if (hole_) {
    hole_ = false;
    sift_down(event);
    return;
  }
  events_.push_back(nothing);
  std::size_t i = size_++;
  for (; i > 0 && before(event, events_[(i - 1) / brothers]); i = (i - 1) / brothers)
    events_[i] = events_[(i - 1) / brothers];
  events_[i] = event;
}

Event HeapWithoutBranches::take() {
  if (hole_) {
    const Event last = events_[--size_];
    events_[size_] = nothing;
    events_.pop_back();
    if (size_ > 0) sift_down(last);
  }
  hole_ = true;
  return events_.front();
}

void HeapWithoutBranches::sift_down(const Event& event) {
  Event* events = events_.data();
  const auto key = [events](std::size_t i) { return (Key{events[i].at} << 64U) | events[i].order; };
  std::size_t i = 0;
  for (std::size_t child = 1; child < size_; child = brothers * i + 1) {
    if (child > beyond_cache) fetch_children(child);
    const std::size_t a = child + static_cast<std::size_t>(key(child + 1) < key(child));
    const std::size_t b = child + 2 + static_cast<std::size_t>(key(child + 3) < key(child + 2));
    const std::size_t first = key(b) < key(a) ? b : a;
    if (!before(events[first], event)) break;
    events[i] = events[first];
    i = first;
  }
  events[i] = event;
}

void HeapWithoutBranches::fetch_children(std::size_t child) const {
  const char* children = reinterpret_cast<const char*>(events_.data() + brothers * child + 1);
  for (std::size_t line = 0; line < brothers * brothers * sizeof(Event); line += 64)
    __builtin_prefetch(children + line);
}

void CalendarQueue::put(const Event& event) {
  auto& day = days_[day_of(event.at)];
  day.insert(std::partition_point(day.begin(), day.end(), [&](const Event& e) { return before(event, e); }), event);
}

void CalendarQueue::schedule(Ticks at) {
  put({at, scheduled_++, 0, 0});
  if (++size_ > 2 * days_.size()) resize(2 * days_.size());
}

Event CalendarQueue::take() {
  for (std::size_t days = 0;; ++days) {
    if (days == days_.size()) {  // nothing within a year: look for the earliest
      last_ = days_[earliest_day()].back().at;
      today_ = day_of(last_);
      today_ends_ = (last_ / width_ + 1) * width_;
    }
    auto& day = days_[today_];
    if (!day.empty() && day.back().at < today_ends_) {
      const Event event = day.back();
      day.pop_back();
      last_ = event.at;
      if (--size_ < days_.size() / 2 && days_.size() > 2) resize(days_.size() / 2);
      return event;
    }
    today_ = (today_ + 1) & (days_.size() - 1);
    today_ends_ += width_;
  }
}

std::size_t CalendarQueue::earliest_day() const {
  std::size_t best = days_.size();
  for (std::size_t d = 0; d < days_.size(); ++d)
    if (!days_[d].empty() && (best == days_.size() || before(days_[d].back(), days_[best].back()))) best = d;
  return best;
}

/// Three times the mean gap of the next events, without the gaps over twice that mean (Brown's rule).
Ticks CalendarQueue::new_width() {
  if (size_ < 2) return width_;
  std::vector<Event> next;
  for (const auto& day : days_) next.insert(next.end(), day.begin(), day.end());
  const std::size_t sampled = std::min<std::size_t>(size_, size_ <= 5 ? size_ : 5 + size_ / 10);
  const std::size_t most = std::min<std::size_t>(sampled, 25);
  std::partial_sort(next.begin(), next.begin() + static_cast<std::ptrdiff_t>(most), next.end(), before);
  const Ticks mean = (next[most - 1].at - next[0].at) / static_cast<Ticks>(most - 1);
  Ticks sum = 0;
  Ticks gaps = 0;
  for (std::size_t i = 1; i < most; ++i) {
    const Ticks gap = next[i].at - next[i - 1].at;
    if (gap > 2 * mean) continue;
    sum += gap;
    ++gaps;
  }
  return std::max<Ticks>(1, gaps > 0 ? 3 * sum / gaps : width_);
}

void CalendarQueue::lay_out(std::size_t days, Ticks width, Ticks from) {
  days_.assign(days, {});
  width_ = width;
  today_ = day_of(from);
  today_ends_ = (from / width + 1) * width;
}

void CalendarQueue::resize(std::size_t days) {
  const Ticks width = new_width();
  std::vector<std::vector<Event>> old;
  old.swap(days_);
  lay_out(days, width, last_);
  for (const auto& day : old)
    for (const Event& event : day) put(event);
}

}  // namespace mailflow::bench
