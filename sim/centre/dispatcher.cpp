#include "centre/dispatcher.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace mailflow {

Dispatcher::Dispatcher(const Model& model) : model_(model) {
  const std::size_t count = model.stations.size();
  std::vector<int> named(count);
  std::iota(named.begin(), named.end(), 0);
  std::sort(named.begin(), named.end(), [&](int a, int b) {
    return model.stations[static_cast<std::size_t>(a)].name < model.stations[static_cast<std::size_t>(b)].name;
  });
  place_.assign(count, -1);
  const auto add = [&](int s) {
    if (model.stations[static_cast<std::size_t>(s)].crew == 0 || place_[static_cast<std::size_t>(s)] >= 0) return;
    place_[static_cast<std::size_t>(s)] = static_cast<int>(stations_.size());
    stations_.push_back(s);
  };
  for (const int s : model.assignment.priority) add(s);
  for (const int s : named) add(s);
  post_of_.assign(count, -1);
  first_at_.assign(count, -1);
  first_of_team_.assign(model.teams.size(), -1);
  of_team_ = IndexSet<Team>(model.teams.size());
  at_station_ = IndexSet<Station>(count);
  std::vector<std::size_t> teams(model.teams.size());
  std::iota(teams.begin(), teams.end(), std::size_t{0});
  std::sort(teams.begin(), teams.end(),
            [&](std::size_t a, std::size_t b) { return model.teams[a].name < model.teams[b].name; });
  team_place_.resize(teams.size());
  for (std::size_t i = 0; i < teams.size(); ++i) team_place_[teams[i]] = static_cast<int>(i);
  proficiency_.assign(teams.size() * count, 0);
  skilled_.assign(count, IndexSet<Team>(teams.size()));
  for (std::size_t t = 0; t < teams.size(); ++t) {
    const Team& team = model.teams[t];
    skills_.push_back(std::max(team.skills_held, static_cast<int>(team.skills.size())));
    for (std::size_t s = 0; s < count; ++s)
      for (const Skilled& skilled : team.skills)
        if (model.stations[s].crew > 0 && skilled.skill == model.stations[s].skill)
          proficiency_[t * count + s] = skilled.proficiency;
    IndexSet<Station>& workplaces = workplaces_[workplaces_.push_back(IndexSet<Station>(count))];
    for (std::size_t s = 0; s < count; ++s) {
      const bool has = proficiency_[t * count + s] > 0;
      skilled_[s].set(TeamIndex(t), has);
      workplaces.set(StationIndex(s), has);
    }
  }
}

/// Ranks the posts and sees whom their stations have.
void Dispatcher::look(Scene& scene) {
  scene_ = &scene;
  for (const Post& post : posts_) post_of_[static_cast<std::size_t>(post.now.station)] = -1;
  posts_.clear();
  sent_.clear();
  order_.clear();
  for (const PostNow& post : scene.posts)
    order_.push_back({post.urgency, place_[static_cast<std::size_t>(post.station)], order_.size()});
  std::sort(order_.begin(), order_.end(), [](const Turn& a, const Turn& b) {
    return a.urgency != b.urgency ? a.urgency < b.urgency : a.place < b.place;
  });
  for (const Turn& turn : order_) {
    const PostNow& post = scene.posts[turn.post];
    post_of_[static_cast<std::size_t>(post.station)] = static_cast<int>(posts_.size());
    posts_.push_back({post, posts_.size()});
  }
  look_at_hands();
  bind();
}

/// Who is of which team, and stands where.
void Dispatcher::look_at_hands() {
  const std::size_t hands = scene_->hands.size();
  taken_.assign(hands, 0);
  bound_to_.assign(hands, -1);
  next_.resize(hands);
  of_team_.each([this](TeamIndex t) { first_of_team_[t.at()] = -1; });
  at_station_.each([this](StationIndex s) { first_at_[s.at()] = -1; });
  of_team_.clear();
  at_station_.clear();
  any_sent_first_ = false;
  for (std::size_t h = hands; h-- > 0;) {
    const HandNow& hand = scene_->hands[h];
    int& of_team = first_of_team_[static_cast<std::size_t>(hand.team)];
    next_[h].of_team = std::exchange(of_team, static_cast<int>(h));
    of_team_.set(TeamIndex(hand.team), true);
    any_sent_first_ = any_sent_first_ || hand.sent_first >= 0;
    if (hand.station < 0) continue;
    at_station_.set(StationIndex(hand.station), true);
    int& at = first_at_[static_cast<std::size_t>(hand.station)];
    next_[h].at_station = std::exchange(at, static_cast<int>(h));
  }
}

/// The servers for which a crew is wanted: one for each lot that no crew stands ready for.
int Dispatcher::servers_wanted(const Post& post) const {
  return std::max(0, std::min(post.now.lots - post.now.ready, post.now.vacant));
}

/// How many agents it wants besides those who stand there free and those who come.
int Dispatcher::wants(const Post& post) const {
  int want = servers_wanted(post) * crew_of(post) - post.now.coming;
  if (want <= 0 || post.given_up) return 0;
  each_at(post.now.station, [&](std::size_t h) {
    const HandNow& hand = scene_->hands[h];
    if (taken_[h] == 0 && !hand.at_work && !hand.at_ready) --want;
  });
  return std::max(0, want);
}

/// Who waits at a server for others who come is not sent elsewhere; nor who is sent first to where it is wanted.
void Dispatcher::bind() {
  for (const Post& post : posts_) {
    const int servers = servers_wanted(post);
    const int others = post.now.coming + post.now.called;
    if (servers == 0 || (others == 0 && !any_sent_first_)) continue;
    const int station = post.now.station;
    candidates_.clear();
    each_at(station, [&](std::size_t h) {
      const HandNow& hand = scene_->hands[h];
      if (hand.at_work || hand.at_ready) return;
      if (hand.sent_first == station) bound_to_[h] = station;
      if (hand.at_vacant) candidates_.push_back(h);
    });
    if (others == 0 || candidates_.empty()) continue;
    const int crew = crew_of(post);
    const int here = static_cast<int>(candidates_.size());
    const int bound = std::min(here, std::min(servers, (here + others) / crew) * crew - others);
    if (bound <= 0) continue;
    sort_for(station, static_cast<std::size_t>(bound));
    for (int i = 0; i < bound; ++i) bound_to_[candidates_[static_cast<std::size_t>(i)]] = station;
  }
}

/// Whether of two hands the first goes by name before the second.
bool Dispatcher::by_name(std::size_t a, std::size_t b) const {
  const HandNow& one = scene_->hands[a];
  const HandNow& other = scene_->hands[b];
  if (one.team == other.team) return one.agent < other.agent;
  return team_place_[static_cast<std::size_t>(one.team)] < team_place_[static_cast<std::size_t>(other.team)];
}

/// Whether of two hands the first is chosen for a station before the second.
bool Dispatcher::before(std::size_t a, std::size_t b, int station) const {
  const HandNow& one = scene_->hands[a];
  const HandNow& other = scene_->hands[b];
  const bool there = one.station == station;
  if (there != (other.station == station)) return there;
  if (one.team != other.team) {
    const double better = proficiency(one.team, station) - proficiency(other.team, station);
    if (better != 0) return better > 0;
    const auto t = static_cast<std::size_t>(one.team);
    const auto u = static_cast<std::size_t>(other.team);
    if (skills_[t] != skills_[u]) return skills_[t] < skills_[u];
  }
  return by_name(a, b);
}

/// Brings the first `wanted` of the candidates to the front, in order.
void Dispatcher::sort_for(int station, std::size_t wanted) {
  std::partial_sort(candidates_.begin(),
                    candidates_.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, candidates_.size())),
                    candidates_.end(), [&](std::size_t a, std::size_t b) { return before(a, b, station); });
}

void Dispatcher::sort_by_name() {
  std::sort(candidates_.begin(), candidates_.end(), [this](std::size_t a, std::size_t b) { return by_name(a, b); });
}

bool Dispatcher::may_go(const HandNow& hand, const Post& post, std::size_t index) const {
  const int station = post.now.station;
  if (proficiency(hand.team, station) <= 0) return false;
  if (bound_to_[index] >= 0 && bound_to_[index] != station) return false;
  return model_.assignment.rule != AssignmentRule::fixed || comes_before_others(hand, post);
}

/// Whether, of an agent's fixed posts, this one wants agents and none before it does.
bool Dispatcher::comes_before_others(const HandNow& hand, const Post& post) const {
  for (const int at : model_.teams[static_cast<std::size_t>(hand.team)].posts) {
    if (at == post.now.station) return true;
    const Post* earlier = post_at(at);
    if (earlier != nullptr && proficiency(hand.team, at) > 0 && wants(*earlier) > 0) return false;
  }
  return false;
}

/// Whether the hand, who has the post's skill, is free and may be sent there from where it is.
inline bool Dispatcher::free_for(std::size_t h, const Post& post) const {
  const HandNow& hand = scene_->hands[h];
  const int station = post.now.station;
  if (taken_[h] != 0 || hand.at_work || (hand.at_ready && hand.station == station)) return false;
  if (bound_to_[h] >= 0 && bound_to_[h] != station) return false;
  return model_.assignment.rule != AssignmentRule::fixed || comes_before_others(hand, post);
}

/// How many whole crews, of as many as are wanted, those who come and the candidates make.
int Dispatcher::crews_of_candidates(const Post& post, int wanted) const {
  return std::min(wanted, (post.now.coming + static_cast<int>(candidates_.size())) / crew_of(post));
}

/// The hand is sent to the post. Where it stood ready, that server is ready no more and its others stand there free.
void Dispatcher::take(std::size_t h, const Post& post) {
  HandNow& hand = scene_->hands[h];
  taken_[h] = 1;
  sent_.push_back({hand.agent, post.now.station, false});
  if (!hand.at_ready) return;
  for (HandNow& other : scene_->hands) {
    if (other.at_work || other.server != hand.server) continue;
    other.at_ready = false;
    other.at_vacant = true;
  }
  Post* left = post_at(hand.station);
  if (left == nullptr) return;
  const auto first = scene_->ready.begin() + left->now.first_ready;
  const auto end = first + left->now.ready;
  const auto at = std::find(first, end, hand.server);
  if (at == end) return;
  std::move(at + 1, end, at);
  --left->now.ready;
  ++left->now.vacant;
}

/// Agents who are sent first go where they are, if that wants somebody.
void Dispatcher::send_first() {
  if (!any_sent_first_) return;
  candidates_.clear();
  for (std::size_t h = 0; h < scene_->hands.size(); ++h) {
    const HandNow& hand = scene_->hands[h];
    if (!hand.at_work && hand.sent_first >= 0 && hand.sent_first != hand.station) candidates_.push_back(h);
  }
  if (candidates_.empty()) return;
  sort_by_name();
  for (const std::size_t h : candidates_) {
    Post* post = post_at(scene_->hands[h].sent_first);
    if (post == nullptr || wants(*post) <= 0 || !may_go(scene_->hands[h], *post, h)) continue;
    take(h, *post);
    ++post->now.coming;
    bound_to_[h] = post->now.station;
  }
}

/// Whether the server is among the first of those of the post that stand ready.
bool Dispatcher::is_ready(const Post& post, int first, int server) const {
  const auto begin = scene_->ready.begin() + post.now.first_ready;
  return std::find(begin, begin + first, server) != begin + first;
}

/// Crews that stand ready take what waits, the longest ready first.
void Dispatcher::give_to_ready(Post& post) {
  const int served = std::min(post.now.lots, post.now.ready);
  if (served == 0) return;
  each_at(post.now.station, [&](std::size_t h) {
    if (scene_->hands[h].at_ready && is_ready(post, served, scene_->hands[h].server)) taken_[h] = 1;
  });
  post.now.first_ready += served;
  post.now.ready -= served;
  post.now.lots -= served;
  sent_.push_back({-1, post.now.station, false});
}

/// The station's turn: who stands ready goes on, and as many whole crews as can be had are sent.
void Dispatcher::give_to(Post& post) {
  give_to_ready(post);
  const int servers = servers_wanted(post);
  if (servers == 0) return;
  const int station = post.now.station;
  candidates_.clear();
  each_skilled(station, [&](std::size_t h) {
    if (free_for(h, post)) candidates_.push_back(h);
  });
  const int crews = crews_of_candidates(post, servers);
  post.given_up = post.given_up || crews < servers;
  const int need = crews * crew_of(post) - post.now.coming;
  if (need <= 0) return;
  sort_for(station, static_cast<std::size_t>(need));
  candidates_.resize(static_cast<std::size_t>(need));
  for (const std::size_t h : candidates_) take(h, post);
  post.now.coming += need;
}

/// Of those called to a station so many stay called as make whole crews with those who come and stand there free.
void Dispatcher::lapse_calls() {
  for (const Post& post : posts_) {
    if (post.now.called == 0) continue;
    const int station = post.now.station;
    int there = post.now.coming;
    candidates_.clear();
    for (std::size_t h = 0; h < scene_->hands.size(); ++h) {
      const HandNow& hand = scene_->hands[h];
      if (hand.at_work && hand.called_to == station) candidates_.push_back(h);
      if (!hand.at_work && taken_[h] == 0 && !hand.at_ready && hand.station == station) ++there;
    }
    const int called = static_cast<int>(candidates_.size());
    const int crew = crew_of(post);
    const int crews = std::min(servers_wanted(post), (there + called) / crew);
    const int stay = std::clamp(crews * crew - there, 0, called);
    if (stay == called) continue;
    sort_for(station, candidates_.size());
    for (int i = stay; i < called; ++i)
      sent_.push_back({scene_->hands[candidates_[static_cast<std::size_t>(i)]].agent, station, true, true});
  }
}

const std::vector<Sent>& Dispatcher::give_out(Scene& scene) {
  look(scene);
  send_first();
  for (bool again = true; again;) {
    again = false;
    for (Post& post : posts_) {
      const bool was = post.given_up;
      give_to(post);
      // Under fixed posts those who had it before others may go on to these.
      again = again || (model_.assignment.rule == AssignmentRule::fixed && post.given_up && !was);
    }
  }
  lapse_calls();
  return sent_;
}

/// Whether an agent at work may be called to the post: from a station lower in rank, and for more urgent mail.
bool Dispatcher::callable(const HandNow& hand, const Post& post) const {
  if (!hand.at_work || hand.called_to == post.now.station || hand.sent_first == hand.station) return false;
  if (proficiency(hand.team, post.now.station) <= 0) return false;
  const Post* at = post_at(hand.station);
  if (at == nullptr || at->rank <= post.rank) return false;
  const Post* called = post_at(hand.called_to);
  if (called != nullptr && (called->rank < post.rank || hand.sent_first == hand.called_to)) return false;
  const AssignmentRule rule = model_.assignment.rule;
  const bool by_urgency = rule == AssignmentRule::earliest_due || rule == AssignmentRule::longest_queue;
  return !by_urgency || hand.urgency > post.now.urgency;
}

/// Agents at work elsewhere who are sent first are called there.
void Dispatcher::call_first() {
  if (!any_sent_first_) return;
  candidates_.clear();
  for (std::size_t h = 0; h < scene_->hands.size(); ++h) {
    const HandNow& hand = scene_->hands[h];
    if (hand.at_work && hand.sent_first >= 0 && hand.sent_first != hand.station && hand.called_to < 0)
      candidates_.push_back(h);
  }
  if (candidates_.empty()) return;
  sort_by_name();
  for (const std::size_t h : candidates_) {
    HandNow& hand = scene_->hands[h];
    Post* post = post_at(hand.sent_first);
    if (post == nullptr || wants(*post) <= 0 || !may_go(hand, *post, h)) continue;
    hand.called_to = post->now.station;
    ++post->now.coming;
    sent_.push_back({hand.agent, post->now.station, true});
  }
}

/// For what the station wants: those who are free, as far as that makes whole crews, then those called, from the
/// station lowest in rank first.
void Dispatcher::call_to(Post& post) {
  const int servers = servers_wanted(post);
  if (servers == 0) return;
  const int station = post.now.station;
  candidates_.clear();
  each_skilled(station, [&](std::size_t h) {
    if (free_for(h, post) || callable(scene_->hands[h], post)) candidates_.push_back(h);
  });
  const int need = crews_of_candidates(post, servers) * crew_of(post) - post.now.coming;
  if (need <= 0) return;
  std::sort(candidates_.begin(), candidates_.end(), [&](std::size_t a, std::size_t b) {
    const HandNow& one = scene_->hands[a];
    const HandNow& other = scene_->hands[b];
    if (one.at_work != other.at_work) return other.at_work;
    if (one.at_work && one.station != other.station) return post_at(one.station)->rank > post_at(other.station)->rank;
    return before(a, b, station);
  });
  candidates_.resize(static_cast<std::size_t>(need));
  for (const std::size_t h : candidates_) {
    HandNow& hand = scene_->hands[h];
    if (!hand.at_work) {
      take(h, post);
      continue;
    }
    if (Post* called = post_at(hand.called_to); called != nullptr) --called->now.coming;
    hand.called_to = station;
    sent_.push_back({hand.agent, station, true});
  }
  post.now.coming += need;
}

const std::vector<Sent>& Dispatcher::review(Scene& scene) {
  look(scene);
  if (model_.assignment.rule == AssignmentRule::fixed) return sent_;
  for (Post& post : posts_) post.now.coming += post.now.called;
  call_first();
  for (Post& post : posts_) call_to(post);
  return sent_;
}

}  // namespace mailflow
