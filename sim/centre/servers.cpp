// What servers do: positions and machines with a lot in hand, their set-ups and breakdowns.
#include <algorithm>
#include <cmath>

#include "centre/handling_shares.hpp"
#include "centre/run.hpp"
#include "centre/whole_ticks.hpp"

namespace mailflow {

namespace {

/// Whether each item of a lot takes the same time, at a rate or by a service of so long per item: an agent who must go
/// stops between two of them.
bool item_by_item(const Station& is) {
  return is.items_per_tick > 0 || (!is.service_per_lot && is.service.law == Law::constant);
}

}  // namespace

void Run::start(int v, int l) {
  Server& server = servers_[static_cast<std::size_t>(v)];
  StationState& st = stations_[static_cast<std::size_t>(server.station)];
  Lot& lot = lots_[l];
  book_wait(lot, st);
  if (lot.done == 0 && lot.pass == 0) {
    const Ticks wait = now_ - lot.entered;
    st.waits.record(static_cast<double>(wait), lot.items);
    st.started_items += lot.items;
    if (wait > 0) {
      st.waited_items += lot.items;
      if (wait > st.longest_wait) st.longest_wait = wait;
    }
  }
  if (options_.events != nullptr && logged(l) < now_) log("wait", l);
  server.lot = l;
  lot.in_hand = true;
  if (server.phase_ends != now_) server.rounding = 0;  // it does not follow another without a gap
  if (st.is->set_up.between != SetUp::Between::none) {
    const int group = group_of(st, lot);
    const bool needed = server.group != none && server.group != group;
    server.group_before = server.group;
    server.group = group;
    if (needed) {
      Stream stream = keyed(st.set_up_key, lot.key, lot.handlings);
      begin_phase(v, Phase::set_up, draw_ticks(st.is->set_up.takes, stream));
      return;
    }
  }
  handle(v);
}

/// The agent's proficiency at a manual station; a machine has its own pace.
double Run::pace_of(const Server& server) const {
  const Station& is = *stations_[static_cast<std::size_t>(server.station)].is;
  if (is.kind != StationKind::manual || server.crew.empty()) return 1;
  return dispatcher_.proficiency(agents_[static_cast<std::size_t>(server.crew[0])].team, server.station);
}

Ticks Run::handling_time(Server& server, Lot& lot) {
  const StationState& st = stations_[static_cast<std::size_t>(server.station)];
  const Station& is = *st.is;
  const double pace = pace_of(server);
  const int items = lot.items - lot.done;
  if (is.items_per_tick > 0) return whole_ticks(items / (is.items_per_tick * pace), server.rounding);
  if (is.service.law == Law::constant)
    return whole_ticks(is.service.a * (is.service_per_lot ? 1 : items) / pace, server.rounding);
  Stream stream = keyed(st.service_key, lot.key, lot.handlings);
  if (is.service_per_lot || items == 1) return static_cast<Ticks>(draw(is.service, stream) / pace + 0.5);
  double total = 0;
  for (int i = 0; i < items; ++i) total += draw(is.service, stream);
  return std::llround(total / pace);
}

void Run::handle(int v) {
  Server& server = servers_[static_cast<std::size_t>(v)];
  Lot& lot = lots_[server.lot];
  if (lot.broken_off) {
    go_on_with(v);
    return;
  }
  ++lot.handlings;
  server.worked = server.booked = 0;
  server.handling_takes = handling_time(server, lot);
  begin_phase(v, Phase::handling, server.handling_takes);
}

/// Schedules the phase's end, or the breakdown that comes before it.
void Run::schedule_phase(int v) {
  Server& server = servers_[static_cast<std::size_t>(v)];
  ++server.token;
  if (server.fails_in <= server.phase_ends - server.phase_began &&
      stations_[static_cast<std::size_t>(server.station)].is->breakdown.only_while_working)
    schedule(server.phase_began + server.fails_in, EventKind::fail, v, server.token);
  else
    schedule_at(server.station, server.phase_ends, EventKind::phase_end, v, server.token);
}

void Run::begin_phase(int v, Phase phase, Ticks takes) {
  Server& server = servers_[static_cast<std::size_t>(v)];
  server.phase = phase;
  server.phase_began = now_;
  server.phase_ends = now_ + takes;
  schedule_phase(v);
  if (server.state != ServerState::busy || phase == Phase::set_up) refresh(v);
}

void Run::phase_end(int v) {
  Server& server = servers_[static_cast<std::size_t>(v)];
  if (server.fails_in != never) server.fails_in -= now_ - server.phase_began;
  if (server.phase == Phase::handling) {
    finish(v);
    return;
  }
  Lot& lot = lots_[server.lot];
  book(lot, Cause::set_up);
  if (options_.events != nullptr) log("set up", server.lot, {.agents = static_cast<int>(server.crew.size())});
  if (server.stop)
    give_back(v);
  else
    handle(v);
}

/// Books a handling up to `worked` ticks of it.
void Run::book_handling(Server& server, Lot& lot, Ticks worked) {
  StationState& st = stations_[static_cast<std::size_t>(server.station)];
  auto& row = st.ledger[static_cast<std::size_t>(lot.product)];
  HandlingShares shares;
  if (lot.items == 1 || st.is->service_per_lot)
    shares.processing = static_cast<ItemTicks>(lot.items) * (worked - server.booked);
  else
    shares = handling_shares(lot.items, lot.done, server.handling_takes, server.booked, worked);
  if (options_.own_times && server.lot != none) record_own(server, lot, worked);
  server.booked = worked;
  if (options_.events != nullptr) {
    tell_booked(lot, Cause::processing, shares.processing);
    tell_booked(lot, Cause::filling, shares.filling);
    tell_booked(lot, Cause::waiting_for_machine, shares.turn);
  }
  lot.since = now_;
  row[static_cast<std::size_t>(Cause::processing)] += shares.processing;
  row[static_cast<std::size_t>(Cause::filling)] += shares.filling;
  row[static_cast<std::size_t>(Cause::waiting_for_machine)] += shares.turn;
}

OwnHandling Run::own_handling(const Server& server, const Lot& lot, Ticks worked) const {
  return {lot.items - lot.done,        lot.key,        lot.handlings, server.handling_takes, server.booked, worked,
          now_ - worked - lot.entered, pace_of(server)};
}

/// Records the own times of the items that were done between `booked` and `worked` ticks of the handling.
void Run::record_own(const Server& server, const Lot& lot, Ticks worked) {
  StationState& st = stations_[static_cast<std::size_t>(server.station)];
  if (lot.pass + 1 < st.is->passes) return;
  mailflow::record_own(st, own_handling(server, lot, worked));
}

/// Of a handling, the items done between `booked` and `worked` ticks of it.
void record_own(StationState& st, const OwnHandling& h) {
  const Station& is = *st.is;
  const double unit = static_cast<double>(h.takes) / h.items;
  if (h.items == 1 || is.service_per_lot || unit <= 0) {
    if (h.worked == h.takes && (h.booked < h.takes || h.takes == 0)) st.own_times.record(h.base + h.worked, h.items);
    return;
  }
  if (item_by_item(is)) {
    const auto done = [unit](Ticks w) { return static_cast<std::int64_t>(static_cast<double>(w) / unit + 1e-9); };
    st.own_times.record_row(h.base, unit, done(h.booked), done(h.worked));
    return;
  }
  Stream stream = keyed(st.service_key, h.key, h.handlings);
  double total = 0;
  for (int i = 0; i < h.items; ++i) {
    total += draw(is.service, stream) / h.pace;
    const Ticks ends = std::min(static_cast<Ticks>(total + 0.5), h.takes);
    // one of no time at all at the very beginning is done as soon as anything is
    const bool done_before = ends <= h.booked && h.booked > 0;
    if (!done_before && ends <= h.worked && h.worked > 0) st.own_times.record(h.base + ends, 1);
  }
}

void Run::finish(int v) {
  Server& server = servers_[static_cast<std::size_t>(v)];
  const int station = server.station;
  StationState& st = stations_[static_cast<std::size_t>(station)];
  const int l = server.lot;
  Lot& lot = lots_[l];
  book_handling(server, lot, server.worked + now_ - server.phase_began);
  const bool part = server.stop && server.stop_items < lot.items - lot.done;
  if (options_.events != nullptr) {
    const int handled = part ? server.stop_items : lot.items - lot.done;
    if (handled > 0) log("process", l, {.agents = static_cast<int>(server.crew.size()), .items = handled});
  }
  if (part) {
    lot.done += server.stop_items;
    give_back(v);
    return;
  }
  server.lot = none;
  server.phase = Phase::nothing;
  server.stop = false;
  lot.in_hand = false;
  lot.done = 0;
  if (++lot.pass < st.is->passes) {
    const bool held = service_held_;
    service_held_ = true;  // its own server is not in the list of the ready yet; the others see it through serve()
    enqueue(l, station);
    service_held_ = held;
    if (!held) touched_stations_.clear();
  } else {
    lot.pass = 0;
    bool gone = false;
    if (!st.is->diversions.empty()) {
      Stream stream = keyed(st.split_key, lot.key, lot.handlings);
      double rest = 1;
      for (const Diversion& diversion : st.is->diversions) {
        const int items = lot.items;
        const auto taken = static_cast<int>(draw_binomial(items, std::min(1.0, diversion.share / rest), stream));
        rest -= diversion.share;
        if (taken == 0) continue;
        st.items_diverted += taken;
        gone = taken == items;
        route(gone ? l : split(l, taken), diversion.next, 0, v);
        if (gone) break;
      }
    }
    if (!gone) route(l, st.is->next, 0, v);
  }
  end_hand(v);
}

/// The crew leaves a server that is down: what is done of the lot stays done, a set-up is to be made anew.
void Run::break_off(int v) {
  Server& server = servers_[static_cast<std::size_t>(v)];
  const StationState& st = stations_[static_cast<std::size_t>(server.station)];
  Lot& lot = lots_[server.lot];
  book(lot, Cause::breakdown);
  if (server.phase == Phase::set_up) {
    server.group = server.group_before;
    if (options_.events != nullptr) log("set up", server.lot, {.agents = static_cast<int>(server.crew.size())});
    give_back(v);
    return;
  }
  const int left = lot.items - lot.done;
  BrokenOff rest{server.handling_takes, server.worked, pace_of(server)};
  int handled = 0;
  if (item_by_item(*st.is) && left > 1) {
    const double unit = static_cast<double>(rest.takes) / left;
    if (unit > 0) handled = std::min(left - 1, static_cast<int>(static_cast<double>(rest.worked) / unit + 1e-9));
    const Ticks done = std::llround(unit * handled);
    rest.takes -= done;
    rest.worked = std::max<Ticks>(0, rest.worked - done);
  }
  if (options_.events != nullptr && logged(server.lot) < now_)
    log("process", server.lot, {.agents = static_cast<int>(server.crew.size()), .items = handled});
  lot.done += handled;
  if (rest.worked > 0) {
    lot.broken_off = true;
    broken_off_[server.lot] = rest;
  }
  give_back(v);
}

/// A handling that was broken off goes on where it stopped.
void Run::go_on_with(int v) {
  Server& server = servers_[static_cast<std::size_t>(v)];
  const auto rest = broken_off_.find(server.lot);
  const double pace = rest->second.pace / pace_of(server);
  server.handling_takes = std::llround(static_cast<double>(rest->second.takes) * pace);
  server.worked = std::min(server.handling_takes,
                           static_cast<Ticks>(std::llround(static_cast<double>(rest->second.worked) * pace)));
  server.booked = server.worked;
  broken_off_.erase(rest);
  lots_[server.lot].broken_off = false;
  begin_phase(v, Phase::handling, server.handling_takes - server.worked);
}

/// The lot goes back to where it was in its queue, with what is done of it.
void Run::give_back(int v) {
  Server& server = servers_[static_cast<std::size_t>(v)];
  StationState& st = stations_[static_cast<std::size_t>(server.station)];
  const int l = server.lot;
  Lot& lot = lots_[l];
  if (options_.events != nullptr && logged(l) < now_)  // broken off before an item was handled
    log(server.phase == Phase::set_up ? "set up" : "process", l,
        {.agents = static_cast<int>(server.crew.size()), .items = 0});
  server.lot = none;
  server.phase = Phase::nothing;
  server.stop = false;
  ++server.token;
  lot.in_hand = false;
  lot.cause_epoch = st.clock.epoch;
  touch(st);
  put_in_place(st, l);
  want_agents();
  end_hand(v);
}

/// The server's hands are free: agents who must go do, and it takes the next lot; with a crew when work is given out.
void Run::end_hand(int v) {
  Server& server = servers_[static_cast<std::size_t>(v)];
  if (server.lot != none) return;
  const int station = server.station;
  StationState& st = stations_[static_cast<std::size_t>(station)];
  if (st.is->crew > 0) release_crew(v);
  if (server.blocked_lots > 0) {
    refresh(v);
    look_for_standstill(v);
    return;
  }
  if (st.is->crew > 0) {
    const bool ready = state_of(server) == ServerState::idle;
    if (!ready || st.queue_lots == 0) refresh(v);
    if (ready)
      goes_on(v);
    else
      want_agents();
    scene_changed_ = true;
  } else if (st.queue_lots > 0 && state_of(server) == ServerState::idle && (st.idle.empty() || st.idle.front() == v)) {
    start(v, pop_queue(st, v));
  } else {
    refresh(v);
    serve(station);
  }
  if (st.door != none) admit(station);
}

ServerState Run::state_of(const Server& server) const {
  const StationState& st = stations_[static_cast<std::size_t>(server.station)];
  const bool at_work = server.lot != none && !server.down;
  if (at_work) return server.phase == Phase::set_up ? ServerState::set_up : ServerState::busy;
  if (!st.open) return ServerState::closed;
  if (server.down) return ServerState::down;
  if (server.blocked_lots > 0) return ServerState::blocked;
  if (static_cast<int>(server.crew.size()) < st.is->crew) return ServerState::unstaffed;
  return ServerState::idle;
}

/// Brings the server's state, its time and what depends on it up to date.
void Run::refresh(int v) {
  Server& server = servers_[static_cast<std::size_t>(v)];
  StationState& st = stations_[static_cast<std::size_t>(server.station)];
  const ServerState state = state_of(server);
  if (state != server.state) {
    if (st.is->crew > 0) touch(st);
    st.state_time[static_cast<std::size_t>(server.state)] += now_ - server.state_since;
    --st.servers_in[static_cast<std::size_t>(server.state)];
    ++st.servers_in[static_cast<std::size_t>(state)];
    if (server.state == ServerState::idle) st.idle.erase(std::find(st.idle.begin(), st.idle.end(), v));
    if (state == ServerState::idle) st.idle.push_back(v);
    server.state = state;
    server.state_since = now_;
    update_cause(st);
  }
  for (const int a : server.crew) update_agent(a);
}

void Run::fail(int v) {
  Server& server = servers_[static_cast<std::size_t>(v)];
  StationState& st = stations_[static_cast<std::size_t>(server.station)];
  if (server.lot != none) {
    server.worked += now_ - server.phase_began;
    server.phase_left = server.phase_ends - now_;
    ++server.token;
    if (server.phase == Phase::handling)
      book_handling(server, lots_[server.lot], server.worked);
    else
      book(lots_[server.lot], Cause::set_up);
  }
  server.down = true;
  schedule(now_ + draw_ticks(st.is->breakdown.repair, st.repairs), EventKind::repair, v);
  refresh(v);
  if (server.lot != none && server.stop) break_off(v);
}

void Run::repair(int v) {
  Server& server = servers_[static_cast<std::size_t>(v)];
  StationState& st = stations_[static_cast<std::size_t>(server.station)];
  server.down = false;
  if (st.is->breakdown.present) server.fails_in = draw_ticks(st.is->breakdown.every, st.failures);
  if (st.is->breakdown.present && !st.is->breakdown.only_while_working)
    schedule(now_ + server.fails_in, EventKind::fail, v);
  if (server.lot != none) {
    book(lots_[server.lot], Cause::breakdown);
    begin_phase(v, server.phase, server.phase_left);
    refresh(v);
  } else if (st.is->crew > 0) {
    refresh(v);
    want_agents();
  } else {
    end_hand(v);
  }
}

/// The agents at the server, which is up, must go: it stops when the item in hand is done (or with the lot: RULES.md).
void Run::stop_at_item(int v) {
  Server& server = servers_[static_cast<std::size_t>(v)];
  const Station& is = *stations_[static_cast<std::size_t>(server.station)].is;
  if (server.lot == none || server.stop) return;
  Lot& lot = lots_[server.lot];
  const int left = lot.items - lot.done;
  server.stop = true;
  server.stop_items = left;
  if (server.phase != Phase::handling || !item_by_item(is) || model_.assignment.finish_lot) return;
  const double unit = static_cast<double>(server.handling_takes) / left;
  const Ticks worked = server.worked + now_ - server.phase_began;
  const double a_tick = std::min(0.01, 1 / unit);  // what has ended but for rounding has ended
  const auto items = std::clamp(static_cast<int>(std::ceil(static_cast<double>(worked) / unit - a_tick)), 0, left);
  if (items == left) return;
  server.stop_items = items;
  server.rounding = 0;
  const Ticks until_then = std::llround(items * unit) - worked;
  const Ticks rest = until_then <= 1 && a_tick < 0.01 ? 0 : std::max<Ticks>(0, until_then);
  server.phase_ends = now_ + rest;
  schedule_phase(v);
}

/// A call has lapsed: where no other of the crew must go, the lot is handled to its end.
void Run::stop_no_more(int v) {
  Server& server = servers_[static_cast<std::size_t>(v)];
  for (const int a : server.crew) {
    const Agent& agent = agents_[static_cast<std::size_t>(a)];
    if (agent.ends || agent.break_due >= 0 || agent.called_to != none) return;
  }
  server.stop = false;
  const Ticks ends = server.phase_began + server.handling_takes - server.worked;
  if (server.phase != Phase::handling || server.phase_ends == ends) return;
  server.phase_ends = ends;
  schedule_phase(v);
}

}  // namespace mailflow
