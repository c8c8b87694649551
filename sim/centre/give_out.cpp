// Work is given out: once at an instant, when all else of it has happened. What is decided: dispatcher.hpp.
#include <algorithm>

#include "centre/lot_queue.hpp"
#include "centre/run.hpp"

namespace mailflow {

/// Who has just ended a handling, or come, goes on with what waits there; then the free agents are sent.
void Run::give_out() {
  while (work_is_due_) {
    work_is_due_ = false;
    go_on();
    if (!agents_wanted_ && calls_ == 0) continue;
    agents_wanted_ = false;
    if (idle_agents_.empty() && calls_ == 0) continue;
    see(false);
    if (scene_.posts.empty()) continue;
    if (calls_ > 0) {
      see_free();
      see_at_work(true);
    } else if (anybody_wanted()) {
      see_free();
    } else if (scene_.posts.size() == 1) {  // nothing to choose: who stands there ready goes on
      scene_changed_ = false;
      serve(scene_.posts[0].station);
      if (scene_changed_) want_agents();
      continue;
    }
    send_out(dispatcher_.give_out(scene_));
  }
}

/// The server's crew may go on there when work is given out.
void Run::goes_on(int v) {
  going_on_.push_back(v);
  work_is_due_ = true;
}

void Run::go_on() {
  for (std::size_t i = 0; i < going_on_.size(); ++i) {  // NOLINT(modernize-loop-convert): it may grow meanwhile
    const int v = going_on_[i];
    Server& server = servers_[static_cast<std::size_t>(v)];
    StationState& st = stations_[static_cast<std::size_t>(server.station)];
    if (server.lot != none) continue;
    if (st.queue_lots == 0 && st.door != none) {  // a queue that holds nothing lets a lot in to who is ready for it
      refresh(v);
      admit(server.station);
    }
    const bool ready = state_of(server) == ServerState::idle;
    if (ready && st.queue_lots > 0)
      start(v, pop_queue(st, v));
    else if (!ready || server.state != ServerState::idle)
      refresh(v);
    if (st.door != none) admit(server.station);
  }
  going_on_.clear();
}

/// The staffed stations as they are; unless all are wanted only those where a lot waits that can be taken.
void Run::see(bool all) {
  scene_.clear();
  const AssignmentRule rule = model_.assignment.rule;
  for (const int s : dispatcher_.stations()) {
    const StationState& st = stations_[static_cast<std::size_t>(s)];
    // At the door of an empty queue a lot waits for somebody to be there who takes it.
    const int lots = std::max(st.queue_lots, st.door != none ? 1 : 0);
    const bool waits = lots > 0 && st.open;
    const int vacant = st.servers_in[static_cast<std::size_t>(ServerState::unstaffed)];
    if (!all && st.called_here == 0 && (!waits || (vacant == 0 && st.idle.empty()))) continue;
    PostNow post;
    post.station = s;
    post.lots = waits ? lots : 0;
    post.vacant = vacant;
    post.coming = st.walking_here;
    post.called = st.called_here;
    if (rule == AssignmentRule::longest_queue) post.urgency = -st.queue_items;
    if (rule == AssignmentRule::earliest_due) post.urgency = head_due(s);
    post.ready = static_cast<int>(st.idle.size());
    scene_.posts.push_back(post);
  }
}

HandNow Run::hand_of(int a) const {
  const Agent& agent = agents_[static_cast<std::size_t>(a)];
  HandNow hand;
  hand.agent = a;
  hand.team = agent.team;
  hand.station = agent.station;
  hand.server = agent.server;
  hand.sent_first = agent.sent_first;
  hand.called_to = agent.called_to;
  if (agent.server != none) {
    const ServerState state = servers_[static_cast<std::size_t>(agent.server)].state;
    hand.at_ready = state == ServerState::idle;
    hand.at_vacant = state == ServerState::unstaffed;
  }
  return hand;
}

bool Run::anybody_free_for(int station) const {
  for (std::size_t t = 0; t < teams_.size(); ++t)
    if (teams_[t].free > 0 && dispatcher_.proficiency(static_cast<int>(t), station) > 0) return true;
  return false;
}

/// Whether more is waiting anywhere than the crews that stand ready there take, and somebody with the skill is free:
/// else nobody need be looked for.
bool Run::anybody_wanted() const {
  return std::any_of(scene_.posts.begin(), scene_.posts.end(), [this](const PostNow& post) {
    return post.lots > post.ready && post.vacant > 0 && anybody_free_for(post.station);
  });
}

void Run::see_free() {
  for (PostNow& post : scene_.posts) {
    const std::vector<int>& ready = stations_[static_cast<std::size_t>(post.station)].idle;
    post.first_ready = static_cast<int>(scene_.ready.size());
    scene_.ready.insert(scene_.ready.end(), ready.begin(), ready.end());
  }
  for (const int a : idle_agents_) scene_.hands.push_back(hand_of(a));
}

/// Agents with a lot in hand who may be called from it, or only those who are called.
void Run::see_at_work(bool only_called) {
  for (const Server& server : servers_) {
    if (server.lot == none) continue;
    for (const int a : server.crew) {
      const Agent& agent = agents_[static_cast<std::size_t>(a)];
      if (agent.ends || agent.break_due >= 0 || (only_called && agent.called_to == none)) continue;
      HandNow hand = hand_of(a);
      hand.at_work = true;
      hand.at_ready = hand.at_vacant = false;
      const Lot& lot = lots_[server.lot];
      if (model_.assignment.rule == AssignmentRule::longest_queue)
        hand.urgency = -(stations_[static_cast<std::size_t>(server.station)].queue_items + lot.items);
      if (model_.assignment.rule == AssignmentRule::earliest_due) hand.urgency = lot.due;
      scene_.hands.push_back(hand);
    }
  }
}

/// Does what was decided, station by station. When mail comes into a queue or a server is blocked no
/// more by it, all is decided anew.
void Run::send_out(const std::vector<Sent>& decided) {
  scene_changed_ = false;
  for (std::size_t i = 0; i < decided.size() && !scene_changed_;) {
    const int station = decided[i].station;
    for (; i < decided.size() && decided[i].station == station; ++i) {
      const int a = decided[i].agent;
      if (a == none)
        serve(station);
      else if (decided[i].lapses)
        stays_at_work(a);
      else if (decided[i].called)
        call(a, station);
      else
        take_post(a, station);
    }
    gather(station);
    serve(station);  // and lets in what waits at the door
  }
  if (scene_changed_) want_agents();
}

/// A free agent is sent to a station. One who waits there at a server without a whole crew stays at it.
void Run::take_post(int a, int station) {
  const Agent& agent = agents_[static_cast<std::size_t>(a)];
  const bool waits = agent.station == station && agent.server != none &&
                     servers_[static_cast<std::size_t>(agent.server)].state == ServerState::unstaffed;
  if (!waits) send(a, station);
}

/// An agent at work is to go to a station when the item in hand is done.
void Run::call(int a, int station) {
  Agent& agent = agents_[static_cast<std::size_t>(a)];
  drop_call(a);
  agent.called_to = station;
  ++stations_[static_cast<std::size_t>(station)].called_here;
  ++calls_;
  free_agent(a);
}

/// The agent is called nowhere any more.
void Run::drop_call(int a) {
  Agent& agent = agents_[static_cast<std::size_t>(a)];
  if (agent.called_to == none) return;
  --stations_[static_cast<std::size_t>(agent.called_to)].called_here;
  --calls_;
  agent.called_to = none;
}

/// Its call has lapsed.
void Run::stays_at_work(int a) {
  drop_call(a);
  stop_no_more(agents_[static_cast<std::size_t>(a)].server);
}

/// Those who wait at several servers of a station, each without a whole crew, make up crews.
void Run::gather(int station) {
  const StationState& st = stations_[static_cast<std::size_t>(station)];
  if (st.is->crew < 2) return;
  for (;;) {
    int most = none;
    int least = none;
    for (int v = st.first_server; v < st.first_server + st.is->servers; ++v) {
      const Server& server = servers_[static_cast<std::size_t>(v)];
      if (server.state != ServerState::unstaffed || server.crew.empty()) continue;
      const auto size = server.crew.size();
      if (most == none || size > servers_[static_cast<std::size_t>(most)].crew.size()) most = v;
      if (least == none || size <= servers_[static_cast<std::size_t>(least)].crew.size()) least = v;
    }
    if (most == least) return;
    const int a = servers_[static_cast<std::size_t>(least)].crew.back();
    detach(a);
    servers_[static_cast<std::size_t>(most)].crew.push_back(a);
    agents_[static_cast<std::size_t>(a)].server = most;
    refresh(least);
    refresh(most);
  }
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
  if (model_.assignment.rule == AssignmentRule::fixed) return;
  see(true);
  if (std::all_of(scene_.posts.begin(), scene_.posts.end(), [](const PostNow& post) { return post.lots == 0; })) return;
  see_free();
  see_at_work(false);
  const std::vector<Sent> decided = dispatcher_.review(scene_);
  for (const Sent& sent : decided) {
    if (sent.called)
      call(sent.agent, sent.station);
    else
      take_post(sent.agent, sent.station);
  }
  want_agents();
}

}  // namespace mailflow
