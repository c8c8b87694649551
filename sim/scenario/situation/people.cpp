#include "scenario/situation/people.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"
#include "scenario/situation/instant_reader.hpp"

namespace mailflow {

namespace {

class PeopleThereReader : private InstantReader {
 public:
  using InstantReader::InstantReader;
  void team(const Node& node, TeamIndex team);

 private:
  Duty* duty_then(Team& team, bool& in_course) const;
  void posts(const Node& node, TeamIndex team);
  void leaving_early(const Node& node, const Team& team, Duty& duty, int present);
  void one_by_one(const Node& node, TeamIndex team);
};

/// The duty in course at the situation's instant, or the next one; null pointer: none.
Duty* PeopleThereReader::duty_then(Team& team, bool& in_course) const {
  const Ticks now = in_.model.situation.at;
  for (Duty& duty : team.duties) {
    if (duty.span.to < now) continue;
    in_course = duty.span.from < now;
    return &duty;
  }
  in_course = false;
  return nullptr;
}

void PeopleThereReader::team(const Node& node, TeamIndex t) {
  Team& team = in_.model.teams[t];
  if (!check_section(node, "situation.teams", tr("team {} of the situation", team.name))) return;
  TeamThere& there = in_.model.situation.teams[t];
  bool in_course = false;
  Duty* duty = duty_then(team, in_course);
  if (const Node* agents = get(node, "agents")) {
    there.listed = true;
    for (const char* key : {"present", "at"})
      if (const Node* given = get(node, key))
        in_.problems.error(given->place, tr("{} says nothing beside agents, which names all who are here", key),
                           tr("leave one of them out"));
    one_by_one(*agents, t);
  }
  const Node* present = get(node, "present");
  const Node* absent = get(node, "absent");
  if (duty == nullptr && (present != nullptr || absent != nullptr)) {
    bad(present != nullptr ? *present : *absent, present != nullptr ? "present" : "absent", "",
        tr("team {} has no shift then or later in the run", team.name));
    return;
  }
  if (present != nullptr && !in_course) {
    bad(*present, "present", "",
        tr("team {} has no shift then; its next begins on {}", team.name, in_.calendar->shown(duty->span.from)),
        tr("say with absent: how many will miss it"));
    return;
  }
  const int missing = absent == nullptr ? -1 : whole(node, "absent", 0, 0, team.agents);
  if (present != nullptr) {
    there.present = whole(node, "present", 0, 0, team.agents);
    if (missing >= 0 && there.present + missing > team.agents)
      bad(*absent, "absent", "",
          tr("with {} present that is more than the {} agents of team {}", there.present, team.agents, team.name));
  } else if (missing >= 0 && in_course) {
    there.present = team.agents_on(*duty) - missing;
  }
  if (missing >= 0 && !in_course) duty->absent = missing;
  if (const Node* at = get(node, "at")) posts(*at, t);
  if (const Node* leave = get(node, "leave"); leave != nullptr && duty != nullptr)
    leaving_early(*leave, team, *duty, there.present);
}

/// Where those present stand: so many at each station.
void PeopleThereReader::posts(const Node& node, TeamIndex t) {
  const Team& team = in_.model.teams[t];
  if (!node.is_map()) {
    bad(node, "at", "", tr("it must be numbers of agents by station"), tr("for example {}", "at: {rounds: 3}"));
    return;
  }
  const int here = in_.model.situation.teams[t].present;
  int placed = 0;
  for (const Entry& e : node.entries) {
    const StationIndex s = reference(key_as_value(e), in_.names.stations, tr("station"));
    const int count = whole(node, e.key, 0, 0, team.agents);
    if (s == none) continue;
    const Station& is = in_.model.stations[s];
    const bool can = std::any_of(team.skills.begin(), team.skills.end(),
                                 [&](const Skilled& skilled) { return skilled.skill == is.skill; });
    if (!can)
      in_.problems.error(e.place, tr("nobody of team {} can work at station {}", team.name, is.name),
                         tr("its skill must be among those of the team"));
    for (int i = 0; i < count; ++i) {
      AgentThere agent;
      agent.team = t;
      agent.agent = placed++;
      agent.station = s;
      in_.model.situation.agents.push_back(agent);
    }
  }
  if (placed > (here >= 0 ? here : team.agents))
    bad(node, "at", tr("places for {} agents", placed),
        tr("of team {} only {} are here", team.name, here >= 0 ? here : team.agents));
}

/// Agents who leave at another time than the shift's end.
void PeopleThereReader::leaving_early(const Node& node, const Team& team, Duty& duty, int present) {
  if (!node.is_map()) {
    bad(node, "leave", "", tr("it must be numbers of agents by time"), tr("for example {}", "leave: {\"03:30\": 2}"));
    return;
  }
  int leaving = 0;
  for (const Entry& e : node.entries) {
    const auto at = instant(key_as_value(e), tr("the time of leaving"), When::after);
    const int count = whole(node, e.key, 1, 1, team.agents);
    if (!at) continue;
    duty.leaving.push_back({*at, count});
    leaving += count;
  }
  const int most = present >= 0 ? present : team.agents;
  if (leaving > most)
    bad(node, "leave", tr("said of {} agents", leaving), tr("of team {} only {} are here", team.name, most));
}

/// Agents one by one, as a run writes them.
void PeopleThereReader::one_by_one(const Node& node, TeamIndex t) {
  const Team& team = in_.model.teams[t];
  if (!node.is_map()) {
    bad(node, "agents", "", tr("it must be a map by number, from 1"));
    return;
  }
  for (const Entry& e : node.entries) {
    Failure why;
    const auto number = parse_whole(e.key, 1, team.agents, why);
    if (!number) {
      in_.problems.error(e.place, tr("\"{}\" is no agent of team {}; {}", e.key, team.name, why.must),
                         tr("they are numbered from 1"));
      continue;
    }
    if (!e.value.is_null() && !check_section(e.value, "situation.agents", tr("agent {}", e.key))) continue;
    AgentThere agent;
    agent.team = t;
    agent.agent = static_cast<int>(*number) - 1;
    if (const Node* at = get(e.value, "at")) agent.station = reference(*at, in_.names.stations, tr("station"));
    if (const Node* to = get(e.value, "called_to")) agent.called_to = reference(*to, in_.names.stations, tr("station"));
    if (const Node* position = get(e.value, "position")) {
      const Station* is = agent.station == none ? nullptr : &in_.model.stations[agent.station];
      if (is == nullptr || is->crew == 0)
        bad(*position, "position", "", tr("the agent stands at no station with positions"));
      else
        agent.position = whole(e.value, "position", 1, 1, is->servers) - 1;
    }
    const Ticks walks = duration(e.value, "walks", -1);
    const Ticks pause = duration(e.value, "on_break", -1);
    if (walks >= 0) agent.doing = AgentThere::Doing::walks;
    if (pause >= 0) agent.doing = AgentThere::Doing::on_break;
    agent.left = std::max({walks, pause, Ticks{0}});
    if (walks >= 0 && agent.station == none)
      in_.problems.error(e.place, tr("agent {} walks, and at does not say where to", e.key));
    agent.break_due = duration(e.value, "break_due", -1);
    agent.goes_home = flag(e.value, "goes_home", false);
    if (const Node* over = get(e.value, "over_since"))
      agent.over_since = instant(*over, "over_since", When::before).value_or(0);
    if (const Node* leaves = get(e.value, "leaves"))
      agent.leaves = instant(*leaves, "leaves", When::after).value_or(-1);
    in_.model.situation.agents.push_back(agent);
  }
}

}  // namespace

void read_team_there(Reading& reading, const Node& node, TeamIndex team) {
  PeopleThereReader(reading).team(node, team);
}

}  // namespace mailflow
