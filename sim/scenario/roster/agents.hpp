// The people of a roster: from the scenario, from a CSV file, or the members of its teams.
#pragma once

#include "roster/roster.hpp"
#include "scenario/sections/reading.hpp"

namespace mailflow {

/// Once the rules are known; with what each has worked before. `contract_hours`: of those whose own entry does not say.
void read_roster_agents(Reading& reading, const Node& roster, double contract_hours, RosterTask& task);

/// Which shifts may be worked by whom an entry is of; where it does not say, those of the team, if any (-1: none).
void read_agent_shifts(Reading& reading, const Node& roster, RosterTask& task, const Node& entry, RosterAgent& agent,
                       TeamIndex team);

}  // namespace mailflow
