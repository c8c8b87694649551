// Quantities as planners write them: a number and its unit. "15 min", "38000 items/h", "95 %", "2300 XPF/h".
//
// Every function gives the value in the model's unit, or nothing and in `Failure` what is wrong, worded to follow
// `rate is "0 items/h"; `. Nothing negative, not finite or beyond what a run can count is ever given.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.hpp"

namespace mailflow {

struct Failure {
  std::string must;  ///< "it must be above 0"
  std::string help;  ///< a way out; may be empty
};

/// Whether 0 will do.
enum class Least : std::uint8_t { zero, above_zero };

std::string_view trimmed(std::string_view text);
/// Splits at a mark outside round brackets; the parts are trimmed.
std::vector<std::string_view> split_outside_brackets(std::string_view text, char mark);

/// Digits with an optional decimal point, no sign: the whole of `text`.
std::optional<double> parse_number(std::string_view text, Failure& failure);
/// A whole number between two bounds, without a unit.
std::optional<std::int64_t> parse_whole(std::string_view text, std::int64_t least, std::int64_t most, Failure& failure);

/// us ms s min h d day(s) week(s), one or several from the larger to the smaller ("4 h 30 min"); at most 100 years.
std::optional<Ticks> parse_duration(std::string_view text, Least least, Failure& failure);
/// The same without rounding, for the parameters of laws.
std::optional<double> parse_duration_exactly(std::string_view text, Failure& failure);
/// The ticks of a unit of time.
std::optional<double> unit_of_time(std::string_view unit);

/// items/h, items/min, items/s, items/day, with or without "per agent": items per tick.
std::optional<double> parse_rate(std::string_view text, Least least, Failure& failure);
/// The same in items/h, at least 0; "300 items/h" is 300 to the last bit.
std::optional<double> parse_items_per_hour(std::string_view text, Failure& failure);
/// "250 items", "1 item"; a bare whole number only where `bare` says so.
std::optional<std::int64_t> parse_count(std::string_view text, std::int64_t least, std::int64_t most, bool bare,
                                        Failure& failure);
/// Items on average or drawn, which need not be whole: "90.5", "250 items"; at most 1e9.
std::optional<double> parse_amount(std::string_view text, Failure& failure);
/// "95 %": 0.95.
std::optional<double> parse_share(std::string_view text, double most, Failure& failure);
/// g kg t: kilograms.
std::optional<double> parse_weight(std::string_view text, Failure& failure);
/// "30 XPF", or "2300 XPF/h" with `per_hour`; in the centre's currency.
std::optional<double> parse_money(std::string_view text, const std::string& currency, bool per_hour, Failure& failure);

}  // namespace mailflow
