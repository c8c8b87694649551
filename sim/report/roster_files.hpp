// A roster in files: CSV (name, date, shift, ...), JSON, and an iCalendar (RFC 5545) for each person.
#pragma once

#include <map>
#include <string>

#include "roster/roster.hpp"

namespace mailflow {

/// name, date, shift, post, start, end, hours; temporaries are rows without a name but with a number of agents.
std::string roster_csv(const RosterTask& task, const RosterResult& result);
std::string roster_json(const RosterTask& task, const RosterResult& result);
/// One person's shifts, times in UTC, so that no reader needs the zone's rules; `stamp`: the instant it was made, as
/// 20250303T000000Z.
std::string roster_calendar(const RosterTask& task, const Roster& roster, int agent, const std::string& stamp);

}  // namespace mailflow
