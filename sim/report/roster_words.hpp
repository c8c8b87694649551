// What a roster's rules and their breaches are called in the language spoken.
#pragma once

#include <string>

#include "roster/roster.hpp"

namespace mailflow {

/// What a reader calls a shift.
std::string shift_words(const RosterShift& shift);
/// "at least 11 h between two shifts".
std::string rule_words(const RosterTask& task, Rule rule, double limit, int shift = -1, int post = -1);
/// "Awa, 2025-03-12: 9 h of rest before day; at least 11 h between two shifts".
std::string breach_words(const RosterTask& task, const Breach& breach);
/// Where a rule is taken from, for a reader who asks; empty: the scenario itself.
std::string source_words(const RosterTask& task, Rule rule, int agent);
/// "cover: 4 agents on night, 2025-03-12".
std::string conflict_words(const RosterTask& task, const Conflict& conflict);
/// A number without needless decimals.
std::string plain_number(double value);
std::string date_of(const RosterTask& task, int on);  ///< for files
std::string shown_date(const RosterTask& task, int on);

}  // namespace mailflow
