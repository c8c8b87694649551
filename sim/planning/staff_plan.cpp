#include "planning/staff_plan.hpp"

#include <algorithm>
#include <map>

#include "core/words.hpp"

namespace mailflow {

namespace {

int group_of(Numbers numbers, const Model& model, const Duty& duty) {
  if (numbers == Numbers::same_every_day) return 0;
  return numbers == Numbers::by_date ? duty.day : weekday(Date{model.start.days + duty.day});
}

void add_seat(const Model& model, const PlanRequest& plan, OpenNumbers& open, Seat seat) {
  const PlannedTeam& planned = plan.teams[static_cast<std::size_t>(seat.planned)];
  const Team& team = model.teams[seat.team];
  std::map<int, OpenNumber> groups;
  for (std::size_t d = 0; d < seat.duties.size(); ++d) {
    const Duty& duty = seat.duties[d];
    const int group = group_of(planned.numbers, model, duty);
    OpenNumber& number = groups[group];
    number.seat = static_cast<int>(open.seats.size());
    number.group = group;
    number.most = planned.most;
    number.duties.push_back(static_cast<int>(d));
    number.cost += plan.minimise == Objective::person_days ? 1 : pay_of(model, team, duty);
  }
  for (auto& [group, number] : groups) open.numbers.push_back(std::move(number));
  open.seats.push_back(std::move(seat));
}

}  // namespace

OpenNumbers open_numbers(const Model& model, const PlanRequest& plan) {
  OpenNumbers open;
  for (std::size_t p = 0; p < plan.teams.size(); ++p) {
    const PlannedTeam& planned = plan.teams[p];
    const Team& team = model.teams[planned.team];
    const int index = static_cast<int>(p);
    if (planned.shifts.empty()) add_seat(model, plan, open, {index, planned.team, -1, team.name, team.duties});
    for (const int s : planned.shifts) {
      const PlannedShift& shift = plan.shifts[static_cast<std::size_t>(s)];
      const bool first = s == planned.shifts[0];
      add_seat(model, plan, open,
               {index, planned.team, s, first ? team.name : team.name + "-" + shift.name, shift.duties});
    }
  }
  return open;
}

double pay_of(const Model& model, const Team& team, const Duty& duty, Ticks counted) {
  const auto within = [&](Ticks from, Ticks to) {
    const Ticks begin = std::max({from, duty.span.from, counted}), end = std::min({to, duty.span.to, model.end});
    return end > begin ? end - begin : 0;
  };
  double hours = in_hours(within(duty.span.from, duty.span.to));
  for (const Span& night : model.night) hours += team.night_extra * in_hours(within(night.from, night.to));
  return (1 - team.absent) * team.cost_per_hour * hours;
}

std::set<int> new_shifts_used(const PlanRequest& plan, const OpenNumbers& open, const std::vector<int>& numbers) {
  std::set<int> used;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    const int shift = open.seats[static_cast<std::size_t>(open.numbers[k].seat)].shift;
    if (numbers[k] > 0 && shift >= 0 && plan.shifts[static_cast<std::size_t>(shift)].is_new) used.insert(shift);
  }
  return used;
}

Model with_plan(const Model& model, const OpenNumbers& open, const std::vector<int>& numbers) {
  Model made = model;
  Rows<Team, bool> placed(model.teams.size(), false);
  for (std::size_t s = 0; s < open.seats.size(); ++s) {
    const Seat& seat = open.seats[s];
    Team team = model.teams[seat.team];
    team.name = seat.name;
    team.duties = seat.duties;
    team.agents = 0;
    for (Duty& duty : team.duties) duty.agents = 0;
    bool alike = true;
    for (std::size_t k = 0; k < open.numbers.size(); ++k) {
      if (open.numbers[k].seat != static_cast<int>(s)) continue;
      for (const int d : open.numbers[k].duties) team.duties[static_cast<std::size_t>(d)].agents = numbers[k];
      team.agents = std::max(team.agents, numbers[k]);
    }
    for (const Duty& duty : team.duties) alike = alike && duty.agents == team.agents;
    if (alike)
      for (Duty& duty : team.duties) duty.agents = -1;
    // The first seat keeps the team's place, so that targets and posts that name the team still do.
    if (!placed[seat.team])
      made.teams[seat.team] = std::move(team);
    else if (team.agents > 0)
      made.teams.push_back(std::move(team));
    placed[seat.team] = true;
  }
  return made;
}

std::string when_of(const Model& model, const PlanRequest& plan, const OpenNumbers& open, const OpenNumber& number) {
  constexpr const char* names[] = {tr_later("Mon"), tr_later("Tue"), tr_later("Wed"), tr_later("Thu"),
                                   tr_later("Fri"), tr_later("Sat"), tr_later("Sun")};
  const Seat& seat = open.seats[static_cast<std::size_t>(number.seat)];
  switch (plan.teams[static_cast<std::size_t>(seat.planned)].numbers) {
    case Numbers::same_every_day:
      return tr_later("every day");
    case Numbers::by_weekday:
      return names[number.group];
    case Numbers::by_date:
      return to_string(Date{model.start.days + number.group});
  }
  return "";
}

std::int64_t person_days(const OpenNumbers& open, const std::vector<int>& numbers) {
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < open.numbers.size(); ++k)
    sum += static_cast<std::int64_t>(open.numbers[k].duties.size()) * numbers[k];
  return sum;
}

}  // namespace mailflow
