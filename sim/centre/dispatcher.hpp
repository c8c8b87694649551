// Who is sent where: the choice alone, apart from the run that asks for it. RULES.md, "Giving out work", says the same
// in words.
//
//   Dispatcher dispatcher(model);
//   for (const Sent& sent : dispatcher.give_out(scene)) ...      then, at a review, dispatcher.review(scene)
//
// A Scene is what the dispatcher sees at an instant; it is changed by the asking. Neither the order of teams, agents
// and stations in the scenario nor that of posts and hands in the scene decides: equals go by name.
#pragma once

#include <cstddef>
#include <vector>

#include "centre/server.hpp"
#include "core/index_set.hpp"
#include "core/time.hpp"
#include "mail/indices.hpp"
#include "mail/model.hpp"

namespace mailflow {

/// A staffed station as work is given out. But for a review and under fixed posts, those may be left out where no lot
/// waits, or no crew stands ready, nobody free has the skill and nobody is called there.
struct PostNow {
  StationIndex station;
  int lots = 0;         ///< waiting in its queue
  int vacant = 0;       ///< servers open, up, not blocked, with nothing in hand and no whole crew
  int coming = 0;       ///< agents who walk there
  int called = 0;       ///< agents at work elsewhere who are called there
  Ticks urgency = 0;    ///< the less, the more urgent; longest queue: less the items in queue; earliest due: the due
                        ///< instant of the lot next to be served; else 0
  int first_ready = 0;  ///< in Scene::ready: its servers with a whole crew and nothing in hand, longest ready first
  int ready = 0;
};

/// An agent who is free; at work: at a review those who may be called, else those who are called.
struct HandNow {
  AgentIndex agent;
  TeamIndex team;
  StationIndex station;   ///< where it stands
  ServerIndex server;     ///< at which server; none: at none
  bool at_ready = false;  ///< its server is ready
  bool at_vacant = false;
  StationIndex sent_first;  ///< it goes there before any other
  bool at_work = false;
  StationIndex called_to;  ///< at work: the station it is called to
  Ticks urgency = 0;       ///< at work, as PostNow::urgency: of what it would leave
};

struct Scene {
  std::vector<PostNow> posts;
  std::vector<HandNow> hands;
  std::vector<ServerIndex> ready;
  void clear() {
    posts.clear();
    hands.clear();
    ready.clear();
  }
};

/// What is decided, in the order in which it is to be done.
struct Sent {
  AgentIndex agent;  ///< none: the crews that stand ready at the station take what waits there
  StationIndex station;
  bool called = false;  ///< it is at work, and goes when the item in hand is done
  bool lapses = false;  ///< the call of one who was called there: it stays at its work
  friend bool operator==(const Sent&, const Sent&) = default;
};

class Dispatcher {
 public:
  /// `model` is not owned and outlives the dispatcher.
  explicit Dispatcher(const Model& model);

  /// The staffed stations in the order in which those of equal urgency are served.
  const std::vector<StationIndex>& stations() const { return stations_; }
  /// Share of the station's rate that agents of the team reach there; 0: they have not its skill.
  double proficiency(TeamIndex team, StationIndex station) const {
    return proficiency_[team.at() * model_.stations.size() + station.at()];
  }

  /// The teams that have the station's skill.
  const IndexSet<Team>& skilled(StationIndex station) const { return skilled_[station]; }
  /// The stations whose skill the team has.
  const IndexSet<Station>& workplaces(TeamIndex team) const { return workplaces_[team]; }

  /// Sends the free agents of the scene, and lets calls lapse; valid until the next call.
  const std::vector<Sent>& give_out(Scene& scene);
  /// Calls agents away from work, for stations that give_out has left without. The scene has all staffed stations.
  const std::vector<Sent>& review(Scene& scene);

 private:
  struct Post {
    PostNow now;
    std::size_t rank = 0;
    bool given_up = false;  ///< it has not had all it wants, and holds nobody back any more
  };
  struct Turn {
    Ticks urgency = 0;
    int place = 0;         ///< of the station in stations_
    std::size_t post = 0;  ///< in the scene
  };
  struct Next {  ///< hand after a hand; -1: none
    int of_team = -1;
    int at_station = -1;
  };
  void look(Scene& scene);
  void look_at_hands();
  /// Tells of each hand that stands at the station.
  template <typename Tell>
  void each_at(StationIndex station, const Tell& tell) const {
    for (int h = first_at_[station]; h >= 0;) {
      const auto at = static_cast<std::size_t>(h);
      h = next_[at].at_station;
      tell(at);
    }
  }
  /// Tells of each hand that has the station's skill.
  template <typename Tell>
  void each_skilled(StationIndex station, const Tell& tell) const {
    const IndexSet<Team>& skilled = this->skilled(station);
    for (std::size_t w = 0; w < skilled.words(); ++w)
      IndexSet<Team>::each(w, skilled.word(w) & of_team_.word(w), [&](TeamIndex t) {
        for (int h = first_of_team_[t]; h >= 0;) {
          const auto at = static_cast<std::size_t>(h);
          h = next_[at].of_team;
          tell(at);
        }
      });
  }
  void bind();
  void send_first();
  void call_first();
  bool is_ready(const Post& post, int first, ServerIndex server) const;
  void give_to_ready(Post& post);
  void give_to(Post& post);
  void call_to(Post& post);
  void lapse_calls();
  void take(std::size_t hand, const Post& post);
  bool may_go(const HandNow& hand, const Post& post, std::size_t index) const;
  bool comes_before_others(const HandNow& hand, const Post& post) const;
  bool free_for(std::size_t h, const Post& post) const;
  int crews_of_candidates(const Post& post, int wanted) const;
  bool callable(const HandNow& hand, const Post& post) const;
  int servers_wanted(const Post& post) const;
  int wants(const Post& post) const;
  int crew_of(const Post& post) const { return model_.stations[post.now.station].crew; }
  Post* post_at(StationIndex station) {
    const int p = station == none ? -1 : post_of_[station];
    return p < 0 ? nullptr : &posts_[static_cast<std::size_t>(p)];
  }
  const Post* post_at(StationIndex station) const {
    const int p = station == none ? -1 : post_of_[station];
    return p < 0 ? nullptr : &posts_[static_cast<std::size_t>(p)];
  }
  bool before(std::size_t a, std::size_t b, StationIndex station) const;
  bool by_name(std::size_t a, std::size_t b) const;
  void sort_for(StationIndex station, std::size_t wanted);
  void sort_by_name();

  const Model& model_;
  std::vector<StationIndex> stations_;
  Rows<Station, int> place_;              ///< in stations_
  Rows<Team, std::uint16_t> team_place_;  ///< by name
  Rows<Team, int> skills_;                ///< held
  std::vector<double> proficiency_;       ///< by team and station
  Rows<Station, IndexSet<Team>> skilled_;
  Rows<Team, IndexSet<Station>> workplaces_;
  // of the scene
  Scene* scene_ = nullptr;
  bool any_sent_first_ = false;
  std::vector<Turn> order_;             ///< of the scene's posts, by rank
  std::vector<Post> posts_;             ///< by rank
  Rows<Station, int> post_of_;          ///< in posts_; -1: not in the scene
  std::vector<char> taken_;             ///< by hand
  std::vector<StationIndex> bound_to_;  ///< by hand: the only station that it may be sent to; none: any
  std::vector<Next> next_;              ///< by hand
  Rows<Team, int> first_of_team_;       ///< hand; -1: none
  Rows<Station, int> first_at_;         ///< likewise
  IndexSet<Team> of_team_;              ///< teams that have hands
  IndexSet<Station> at_station_;        ///< stations where hands stand
  std::vector<std::size_t> candidates_;
  std::vector<Sent> sent_;
};

}  // namespace mailflow
