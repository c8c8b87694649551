// What differs between two scenarios: values by path, as deep down as both have maps.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenario/yaml/document.hpp"

namespace mailflow {

struct NodeDifference {
  enum class Change : std::uint8_t { set, added, removed };
  std::vector<std::string> path;  ///< keys: staff, teams, night, agents
  Change change = Change::set;
  Node from;  ///< nothing where it is added
  Node to;    ///< nothing where it is removed
};

/// In the order of `a`, what only `b` has behind; the order of keys does not count. A label is one value in all its
/// languages.
std::vector<NodeDifference> differences(const Node& a, const Node& b);

/// "staff.teams.night.agents".
std::string path_text(const std::vector<std::string>& path);

/// A what-if that makes `b` of the scenario in the file `base`: its YAML, with `set`, `add` and `remove` by path.
std::string as_what_if(const Node& a, const Node& b, const std::string& base);

}  // namespace mailflow
