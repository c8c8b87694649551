// plan --from: what to do now, given the situation at an instant.
#pragma once

#include <atomic>

#include "cli/commands.hpp"

namespace mailflow::cli {

/// Writes within_day.json and within_day.csv where a folder is given. The exit status.
int within_day_command(const PlanCommandRequest& request, const std::atomic<bool>& stop);

}  // namespace mailflow::cli
