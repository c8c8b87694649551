// Whether a roster keeps its rules: reads people's lines of work and counts, knowing nothing of how the roster was
// made, so that it can judge what the planner gives as well as what somebody wrote by hand.
#pragma once

#include <vector>

#include "roster/roster.hpp"

namespace mailflow {

/// All breaches, of soft rules (cost 0 or more) and of hard ones (cost below 0), person by person.
std::vector<Breach> check_roster(const RosterTask& task, const Roster& roster);

/// What each person's line adds up to.
std::vector<RosterTally> tally_roster(const RosterTask& task, const Roster& roster);

/// Fills in costs, breaches and tallies of a roster; bound and gap stay as they are.
void account(const RosterTask& task, RosterResult& result);

/// Gives each person on a shift, where none is given yet, something wanted there that he can do (largest matching).
void give_posts(const RosterTask& task, Roster& roster);

}  // namespace mailflow
