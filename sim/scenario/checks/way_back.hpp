// Where mail that goes round for ever is sent back to a station that it has been at.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include "mail/indices.hpp"

namespace mailflow {

/// From one station to another (or the same) that comes before it on the way.
using WayBack = std::pair<StationIndex, StationIndex>;

/// The way back among the stations that no mail leaves the centre from; `next`: where each sends it, with shares. Empty
/// where there is none.
std::optional<WayBack> way_back(const Rows<Station, bool>& stuck,
                                const Rows<Station, std::map<StationIndex, double>>& next);

}  // namespace mailflow
