// A roster on a terminal: the grid, hours and nights per head, soft rules broken and what they cost, bound and gap.
#pragma once

#include <string>

#include "roster/roster.hpp"

namespace mailflow {

/// At most `most` people in the grid; 0: all.
std::string roster_text(const RosterTask& task, const RosterResult& result, const std::string& title, std::size_t most);
/// Why there is none.
std::string conflict_text(const RosterTask& task, const RosterResult& result);
/// The letters that stand for the shifts in a grid.
std::string shift_letters(const RosterTask& task);

}  // namespace mailflow
