#include "roster/roster.hpp"

#include <algorithm>

namespace mailflow {

const RuleMeaning& meaning_of(Rule rule) {
  using Unit = RuleMeaning::Unit;
  static const std::array<RuleMeaning, all_rules> table = {{
      {"rest_between_shifts", Unit::hours, true, "at least so long from a shift's end to the next one's start", "11 h"},
      {"hours_a_day", Unit::hours, true, "no shift is longer", "10 h"},
      {"hours_a_week", Unit::hours, true, "at most so many from Monday 00:00 to Sunday 24:00, where they fall", "48 h"},
      {"mean_hours_a_week", Unit::hours, true, "at most so many a week over the whole roster", "44 h"},
      {"days_in_a_row", Unit::days, true,
       "at most so many days worked one after another; a shift is worked on the day it begins", "6 days"},
      {"least_days_in_a_row", Unit::days, true, "who begins to work does so for at least so many days", "2 days"},
      {"nights_in_a_row", Unit::nights, true, "at most so many one after another", "5 nights"},
      {"nights", Unit::nights, true, "at most so many in the roster", "8 nights"},
      {"rest_after_nights", Unit::hours, true, "at least so long from the last of a row of nights to another shift",
       "36 h"},
      {"days_off_a_week", Unit::days, true,
       "at least so many in each whole week, Monday to Sunday; on a day off no shift begins", "1 day"},
      {"day_off_lasts", Unit::hours, true, "from the shift before a day off to the one after it", "35 h"},
      {"sundays_off", Unit::sundays, true,
       "at least so many in the roster, none of their hours worked, those after a Saturday's midnight neither",
       "1 Sunday"},
      {"weekends", Unit::weekends, true,
       "at most so many with an hour of work on Saturday or Sunday, a Friday night's after midnight too", "2 weekends"},
      {"holidays_worked", Unit::holidays, true,
       "at most so many public holidays with an hour of work, that of the night before too", "1 holiday"},
      {"attendance", Unit::share_or_days, true, "at most so many days worked, or such a share of the roster's", "85 %"},
      {"same_shift", Unit::none, true, "days worked one after another are on the same shift", "{cost: 500 XPF}"},
      {"contract_hours", Unit::hours, true, "hours differ from the contract by at most so many over the roster", "8 h"},
      {"wishes", Unit::none, true,
       "wishes are granted; on a day wished to be off no hour is worked, that of the night before neither",
       "{cost: 2000 XPF}"},
      {"attendance_spread", Unit::days, false, "everyone's days worked are within so many of the mean", "1 day"},
      {"hours_spread", Unit::hours, false,
       "hours against the contract differ by at most so much between people of a team", "16 h"},
      {"nights_spread", Unit::nights, false, "nights differ by at most so many between people of a team", "2 nights"},
      {"weekends_spread", Unit::weekends, false, "weekends worked differ by at most so many between people of a team",
       "1 weekend"},
      {"cover", Unit::none, false, "as many work as are wanted", "{cost: 40000 XPF}"},
      {"surplus", Unit::agents, false, "at most so many more work on a shift than are wanted", "0 agents"},
      {"absence", Unit::none, true, "who is absent does not work, nor on a night that runs into his absence", ""},
      {"days_off", Unit::none, true, "nobody works on his fixed days off, nor on a night that runs into one", ""},
      {"shifts", Unit::none, true, "people work only the shifts they may work", ""},
      {"skills", Unit::none, true, "people work only where they have the skills", ""},
      {"given", Unit::none, true, "a shift already given stays", ""},
      {"one_shift_a_day", Unit::none, true, "nobody works two shifts that begin on the same day", ""},
      {"shift_days", Unit::none, true, "a shift is worked on the days it is held", ""},
  }};
  return table[static_cast<std::size_t>(rule)];
}

bool has_skills(const RosterAgent& agent, const Post& post) {
  return std::all_of(post.needs.begin(), post.needs.end(), [&](SkillIndex skill) { return agent.skills[skill] > 0; });
}

double due_hours(const RosterTask& task, const RosterAgent& agent) {
  if (agent.contract_hours < 0) return -1;
  int worked = 0;
  for (int d = 0; d < task.days; ++d) {
    const bool free = agent.absent[static_cast<std::size_t>(d)] || task.holiday[task.index(d)];
    if (task.weekday_of(d) < 5 && !free) ++worked;
  }
  return agent.contract_hours * worked / 5;
}

}  // namespace mailflow
