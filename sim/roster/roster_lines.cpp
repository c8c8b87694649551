#include "roster/roster_lines.hpp"

namespace mailflow {

RosterTally RosterLine::tally(int through) const {
  RosterTally t;
  int weekend = -8;  // Monday of the last weekend worked
  for (int d = 0; d <= through + 1; ++d) {
    const bool worked = d <= through && works(d);
    if (worked) {
      const int s = shift(d);
      ++t.duties;
      t.hours += task_.hours(s, d);
      t.nights += task_.night(s) ? 1 : 0;
    }
    if (!worked && !from_before(d)) continue;
    const int weekday = task_.weekday_of(d);
    t.sundays += weekday == 6 && d < task_.days ? 1 : 0;
    t.holidays += task_.holiday[task_.index(d)] ? 1 : 0;
    if (weekday >= 5 && weekend != d - weekday) {
      weekend = d - weekday;
      ++t.weekends;
    }
  }
  t.due = due_hours(task_, who_);
  t.wishes = static_cast<int>(who_.wishes.size());
  for (const Wish& wish : who_.wishes) {
    if (wish.shift < 0 ? !there(wish.day) : shift(wish.day) == wish.shift) ++t.granted;
  }
  return t;
}

std::map<std::string, std::vector<int>> compared(const RosterTask& task, Rule rule) {
  std::map<std::string, std::vector<int>> teams;
  for (std::size_t a = 0; a < task.agents.size(); ++a) {
    const RosterAgent& agent = task.agents[a];
    bool counts = rule != Rule::nights_spread;
    for (std::size_t s = 0; s < task.shifts.size(); ++s) counts = counts || (agent.may_work[s] && task.shifts[s].night);
    if (counts) teams[agent.team].push_back(static_cast<int>(a));
  }
  // where there are teams, who is in none is compared with nobody
  std::erase_if(teams,
                [&](const auto& team) { return team.second.size() < 2 || (team.first.empty() && teams.size() > 1); });
  return teams;
}

}  // namespace mailflow
