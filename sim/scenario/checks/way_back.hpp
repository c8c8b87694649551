// Where mail that goes round for ever is sent back to a station that it has been at.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace mailflow {

/// From one station to another (or the same) that comes before it on the way.
using WayBack = std::pair<std::size_t, std::size_t>;

/// The way back among the stations that no mail leaves the centre from; `next`: where each sends it, with shares. Empty
/// where there is none.
std::optional<WayBack> way_back(const std::vector<bool>& stuck, const std::vector<std::map<std::size_t, double>>& next);

}  // namespace mailflow
