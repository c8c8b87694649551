// Shares what a group of people alike works out to its persons, one at a time. Part of roster_planner.hpp.
#pragma once

#include "roster/roster_program.hpp"

namespace mailflow {

/// Gives each person of each group his line. What is left over (possible only where rules bind shifts as well as days)
/// is not worked by anybody: the checker tells it as missing.
Roster share_out(const RosterTask& task, const RosterProgram& program, const std::vector<double>& values,
                 const std::atomic<bool>* stop);

}  // namespace mailflow
