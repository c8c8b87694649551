#include "centre/staff.hpp"

#include <algorithm>

#include "centre/flow.hpp"
#include "centre/servers.hpp"
#include "core/random.hpp"
#include "stats/interval.hpp"

namespace mailflow {

Staff::Staff(const With& with)
    : setting_(with.setting),
      agenda_(with.agenda),
      lots_(with.lots),
      log_(with.log),
      counts_(with.counts),
      queues_(with.queues),
      servers_(with.servers),
      flow_(with.flow),
      dispatcher_(with.setting.model),
      at_(with.setting.model.stations.size()),
      free_(with.setting.model.teams.size()),
      wanted_(free_),
      called_(with.setting.model.stations.size()) {
  for (const TeamIndex t : setting_.teams()) {
    TeamState& state = teams_[teams_.push_back({})];
    state.first_agent = AgentIndex(agents_.size());
    state.absence_key = setting_.stream("team " + setting_.team(t).name, "absence");
    for (int n = 0; n < setting_.team(t).agents; ++n) agents_[agents_.push_back({})].team = t;
  }
}

int Staff::number_in_team(AgentIndex a) const { return a.number() - teams_[agents_[a].team].first_agent.number(); }

void Staff::start_clocks() {
  for (const TeamIndex t : setting_.teams())
    if (const auto& duties = setting_.team(t).duties; !duties.empty())
      agenda_.schedule(std::max<Ticks>(0, duties[0].span.from), EventKind::duty_start, t);
}

void Staff::set_state(AgentIndex a, AgentState state) {
  Agent& agent = agents_[a];
  if (agent.state == state) return;
  teams_[agent.team].time[static_cast<std::size_t>(agent.state)] += now() - agent.since;
  if (log_.on()) tell(a, false);
  agent.state = state;
  agent.since = now();
}

/// Tells of the stretch that ends now, or that the agent is sent to another post.
void Staff::tell(AgentIndex a, bool sent) const {
  const Agent& agent = agents_[a];
  if (agent.state == AgentState::off || (!sent && agent.since == now())) return;
  const auto state = static_cast<AgentEvent::State>(static_cast<int>(agent.state) - 1);
  log_.sink().agent({agent.team, number_in_team(a), state, agent.station, sent ? now() : agent.since, now(), agent.came,
                     agent.duty_ends, sent});
}

void Staff::update(AgentIndex a) {
  Agent& agent = agents_[a];
  bool is_free = agent.state == AgentState::idle;
  if (agent.server != none) {
    const Server& server = servers_[agent.server];
    const bool working = server.state == ServerState::busy || server.state == ServerState::set_up;
    set_state(a, working ? AgentState::working : AgentState::idle);
    is_free = !working && server.lot == none && server.blocked_lots == 0;
  }
  std::vector<AgentIndex>& free = teams_[agent.team].free;
  if (is_free && agent.idle_place < 0) {
    agent.idle_place = static_cast<int>(free.size());
    free.push_back(a);
    if (free.size() == 1) free_.set(agent.team, true);
    want_agents();
  } else if (!is_free && agent.idle_place >= 0) {
    free[static_cast<std::size_t>(agent.idle_place)] = free.back();
    agents_[free.back()].idle_place = agent.idle_place;
    free.pop_back();
    if (free.empty()) free_.set(agent.team, false);
    agent.idle_place = -1;
  }
}

// --- shifts ----------------------------------------------------------------------------------------------------------

void Staff::duty_start(TeamIndex t) {
  const Team& team = setting_.team(t);
  TeamState& state = teams_[t];
  const Duty& duty = team.duties[state.duty];
  std::vector<AgentIndex> present;
  for (int i = 0; i < team.agents_on(duty); ++i) {
    const AgentIndex a = agent_of(t, i);
    Agent& agent = agents_[a];
    ++state.duties;
    if (misses(t, i, duty)) {
      ++state.absences;
      state.absent += duty.span.to - std::max<Ticks>(duty.span.from, 0);
      continue;
    }
    agent.duty_ends = agent.shift_ends = duty.span.to;
    agent.sent_first = none;
    present.push_back(a);
    if (agent.state == AgentState::off)
      come_on_duty(a);
    else  // still at the item in hand of the duty before
      agent.ends = false;
  }
  schedule_duty(t, duty);
  special_terms(t, duty, present);
  want_agents();
}

void Staff::come_on_duty(AgentIndex a) {
  Agent& agent = agents_[a];
  agent.came = agent.since = now();
  agent.state = AgentState::idle;
  roster(agent, 1);
  agent.station = none;
  agent.server = none;
  agent.called_to = none;
  agent.break_due = -1;
  agent.ends = agent.posted = false;
  update(a);
}

/// Breaks and end of the team's duty in course go onto the agenda.
void Staff::schedule_duty(TeamIndex t, const Duty& duty) {
  const auto which = static_cast<std::uint32_t>(teams_[t].duty);
  for (std::size_t b = 0; b < duty.breaks.size() && b < 256; ++b)
    if (duty.breaks[b].from >= now())
      agenda_.schedule(duty.breaks[b].from, EventKind::break_start, t, (which << 8U) | static_cast<std::uint32_t>(b));
  agenda_.schedule(duty.span.to, EventKind::duty_end, t);
}

/// Whether an agent of the team, from 0, misses the duty: known, or by chance.
bool Staff::misses(TeamIndex t, int agent, const Duty& duty) const {
  const Team& team = setting_.team(t);
  if (duty.absent >= 0) return agent >= team.agents_on(duty) - duty.absent;
  if (team.absent <= 0) return false;
  const auto which = std::count_if(team.duties.begin(), team.duties.end(), [&duty](const Duty& other) {
    return other.day == duty.day && other.span.from < duty.span.from;
  });
  Stream stream = keyed(teams_[t].absence_key, static_cast<std::uint64_t>(agent),
                        static_cast<std::uint64_t>(setting_.model.start.days) + static_cast<std::uint64_t>(duty.day) +
                            (static_cast<std::uint64_t>(which) << 32U));
  return stream.uniform() < team.absent;
}

/// Those of the present agents of a duty who leave at another time, and those who go to a station first.
void Staff::special_terms(TeamIndex t, const Duty& duty, const std::vector<AgentIndex>& present) {
  auto last = present.rbegin();
  for (const LeavesAt& leaving : duty.leaving) {
    const Ticks at = std::max(leaving.at, now());
    for (int n = leaving.agents; n > 0 && last != present.rend(); --n) agents_[*last++].duty_ends = at;
    if (at < setting_.model.end) agenda_.schedule(at, EventKind::leave, t);
  }
  auto first = present.begin();
  for (const SentFirst& sent : duty.sent)
    for (int n = sent.agents; n > 0 && first != present.end(); --n) agents_[*first++].sent_first = sent.station;
}

void Staff::send_home(TeamIndex t) {
  for (int i = 0; i < setting_.team(t).agents; ++i) {
    const AgentIndex a = agent_of(t, i);
    Agent& agent = agents_[a];
    if (agent.state == AgentState::off || agent.duty_ends != now()) continue;
    agent.ends = true;
    free(a);
  }
}

void Staff::duty_end(TeamIndex t) {
  send_home(t);
  const auto& duties = setting_.team(t).duties;
  TeamState& state = teams_[t];
  if (++state.duty < duties.size())
    agenda_.schedule(std::max(now(), duties[state.duty].span.from), EventKind::duty_start, t);
}

void Staff::break_start(TeamIndex t, std::uint32_t which) {
  const Team& team = setting_.team(t);
  const Duty& duty = team.duties[which >> 8U];
  for (int i = 0; i < team.agents; ++i) {
    const AgentIndex a = agent_of(t, i);
    Agent& agent = agents_[a];
    if (agent.state == AgentState::off || agent.shift_ends != duty.span.to) continue;
    // One that falls due before the last has been had is taken after it, and none gets shorter.
    agent.break_due = std::max<Ticks>(agent.break_due, 0) + duty.breaks[which & 0xffU].lasts;
    if (agent.state != AgentState::on_break) free(a);
  }
}

void Staff::break_end(AgentIndex a) {
  Agent& agent = agents_[a];
  if (agent.state != AgentState::on_break) return;
  set_state(a, AgentState::idle);
  agent.server = none;
  if (agent.break_due >= 0) {
    free(a);
    return;
  }
  update(a);
  want_agents();
}

/// An agent comes on duty (`more` 1) or goes (-1): the stations where it may work have one more or fewer.
void Staff::roster(const Agent& agent, int more) {
  const auto& posts = setting_.team(agent.team).posts;
  const bool fixed = setting_.model.assignment.rule == AssignmentRule::fixed;
  for (const StationIndex s : setting_.stations()) {
    if (setting_.station(s).crew == 0 || dispatcher_.proficiency(agent.team, s) <= 0) continue;
    if (!fixed || std::find(posts.begin(), posts.end(), s) != posts.end()) counts_.on_duty(s, more);
  }
}

/// Overtime, and what of its time lies in the night, up to now.
void Staff::count_paid(const Agent& agent) {
  TeamState& team = teams_[agent.team];
  const Ticks window = agenda_.window_from();
  const Ticks from = std::max(agent.came, window);
  team.overtime += std::max<Ticks>(0, now() - std::max(agent.shift_ends, window));
  for (const Span& night : setting_.model.night)
    team.night += std::max<Ticks>(0, std::min(now(), night.to) - std::max(from, night.from));
}

void Staff::go_home(AgentIndex a) {
  Agent& agent = agents_[a];
  agent.break_due = -1;
  set_state(a, AgentState::off);
  roster(agent, -1);
  count_paid(agent);
  agent.station = none;
  agent.server = none;
  agent.ends = false;
  update(a);
}

// --- coming and going ------------------------------------------------------------------------------------------------

/// The agent must go (home, to a break, or where it is called): now when it can, else when the item in hand is done.
void Staff::free(AgentIndex a) {
  Agent& agent = agents_[a];
  if (agent.ends || agent.break_due >= 0) drop_call(a);
  if (agent.state == AgentState::moving) {
    if (agent.ends) {
      --at_[agent.station].walking_here;
      want_agents();
      go_home(a);
    }
    return;
  }
  if (const ServerIndex v = agent.server; v != none) {
    if (servers_[v].lot == none) {
      release_crew(v);
      servers_.refresh(v);
    } else if (servers_[v].down) {
      servers_.break_off(v);
    } else {
      servers_.stop_at_item(v);
    }
    return;
  }
  if (agent.ends) {
    go_home(a);
  } else if (agent.break_due >= 0) {
    set_state(a, AgentState::on_break);
    update(a);
    agenda_.schedule(now() + agent.break_due, EventKind::break_end, a);
    agent.break_due = -1;
  } else if (agent.called_to != none) {
    const StationIndex s = agent.called_to;
    drop_call(a);
    send(a, s);
  }
}

void Staff::release_crew(ServerIndex v) {
  const std::vector<AgentIndex>& crew = servers_[v].crew;
  for (std::size_t i = 0; i < crew.size();) {
    const AgentIndex a = crew[i];
    const Agent& agent = agents_[a];
    if (!agent.ends && agent.break_due < 0 && agent.called_to == none) {
      ++i;
      continue;
    }
    detach(a);
    set_state(a, AgentState::idle);
    free(a);
  }
}

void Staff::detach(AgentIndex a) {
  Agent& agent = agents_[a];
  if (agent.server == none) return;
  servers_.leave_crew(agent.server, a);
  agent.server = none;
}

/// Sends a free agent to a station.
void Staff::send(AgentIndex a, StationIndex s) {
  Agent& agent = agents_[a];
  const ServerIndex left = agent.server;
  detach(a);
  if (left != none) servers_.refresh(left);
  const bool walks = agent.posted && agent.station != s;
  set_state(a, AgentState::moving);
  if (walks) ++teams_[agent.team].moves;
  if (walks && log_.on()) tell(a, true);
  agent.station = s;
  agent.posted = true;
  ++at_[s].walking_here;
  if (walks && setting_.model.assignment.move_takes > 0) {
    update(a);
    agent.arrives = now() + setting_.model.assignment.move_takes;
    agenda_.schedule(agent.arrives, EventKind::agent_arrives, a);
  } else {
    agent.arrives = now();
    arrives(a);
  }
}

void Staff::arrives(AgentIndex a) {
  Agent& agent = agents_[a];
  if (agent.state != AgentState::moving || agent.arrives != now()) return;  // it has gone home since
  --at_[agent.station].walking_here;
  set_state(a, AgentState::idle);
  if (agent.break_due >= 0)
    free(a);
  else
    attach(a, agent.station);
}

/// Puts an agent at a server that is up and can take mail but for its crew, where most of one stands; where there is
/// none, it stands at the station.
void Staff::attach(AgentIndex a, StationIndex s) {
  ServerIndex best;
  for (const ServerIndex v : servers_.of(s)) {
    const Server& server = servers_[v];
    if (server.state != ServerState::unstaffed || server.lot != none) continue;
    if (best == none || server.crew.size() > servers_[best].crew.size()) best = v;
    if (setting_.station(s).crew == 1) break;
  }
  if (best == none) {
    update(a);
    return;
  }
  servers_.join_crew(best, a);
  agents_[a].server = best;
  servers_.refresh(best);
  if (servers_[best].state == ServerState::idle) goes_on(best);
}

// --- counts ----------------------------------------------------------------------------------------------------------

void Staff::settle() {
  for (const AgentIndex a : agents_.indices()) {
    Agent& agent = agents_[a];
    if (agent.state == AgentState::off) continue;
    teams_[agent.team].time[static_cast<std::size_t>(agent.state)] += now() - agent.since;
    if (log_.on()) tell(a, false);
    agent.since = now();
    count_paid(agent);
  }
}

void Staff::reset() {
  for (TeamState& team : teams_) {
    team.time = {};
    team.overtime = team.night = team.absent = 0;
    team.duties = team.absences = team.moves = 0;
  }
}

void Staff::fill(Results& r) const {
  std::vector<double> costs;
  for (const TeamIndex t : teams_.indices()) {
    const TeamState& state = teams_[t];
    const Team& team = setting_.team(t);
    TeamResult result;
    result.worked = state.time[static_cast<std::size_t>(AgentState::working)];
    result.idle = state.time[static_cast<std::size_t>(AgentState::idle)];
    result.moving = state.time[static_cast<std::size_t>(AgentState::moving)];
    result.on_break = state.time[static_cast<std::size_t>(AgentState::on_break)];
    result.paid = result.worked + result.idle + result.moving + result.on_break;
    result.overtime = state.overtime;
    result.night = state.night;
    result.absent = state.absent;
    result.duties = state.duties;
    result.absences = state.absences;
    result.moves = state.moves;
    result.cost = team.cost_per_hour * (in_hours(result.paid) + team.night_extra * in_hours(result.night) +
                                        team.overtime_extra * in_hours(result.overtime));
    costs.push_back(result.cost);
    r.teams.push_back(result);
  }
  r.staff_cost = sum_of(costs);
}

}  // namespace mailflow
