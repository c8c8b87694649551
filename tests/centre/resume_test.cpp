// A run that begins in a situation: what is kept of a centre at an instant is there when another begins with it.
#include "centre/resume.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <tuple>
#include <vector>

#include "centre/keep_situation.hpp"
#include "centre/small_centre.hpp"

namespace mailflow::parts {
namespace {

/// The model, begun in the situation that the centre is in now.
Model begun_as(const Model& m, SmallCentre& centre) {
  Model other = m;
  other.situation = kept_situation(*centre.operator->());
  other.warm_up = other.situation.at;
  return other;
}

/// Two kinds of tables, at which one handles an item in 30 minutes and in 70.
Model two_tables() {
  Model m = model_of({place(StationKind::manual, "slow"), place(StationKind::manual, "quick")});
  m.skills = {"sorting"};
  for (Station& s : m.stations) {
    s.skill = 0;
    s.crew = 1;
    s.service_per_lot = false;
    s.items_per_tick = 1.0 / static_cast<double>((s.name == "slow" ? 70 : 30) * minute);
  }
  Team team;
  team.name = "early";
  team.agents = 2;
  team.skills = {{0, 1}};
  team.duties.resize(1);
  team.duties[0].span = {0, 8 * hour};
  m.teams = {team};
  m.assignment.move_takes = 10 * minute;
  return m;
}
const AgentIndex one{0}, two{1};

TEST_CASE("A break that was owed when the situation was kept is taken in the run that begins in it") {
  // Due at 01:00 for 20 minutes; the item in hand ends at 01:10. Kept at 01:05.
  Model m = two_tables();
  m.teams[0].agents = 1;
  m.teams[0].duties[0].breaks = {{hour, 20 * minute}};
  SmallCentre before(m);
  before.comes(2, 0);
  before.until(hour + 5 * minute);
  SmallCentre after(begun_as(m, before));
  CHECK(after->staff[one].state == AgentState::working);
  CHECK(after->staff[one].break_due == 20 * minute);
  after.until(hour + 10 * minute);
  CHECK(after->staff[one].state == AgentState::on_break);
  after.until(hour + 30 * minute);
  CHECK(after->staff[one].state == AgentState::working);
  after.until(2 * hour + 40 * minute);
  CHECK(after->products[letter].out == 2);
}

TEST_CASE("Who walks when the situation is kept arrives when it would have, and who is on a break comes back") {
  // The first works at the quick table to 00:30 and is sent to the slow one: there at 00:40. The second has its break
  // from 00:20 to 00:50. Kept at 00:35.
  Model m = two_tables();
  m.teams[0].agents = 1;
  m.teams.push_back(m.teams[0]);
  m.teams[1].name = "late";
  m.teams[1].duties[0].breaks = {{20 * minute, 30 * minute}};
  SmallCentre before(m);
  before.comes(1, 1);
  before.until(30 * minute);
  before.comes(1, 0);
  before.until(35 * minute);
  CHECK(before->staff[one].state == AgentState::moving);
  SmallCentre after(begun_as(m, before));
  CHECK(after->staff[one].state == AgentState::moving);
  CHECK(after->staff[two].state == AgentState::on_break);
  after.until(40 * minute - 1);
  CHECK(after->staff[one].state == AgentState::moving);
  after.until(40 * minute);
  CHECK(after->staff[one].state == AgentState::working);
  CHECK(after->staff[one].station == StationIndex(0));
  after.until(50 * minute);
  CHECK(after->staff[two].state == AgentState::idle);
}

/// One station of each kind, where mail of two destinations is in every state at 00:20.
Model one_of_each() {
  Model m = model_of({place(StationKind::machine, "press", 1), place(StationKind::machine, "narrow", 2),
                      place(StationKind::walk, "walk", 3), place(StationKind::bagging, "bags", 4),
                      place(StationKind::bay, "bay"), place(StationKind::hold, "customs", 4)});
  m.stations[1].service = Distribution::fixed(15.0 * minute);
  m.stations[1].queue_holds = 2;
  m.stations[3].bag_items = 20;
  m.stations[3].bag_at_most = hour;
  m.stations[5].takes = Distribution::fixed(45.0 * minute);
  return m;
}

void brought(SmallCentre& centre) {
  for (const int items : {2, 2, 3, 4}) centre.comes(items, 0, letter, south, 9 * hour);
  centre.comes(2, 5, flat, north);
  centre.comes(1, 4, flat, none, 8 * hour);
  centre.until(12 * minute);
  centre.comes(5, 3, letter, north, 7 * hour);
  centre.comes(6, 2, letter, south);
  centre.comes(3, 2, flat, north);
  centre.until(16 * minute);
  centre.comes(7, 2, flat, south);
}

TEST_CASE("What is kept of a run that begins in what was kept is what was kept") {
  const Model m = one_of_each();
  for (const Ticks at : {20 * minute, 31 * minute, 40 * minute}) {
    CAPTURE(at / minute);
    SmallCentre before(m);
    brought(before);
    before.until(at);
    const Model other = begun_as(m, before);
    SmallCentre after(other);
    const Situation again = kept_situation(*after.operator->());
    CHECK(again.at == at);
    CHECK(again.mail.size() >= 8);
    CHECK(again.mail == other.situation.mail);
    for (const StationIndex s : before->stations.indices()) {
      CAPTURE(s.number());
      CHECK(after->stations[s].items == before->stations[s].items);
      CHECK(after->stations[s].queue_items == before->stations[s].queue_items);
      CHECK(after->stations[s].queue_lots == before->stations[s].queue_lots);
    }
  }
}

TEST_CASE("Mail of a run that begins in what was kept is at the bay when it would have been") {
  const Model m = one_of_each();
  SmallCentre before(m);
  brought(before);
  before.until(20 * minute);
  SmallCentre after(begun_as(m, before));
  using There = std::vector<std::tuple<Ticks, int, int, int, Ticks>>;
  const auto there = [](SmallCentre& centre) {
    There all;
    for (const LotIndex l : centre->bays.there(StationIndex(4)))
      all.emplace_back(centre[l].entered, centre[l].items, centre[l].product.number(), centre[l].destination.number(),
                       centre[l].due);
    return all;
  };
  before.until(3 * hour);
  after.until(3 * hour);
  CHECK(there(before).size() >= 5);
  CHECK(there(after) == there(before));
}

/// Which lots it is told of that are put into bags.
class Bagged : public EventSink {
 public:
  void on(const LotEvent& /*event*/) override {}
  void bagged(std::int64_t lot, std::int64_t from_bag, std::int64_t bag, StationIndex station) override {
    told.emplace_back(lot, from_bag, bag, station.number());
  }
  std::vector<std::tuple<std::int64_t, std::int64_t, std::int64_t, int>> told;
};

TEST_CASE("Who is told of a run that begins with a bag at the bay is told what is in it") {
  // Lots of 12 and 8 come to the bags at 00:00; the bag of 20 is made with the first, between them: 1, 2, 3.
  Model m = one_of_each();
  SmallCentre before(m);
  before.comes(12, 3);
  before.comes(8, 3);
  before.until(minute);
  CHECK(before.at_bay(4) == std::vector<int>{20});
  const LotIndex bag = before->bays.there(StationIndex(4)).front();
  const std::int64_t number = before[bag].number;
  Bagged sink;
  RunOptions options;
  options.events = &sink;
  SmallCentre after(begun_as(m, before), options);
  std::sort(sink.told.begin(), sink.told.end());
  REQUIRE(sink.told.size() == 2);
  CHECK(sink.told[0] == std::make_tuple(std::int64_t{1}, std::int64_t{0}, number, 4));
  CHECK(sink.told[1] == std::make_tuple(std::int64_t{3}, std::int64_t{0}, number, 4));
}

TEST_CASE("Of two machines the one that is down when the situation is kept is down in the run that begins in it") {
  // One has a lot in hand at 00:13, when the other fails.
  Model m = model_of({place(StationKind::machine, "pair")});
  m.stations[0].servers = 2;
  SmallCentre before(m);
  before.comes(1, 0);
  before.until(13 * minute);
  before.comes(1, 0);
  before->servers.fail(ServerIndex(1), before->servers[ServerIndex(1)].token);
  CHECK(before->servers[ServerIndex(0)].state != before->servers[ServerIndex(1)].state);
  const Model other = begun_as(m, before);
  SmallCentre after(other);
  for (const ServerIndex v : before->servers.indices()) {
    CAPTURE(v.number());
    CHECK(after->servers[v].state == before->servers[v].state);
    CHECK(after->servers[v].down == before->servers[v].down);
  }
}

TEST_CASE("A situation that says little is filled up: lots in the queue in the order told, one agent at its table") {
  Model m = two_tables();
  m.situation.given = true;
  m.situation.at = 2 * hour;
  MailThere mail;
  mail.station = 0;
  mail.items = 3;
  mail.lots = 2;
  mail.arrived = mail.entered = hour;
  mail.due = 9 * hour;
  m.situation.mail = {mail};
  m.situation.teams = {{1, false}};
  SmallCentre centre(m);
  CHECK(centre->products[letter].at_start == 6);
  CHECK(centre->stations[StationIndex(0)].queue_lots == 2);
  CHECK(centre->agenda.window_from() == 2 * hour);
  centre.until(2 * hour);
  CHECK(centre->staff[one].state == AgentState::working);
  CHECK(centre->staff[two].state == AgentState::off);
  CHECK(centre->stations[StationIndex(0)].longest_wait == hour);  // since it came, before the run began
}

}  // namespace
}  // namespace mailflow::parts
