// Keys that stand at the wrong depth: told before anything is read, since all else that is wrong only follows.
#pragma once

#include "core/problems.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow {

/// Tells of a section within another and of what stands beside the section that it belongs to. True: there was such.
bool tell_layout(const Node& root, Problems& problems);

}  // namespace mailflow
