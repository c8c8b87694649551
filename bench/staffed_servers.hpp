// Servers of the centre written by hand: handlings, set-ups, breakdowns and what is given back (sim/centre/RULES.md).
#pragma once

#include "staffed_loop.hpp"

namespace staffed {

inline void Centre::start(int v, int l) {
  Server& server = servers_[z(v)];
  server.lot = l;
  if (breaks_down(server.station)) {
    const int plan = plan_of(server.station, lots_[z(l)]);
    const bool set_up = server.plan >= 0 && server.plan != plan;
    server.plan_before = std::exchange(server.plan, plan);
    if (set_up) {
      begin_phase(v, Phase::set_up,
                  server.station == letter_sorter
                      ? 6 * minute
                      : minute + static_cast<Ticks>(draws_.uniform() * static_cast<double>(2 * minute)));
      return;
    }
  }
  handle(v);
}

inline Ticks Centre::handling_time(const Server& server, const Lot& lot) {
  const int items = lot.items - lot.done;
  if (server.station != parcel_sorter)
    return std::llround(items / (station_is[z(server.station)].items_per_hour * pace(server)) *
                        static_cast<double>(hour));
  double seconds = 0;
  for (int i = 0; i < items; ++i) seconds += triangular(20, 40, 90, draws_);
  return std::llround(seconds * static_cast<double>(second));
}

inline void Centre::handle(int v) {
  Server& server = servers_[z(v)];
  Lot& lot = lots_[z(server.lot)];
  if (lot.broken_off) {
    lot.broken_off = false;
    server.takes = lot.takes;
    server.worked = lot.worked;
  } else {
    server.takes = handling_time(server, lot);
    server.worked = 0;
  }
  begin_phase(v, Phase::handling, server.takes - server.worked);
}

inline void Centre::begin_phase(int v, Phase phase, Ticks takes) {
  Server& server = servers_[z(v)];
  server.phase = phase;
  server.began = now_;
  server.ends = now_ + takes;
  schedule_phase(v);
  if (server.state != State::at_work) refresh(v);
}

inline void Centre::schedule_phase(int v) {
  Server& server = servers_[z(v)];
  ++server.token;
  if (server.fails_in <= server.ends - server.began)
    heap_.push(server.began + server.fails_in, fails, v, server.token);
  else
    heap_.push(server.ends, phase_ends, v, server.token);
}

inline void Centre::phase_end(int v) {
  Server& server = servers_[z(v)];
  count_work(server);
  if (breaks_down(server.station)) server.fails_in -= now_ - server.began;
  if (server.phase == Phase::handling)
    finish(v);
  else if (server.stop)
    give_back(v);
  else
    handle(v);
}

inline void Centre::finish(int v) {
  Server& server = servers_[z(v)];
  const int l = server.lot;
  Lot& lot = lots_[z(l)];
  if (server.stop && server.stop_items < lot.items - lot.done) {
    lot.done += server.stop_items;
    give_back(v);
    return;
  }
  server.lot = -1;
  server.stop = false;
  lot.done = 0;
  route(l, server.station);
  end_hand(v);
}

inline void Centre::fail(int v) {
  Server& server = servers_[z(v)];
  count_work(server);
  server.worked += now_ - server.began;
  server.left = server.ends - now_;
  ++server.token;
  server.down = true;
  static const mailflow::Distribution repairs[2] = {
      {mailflow::Law::lognormal, 35.0 * minute, 30.0 * minute, 0, {}, {}},
      {mailflow::Law::lognormal, 20.0 * minute, 15.0 * minute, 0, {}, {}}};
  heap_.push(now_ + draw_ticks(repairs[server.station == letter_sorter ? 0 : 1], draws_), repaired, v);
  refresh(v);
  if (server.stop) break_off(v);
}

inline Ticks next_failure(int s, Stream& stream) {
  return static_cast<Ticks>(stream.exponential() * static_cast<double>((s == letter_sorter ? 15 : 30) * hour));
}

inline void Centre::repair(int v) {
  Server& server = servers_[z(v)];
  server.down = false;
  server.fails_in = next_failure(server.station, draws_);
  if (server.lot >= 0) {
    begin_phase(v, server.phase, server.left);
    return;
  }
  refresh(v);
  wanted_ = due_now_ = true;
}

/// The crew leaves a machine that is down: what is done of the lot stays done, a set-up is to be made anew.
inline void Centre::break_off(int v) {
  Server& server = servers_[z(v)];
  Lot& lot = lots_[z(server.lot)];
  if (server.phase == Phase::set_up) {
    server.plan = server.plan_before;
    give_back(v);
    return;
  }
  lot.takes = server.takes;
  lot.worked = server.worked;
  const int left = lot.items - lot.done;
  if (server.station == letter_sorter && left > 1) {
    const double unit = static_cast<double>(lot.takes) / left;
    const int handled = std::min(left - 1, static_cast<int>(static_cast<double>(lot.worked) / unit + 1e-9));
    const Ticks done = std::llround(unit * handled);
    lot.takes -= done;
    lot.worked = std::max<Ticks>(0, lot.worked - done);
    lot.done += handled;
  }
  lot.broken_off = lot.worked > 0;
  give_back(v);
}

inline void Centre::give_back(int v) {
  Server& server = servers_[z(v)];
  const int l = std::exchange(server.lot, -1);
  server.stop = false;
  ++server.token;
  put_back(l, server.station);
  end_hand(v);
}

/// Agents who must go do; the others go on when work is given out.
inline void Centre::end_hand(int v) {
  Server& server = servers_[z(v)];
  release_crew(v);
  const bool is_ready = server.crew_size == crew(server.station) && !server.down;
  if (!is_ready || waiting_lots_[z(server.station)] == 0) refresh(v);
  if (is_ready)
    going_on_.push_back(v);
  else
    wanted_ = true;
  due_now_ = true;
}

inline void Centre::refresh(int v) {
  Server& server = servers_[z(v)];
  const int s = server.station;
  State state = State::vacant;
  if (server.lot >= 0 && !server.down)
    state = State::at_work;
  else if (server.down)
    state = State::down;
  else if (server.crew_size == crew(s))
    state = State::ready;
  if (state != server.state) {
    const unsigned own = 1U << static_cast<unsigned>(v - first_server_[z(s)]);
    if (server.state == State::vacant) vacant_[z(s)] &= ~own;
    if (server.state == State::ready) ready_[z(s)].remove(v);
    if (state == State::vacant) vacant_[z(s)] |= own;
    if (state == State::ready) ready_[z(s)].add(v);
    server.state = state;
  }
  for (int i = 0; i < server.crew_size; ++i) update(server.crew[z(i)]);
}

/// The crew must go: when the item in hand is done, or with the lot where times are drawn.
inline void Centre::stop_at_item(int v) {
  Server& server = servers_[z(v)];
  if (server.stop) return;
  const Lot& lot = lots_[z(server.lot)];
  const int left = lot.items - lot.done;
  server.stop = true;
  server.stop_items = left;
  if (server.phase != Phase::handling || server.station == parcel_sorter) return;
  const double unit = static_cast<double>(server.takes) / left;
  const Ticks done = server.worked + now_ - server.began;
  const int items = std::clamp(static_cast<int>(std::ceil(static_cast<double>(done) / unit - 0.01)), 0, left);
  if (items == left) return;
  server.stop_items = items;
  server.ends = now_ + std::max<Ticks>(0, std::llround(items * unit) - done);
  schedule_phase(v);
}

/// A call has lapsed: the lot is handled to its end, unless another of the crew must go.
inline void Centre::stop_no_more(int v) {
  Server& server = servers_[z(v)];
  for (int i = 0; i < server.crew_size; ++i)
    if (agents_[z(server.crew[z(i)])].must_go()) return;
  server.stop = false;
  const Ticks ends = server.began + server.takes - server.worked;
  if (server.phase != Phase::handling || server.ends == ends) return;
  server.ends = ends;
  schedule_phase(v);
}

}  // namespace staffed
