#include "centre/servers.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "centre/flow.hpp"
#include "centre/handling_shares.hpp"
#include "centre/staff.hpp"
#include "centre/standstills.hpp"
#include "centre/whole_ticks.hpp"

namespace mailflow {

Servers::Servers(const With& with)
    : setting_(with.setting),
      agenda_(with.agenda),
      lots_(with.lots),
      log_(with.log),
      ledger_(with.ledger),
      counts_(with.counts),
      queues_(with.queues),
      flow_(with.flow),
      staff_(with.staff),
      standstills_(with.standstills),
      rows_(with.setting.model.stations.size()),
      with_ready_(rows_.size()),
      with_vacant_(rows_.size()) {
  for (const StationIndex s : rows_.indices()) {
    const Station& is = setting_.station(s);
    const std::string element = "station " + is.name;
    Row& row = rows_[s];
    row.service_key = setting_.stream(element, "service");
    row.set_up_key = setting_.stream(element, "set-up");
    row.split_key = setting_.stream(element, "diversions");
    row.failures = Stream(setting_.stream(element, "failures"));
    row.repairs = Stream(setting_.stream(element, "repairs"));
    const std::size_t servers = takes_in_hand(is.kind) ? static_cast<std::size_t>(is.servers) : 0;
    row.servers = Indices<Server>(ServerIndex(servers_.size()), servers);
    for (std::size_t n = 0; n < servers; ++n) {
      Server& server = servers_[servers_.push_back({})];
      server.station = s;
      server.crew.reserve(static_cast<std::size_t>(is.crew));
    }
  }
}

// --- mail comes ------------------------------------------------------------------------------------------------------

void Servers::enter(LotIndex l, StationIndex s) {
  Lot& lot = lots_[l];
  ledger_.joins(lot);
  queues_.number(s, lot);
  const bool by_itself = setting_.station(s).crew == 0;
  // Mail of one instant is all there before agents choose; servers that need nobody take what comes at once.
  if ((by_itself || alone_) && queues_.empty(s) && takes_next(s) && !held_) {
    start(rows_[s].ready.front(), l);
    return;
  }
  queues_.push(s, l);
  if (!by_itself)
    staff_.mail_waits();
  else if (held_)
    touched_.push_back(s);
}

void Servers::serve(StationIndex s) {
  while (!queues_.empty(s) && takes_next(s)) {
    const ServerIndex v = rows_[s].ready.front();
    start(v, queues_.pop(s, servers_[v].group));
  }
  flow_.admit(s);
}

void Servers::release_service() {
  held_ = false;
  const std::vector<StationIndex> touched = std::exchange(touched_, {});
  for (const StationIndex s : touched) serve(s);
}

// --- in hand ---------------------------------------------------------------------------------------------------------

void Servers::start(ServerIndex v, LotIndex l) {
  Server& server = servers_[v];
  Lot& lot = lots_[l];
  ledger_.book_wait(lot);
  if (lot.done == 0 && lot.pass == 0) counts_.taken_in_hand(lot);
  if (log_.on()) log_.tell_if_any("wait", l);
  server.lot = l;
  lot.in_hand = true;
  if (server.phase_ends != now()) server.rounding = 0;  // it does not follow another without a gap
  const Station& is = station(server);
  if (is.set_up.between != SetUpBetween::none) {
    const int group = queues_.group_of(server.station, lot);
    const bool needed = server.group != none && server.group != group;
    server.group_before = server.group;
    server.group = group;
    if (needed) {
      Stream stream = keyed(rows_[server.station].set_up_key, lot.key, lot.handlings);
      begin_phase(v, Phase::set_up, draw_ticks(is.set_up.takes, stream));
      return;
    }
  }
  handle(v);
}

/// The agent's proficiency at a manual station; a machine has its own pace.
double Servers::pace_of(const Server& server) const {
  if (station(server).kind != StationKind::manual || server.crew.empty()) return 1;
  return staff_.proficiency(server.crew[0], server.station);
}

Ticks Servers::handling_time(Server& server, const Lot& lot) {
  const Station& is = station(server);
  const double pace = pace_of(server);
  const int items = lot.items - lot.done;
  if (is.items_per_tick > 0) return whole_ticks(items / (is.items_per_tick * pace), server.rounding);
  if (is.service.law == Law::constant)
    return whole_ticks(is.service.a * (is.service_per_lot ? 1 : items) / pace, server.rounding);
  Stream stream = keyed(rows_[server.station].service_key, lot.key, lot.handlings);
  if (is.service_per_lot || items == 1) return static_cast<Ticks>(draw(is.service, stream) / pace + 0.5);
  double total = 0;
  for (int i = 0; i < items; ++i) total += draw(is.service, stream);
  return nearest_whole(total / pace);
}

void Servers::handle(ServerIndex v) {
  Server& server = servers_[v];
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
void Servers::schedule_phase(ServerIndex v) {
  Server& server = servers_[v];
  ++server.token;
  if (server.fails_in <= server.phase_ends - server.phase_began &&
      station(server).breakdown.clock == FailureClock::working)
    agenda_.schedule(server.phase_began + server.fails_in, EventKind::fail, v, server.token);
  else
    agenda_.schedule_at(server.station, server.phase_ends, EventKind::phase_end, v, server.token);
}

void Servers::begin_phase(ServerIndex v, Phase phase, Ticks takes) {
  Server& server = servers_[v];
  server.phase = phase;
  server.phase_began = now();
  server.phase_ends = now() + takes;
  schedule_phase(v);
  if (server.state != ServerState::busy || phase == Phase::set_up) refresh(v);
}

void Servers::phase_end(ServerIndex v) {
  Server& server = servers_[v];
  if (server.fails_in != never) server.fails_in -= now() - server.phase_began;
  if (server.phase == Phase::handling) {
    finish(v);
    return;
  }
  ledger_.book(lots_[server.lot], Cause::set_up);
  if (log_.on()) log_.tell("set up", server.lot, {.agents = server.crew.size()});
  if (server.stop)
    give_back(v);
  else
    handle(v);
}

/// Books a handling up to `worked` ticks of it.
void Servers::book_handling(Server& server, Lot& lot, Ticks worked) {
  const Station& is = station(server);
  HandlingShares shares;
  if (lot.items == 1 || is.service_per_lot)
    shares.processing = static_cast<ItemTicks>(lot.items) * (worked - server.booked);
  else
    shares = handling_shares(lot.items, lot.done, server.handling_takes, server.booked, worked);
  if (setting_.options.own_times && server.lot != none && lot.pass + 1 >= is.passes)
    record_own(is, rows_[server.station].service_key, own_handling(server, lot, worked),
               counts_.own_times(server.station));
  server.booked = worked;
  ledger_.book_handling(lot, shares);
}

OwnHandling Servers::own_handling(const Server& server, const Lot& lot, Ticks worked) const {
  return {lot.items - lot.done,         lot.key,        lot.handlings, server.handling_takes, server.booked, worked,
          now() - worked - lot.entered, pace_of(server)};
}

void Servers::finish(ServerIndex v) {
  Server& server = servers_[v];
  const LotIndex l = server.lot;
  Lot& lot = lots_[l];
  book_handling(server, lot, server.worked + now() - server.phase_began);
  const bool part = server.stop && server.stop_items < lot.items - lot.done;
  if (log_.on()) {
    const int handled = part ? server.stop_items : lot.items - lot.done;
    if (handled > 0) log_.tell("process", l, {.agents = server.crew.size(), .items = handled});
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
  pass_on(v, l);
  end_hand(v);
}

/// The lot, handled, goes through once more, or leaves what is taken out of it and goes on.
void Servers::pass_on(ServerIndex v, LotIndex l) {
  const StationIndex s = servers_[v].station;
  const Station& is = setting_.station(s);
  Lot& lot = lots_[l];
  if (++lot.pass < is.passes) {
    const bool held = held_;
    held_ = true;  // its own server is not in the list of the ready yet; the others see it through serve()
    enter(l, s);
    held_ = held;
    if (!held) touched_.clear();
    return;
  }
  lot.pass = 0;
  if (!is.diversions.empty() && divert(v, l)) return;
  flow_.route(l, v);
}

/// Takes rejects and no-reads out of the lot. True: nothing is left of it.
bool Servers::divert(ServerIndex v, LotIndex l) {
  const StationIndex s = servers_[v].station;
  const Lot& lot = lots_[l];
  Stream stream = keyed(rows_[s].split_key, lot.key, lot.handlings);
  double rest = 1;
  const std::vector<Diversion>& diversions = setting_.station(s).diversions;
  for (std::size_t d = 0; d < diversions.size(); ++d) {
    const int items = lot.items;
    const auto taken = static_cast<int>(draw_binomial(items, std::min(1.0, diversions[d].share / rest), stream));
    rest -= diversions[d].share;
    if (taken == 0) continue;
    counts_.diverted(s, taken);
    const bool gone = taken == items;
    flow_.divert(gone ? l : flow_.split(l, taken), d, v);
    if (gone) return true;
  }
  return false;
}

void Servers::break_off(ServerIndex v) {
  Server& server = servers_[v];
  Lot& lot = lots_[server.lot];
  ledger_.book(lot, Cause::breakdown);
  if (server.phase == Phase::set_up) {  // to be made anew
    server.group = server.group_before;
    if (log_.on()) log_.tell("set up", server.lot, {.agents = server.crew.size()});
    give_back(v);
    return;
  }
  const int left = lot.items - lot.done;
  BrokenOff rest{server.handling_takes, server.worked, pace_of(server)};
  int handled = 0;
  if (item_by_item(station(server)) && left > 1) {
    const double unit = static_cast<double>(rest.takes) / left;
    if (unit > 0) handled = std::min(left - 1, static_cast<int>(static_cast<double>(rest.worked) / unit + 1e-9));
    const Ticks done = std::llround(unit * handled);
    rest.takes -= done;
    rest.worked = std::max<Ticks>(0, rest.worked - done);
  }
  if (log_.on() && log_.any_since(server.lot))
    log_.tell("process", server.lot, {.agents = server.crew.size(), .items = handled});
  lot.done += handled;
  if (rest.worked > 0) {
    lot.broken_off = true;
    broken_off_[server.lot] = rest;
  }
  give_back(v);
}

/// A handling that was broken off goes on where it stopped.
void Servers::go_on_with(ServerIndex v) {
  Server& server = servers_[v];
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
void Servers::give_back(ServerIndex v) {
  Server& server = servers_[v];
  const LotIndex l = server.lot;
  Lot& lot = lots_[l];
  if (log_.on() && log_.any_since(l))  // broken off before an item was handled
    log_.tell(server.phase == Phase::set_up ? "set up" : "process", l, {.agents = server.crew.size(), .items = 0});
  server.lot = none;
  server.phase = Phase::nothing;
  server.stop = false;
  ++server.token;
  lot.in_hand = false;
  ledger_.joins(lot);
  queues_.push(server.station, l);
  staff_.want_agents();
  end_hand(v);
}

/// The server's hands are free: agents who must go do, and it takes the next lot; with a crew when work is given out.
void Servers::end_hand(ServerIndex v) {
  Server& server = servers_[v];
  if (server.lot != none) return;
  const StationIndex s = server.station;
  const bool with_crew = setting_.station(s).crew > 0;
  if (with_crew) staff_.release_crew(v);
  if (server.blocked_lots > 0) {
    refresh(v);
    standstills_.look(s);
    return;
  }
  const std::vector<ServerIndex>& ready = rows_[s].ready;
  if (with_crew) {
    const bool is_ready = state_of(server) == ServerState::idle;
    if (!is_ready || queues_.empty(s)) refresh(v);
    staff_.hands_free(v, is_ready);
  } else if (!queues_.empty(s) && state_of(server) == ServerState::idle && (ready.empty() || ready.front() == v)) {
    start(v, queues_.pop(s, server.group));
  } else {
    refresh(v);
    serve(s);
  }
  flow_.admit(s);
}

void Servers::go_on(ServerIndex v) {
  const Server& server = servers_[v];
  const StationIndex s = server.station;
  if (server.lot != none) return;
  if (queues_.empty(s) && flow_.waits_at_door(s)) {  // a queue that holds nothing lets a lot in to who is ready for it
    refresh(v);
    flow_.admit(s);
  }
  const bool is_ready = state_of(server) == ServerState::idle;
  if (is_ready && !queues_.empty(s))
    start(v, queues_.pop(s, server.group));
  else if (!is_ready || server.state != ServerState::idle)
    refresh(v);
  flow_.admit(s);
}

void Servers::stop_at_item(ServerIndex v) {
  Server& server = servers_[v];
  if (server.lot == none || server.stop) return;
  const Lot& lot = lots_[server.lot];
  const int left = lot.items - lot.done;
  server.stop = true;
  server.stop_items = left;
  if (server.phase != Phase::handling || !item_by_item(station(server)) ||
      setting_.model.assignment.at_shift_end == ShiftEnd::finish_lot)
    return;
  const double unit = static_cast<double>(server.handling_takes) / left;
  const Ticks worked = server.worked + now() - server.phase_began;
  const double a_tick = std::min(0.01, 1 / unit);  // what has ended but for rounding has ended
  const auto items = std::clamp(static_cast<int>(std::ceil(static_cast<double>(worked) / unit - a_tick)), 0, left);
  if (items == left) return;
  server.stop_items = items;
  server.rounding = 0;
  const Ticks until_then = std::llround(items * unit) - worked;
  const Ticks rest = until_then <= 1 && a_tick < 0.01 ? 0 : std::max<Ticks>(0, until_then);
  server.phase_ends = now() + rest;
  schedule_phase(v);
}

void Servers::stop_no_more(ServerIndex v) {
  Server& server = servers_[v];
  server.stop = false;
  const Ticks ends = server.phase_began + server.handling_takes - server.worked;
  if (server.phase != Phase::handling || server.phase_ends == ends) return;
  server.phase_ends = ends;
  schedule_phase(v);
}

}  // namespace mailflow
