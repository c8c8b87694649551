// Where a scenario mentions one of its elements by name: by the types that the catalogue gives its keys.
#pragma once

#include <string>
#include <vector>

#include "scenario/edit/where.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow {

struct Mention {
  editing::Steps at;  ///< of a key, the map that has it; of a value, the value itself
  bool is_key = false;
  std::string before;  ///< of a value, what stands before the name: "2025-05-06 "
};

/// The mentions of the element `name` of the section at `section` (staff.teams); none where it is no element.
std::vector<Mention> mentions_of(const Node& root, const editing::Steps& section, const std::string& name);

}  // namespace mailflow
