// What state servers are in, and why: hours, breakdowns, crews, room.
#include <algorithm>

#include "centre/flow.hpp"
#include "centre/servers.hpp"
#include "centre/staff.hpp"

namespace mailflow {

void Servers::start_clocks() {
  for (const StationIndex s : rows_.indices()) {
    Row& row = rows_[s];
    const Station& is = setting_.station(s);
    row.open = is.always_open;
    for (const ServerIndex v : row.servers) {
      Server& server = servers_[v];
      server.state = ServerState::closed;
      counts_.has_server(server);
      refresh(v);
      if (!is.breakdown.present) continue;
      server.fails_in = draw_ticks(is.breakdown.every, row.failures);
      if (is.breakdown.clock == FailureClock::always) agenda_.schedule(server.fails_in, EventKind::fail, v);
    }
    if (!is.always_open && takes_in_hand(is.kind)) hours(s);
  }
}

void Servers::hours(StationIndex s) {
  Row& row = rows_[s];
  const Spans& open = setting_.station(s).open;
  while (row.next_hours < open.size() && open[row.next_hours].to <= now()) ++row.next_hours;
  row.open = row.next_hours < open.size() && open[row.next_hours].from <= now();
  if (row.next_hours < open.size())
    agenda_.schedule(row.open ? open[row.next_hours].to : open[row.next_hours].from, EventKind::hours, s);
  for (const ServerIndex v : row.servers) refresh(v);
  tell_cause(s);
  tell_taking(s);
  if (setting_.station(s).crew == 0)
    serve(s);
  else
    flow_.admit(s);
  staff_.want_agents();
}

ServerState Servers::state_of(const Server& server) const {
  const bool at_work = server.lot != none && !server.down;
  if (at_work) return server.phase == Phase::set_up ? ServerState::set_up : ServerState::busy;
  if (!rows_[server.station].open) return ServerState::closed;
  if (server.down) return ServerState::down;
  if (server.blocked_lots > 0) return ServerState::blocked;
  if (static_cast<int>(server.crew.size()) < station(server).crew) return ServerState::unstaffed;
  return ServerState::idle;
}

void Servers::refresh(ServerIndex v) {
  Server& server = servers_[v];
  const ServerState before = server.state;
  const ServerState state = state_of(server);
  if (state != before) {
    counts_.changes(server, state);
    std::vector<ServerIndex>& ready = rows_[server.station].ready;
    if (before == ServerState::idle) ready.erase(std::find(ready.begin(), ready.end(), v));
    if (state == ServerState::idle) ready.push_back(v);
    tell_cause(server.station);
    tell_taking(server.station);
  }
  for (const AgentIndex a : server.crew) staff_.update(a);
}

void Servers::tell_taking(StationIndex s) {
  if (setting_.station(s).crew == 0) return;
  const Row& row = rows_[s];
  with_ready_.set(s, row.open && !row.ready.empty());
  with_vacant_.set(s, row.open && counts_.servers(s, ServerState::unstaffed) > 0);
}

/// Why mail waits at the station now: see centre/RULES.md.
void Servers::tell_cause(StationIndex s) {
  const auto count = [&](ServerState state) { return counts_.servers(s, state); };
  const int up = setting_.station(s).servers - count(ServerState::down);
  Cause cause = Cause::waiting_for_machine;
  if (!rows_[s].open)
    cause = Cause::closed;
  else if (up <= 0)
    cause = Cause::breakdown;
  else if (count(ServerState::blocked) >= up)
    cause = Cause::blocked;
  else if (count(ServerState::unstaffed) > 0)
    cause = Cause::waiting_for_staff;
  else if (count(ServerState::set_up) > 0)
    cause = Cause::set_up;
  ledger_.change(s, cause, !queues_.empty(s));
}

void Servers::fail(ServerIndex v, std::uint32_t token) {
  Server& server = servers_[v];
  const Breakdown& breakdown = station(server).breakdown;
  if (breakdown.clock == FailureClock::working && server.token != token) return;
  if (server.lot != none) {
    server.worked += now() - server.phase_began;
    server.phase_left = server.phase_ends - now();
    ++server.token;
    if (server.phase == Phase::handling)
      book_handling(server, lots_[server.lot], server.worked);
    else
      ledger_.book(lots_[server.lot], Cause::set_up);
  }
  server.down = true;
  agenda_.schedule(now() + draw_ticks(breakdown.repair, rows_[server.station].repairs), EventKind::repair, v);
  refresh(v);
  if (server.lot != none && server.stop) break_off(v);
}

void Servers::repair(ServerIndex v) {
  Server& server = servers_[v];
  const Station& is = station(server);
  server.down = false;
  if (is.breakdown.present) server.fails_in = draw_ticks(is.breakdown.every, rows_[server.station].failures);
  if (is.breakdown.present && is.breakdown.clock == FailureClock::always)
    agenda_.schedule(now() + server.fails_in, EventKind::fail, v);
  if (server.lot != none) {
    ledger_.book(lots_[server.lot], Cause::breakdown);
    begin_phase(v, server.phase, server.phase_left);
    refresh(v);
  } else if (is.crew > 0) {
    refresh(v);
    staff_.want_agents();
  } else {
    end_hand(v);
  }
}

void Servers::block(ServerIndex v, StationIndex waits_for) {
  Server& server = servers_[v];
  if (++server.blocked_lots == 1) ++rows_[server.station].blocked;
  server.waits_for.push_back(waits_for);
}

void Servers::unblock(ServerIndex v, StationIndex waited_for) {
  Server& server = servers_[v];
  server.waits_for.erase(std::find(server.waits_for.begin(), server.waits_for.end(), waited_for));
  if (--server.blocked_lots > 0) return;
  --rows_[server.station].blocked;
  end_hand(v);
}

void Servers::leave_crew(ServerIndex v, AgentIndex a) {
  std::vector<AgentIndex>& crew = servers_[v].crew;
  crew.erase(std::find(crew.begin(), crew.end(), a));
}

void Servers::settle() {
  for (Server& server : servers_) {
    if (server.lot == none) continue;
    Lot& lot = lots_[server.lot];
    if (server.down)
      ledger_.book(lot, Cause::breakdown);
    else if (server.phase == Phase::set_up)
      ledger_.book(lot, Cause::set_up);
    else
      book_handling(server, lot, server.worked + now() - server.phase_began);
  }
}

void Servers::settle_states() {
  for (Server& server : servers_) counts_.settle(server);
}

void Servers::count_own_unfinished() {
  const auto count = [this](const Lot& lot, std::int64_t items) {
    if (items > 0) counts_.own_times(lot.station).record_unfinished(now() - lot.entered, items);
  };
  for (const Server& server : servers_) {
    if (server.lot == none) continue;
    const Lot& lot = lots_[server.lot];
    const bool last_pass = lot.pass + 1 >= station(server).passes;
    const Ticks worked = server.worked + (server.down ? 0 : now() - server.phase_began);
    std::int64_t done = last_pass ? lot.done : 0;
    if (last_pass && server.phase == Phase::handling)
      done += own_done(station(server), rows_[server.station].service_key, own_handling(server, lot, worked));
    count(lot, lot.items - done);
  }
  for (const LotIndex l : lots_.all()) {
    const Lot& lot = lots_[l];
    if (!lot.in_centre || lot.in_hand || lot.station == none || lot.target != none) continue;
    const Station& is = setting_.station(lot.station);
    if (!takes_in_hand(is.kind)) continue;
    count(lot, lot.items - (lot.pass + 1 >= is.passes ? lot.done : 0));
  }
}

}  // namespace mailflow
