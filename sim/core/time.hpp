// Simulated time: a whole number of microseconds since the run's start, never a float.
//
// A run of 292,000 years fits. Civil time (dates, hours, zones) is turned into ticks before the clock starts, by
// mail/calendar.hpp; nothing inside a run knows a date.
#pragma once

#include <cstdint>

namespace mailflow {

/// An instant (ticks since the run's start) or a span of time (ticks): 1 tick = 1 microsecond.
using Ticks = std::int64_t;

inline constexpr Ticks second = 1'000'000;
inline constexpr Ticks minute = 60 * second;
inline constexpr Ticks hour = 60 * minute;
inline constexpr Ticks day = 24 * hour;
/// Later than any instant of any run.
inline constexpr Ticks never = INT64_MAX;

/// Item-ticks: number of items times ticks, summed exactly. 128 bits, so that a nation's year does not overflow.
__extension__ using ItemTicks = __int128;

/// Longer than any run: 142 years. What would take longer (a letter at 0.000001 items/h) takes so long.
inline constexpr double longest_span = 0x1p52;

/// The nearest whole number to one that is not negative, and below 2^63: std::llround's, without its call.
constexpr std::int64_t nearest_whole(double number) {
  const auto whole = static_cast<std::int64_t>(number);
  return whole + (number - static_cast<double>(whole) >= 0.5 ? 1 : 0);
}

/// The nearest whole tick of a span that is not negative, at most longest_span.
constexpr Ticks nearest_tick(double ticks) { return nearest_whole(ticks < longest_span ? ticks : longest_span); }

constexpr double in_minutes(ItemTicks t) { return static_cast<double>(t) / static_cast<double>(minute); }
constexpr double in_hours(ItemTicks t) { return static_cast<double>(t) / static_cast<double>(hour); }

}  // namespace mailflow
