// Manual stations and machines: queues, opening hours, why mail waits.
#include <algorithm>

#include "centre/lot_queue.hpp"
#include "centre/run.hpp"

namespace mailflow {

namespace {

/// The first sort plan that mail of a product meets on a route; -1: none.
int sort_plan_of(const Route& route, int node, int product) {
  const RouteNode& at = route.nodes[static_cast<std::size_t>(node)];
  switch (at.kind) {
    case RouteNode::Kind::to:
      return none;
    case RouteNode::Kind::by_product: {
      const int child = at.child[static_cast<std::size_t>(product)];
      return child < 0 ? none : sort_plan_of(route, child, product);
    }
    case RouteNode::Kind::by_destination:
      return at.sort_plan;
    case RouteNode::Kind::by_share:
      return sort_plan_of(route, at.child[0], product);
  }
  return none;
}

}  // namespace

/// What a server must be set up for to handle the lot: product or sort plan, and pass.
int Run::group_of(const StationState& st, const Lot& lot) const {
  int group = lot.product;
  if (st.is->set_up.between == SetUp::Between::sort_plans) {
    const int plan = sort_plan_of(st.is->next, 0, lot.product);
    group = plan == none ? lot.product : static_cast<int>(model_.products.size()) + plan;
  }
  return group * st.is->passes + lot.pass;
}

/// The lot's rank in a queue that is not first come.
std::int64_t Run::rank_of(const StationState& st, const Lot& lot) const {
  return st.is->order == QueueOrder::priority ? model_.products[static_cast<std::size_t>(lot.product)].priority
                                              : lot.due;
}

/// The queue that the lot joins: one for all, or one per set-up group.
LotQueue& Run::queue_for(StationState& st, const Lot& lot) const {
  return st.queues.size() == 1 ? st.queues[0] : st.queues[static_cast<std::size_t>(group_of(st, lot))];
}

/// A lot that has been in the queue before joins it where its entry has it.
void Run::put_in_place(StationState& st, int l) {
  const Lot& lot = lots_[l];
  LotQueue& q = queue_for(st, lot);
  if (st.is->order == QueueOrder::first_come)
    lot_queue::push_back_in(q, lots_, l);
  else
    lot_queue::push_ranked(q, lots_, rank_of(st, lot), l);
  ++st.queue_lots;
  st.queue_items += lot.items;
}

void Run::enqueue(int l, int station) {
  StationState& st = stations_[static_cast<std::size_t>(station)];
  Lot& lot = lots_[l];
  lot.cause_epoch = st.clock.epoch;
  lot.entry = ++st.entries;
  // Mail of one instant is all there before agents choose; servers that need nobody take what comes at once.
  if ((st.is->crew == 0 || alone_) && st.queue_lots == 0 && !st.idle.empty() && st.open && !service_held_) {
    start(st.idle.front(), l);
    return;
  }
  LotQueue& q = queue_for(st, lot);
  if (st.is->order == QueueOrder::first_come) {
    lot_queue::push_back(q, lots_, l);
  } else {
    lot_queue::push_ranked(q, lots_, rank_of(st, lot), l);
  }
  touch(st);
  ++st.queue_lots;
  st.queue_items += lot.items;
  if (st.is->crew > 0) {
    want_agents();
    scene_changed_ = true;
  } else if (service_held_) {
    touched_stations_.push_back(station);
  }
}

/// The next lot for a server: of what it is set up for while there is any, else the one that came first (or ranks
/// first).
int Run::pop_queue(StationState& st, int server) {
  LotQueue* best = st.queues.data();
  if (st.queues.size() > 1) {
    const int group = servers_[static_cast<std::size_t>(server)].group;
    best = nullptr;
    if (group != none && st.queues[static_cast<std::size_t>(group)].lots > 0)
      best = &st.queues[static_cast<std::size_t>(group)];
    for (LotQueue& q : st.queues) {
      if (best != nullptr && best == &st.queues[static_cast<std::size_t>(std::max(group, 0))] && group != none) break;
      if (q.lots == 0) continue;
      const Lot& a = lots_[lot_queue::front(q)];
      if (best == nullptr) {
        best = &q;
        continue;
      }
      const Lot& b = lots_[lot_queue::front(*best)];
      if (!q.heap.empty() ? lot_queue::later(best->heap.front(), q.heap.front()) : a.entry < b.entry) best = &q;
    }
  }
  const int l = lot_queue::pop(*best, lots_);
  touch(st);
  --st.queue_lots;
  st.queue_items -= lots_[l].items;
  return l;
}

/// Gives waiting mail to the servers that are ready.
void Run::serve(int station) {
  StationState& st = stations_[static_cast<std::size_t>(station)];
  while (st.queue_lots > 0 && !st.idle.empty() && st.open) {
    const int v = st.idle.front();
    start(v, pop_queue(st, v));
  }
  if (st.door != none) admit(station);
}

/// Why mail waits at the station now: see centre/RULES.md.
void Run::update_cause(StationState& st) {
  const auto count = [&st](ServerState state) { return st.servers_in[static_cast<std::size_t>(state)]; };
  const int up = st.is->servers - count(ServerState::down);
  Cause cause = Cause::waiting_for_machine;
  if (!st.open)
    cause = Cause::closed;
  else if (up <= 0)
    cause = Cause::breakdown;
  else if (count(ServerState::blocked) >= up)
    cause = Cause::blocked;
  else if (count(ServerState::unstaffed) > 0)
    cause = Cause::waiting_for_staff;
  else if (count(ServerState::set_up) > 0)
    cause = Cause::set_up;
  CauseClock& clock = st.clock;
  if (cause == clock.now) return;
  clock.total[static_cast<std::size_t>(clock.now)] += now_ - clock.since;
  ++clock.epoch;
  if (st.queue_lots > 0) {
    if (clock.marks.empty()) clock.first_mark = clock.epoch;
    clock.marks.push_back({clock.total, now_, clock.now});
  } else {
    clock.marks.clear();
  }
  clock.now = cause;
  clock.since = now_;
}

/// An agent comes on duty (`more` 1) or goes (-1): the stations where it may work have one more or fewer.
void Run::roster(const Agent& agent, int more) {
  const auto& posts = model_.teams[static_cast<std::size_t>(agent.team)].posts;
  for (std::size_t s = 0; s < stations_.size(); ++s) {
    StationState& st = stations_[s];
    if (st.is->crew == 0 || dispatcher_.proficiency(agent.team, static_cast<int>(s)) <= 0) continue;
    if (model_.assignment.rule == AssignmentRule::fixed &&
        std::find(posts.begin(), posts.end(), static_cast<int>(s)) == posts.end())
      continue;
    touch(st);
    st.on_duty += more;
    st.not_manned = std::max(0, st.is->servers - st.on_duty / st.is->crew);
  }
}

/// Of `dt` in the states as they are: servers for which no crew is on duty, and those that lack theirs with no mail
/// to handle.
void Run::count_rostered(StationState& st, Ticks dt) {
  int without = st.not_manned;
  int unstaffed = st.servers_in[static_cast<std::size_t>(ServerState::unstaffed)];
  if (without > 0) {
    const int n = std::min(without, unstaffed);
    st.not_rostered[static_cast<std::size_t>(ServerState::unstaffed)] += n * dt;
    without -= n;
    unstaffed -= n;
    if (without > 0)
      for (const ServerState state : {ServerState::down, ServerState::blocked}) {
        const int m = std::min(without, st.servers_in[static_cast<std::size_t>(state)]);
        st.not_rostered[static_cast<std::size_t>(state)] += m * dt;
        without -= m;
      }
  }
  if (unstaffed > 0 && st.queue_lots == 0) st.unstaffed_without_mail += unstaffed * dt;
}

void Run::hours(int station) {
  StationState& st = stations_[static_cast<std::size_t>(station)];
  const Spans& open = st.is->open;
  while (st.next_hours < open.size() && open[st.next_hours].to <= now_) ++st.next_hours;
  st.open = st.next_hours < open.size() && open[st.next_hours].from <= now_;
  if (st.next_hours < open.size())
    schedule(st.open ? open[st.next_hours].to : open[st.next_hours].from, EventKind::hours, station);
  for (int v = st.first_server; v < st.first_server + st.is->servers && v < static_cast<int>(servers_.size()); ++v)
    if (servers_[static_cast<std::size_t>(v)].station == station) refresh(v);
  update_cause(st);
  if (st.is->crew == 0)
    serve(station);
  else if (st.door != none)
    admit(station);
  want_agents();
}

}  // namespace mailflow
