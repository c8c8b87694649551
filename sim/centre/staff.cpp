// Agents: shifts, breaks, absence; how they come, go and walk. Who is sent where: give_out.cpp.
#include <algorithm>

#include "centre/run.hpp"

namespace mailflow {

void Run::set_agent(int a, AgentState state) {
  Agent& agent = agents_[static_cast<std::size_t>(a)];
  if (agent.state == state) return;
  TeamState& team = teams_[static_cast<std::size_t>(agent.team)];
  team.time[static_cast<std::size_t>(agent.state)] += now_ - agent.since;
  if (options_.events != nullptr) tell_agent(a, false);
  agent.state = state;
  agent.since = now_;
}

/// Tells of the stretch that ends now, or that the agent is sent to another post.
void Run::tell_agent(int a, bool sent) {
  const Agent& agent = agents_[static_cast<std::size_t>(a)];
  if (agent.state == AgentState::off || (!sent && agent.since == now_)) return;
  const auto state = static_cast<AgentEvent::State>(static_cast<int>(agent.state) - 1);
  const int first = teams_[static_cast<std::size_t>(agent.team)].first_agent;
  options_.events->agent({agent.team, a - first, state, agent.station, sent ? now_ : agent.since, now_, agent.came,
                          agent.duty_ends, sent});
}

/// Brings an agent's state in line with the server it stands at, and its place among those free to be sent.
void Run::update_agent(int a) {
  Agent& agent = agents_[static_cast<std::size_t>(a)];
  bool is_free = agent.state == AgentState::idle;
  if (agent.server != none) {
    const Server& server = servers_[static_cast<std::size_t>(agent.server)];
    const bool working = server.state == ServerState::busy || server.state == ServerState::set_up;
    set_agent(a, working ? AgentState::working : AgentState::idle);
    is_free = !working && server.lot == none && server.blocked_lots == 0;
  }
  if (is_free && agent.idle_place == none) {
    agent.idle_place = static_cast<int>(idle_agents_.size());
    idle_agents_.push_back(a);
    ++teams_[static_cast<std::size_t>(agent.team)].free;
    want_agents();
  } else if (!is_free && agent.idle_place != none) {
    const int last = idle_agents_.back();
    idle_agents_[static_cast<std::size_t>(agent.idle_place)] = last;
    agents_[static_cast<std::size_t>(last)].idle_place = agent.idle_place;
    idle_agents_.pop_back();
    --teams_[static_cast<std::size_t>(agent.team)].free;
    agent.idle_place = none;
  }
}

void Run::duty_start(int t) {
  const Team& team = model_.teams[static_cast<std::size_t>(t)];
  TeamState& state = teams_[static_cast<std::size_t>(t)];
  const Duty& duty = team.duties[state.duty];
  std::vector<int> present;
  for (int i = 0; i < team.agents_on(duty); ++i) {
    const int a = state.first_agent + i;
    Agent& agent = agents_[static_cast<std::size_t>(a)];
    ++state.duties;
    if (misses(t, i, duty)) {
      ++state.absences;
      state.absent += duty.span.to - std::max<Ticks>(duty.span.from, 0);
      continue;
    }
    agent.duty_ends = agent.shift_ends = duty.span.to;
    agent.sent_first = none;
    present.push_back(a);
    if (agent.state != AgentState::off) {  // still at the item in hand of the duty before
      agent.ends = false;
      continue;
    }
    agent.came = agent.since = now_;
    agent.state = AgentState::idle;
    roster(agent, 1);
    agent.station = agent.server = agent.called_to = none;
    agent.break_due = -1;
    agent.ends = agent.posted = false;
    update_agent(a);
  }
  const auto which = static_cast<std::uint32_t>(state.duty);
  for (std::size_t b = 0; b < duty.breaks.size() && b < 256; ++b)
    if (duty.breaks[b].from >= now_)
      schedule(duty.breaks[b].from, EventKind::break_start, t, (which << 8U) | static_cast<std::uint32_t>(b));
  schedule(duty.span.to, EventKind::duty_end, t);
  special_terms(t, duty, present);
  want_agents();
}

/// Whether an agent of the team, from 0, misses the duty: known, or by chance.
bool Run::misses(int t, int agent, const Duty& duty) const {
  const Team& team = model_.teams[static_cast<std::size_t>(t)];
  if (duty.absent >= 0) return agent >= team.agents_on(duty) - duty.absent;
  if (team.absent <= 0) return false;
  const auto which = std::count_if(team.duties.begin(), team.duties.end(), [&duty](const Duty& other) {
    return other.day == duty.day && other.span.from < duty.span.from;
  });
  Stream stream = keyed(teams_[static_cast<std::size_t>(t)].absence_key, static_cast<std::uint64_t>(agent),
                        static_cast<std::uint64_t>(model_.start.days) + static_cast<std::uint64_t>(duty.day) +
                            (static_cast<std::uint64_t>(which) << 32U));
  return stream.uniform() < team.absent;
}

/// Those of the present agents of a duty who leave at another time, and those who go to a station first.
void Run::special_terms(int t, const Duty& duty, const std::vector<int>& present) {
  auto last = present.rbegin();
  for (const LeavesAt& leaving : duty.leaving) {
    const Ticks at = std::max(leaving.at, now_);
    for (int n = leaving.agents; n > 0 && last != present.rend(); --n)
      agents_[static_cast<std::size_t>(*last++)].duty_ends = at;
    if (at < model_.end) schedule(at, EventKind::leave, t);
  }
  auto first = present.begin();
  for (const SentFirst& sent : duty.sent)
    for (int n = sent.agents; n > 0 && first != present.end(); --n)
      agents_[static_cast<std::size_t>(*first++)].sent_first = sent.station;
}

/// Those whose time it is to go.
void Run::send_home(int t) {
  const Team& team = model_.teams[static_cast<std::size_t>(t)];
  const TeamState& state = teams_[static_cast<std::size_t>(t)];
  for (int i = 0; i < team.agents; ++i) {
    const int a = state.first_agent + i;
    Agent& agent = agents_[static_cast<std::size_t>(a)];
    if (agent.state == AgentState::off || agent.duty_ends != now_) continue;
    agent.ends = true;
    free_agent(a);
  }
}

void Run::duty_end(int t) {
  send_home(t);
  const Team& team = model_.teams[static_cast<std::size_t>(t)];
  TeamState& state = teams_[static_cast<std::size_t>(t)];
  if (++state.duty < team.duties.size())
    schedule(std::max(now_, team.duties[state.duty].span.from), EventKind::duty_start, t);
}

void Run::break_start(int t, std::uint32_t which) {
  const Team& team = model_.teams[static_cast<std::size_t>(t)];
  const Duty& duty = team.duties[which >> 8U];
  for (int i = 0; i < team.agents; ++i) {
    const int a = teams_[static_cast<std::size_t>(t)].first_agent + i;
    Agent& agent = agents_[static_cast<std::size_t>(a)];
    if (agent.state == AgentState::off || agent.shift_ends != duty.span.to) continue;
    // One that falls due before the last has been had is taken after it, and none gets shorter.
    agent.break_due = std::max<Ticks>(agent.break_due, 0) + duty.breaks[which & 0xffU].lasts;
    if (agent.state != AgentState::on_break) free_agent(a);
  }
}

void Run::break_end(int a) {
  Agent& agent = agents_[static_cast<std::size_t>(a)];
  if (agent.state != AgentState::on_break) return;
  set_agent(a, AgentState::idle);
  agent.server = none;
  if (agent.break_due >= 0) {
    free_agent(a);
    return;
  }
  update_agent(a);
  want_agents();
}

/// The agent must go (home, to a break, or where it is called): now when it can, else when the item in hand is done.
void Run::free_agent(int a) {
  Agent& agent = agents_[static_cast<std::size_t>(a)];
  if (agent.ends || agent.break_due >= 0) drop_call(a);
  if (agent.state == AgentState::moving) {
    if (agent.ends) {
      --stations_[static_cast<std::size_t>(agent.station)].walking_here;
      want_agents();
      go_home(a);
    }
    return;
  }
  if (const int v = agent.server; v != none) {
    const Server& server = servers_[static_cast<std::size_t>(v)];
    if (server.lot == none) {
      release_crew(v);
      refresh(v);
    } else if (server.down) {
      break_off(v);
    } else {
      stop_at_item(v);
    }
    return;
  }
  if (agent.ends) {
    go_home(a);
  } else if (agent.break_due >= 0) {
    set_agent(a, AgentState::on_break);
    update_agent(a);
    schedule(now_ + agent.break_due, EventKind::break_end, a);
    agent.break_due = -1;
  } else if (agent.called_to != none) {
    const int station = agent.called_to;
    drop_call(a);
    send(a, station);
  }
}

void Run::go_home(int a) {
  Agent& agent = agents_[static_cast<std::size_t>(a)];
  TeamState& team = teams_[static_cast<std::size_t>(agent.team)];
  agent.break_due = -1;
  set_agent(a, AgentState::off);
  roster(agent, -1);
  const Ticks from = std::max(agent.came, window_from_);
  team.overtime += std::max<Ticks>(0, now_ - std::max(agent.shift_ends, window_from_));
  for (const Span& night : model_.night)
    team.night += std::max<Ticks>(0, std::min(now_, night.to) - std::max(from, night.from));
  agent.station = agent.server = none;
  agent.ends = false;
  update_agent(a);
}

/// Those of a server's agents who must go do; nothing is in hand.
void Run::release_crew(int v) {
  Server& server = servers_[static_cast<std::size_t>(v)];
  for (std::size_t i = 0; i < server.crew.size();) {
    const int a = server.crew[i];
    const Agent& agent = agents_[static_cast<std::size_t>(a)];
    if (!agent.ends && agent.break_due < 0 && agent.called_to == none) {
      ++i;
      continue;
    }
    detach(a);
    set_agent(a, AgentState::idle);
    free_agent(a);
  }
}

void Run::detach(int a) {
  Agent& agent = agents_[static_cast<std::size_t>(a)];
  if (agent.server == none) return;
  auto& crew = servers_[static_cast<std::size_t>(agent.server)].crew;
  crew.erase(std::find(crew.begin(), crew.end(), a));
  agent.server = none;
}

/// Sends a free agent to a station.
void Run::send(int a, int station) {
  Agent& agent = agents_[static_cast<std::size_t>(a)];
  const int left = agent.server;
  detach(a);
  if (left != none) refresh(left);
  const bool walks = agent.posted && agent.station != station;
  set_agent(a, AgentState::moving);
  if (walks) ++teams_[static_cast<std::size_t>(agent.team)].moves;
  if (walks && options_.events != nullptr) tell_agent(a, true);
  agent.station = station;
  agent.posted = true;
  ++stations_[static_cast<std::size_t>(station)].walking_here;
  if (walks && model_.assignment.move_takes > 0) {
    update_agent(a);
    agent.arrives = now_ + model_.assignment.move_takes;
    schedule(agent.arrives, EventKind::agent_arrives, a);
  } else {
    agent_arrives(a);
  }
}

void Run::agent_arrives(int a) {
  Agent& agent = agents_[static_cast<std::size_t>(a)];
  const int station = agent.station;
  --stations_[static_cast<std::size_t>(station)].walking_here;
  set_agent(a, AgentState::idle);
  if (agent.break_due >= 0) {
    free_agent(a);
    return;
  }
  attach(a, station);
}

/// Puts an agent at a server that is up and can take mail but for its crew, where most of one stands; where there is
/// none, it stands at the station.
void Run::attach(int a, int station) {
  const StationState& st = stations_[static_cast<std::size_t>(station)];
  int best = none;
  for (int v = st.first_server; v < st.first_server + st.is->servers; ++v) {
    const Server& server = servers_[static_cast<std::size_t>(v)];
    if (server.state != ServerState::unstaffed || server.lot != none) continue;
    if (best == none || server.crew.size() > servers_[static_cast<std::size_t>(best)].crew.size()) best = v;
    if (st.is->crew == 1) break;
  }
  if (best == none) {
    update_agent(a);
    return;
  }
  Server& server = servers_[static_cast<std::size_t>(best)];
  server.crew.push_back(a);
  agents_[static_cast<std::size_t>(a)].server = best;
  refresh(best);
  if (server.state == ServerState::idle) goes_on(best);
}

}  // namespace mailflow
