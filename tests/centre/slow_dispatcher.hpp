// A second dispatcher, simple and slow, written from "Giving out work" in sim/centre/RULES.md and from nothing else:
// the choice of the real one must be the same. It copies, searches and counts again at every step.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "centre/dispatcher.hpp"

namespace mailflow::slow {

class World {
 public:
  World(const Model& model, const Scene& scene) : model_(model), hands_(scene.hands) {
    for (const PostNow& post : scene.posts) {
      lots_[post.station] = post.lots;
      walking_[post.station] = post.coming;
      called_[post.station] = post.called;
      urgency_[post.station] = post.urgency;
      vacant_[post.station] = post.vacant;
      for (int i = 0; i < post.ready; ++i)
        ready_[post.station].push_back(scene.ready[static_cast<std::size_t>(post.first_ready + i)]);
      rank_.push_back(post.station);
    }
    std::sort(rank_.begin(), rank_.end(), [this](StationIndex a, StationIndex b) { return rank_key(a) < rank_key(b); });
    sent_.assign(hands_.size(), false);
    stays_.assign(hands_.size(), -1);
    for (const StationIndex s : rank_) bind(s);
  }

  std::vector<Sent> give_out() {
    for (const std::size_t h : by_name()) {
      const HandNow& hand = hands_[h];
      const StationIndex to = hand.sent_first;
      if (hand.at_work || to == none || to == hand.station || wanted(to) <= 0 || !may_go(h, to)) continue;
      send(h, to);
    }
    bool again = true;
    while (again) {
      again = false;
      for (const StationIndex s : rank_) {
        const bool before = hopeless_[s];
        turn(s);
        if (fixed() && hopeless_[s] && !before) again = true;
      }
    }
    for (const StationIndex s : rank_) let_calls_lapse(s);
    return told_;
  }

  std::vector<Sent> review() {
    if (fixed()) return told_;
    reviewing_ = true;
    for (const std::size_t h : by_name()) {
      HandNow& hand = hands_[h];
      const StationIndex to = hand.sent_first;
      if (!hand.at_work || to == none || to == hand.station || hand.called_to != none) continue;
      if (wanted(to) <= 0 || !may_go(h, to)) continue;
      call(h, to);
    }
    for (const StationIndex s : rank_) {
      std::vector<std::tuple<int, int, Key, std::size_t>> who;
      for (std::size_t h = 0; h < hands_.size(); ++h) {
        if (!hands_[h].at_work && is_candidate(h, s)) who.emplace_back(0, 0, key(h, s), h);
        if (hands_[h].at_work && may_be_called(h, s)) who.emplace_back(1, -place(hands_[h].station), key(h, s), h);
      }
      std::sort(who.begin(), who.end());
      const int crews = std::min(short_of(s), (coming(s) + static_cast<int>(who.size())) / crew(s));
      const int need = crews * crew(s) - coming(s);
      for (int i = 0; i < need; ++i) {
        const std::size_t h = std::get<3>(who[static_cast<std::size_t>(i)]);
        if (hands_[h].at_work)
          call(h, s);
        else
          send(h, s);
      }
    }
    return told_;
  }

 private:
  using Key = std::tuple<bool, double, int, std::string, int>;

  bool fixed() const { return model_.assignment.rule == AssignmentRule::fixed; }
  int crew(StationIndex s) const { return model_.stations[s].crew; }
  const Team& team(std::size_t h) const { return model_.teams[hands_[h].team]; }
  int place(StationIndex s) const { return static_cast<int>(std::find(rank_.begin(), rank_.end(), s) - rank_.begin()); }

  std::tuple<Ticks, int, std::string> rank_key(StationIndex s) {
    const auto& listed = model_.assignment.priority;
    const auto at = std::find(listed.begin(), listed.end(), s);
    return {urgency_[s], at == listed.end() ? 1000 : static_cast<int>(at - listed.begin()), model_.stations[s].name};
  }

  double proficiency(std::size_t h, StationIndex s) const {
    for (const Skilled& skilled : team(h).skills)
      if (skilled.skill == model_.stations[s].skill) return skilled.proficiency;
    return 0;
  }

  Key key(std::size_t h, StationIndex s) const {
    return {hands_[h].station != s, -proficiency(h, s), team(h).skills_held, team(h).name, hands_[h].agent.number()};
  }

  std::vector<std::size_t> by_name() const {
    std::vector<std::tuple<std::string, int, std::size_t>> named;
    for (std::size_t h = 0; h < hands_.size(); ++h) named.emplace_back(team(h).name, hands_[h].agent.number(), h);
    std::sort(named.begin(), named.end());
    std::vector<std::size_t> order;
    for (const auto& one : named) order.push_back(std::get<2>(one));
    return order;
  }

  /// Those who walk there; at a review those called there too.
  int coming(StationIndex s) { return walking_[s] + (reviewing_ ? called_[s] : 0); }

  /// Vacant servers for which a lot waits that no ready server takes.
  int short_of(StationIndex s) {
    const int lots = lots_[s] - static_cast<int>(ready_[s].size());
    return std::max(0, std::min(lots, vacant_[s]));
  }

  bool stands_free(std::size_t h, StationIndex s) const {
    return !hands_[h].at_work && !sent_[h] && hands_[h].station == s && !hands_[h].at_ready;
  }

  int wanted(StationIndex s) {
    if (std::find(rank_.begin(), rank_.end(), s) == rank_.end() || hopeless_[s]) return 0;
    int here = 0;
    for (std::size_t h = 0; h < hands_.size(); ++h) here += stands_free(h, s) ? 1 : 0;
    return short_of(s) * crew(s) - coming(s) - here;
  }

  void bind(StationIndex s) {
    if (short_of(s) == 0) return;
    std::vector<std::pair<Key, std::size_t>> waiting;
    for (std::size_t h = 0; h < hands_.size(); ++h) {
      if (!stands_free(h, s)) continue;
      if (hands_[h].sent_first == s) stays_[h] = s;
      if (hands_[h].at_vacant) waiting.emplace_back(key(h, s), h);
    }
    std::sort(waiting.begin(), waiting.end());
    const int others = walking_[s] + called_[s];
    if (others == 0) return;
    const int crews = std::min(short_of(s), (static_cast<int>(waiting.size()) + others) / crew(s));
    for (int i = 0; i < static_cast<int>(waiting.size()) && i < crews * crew(s) - others; ++i)
      stays_[waiting[static_cast<std::size_t>(i)].second] = s;
  }

  bool may_go(std::size_t h, StationIndex s) {
    if (proficiency(h, s) == 0 || (stays_[h] >= 0 && stays_[h] != s)) return false;
    if (!fixed()) return true;
    for (const StationIndex post : team(h).posts) {
      if (post == s) return true;
      if (proficiency(h, post) > 0 && wanted(post) > 0) return false;
    }
    return false;
  }

  bool is_candidate(std::size_t h, StationIndex s) {
    return !sent_[h] && !(hands_[h].at_ready && hands_[h].station == s) && may_go(h, s);
  }

  bool may_be_called(std::size_t h, StationIndex s) {
    const HandNow& hand = hands_[h];
    if (proficiency(h, s) == 0 || hand.sent_first == hand.station || hand.called_to == s) return false;
    if (hand.called_to != none && (hand.sent_first == hand.called_to || place(hand.called_to) < place(s))) return false;
    if (place(hand.station) <= place(s)) return false;
    const AssignmentRule rule = model_.assignment.rule;
    if (rule == AssignmentRule::longest_queue || rule == AssignmentRule::earliest_due)
      return hand.urgency > urgency_[s];
    return true;
  }

  void send(std::size_t h, StationIndex s) {
    sent_[h] = true;
    ++walking_[s];
    told_.push_back({hands_[h].agent, s, false});
    if (!hands_[h].at_ready) return;
    const ServerIndex server = hands_[h].server;
    for (HandNow& other : hands_)
      if (other.server == server && !other.at_work) {
        other.at_ready = false;
        other.at_vacant = true;
      }
    auto& ready = ready_[hands_[h].station];
    const auto at = std::find(ready.begin(), ready.end(), server);
    if (at == ready.end()) return;
    ready.erase(at);
    ++vacant_[hands_[h].station];
  }

  void call(std::size_t h, StationIndex s) {
    if (hands_[h].called_to >= 0) --called_[hands_[h].called_to];
    hands_[h].called_to = s;
    ++called_[s];
    told_.push_back({hands_[h].agent, s, true});
  }

  /// Takes away from those called to s, the last chosen first, until no more are called than are needed.
  void let_calls_lapse(StationIndex s) {
    std::vector<std::pair<Key, std::size_t>> called;
    int others = walking_[s];
    for (std::size_t h = 0; h < hands_.size(); ++h) {
      if (hands_[h].at_work && hands_[h].called_to == s) called.emplace_back(key(h, s), h);
      if (stands_free(h, s)) ++others;
    }
    std::sort(called.begin(), called.end());
    const auto needed = [&](int of_called) {  // the most whole crews that so many make, and nobody beyond them
      const int crews = std::min(short_of(s), (others + static_cast<int>(called.size())) / crew(s));
      return others + of_called <= crews * crew(s);
    };
    int stay = static_cast<int>(called.size());
    while (stay > 0 && !needed(stay)) --stay;
    for (std::size_t i = static_cast<std::size_t>(stay); i < called.size(); ++i)
      told_.push_back({hands_[called[i].second].agent, s, true, true});
  }

  void turn(StationIndex s) {
    bool taken = false;
    while (lots_[s] > 0 && !ready_[s].empty()) {
      for (std::size_t h = 0; h < hands_.size(); ++h)
        if (hands_[h].at_ready && hands_[h].server == ready_[s].front()) sent_[h] = true;
      ready_[s].erase(ready_[s].begin());
      --lots_[s];
      taken = true;
    }
    if (taken) told_.push_back({-1, s, false});
    if (short_of(s) == 0) return;
    std::vector<std::pair<Key, std::size_t>> who;
    for (std::size_t h = 0; h < hands_.size(); ++h)
      if (!hands_[h].at_work && is_candidate(h, s)) who.emplace_back(key(h, s), h);
    std::sort(who.begin(), who.end());
    const int crews = std::min(short_of(s), (coming(s) + static_cast<int>(who.size())) / crew(s));
    hopeless_[s] = hopeless_[s] || crews < short_of(s);
    const int need = crews * crew(s) - coming(s);
    for (int i = 0; i < need; ++i) send(who[static_cast<std::size_t>(i)].second, s);
  }

  const Model& model_;
  std::vector<HandNow> hands_;
  std::vector<StationIndex> rank_;
  bool reviewing_ = false;
  std::map<StationIndex, int> lots_, walking_, called_, vacant_;
  std::map<StationIndex, Ticks> urgency_;
  std::map<StationIndex, std::vector<ServerIndex>> ready_;
  std::map<StationIndex, bool> hopeless_;
  std::vector<bool> sent_;
  std::vector<StationIndex> stays_;  ///< the only station that the agent may be sent to; none: any
  std::vector<Sent> told_;
};

}  // namespace mailflow::slow
