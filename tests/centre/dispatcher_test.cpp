// The dispatcher without a run: single decisions worked out by hand, and many random ones against a slow second one.
#include "centre/dispatcher.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <utility>

#include "centre/slow_dispatcher.hpp"

using namespace mailflow;

namespace {

Station staffed(const char* name, SkillIndex skill, int crew, int servers) {
  Station s;
  s.name = name;
  s.kind = crew > 1 ? StationKind::machine : StationKind::manual;
  s.skill = skill;
  s.crew = crew;
  s.servers = servers;
  return s;
}

Team team(const char* name, int agents, std::vector<Skilled> skills, int held = 0) {
  Team t;
  t.name = name;
  t.agents = agents;
  t.skills_held = held > 0 ? held : static_cast<int>(skills.size());
  t.skills = std::move(skills);
  return t;
}

PostNow post(StationIndex station, int lots, int vacant, int coming = 0) {
  PostNow p;
  p.station = station;
  p.lots = lots;
  p.vacant = vacant;
  p.coming = coming;
  return p;
}

HandNow hand(AgentIndex agent, TeamIndex of_team, StationIndex station = none, ServerIndex server = none) {
  HandNow h;
  h.agent = agent;
  h.team = of_team;
  h.station = station;
  h.server = server;
  h.at_vacant = server != none;
  return h;
}

PostNow with_called(PostNow at, int called) {
  at.called = called;
  return at;
}

HandNow at_work(HandNow h, StationIndex called_to = none) {
  h.at_vacant = false;
  h.at_work = true;
  h.called_to = called_to;
  return h;
}

/// A machine of two for a crew of 2, and a desk; three agents with both skills.
Model machine_and_desk() {
  Model m;
  m.stations = {staffed("machine", 0, 2, 2), staffed("desk", 1, 1, 3)};
  m.teams = {team("all", 3, {{0, 1}, {1, 1}})};
  m.assignment.priority = {0, 1};
  return m;
}

}  // namespace

TEST_CASE("A station with two machines gets the one whole crew that can be had, and the third agent goes elsewhere") {
  const Model m = machine_and_desk();
  Dispatcher dispatcher(m);
  Scene scene{{post(0, 5, 2), post(1, 1, 3)}, {hand(0, 0), hand(1, 0), hand(2, 0)}, {}};
  CHECK(dispatcher.give_out(scene) == std::vector<Sent>{{0, 0, false}, {1, 0, false}, {2, 1, false}});
}

TEST_CASE("Nobody is sent for a crew that stays incomplete") {
  const Model m = machine_and_desk();
  Dispatcher dispatcher(m);
  Scene scene{{post(0, 5, 2)}, {hand(0, 0)}, {}};
  CHECK(dispatcher.give_out(scene).empty());
}

TEST_CASE("Two who stand at two machines with half a crew each are one crew") {
  const Model m = machine_and_desk();
  Dispatcher dispatcher(m);
  Scene scene{{post(0, 5, 2), post(1, 1, 3)}, {hand(0, 0, 0, 0), hand(1, 0, 0, 1)}, {}};
  CHECK(dispatcher.give_out(scene) == std::vector<Sent>{{0, 0, false}, {1, 0, false}});
}

TEST_CASE("Who waits at a machine for one who walks there is not sent to what ranks lower") {
  const Model m = machine_and_desk();
  Dispatcher dispatcher(m);
  Scene scene{{post(0, 1, 2, 1), post(1, 1, 3)}, {hand(1, 0, 0, 0)}, {}};
  CHECK(dispatcher.give_out(scene) == std::vector<Sent>{{1, 0, false}});
  Scene no_more_mail{{post(1, 1, 3)}, {hand(1, 0, 0, 0)}, {}};
  CHECK(dispatcher.give_out(no_more_mail) == std::vector<Sent>{{1, 1, false}});
}

TEST_CASE("Equals go by skills held, then by name of the team, whatever the order of the teams") {
  Model m;
  m.stations = {staffed("desk", 0, 1, 1)};
  m.teams = {team("ann", 1, {{0, 1}}, 2), team("eve", 1, {{0, 1}}), team("ben", 1, {{0, 1}})};
  Dispatcher dispatcher(m);
  Scene scene{{post(0, 1, 1)}, {hand(0, 0), hand(1, 1), hand(2, 2)}, {}};
  CHECK(dispatcher.give_out(scene) == std::vector<Sent>{{2, 0, false}});
}

TEST_CASE("Stations that are not listed are served by name") {
  Model m;
  m.stations = {staffed("zoo", 0, 1, 1), staffed("bay", 0, 1, 1)};
  m.teams = {team("all", 1, {{0, 1}})};
  Dispatcher dispatcher(m);
  Scene scene{{post(0, 1, 1), post(1, 1, 1)}, {hand(0, 0)}, {}};
  CHECK(dispatcher.give_out(scene) == std::vector<Sent>{{0, 1, false}});
}

TEST_CASE("With fixed posts an agent goes to the second post where the first cannot have a whole crew") {
  Model m = machine_and_desk();
  m.assignment.rule = AssignmentRule::fixed;
  m.assignment.priority = {1, 0};
  m.teams[0].posts = {0, 1};
  Dispatcher dispatcher(m);
  Scene one{{post(0, 5, 2), post(1, 1, 3)}, {hand(0, 0)}, {}};
  CHECK(dispatcher.give_out(one) == std::vector<Sent>{{0, 1, false}});
  Scene two{{post(0, 5, 2), post(1, 1, 3)}, {hand(0, 0), hand(1, 0)}, {}};
  CHECK(dispatcher.give_out(two) == std::vector<Sent>{{0, 0, false}, {1, 0, false}});
}

TEST_CASE("At a review one free agent and one at work make up a crew, and who is called may be called higher") {
  const Model m = machine_and_desk();
  Dispatcher dispatcher(m);
  Scene scene{{post(0, 1, 1), post(1, 0, 2)}, {at_work(hand(1, 0, 1, 5)), hand(0, 0)}, {}};
  CHECK(dispatcher.review(scene) == std::vector<Sent>{{0, 0, false}, {1, 0, true}});

  Model three;
  three.stations = {staffed("first", 0, 1, 1), staffed("second", 0, 1, 1), staffed("third", 0, 1, 1)};
  three.teams = {team("all", 1, {{0, 1}})};
  Dispatcher of_three(three);
  HandNow called = at_work(hand(0, 0, 2, 2), 1);
  Scene higher{{post(0, 1, 1), with_called(post(1, 1, 1), 1), post(2, 0, 0)}, {called}, {}};
  CHECK(of_three.review(higher) == std::vector<Sent>{{0, 0, true}});
  called.called_to = 0;
  Scene lower{{with_called(post(0, 1, 1), 1), post(1, 1, 1), post(2, 0, 0)}, {called}, {}};
  CHECK(of_three.review(lower).empty());
}

TEST_CASE("A free agent goes where another is called, and the call that is not needed any more lapses") {
  const Model m = machine_and_desk();
  Dispatcher dispatcher(m);
  const HandNow called = at_work(hand(2, 0, 0, 0), 1);
  Scene one{{with_called(post(1, 1, 3), 1)}, {called, hand(0, 0)}, {}};
  CHECK(dispatcher.give_out(one) == std::vector<Sent>{{0, 1, false}, {2, 1, true, true}});
  Scene two{{with_called(post(1, 2, 3), 1)}, {called, hand(0, 0)}, {}};
  CHECK(dispatcher.give_out(two) == std::vector<Sent>{{0, 1, false}});
  Scene none_left{{with_called(post(1, 0, 3), 1)}, {called}, {}};
  CHECK(dispatcher.give_out(none_left) == std::vector<Sent>{{2, 1, true, true}});
}

TEST_CASE(
    "Who waits at a machine for one called there is not sent to what ranks lower, and half a crew is not called") {
  const Model m = machine_and_desk();
  Dispatcher dispatcher(m);
  const HandNow called = at_work(hand(2, 0, 1, 7), 0);
  Scene scene{{with_called(post(0, 1, 2), 1), post(1, 1, 2)}, {hand(0, 0, 0, 0), called}, {}};
  CHECK(dispatcher.give_out(scene).empty());
  Scene alone{{with_called(post(0, 1, 2), 1)}, {called}, {}};
  CHECK(dispatcher.give_out(alone) == std::vector<Sent>{{2, 0, true, true}});
}

namespace {

using Chance = std::mt19937_64;

int upto(Chance& chance, int most) { return static_cast<int>(chance() % static_cast<unsigned>(most + 1)); }

std::vector<int> shuffled(Chance& chance, int count) {
  std::vector<int> all;
  for (int i = 0; i < count; ++i) all.insert(all.begin() + upto(chance, i), i);
  return all;
}

Model random_model(Chance& chance) {
  Model m;
  const int stations = 1 + upto(chance, 4);
  const int skills = 1 + upto(chance, 3);
  for (const int name : shuffled(chance, stations)) {
    Station s = staffed("", SkillIndex(upto(chance, skills - 1)), 1 + upto(chance, 2), 1 + upto(chance, 3));
    s.name = std::string("s") + static_cast<char>('0' + name);
    m.stations.push_back(s);
  }
  m.assignment.rule = static_cast<AssignmentRule>(upto(chance, 3));
  for (const int s : shuffled(chance, stations))
    if (upto(chance, 1) == 0) m.assignment.priority.emplace_back(s);
  for (const int name : shuffled(chance, 1 + upto(chance, 3))) {
    Team t = team("", 0, {});
    t.name = std::string("t") + static_cast<char>('0' + name);
    for (const int skill : shuffled(chance, skills))
      if (upto(chance, 2) > 0) t.skills.push_back({SkillIndex(skill), upto(chance, 1) == 0 ? 1 : 0.8});
    t.skills_held = static_cast<int>(t.skills.size()) + upto(chance, 1);
    for (const int s : shuffled(chance, stations))
      if (upto(chance, 2) > 0) t.posts.emplace_back(s);
    m.teams.push_back(t);
  }
  return m;
}

/// Servers ready, vacant with a part of a crew, down, or at work; agents there and elsewhere.
Scene random_scene(Chance& chance, const Model& m, bool review) {
  Scene scene;
  ServerIndex server(0);
  Rows<Team, int> agents(m.teams.size(), 0);
  const auto stations = static_cast<int>(m.stations.size());
  const auto add = [&](StationIndex station, ServerIndex at) -> HandNow& {
    const TeamIndex t(upto(chance, static_cast<int>(m.teams.size()) - 1));
    HandNow h = hand(AgentIndex(100 * t.number() + agents[t]++), t, station, at);
    h.at_vacant = false;
    if (upto(chance, 5) == 0) h.sent_first = StationIndex(upto(chance, stations - 1));
    scene.hands.insert(scene.hands.begin() + upto(chance, static_cast<int>(scene.hands.size())), h);
    for (HandNow& placed : scene.hands)
      if (placed.agent == h.agent) return placed;
    return scene.hands.back();
  };
  for (const int number : shuffled(chance, stations)) {
    const StationIndex s(number);
    const Station& is = m.stations[s];
    PostNow now = post(s, upto(chance, 4), 0, upto(chance, 4) > 2 ? upto(chance, 3) : 0);
    if (m.assignment.rule == AssignmentRule::longest_queue) now.urgency = -10 * upto(chance, 3);
    if (m.assignment.rule == AssignmentRule::earliest_due) now.urgency = upto(chance, 3);
    now.first_ready = static_cast<int>(scene.ready.size());
    for (int v = 0; v < is.servers; ++v, ++server) {
      const int kind = upto(chance, 3);
      if (kind == 0 && !review) {
        for (int i = 0; i < is.crew; ++i) add(s, server).at_ready = true;
        scene.ready.push_back(server);
        ++now.ready;
      } else if (kind <= 1) {
        ++now.vacant;
        for (int i = upto(chance, is.crew - 1); i > 0; --i) add(s, server).at_vacant = true;
      } else if (kind == 2) {  // down
        if (upto(chance, 2) == 0) add(s, server);
      } else if (review || stations > 1) {
        for (int i = 0; i < is.crew; ++i) {
          if (!review && upto(chance, 2) > 0) continue;
          HandNow& h = add(s, server);
          h.at_work = true;
          h.urgency = now.urgency + upto(chance, 2) - 1;
          if (!review || (upto(chance, 3) == 0 && stations > 1))
            h.called_to = StationIndex((number + 1 + upto(chance, stations - 2)) % stations);
        }
      }
    }
    scene.posts.push_back(now);
  }
  for (int i = upto(chance, 4); i > 0; --i) add(StationIndex(upto(chance, stations) - 1), none);
  for (const HandNow& h : scene.hands)
    for (PostNow& p : scene.posts)
      if (h.called_to == p.station) ++p.called;
  if (!review) std::erase_if(scene.posts, [](const PostNow& p) { return p.lots == 0 && p.called == 0; });
  return scene;
}

std::string told(const std::vector<Sent>& all) {
  std::string text;
  for (const Sent& sent : all)
    text += (sent.lapses   ? " let "
             : sent.called ? " call "
                           : " send ") +
            std::to_string(sent.agent.number()) + "-" + std::to_string(sent.station.number());
  return text;
}

void compare(std::uint64_t from, std::uint64_t situations) {
  std::size_t sent = 0;
  for (std::uint64_t n = from; n < from + situations; ++n) {
    Chance chance(n);
    const Model m = random_model(chance);
    const bool review = upto(chance, 2) == 0;
    Scene scene = random_scene(chance, m, review);
    slow::World world(m, scene);
    Scene other = scene;  // the order in which posts and hands are named decides nothing
    std::shuffle(other.posts.begin(), other.posts.end(), chance);
    std::shuffle(other.hands.begin(), other.hands.end(), chance);
    Dispatcher dispatcher(m);
    const std::string expected = told(review ? world.review() : world.give_out());
    const std::string found = told(review ? dispatcher.review(scene) : dispatcher.give_out(scene));
    const std::string again = told(review ? dispatcher.review(other) : dispatcher.give_out(other));
    sent += expected.empty() ? 0 : 1;
    if (expected == found && expected == again) continue;
    INFO("situation " << n << (review ? ", review" : "") << ", rule " << static_cast<int>(m.assignment.rule));
    CHECK(expected == found);
    CHECK(expected == again);
    return;
  }
  CHECK(sent > situations / 2);
}

}  // namespace

TEST_CASE("In ten thousand random situations a slow dispatcher written from the rules chooses the same") {
  compare(1, 10'000);
}
TEST_CASE("In two million random situations a slow dispatcher chooses the same", "[.][many]") { compare(1, 2'000'000); }
