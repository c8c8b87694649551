#include "stats/time_sketch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace mailflow {

namespace {

/// By 11 bits after 11 bits, the lowest first: in times that come in no order the processor cannot guess which of two
/// is the less, as a sort by comparing would have it do.
void sort_by_time(std::vector<std::pair<Ticks, std::int64_t>>& records, Ticks longest) {
  constexpr std::size_t few = 512;
  if (records.size() < few) {
    std::sort(records.begin(), records.end());
    return;
  }
  constexpr unsigned digit = 11;
  const auto digit_of = [](Ticks time, unsigned shift) {
    return (static_cast<std::uint64_t>(time) >> shift) & ((1U << digit) - 1);
  };
  std::vector<std::pair<Ticks, std::int64_t>> sorted(records.size());
  for (unsigned shift = 0; shift < 64 && (longest >> shift) > 0; shift += digit) {
    std::array<std::size_t, 1U << digit> place{};
    for (const auto& record : records) ++place[digit_of(record.first, shift)];
    std::exclusive_scan(place.begin(), place.end(), place.begin(), std::size_t{0});
    for (const auto& record : records) sorted[place[digit_of(record.first, shift)]++] = record;
    records.swap(sorted);
  }
}

}  // namespace

void TimeSketch::record_exact(Ticks time, std::int64_t items) {
  records_.emplace_back(time, items);
  sorted_ = false;
  if (records_.size() >= exact_records) count_in_buckets();
}

void TimeSketch::count_in_buckets() {
  counts_.assign(bucket(never) + 1, 0);
  for (const auto& [t, n] : records_) counts_[bucket(t)] += n;
  records_ = std::vector<std::pair<Ticks, std::int64_t>>();  // gives its memory back, which = {} does not
  exact_ = false;
}

TimeSketch TimeSketch::in_buckets() {
  TimeSketch sketch;
  sketch.count_in_buckets();
  return sketch;
}

/// The least time of a bucket.
Ticks TimeSketch::lowest(std::size_t index) {
  if (index < (2U << bits)) return static_cast<Ticks>(index);
  return static_cast<Ticks>(((index & ((1U << bits) - 1)) + (1U << bits)) << ((index >> bits) - 1));
}

/// The least time from which on no bucket is passed over by times so far apart, rounded to ticks.
Ticks TimeSketch::none_passed_over(double step) {
  if (step <= 1) return 0;
  if (!(step < 0x1p42)) return never;
  auto whole = static_cast<std::uint64_t>(step);
  if (static_cast<double>(whole) < step) ++whole;
  return Ticks{1} << (static_cast<unsigned>(std::bit_width(whole)) + bits);  // a power of two, at least step + 1
}

void TimeSketch::record_row(Ticks base, double step, std::int64_t k, std::int64_t n) {
  const auto at = [&](std::int64_t i) { return base + nearest_tick(step * static_cast<double>(i)); };
  if (exact_) {
    while (k < n) record(at(++k), 1);
    return;
  }
  if (k >= n) return;
  const Ticks last = at(n);
  max_ = std::max(max_, last);
  std::int64_t* const counts = counts_.data();
  // Where buckets are narrower than a step, each holds one: as for the first items of most rows.
  const Ticks narrow = std::min(none_passed_over(step), last);
  Ticks time = at(k + 1);
  if (step >= 1 && last < static_cast<Ticks>(longest_span)) {
    auto i = static_cast<double>(k + 1);
    while (time < narrow) {
      const unsigned power = power_of(time);
      std::int64_t* const row = counts + (std::size_t{power} << bits);
      const Ticks end = std::min(narrow, Ticks{2} << (power + bits));  // the next power's first
      for (; time < end; ++k) {
        ++row[time >> power];
        time = base + static_cast<Ticks>(step * ++i + 0.5);  // half more, cut off, is the nearest whole number
      }
    }
  } else {
    for (; time < narrow; time = at(++k + 1)) ++counts[bucket(time)];
  }
  for (std::size_t index = bucket(time); k < n;) {
    // All buckets up to the next power of two are as wide as this one.
    const std::size_t end = ((index >> bits) + 1) << bits;
    const Ticks width = lowest(index + 1) - lowest(index);
    for (Ticks next = lowest(index + 1) - base; index < end && k < n; ++index, next += width) {
      // Those below the next bucket: base + i step rounds to less than its least time.
      const double below = (static_cast<double>(next) - 0.5) / step;
      const auto whole = static_cast<std::int64_t>(below);
      const std::int64_t up_to = std::clamp(static_cast<double>(whole) == below ? whole - 1 : whole, k, n);
      counts[index] += up_to - k;
      k = up_to;
    }
  }
}

double TimeSketch::share_within(Ticks time) const {
  std::int64_t total = 0;
  std::int64_t within = 0;
  for (const auto& [t, items] : records_) {
    total += items;
    if (t <= time) within += items;
  }
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    total += counts_[i];
    if (counts_[i] > 0 && middle(i) <= time) within += counts_[i];
  }
  return total == 0 ? 0 : static_cast<double>(within) / static_cast<double>(total);
}

void TimeSketch::merge(const TimeSketch& other) {
  if (other.exact_) {
    for (const auto& [time, items] : other.records_) record(time, items);
    return;
  }
  if (exact_) count_in_buckets();
  max_ = std::max(max_, other.max_);
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
}

std::vector<std::int64_t> TimeSketch::words() const {
  std::vector<std::int64_t> words = {exact_ ? 1 : 0, max_};
  if (!exact_) words.insert(words.end(), counts_.begin(), counts_.end());
  for (const auto& [time, items] : records_) {
    words.push_back(time);
    words.push_back(items);
  }
  return words;
}

TimeSketch TimeSketch::of_words(const std::vector<std::int64_t>& words) {
  TimeSketch sketch;
  sketch.exact_ = words.at(0) == 1;
  sketch.max_ = words.at(1);
  if (!sketch.exact_) sketch.counts_.assign(words.begin() + 2, words.end());
  for (std::size_t i = 2; sketch.exact_ && i + 1 < words.size(); i += 2)
    sketch.records_.emplace_back(words[i], words[i + 1]);
  sketch.sorted_ = sketch.records_.empty();
  return sketch;
}

Ticks TimeSketch::middle(std::size_t index) {
  if (index < (2U << bits)) return static_cast<Ticks>(index);  // buckets one tick wide
  const std::size_t power = (index >> bits) - 1;
  const std::uint64_t low = ((index & ((1U << bits) - 1)) + (1U << bits)) << power;
  return static_cast<Ticks>(low + (std::uint64_t{1} << (power - 1)));
}

Ticks TimeSketch::quantile(double q) const {
  std::int64_t total = 0;
  if (exact_) {
    if (records_.empty()) return 0;
    if (!sorted_) sort_by_time(records_, max_);
    sorted_ = true;
    for (const auto& record : records_) total += record.second;
  } else {
    for (const auto count : counts_) total += count;
  }
  const auto rank = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(q * static_cast<double>(total))));
  std::int64_t seen = 0;
  if (exact_) {
    for (const auto& [time, items] : records_)
      if ((seen += items) >= rank) return time;
  }
  for (std::size_t i = 0; i < counts_.size(); ++i)
    if ((seen += counts_[i]) >= rank) return std::min(middle(i), max_);
  return max_;
}

}  // namespace mailflow
