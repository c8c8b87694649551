// Civil times as planners write them: "06:00", "22:00-05:48", Mon-Fri, "19:30 20 min", J+1 06:00. Errors as
// quantities.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"
#include "scenario/values/quantities.hpp"

namespace mailflow {

/// Since midnight; `to` is beyond 24 h where the hours go across midnight.
struct Hours {
  Ticks from = 0;
  Ticks to = 0;
};
struct Days {
  unsigned weekdays = 0b1111111;  ///< bit 0: Monday
  bool not_on_holidays = false;   ///< said in the words themselves
  bool has(int weekday) const { return ((weekdays >> static_cast<unsigned>(weekday)) & 1U) != 0; }
};
struct Break {
  Ticks at = 0;  ///< since midnight
  Ticks lasts = 0;
};
struct Due {
  enum class Kind : std::uint8_t { none, within, working_days };
  Kind kind = Kind::none;
  Ticks within = 0;
  int days = 0;
  Ticks at = 0;  ///< since midnight of the last of the worked days
};

/// "00:00" to "24:00".
std::optional<Ticks> parse_time_of_day(std::string_view text, Failure& failure);
/// "22:00-05:48"; what ends at or before its beginning ends on the next day.
std::optional<Hours> parse_hours(std::string_view text, Failure& failure);
/// Mon-Fri, Sun-Thu, "Mon, Wed, Fri", Sat; with or without "not on holidays" behind.
std::optional<Days> parse_days(std::string_view text, Failure& failure);
/// "19:30 20 min".
std::optional<Break> parse_break(std::string_view text, Failure& failure);
/// J+1 06:00 | 26 h | none.
std::optional<Due> parse_due(std::string_view text, Failure& failure);
/// A duration with a word before ("every 15 min", "busiest 3 h") or behind ("20 min before"), which may be left out.
std::optional<Ticks> parse_worded(std::string_view text, std::string_view word, Least least, Failure& failure);

}  // namespace mailflow
