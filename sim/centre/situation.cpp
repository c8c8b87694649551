// A run that begins in a stated situation: all that the start of a run sets up, with mail, agents and machines in it.
#include <algorithm>
#include <cmath>

#include "centre/run.hpp"

namespace mailflow {

void Run::resume() {
  now_ = model_.situation.at;
  resume_clocks();
  resume_servers();
  resume_mail();
  order_in_hand();
  resume_teams();
  resume_sources();
  for (Server& server : servers_) server.state_since = now_;
  reset_counts();
  order_ready();
  for (const int s : names_.stations)
    if (stations_[static_cast<std::size_t>(s)].is->crew == 0)
      serve(s);
    else if (stations_[static_cast<std::size_t>(s)].door != none)
      admit(s);
  for (int v = 0; v < static_cast<int>(servers_.size()); ++v)
    if (servers_[static_cast<std::size_t>(v)].blocked_lots > 0) look_for_standstill(v);
  want_agents();
}

/// Servers that stand ready take the next mail in the order in which the situation names them.
void Run::order_ready() {
  const auto& named = model_.situation.servers;
  const auto place = [&](int v) {
    const Server& server = servers_[static_cast<std::size_t>(v)];
    const int position = v - stations_[static_cast<std::size_t>(server.station)].first_server;
    return std::find_if(named.begin(), named.end(), [&](const ServerThere& there) {
      return there.station == server.station && there.position == position;
    });
  };
  for (StationState& st : stations_)
    std::stable_sort(st.idle.begin(), st.idle.end(), [&](int a, int b) { return place(a) < place(b); });
}

/// Whether the situation says when a trip of a source comes.
bool Run::told_of(int source, std::uint32_t trip) const {
  const auto& vehicles = model_.situation.vehicles;
  return std::any_of(vehicles.begin(), vehicles.end(), [&](const VehicleToCome& v) {
    return v.source == source && static_cast<std::uint32_t>(v.trip) == trip;
  });
}

/// What happens by the clock: the end, counts, reviews, departures.
void Run::resume_clocks() {
  schedule(model_.end, EventKind::end, 0);
  for (std::size_t t = 0; t < model_.targets.size(); ++t)
    for (std::size_t i = 0; i < model_.targets[t].samples.size(); ++i)
      if (model_.targets[t].samples[i] >= now_)
        schedule(model_.targets[t].samples[i], EventKind::sample, static_cast<int>(t), static_cast<std::uint32_t>(i));
  const Ticks review = model_.assignment.review;
  if (!model_.teams.empty() && review > 0) schedule((now_ + review - 1) / review * review, EventKind::review, 0);
  for (std::size_t d = 0; d < model_.departures.size(); ++d) {
    const auto& at = model_.departures[d].at;
    const auto next = std::lower_bound(at.begin(), at.end(), now_);
    if (next != at.end()) schedule(*next, EventKind::departure, static_cast<int>(d));
  }
}

void Run::resume_servers() {
  for (StationState& st : stations_) st.touched = st.clock.since = now_;
  for (int v = 0; v < static_cast<int>(servers_.size()); ++v) {
    Server& server = servers_[static_cast<std::size_t>(v)];
    server.state = ServerState::closed;
    server.state_since = now_;
    StationState& st = stations_[static_cast<std::size_t>(server.station)];
    ++st.servers_in[static_cast<std::size_t>(ServerState::closed)];
    const Breakdown& breakdown = st.is->breakdown;
    if (breakdown.present) server.fails_in = draw_ticks(breakdown.every, st.failures);
  }
  for (const ServerThere& there : model_.situation.servers) {
    StationState& st = stations_[static_cast<std::size_t>(there.station)];
    const int v = st.first_server + there.position;
    Server& server = servers_[static_cast<std::size_t>(v)];
    server.group = there.group;
    if (there.fails_in >= 0 && st.is->breakdown.present) server.fails_in = there.fails_in;
    if (!there.down) continue;
    server.down = true;
    const Ticks takes = there.repaired_in >= 0 ? there.repaired_in : draw_ticks(st.is->breakdown.repair, st.repairs);
    schedule(now_ + takes, EventKind::repair, v);
  }
  for (int v = 0; v < static_cast<int>(servers_.size()); ++v) {
    const Server& server = servers_[static_cast<std::size_t>(v)];
    const Breakdown& breakdown = stations_[static_cast<std::size_t>(server.station)].is->breakdown;
    if (breakdown.present && !breakdown.only_while_working && !server.down)
      schedule(now_ + server.fails_in, EventKind::fail, v);
  }
  for (int s = 0; s < static_cast<int>(stations_.size()); ++s) {
    StationState& st = stations_[static_cast<std::size_t>(s)];
    st.open = st.is->always_open;
    const Spans& open = st.is->open;
    while (!st.is->always_open && st.next_hours < open.size() && open[st.next_hours].to < now_) ++st.next_hours;
    if (!st.is->always_open && st.next_hours < open.size()) {
      // what opens or closes at this very instant does so as its first event
      st.open = open[st.next_hours].from < now_;
      schedule(st.open ? open[st.next_hours].to : open[st.next_hours].from, EventKind::hours, s);
    }
  }
  for (int v = 0; v < static_cast<int>(servers_.size()); ++v) refresh(v);
  for (StationState& st : stations_) update_cause(st);
}

void Run::resume_mail() {
  std::uint64_t number = 0;
  std::int64_t last = 0;
  for (const MailThere& there : model_.situation.mail)
    last = std::max({last, there.number + there.lots - 1, there.bag});
  lots_.count_made(last);
  for (std::size_t i = 0; i < model_.situation.mail.size(); ++i) {
    const MailThere& there = model_.situation.mail[i];
    if (there.bag > 0) {
      resume_bag(i);
      continue;
    }
    for (int n = 0; n < there.lots; ++n) {
      const bool held = stations_[static_cast<std::size_t>(there.station)].is->kind == StationKind::hold &&
                        there.wants == none && !there.at_door;
      // what is held goes out item by item, unless it is known when
      const int lots = held && there.left < 0 ? there.items : 1;
      for (int one = 0; one < lots; ++one) {
        const int l = resume_lot(there, ++number);
        if (there.number > 0) lots_[l].number = there.number + n;
        if (lots > 1) lots_[l].items = 1;
        resume_at(l, there);
      }
    }
  }
}

int Run::resume_lot(const MailThere& there, std::uint64_t number) {
  const int l = lots_.make();
  Lot& lot = lots_[l];
  lot.key =
      mixed(stream_key(options_.seed, options_.replication, "situation", "lots") + 0x9e3779b97f4a7c15ULL * number);
  lot.items = there.items;
  lot.product = static_cast<std::int16_t>(there.product);
  lot.destination = static_cast<std::int16_t>(there.destination);
  lot.arrived = lot.posted = there.arrived;
  lot.entered = there.entered;
  lot.since = now_;
  lot.due = there.due;
  lot.pass = static_cast<std::uint8_t>(there.pass);
  lot.done = there.done;
  lot.missed_vehicle = there.missed;
  lot.station = static_cast<std::int16_t>(there.at_door ? none : there.station);
  return l;
}

/// Puts a lot where it is.
void Run::resume_at(int l, const MailThere& there) {
  Lot& lot = lots_[l];
  lot.in_centre = true;
  products_[static_cast<std::size_t>(lot.product)].here += lot.items;
  if (options_.events != nullptr) {
    for (int m = lot.members; m != none; m = lots_[m].next)
      options_.events->bagged(lots_[m].number, 0, lot.number, there.station);
    log_there(l, there);
    if (!there.at_door) options_.events->entered(lot.number, lot.product, lot.items, there.station, now_);
  }
  if (there.at_door) {
    wait_at_door(l, there.station, none);
    return;
  }
  StationState& st = stations_[static_cast<std::size_t>(there.station)];
  st.items += lot.items;
  if (!takes_in_hand(st.is->kind)) st.queue_items += lot.items;
  const Ticks out = now_ + std::max<Ticks>(there.left, 0);
  switch (st.is->kind) {
    case StationKind::manual:
    case StationKind::machine: {
      if (there.wants != none) {
        wait_at_door(l, there.wants, st.first_server + std::max(there.position, 0));
        refresh(st.first_server + std::max(there.position, 0));
        return;
      }
      if (there.position != none) {
        resume_in_hand(l, there);
        return;
      }
      lot.cause_epoch = st.clock.epoch;
      lot.entry = ++st.entries - (there.first ? INT64_MAX / 2 : 0);
      if (there.worked > 0 && there.takes >= there.worked) {
        lot.broken_off = true;
        ++lot.handlings;
        broken_off_[l] = {there.takes, there.worked, 1};
      }
      put_in_place(st, l);
      return;
    }
    case StationKind::conveyor:
    case StationKind::walk:
    case StationKind::hold:
      if (there.wants != none) {
        wait_at_door(l, there.wants, none);
      } else if (there.left >= 0) {
        schedule_at(there.station, out, EventKind::delay_end, l);
      } else {
        Stream stream = keyed(st.service_key, lot.key, lot.handlings++);
        Ticks until = now_ + draw_ticks(st.is->takes, stream);
        if (st.is->kind == StationKind::hold && !st.is->always_open) {
          const Spans& open = st.is->open;
          const auto span = std::find_if(open.begin(), open.end(), [&](const Span& o) { return o.to > until; });
          until = span == open.end() ? never : std::max(until, span->from);
        }
        schedule_at(there.station, until, EventKind::delay_end, l);
      }
      return;
    case StationKind::bagging:
      if (there.wants != none) {
        wait_at_door(l, there.wants, none);
      } else if (lot.members == none) {
        enter_bagging(l, there.station);
      } else {
        const int slot =
            static_cast<int>(lot.product) * (static_cast<int>(model_.destinations.size()) + 1) + lot.destination + 1;
        st.lots_here[static_cast<std::size_t>(slot)] = l;
        if (there.left >= 0)
          schedule_at(there.station, out, EventKind::bag_goes, l, static_cast<std::uint32_t>(lot.number));
      }
      return;
    case StationKind::bay:
      st.lots_here.push_back(l);
      return;
  }
}

void Run::resume_in_hand(int l, const MailThere& there) {
  Lot& lot = lots_[l];
  StationState& st = stations_[static_cast<std::size_t>(lot.station)];
  const int v = st.first_server + there.position;
  Server& server = servers_[static_cast<std::size_t>(v)];
  server.lot = l;
  lot.in_hand = true;
  ++lot.handlings;
  server.phase = there.set_up ? Phase::set_up : Phase::handling;
  server.group_before = server.group;
  if (st.is->set_up.between != SetUp::Between::none) server.group = group_of(st, lot);
  server.worked = server.booked = there.worked;
  server.handling_takes = there.takes;
  server.phase_began = now_;
  server.phase_left = there.left;
  server.phase_ends = now_ + there.left;
  server.rounding = there.rounding;
  server.stop = there.stops_after >= 0;
  server.stop_items = std::max(there.stops_after, 0);
  if (!server.down) schedule_phase(v);
  refresh(v);
}

/// Lots in hand had come into their queues before those that wait there.
void Run::order_in_hand() {
  for (StationState& st : stations_) {
    std::vector<int> in_hand;
    for (int v = st.first_server; v < st.first_server + st.is->servers && v < static_cast<int>(servers_.size()); ++v)
      if (servers_[static_cast<std::size_t>(v)].station == static_cast<int>(&st - stations_.data()) &&
          servers_[static_cast<std::size_t>(v)].lot != none)
        in_hand.push_back(servers_[static_cast<std::size_t>(v)].lot);
    std::sort(in_hand.begin(), in_hand.end(), [this](int a, int b) {
      return lots_[a].entered != lots_[b].entered ? lots_[a].entered < lots_[b].entered
                                                  : lots_[a].number < lots_[b].number;
    });
    for (std::size_t i = 0; i < in_hand.size(); ++i)
      lots_[in_hand[i]].entry = static_cast<std::int64_t>(i) - INT64_MAX / 2 - static_cast<std::int64_t>(1U << 30U);
  }
}

/// Entries of one bag become its members, and the bag goes where they are; the bag is made at its first entry.
void Run::resume_bag(std::size_t first) {
  const auto& mail = model_.situation.mail;
  const MailThere& there = mail[first];
  const auto same = [&](const MailThere& m) { return m.bag == there.bag && m.station == there.station; };
  if (std::any_of(mail.begin(), mail.begin() + static_cast<std::ptrdiff_t>(first), same)) return;
  std::uint64_t number = (static_cast<std::uint64_t>(first) + 1) << 40U;
  const int b = resume_lot(there, number++);
  lots_[b].items = 0;
  lots_[b].due = never;
  if (there.number > 0) lots_[b].number = there.bag;
  int last = none;
  for (std::size_t m = first; m < mail.size(); ++m) {
    for (int n = 0; same(mail[m]) && n < mail[m].lots; ++n) {
      const int l = resume_lot(mail[m], number++);
      lots_[l].station = none;
      lots_[l].done = 0;  // it is the bag that is handled
      if (mail[m].number > 0) lots_[l].number = mail[m].number + n;
      Lot& bag = lots_[b];
      bag.items += lots_[l].items;
      bag.due = std::min(bag.due, lots_[l].due);
      bag.arrived = std::min(bag.arrived, lots_[l].arrived);
      bag.posted = std::min(bag.posted, lots_[l].posted);
      bag.entered = std::min(bag.entered, lots_[l].entered);
      if (last == none)
        bag.members = l;
      else
        lots_[last].next = l;
      last = l;
    }
  }
  resume_at(b, there);
}

void Run::resume_teams() {
  for (std::size_t t = 0; t < model_.teams.size(); ++t) resume_team(t);
  for (int v = 0; v < static_cast<int>(servers_.size()); ++v)
    if (!servers_[static_cast<std::size_t>(v)].crew.empty()) refresh(v);
}

/// Shifts and breaks in course are in course; the absent are absent.
void Run::resume_team(std::size_t t) {
  const Team& team = model_.teams[t];
  const Situation& all = model_.situation;
  TeamState& state = teams_[t];
  const auto& duties = team.duties;
  while (state.duty < duties.size() && duties[state.duty].span.to < now_) ++state.duty;
  const TeamThere there = all.teams.empty() ? TeamThere{} : all.teams[t];
  const Duty* duty = state.duty < duties.size() && duties[state.duty].span.from < now_ ? &duties[state.duty] : nullptr;
  if (duty == nullptr && state.duty < duties.size())
    schedule(duties[state.duty].span.from, EventKind::duty_start, static_cast<int>(t));
  std::vector<int> present;
  if (!there.listed && duty != nullptr) {
    for (int i = 0; i < team.agents_on(*duty); ++i) {
      const bool here = there.present >= 0 ? i < there.present : !misses(static_cast<int>(t), i, *duty);
      if (!here) continue;
      AgentThere stands;
      stands.team = static_cast<int>(t);
      stands.agent = i;
      for (const AgentThere& a : all.agents)
        if (a.team == stands.team && a.agent == static_cast<int>(present.size())) stands.station = a.station;
      present.push_back(state.first_agent + i);
      resume_agent(stands, duty);
    }
  }
  if (there.listed)
    for (const AgentThere& a : all.agents)
      // a what-if may have taken away some of those listed
      if (a.team == static_cast<int>(t) && a.agent < team.agents) {
        resume_agent(a, duty);
        if (a.over_since < 0) present.push_back(state.first_agent + a.agent);
      }
  if (duty == nullptr) return;
  const auto which = static_cast<std::uint32_t>(state.duty);
  for (std::size_t b = 0; b < duty->breaks.size() && b < 256; ++b)
    if (duty->breaks[b].from >= now_)
      schedule(duty->breaks[b].from, EventKind::break_start, static_cast<int>(t),
               (which << 8U) | static_cast<std::uint32_t>(b));
  schedule(duty->span.to, EventKind::duty_end, static_cast<int>(t));
  special_terms(static_cast<int>(t), *duty, present);
}

void Run::resume_agent(const AgentThere& there, const Duty* duty) {
  const int a = teams_[static_cast<std::size_t>(there.team)].first_agent + there.agent;
  Agent& agent = agents_[static_cast<std::size_t>(a)];
  agent.since = agent.came = now_;
  roster(agent, 1);
  agent.duty_ends = agent.shift_ends =
      there.over_since >= 0 || duty == nullptr ? std::max<Ticks>(there.over_since, 0) : duty->span.to;
  if (there.leaves >= 0) {
    agent.duty_ends = std::max(there.leaves, now_);
    schedule(agent.duty_ends, EventKind::leave, there.team);
  }
  agent.station = there.station;
  agent.posted = there.station != none;
  agent.break_due = there.break_due;
  agent.ends = there.goes_home;
  agent.called_to = there.called_to;
  if (there.called_to != none) {
    ++stations_[static_cast<std::size_t>(there.called_to)].called_here;
    ++calls_;
  }
  switch (there.doing) {
    case AgentThere::Doing::on_break:
      agent.state = AgentState::on_break;
      schedule(now_ + there.left, EventKind::break_end, a);
      return;
    case AgentThere::Doing::walks:
      agent.state = AgentState::moving;
      agent.arrives = now_ + there.left;
      ++stations_[static_cast<std::size_t>(there.station)].walking_here;
      schedule(agent.arrives, EventKind::agent_arrives, a);
      return;
    case AgentThere::Doing::stands:
      break;
  }
  agent.state = AgentState::idle;
  // Of agents named one by one who stands at no server is known.
  const bool anywhere = there.position == none && !model_.situation.teams.empty() &&
                        model_.situation.teams[static_cast<std::size_t>(there.team)].listed;
  if (there.station != none && !anywhere) {
    const StationState& st = stations_[static_cast<std::size_t>(there.station)];
    for (int v = st.first_server; v < st.first_server + st.is->servers; ++v) {
      Server& server = servers_[static_cast<std::size_t>(v)];
      const bool its = there.position == none ? static_cast<int>(server.crew.size()) < st.is->crew && !server.down &&
                                                    server.blocked_lots == 0
                                              : v == st.first_server + there.position;
      if (!its) continue;
      server.crew.push_back(a);
      agent.server = v;
      refresh(v);
      break;
    }
  }
  update_agent(a);
}

void Run::resume_sources() {
  const Situation& all = model_.situation;
  for (int s = 0; s < static_cast<int>(sources_.size()); ++s) {
    share_out(s);
    const Source& is = model_.sources[static_cast<std::size_t>(s)];
    SourceState& state = sources_[static_cast<std::size_t>(s)];
    const SourceThere there = all.sources.empty() ? SourceThere{} : all.sources[static_cast<std::size_t>(s)];
    state.volume = there.volume;
    state.volume_until = there.volume_until;
    switch (is.kind) {
      case Source::Kind::rate:
        if (const Ticks at = next_of_rate(s); at != never) schedule(at, EventKind::source, s);
        break;
      case Source::Kind::gaps:
        schedule(there.next >= 0 ? there.next : now_ + draw_ticks(is.every, state.gaps), EventKind::source, s);
        break;
      case Source::Kind::vehicles: {
        state.cursor = static_cast<std::size_t>(std::lower_bound(is.at.begin(), is.at.end(), now_) - is.at.begin());
        if (state.cursor < is.at.size())
          schedule(is.at[state.cursor], EventKind::vehicle_due, s, static_cast<std::uint32_t>(state.cursor));
        for (const VehicleToCome& v : all.vehicles)
          if (v.source == s && v.at != never) schedule(v.at, EventKind::vehicle, s, static_cast<std::uint32_t>(v.trip));
        break;
      }
      case Source::Kind::replay:
        for (; state.cursor < is.rows.size() && is.rows[state.cursor].at < now_; ++state.cursor)
          if (is.bin > 0 && is.spread != Spread::start) spread_row(s, is.rows[state.cursor]);
        if (state.cursor < is.rows.size()) schedule(is.rows[state.cursor].at, EventKind::rows, s);
        break;
      case Source::Kind::backlog:
        break;  // was there at the run's start
    }
  }
}

}  // namespace mailflow
