// Paths of keys joined by dots, as `set:` of a what-if has them: staff.teams.night.agents. A part that begins with a
// double quote ends with one: dots belong to it, and a quote in it is written twice. Elsewhere a quote is a letter like
// any other.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "scenario/yaml/document.hpp"

namespace mailflow {

using KeyPath = std::vector<std::string>;

/// Parts between dots.
KeyPath split_path(const std::string& path);
/// A part as it is written in a path.
std::string path_part(const std::string& name);
/// The first parts of a path, as they are written.
std::string joined_path(const KeyPath& parts, std::size_t count);
/// The same parts, with those put together again that are one name of the tree with a dot in it.
KeyPath fitted_path(const KeyPath& parts, const Node& root);

}  // namespace mailflow
