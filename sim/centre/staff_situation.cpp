// A run that begins in a situation: who is on duty, where they stand, what they are about to do.
#include <algorithm>

#include "centre/servers.hpp"
#include "centre/staff.hpp"

namespace mailflow {

void Staff::resume() {
  for (const TeamIndex t : teams_.indices()) resume_team(t);
  for (const ServerIndex v : servers_.indices())
    if (!servers_[v].crew.empty()) servers_.refresh(v);
}

/// Shifts and breaks in course are in course; the absent are absent.
void Staff::resume_team(TeamIndex t) {
  const Team& team = setting_.team(t);
  const Situation& all = setting_.model.situation;
  TeamState& state = teams_[t];
  const auto& duties = team.duties;
  while (state.duty < duties.size() && duties[state.duty].span.to < now()) ++state.duty;
  const bool listed = !all.teams.empty() && all.teams[t].listed;
  const Duty* duty = state.duty < duties.size() && duties[state.duty].span.from < now() ? &duties[state.duty] : nullptr;
  if (duty == nullptr && state.duty < duties.size())
    agenda_.schedule(duties[state.duty].span.from, EventKind::duty_start, t);
  std::vector<AgentIndex> present;
  if (!listed && duty != nullptr) present = resume_present(t, *duty);
  if (listed)
    for (const AgentThere& a : all.agents)
      // a what-if may have taken away some of those listed
      if (a.team == t && a.agent < team.agents) {
        resume_agent(a, duty);
        if (a.over_since < 0) present.push_back(agent_of(t, a.agent));
      }
  if (duty == nullptr) return;
  schedule_duty(t, *duty);
  special_terms(t, *duty, present);
}

/// As many of a duty as are said to be here, or as chance has it; where they stand as far as it is said.
std::vector<AgentIndex> Staff::resume_present(TeamIndex t, const Duty& duty) {
  const Situation& all = setting_.model.situation;
  const int said = all.teams.empty() ? -1 : all.teams[t].present;
  std::vector<AgentIndex> present;
  for (int i = 0; i < setting_.team(t).agents_on(duty); ++i) {
    const bool here = said >= 0 ? i < said : !misses(t, i, duty);
    if (!here) continue;
    AgentThere stands;
    stands.team = t;
    stands.agent = i;
    for (const AgentThere& a : all.agents)
      if (a.team == stands.team && a.agent == static_cast<int>(present.size())) stands.station = a.station;
    present.push_back(agent_of(t, i));
    resume_agent(stands, &duty);
  }
  return present;
}

void Staff::resume_agent(const AgentThere& there, const Duty* duty) {
  const TeamIndex t = there.team;
  const AgentIndex a = agent_of(t, there.agent);
  Agent& agent = agents_[a];
  agent.since = agent.came = now();
  roster(agent, 1);
  agent.duty_ends = agent.shift_ends =
      there.over_since >= 0 || duty == nullptr ? std::max<Ticks>(there.over_since, 0) : duty->span.to;
  if (there.leaves >= 0) {
    agent.duty_ends = std::max(there.leaves, now());
    agenda_.schedule(agent.duty_ends, EventKind::leave, t);
  }
  agent.station = there.station;
  agent.posted = there.station != none;
  agent.break_due = there.break_due;
  agent.ends = there.goes_home;
  agent.called_to = there.called_to;
  if (agent.called_to != none) note_call(a);
  switch (there.doing) {
    case AgentThere::Doing::on_break:
      agent.state = AgentState::on_break;
      agenda_.schedule(now() + there.left, EventKind::break_end, a);
      return;
    case AgentThere::Doing::walks:
      agent.state = AgentState::moving;
      agent.arrives = now() + there.left;
      ++at_[agent.station].walking_here;
      agenda_.schedule(agent.arrives, EventKind::agent_arrives, a);
      return;
    case AgentThere::Doing::stands:
      agent.state = AgentState::idle;
      resume_post(a, there);
      update(a);
      return;
  }
}

/// An agent who stands at a station is at the server that is named, or the first that it can be at.
void Staff::resume_post(AgentIndex a, const AgentThere& there) {
  const Situation& all = setting_.model.situation;
  // Of agents named one by one who stands at no server is known.
  const bool anywhere = there.position == none && !all.teams.empty() && all.teams[there.team].listed;
  if (there.station == none || anywhere) return;
  const StationIndex s = there.station;
  int position = 0;
  for (const ServerIndex v : servers_.of(s)) {
    const Server& server = servers_[v];
    const bool its = there.position == none ? static_cast<int>(server.crew.size()) < setting_.station(s).crew &&
                                                  !server.down && server.blocked_lots == 0
                                            : position == there.position;
    ++position;
    if (!its) continue;
    servers_.join_crew(v, a);
    agents_[a].server = v;
    servers_.refresh(v);
    return;
  }
}

}  // namespace mailflow
