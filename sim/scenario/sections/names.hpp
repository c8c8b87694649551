// The names of everything, so that sections may refer to each other in any order.
#pragma once

#include "scenario/sections/reading.hpp"

namespace mailflow {

/// False, and told: there are more than can be.
bool collect_names(Reading& reading);

/// A name that stands in a cell is one line of text, as a key is (the reader of YAML sees to these), so that messages,
/// tables and changes can say it.
void check_name(const Entry& named, const std::string& kind, Problems& problems);

}  // namespace mailflow
