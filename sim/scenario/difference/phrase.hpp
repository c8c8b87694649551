// One difference in words: what the catalogue says of its path, and how a key is read aloud with its value.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "scenario/catalogue.hpp"
#include "scenario/difference/difference.hpp"

namespace mailflow {

/// What a path is about.
struct Meaning {
  std::string section;                ///< "Staff"
  std::string noun;                   ///< "team"; empty: the section itself
  bool named = false;                 ///< the element has a name of its own
  std::size_t element = 0;            ///< so many parts of the path name the element
  bool holds_elements = false;        ///< the path names a section that has elements
  const CatalogueKey* key = nullptr;  ///< of the last part; null when it is a name, or not in the table
};

/// In the order of the language.
std::vector<std::string> section_titles();
Meaning meaning_of(const Node& root, const std::vector<std::string>& path);

/// A whole element that came or went: "new: 6 agents, shift students", "removed".
std::string element_words(const NodeDifference& difference);
/// A value within an element; `rest` is the path from there: "6 agents instead of 5 (+1)".
std::string value_words(const NodeDifference& difference, const std::vector<std::string>& rest, const Meaning& meaning,
                        const std::string& currency);

}  // namespace mailflow
