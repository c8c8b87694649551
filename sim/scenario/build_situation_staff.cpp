// Who is here in the situation that a run begins in, and what is known of vehicles and departures. Part of builder.hpp.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenario/builder.hpp"

namespace mailflow {

/// The duty in course at the situation's instant, or the next one; null pointer: none.
Duty* Builder::duty_then(Team& team, bool& in_course) const {
  const Ticks now = model_.situation.at;
  for (Duty& duty : team.duties) {
    if (duty.span.to < now) continue;
    in_course = duty.span.from < now;
    return &duty;
  }
  in_course = false;
  return nullptr;
}

void Builder::situation_team(const Node& node, int t) {
  Team& team = model_.teams[static_cast<std::size_t>(t)];
  if (!check_section(node, "situation.teams", "team " + team.name + " of the situation")) return;
  TeamThere& there = model_.situation.teams[static_cast<std::size_t>(t)];
  bool in_course = false;
  Duty* duty = duty_then(team, in_course);
  if (const Node* agents = get(node, "agents")) {
    there.listed = true;
    for (const char* key : {"present", "at"})
      if (const Node* given = get(node, key))
        problems_.error(given->place, std::string(key) + " says nothing beside agents, which names all who are here",
                        "leave one of them out");
    situation_agents(*agents, t);
  }
  const Node* present = get(node, "present");
  const Node* absent = get(node, "absent");
  if (duty == nullptr && (present != nullptr || absent != nullptr)) {
    bad(present != nullptr ? *present : *absent, present != nullptr ? "present" : "absent", "",
        "team " + team.name + " has no shift then or later in the run");
    return;
  }
  if (present != nullptr && !in_course) {
    bad(*present, "present", "",
        fmt::format("team {} has no shift then; its next begins on {}", team.name, calendar_->shown(duty->span.from)),
        "say with absent: how many will miss it");
    return;
  }
  const int missing = absent == nullptr ? -1 : whole(node, "absent", 0, 0, team.agents);
  if (present != nullptr) {
    there.present = whole(node, "present", 0, 0, team.agents);
    if (missing >= 0 && there.present + missing > team.agents)
      bad(*absent, "absent", "",
          fmt::format("with {} present that is more than the {} agents of team {}", there.present, team.agents,
                      team.name));
  } else if (missing >= 0 && in_course) {
    there.present = team.agents_on(*duty) - missing;
  }
  if (missing >= 0 && !in_course) duty->absent = missing;
  if (const Node* at = get(node, "at")) situation_posts(*at, t);
  if (const Node* leave = get(node, "leave"); leave != nullptr && duty != nullptr)
    situation_leave(*leave, team, *duty, there.present);
}

/// Where those present stand: so many at each station.
void Builder::situation_posts(const Node& node, int t) {
  const Team& team = model_.teams[static_cast<std::size_t>(t)];
  if (!node.is_map()) {
    bad(node, "at", "", "it must be numbers of agents by station", "for example at: {rounds: 3}");
    return;
  }
  const int here = model_.situation.teams[static_cast<std::size_t>(t)].present;
  int placed = 0;
  for (const Entry& e : node.entries) {
    const int s = reference(key_as_value(e), stations_, "station");
    const int count = whole(node, e.key, 0, 0, team.agents);
    if (s < 0) continue;
    const Station& is = model_.stations[static_cast<std::size_t>(s)];
    const bool can = std::any_of(team.skills.begin(), team.skills.end(),
                                 [&](const Skilled& skilled) { return skilled.skill == is.skill; });
    if (!can)
      problems_.error(e.place, "nobody of team " + team.name + " can work at station " + is.name,
                      "its skill must be among those of the team");
    for (int i = 0; i < count; ++i) {
      AgentThere agent;
      agent.team = t;
      agent.agent = placed++;
      agent.station = s;
      model_.situation.agents.push_back(agent);
    }
  }
  if (placed > (here >= 0 ? here : team.agents))
    bad(node, "at", fmt::format("places for {} agents", placed),
        fmt::format("of team {} only {} are here", team.name, here >= 0 ? here : team.agents));
}

/// Agents who leave at another time than the shift's end.
void Builder::situation_leave(const Node& node, const Team& team, Duty& duty, int present) {
  if (!node.is_map()) {
    bad(node, "leave", "", "it must be numbers of agents by time", "for example leave: {\"03:30\": 2}");
    return;
  }
  int leaving = 0;
  for (const Entry& e : node.entries) {
    const auto at = instant(key_as_value(e), "the time of leaving", When::after);
    const int count = whole(node, e.key, 1, 1, team.agents);
    if (!at) continue;
    duty.leaving.push_back({*at, count});
    leaving += count;
  }
  const int most = present >= 0 ? present : team.agents;
  if (leaving > most)
    bad(node, "leave", fmt::format("said of {} agents", leaving),
        fmt::format("of team {} only {} are here", team.name, most));
}

/// Agents one by one, as a run writes them.
void Builder::situation_agents(const Node& node, int t) {
  const Team& team = model_.teams[static_cast<std::size_t>(t)];
  if (!node.is_map()) {
    bad(node, "agents", "", "it must be a map by number, from 1");
    return;
  }
  for (const Entry& e : node.entries) {
    Failure why;
    const auto number = parse_whole(e.key, 1, team.agents, why);
    if (!number) {
      problems_.error(e.place, fmt::format("\"{}\" is no agent of team {}; {}", e.key, team.name, why.must),
                      "they are numbered from 1");
      continue;
    }
    if (!e.value.is_null() && !check_section(e.value, "situation.agents", "agent " + e.key)) continue;
    AgentThere agent;
    agent.team = t;
    agent.agent = static_cast<int>(*number) - 1;
    if (const Node* at = get(e.value, "at")) agent.station = reference(*at, stations_, "station");
    if (const Node* to = get(e.value, "called_to")) agent.called_to = reference(*to, stations_, "station");
    if (const Node* position = get(e.value, "position")) {
      const Station* is = agent.station < 0 ? nullptr : &model_.stations[static_cast<std::size_t>(agent.station)];
      if (is == nullptr || is->crew == 0)
        bad(*position, "position", "", "the agent stands at no station with positions");
      else
        agent.position = whole(e.value, "position", 1, 1, is->servers) - 1;
    }
    const Ticks walks = duration(e.value, "walks", -1);
    const Ticks pause = duration(e.value, "on_break", -1);
    if (walks >= 0) agent.doing = AgentThere::Doing::walks;
    if (pause >= 0) agent.doing = AgentThere::Doing::on_break;
    agent.left = std::max({walks, pause, Ticks{0}});
    if (walks >= 0 && agent.station < 0)
      problems_.error(e.place, "agent " + e.key + " walks, and at does not say where to");
    agent.break_due = duration(e.value, "break_due", -1);
    agent.goes_home = flag(e.value, "goes_home", false);
    if (const Node* over = get(e.value, "over_since"))
      agent.over_since = instant(*over, "over_since", When::before).value_or(0);
    if (const Node* leaves = get(e.value, "leaves"))
      agent.leaves = instant(*leaves, "leaves", When::after).value_or(-1);
    model_.situation.agents.push_back(agent);
  }
}

/// A departure of the coming hours that does not go, goes at another time, or is put on besides.
void Builder::situation_departure(const Node& node, int d) {
  Departure& departure = model_.departures[static_cast<std::size_t>(d)];
  if (!check_section(node, "situation.departures", "departure " + departure.name + " of the situation")) return;
  const Ticks now = model_.situation.at;
  const auto take_out = [&](const Node& at) {
    const auto found = instant(at, "the time of the departure", When::after);
    if (!found) return false;
    const auto trip = std::find(departure.at.begin(), departure.at.end(), *found);
    if (trip == departure.at.end() || *found < now) {
      bad(at, "the time", "", "departure " + departure.name + " does not leave then",
          "its next: " + (next_of(departure.at) == never ? "none" : calendar_->shown(next_of(departure.at))));
      return false;
    }
    departure.at.erase(trip);
    return true;
  };
  const auto put_in = [&](const Node& at) {
    const auto found = instant(at, "the time of the departure", When::after);
    if (found && *found < now)
      bad(at, "the time", "", "it lies before the situation's instant");
    else if (found && *found < model_.end)
      departure.at.push_back(*found);
  };
  if (const Node* cancelled = get(node, "cancelled"))
    for (const Node* at : list(*cancelled)) take_out(*at);
  if (const Node* moved = get(node, "moved")) {
    if (!moved->is_map()) bad(*moved, "moved", "", "it must be a map of times, for example {\"05:45\": \"06:30\"}");
    for (const Entry& e : moved->entries)
      if (take_out(key_as_value(e))) put_in(e.value);
  }
  if (const Node* added = get(node, "added"))
    for (const Node* at : list(*added)) put_in(*at);
  std::sort(departure.at.begin(), departure.at.end());
  departure.at.erase(std::unique(departure.at.begin(), departure.at.end()), departure.at.end());
}

/// The first of a timetable that is still to come.
Ticks Builder::next_of(const std::vector<Ticks>& at) const {
  const auto next = std::lower_bound(at.begin(), at.end(), model_.situation.at);
  return next == at.end() ? never : *next;
}

/// What is known of mail still to come today.
void Builder::situation_source(const Node& node, int s) {
  Source& source = model_.sources[static_cast<std::size_t>(s)];
  if (!check_section(node, "situation.arrivals", "arrivals " + source.name + " of the situation")) return;
  Situation& all = model_.situation;
  SourceThere& there = all.sources[static_cast<std::size_t>(s)];
  const auto trip_of = [&](const Node& at) {
    // the timetabled time may lie on either side of the instant: the nearest that is in the timetable
    for (const When when : {When::after, When::before})
      if (const auto found = instant(at, "the time of the vehicle", when)) {
        const auto trip = std::find(source.at.begin(), source.at.end(), *found);
        if (trip != source.at.end()) return static_cast<int>(trip - source.at.begin());
        if (when == When::before || at.text.size() > 5) break;
      } else {
        return -1;
      }
    bad(at, "the time", "", "source " + source.name + " has no vehicle then");
    return -1;
  };
  const auto only_vehicles = [&](const Node& given, const std::string& key) {
    if (source.kind == Source::Kind::vehicles) return true;
    bad(given, key, "", "source " + source.name + " has no vehicles on a timetable");
    return false;
  };
  if (const Node* comes = get(node, "comes"); comes != nullptr && only_vehicles(*comes, "comes")) {
    if (!comes->is_map()) bad(*comes, "comes", "", "it must be a map of times, for example {\"13:30\": \"14:10\"}");
    for (const Entry& e : comes->entries) {
      const int trip = trip_of(key_as_value(e));
      const auto at = instant(e.value, "comes", When::after);
      if (at && *at < all.at) bad(e.value, "comes", "", "it lies before the situation's instant");
      if (trip >= 0 && at) all.vehicles.push_back({s, trip, *at});
    }
  }
  if (const Node* cancelled = get(node, "cancelled"); cancelled != nullptr && only_vehicles(*cancelled, "cancelled"))
    for (const Node* at : list(*cancelled))
      if (const int trip = trip_of(*at); trip >= 0) all.vehicles.push_back({s, trip, never});
  if (const Node* next = get(node, "next")) {
    if (source.kind != Source::Kind::gaps)
      bad(*next, "next", "", "source " + source.name + " has no gaps between lots");
    there.next = instant(*next, "next", When::after).value_or(-1);
  }
  if (const Node* volume = get(node, "volume")) situation_volume(*volume, source, there);
}

/// So much of the usual volume for the rest of the civil day.
void Builder::situation_volume(const Node& node, Source& source, SourceThere& there) {
  const auto parse = [](std::string_view text, Failure& why) { return parse_share(text, 100, why); };
  const auto share = value(node, "volume", "volume: 120 %", parse);
  if (!share) return;
  const Ticks now = model_.situation.at;
  const Ticks until = calendar_->at(Date{calendar_->date_of(now).days + 1}, 0);
  there.volume = *share;
  there.volume_until = until;
  if (source.kind == Source::Kind::gaps)
    bad(node, "volume", "", "source " + source.name + " comes lot by lot", "volume goes with at, rate and replay");
  std::vector<RateStep> steps;
  for (std::size_t i = 0; i < source.rate.size(); ++i) {
    const RateStep step = source.rate[i];
    const Ticks end = i + 1 < source.rate.size() ? source.rate[i + 1].from : never;
    steps.push_back(step);
    if (end <= now || step.from >= until) continue;
    if (step.from < now)
      steps.push_back({now, step.items_per_tick * *share});
    else
      steps.back().items_per_tick *= *share;
    if (end > until) steps.push_back({until, step.items_per_tick});
  }
  source.rate = std::move(steps);
  double carried = 0;
  for (ReplayRow& row : source.rows) {
    if (row.at < now || row.at >= until) continue;
    const double wanted = static_cast<double>(row.items) * *share + carried;
    row.items = std::llround(wanted);
    carried = wanted - static_cast<double>(row.items);
  }
}

}  // namespace mailflow
