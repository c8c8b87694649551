// What a planner writes before knowing the words of the language, and the word that is meant: French names of days,
// units and keys, and other ways to write a time or a rate. For the help of messages only; nothing here is read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// "Lun" or "lundi": "Mon"; empty: no day that is known.
std::string day_meant(std::string_view word);
/// "semaines": "weeks".
std::string unit_of_time_meant(std::string_view unit);
/// "plis/h", "items per hour": "items/h".
std::string unit_of_rate_meant(std::string_view unit);
/// "grammes", "kilos": "g", "kg".
std::string unit_of_weight_meant(std::string_view unit);
/// The code of a money that is called otherwise: "CFP", "euros": "XPF", "EUR".
std::string currency_meant(std::string_view name);
/// "pourcent", "pc".
bool is_percent(std::string_view unit);
/// "mois", "an": "month", "year"; empty: no span of time that is known.
std::string span_meant(std::string_view word);
/// What a unit measures, in whatever language: a number of one thing is none of another.
enum class Measured : std::uint8_t { unknown, weight, share, money, time, rate };
Measured measured_by(std::string_view unit);
/// Words of the language that one of another may mean: "postes": "positions", "stations"; "quai": "bay".
std::vector<std::string> keys_meant(std::string_view key);
/// "5h45", "8h", "8:30": "05:45", "08:00", "08:30".
std::string time_meant(std::string_view text);
/// "05:30, 06h30": ["05:30", "06:30"]; empty for one time.
std::string times_meant(std::string_view text);
/// "5h45 to 13:33": "05:45-13:33".
std::string hours_meant(std::string_view text);
/// "08:00-08:20", "8h 20": "08:00 20 min".
std::string break_meant(std::string_view text);
/// "Paris", "Pacific/Nouméa": "Europe/Paris", "Pacific/Noumea", if that `exists`.
std::string zone_meant(const std::string& text, bool (*exists)(const std::string&));
/// "J 13h30", "D+0 13:30": "J+0 13:30".
std::string due_meant(std::string_view text);
/// "03/03/2025", "2025-3-3": "2025-03-03".
std::string date_meant(std::string_view text);
/// "6000 +- 700", "normal(mean: 6000, std: 700)": "normal(mean 6000, sd 700)"; "poisson 90": "poisson(90)";
/// "5000-7000": "uniform(5000, 7000)".
std::string law_meant(std::string_view text);

}  // namespace mailflow
