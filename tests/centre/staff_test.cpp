// The staff: breaks owed, calls that lapse, shifts and what they cost.
#include "centre/staff.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "centre/small_centre.hpp"

namespace mailflow::parts {
namespace {

/// A manual station of one position that asks for a skill, `minutes` an item.
Station desk(const char* name, SkillIndex skill, int minutes) {
  Station s = place(StationKind::manual, name);
  s.skill = skill;
  s.crew = 1;
  s.service_per_lot = false;
  s.items_per_tick = 1.0 / static_cast<double>(minutes * minute);
  return s;
}

/// One agent on duty from `from` to `to`, who has the skills.
Team agent(const char* name, const std::vector<SkillIndex>& skills, Ticks from, Ticks to) {
  Team t;
  t.name = name;
  t.agents = 1;
  for (const SkillIndex skill : skills) t.skills.push_back({skill, 1});
  t.skills_held = static_cast<int>(skills.size());
  Duty duty;
  duty.span = {from, to};
  t.duties = {duty};
  return t;
}

/// One desk at which an item takes 70 minutes, and one agent from 00:00 to 08:00.
Model slow_desk() {
  Model m = model_of({desk("desk", 0, 70)});
  m.skills = {"sorting"};
  m.teams = {agent("early", {0}, 0, 8 * hour)};
  return m;
}

TeamResult result_of_team(SmallCentre& centre) {
  centre->staff.settle();
  Results r;
  centre->staff.fill(r);
  CHECK(r.staff_cost == Approx(r.teams[0].cost));
  return r.teams[0];
}

const AgentIndex first{0};

TEST_CASE("Breaks that fall due over an item in hand are taken one after the other when it is finished, none shorter") {
  // Due at 01:00 for 20 minutes and at 01:05 for 10; the item in hand ends at 01:10: away until 01:40.
  Model m = slow_desk();
  m.teams[0].duties[0].breaks = {{hour, 20 * minute}, {hour + 5 * minute, 10 * minute}};
  SmallCentre centre(m);
  centre.comes(2, 0);
  centre.until(hour + 5 * minute);
  CHECK(centre->staff[first].state == AgentState::working);
  CHECK(centre->staff[first].break_due == 30 * minute);
  centre.until(hour + 10 * minute);
  CHECK(centre->staff[first].state == AgentState::on_break);
  CHECK(centre->stations[StationIndex(0)].queue_lots == 1);  // given back, with one item done
  centre.until(hour + 40 * minute - 1);
  CHECK(centre->staff[first].state == AgentState::on_break);
  centre.until(hour + 40 * minute);
  CHECK(centre->staff[first].state == AgentState::working);
  centre.until(2 * hour + 50 * minute);
  CHECK(centre->products[letter].out == 2);
  const OwnTimes& own = centre->stations[StationIndex(0)].own_times;
  CHECK(own.items == 2);
  CHECK(in_minutes(own.total) == 70 + 170);  // each item's until its own handling ended
}

TEST_CASE("A break that falls due on another is taken after it") {
  // 01:10 to 01:30; due at 01:15, and so until 01:40
  Model m = slow_desk();
  m.teams[0].duties[0].breaks = {{hour, 20 * minute}, {hour + 15 * minute, 10 * minute}};
  SmallCentre centre(m);
  centre.comes(2, 0);
  centre.until(hour + 30 * minute);
  CHECK(centre->staff[first].state == AgentState::on_break);
  centre.until(hour + 40 * minute);
  CHECK(centre->staff[first].state == AgentState::working);
  CHECK(result_of_team(centre).on_break == 30 * minute);
}

TEST_CASE("A call from a lot in hand lapses when another agent comes free for it, and the lot is handled to its end") {
  // Flats: ten of 6 minutes from 00:00, in the hands of the first. 00:10 a letter comes, 00:15 a review calls the first
  // to it, to go at 00:18; 00:16 the second comes on duty and takes it.
  const bool second_comes = GENERATE(true, false);
  Model m = model_of({desk("flats", 0, 6), desk("letters", 1, 60)});
  m.skills = {"flats", "letters"};
  m.teams = {agent("a", {0, 1}, 0, 8 * hour)};
  if (second_comes) m.teams.push_back(agent("b", {1}, 16 * minute, 8 * hour));
  m.assignment.priority = {1, 0};
  SmallCentre centre(m);
  centre->agenda.schedule(15 * minute, EventKind::review);
  centre.comes(10, 0);
  centre.until(10 * minute);
  centre.comes(1, 1);
  centre.until(15 * minute);
  CHECK(centre->staff[first].called_to == StationIndex(1));
  CHECK(centre->servers[ServerIndex(0)].stop);
  CHECK(centre->servers[ServerIndex(0)].phase_ends == 18 * minute);
  centre.until(18 * minute);
  CHECK(centre->staff[first].called_to == none);
  CHECK_FALSE(centre->servers[ServerIndex(0)].stop);
  CHECK(centre->staff[first].station == StationIndex(second_comes ? 0 : 1));
  CHECK(centre->servers[ServerIndex(1)].state == ServerState::busy);
  CHECK(centre->servers[ServerIndex(0)].phase_ends == (second_comes ? hour : 18 * minute));
  CHECK(result_of_team(centre).moves == (second_comes ? 0 : 1));
}

TEST_CASE("Minutes past the shift's end are overtime, and those of the night are paid as such") {
  // 00:00 to 01:00, the item in hand ends at 01:10. Night: 00:30 to 01:05. 20 an hour, half as much again for the night
  // and as much again for overtime: 20 x (70 + 35 / 2 + 10) / 60.
  Model m = slow_desk();
  Team& team = m.teams[0];
  team.duties[0].span.to = hour;
  team.cost_per_hour = 20;
  team.night_extra = 0.5;
  team.overtime_extra = 1;
  m.night = {{30 * minute, 65 * minute}};
  SmallCentre centre(m);
  centre.comes(2, 0);
  centre.until(2 * hour);
  CHECK(centre->staff[first].state == AgentState::off);
  CHECK(centre->stations[StationIndex(0)].on_duty == 0);
  const TeamResult r = result_of_team(centre);
  CHECK(in_minutes(r.paid) == 70);
  CHECK(in_minutes(r.worked) == 70);
  CHECK(in_minutes(r.overtime) == 10);
  CHECK(in_minutes(r.night) == 35);
  CHECK(r.cost == Approx(20 * (70 + 17.5 + 10) / 60));
}

TEST_CASE("Of four agents one is known to be absent, the last leaves early and the first goes where it is sent") {
  Model m = model_of({desk("desk", 0, 70), desk("other", 0, 70)});
  m.skills = {"sorting"};
  m.stations[0].servers = 4;
  m.teams = {agent("early", {0}, 0, 8 * hour)};
  m.teams[0].agents = 4;
  Duty& duty = m.teams[0].duties[0];
  duty.absent = 1;
  duty.leaving = {{2 * hour, 1}};
  duty.sent = {{1, 1}};
  m.assignment.priority = {0, 1};
  SmallCentre centre(m);
  centre.comes(1, 1);
  for (int n = 0; n < 6; ++n) centre.comes(1, 0);
  centre.until(0);
  CHECK(centre->staff[AgentIndex(0)].station == StationIndex(1));
  CHECK(centre->staff[AgentIndex(1)].station == StationIndex(0));
  CHECK(centre->staff[AgentIndex(3)].state == AgentState::off);
  CHECK(centre->stations[StationIndex(0)].on_duty == 3);
  CHECK(centre->staff.number_in_team(AgentIndex(2)) == 2);
  centre.until(2 * hour);  // the third has an item in hand until 02:20
  CHECK(centre->staff[AgentIndex(2)].ends);
  CHECK_FALSE(centre->staff[AgentIndex(1)].ends);
  centre.until(2 * hour + 20 * minute);
  CHECK(centre->staff[AgentIndex(2)].state == AgentState::off);
  CHECK(centre->staff[AgentIndex(1)].state == AgentState::working);
  const TeamResult r = result_of_team(centre);
  CHECK(r.duties == 4);
  CHECK(r.absences == 1);
  CHECK(r.absent == 8 * hour);
  CHECK(r.overtime == 0);
}

TEST_CASE("With fixed posts an agent is on duty at all of its posts, and at no other station, whatever it can do") {
  Model m = model_of({desk("first", 0, 30), desk("second", 0, 30), desk("other", 0, 30)});
  m.skills = {"sorting"};
  m.teams = {agent("early", {0}, 0, 8 * hour)};
  m.teams[0].posts = {0, 1};
  const auto on_duty = [&m](AssignmentRule rule) {
    m.assignment.rule = rule;
    SmallCentre centre(m);
    centre.until(hour);
    std::vector<int> agents;
    for (const StationIndex s : centre->stations.indices()) agents.push_back(centre->stations[s].on_duty);
    return agents;
  };
  CHECK(on_duty(AssignmentRule::fixed) == std::vector<int>{1, 1, 0});
  CHECK(on_duty(AssignmentRule::priority_list) == std::vector<int>{1, 1, 1});
}

TEST_CASE("Who is on the way to another station arrives after the walk, and a break due meanwhile begins there") {
  // Sent at 00:30 from flats to letters, 10 minutes to walk; the break of 15 minutes is due at 00:35.
  Model m = model_of({desk("flats", 0, 30), desk("letters", 0, 60)});
  m.skills = {"sorting"};
  m.teams = {agent("early", {0}, 0, 8 * hour)};
  m.teams[0].duties[0].breaks = {{35 * minute, 15 * minute}};
  m.assignment.move_takes = 10 * minute;
  SmallCentre centre(m);
  centre.comes(1, 0);
  centre.until(30 * minute);
  CHECK(centre->staff[first].state == AgentState::idle);
  centre.comes(1, 1);
  centre.until(35 * minute);
  CHECK(centre->staff[first].state == AgentState::moving);
  centre.until(40 * minute);
  CHECK(centre->staff[first].state == AgentState::on_break);
  centre.until(55 * minute);
  CHECK(centre->staff[first].state == AgentState::working);
  const TeamResult r = result_of_team(centre);
  CHECK(r.moving == 10 * minute);
  CHECK(r.on_break == 15 * minute);
  CHECK(r.worked == 30 * minute);
  CHECK(r.moves == 1);
}

TEST_CASE("Who comes to a station that has closed meanwhile stands there free, and is sent where mail comes next") {
  // From flats to letters at 00:30, 10 minutes to walk; letters close at 00:35. 00:50 a flat comes: back there at
  // 01:00.
  Model m = model_of({desk("flats", 0, 30), desk("letters", 0, 60)});
  m.skills = {"sorting"};
  m.teams = {agent("early", {0}, 0, 8 * hour)};
  m.assignment.move_takes = 10 * minute;
  m.stations[1].always_open = false;
  m.stations[1].open = {{0, 35 * minute}};
  SmallCentre centre(m);
  centre.comes(1, 0);
  centre.until(30 * minute);
  centre.comes(1, 1);
  centre.until(40 * minute);
  CHECK(centre->staff[first].state == AgentState::idle);
  CHECK(centre->staff[first].station == StationIndex(1));
  CHECK(centre->staff[first].server == none);
  centre.until(50 * minute);
  centre.comes(1, 0);
  centre.until(hour);
  CHECK(centre->staff[first].state == AgentState::working);
  CHECK(centre->staff[first].station == StationIndex(0));
}

TEST_CASE("A machine for two begins with two, and nobody is sent to the next for a crew that stays incomplete") {
  // Two machines; three agents at 00:00, of whom two take the first; with the fourth, at 01:00, there are two crews.
  Model m = model_of({desk("machine", 0, 30)});
  m.stations[0].kind = StationKind::machine;
  m.stations[0].crew = 2;
  m.stations[0].servers = 2;
  m.skills = {"machine"};
  m.teams = {agent("a", {0}, 0, 8 * hour), agent("b", {0}, hour, 8 * hour)};
  m.teams[0].agents = 3;
  SmallCentre centre(m);
  for (int n = 0; n < 2; ++n) centre.comes(10, 0);
  centre.until(0);
  CHECK(centre->servers[ServerIndex(0)].crew.size() == 2);
  CHECK(centre->servers[ServerIndex(0)].state == ServerState::busy);
  CHECK(centre->servers[ServerIndex(1)].crew.empty());
  CHECK(centre->stations[StationIndex(0)].queue_lots == 1);
  centre.until(hour);
  CHECK(centre->servers[ServerIndex(1)].crew.size() == 2);
  CHECK(centre->servers[ServerIndex(1)].state == ServerState::busy);
  CHECK(centre->stations[StationIndex(0)].queue_lots == 0);
}

}  // namespace
}  // namespace mailflow::parts
