// Agents of the centre written by hand: shifts and breaks, and who is sent or called where (sim/centre/RULES.md).
#pragma once

#include "staffed_servers.hpp"

namespace staffed {

// ---- agents

/// Where the agent belongs among the sets of those who are free and at work.
inline void Centre::update(int a) {
  const Agent& agent = agents_[z(a)];
  const Mask own = bit(a);
  bool is_free = agent.doing == Doing::here;
  at_ready_ &= ~own;
  at_vacant_ &= ~own;
  in_hand_ &= ~own;
  if (agent.server >= 0) {
    const Server& server = servers_[z(agent.server)];
    is_free = server.lot < 0;
    if (!is_free) in_hand_ |= own;
    if (server.state == State::ready) at_ready_ |= own;
    if (server.state == State::vacant) at_vacant_ |= own;
  }
  if (!is_free) {
    free_ &= ~own;
  } else if ((free_ & own) == 0) {
    free_ |= own;
    wanted_ = due_now_ = true;
  }
}

inline void Centre::duty_start(int t, Ticks of) {
  const Shift& is = team_is[z(t)].shift;
  for (int a = first_agent_[z(t)]; a < first_agent_[z(t + 1)]; ++a) {
    if (draws_.uniform() < absent) continue;
    Agent& agent = agents_[z(a)];
    agent.ends = false;
    if (agent.doing != Doing::off) continue;  // still at the item in hand of the day before
    agent = {t};
    agent.doing = Doing::here;
    agent.came = now_;
    update(a);
  }
  for (int b = 0; b < is.breaks_count; ++b)
    heap_.push(of * day + is.breaks[z(b)].at, break_starts, t, static_cast<std::uint32_t>(b));
  heap_.push(of * day + is.to, duty_ends, t);
  const Ticks next = next_on(is.days, of + 1);
  heap_.push(next * day + is.from, duty_starts, t, static_cast<std::uint32_t>(next));
}

inline void Centre::duty_end(int t) {
  for (int a = first_agent_[z(t)]; a < first_agent_[z(t + 1)]; ++a) {
    if (agents_[z(a)].doing == Doing::off) continue;
    agents_[z(a)].ends = true;
    free_agent(a);
  }
}

inline void Centre::break_start(int t, int which) {
  for (int a = first_agent_[z(t)]; a < first_agent_[z(t + 1)]; ++a) {
    Agent& agent = agents_[z(a)];
    if (agent.doing == Doing::off) continue;
    agent.break_due = std::max<Ticks>(agent.break_due, 0) + team_is[z(t)].shift.breaks[z(which)].lasts;
    if (agent.doing != Doing::on_break) free_agent(a);
  }
}

inline void Centre::break_end(int a) {
  Agent& agent = agents_[z(a)];
  if (agent.doing != Doing::on_break) return;
  agent.doing = Doing::here;
  if (agent.break_due >= 0)
    free_agent(a);
  else
    update(a);
}

/// The agent must go (home, to a break, or where it is called): now when it can, else when the item in hand is done.
inline void Centre::free_agent(int a) {
  Agent& agent = agents_[z(a)];
  if (agent.ends || agent.break_due >= 0) drop_call(a);
  if (agent.doing == Doing::walking) {
    if (!agent.ends) return;
    --coming_[z(agent.station)];
    wanted_ = due_now_ = true;
    go_home(a);
  } else if (const int v = agent.server; v >= 0) {
    const Server& server = servers_[z(v)];
    if (server.lot < 0) {
      release_crew(v);
      refresh(v);
    } else if (server.down) {
      break_off(v);
    } else {
      stop_at_item(v);
    }
  } else if (agent.ends) {
    go_home(a);
  } else if (agent.break_due >= 0) {
    agent.doing = Doing::on_break;
    update(a);
    heap_.push(now_ + std::exchange(agent.break_due, -1), break_ends, a);
  } else if (agent.called_to >= 0) {
    const int s = agent.called_to;
    drop_call(a);
    send(a, s);
  }
}

inline void Centre::go_home(int a) {
  Agent& agent = agents_[z(a)];
  paid += now_ - agent.came;
  if (agent.station >= 0) at_[z(agent.station)] &= ~bit(a);
  agent.station = -1;
  agent.break_due = -1;
  agent.ends = false;
  agent.doing = Doing::off;
  update(a);
}

inline void Centre::release_crew(int v) {
  Server& server = servers_[z(v)];
  for (int i = 0; i < server.crew_size;) {
    const int a = server.crew[z(i)];
    if (!agents_[z(a)].must_go()) {
      ++i;
      continue;
    }
    detach(a);
    free_agent(a);
  }
}

inline void Centre::detach(int a) {
  Agent& agent = agents_[z(a)];
  if (agent.server < 0) return;
  Server& server = servers_[z(agent.server)];
  if (server.crew[0] == a) server.crew[0] = server.crew[1];
  --server.crew_size;
  agent.server = -1;
}

inline void Centre::send(int a, int s) {
  Agent& agent = agents_[z(a)];
  const int left = agent.server;
  detach(a);
  if (left >= 0) refresh(left);
  const bool walks = agent.posted && agent.station != s;
  if (agent.station >= 0) at_[z(agent.station)] &= ~bit(a);
  agent.station = s;
  agent.posted = true;
  agent.doing = Doing::walking;
  ++coming_[z(s)];
  if (!walks) {
    agent_arrives(a);
    return;
  }
  update(a);
  agent.arrives = now_ + move_takes;
  heap_.push(agent.arrives, Kind::agent_arrives, a);
}

inline void Centre::agent_arrives(int a) {
  Agent& agent = agents_[z(a)];
  --coming_[z(agent.station)];
  at_[z(agent.station)] |= bit(a);
  agent.doing = Doing::here;
  if (agent.break_due >= 0)
    free_agent(a);
  else
    attach(a, agent.station);
}

/// To the vacant server where most of a crew stand, of equals the first; where none is, it stands there free.
inline void Centre::attach(int a, int s) {
  int best = -1;
  for (unsigned left = vacant_[z(s)]; left != 0; left &= left - 1) {
    const int v = first_server_[z(s)] + std::countr_zero(left);
    if (best < 0 || servers_[z(v)].crew_size > servers_[z(best)].crew_size) best = v;
    if (crew(s) == 1) break;
  }
  if (best < 0) {
    update(a);
    return;
  }
  Server& server = servers_[z(best)];
  server.crew[z(server.crew_size++)] = a;
  agents_[z(a)].server = best;
  refresh(best);
  if (server.state != State::ready) return;
  going_on_.push_back(best);
  due_now_ = true;
}

// ---- giving out work

/// Of some agents the one who is chosen for a station: one who stands there, then by pace, by fewest skills, by name.
inline int Centre::choose(int s, Mask of) const {
  if (const Mask there = of & at_[z(s)]; there != 0) of = there;
  for (const int t : choice_[z(s)])
    if (const Mask own = of & team_[z(t)]; own != 0) return std::countr_zero(own);
  return -1;
}

inline void Centre::give_out() {
  while (due_now_) {
    due_now_ = false;
    go_on();
    if (wanted_ || calls_ != 0) {
      wanted_ = false;
      turns();
    }
  }
}

/// Who has just ended a handling, or come, goes on with what waits there.
inline void Centre::go_on() {
  for (std::size_t i = 0; i < going_on_.size(); ++i) {
    const int v = going_on_[i];
    Server& server = servers_[z(v)];
    if (server.lot >= 0) continue;
    const bool is_ready = server.crew_size == crew(server.station) && !server.down;
    if (is_ready && waiting_lots_[z(server.station)] > 0)
      start(v, pop(v));
    else if (!is_ready || server.state != State::ready)
      refresh(v);
  }
  going_on_.clear();
}

/// The stations where somebody may take what waits, in their rank: by due instant, then as listed.
inline void Centre::turns() {
  int rank[stations];
  Ticks urgency[stations];
  int count = 0;
  for (unsigned left = waiting_; left != 0; left &= left - 1) {
    const int s = std::countr_zero(left);
    if (ready_[z(s)].size == 0 && (vacant_[z(s)] == 0 || (free_ & skilled_[z(s)]) == 0)) continue;
    const Ticks due = head_due(s);
    int i = count++;
    for (; i > 0 && due < urgency[i - 1]; --i) {
      rank[i] = rank[i - 1];
      urgency[i] = urgency[i - 1];
    }
    rank[i] = s;
    urgency[i] = due;
  }
  if (count > 0) {
    const Mask bound = bound_to_sorter();
    for (int i = 0; i < count; ++i) turn(rank[i], bound);
  }
  if (calls_ != 0) lapse_calls();
}

/// Who waits at a letter sorter for another who comes or is called there is not sent elsewhere.
inline Mask Centre::bound_to_sorter() const {
  const int servers = servers_wanted(letter_sorter);
  const int others = coming_[letter_sorter] + called_[letter_sorter];
  if (servers <= 0 || others == 0 || at_vacant_ == 0) return 0;
  Mask waits = at_vacant_ & free_;
  const int here = std::popcount(waits);
  Mask bound = 0;
  for (int n = std::min(here, std::min(servers, (here + others) / 2) * 2 - others); n > 0; --n) {
    const Mask own = bit(choose(letter_sorter, waits));
    waits &= ~own;
    bound |= own;
  }
  return bound;
}

/// The station's turn: who stands ready goes on, and as many whole crews as can be had are sent.
inline void Centre::turn(int s, Mask bound) {
  serve(s);
  const int servers = servers_wanted(s);
  if (servers <= 0) return;
  Mask of = free_ & skilled_[z(s)];
  if (s != letter_sorter) of &= ~bound;
  const int crews = std::min(servers, (coming_[z(s)] + std::popcount(of)) / crew(s));
  for (int need = crews * crew(s) - coming_[z(s)]; need > 0; --need) {
    const int a = choose(s, of);
    of &= ~bit(a);
    if ((at_vacant_ & at_[z(s)] & bit(a)) == 0) send(a, s);
  }
  if (s == letter_sorter) gather();
  serve(s);
}

inline void Centre::serve(int s) {
  while (waiting_lots_[z(s)] > 0 && ready_[z(s)].size > 0) {
    const int v = ready_[z(s)].server[0];
    start(v, pop(v));
  }
}

/// Two who wait at one letter sorter each make a crew at the first.
inline void Centre::gather() {
  const int first = first_server_[letter_sorter];
  Server& one = servers_[z(first)];
  Server& other = servers_[z(first + 1)];
  if (one.state != State::vacant || other.state != State::vacant || one.crew_size == 0 || other.crew_size == 0) return;
  const int a = other.crew[0];
  detach(a);
  one.crew[z(one.crew_size++)] = a;
  agents_[z(a)].server = first;
  refresh(first + 1);
  refresh(first);
}

inline void Centre::call(int a, int s) {
  drop_call(a);
  agents_[z(a)].called_to = s;
  ++called_[z(s)];
  calls_ |= bit(a);
  free_agent(a);
}

inline void Centre::drop_call(int a) {
  Agent& agent = agents_[z(a)];
  if (agent.called_to < 0) return;
  --called_[z(agent.called_to)];
  calls_ &= ~bit(a);
  agent.called_to = -1;
}

/// Of those called to a station so many stay called as make whole crews with those who come and stand there free.
inline void Centre::lapse_calls() {
  for (int s = 0; s < stations; ++s) {
    if (called_[z(s)] == 0) continue;
    Mask called = 0;
    for (Mask left = calls_; left != 0; left &= left - 1) {
      const int a = std::countr_zero(left);
      if (agents_[z(a)].called_to == s) called |= bit(a);
    }
    const int there = coming_[z(s)] + std::popcount(free_ & at_[z(s)] & ~at_ready_);
    const int crews = std::min(std::max(0, servers_wanted(s)), (there + called_[z(s)]) / crew(s));
    for (int stay_called = std::clamp(crews * crew(s) - there, 0, called_[z(s)]); stay_called > 0; --stay_called)
      called &= ~bit(choose(s, called));
    for (; called != 0; called &= called - 1) {
      const int a = std::countr_zero(called);
      drop_call(a);
      stop_no_more(agents_[z(a)].server);
    }
  }
}

/// Who may be called to a station: from one lower in rank, from a lot due later.
inline Mask Centre::callable(int s, const std::array<int, stations>& rank, Ticks urgency,
                             const std::array<int, agents>& called) const {
  Mask may = 0;
  for (Mask left = in_hand_ & skilled_[z(s)]; left != 0; left &= left - 1) {
    const int a = std::countr_zero(left);
    const Agent& agent = agents_[z(a)];
    const int to = called[z(a)];
    if (agent.ends || agent.break_due >= 0 || to == s || rank[z(agent.station)] <= rank[z(s)]) continue;
    if (to >= 0 && rank[z(to)] < rank[z(s)]) continue;
    if (lots_[z(servers_[z(agent.server)].lot)].due > urgency) may |= bit(a);
  }
  return may;
}

/// For what stations still want: those who are free, then those called from the station lowest in rank.
inline void Centre::reviews() {
  heap_.push(now_ + review_every, review, 0);
  if (waiting_ == 0) return;
  std::array<std::pair<Ticks, int>, stations> posts;
  for (int s = 0; s < stations; ++s) posts[z(s)] = {head_due(s), s};
  std::sort(posts.begin(), posts.end());
  std::array<int, stations> rank{};
  std::array<int, stations> come{};
  for (int i = 0; i < stations; ++i) rank[z(posts[z(i)].second)] = i;
  for (int s = 0; s < stations; ++s) come[z(s)] = coming_[z(s)] + called_[z(s)];
  std::array<int, agents> called{};
  for (int a = 0; a < agents; ++a) called[z(a)] = agents_[z(a)].called_to;
  const Mask bound = bound_to_sorter();
  Mask taken = 0;
  sent_.clear();
  for (const auto& [urgency, s] : posts) {
    const int servers = servers_wanted(s);
    if (servers <= 0) continue;
    Mask stand = free_ & skilled_[z(s)] & ~taken & ~(at_ready_ & at_[z(s)]);
    if (s != letter_sorter) stand &= ~bound;
    Mask work = callable(s, rank, urgency, called);
    const int found = std::popcount(stand) + std::popcount(work);
    const int need = std::min(servers, (come[z(s)] + found) / crew(s)) * crew(s) - come[z(s)];
    if (need <= 0) continue;
    come[z(s)] += need;
    for (int n = 0; n < need; ++n) {
      int a = -1;
      if (stand != 0) {
        a = choose(s, stand);
        stand &= ~bit(a);
        taken |= bit(a);
      } else {
        int from = stations - 1;
        while ((work & at_[z(posts[z(from)].second)]) == 0) --from;
        a = choose(s, work & at_[z(posts[z(from)].second)]);
        work &= ~bit(a);
        if (called[z(a)] >= 0) --come[z(called[z(a)])];
        called[z(a)] = s;
      }
      sent_.emplace_back(a, s);
    }
  }
  for (const auto& [a, s] : sent_) {
    if ((in_hand_ & bit(a)) != 0)
      call(a, s);
    else if ((at_vacant_ & at_[z(s)] & bit(a)) == 0)
      send(a, s);
  }
  wanted_ = due_now_ = true;
}

}  // namespace staffed
