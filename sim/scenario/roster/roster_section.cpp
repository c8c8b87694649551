#include "scenario/roster/roster_section.hpp"

#include "scenario/roster/agents.hpp"
#include "scenario/roster/demand.hpp"
#include "scenario/roster/period.hpp"
#include "scenario/roster/rules.hpp"
#include "scenario/sections/value_reader.hpp"

namespace mailflow {

void read_roster(Reading& reading) {
  ValueReader values(reading);
  const Node* node = reading.root.find("roster");
  if (node == nullptr || !values.check_section(*node, "roster", "roster")) return;
  RosterTask task;
  task.scenario = reading.model.file;
  task.timezone = reading.model.timezone;
  task.skills = reading.model.skills;
  task.money = reading.model.currency;
  task.least = values.choice(*node, "least", Objective::cost);
  if (task.least == Objective::person_days) task.money = word_of(task.least);
  read_roster_period(reading, *node, task);
  const double contract_hours = read_roster_rules(reading, *node, task);
  read_roster_agents(reading, *node, contract_hours, task);
  read_roster_demand(reading, *node, task);
  reading.scenario.roster = std::move(task);
}

}  // namespace mailflow
