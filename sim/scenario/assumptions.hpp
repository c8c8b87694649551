// Finds what a scenario takes for given, and what it says of that.
#pragma once

#include <string>

#include "mail/assumptions.hpp"

namespace mailflow {

/// Of a scenario, its bases and changes laid together; empty where it cannot be read.
Assumptions assumptions_of(const std::string& path);

}  // namespace mailflow
