// What differs between two scenarios, in a planner's words, section by section and element by element:
//
//   Today  ->  Versatility
//     Staff
//       team night (Night crew): learns dock at 80 %
//     1 difference
#pragma once

#include <string>

#include "scenario/yaml/document.hpp"

namespace mailflow {

/// The names are used where the scenarios have no labels, or the same.
std::string difference_text(const Node& a, const Node& b, const std::string& name_of_a, const std::string& name_of_b);

}  // namespace mailflow
