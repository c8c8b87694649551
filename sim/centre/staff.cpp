// Agents: shifts, breaks, absence; who is sent where.
#include <algorithm>
#include <limits>

#include "centre/lot_queue.hpp"
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
    assign_wanted_ = true;
  } else if (!is_free && agent.idle_place != none) {
    const int last = idle_agents_.back();
    idle_agents_[static_cast<std::size_t>(agent.idle_place)] = last;
    agents_[static_cast<std::size_t>(last)].idle_place = agent.idle_place;
    idle_agents_.pop_back();
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
  assign_wanted_ = true;
}

/// Whether an agent of the team, from 0, misses the duty: known, or by chance.
bool Run::misses(int t, int agent, const Duty& duty) const {
  const Team& team = model_.teams[static_cast<std::size_t>(t)];
  if (duty.absent >= 0) return agent >= team.agents_on(duty) - duty.absent;
  if (team.absent <= 0) return false;
  Stream stream = keyed(teams_[static_cast<std::size_t>(t)].absence_key, static_cast<std::uint64_t>(agent),
                        static_cast<std::uint64_t>(duty.day) + 1);
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
    if (agent.state == AgentState::off || agent.state == AgentState::on_break || agent.shift_ends != duty.span.to)
      continue;
    agent.break_due = duty.breaks[which & 0xffU].lasts;
    free_agent(a);
  }
}

void Run::break_end(int a) {
  Agent& agent = agents_[static_cast<std::size_t>(a)];
  if (agent.state != AgentState::on_break) return;
  set_agent(a, AgentState::idle);
  agent.server = none;
  update_agent(a);
  assign_wanted_ = true;
}

/// The agent must go (home, to a break, or where it is called): now when it can, else when the item in hand is done.
void Run::free_agent(int a) {
  Agent& agent = agents_[static_cast<std::size_t>(a)];
  if (agent.state == AgentState::moving) {
    if (agent.ends) {
      --stations_[static_cast<std::size_t>(agent.station)].walking_here;
      go_home(a);
    }
    return;
  }
  if (agent.server != none) {
    Server& server = servers_[static_cast<std::size_t>(agent.server)];
    if (server.lot != none && !server.down) {
      stop_at_item(agent.server);
      return;
    }
    if (server.lot != none) {  // down: nothing is in work
      const int v = agent.server;
      stop_at_item(v);
      book(lots_[server.lot], Cause::breakdown);
      give_back(v);
      return;
    }
    const int v = agent.server;
    release_crew(v);
    refresh(v);
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
    agent.called_to = none;
    --stations_[static_cast<std::size_t>(station)].walking_here;
    send(a, station);
  }
}

void Run::go_home(int a) {
  Agent& agent = agents_[static_cast<std::size_t>(a)];
  TeamState& team = teams_[static_cast<std::size_t>(agent.team)];
  if (agent.called_to != none) --stations_[static_cast<std::size_t>(agent.called_to)].walking_here;
  agent.called_to = none;
  agent.break_due = -1;
  set_agent(a, AgentState::off);
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

/// Puts an agent at a free position, or among a machine's crew.
void Run::attach(int a, int station) {
  Agent& agent = agents_[static_cast<std::size_t>(a)];
  StationState& st = stations_[static_cast<std::size_t>(station)];
  for (int v = st.first_server; v < st.first_server + st.is->servers; ++v) {
    Server& server = servers_[static_cast<std::size_t>(v)];
    if (static_cast<int>(server.crew.size()) >= st.is->crew) continue;
    server.crew.push_back(a);
    agent.server = v;
    refresh(v);
    serve(station);
    return;
  }
  update_agent(a);
}

double Run::proficiency(const Agent& agent, int skill) const {
  for (const Skilled& skilled : model_.teams[static_cast<std::size_t>(agent.team)].skills)
    if (skilled.skill == skill) return skilled.proficiency;
  return 0;
}

bool Run::may_go(int a, int station) const {
  const Agent& agent = agents_[static_cast<std::size_t>(a)];
  if (proficiency(agent, model_.stations[static_cast<std::size_t>(station)].skill) <= 0) return false;
  if (model_.assignment.rule != AssignmentRule::fixed) return true;
  for (const int post : model_.teams[static_cast<std::size_t>(agent.team)].posts) {
    if (post == station) return true;
    if (wanted(post) > 0) return false;  // the first post that wants somebody comes first
  }
  return false;
}

/// The stations that need a skill, in the order in which the rule serves them.
void Run::rank_stations() {
  ranked_.clear();
  const auto add = [this](int s) {
    const bool staffed = model_.stations[static_cast<std::size_t>(s)].crew > 0;
    if (staffed && std::find(ranked_.begin(), ranked_.end(), s) == ranked_.end()) ranked_.push_back(s);
  };
  for (const int s : model_.assignment.priority) add(s);
  for (int s = 0; s < static_cast<int>(model_.stations.size()); ++s) add(s);
}

/// How many more agents the station wants: RULES.md.
int Run::wanted(int station) const {
  const StationState& st = stations_[static_cast<std::size_t>(station)];
  if (st.queue_lots == 0 || !st.open) return 0;
  const int unstaffed = st.servers_in[static_cast<std::size_t>(ServerState::unstaffed)];
  if (st.is->kind == StationKind::manual) return std::min(unstaffed, st.queue_lots) - st.walking_here;
  int want = 0;
  int machines = std::min(unstaffed, st.queue_lots);
  for (int v = st.first_server; v < st.first_server + st.is->servers && machines > 0; ++v) {
    const Server& server = servers_[static_cast<std::size_t>(v)];
    if (server.state != ServerState::unstaffed) continue;
    want += st.is->crew - static_cast<int>(server.crew.size());
    --machines;
  }
  return want - st.walking_here;
}

/// The free agent to send: one that stands there, then best proficiency, then fewest skills, then file order.
int Run::best_free(int station) const {
  const int skill = model_.stations[static_cast<std::size_t>(station)].skill;
  int best = none;
  double best_proficiency = 0;
  for (const int a : idle_agents_) {
    const Agent& agent = agents_[static_cast<std::size_t>(a)];
    if (agent.server != none && servers_[static_cast<std::size_t>(agent.server)].station == station) continue;
    if (!may_go(a, station)) continue;
    const double p = proficiency(agent, skill) + (agent.station == station ? 2 : 0);
    if (best != none) {
      const std::size_t skills = model_.teams[static_cast<std::size_t>(agent.team)].skills.size();
      const std::size_t best_skills =
          model_.teams[static_cast<std::size_t>(agents_[static_cast<std::size_t>(best)].team)].skills.size();
      if (p < best_proficiency ||
          (p == best_proficiency && (skills > best_skills || (skills == best_skills && a > best))))
        continue;
    }
    best = a;
    best_proficiency = p;
  }
  return best;
}

/// The stations that need a skill, most urgent first by the rule as things stand; equals stay as they were.
void Run::order_stations() {
  order_ = ranked_;
  const AssignmentRule rule = model_.assignment.rule;
  if (rule != AssignmentRule::longest_queue && rule != AssignmentRule::earliest_due) return;
  urgency_.resize(order_.size());
  for (std::size_t i = 0; i < order_.size(); ++i) {  // by insertion: few stations, often in order already
    const int s = order_[i];
    const Ticks urgency =
        rule == AssignmentRule::longest_queue ? -stations_[static_cast<std::size_t>(s)].queue_items : head_due(s);
    std::size_t place = i;
    for (; place > 0 && urgency < urgency_[place - 1]; --place) {
      urgency_[place] = urgency_[place - 1];
      order_[place] = order_[place - 1];
    }
    urgency_[place] = urgency;
    order_[place] = s;
  }
}

/// Sends the free agents where mail waits for them.
void Run::assign() {
  assign_wanted_ = false;
  if (idle_agents_.empty()) return;
  order_stations();
  if (any_sent_first_) send_first();
  for (const int s : order_) {
    serve(s);  // the agents that stand there ready come first
    int want = wanted(s);
    if (want <= 0) continue;
    if (model_.stations[static_cast<std::size_t>(s)].kind == StationKind::machine && free_for(s) < want) continue;
    while (want-- > 0) {
      const int a = best_free(s);
      if (a == none) break;
      send(a, s);
    }
    if (idle_agents_.empty()) break;
  }
  assign_wanted_ = false;
}

int Run::free_for(int station) const {
  return static_cast<int>(std::count_if(idle_agents_.begin(), idle_agents_.end(), [&](int a) {
    const int server = agents_[static_cast<std::size_t>(a)].server;
    return may_go(a, station) && (server == none || servers_[static_cast<std::size_t>(server)].station != station);
  }));
}

/// When the lot that is next in the station's queue is due.
Ticks Run::head_due(int station) const {
  Ticks due = never;
  for (const LotQueue& q : stations_[static_cast<std::size_t>(station)].queues)
    if (q.lots > 0) due = std::min(due, lots_[lot_queue::front(q)].due);
  return due;
}

/// At each review agents at work are called from stations lower in rank to one that wants agents and finds none free.
void Run::review() {
  const Ticks next = now_ + model_.assignment.review;
  if (model_.assignment.review > 0 && next < model_.end) schedule(next, EventKind::review, 0);
  assign();
  if (model_.assignment.rule == AssignmentRule::fixed) return;
  order_stations();
  if (any_sent_first_) call_first();
  for (std::size_t rank = 0; rank < order_.size(); ++rank) call_away(rank);
}

/// Whether what a server has in hand may be left for a station's queue: by earliest due only for mail due earlier, by
/// longest queue only where more waits than at the server's own station with what is in hand.
bool Run::less_urgent(int v, int station) const {
  const Server& server = servers_[static_cast<std::size_t>(v)];
  if (model_.assignment.rule == AssignmentRule::earliest_due) return lots_[server.lot].due > head_due(station);
  if (model_.assignment.rule == AssignmentRule::longest_queue)
    return stations_[static_cast<std::size_t>(server.station)].queue_items + lots_[server.lot].items <
           stations_[static_cast<std::size_t>(station)].queue_items;
  return true;
}

void Run::call_away(std::size_t rank) {
  const int station = order_[rank];
  const int want = wanted(station);
  if (want <= 0) return;
  std::vector<int> called;
  for (std::size_t lower = order_.size() - 1; lower > rank; --lower) {
    const StationState& st = stations_[static_cast<std::size_t>(order_[lower])];
    for (int v = st.first_server; v < st.first_server + st.is->servers; ++v) {
      if (servers_[static_cast<std::size_t>(v)].lot == none || !less_urgent(v, station)) continue;
      for (const int a : servers_[static_cast<std::size_t>(v)].crew) {
        const Agent& agent = agents_[static_cast<std::size_t>(a)];
        if (agent.called_to == none && !agent.ends && agent.break_due < 0 && agent.sent_first != order_[lower] &&
            may_go(a, station))
          called.push_back(a);
      }
    }
  }
  // A machine wants its crew or nothing: those called and those who stand free.
  const bool machine = model_.stations[static_cast<std::size_t>(station)].kind == StationKind::machine;
  if (machine && static_cast<int>(called.size()) + free_for(station) < want) return;
  if (machine)
    for (int missing = want - static_cast<int>(called.size()); missing > 0; --missing)
      send(best_free(station), station);
  for (int i = 0; i < std::min(want, static_cast<int>(called.size())); ++i) {
    const int a = called[static_cast<std::size_t>(i)];
    agents_[static_cast<std::size_t>(a)].called_to = station;
    ++stations_[static_cast<std::size_t>(station)].walking_here;
    free_agent(a);
  }
}

}  // namespace mailflow
