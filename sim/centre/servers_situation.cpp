// A run that begins in a situation: what state the servers are in, what they have in hand.
#include <algorithm>

#include "centre/flow.hpp"
#include "centre/servers.hpp"

namespace mailflow {

void Servers::resume() {
  for (const ServerIndex v : servers_.indices()) {
    Server& server = servers_[v];
    server.state = ServerState::closed;
    server.state_since = now();
    counts_.has_server(server);
    const Breakdown& breakdown = station(server).breakdown;
    if (breakdown.present) server.fails_in = draw_ticks(breakdown.every, rows_[server.station].failures);
  }
  resume_down();
  resume_hours();
  for (const ServerIndex v : servers_.indices()) refresh(v);
  for (const StationIndex s : rows_.indices()) {
    tell_cause(s);
    tell_taking(s);
  }
}

/// Servers that are down, are set up for something, or fail in a stated time.
void Servers::resume_down() {
  for (const ServerThere& there : setting_.model.situation.servers) {
    const StationIndex s(there.station);
    Row& row = rows_[s];
    const Breakdown& breakdown = setting_.station(s).breakdown;
    const ServerIndex v(row.servers.front().number() + there.position);
    Server& server = servers_[v];
    server.group = there.group;
    if (there.fails_in >= 0 && breakdown.present) server.fails_in = there.fails_in;
    if (!there.down) continue;
    server.down = true;
    const Ticks takes = there.repaired_in >= 0 ? there.repaired_in : draw_ticks(breakdown.repair, row.repairs);
    agenda_.schedule(now() + takes, EventKind::repair, v);
  }
  for (const ServerIndex v : servers_.indices()) {
    const Server& server = servers_[v];
    const Breakdown& breakdown = station(server).breakdown;
    if (breakdown.present && breakdown.clock == FailureClock::always && !server.down)
      agenda_.schedule(now() + server.fails_in, EventKind::fail, v);
  }
}

void Servers::resume_hours() {
  for (const StationIndex s : rows_.indices()) {
    Row& row = rows_[s];
    const Station& is = setting_.station(s);
    row.open = is.always_open;
    while (!is.always_open && row.next_hours < is.open.size() && is.open[row.next_hours].to < now()) ++row.next_hours;
    if (is.always_open || row.next_hours >= is.open.size()) continue;
    // what opens or closes at this very instant does so as its first event
    row.open = is.open[row.next_hours].from < now();
    agenda_.schedule(row.open ? is.open[row.next_hours].to : is.open[row.next_hours].from, EventKind::hours, s);
  }
}

void Servers::resume(LotIndex l, const MailThere& there) {
  Lot& lot = lots_[l];
  if (there.wants != none) {
    const ServerIndex v(rows_[lot.station].servers.front().number() + std::max(there.position, 0));
    flow_.wait_at_door(l, there.wants, v);
    refresh(v);
    return;
  }
  if (there.position != none) {
    resume_in_hand(l, there);
    return;
  }
  ledger_.joins(lot);
  if (there.first)
    queues_.number_first(lot.station, lot);
  else
    queues_.number(lot.station, lot);
  if (there.worked > 0 && there.takes >= there.worked) {
    lot.broken_off = true;
    ++lot.handlings;
    broken_off_[l] = {there.takes, there.worked, 1};
  }
  queues_.push(lot.station, l);
}

void Servers::resume_in_hand(LotIndex l, const MailThere& there) {
  Lot& lot = lots_[l];
  const ServerIndex v(rows_[lot.station].servers.front().number() + there.position);
  Server& server = servers_[v];
  server.lot = l;
  lot.in_hand = true;
  ++lot.handlings;
  server.phase = there.set_up ? Phase::set_up : Phase::handling;
  server.group_before = server.group;
  if (station(server).set_up.between != SetUpBetween::none) server.group = queues_.group_of(lot.station, lot);
  server.worked = server.booked = there.worked;
  server.handling_takes = there.takes;
  server.phase_began = now();
  server.phase_left = there.left;
  server.phase_ends = now() + there.left;
  server.rounding = there.rounding;
  server.stop = there.stops_after >= 0;
  server.stop_items = std::max(there.stops_after, 0);
  if (!server.down) schedule_phase(v);
  refresh(v);
}

void Servers::order_in_hand() {
  for (const Row& row : rows_) {
    std::vector<LotIndex> in_hand;
    for (const ServerIndex v : row.servers)
      if (servers_[v].lot != none) in_hand.push_back(servers_[v].lot);
    std::sort(in_hand.begin(), in_hand.end(), [this](LotIndex a, LotIndex b) {
      return lots_[a].entered != lots_[b].entered ? lots_[a].entered < lots_[b].entered
                                                  : lots_[a].number < lots_[b].number;
    });
    for (std::size_t i = 0; i < in_hand.size(); ++i)
      lots_[in_hand[i]].entry = static_cast<std::int64_t>(i) - INT64_MAX / 2 - static_cast<std::int64_t>(1U << 30U);
  }
}

void Servers::order_ready() {
  const auto& named = setting_.model.situation.servers;
  const auto place = [&](ServerIndex v) {
    const StationIndex s = servers_[v].station;
    const int position = v.number() - rows_[s].servers.front().number();
    return std::find_if(named.begin(), named.end(),
                        [&](const ServerThere& there) { return there.station == s && there.position == position; });
  };
  for (Row& row : rows_)
    std::stable_sort(row.ready.begin(), row.ready.end(),
                     [&](ServerIndex a, ServerIndex b) { return place(a) < place(b); });
}

}  // namespace mailflow
