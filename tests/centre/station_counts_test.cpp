// What is counted at stations: sums over time, hours, waits, servers.
#include "centre/station_counts.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "centre/small_centre.hpp"

namespace mailflow::parts {
namespace {

/// A machine for which three are needed at each of two servers, and a bay.
Model machine_and_bay() {
  Model m = model_of({place(StationKind::machine, "machine", 1), place(StationKind::bay, "bay")});
  m.stations[0].servers = 2;
  m.stations[0].crew = 3;
  return m;
}

struct Counted : Ground {
  Counted() : Ground(machine_and_bay()), counts(setting, agenda) {}
  void clock(int minutes) { agenda.set_now(minutes * minute); }
  StationResult result(StationIndex s) {
    StationResult r;
    counts.fill(s, r);
    return r;
  }
  static double in(const std::array<Ticks, server_states>& of, ServerState state) {
    return in_minutes(of[static_cast<std::size_t>(state)]);
  }
  StationIndex machine{0}, bay{1};
  StationCounts counts;
};

TEST_CASE("Items in a station add up over time, in queue only while they wait") {
  // 3 items are there from 00:10 to 00:40, in queue to 00:20; 2 from 00:20 to 00:50, in queue to 00:40.
  // There: 3 x 30 + 2 x 30 = 150; in queue: 3 x 10 + 2 x 20 = 70.
  Counted at;
  at.clock(10);
  const LotIndex a = at.lot(3, 0);
  at.counts.enters(at.lots[a]);
  at.counts.joins_queue(at.machine, at.lots[a]);
  at.clock(20);
  at.counts.leaves_queue(at.machine, at.lots[a]);
  at.counts.taken_in_hand(at.lots[a]);
  const LotIndex b = at.lot(2, 0);
  at.counts.enters(at.lots[b]);
  at.counts.joins_queue(at.machine, at.lots[b]);
  CHECK(at.counts[at.machine].items == 5);
  CHECK(at.counts[at.machine].queue_items == 2);
  CHECK(at.counts[at.machine].queue_lots == 1);
  at.clock(40);
  at.counts.leaves(at.lots[a], 99 * minute);  // how long it was there is asked where nothing is taken in hand alone
  at.counts.leaves_queue(at.machine, at.lots[b]);
  at.counts.taken_in_hand(at.lots[b]);
  at.clock(50);
  at.counts.leaves(at.lots[b], 99 * minute);
  at.counts.settle();
  at.counts.mark_hour();
  const StationResult r = at.result(at.machine);
  CHECK(r.items_in == 5);
  CHECK(r.items_out == 5);
  CHECK(r.lots_out == 2);
  CHECK(in_minutes(r.in_station) == 150);
  CHECK(r.hours[0].content == 150 * minute);
  CHECK(r.hours[0].queue == 70 * minute);
  CHECK(r.hours[0].until == 50 * minute);
  CHECK(r.content.mean == Approx(150.0 / 50));
  CHECK(r.queue.mean == Approx(70.0 / 50));
  CHECK(r.throughput.mean == Approx(5 * 60.0 / 50));
  CHECK(r.queue_max == 3);
  CHECK(r.longest_wait == 20);
  CHECK(r.wait.mean == Approx((3 * 10 + 2 * 20) / 5.0));
  CHECK(r.waited == 1);
  CHECK(r.mean_time == Approx(150.0 / 5));
  CHECK(r.little_residual == 0);
}

TEST_CASE("At a bay all that is there counts as its queue, and the longest time there as the longest wait") {
  Counted at;
  const LotIndex a = at.lot(4, 1);
  at.counts.enters(at.lots[a]);
  CHECK(at.counts[at.bay].queue_items == 4);
  at.clock(30);
  at.counts.settle();
  at.counts.leaves(at.lots[a], 30 * minute);
  CHECK(at.counts[at.bay].queue_items == 0);
  CHECK(in_minutes(at.counts[at.bay].queue_area) == 120);
  at.counts.mark_hour();
  const StationResult r = at.result(at.bay);
  CHECK(r.longest_wait == 30);
  CHECK_FALSE(r.longest_wait_at_least);
  CHECK(std::isnan(r.use.mean));
}

TEST_CASE("Mail that is taken in hand as it comes has not waited, and was never the longest queue") {
  Counted at;
  at.clock(10);
  const LotIndex a = at.lot(7, 0);
  at.counts.enters(at.lots[a]);
  at.counts.joins_queue(at.machine, at.lots[a]);
  at.counts.leaves_queue(at.machine, at.lots[a]);
  at.counts.taken_in_hand(at.lots[a]);
  at.clock(20);
  at.counts.settle();
  at.counts.mark_hour();
  const StationResult r = at.result(at.machine);
  CHECK(r.queue_max == 0);
  CHECK(r.waited == 0);
  CHECK(r.longest_wait == 0);
}

TEST_CASE("Each hour has the most that was in queue in it, of which what waits at its end is there in the next") {
  // 00:00 to 00:20 five items; then two, to 01:30
  Counted at;
  const LotIndex a = at.lot(3, 0);
  const LotIndex b = at.lot(2, 0);
  for (const LotIndex l : {a, b}) {
    at.counts.enters(at.lots[l]);
    at.counts.joins_queue(at.machine, at.lots[l]);
  }
  at.clock(20);
  at.counts.leaves_queue(at.machine, at.lots[a]);
  at.clock(60);
  at.counts.settle();
  at.counts.mark_hour();
  at.clock(90);
  at.counts.leaves_queue(at.machine, at.lots[b]);
  at.clock(120);
  at.counts.settle();
  at.counts.mark_hour();
  const StationResult r = at.result(at.machine);
  REQUIRE(r.hours.size() == 2);
  CHECK(r.hours[0].queue_max == 5);
  CHECK(r.hours[0].queue_now == 2);
  CHECK(r.hours[0].content_now == 5);
  CHECK(r.hours[1].queue_max == 2);
  CHECK(r.hours[1].queue_now == 0);
  CHECK(r.queue_max == 5);
  CHECK(r.hours[1].queue == (5 * 20 + 2 * 70) * minute);  // they add up from the window's beginning
}

TEST_CASE("Servers that lack their crew: for want of people on duty, for want of mail, or neither") {
  // Two servers of three agents each, unstaffed all the while.
  //   00:00 nobody on duty         2 servers cannot be manned
  //   00:10 four on duty           1 can; nothing waits
  //   00:30 mail waits             1 cannot; the other lacks its crew though mail waits
  //   00:40 six on duty            both can; mail waits
  //   00:50 five on duty, no mail  1 cannot, 1 lacks nothing to do
  //   01:00
  Counted at;
  std::array<Server, 2> servers;
  for (Server& server : servers) {
    server.station = at.machine;
    server.state = ServerState::unstaffed;
    at.counts.has_server(server);
  }
  CHECK(at.counts.servers(at.machine, ServerState::unstaffed) == 2);
  at.clock(10);
  for (int n = 0; n < 4; ++n) at.counts.on_duty(at.machine, 1);
  at.clock(30);
  const LotIndex l = at.lot(1, 0);
  at.counts.joins_queue(at.machine, at.lots[l]);
  at.clock(40);
  at.counts.on_duty(at.machine, 1);
  at.counts.on_duty(at.machine, 1);
  at.clock(50);
  at.counts.on_duty(at.machine, -1);
  at.counts.leaves_queue(at.machine, at.lots[l]);
  at.clock(60);
  at.counts.settle();
  for (Server& server : servers) at.counts.settle(server);
  const StationResult r = at.result(at.machine);
  CHECK(Counted::in(r.state, ServerState::unstaffed) == 120);
  CHECK(Counted::in(r.not_rostered, ServerState::unstaffed) == 2 * 10 + 20 + 10 + 0 + 10);
  CHECK(in_minutes(r.unstaffed_without_mail) == 20 + 10);
}

TEST_CASE("A server that is down or blocked with nobody on duty is not rostered either, and one at work is") {
  Counted at;
  std::array<Server, 2> servers;
  for (Server& server : servers) {
    server.station = at.machine;
    server.state = ServerState::unstaffed;
    at.counts.has_server(server);
  }
  at.counts.changes(servers[0], ServerState::down);
  at.counts.changes(servers[1], ServerState::blocked);
  at.clock(10);
  at.counts.changes(servers[0], ServerState::busy);
  CHECK(servers[0].state == ServerState::busy);
  CHECK(servers[0].state_since == 10 * minute);
  at.clock(25);
  at.counts.settle();
  for (Server& server : servers) at.counts.settle(server);
  const StationResult r = at.result(at.machine);
  CHECK(Counted::in(r.state, ServerState::down) == 10);
  CHECK(Counted::in(r.state, ServerState::busy) == 15);
  CHECK(Counted::in(r.state, ServerState::blocked) == 25);
  CHECK(Counted::in(r.not_rostered, ServerState::down) == 10);
  CHECK(Counted::in(r.not_rostered, ServerState::blocked) == 25);
  CHECK(Counted::in(r.not_rostered, ServerState::busy) == 0);
}

TEST_CASE("Of servers for which too few are on duty those without a crew count first, then those down, then blocked") {
  // Three servers in three states, three of nine on duty: two cannot be manned.
  Model m = machine_and_bay();
  m.stations[0].servers = 3;
  Ground ground(m);
  StationCounts counts(ground.setting, ground.agenda);
  for (const ServerState state : {ServerState::unstaffed, ServerState::down, ServerState::blocked}) {
    Server server;
    server.station = StationIndex(0);
    server.state = state;
    counts.has_server(server);
  }
  for (int n = 0; n < 3; ++n) counts.on_duty(StationIndex(0), 1);
  CHECK(counts[StationIndex(0)].not_manned == 2);
  ground.agenda.set_now(10 * minute);
  counts.settle();
  const auto& not_rostered = counts[StationIndex(0)].not_rostered;
  CHECK(Counted::in(not_rostered, ServerState::unstaffed) == 10);
  CHECK(Counted::in(not_rostered, ServerState::down) == 10);
  CHECK(Counted::in(not_rostered, ServerState::blocked) == 0);
}

TEST_CASE("At the window's beginning waits and sums are forgotten, and what is there stays") {
  Counted at;
  const LotIndex gone = at.lot(1, 0);
  const LotIndex stays = at.lot(2, 0);
  for (const LotIndex l : {gone, stays}) {
    at.counts.enters(at.lots[l]);
    at.counts.joins_queue(at.machine, at.lots[l]);
  }
  at.clock(30);
  at.counts.leaves_queue(at.machine, at.lots[gone]);
  at.counts.taken_in_hand(at.lots[gone]);
  at.counts.diverted(at.machine, 1);
  at.counts.leaves(at.lots[gone], 0);
  at.clock(60);
  at.counts.settle();
  at.counts.mark_hour();
  at.agenda.begin_window();
  at.counts.reset(true);
  CHECK(at.counts[at.machine].items == 2);
  CHECK(at.counts[at.machine].queue_items == 2);
  CHECK(at.counts[at.machine].visiting.at_start == 2);
  CHECK(at.counts[at.machine].waiting.at_start == 2);
  at.clock(70);
  at.counts.leaves_queue(at.machine, at.lots[stays]);
  at.clock(80);
  const LotIndex quick = at.lot(1, 0);
  at.counts.enters(at.lots[quick]);
  at.clock(85);
  at.counts.taken_in_hand(at.lots[quick]);
  at.counts.leaves(at.lots[stays], 0);  // was there for 20 minutes of the window
  at.clock(90);
  at.counts.settle();
  at.counts.mark_hour();
  const StationResult r = at.result(at.machine);
  CHECK(r.items_in == 1);
  CHECK(r.items_out == 2);
  CHECK(r.lots_out == 1);
  CHECK(r.items_diverted == 0);
  CHECK(r.longest_wait == 5);  // not the 30 minutes before
  CHECK(r.wait.mean == Approx(5));
  CHECK(r.queue_max == 2);
  REQUIRE(r.hours.size() == 1);
  CHECK(r.hours[0].queue == 2 * 10 * minute);
  CHECK(r.hours[0].content == (2 * 25 + 10) * minute);
  CHECK(in_minutes(r.in_station) == 2 * 25);
}

TEST_CASE("What a lot's own stamps do not account for shows as distance from Little's law") {
  // 4 items for 25 minutes are 100; one of them is said to have come 20 minutes later: 80 accounted for.
  Counted at;
  const LotIndex a = at.lot(4, 0);
  at.counts.enters(at.lots[a]);
  at.clock(25);
  at.lots[a].entered = 5 * minute;
  at.counts.leaves(at.lots[a], 0);
  at.counts.settle();
  at.counts.mark_hour();
  CHECK(at.result(at.machine).little_residual == Approx(0.2));
}

TEST_CASE("Lots in a bag that is closed were in the station by themselves until then") {
  Counted at;
  const LotIndex a = at.lot(4, 1);
  at.counts.is_there(at.lots[a]);
  CHECK(at.counts[at.bay].items == 4);
  CHECK(at.counts[at.bay].items_in == 0);
  at.clock(10);
  at.counts.visited(at.bay, at.lots[a]);
  CHECK(in_minutes(at.counts[at.bay].visit_time) == 40);
}

}  // namespace
}  // namespace mailflow::parts
