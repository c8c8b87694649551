// What the machine says of memory.
#pragma once

#include <cstdint>
#include <optional>

namespace mailflow {

/// Bytes that the process has in memory now (resident set); 0 where the system does not say. From any thread.
std::int64_t memory_taken();

/// Half of what is free on the machine, or in its container, for each of so many processes; none where the system does
/// not say.
std::optional<std::int64_t> memory_by_default(int processes);

}  // namespace mailflow
