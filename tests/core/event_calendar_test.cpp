// The event list against a sorted set: the promised order, whatever is scheduled when.
#include "core/event_calendar.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <random>
#include <set>
#include <tuple>

using namespace mailflow;

namespace {

/// Both lists, given the same events; every event taken is held against the set's first.
class Beside {
 public:
  void schedule(Ticks at, std::uint8_t rank) {
    calendar_.schedule(at, rank, number_, ~number_);
    wanted_.emplace(at, rank, number_++);
  }
  Ticks take() {
    calendar_.settle();
    REQUIRE(calendar_.size() == wanted_.size());
    const auto [at, rank, number] = *wanted_.begin();
    wanted_.erase(wanted_.begin());
    REQUIRE(calendar_.next().at == at);
    const Event event = calendar_.take();
    const bool same = event.at == at && event.rank() == rank && event.index == number && event.token == ~number;
    if (!same) FAIL("took event " << event.index << " of " << event.at << " before " << number << " of " << at);
    return at;
  }
  bool empty() const { return wanted_.empty(); }
  bool both_empty() const { return wanted_.empty() && calendar_.empty(); }
  std::size_t size() const { return wanted_.size(); }

 private:
  EventCalendar calendar_;
  std::set<std::tuple<Ticks, std::uint8_t, std::uint32_t>> wanted_;
  std::uint32_t number_ = 0;
};

using Bits = std::mt19937_64;
using Law = std::function<Ticks(Bits&)>;

/// Events that come and go: up to `most` pending, and at times all are taken.
void come_and_go(const Law& after, std::size_t most, int times, Bits& bits) {
  Beside lists;
  Ticks now = 0;
  std::uniform_int_distribution<int> rank(0, 15);
  for (int i = 0; i < times; ++i) {
    const std::size_t wanted = bits() % (most + 1);
    while (lists.size() < wanted) lists.schedule(now + after(bits), static_cast<std::uint8_t>(rank(bits)));
    while (lists.size() > wanted / 2) {
      now = lists.take();
      if (bits() % 4 == 0) lists.schedule(now + after(bits), static_cast<std::uint8_t>(rank(bits)));
    }
    if (i % 10 == 9) {
      while (!lists.empty()) now = lists.take();
      REQUIRE(lists.both_empty());
    }
  }
}

}  // namespace

TEST_CASE("Events happen by time, then by rank, then in order of scheduling") {
  Bits bits(1);
  const auto up_to = [](Ticks most) {
    return [most](Bits& b) { return static_cast<Ticks>(b() % static_cast<std::uint64_t>(most)); };
  };
  const auto exponential = [](Bits& b) { return static_cast<Ticks>(std::exponential_distribution<double>(1e-9)(b)); };
  const auto days_or_ticks = [](Bits& b) { return b() % 10 == 0 ? Ticks{30} * day : static_cast<Ticks>(b() % 3); };
  const auto on_the_hour = [](Bits& b) { return static_cast<Ticks>(b() % 5) * hour; };
  const auto of_all_sizes = [](Bits& b) { return static_cast<Ticks>(std::uint64_t{1} << (b() % 40)); };
  for (const std::size_t most : {1U, 3U, 60U, 700U, 5000U}) {
    const int times = most > 1000 ? 40 : 200;
    come_and_go(up_to(1), most, times, bits);  // all in one instant
    come_and_go(up_to(4), most, times, bits);
    come_and_go(up_to(day), most, times, bits);
    come_and_go(exponential, most, times, bits);
    come_and_go(days_or_ticks, most, times, bits);
    come_and_go(on_the_hour, most, times, bits);
    come_and_go(of_all_sizes, most, times, bits);
  }
}

TEST_CASE("The end of a run may lie years off, or never come, beside events of the next second") {
  Bits bits(2);
  for (const Ticks end : {Ticks{400} * 365 * day, never - 1, never}) {
    Beside lists;
    for (int i = 0; i < 60; ++i) lists.schedule(end, static_cast<std::uint8_t>(i % 3));
    lists.schedule(0, 0);
    Ticks now = 0;
    for (int i = 0; i < 20'000; ++i) {
      now = lists.take();
      const std::size_t pending = i < 10'000 ? 200 : 65;
      while (lists.size() < pending) lists.schedule(now + static_cast<Ticks>(bits() % second), 1);
    }
    while (!lists.empty()) now = lists.take();
    CHECK(now == end);
  }
}

TEST_CASE("What is scheduled for this instant while it lasts still happens in it, by rank") {
  Beside lists;
  for (int i = 0; i < 3000; ++i) lists.schedule(hour, 4);
  lists.schedule(2 * hour, 0);
  for (int i = 0; i < 3000; ++i) {
    REQUIRE(lists.take() == hour);
    if (i < 1000) lists.schedule(hour, static_cast<std::uint8_t>(3 + i % 3));
  }
  while (!lists.empty()) lists.take();
}

TEST_CASE("Events of one instant and rank happen by place, then in order of scheduling, whatever their index") {
  EventCalendar calendar;
  constexpr std::uint32_t largest = 0xffff'ffffU;  // more than 2^24 lots may be on their way at once
  calendar.schedule(hour, 0x43, 7, 0, 2);
  calendar.schedule(hour, 0xff, largest, largest, 0xffff);
  calendar.schedule(hour, 0x43, largest, 1, 1);
  calendar.schedule(hour, 0x43, (1U << 24U) + 5, 2, 1);
  calendar.schedule(hour, 0x31, 9, 3);
  const auto next = [&](std::uint8_t rank, std::uint32_t index) {
    const Event event = calendar.take();
    return event.at == hour && event.rank() == rank && event.index == index;
  };
  CHECK(next(0x31, 9));
  CHECK(next(0x43, largest));
  CHECK(next(0x43, (1U << 24U) + 5));
  CHECK(next(0x43, 7));
  CHECK(next(0xff, largest));
  CHECK(calendar.empty());
}
