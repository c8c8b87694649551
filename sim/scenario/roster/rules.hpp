// The rules of a roster: a named set, and what the scenario says on top of it.
#pragma once

#include "roster/roster.hpp"
#include "scenario/sections/reading.hpp"

namespace mailflow {

/// Gives the hours of a contract where a person's own entry does not say; below 0: none.
double read_roster_rules(Reading& reading, const Node& roster, RosterTask& task);

/// One person's own rules, on top of the roster's.
void read_personal_rules(Reading& reading, const Node& roster, RosterTask& task, const Node& own, RuleTerms& terms);

}  // namespace mailflow
