// A network's YAML to checked models of its centres, its links and the ways of its mail: the one way in.
//
// A scenario is a network's when it has `network:` where a single centre's has `centre:`. Errors as scenario/load.hpp.
#pragma once

#include <optional>
#include <string>

#include "core/problems.hpp"
#include "network/network.hpp"
#include "scenario/load.hpp"

namespace mailflow {

/// Whether the file, or the base it builds on, describes a network; false where that cannot be told.
bool is_network(const std::string& path);

std::optional<Network> load_network(const std::string& path, const LoadOptions& options, Problems& problems);

}  // namespace mailflow
