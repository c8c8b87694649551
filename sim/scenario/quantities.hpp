// Quantities as planners write them: a number and its unit. Each returns nothing when the text is not such a quantity;
// the caller knows what to say. No negative, infinite or overflowing value gets through.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/distribution.hpp"
#include "core/time.hpp"
#include "mail/model.hpp"

namespace mailflow::quantities {

/// A number and what follows it, trimmed; nothing for what does not begin with a number.
std::optional<std::pair<double, std::string>> number_and_unit(const std::string& text);
std::string trimmed(const std::string& text);

std::optional<Ticks> duration(const std::string& text);           ///< us ms s min h day(s) week(s)
std::optional<double> duration_ticks(const std::string& text);    ///< the same, not rounded
std::optional<double> rate_per_tick(const std::string& text);     ///< items/h, /min, /s, /day, then "per agent"
std::optional<double> share(const std::string& text);             ///< 0 to 100 %
std::optional<double> percent(const std::string& text);           ///< 0 % and more
std::optional<double> count(const std::string& text, bool bare);  ///< "250 items"; `bare`: also "250"
std::optional<double> weight_kg(const std::string& text);         ///< g kg t
std::optional<double> money(const std::string& text, const std::string& currency);  ///< "9000 XPF"
std::optional<int> whole(const std::string& text);                                  ///< 0 to 10^9
std::optional<Ticks> time_of_day(const std::string& text);                          ///< "HH:MM", 00:00 to 24:00
std::optional<Span> hours(const std::string& text);         ///< "22:00-05:48"; `to` is past 24 h across midnight
std::optional<unsigned> weekdays(const std::string& text);  ///< "Mon", "Mon-Fri", "Sun-Thu": bit i for weekday i
std::optional<bool> yes_or_no(const std::string& text);

/// Reads a law such as "normal(mean 5200, sd 600)" or a bare quantity; `unit` reads one parameter in the base unit. On
/// failure `why` says what is wrong.
std::optional<Distribution> distribution(const std::string& text,
                                         const std::function<std::optional<double>(const std::string&)>& unit,
                                         std::string& why);

}  // namespace mailflow::quantities
