// Random networks: from a number, two or three random centres and the links between them, over every key of a network.
#pragma once

#include <cstdint>

#include "random_centre.hpp"

namespace mailflow::laws {

/// A network's scenario and the files beside it; `kind.situation` has no meaning here.
Centre random_network(std::uint64_t seed, const Kind& kind);

}  // namespace mailflow::laws
