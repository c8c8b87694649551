// Quantiles of times, weighted by items: exact while few, then within a stated relative error in bounded memory.
//
// Beyond `exact_records` records the times are counted in a log-linear histogram (buckets of equal width within each
// power of two; G. Tene's HdrHistogram): 2^8 buckets a power, so that a quantile is off by at most 1/512 of itself.
// Sketches of parts (threads, replications, centres) merge into the sketch of the whole.
#pragma once

#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/time.hpp"

namespace mailflow {

class TimeSketch {
 public:
  static constexpr std::size_t exact_records = 1U << 16U;

  /// In buckets from the first record on.
  static TimeSketch in_buckets();

  /// `time` >= 0 ticks, `items` > 0.
  void record(Ticks time, std::int64_t items) {
    if (time > max_) max_ = time;
    if (exact_) {
      record_exact(time, items);
      return;
    }
    counts_[bucket(time)] += items;
  }

  /// One item each at base + (k + 1) step, ..., base + n step, rounded to ticks; 0 <= k < n, step > 0. Costs as much as
  /// the buckets that they fall into.
  void record_row(Ticks base, double step, std::int64_t k, std::int64_t n);

  /// Takes in what another sketch (not this one) has recorded: all is then as if it had been recorded here, be it exact
  /// or in buckets.
  void merge(const TimeSketch& other);

  /// The least recorded time t such that a share of at least q of the items took t or less; 0 when there are none.
  Ticks quantile(double q) const;
  Ticks max() const { return max_; }
  /// Share of the items whose time, or the middle of whose bucket, is at most `time`; 0 when there are none.
  double share_within(Ticks time) const;
  /// Bound on the relative error of a quantile; 0: exact.
  double error() const { return exact_ ? 0 : 1.0 / 512; }

  /// All it holds, to be sent to another process, and back.
  std::vector<std::int64_t> words() const;
  static TimeSketch of_words(const std::vector<std::int64_t>& words);

 private:
  static constexpr unsigned bits = 8;
  /// Buckets there are 2^power ticks wide.
  static unsigned power_of(Ticks time) {
    const auto v = static_cast<std::uint64_t>(time);
    return v < (1U << bits) ? 0 : static_cast<unsigned>(std::bit_width(v)) - 1 - bits;
  }
  static std::size_t bucket(Ticks time) {
    const unsigned power = power_of(time);
    return (std::size_t{power} << bits) + (static_cast<std::uint64_t>(time) >> power);
  }
  static Ticks middle(std::size_t index);
  static Ticks lowest(std::size_t index);
  static Ticks none_passed_over(double step);
  void record_exact(Ticks time, std::int64_t items);
  void count_in_buckets();

  bool exact_ = true;
  Ticks max_ = 0;
  mutable bool sorted_ = true;
  mutable std::vector<std::pair<Ticks, std::int64_t>> records_;
  std::vector<std::int64_t> counts_;
};

}  // namespace mailflow
