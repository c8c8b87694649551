#include "centre/dispatcher.hpp"

#include <algorithm>
#include <utility>

#include "mail/name_order.hpp"

namespace mailflow {

Dispatcher::Dispatcher(const Model& model) : model_(model) {
  const std::size_t count = model.stations.size();
  place_.assign(count, -1);
  const auto add = [&](StationIndex s) {
    if (model.stations[s].crew == 0 || place_[s] >= 0) return;
    place_[s] = static_cast<int>(stations_.size());
    stations_.push_back(s);
  };
  for (const StationIndex s : model.assignment.priority) add(s);
  for (const StationIndex s : mailflow::by_name(model.stations)) add(s);
  post_of_.assign(count, -1);
  first_at_.assign(count, -1);
  first_of_team_.assign(model.teams.size(), -1);
  of_team_ = IndexSet<Team>(model.teams.size());
  at_station_ = IndexSet<Station>(count);
  team_place_ = places_by_name(model.teams);
  proficiency_.assign(model.teams.size() * count, 0);
  skilled_.assign(count, IndexSet<Team>(model.teams.size()));
  for (const TeamIndex t : model.teams.indices()) {
    const Team& team = model.teams[t];
    skills_.push_back(std::max(team.skills_held, static_cast<int>(team.skills.size())));
    for (const StationIndex s : model.stations.indices())
      for (const Skilled& skilled : team.skills)
        if (model.stations[s].crew > 0 && skilled.skill == model.stations[s].skill)
          proficiency_[t.at() * count + s.at()] = skilled.proficiency;
    IndexSet<Station>& workplaces = workplaces_[workplaces_.push_back(IndexSet<Station>(count))];
    for (const StationIndex s : model.stations.indices()) {
      const bool has = proficiency(t, s) > 0;
      skilled_[s].set(t, has);
      workplaces.set(s, has);
    }
  }
}

/// Ranks the posts and sees whom their stations have.
void Dispatcher::look(Scene& scene) {
  scene_ = &scene;
  for (const Post& post : posts_) post_of_[post.now.station] = -1;
  posts_.clear();
  sent_.clear();
  order_.clear();
  for (const PostNow& post : scene.posts) order_.push_back({post.urgency, place_[post.station], order_.size()});
  std::sort(order_.begin(), order_.end(), [](const Turn& a, const Turn& b) {
    return a.urgency != b.urgency ? a.urgency < b.urgency : a.place < b.place;
  });
  for (const Turn& turn : order_) {
    const PostNow& post = scene.posts[turn.post];
    post_of_[post.station] = static_cast<int>(posts_.size());
    posts_.push_back({post, posts_.size()});
  }
  look_at_hands();
  bind();
}

/// Who is of which team, and stands where.
void Dispatcher::look_at_hands() {
  const std::size_t hands = scene_->hands.size();
  taken_.assign(hands, 0);
  bound_to_.assign(hands, none);
  next_.resize(hands);
  of_team_.each([this](TeamIndex t) { first_of_team_[t] = -1; });
  at_station_.each([this](StationIndex s) { first_at_[s] = -1; });
  of_team_.clear();
  at_station_.clear();
  any_sent_first_ = false;
  for (std::size_t h = hands; h-- > 0;) {
    const HandNow& hand = scene_->hands[h];
    int& of_team = first_of_team_[hand.team];
    next_[h].of_team = std::exchange(of_team, static_cast<int>(h));
    of_team_.set(hand.team, true);
    any_sent_first_ = any_sent_first_ || hand.sent_first != none;
    if (hand.station == none) continue;
    at_station_.set(hand.station, true);
    int& at = first_at_[hand.station];
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
    const StationIndex station = post.now.station;
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
  return team_place_[one.team] < team_place_[other.team];
}

/// Whether of two hands the first is chosen for a station before the second.
bool Dispatcher::before(std::size_t a, std::size_t b, StationIndex station) const {
  const HandNow& one = scene_->hands[a];
  const HandNow& other = scene_->hands[b];
  const bool there = one.station == station;
  if (there != (other.station == station)) return there;
  if (one.team != other.team) {
    const double better = proficiency(one.team, station) - proficiency(other.team, station);
    if (better != 0) return better > 0;
    if (skills_[one.team] != skills_[other.team]) return skills_[one.team] < skills_[other.team];
  }
  return by_name(a, b);
}

/// Brings the first `wanted` of the candidates to the front, in order.
void Dispatcher::sort_for(StationIndex station, std::size_t wanted) {
  std::partial_sort(candidates_.begin(),
                    candidates_.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, candidates_.size())),
                    candidates_.end(), [&](std::size_t a, std::size_t b) { return before(a, b, station); });
}

void Dispatcher::sort_by_name() {
  std::sort(candidates_.begin(), candidates_.end(), [this](std::size_t a, std::size_t b) { return by_name(a, b); });
}

bool Dispatcher::may_go(const HandNow& hand, const Post& post, std::size_t index) const {
  const StationIndex station = post.now.station;
  if (proficiency(hand.team, station) <= 0) return false;
  if (bound_to_[index] != none && bound_to_[index] != station) return false;
  return model_.assignment.rule != AssignmentRule::fixed || comes_before_others(hand, post);
}

/// Whether, of an agent's fixed posts, this one wants agents and none before it does.
bool Dispatcher::comes_before_others(const HandNow& hand, const Post& post) const {
  for (const StationIndex at : model_.teams[hand.team].posts) {
    if (at == post.now.station) return true;
    const Post* earlier = post_at(at);
    if (earlier != nullptr && proficiency(hand.team, at) > 0 && wants(*earlier) > 0) return false;
  }
  return false;
}

/// Whether the hand, who has the post's skill, is free and may be sent there from where it is.
inline bool Dispatcher::free_for(std::size_t h, const Post& post) const {
  const HandNow& hand = scene_->hands[h];
  const StationIndex station = post.now.station;
  if (taken_[h] != 0 || hand.at_work || (hand.at_ready && hand.station == station)) return false;
  if (bound_to_[h] != none && bound_to_[h] != station) return false;
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
    if (!hand.at_work && hand.sent_first != none && hand.sent_first != hand.station) candidates_.push_back(h);
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
bool Dispatcher::is_ready(const Post& post, int first, ServerIndex server) const {
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
  sent_.push_back({none, post.now.station, false});
}

/// The station's turn: who stands ready goes on, and as many whole crews as can be had are sent.
void Dispatcher::give_to(Post& post) {
  give_to_ready(post);
  const int servers = servers_wanted(post);
  if (servers == 0) return;
  const StationIndex station = post.now.station;
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
    const StationIndex station = post.now.station;
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
    if (hand.at_work && hand.sent_first != none && hand.sent_first != hand.station && hand.called_to == none)
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
  const StationIndex station = post.now.station;
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
