// Keys of the language that stand in several sections; what differs there, their example, is said with them.
#pragma once

#include <string>

#include "core/enum_words.hpp"
#include "mail/model.hpp"
#include "mail/plan_request.hpp"
#include "scenario/catalogue.hpp"

namespace mailflow {

inline const CatalogueKey next = {"next",
                                  "where to",
                                  true,
                                  "",
                                  "where mail goes from here: a station, out, shares of stations, a map by product or "
                                  "destination (other: the rest), or {sort_plan: name}",
                                  "{letter: letters, other: parcels}"};
inline const CatalogueKey open = {
    "open", "hours", false, "always", "opening hours, for all days or by day", "{Mon-Fri: \"07:30-16:00\"}"};
inline const CatalogueKey days = {"days", "days", false, "every day", "days of the week", "Mon-Fri"};
inline const CatalogueKey holidays = {"holidays", "yes or no", false, "yes", "whether it happens on holidays too",
                                      "no"};

/// What readers see of an element.
inline CatalogueKey labelled(const std::string& example) {
  return {"label", "text or {fr, en}", false, "its name", "what readers see", example};
}
inline CatalogueKey queue_of(const std::string& example) {
  return {"queue",
          "section queue",
          false,
          "first come, no bound",
          "the order in which mail is served and how much may wait",
          example};
}
inline CatalogueKey kind_of(StationKind kind) {
  return {"kind", listed_words<StationKind>(), true, "", "what kind of station it is", std::string(word_of(kind))};
}

/// The bounds of a target.
inline CatalogueKey least_bound(const std::string& example) {
  return {"at_least", "bound", false, "", "the target is met at this or more", example};
}
inline CatalogueKey most_bound(const std::string& example) {
  return {"at_most", "bound", false, "", "the target is met at this or less", example};
}

}  // namespace mailflow
