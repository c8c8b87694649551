// What a planner writes before knowing the words of the language, and the word that is meant: French names of days,
// units and keys, and other ways to write a time or a rate. For the help of messages only; nothing here is read.
#pragma once

#include <string>
#include <string_view>

namespace mailflow {

/// "Lun" or "lundi": "Mon"; empty: no day that is known.
std::string day_meant(std::string_view word);
/// "semaines": "weeks".
std::string unit_of_time_meant(std::string_view unit);
/// "plis/h", "items per hour": "items/h".
std::string unit_of_rate_meant(std::string_view unit);
/// "postes": "positions".
std::string key_meant(std::string_view key);
/// "5h45", "8h", "8:30": "05:45", "08:00", "08:30".
std::string time_meant(std::string_view text);
/// "J 13h30", "D+0 13:30": "J+0 13:30".
std::string due_meant(std::string_view text);
/// "03/03/2025": "2025-03-03".
std::string date_meant(std::string_view text);
/// "6000 +- 700" or "normal(6000, 700)": "normal(mean 6000, sd 700)".
std::string law_meant(std::string_view text);

}  // namespace mailflow
