// What the centre promises: `targets:`.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

void read_targets(Reading& reading);

/// `at_least` or `at_most` of a target whose measure is known.
void read_bound(Reading& reading, const Node& node, Target& target);

}  // namespace mailflow
