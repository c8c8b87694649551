// Who answers for a late lot: by what it would have been in time without.
//
//   timetable  no departure that would do left late enough after it came, or handling alone takes longer
//   inbound    its vehicle came late
//   customs    it was held by customs
//   room       it was ready, but what left was full
//   sorting    none of these is enough: it lay in the centre's own hands
//
// A lot has to be ready by the closing of the last departure that keeps its due instant. Of the second to the fourth
// the largest counts if all of them together come to as much as the lot was ready too late. How late a vehicle came is
// told from its timetable: the shortest delay that explains the lot's coming, none where another source could have
// brought it.
#pragma once

#include <array>
#include <vector>

#include "centre/simulate.hpp"
#include "mail/model.hpp"

namespace mailflow {

enum class Responsible : std::uint8_t { timetable, inbound, customs, room, sorting };
inline constexpr std::array<const char*, 5> responsible_names = {"timetable", "inbound", "customs", "room", "sorting"};

/// What is known of a late lot's stay.
struct LateStay {
  LateItems late;
  Ticks arrived = 0;
  StationIndex into;  ///< it came into
  Ticks ready = 0;    ///< in the bay, or gone; the end where it was neither
  Ticks handled = 0;  ///< in hand and on its way
  Ticks customs = 0, no_room = 0;
};

Responsible responsible_for(const Model& model, const LateStay& stay);

}  // namespace mailflow
