// What differs between two texts, line by line, as `diff -u` and git show it.
#pragma once

#include <string>

namespace mailflow {

/// With three lines around each change; empty where they are alike.
std::string unified_diff(const std::string& before, const std::string& after, const std::string& name);

}  // namespace mailflow
