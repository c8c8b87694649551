// Keys of the language that stand in several sections; what differs there, their example, is said with them.
#pragma once

#include <string>

#include "scenario/catalogue.hpp"

namespace mailflow {

inline const CatalogueKey days = {"days", "days", false, "every day", "days of the week", "Mon-Fri"};
inline const CatalogueKey holidays = {"holidays", "yes or no", false, "yes", "whether it happens on holidays too",
                                      "no"};

/// What readers see of an element.
inline CatalogueKey labelled(const std::string& example) {
  return {"label", "text or {fr, en}", false, "its name", "what readers see", example};
}
/// The bounds of a target.
inline CatalogueKey least_bound(const std::string& example) {
  return {"at_least", "bound", false, "", "the target is met at this or more", example};
}
inline CatalogueKey most_bound(const std::string& example) {
  return {"at_most", "bound", false, "", "the target is met at this or less", example};
}

}  // namespace mailflow
