// Which section of the catalogue says what stands at a place of a scenario's tree.
#pragma once

#include <string>

#include "scenario/catalogue.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow {

/// A section by its path; null where there is none.
const CatalogueSection* section_or_null(const std::string& path);
/// The section of one element: a station's by its kind, a target's by its measure, and so on.
const CatalogueSection* element_section(const std::string& path, const Node* element);

/// What a map of the tree is: one with the keys of a section, or one of elements by name. Neither: nothing is known.
struct Spot {
  const CatalogueSection* section = nullptr;
  std::string elements;  ///< the path of the section that each element has
};

/// The top of a scenario.
Spot top_spot();
/// What stands behind a key of a map, whose value is given.
Spot spot_below(const Spot& spot, const std::string& key, const Node& value);

}  // namespace mailflow
