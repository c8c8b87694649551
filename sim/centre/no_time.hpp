// Rounds on which no time passes: mail that comes back to where it was at the same instant would do so for ever.
#pragma once

#include <vector>

#include "centre/setting.hpp"
#include "core/time.hpp"
#include "mail/indices.hpp"

namespace mailflow {

/// Throws RunFailure, with these stations told by name, and the instant.
[[noreturn]] void fail_in_no_time(const Setting& setting, const std::vector<StationIndex>& stations, Ticks at);

}  // namespace mailflow
