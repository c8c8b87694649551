// Keys of the language that stand in several sections.
#pragma once

#include "scenario/catalogue.hpp"

namespace mailflow {

inline const CatalogueKey days = {"days", "days", false, "every day", "days of the week", "Mon-Fri"};
inline const CatalogueKey holidays = {"holidays", "yes or no", false, "yes", "whether it happens on holidays too",
                                      "no"};

}  // namespace mailflow
