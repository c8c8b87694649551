// Stations that never work for want of people.
#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"
#include "scenario/checks/checks_loads.hpp"

namespace mailflow {

namespace {

/// A team with the skill of a station, somebody in it, and who may come.
bool holds(const Team& team, SkillIndex skill) {
  return team.agents > 0 && team.absent < 1 &&
         std::any_of(team.skills.begin(), team.skills.end(), [&](const Skilled& s) { return s.skill == skill; });
}

/// Duties of those who can work at a station overlap with its opening, if only in breaks.
bool on_break(const Model& model, const Station& station, const Hands& hands) {
  const Spans open = open_in_run(model, station);
  return std::any_of(hands.begin(), hands.end(), [&](const Hand& h) {
    const auto& duties = model.teams[h.team].duties;
    return std::any_of(duties.begin(), duties.end(), [&](const Duty& duty) {
      return std::any_of(open.begin(), open.end(), [&](const Span& o) {
        return std::max(o.from, duty.span.from) < std::min(o.to, duty.span.to);
      });
    });
  });
}

void tell_never_staffed(const Check& check, const Station& station, const Capacity& capacity) {
  const std::string& skill = check.model.skills[station.skill];
  const Place place = check.place("stations " + station.name);
  const auto tell = [&](const std::string& message, const std::string& help) {
    check.problems.warning(place, message, help);
  };
  const std::string overlap = tr("let its hours and a shift of a team with the skill overlap");
  if (capacity.hands.empty())
    tell(tr("no team with the skill {} has station {} among its posts, so it never works under the rule fixed", skill,
            station.name),
         tr("add it to the posts: of a team with the skill"));
  else if (capacity.most_heads == 0)
    tell(tr("nobody with the skill {} is on duty within the run, so station {} never works", skill, station.name),
         overlap);
  else if (capacity.open_for == 0)
    tell(tr("station {} is never open within the run, so it never works", station.name),
         tr("let its open: name hours and days of the run"));
  else if (capacity.most_heads_open == 0)
    tell(on_break(check.model, station, capacity.hands)
             ? tr("station {} is open only while all who have the skill {} are on a break, so it never works",
                  station.name, skill)
             : tr("station {} is open only when nobody with the skill {} is on duty, so it never works", station.name,
                  skill),
         overlap);
  else
    tell(tr("station {} needs {} agents at once and never has more than {} with the skill {} on duty while it is "
            "open, so it never works",
            station.name, station.crew, capacity.most_heads_open, skill),
         tr("let its crew need fewer, or more agents with the skill be there at the same hours"));
}

}  // namespace

void warn_of_never_staffed(const Check& check, const Capacities& capacities) {
  const Model& model = check.model;
  for (const StationIndex s : model.stations.indices()) {
    const Station& station = model.stations[s];
    if (!capacities[s].never_works(station)) continue;
    // that nobody has the skill at all, or that a team has no posts, is told where staff is read
    const bool known = std::any_of(model.teams.begin(), model.teams.end(), [&](const Team& t) {
      return holds(t, station.skill) && (model.assignment.rule != AssignmentRule::fixed || !t.posts.empty());
    });
    if (known) tell_never_staffed(check, station, capacities[s]);
  }
}

}  // namespace mailflow
