// What memory the program may take. A queue that grows without end would else take all of the machine's.
//
// The bound is one of the process, whatever runs in it side by side: replications, threads, the centres of a network.
// What grows with the mail asks before it grows; what asks may do so from any thread.
#pragma once

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

namespace mailflow {

/// There is not as much memory as the program may take. Runs tell it as a RunFailure that says where the mail stands.
struct MemoryExceeded : std::exception {
  const char* what() const noexcept override { return "there is not enough memory; --memory sets what may be taken"; }
};

/// Tells the bytes that the process has in memory now; from any thread.
using MemoryMeter = std::int64_t (*)();

/// Bytes, at least 1, and what measures those taken. Until it is called there is no bound.
void bound_memory(std::int64_t bytes, MemoryMeter taken);
std::int64_t memory_bound();  ///< bytes; the greatest of all where there is none

/// Asks for `bytes` more than are taken. Throws MemoryExceeded where they would go beyond the bound. A few
/// microseconds.
void need_memory(std::int64_t bytes);

/// "4GB", "500 MB", "1.5 GB" in bytes (thousands); none for anything else, and for 0.
std::optional<std::int64_t> parse_memory(std::string_view text);
/// "4.0 GB", "500 MB".
std::string shown_memory(std::int64_t bytes);

}  // namespace mailflow
