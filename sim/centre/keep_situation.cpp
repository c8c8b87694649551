#include "centre/keep_situation.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

namespace mailflow {

namespace {

constexpr Ticks longest_told = Ticks{100} * 365 * day;  ///< what a situation may say of a duration

/// Whether `b` is one more of the lots of `a`.
bool follows(MailThere a, const MailThere& b) {
  a.number += a.lots;
  a.lots = b.lots;
  return a == b;
}

class Keeper {
 public:
  explicit Keeper(const Centre& centre)
      : centre_(centre), now_(centre.agenda.now()), pending_(centre.agenda.pending()) {
    there_.given = true;
    there_.at = now_;
  }

  Situation all() {
    mail();
    servers();
    teams();
    sources();
    return std::move(there_);
  }

 private:
  /// By whom it is about: so long until the event, of those on the agenda.
  template <class Of>
  std::map<Index<Of>, Ticks> until(EventKind kind) const {
    std::map<Index<Of>, Ticks> left;
    for (const Event& event : pending_)
      if (kind_of(event) == kind) left[about<Of>(event)] = event.at - now_;
    return left;
  }

  const Station& station(StationIndex s) const { return centre_.setting.station(s); }
  int position(ServerIndex v) const {
    return v.number() - centre_.servers.of(centre_.servers[v].station).front().number();
  }

  MailThere of_lot(LotIndex l) const {
    const Lot& lot = centre_.lots[l];
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
      const BrokenOff& rest = centre_.servers.broken_off(l);
      there.takes = std::llround(static_cast<double>(rest.takes) * rest.pace);
      there.worked = std::llround(static_cast<double>(rest.worked) * rest.pace);
    }
    return there;
  }

  void add(const MailThere& mail) {
    if (!there_.mail.empty() && mail.bag == 0 && mail.position == none && follows(there_.mail.back(), mail))
      ++there_.mail.back().lots;
    else
      there_.mail.push_back(mail);
  }

  /// A lot, or what is in the bag that it is.
  void keep(LotIndex l, MailThere there) {
    const Lot& bag = centre_.lots[l];
    if (bag.members == none) {
      add(there);
      return;
    }
    const bool open = station(there.station).kind == StationKind::bagging && there.wants == none;
    there.bag = bag.number;
    for (LotIndex m = bag.members; m != none; m = centre_.lots[m].next) {
      const Lot& lot = centre_.lots[m];
      there.items = lot.items;
      there.number = lot.number;
      there.arrived = lot.arrived;
      there.due = lot.due;
      if (open) there.entered = lot.entered;
      there_.mail.push_back(there);
    }
  }

  void mail() {
    for (const ServerIndex v : in_order_of_ending())
      if (centre_.servers[v].lot != none) in_hand(v);
    std::map<std::uint64_t, Event> outs;  // by the order in which they were scheduled
    for (const Event& event : pending_)
      if (kind_of(event) == EventKind::delay_end) outs[event.order] = event;
    for (const auto& [order, out] : outs) {
      MailThere mail = of_lot(about<Lot>(out));
      mail.left = std::min(out.at - now_, longest_told);  // never, where it does not open again
      keep(about<Lot>(out), mail);
    }
    for (const StationIndex s : centre_.setting.stations()) {
      for (const LotIndex l : centre_.queues.in_order(s)) keep(l, of_lot(l));
      for (const LotIndex l : centre_.bays.there(s)) keep(l, of_lot(l));
      open_bags(s);
      at_door(s);
    }
  }

  /// Servers in the order in which their phases were settled to end, then those that have none on the agenda.
  std::vector<ServerIndex> in_order_of_ending() const {
    std::map<std::uint64_t, ServerIndex> ends;  // by order of scheduling
    for (const Event& event : pending_) {
      const EventKind kind = kind_of(event);
      if ((kind == EventKind::phase_end || kind == EventKind::fail) &&
          centre_.servers.is_phase(about<Server>(event), event.token))
        ends[event.scheduled()] = about<Server>(event);
    }
    std::vector<ServerIndex> order;
    for (const auto& [scheduled, v] : ends) order.push_back(v);
    for (const ServerIndex v : centre_.servers.indices())
      if (std::find(order.begin(), order.end(), v) == order.end()) order.push_back(v);
    return order;
  }

  void in_hand(ServerIndex v) {
    const Server& server = centre_.servers[v];
    MailThere mail = of_lot(server.lot);
    mail.position = position(v);
    mail.set_up = server.phase == Phase::set_up;
    mail.left = server.down ? server.phase_left : server.phase_ends - now_;
    if (!mail.set_up) {
      mail.worked = server.worked + (server.down ? 0 : now_ - server.phase_began);
      mail.takes = server.handling_takes;
    }
    mail.rounding = server.rounding;
    if (server.stop) mail.stops_after = server.stop_items;
    keep(server.lot, mail);
  }

  /// In the order in which they were opened, where they go on when their time is up.
  void open_bags(StationIndex s) {
    if (station(s).kind != StationKind::bagging) return;
    std::vector<LotIndex> bags = centre_.bags.there(s);
    std::map<LotIndex, Event> goes;
    for (const Event& event : pending_)
      if (kind_of(event) == EventKind::bag_goes) {
        const Lot& bag = centre_.lots[about<Lot>(event)];
        if (bag.in_centre && static_cast<std::uint32_t>(bag.number) == event.token) goes[about<Lot>(event)] = event;
      }
    const bool timed = centre_.bags.timed(s);
    if (timed)
      std::sort(bags.begin(), bags.end(), [&](LotIndex a, LotIndex b) { return goes[a].order < goes[b].order; });
    for (const LotIndex l : bags) {
      MailThere mail = of_lot(l);
      if (timed) mail.left = goes[l].at - now_;
      keep(l, mail);
    }
  }

  void at_door(StationIndex s) {
    centre_.flow.each_at_door(s, [&](LotIndex l) {
      MailThere mail = of_lot(l);
      if (!mail.at_door) mail.wants = centre_.lots[l].target;
      if (const ServerIndex v = centre_.lots[l].server; v != none) mail.position = position(v);
      keep(l, mail);
    });
  }

  /// Machines that are down, set up, or stand ready: in the order in which these take the next mail.
  void servers() {
    const auto repaired = until<Server>(EventKind::repair);
    const auto fails = until<Server>(EventKind::fail);
    for (const StationIndex s : centre_.setting.stations()) {
      std::vector<ServerIndex> order = centre_.servers.ready(s);
      for (const ServerIndex v : centre_.servers.of(s))
        if (std::find(order.begin(), order.end(), v) == order.end()) order.push_back(v);
      for (const ServerIndex v : order) {
        const Server& server = centre_.servers[v];
        const Breakdown& breakdown = station(s).breakdown;
        ServerThere it;
        it.station = s;
        it.position = position(v);
        it.down = server.down;
        if (server.down) it.repaired_in = repaired.at(v);
        it.group = server.lot != none && server.phase == Phase::set_up ? server.group_before : server.group;
        if (breakdown.present && !server.down) {
          const Ticks worked = server.lot != none ? now_ - server.phase_began : 0;
          it.fails_in = breakdown.clock == FailureClock::working ? server.fails_in - worked : fails.at(v);
        }
        const bool ready = server.state == ServerState::idle && centre_.servers.ready(s).size() > 1;
        if (it.down || it.group != none || it.fails_in >= 0 || ready) there_.servers.push_back(it);
      }
    }
  }

  void teams() {
    const auto breaks_end = until<Agent>(EventKind::break_end);
    there_.teams.resize(centre_.setting.model.teams.size());
    for (TeamThere& team : there_.teams) team.listed = true;
    for (const AgentIndex a : centre_.staff.indices()) {
      const Agent& agent = centre_.staff[a];
      if (agent.state == AgentState::off) continue;
      const auto& duties = centre_.setting.team(agent.team).duties;
      const std::size_t duty = centre_.staff.duty(agent.team);
      AgentThere it;
      it.team = agent.team;
      it.agent = centre_.staff.number_in_team(a);
      it.station = agent.station;
      if (agent.server != none) it.position = position(agent.server);
      if (agent.state == AgentState::moving) {
        it.doing = AgentThere::Doing::walks;
        it.left = agent.arrives - now_;
      } else if (agent.state == AgentState::on_break) {
        it.doing = AgentThere::Doing::on_break;
        it.left = breaks_end.at(a);
      }
      it.called_to = agent.called_to;
      it.break_due = agent.break_due;
      it.goes_home = agent.ends;
      const bool in_course =
          duty < duties.size() && duties[duty].span.from < now_ && agent.shift_ends == duties[duty].span.to;
      if (!in_course) it.over_since = agent.shift_ends;
      if (agent.duty_ends != agent.shift_ends) it.leaves = agent.duty_ends;
      there_.agents.push_back(it);
    }
  }

  void sources() {
    there_.sources.resize(centre_.setting.model.sources.size());
    for (const Event& event : pending_) {
      const auto source = about<Source>(event);
      if (kind_of(event) == EventKind::vehicle)
        there_.vehicles.push_back({source, static_cast<int>(event.token), event.at});
      if (kind_of(event) == EventKind::source && centre_.setting.source(source).kind == Source::Kind::gaps)
        there_.sources[source].next = event.at;
    }
    std::sort(there_.vehicles.begin(), there_.vehicles.end(), [](const VehicleToCome& a, const VehicleToCome& b) {
      return a.source != b.source ? a.source < b.source : a.trip < b.trip;
    });
  }

  const Centre& centre_;
  Ticks now_;
  std::vector<Event> pending_;
  Situation there_;
};

}  // namespace

Situation kept_situation(const Centre& centre) { return Keeper(centre).all(); }

}  // namespace mailflow
