// What a run holds in memory grows with the mail in the centre and with the hours reported on, not with the mail that
// has passed. Counted by this program's own operator new, so that the figures are the same on any machine.
#include <malloc.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <new>

#include "centre/simulate.hpp"
#include "core/event_calendar.hpp"
#include "core/random.hpp"

namespace {

std::atomic<std::size_t> held{0};
std::atomic<std::size_t> most_held{0};

void* counted(std::size_t bytes) {
  void* memory = std::malloc(bytes);
  if (memory == nullptr) throw std::bad_alloc();
  const std::size_t now = held += malloc_usable_size(memory);
  if (now > most_held) most_held = now;
  return memory;
}

void give_back(void* memory) {
  held -= malloc_usable_size(memory);
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t bytes) { return counted(bytes); }
void* operator new[](std::size_t bytes) { return counted(bytes); }
// std::stable_sort asks in this way
void* operator new(std::size_t bytes, const std::nothrow_t& /*unused*/) noexcept {
  try {
    return counted(bytes);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void operator delete(void* memory, const std::nothrow_t& /*unused*/) noexcept { give_back(memory); }
void operator delete(void* memory) noexcept { give_back(memory); }
void operator delete[](void* memory) noexcept { give_back(memory); }
void operator delete(void* memory, std::size_t) noexcept { give_back(memory); }
void operator delete[](void* memory, std::size_t) noexcept { give_back(memory); }

using namespace mailflow;

namespace {

Station window(const char* name, double mean_ticks, StationIndex next) {
  Station s;
  s.name = name;
  s.kind = StationKind::manual;
  s.servers = 3;
  s.service.law = Law::exponential;
  s.service.a = mean_ticks;
  RouteNode node;
  node.kind = next == none ? RouteNode::Kind::leaves : RouteNode::Kind::to;
  node.station = next;
  s.next.nodes = {node};
  return s;
}

/// A day of two windows that break down. `pace` times as many items, handled as many times faster: the same lines.
Model centre(double pace, bool staffed) {
  Model m;
  m.start = Date{20000};
  m.end = day;
  m.midnights = {0, day};
  m.skills = {"sorting"};
  m.products.resize(1);
  m.products[0].name = "letter";
  m.products[0].due_within = hour;
  Source source;
  source.name = "public";
  source.kind = Source::Kind::rate;
  source.into = 0;
  source.mix.product = {1};
  source.mix.destination = {{}};
  source.rate = {{0, pace * 2.5 / second}};
  m.sources = {source};
  m.stations = {window("first", second / pace, 1), window("second", second / pace, none)};
  if (!staffed) return m;
  for (Station& s : m.stations) {
    s.skill = 0;
    s.crew = 1;
    s.breakdown.present = true;
    s.breakdown.every.law = Law::exponential;
    s.breakdown.every.a = hour / pace;
    s.breakdown.repair.law = Law::exponential;
    s.breakdown.repair.a = minute / pace;
  }
  Team team;
  team.name = "all day";
  team.agents = 6;
  team.skills = {{0, 1}};
  team.duties = {{{0, day}, {}, 0}};
  m.teams = {team};
  return m;
}

std::size_t most_held_by(const Model& m, std::int64_t at_least) {
  const std::size_t before = held;
  most_held = before;
  const Results results = simulate(m, RunOptions{});
  CHECK(results.out >= at_least);
  return most_held - before;
}

}  // namespace

TEST_CASE("The list of what is to happen holds no more for what has happened than for what is to happen") {
  // A thousand things are pending, each of which brings about another within an hour of it
  Stream at(7);
  EventCalendar calendar;
  const auto next = [&at] { return static_cast<Ticks>(at.uniform() * static_cast<double>(hour)); };
  for (std::uint32_t n = 0; n < 1000; ++n) calendar.schedule(next(), 0, n, 0);
  const auto turns = [&](int count) {
    for (int n = 0; n < count; ++n) {
      const Event event = calendar.take();
      calendar.schedule(event.at + next(), 0, event.index, 0);
    }
  };
  turns(100'000);
  const std::size_t before = held;
  turns(400'000);
  CHECK(held < before + 100'000);  // of a quarter byte a turn
}

TEST_CASE("A run holds no more for two million items that pass than for two hundred thousand") {
  const bool staffed = GENERATE(false, true);
  CAPTURE(staffed);
  const std::size_t few = most_held_by(centre(1, staffed), 200'000);
  const std::size_t many = most_held_by(centre(10, staffed), 2'000'000);
  CHECK(few > 1'000'000);         // the exact quantiles, until they are too many to keep
  CHECK(many < few + 1'000'000);  // a byte kept of each item would show; lines and blocks vary a little
}
