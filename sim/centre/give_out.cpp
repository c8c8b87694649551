// Work is given out: once at an instant, when all else of it has happened. What is decided: dispatcher.hpp.
#include <algorithm>

#include "centre/flow.hpp"
#include "centre/servers.hpp"
#include "centre/staff.hpp"

namespace mailflow {

/// Who has just ended a handling, or come, goes on with what waits there; then the free agents are sent.
void Staff::give_out() {
  while (work_is_due_) {
    work_is_due_ = false;
    go_on();
    const bool calls = !called_agents_.empty();
    if (!agents_wanted_ && !calls) continue;
    agents_wanted_ = false;
    if (free_.none() && !calls) continue;
    const bool wanted = see_where_mail_waits();
    if (scene_.posts.empty()) continue;
    if (calls) {
      see_free();
      see_called();
    } else if (wanted) {
      see_free();
    } else if (scene_.posts.size() == 1) {  // nothing to choose: who stands there ready goes on
      scene_changed_ = false;
      servers_.serve(scene_.posts[0].station);
      if (scene_changed_) want_agents();
      continue;
    }
    send_out(dispatcher_.give_out(scene_));
  }
}

void Staff::go_on() {
  for (std::size_t i = 0; i < going_on_.size(); ++i)  // NOLINT(modernize-loop-convert): it may grow meanwhile
    servers_.go_on(going_on_[i]);
  going_on_.clear();
}

/// All staffed stations as they are.
void Staff::see_all() {
  scene_.clear();
  for (const StationIndex station : dispatcher_.stations()) see(station);
}

/// Those where something can be decided: a crew stands ready for what waits, somebody who is free has the skill that is
/// wanted there, or agents are called there. Returns whether anybody who is free is wanted.
bool Staff::see_where_mail_waits() {
  scene_.clear();
  // Who has fixed posts is held back by those before, whoever is free: there all stations are seen.
  const bool all = setting_.model.assignment.rule == AssignmentRule::fixed;
  const IndexSet<Station>& waiting = counts_.waiting();
  const IndexSet<Station>& at_doors = flow_.at_doors();
  const IndexSet<Station>& ready = servers_.with_ready();
  const IndexSet<Station>& vacant = servers_.with_vacant();
  bool anybody = false;
  for (std::size_t w = 0; w < waiting.words(); ++w) {
    std::uint64_t reached = all ? ~std::uint64_t{0} : 0;
    free_.each([&](TeamIndex t) { reached |= dispatcher_.workplaces(t).word(w); });
    const std::uint64_t mail = waiting.word(w) | at_doors.word(w);
    IndexSet<Station>::each(
        w, (mail & (ready.word(w) | (vacant.word(w) & reached))) | called_.word(w), [&](StationIndex s) {
          see(s);
          const PostNow& post = scene_.posts.back();
          anybody =
              anybody || (post.lots > post.ready && post.vacant > 0 && free_.meets(dispatcher_.skilled(post.station)));
        });
  }
  return anybody;
}

/// Lots at the station that a crew could take; at the door of an empty queue one waits for somebody to be there.
int Staff::lots_at(StationIndex s) const {
  return servers_.open(s) ? std::max(counts_[s].queue_lots, flow_.waits_at_door(s) ? 1 : 0) : 0;
}

void Staff::see(StationIndex s) {
  const AssignmentRule rule = setting_.model.assignment.rule;
  PostNow& post = scene_.posts.emplace_back();
  post.station = s;
  post.lots = lots_at(s);
  post.vacant = counts_.servers(s, ServerState::unstaffed);
  post.coming = at_[s].walking_here;
  post.called = at_[s].called_here;
  if (rule == AssignmentRule::longest_queue) post.urgency = -counts_[s].queue_items;
  if (rule == AssignmentRule::earliest_due) post.urgency = queues_.next_due(s);
  post.ready = static_cast<int>(servers_.ready(s).size());
}

HandNow Staff::hand_of(AgentIndex a) const {
  const Agent& agent = agents_[a];
  HandNow hand;
  hand.agent = a;
  hand.team = agent.team;
  hand.station = agent.station;
  hand.server = agent.server;
  hand.sent_first = agent.sent_first;
  hand.called_to = agent.called_to;
  if (agent.server != none) {
    const ServerState state = servers_[agent.server].state;
    hand.at_ready = state == ServerState::idle;
    hand.at_vacant = state == ServerState::unstaffed;
  }
  return hand;
}

/// Who stands ready at the stations of the scene; and the free agents who have a skill that any of these asks for: no
/// others can be chosen.
void Staff::see_free() {
  wanted_.clear();
  for (PostNow& post : scene_.posts) {
    post.first_ready = static_cast<int>(scene_.ready.size());
    for (const ServerIndex v : servers_.ready(post.station)) scene_.ready.push_back(v);
    wanted_.join(dispatcher_.skilled(post.station));
  }
  for (std::size_t w = 0; w < free_.words(); ++w)
    IndexSet<Team>::each(w, free_.word(w) & wanted_.word(w), [this](TeamIndex t) {
      for (const AgentIndex a : teams_[t].free) scene_.hands.push_back(hand_of(a));
    });
}

HandNow Staff::hand_at_work(AgentIndex a) const {
  const AssignmentRule rule = setting_.model.assignment.rule;
  const Server& server = servers_[agents_[a].server];
  const Lot& lot = lots_[server.lot];
  HandNow hand = hand_of(a);
  hand.at_work = true;
  hand.at_ready = hand.at_vacant = false;
  if (rule == AssignmentRule::longest_queue) hand.urgency = -(counts_[server.station].queue_items + lot.items);
  if (rule == AssignmentRule::earliest_due) hand.urgency = lot.due;
  return hand;
}

/// Agents with a lot in hand who may be called from it.
void Staff::see_at_work() {
  for (const ServerIndex v : servers_.indices()) {
    if (servers_[v].lot == none) continue;
    for (const AgentIndex a : servers_[v].crew)
      if (!agents_[a].ends && agents_[a].break_due < 0) scene_.hands.push_back(hand_at_work(a));
  }
}

/// Agents with a lot in hand who are called from it.
void Staff::see_called() {
  for (const AgentIndex a : called_agents_) {
    const Agent& agent = agents_[a];
    if (agent.server == none || servers_[agent.server].lot == none || agent.ends || agent.break_due >= 0) continue;
    scene_.hands.push_back(hand_at_work(a));
  }
}

/// Does what was decided, station by station. When mail comes into a queue or a server is blocked no
/// more by it, all is decided anew.
void Staff::send_out(const std::vector<Sent>& decided) {
  scene_changed_ = false;
  for (std::size_t i = 0; i < decided.size() && !scene_changed_;) {
    const StationIndex s = decided[i].station;
    for (; i < decided.size() && decided[i].station == s; ++i) {
      const AgentIndex a = decided[i].agent;
      if (a == none)
        servers_.serve(s);
      else if (decided[i].lapses)
        stays_at_work(a);
      else if (decided[i].called)
        call(a, s);
      else
        take_post(a, s);
    }
    gather(s);
    servers_.serve(s);  // and lets in what waits at the door
  }
  if (scene_changed_) want_agents();
}

/// A free agent is sent to a station. One who waits there at a server without a whole crew stays at it.
void Staff::take_post(AgentIndex a, StationIndex s) {
  const Agent& agent = agents_[a];
  const bool waits =
      agent.station == s && agent.server != none && servers_[agent.server].state == ServerState::unstaffed;
  if (!waits) send(a, s);
}

/// An agent at work is to go to a station when the item in hand is done.
void Staff::call(AgentIndex a, StationIndex s) {
  drop_call(a);
  agents_[a].called_to = s;
  note_call(a);
  free(a);
}

void Staff::note_call(AgentIndex a) {
  const StationIndex s = agents_[a].called_to;
  if (++at_[s].called_here == 1) called_.set(s, true);
  called_agents_.push_back(a);
}

/// The agent is called nowhere any more.
void Staff::drop_call(AgentIndex a) {
  Agent& agent = agents_[a];
  if (agent.called_to == none) return;
  if (--at_[agent.called_to].called_here == 0) called_.set(agent.called_to, false);
  std::erase(called_agents_, a);
  agent.called_to = none;
}

/// Its call has lapsed: where no other of the crew must go, the lot is handled to its end.
void Staff::stays_at_work(AgentIndex a) {
  drop_call(a);
  const ServerIndex v = agents_[a].server;
  for (const AgentIndex of_crew : servers_[v].crew) {
    const Agent& agent = agents_[of_crew];
    if (agent.ends || agent.break_due >= 0 || agent.called_to != none) return;
  }
  servers_.stop_no_more(v);
}

/// Those who wait at several servers of a station, each without a whole crew, make up crews.
void Staff::gather(StationIndex s) {
  if (setting_.station(s).crew < 2) return;
  for (;;) {
    ServerIndex most;
    ServerIndex least;
    for (const ServerIndex v : servers_.of(s)) {
      const Server& server = servers_[v];
      if (server.state != ServerState::unstaffed || server.crew.empty()) continue;
      if (most == none || server.crew.size() > servers_[most].crew.size()) most = v;
      if (least == none || server.crew.size() <= servers_[least].crew.size()) least = v;
    }
    if (most == least) return;
    const AgentIndex a = servers_[least].crew.back();
    detach(a);
    servers_.join_crew(most, a);
    agents_[a].server = most;
    servers_.refresh(least);
    servers_.refresh(most);
  }
}

void Staff::review() {
  const Assignment& assignment = setting_.model.assignment;
  const Ticks next = now() + assignment.review;
  if (assignment.review > 0 && next < setting_.model.end) agenda_.schedule(next, EventKind::review);
  if (assignment.rule == AssignmentRule::fixed) return;
  want_agents();
  if (!crews_are_short()) return;
  see_all();
  see_free();
  see_at_work();
  const std::vector<Sent> decided = dispatcher_.review(scene_);
  for (const Sent& sent : decided) {
    if (sent.called)
      call(sent.agent, sent.station);
    else
      take_post(sent.agent, sent.station);
  }
}

/// Whether mail waits anywhere at a server that lacks its crew: else nobody is called.
bool Staff::crews_are_short() const {
  for (std::size_t w = 0; w < counts_.waiting().words(); ++w)
    if (((counts_.waiting().word(w) | flow_.at_doors().word(w)) & servers_.with_vacant().word(w)) != 0) return true;
  return false;
}

}  // namespace mailflow
