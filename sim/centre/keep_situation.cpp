// The situation that a run is in, kept so that another can begin there (mail/situation.hpp).
#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "centre/run.hpp"

namespace mailflow {

namespace {

/// Whether `b` is one more of the lots of `a`.
bool follows(MailThere a, const MailThere& b) {
  a.number += a.lots;
  a.lots = b.lots;
  return a == b;
}

void add(Situation& there, const MailThere& mail) {
  if (!there.mail.empty() && mail.bag == 0 && mail.position == none && follows(there.mail.back(), mail))
    ++there.mail.back().lots;
  else
    there.mail.push_back(mail);
}

constexpr Ticks longest_told = Ticks{100} * 365 * day;  ///< what a situation may say of a duration

}  // namespace

void Run::keep_situation() {
  Situation& there = *options_.situation;
  there = {};
  there.given = true;
  there.at = now_;
  keep_mail(there);
  keep_servers(there);
  keep_teams(there);
  keep_sources(there);
}

/// A station's lots in the order in which they would be served if servers were set up for all alike.
std::vector<int> Run::in_queue(const StationState& st) const {
  std::vector<int> lots;
  for (const LotQueue& q : st.queues) {
    for (int l = q.head; l != none; l = lots_[l].next) lots.push_back(l);
    for (const auto& entry : q.heap) lots.push_back(entry.lot);
  }
  const bool ranked = st.is->order != QueueOrder::first_come;
  std::sort(lots.begin(), lots.end(), [&](int a, int b) {
    const std::int64_t one = ranked ? rank_of(st, lots_[a]) : 0;
    const std::int64_t other = ranked ? rank_of(st, lots_[b]) : 0;
    return one != other ? one < other : lots_[a].entry < lots_[b].entry;
  });
  return lots;
}

MailThere Run::keep_lot(int l) const {
  const Lot& lot = lots_[l];
  MailThere there;
  there.station = lot.station == none ? lot.target : lot.station;
  there.at_door = lot.station == none;
  there.product = lot.product;
  there.destination = lot.destination;
  there.items = lot.items;
  there.arrived = lot.arrived;
  there.entered = lot.entered;
  there.due = lot.due;
  there.pass = lot.pass;
  there.done = lot.done;
  there.missed = lot.missed_vehicle;
  there.number = lot.number;
  if (lot.broken_off) {
    const BrokenOff& rest = broken_off_.at(l);
    there.takes = std::llround(static_cast<double>(rest.takes) * rest.pace);
    there.worked = std::llround(static_cast<double>(rest.worked) * rest.pace);
  }
  return there;
}

/// A lot, or what is in the bag that it is.
void Run::keep_bag(int l, MailThere there, Situation& all) const {
  const Lot& bag = lots_[l];
  if (bag.members == none) {
    add(all, there);
    return;
  }
  const bool open =
      stations_[static_cast<std::size_t>(there.station)].is->kind == StationKind::bagging && there.wants == none;
  there.bag = bag.number;
  for (int m = bag.members; m != none; m = lots_[m].next) {
    there.items = lots_[m].items;
    there.number = lots_[m].number;
    there.arrived = lots_[m].arrived;
    there.due = lots_[m].due;
    if (open) there.entered = lots_[m].entered;
    all.mail.push_back(there);
  }
}

void Run::keep_mail(Situation& there) const {
  std::map<std::uint64_t, std::pair<int, Ticks>> ends, outs;  // by order of scheduling: server or lot, when
  std::map<int, Event> bag_goes;
  for (const Event& event : calendar_.pending()) {
    const auto kind = kind_of(event);
    const auto index = static_cast<int>(event.index);
    if ((kind == EventKind::phase_end || kind == EventKind::fail) &&
        servers_[static_cast<std::size_t>(index)].token == event.token)
      ends[event.scheduled()] = {index, event.at};
    if (kind == EventKind::delay_end) outs[event.order] = {index, event.at};
    if (kind == EventKind::bag_goes && lots_[index].in_centre &&
        static_cast<std::uint32_t>(lots_[index].number) == event.token)
      bag_goes[index] = event;
  }
  std::vector<int> in_hand;
  for (const auto& [order, end] : ends) in_hand.push_back(end.first);
  for (int v = 0; v < static_cast<int>(servers_.size()); ++v)
    if (std::find(in_hand.begin(), in_hand.end(), v) == in_hand.end()) in_hand.push_back(v);
  for (const int v : in_hand) {
    const Server& server = servers_[static_cast<std::size_t>(v)];
    if (server.lot == none) continue;
    MailThere mail = keep_lot(server.lot);
    mail.position = v - stations_[static_cast<std::size_t>(server.station)].first_server;
    mail.set_up = server.phase == Phase::set_up;
    const Ticks phase = server.down ? 0 : now_ - server.phase_began;
    mail.left = server.down ? server.phase_left : server.phase_ends - now_;
    if (!mail.set_up) {
      mail.worked = server.worked + phase;
      mail.takes = server.handling_takes;
    }
    mail.rounding = server.rounding;
    if (server.stop) mail.stops_after = server.stop_items;
    keep_bag(server.lot, mail, there);
  }
  for (const auto& [order, out] : outs) {
    MailThere mail = keep_lot(out.first);
    mail.left = std::min(out.second - now_, longest_told);  // never, where it does not open again
    keep_bag(out.first, mail, there);
  }
  for (const StationState& st : stations_) {
    for (const int l : in_queue(st)) keep_bag(l, keep_lot(l), there);
    std::vector<int> piled;
    std::copy_if(st.lots_here.begin(), st.lots_here.end(), std::back_inserter(piled), [](int l) { return l != none; });
    const bool timed = st.is->kind == StationKind::bagging && st.is->bag_at_most != never;
    if (timed)  // in the order in which they were opened
      std::sort(piled.begin(), piled.end(), [&](int a, int b) { return bag_goes[a].order < bag_goes[b].order; });
    for (const int l : piled) {
      MailThere mail = keep_lot(l);
      if (timed) mail.left = bag_goes[l].at - now_;
      keep_bag(l, mail, there);
    }
    for (int l = st.door; l != none; l = lots_[l].next) {
      MailThere mail = keep_lot(l);
      if (!mail.at_door) mail.wants = lots_[l].target;
      if (const int v = lots_[l].server; v != none)
        mail.position =
            v - stations_[static_cast<std::size_t>(servers_[static_cast<std::size_t>(v)].station)].first_server;
      keep_bag(l, mail, there);
    }
  }
}

/// Machines that are down, set up, or stand ready: in the order in which these take the next mail.
void Run::keep_servers(Situation& there) const {
  std::map<int, Ticks> repaired;
  std::map<int, Ticks> fails;
  for (const Event& event : calendar_.pending()) {
    const auto index = static_cast<int>(event.index);
    if (kind_of(event) == EventKind::repair) repaired[index] = event.at - now_;
    if (kind_of(event) == EventKind::fail) fails[index] = event.at - now_;
  }
  for (int s = 0; s < static_cast<int>(stations_.size()); ++s) {
    const StationState& st = stations_[static_cast<std::size_t>(s)];
    const bool handles = st.is->kind == StationKind::manual || st.is->kind == StationKind::machine;
    if (!handles) continue;
    std::vector<int> order = st.idle;
    for (int v = st.first_server; v < st.first_server + st.is->servers; ++v)
      if (std::find(order.begin(), order.end(), v) == order.end()) order.push_back(v);
    for (const int v : order) {
      const Server& server = servers_[static_cast<std::size_t>(v)];
      ServerThere it;
      it.station = s;
      it.position = v - st.first_server;
      it.down = server.down;
      if (server.down) it.repaired_in = repaired[v];
      it.group = server.lot != none && server.phase == Phase::set_up ? server.group_before : server.group;
      if (st.is->breakdown.present && !server.down) {
        const bool works = server.lot != none;
        it.fails_in =
            !st.is->breakdown.only_while_working ? fails[v] : server.fails_in - (works ? now_ - server.phase_began : 0);
      }
      const bool ready = server.state == ServerState::idle && st.idle.size() > 1;
      if (it.down || it.group != none || it.fails_in >= 0 || ready) there.servers.push_back(it);
    }
  }
}

void Run::keep_teams(Situation& there) const {
  std::map<int, Ticks> breaks_end;
  for (const Event& event : calendar_.pending())
    if (kind_of(event) == EventKind::break_end) breaks_end[static_cast<int>(event.index)] = event.at - now_;
  there.teams.resize(model_.teams.size());
  for (TeamThere& team : there.teams) team.listed = true;
  for (int a = 0; a < static_cast<int>(agents_.size()); ++a) {
    const Agent& agent = agents_[static_cast<std::size_t>(a)];
    if (agent.state == AgentState::off) continue;
    const TeamState& team = teams_[static_cast<std::size_t>(agent.team)];
    const auto& duties = model_.teams[static_cast<std::size_t>(agent.team)].duties;
    AgentThere it;
    it.team = agent.team;
    it.agent = a - team.first_agent;
    it.station = agent.station;
    if (agent.server != none)
      it.position = agent.server - stations_[static_cast<std::size_t>(agent.station)].first_server;
    if (agent.state == AgentState::moving) {
      it.doing = AgentThere::Doing::walks;
      it.left = agent.arrives - now_;
    } else if (agent.state == AgentState::on_break) {
      it.doing = AgentThere::Doing::on_break;
      it.left = breaks_end[a];
    }
    it.called_to = agent.called_to;
    it.break_due = agent.break_due;
    it.goes_home = agent.ends;
    const bool in_course = team.duty < duties.size() && duties[team.duty].span.from < now_ &&
                           agent.shift_ends == duties[team.duty].span.to;
    if (!in_course) it.over_since = agent.shift_ends;
    if (agent.duty_ends != agent.shift_ends) it.leaves = agent.duty_ends;
    there.agents.push_back(it);
  }
}

void Run::keep_sources(Situation& there) const {
  there.sources.resize(model_.sources.size());
  for (const Event& event : calendar_.pending()) {
    const auto kind = kind_of(event);
    const auto index = static_cast<std::size_t>(event.index);
    if (kind == EventKind::vehicle)
      there.vehicles.push_back({static_cast<int>(index), static_cast<int>(event.token), event.at});
    if (kind == EventKind::source && model_.sources[index].kind == Source::Kind::gaps)
      there.sources[index].next = event.at;
  }
  std::sort(there.vehicles.begin(), there.vehicles.end(), [](const VehicleToCome& a, const VehicleToCome& b) {
    return a.source != b.source ? a.source < b.source : a.trip < b.trip;
  });
}

}  // namespace mailflow
