// Where training pays, and a model worked by a roster. Part of roster_planner.hpp.
#include <algorithm>

#include "core/at.hpp"
#include "roster/roster_planner.hpp"
#include "roster/roster_program.hpp"

namespace mailflow {

namespace {

RosterTask with_price_of_missing(const RosterTask& task) {
  RosterTask priced = task;
  RuleTerm& cover = priced.rules[static_cast<std::size_t>(Rule::cover)];
  if (cover.hard()) cover.cost = price_of_missing(task);
  return priced;
}

/// People whom a skill would make alike: of one team, able to do the same, on the same shifts and contract.
std::vector<RosterGroup> learners(const RosterTask& task) {
  std::vector<RosterGroup> groups;
  for (std::size_t a = 0; a < task.agents.size(); ++a) {
    const RosterAgent& one = task.agents[a];
    const auto found = std::find_if(groups.begin(), groups.end(), [&](const RosterGroup& g) {
      const RosterAgent& other = task.agents[at(g.front())];
      return one.team == other.team && one.skills == other.skills && one.may_work == other.may_work &&
             one.contract_hours == other.contract_hours;
    });
    if (found == groups.end())
      groups.push_back({static_cast<int>(a)});
    else
      found->push_back(static_cast<int>(a));
  }
  return groups;
}

double cost_of(const RosterTask& task, bool relaxed, const RosterOptions& options) {
  RosterProgram program(task, groups_alike(task));
  MixedProgram solved;
  for (int c = 0; c < program.program().columns(); ++c) {
    MixedProgram::Column column = program.program().column(c);
    column.whole = column.whole && !relaxed;
    solved.add_column(column);
  }
  for (int r = 0; r < program.program().rows(); ++r) {
    const MixedProgram::Row& row = program.program().row(r);
    solved.add_row(row.terms, row.lower, row.upper);
  }
  MixedOptions mixed;
  mixed.gap = relaxed ? 0 : options.gap / 4;
  mixed.nodes = 500;
  mixed.stop = options.stop;
  const MixedSolution found = solved.solve(mixed);
  return found.has_plan() ? found.cost : MixedProgram::infinity;
}

}  // namespace

double price_of_missing(const RosterTask& task) {
  double dearest = 1;
  for (const RosterAgent& agent : task.agents)
    for (int s = 0; s < static_cast<int>(task.shifts.size()); ++s)
      for (int d = 0; d < task.days; ++d)
        if (task.held(s, d)) dearest = std::max(dearest, task.cost(agent, s, d));
  return 10 * dearest;
}

std::size_t trainings(const RosterTask& task) {
  std::size_t all = 0;
  for (const RosterGroup& group : learners(task))
    for (const double proficiency : task.agents[at(group.front())].skills) all += proficiency > 0 ? 0 : 1;
  return all;
}

RosterTask trained(const RosterTask& task, const Training& training) {
  RosterTask with = task;
  RosterAgent& agent = with.agents[at(training.agent)];
  agent.skills[training.skill] = 1;
  // who can do what a team does may work its shifts
  for (const Want& want : with.wants) {
    const Post& post = with.posts[at(want.post)];
    const bool needed = std::find(post.needs.begin(), post.needs.end(), training.skill) != post.needs.end();
    if (needed && has_skills(agent, post)) agent.may_work[at(want.shift)] = true;
  }
  return with;
}

std::vector<Training> where_training_pays(const RosterTask& task, std::size_t most, const RosterOptions& options) {
  const RosterTask priced = with_price_of_missing(task);
  std::vector<Training> all;
  const double relaxed_now = cost_of(priced, true, options);
  for (const RosterGroup& group : learners(priced))
    for (const SkillIndex skill : task.skills.indices()) {
      if (task.agents[at(group.front())].skills[skill] > 0) continue;
      if (options.stop != nullptr && options.stop->load()) break;
      Training training{group.front(), skill, 0, 0, static_cast<int>(group.size())};
      training.relaxed = relaxed_now - cost_of(trained(priced, training), true, options);
      all.push_back(training);
    }
  std::stable_sort(all.begin(), all.end(), [](const Training& a, const Training& b) { return a.relaxed > b.relaxed; });
  const double now = cost_of(priced, false, options);
  for (std::size_t i = 0; i < std::min(most, all.size()); ++i) {
    if (options.stop != nullptr && options.stop->load()) break;
    all[i].saves = now - cost_of(trained(priced, all[i]), false, options);
  }
  all.resize(std::min(most, all.size()));
  std::stable_sort(all.begin(), all.end(), [](const Training& a, const Training& b) { return a.saves > b.saves; });
  return all;
}

Model with_roster(const Model& model, const RosterTask& task, const Roster& roster) {
  Model worked = model;
  // teams whose people are in the roster go on as they are on the days before and after it
  const int first = task.from.days - model.start.days;
  for (Team& team : worked.teams) {
    const bool touched = std::any_of(task.agents.begin(), task.agents.end(),
                                     [&](const RosterAgent& a) { return a.team == team.name || a.team.empty(); });
    if (touched) std::erase_if(team.duties, [&](const Duty& d) { return d.day >= first && d.day < first + task.days; });
  }
  const auto duty_of = [&](int shift, int on) {
    Duty duty;
    duty.span = task.span(shift, on);

    duty.day = on + task.from.days - model.start.days;
    for (const Team& team : model.teams)
      for (const Duty& known : team.duties)
        if (known.span.from == duty.span.from && known.span.to == duty.span.to) duty.breaks = known.breaks;
    return duty;
  };
  const auto in_run = [&](const Duty& duty) { return duty.span.to > 0 && duty.span.from < model.end; };
  for (std::size_t a = 0; a < task.agents.size(); ++a) {
    const RosterAgent& agent = task.agents[a];
    Team team;
    for (const Team& of : model.teams)
      if (of.name == agent.team) team = of;
    team.name = agent.name;
    team.label = {agent.name, agent.name};
    team.agents = 1;
    team.cost_per_hour = agent.cost_per_hour;
    team.skills.clear();
    team.duties.clear();
    for (const SkillIndex s : agent.skills.indices())
      if (agent.skills[s] > 0) team.skills.push_back({s, agent.skills[s]});
    for (int d = 0; d < task.days; ++d)
      if (const int s = roster.duty[a][at(d)].shift; s >= 0)
        if (const Duty duty = duty_of(s, d); in_run(duty)) team.duties.push_back(duty);
    worked.teams.push_back(team);
  }
  for (std::size_t d = 0; d < roster.temporaries.size(); ++d)
    for (std::size_t s = 0; s < task.shifts.size(); ++s) {
      const Duty duty = duty_of(static_cast<int>(s), static_cast<int>(d));
      if (roster.temporaries[d][s] == 0 || !in_run(duty)) continue;
      Team team;
      team.name = "temporaries " + task.shifts[s].name + " " + std::to_string(d + 1);
      team.agents = roster.temporaries[d][s];
      team.skills = {{task.workload->skill, task.workload->temporary_proficiency}};
      team.cost_per_hour = task.workload->temporary_cost;
      team.duties = {duty};
      worked.teams.push_back(team);
    }
  return worked;
}

}  // namespace mailflow
