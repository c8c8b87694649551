#include "scenario/checks/presence.hpp"

#include <algorithm>

#include "scenario/checks/loads.hpp"

namespace mailflow {

namespace {

struct Coming {
  Ticks at = 0;
  std::size_t hand = 0;
  int heads = 0;
  double average = 0;
};

/// The comings and goings of a duty's agents, breaks among them.
void add_duty(const Model& model, const Team& team, const Duty& duty, std::size_t hand, std::vector<Coming>& changes) {
  const Ticks begins = run_begins(model);
  const bool in_course = model.situation.given && duty.span.from < begins;  // the situation says who is here
  const int here = std::max(0, team.agents_on(duty) - std::max(0, duty.absent));
  const double chance = duty.absent >= 0 || in_course ? 1 : 1 - team.absent;
  if (here == 0 || chance <= 0) return;
  const auto between = [&](Ticks from, Ticks to, int agents) {
    from = std::max(from, begins);
    to = std::min(to, model.end);
    if (from >= to) return;
    changes.push_back({from, hand, agents, agents * chance});
    changes.push_back({to, hand, -agents, -agents * chance});
  };
  Ticks since = duty.span.from;
  for (const ShiftBreak& b : duty.breaks) {
    between(since, std::min(b.from, duty.span.to), here);
    since = b.from + b.lasts;
  }
  between(since, duty.span.to, here);
  for (const LeavesAt& kept : duty.leaving) between(duty.span.to, kept.at, kept.agents);
}

}  // namespace

Hands hands_of(const Model& model, StationIndex station) {
  const Station& at = model.stations[station];
  Hands hands;
  if (at.skill == none) return hands;
  for (const TeamIndex t : model.teams.indices()) {
    const Team& team = model.teams[t];
    if (model.assignment.rule == AssignmentRule::fixed &&
        std::find(team.posts.begin(), team.posts.end(), station) == team.posts.end())
      continue;
    for (const Skilled& s : team.skills)
      if (s.skill == at.skill) hands.push_back({t, at.kind == StationKind::manual ? s.proficiency : 1});
  }
  std::stable_sort(hands.begin(), hands.end(), [](const Hand& a, const Hand& b) { return a.pace > b.pace; });
  return hands;
}

Presence presence_of(const Model& model, const Hands& hands) {
  std::vector<Coming> changes;
  for (std::size_t h = 0; h < hands.size(); ++h) {
    const Team& team = model.teams[hands[h].team];
    for (const Duty& duty : team.duties) add_duty(model, team, duty, h, changes);
  }
  std::sort(changes.begin(), changes.end(), [](const Coming& a, const Coming& b) { return a.at < b.at; });
  std::vector<int> heads(hands.size(), 0);
  PresenceStep now{run_begins(model), 0, std::vector<double>(hands.size(), 0)};
  Presence steps;
  for (const Coming& change : changes) {
    if (change.at > now.from) {
      steps.push_back(now);
      now.from = change.at;
    }
    now.heads += change.heads;
    heads[change.hand] += change.heads;
    // nobody is nobody, whatever the sums round away
    now.average[change.hand] = heads[change.hand] == 0 ? 0 : now.average[change.hand] + change.average;
  }
  steps.push_back(now);
  if (now.from < model.end) steps.push_back({model.end, 0, std::vector<double>(hands.size(), 0)});
  return steps;
}

Spans open_in_run(const Model& model, const Station& station) {
  const Ticks begins = run_begins(model);
  if (station.always_open) return {{begins, model.end}};
  Spans open;
  for (const Span& o : station.open)
    if (std::max(o.from, begins) < std::min(o.to, model.end))
      open.push_back({std::max(o.from, begins), std::min(o.to, model.end)});
  return open;
}

}  // namespace mailflow
