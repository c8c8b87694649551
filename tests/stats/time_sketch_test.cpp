#include "stats/time_sketch.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "core/random.hpp"

using namespace mailflow;

namespace {

/// Times as postal centres have them: most of minutes, some of days, spread over many powers of two.
std::vector<Ticks> spread_times(std::size_t n, unsigned seed) {
  std::mt19937_64 bits(seed);
  std::lognormal_distribution<double> law(std::log(6e8), 2.5);
  std::vector<Ticks> times;
  for (std::size_t i = 0; i < n; ++i) times.push_back(static_cast<Ticks>(law(bits)));
  return times;
}

TimeSketch sketch_of(const std::vector<Ticks>& times, std::size_t from, std::size_t to) {
  TimeSketch sketch;
  for (std::size_t i = from; i < to; ++i) sketch.record(times[i], 1 + static_cast<std::int64_t>(i % 3));
  return sketch;
}

void check_same(const TimeSketch& a, const TimeSketch& b) {
  CHECK(a.max() == b.max());
  CHECK(a.error() == b.error());
  for (int i = 0; i <= 1000; ++i) REQUIRE(a.quantile(i / 1000.0) == b.quantile(i / 1000.0));
}

}  // namespace

TEST_CASE("Quantiles of few times are exact and count items, not lots") {
  TimeSketch sketch;
  sketch.record(10, 1);
  sketch.record(30, 7);
  sketch.record(20, 2);
  CHECK(sketch.quantile(0.1) == 10);
  CHECK(sketch.quantile(0.3) == 20);
  CHECK(sketch.quantile(0.31) == 30);
  CHECK(sketch.quantile(1) == 30);
  CHECK(sketch.max() == 30);
  CHECK(sketch.error() == 0);
}

TEST_CASE("Quantiles of some thousand times in no order are exact") {
  const std::vector<Ticks> times = spread_times(5'000, 7);
  TimeSketch sketch;
  for (const Ticks time : times) sketch.record(time, 1);
  std::vector<Ticks> in_order = times;
  std::sort(in_order.begin(), in_order.end());
  REQUIRE(sketch.error() == 0);
  for (std::size_t i = 0; i < 5'000; i += 7)  // the q-quantile of n is the one of rank q n
    REQUIRE(sketch.quantile((static_cast<double>(i) + 0.5) / 5'000) == in_order[i]);
}

TEST_CASE("Quantiles of many times stay within the stated error") {
  TimeSketch sketch;
  constexpr std::int64_t n = 1'000'000;
  for (std::int64_t i = 1; i <= n; ++i) sketch.record(i * 977, 1);  // uniform: the q-quantile is q n 977
  REQUIRE(sketch.error() > 0);
  for (const double q : {0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999}) {
    const double exact = q * static_cast<double>(n) * 977;
    CHECK(std::abs(static_cast<double>(sketch.quantile(q)) - exact) / exact <= sketch.error());
  }
}

TEST_CASE("Sketches of parts of the mail merge into the sketch of all of it") {
  constexpr std::size_t few = 1000;
  constexpr std::size_t edge = TimeSketch::exact_records;
  constexpr std::size_t many = 200'000;
  const auto times = spread_times(many, 1);
  const struct {
    std::size_t cut, whole;
  } parts[] = {{0, 0},      {0, few},         {few, few},  {few / 3, few},     {few, edge - 1},
               {few, edge}, {edge / 2, edge}, {few, many}, {many - few, many}, {many / 2, many}};
  for (const auto& [cut, whole] : parts) {
    INFO(cut << " of " << whole);
    TimeSketch merged = sketch_of(times, 0, cut);
    TimeSketch rest;
    for (std::size_t i = cut; i < whole; ++i) rest.record(times[i], 1 + static_cast<std::int64_t>(i % 3));
    merged.merge(rest);
    check_same(merged, sketch_of(times, 0, whole));
  }
}

TEST_CASE("A merged sketch goes on recording as the whole would") {
  const auto times = spread_times(TimeSketch::exact_records + 10, 2);
  TimeSketch merged = sketch_of(times, 0, 10);
  merged.merge(sketch_of(times, 10, 20));
  TimeSketch whole = sketch_of(times, 0, 20);
  for (std::size_t i = 20; i < times.size(); ++i) {
    merged.record(times[i], 2);
    whole.record(times[i], 2);
  }
  check_same(merged, whole);
}

TEST_CASE("Whatever the law of times, a quantile in buckets is within the stated error of the exact one") {
  for (const unsigned seed : {3U, 4U, 5U}) {
    auto times = spread_times(3 * TimeSketch::exact_records, seed);
    times.insert(times.end(), {0, 0, 1, 255, 256, 511, 512, 513, never / 2});  // the edges of the buckets
    TimeSketch sketch;
    for (const Ticks time : times) sketch.record(time, 1);
    REQUIRE(sketch.error() == 1.0 / 512);
    std::sort(times.begin(), times.end());
    for (std::size_t rank = 1; rank <= times.size(); rank += 97) {
      const double q = (static_cast<double>(rank) - 0.5) / static_cast<double>(times.size());
      const auto exact = static_cast<double>(times[rank - 1]);
      REQUIRE(std::abs(static_cast<double>(sketch.quantile(q)) - exact) <= sketch.error() * exact);
    }
    CHECK(sketch.max() == never / 2);
  }
}

TEST_CASE("A row of items in buckets is what its items are, recorded one by one") {
  Stream stream(19);
  for (int row = 0; row < 4'000; ++row) {
    // From a fraction of a tick to a month between two items, from none to a year before the first.
    const double step = std::exp(stream.uniform() * 30 - 2);
    const auto base = static_cast<Ticks>(std::exp(stream.uniform() * 31)) - 1;
    const auto k = static_cast<std::int64_t>(stream.uniform() * 50);
    const auto n = k + static_cast<std::int64_t>(stream.uniform() * 600);
    // What rounds to whole ticks just so, too.
    const double even = row % 3 == 0 ? std::ceil(step) / 2 : step;
    TimeSketch rows = TimeSketch::in_buckets();
    TimeSketch items = TimeSketch::in_buckets();
    rows.record_row(base, even, k, n);
    for (std::int64_t i = k + 1; i <= n; ++i) items.record(base + std::llround(even * static_cast<double>(i)), 1);
    CAPTURE(step, even, base, k, n);
    REQUIRE(rows.words() == items.words());
  }
}

TEST_CASE("A row of items is recorded one by one while times are exact") {
  // 10, 20, ... 50 after 100
  TimeSketch sketch;
  sketch.record_row(100, 10, 0, 5);
  CHECK(sketch.error() == 0);
  CHECK(sketch.quantile(0.2) == 110);
  CHECK(sketch.quantile(0.6) == 130);
  CHECK(sketch.max() == 150);
}
