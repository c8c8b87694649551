// What the language and the planners know of a kind of station: each has a file of its name here, and a line in
// table.hpp.
#pragma once

#include "mail/model.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/sections/reading.hpp"

namespace mailflow {

struct StationLanguage {
  CatalogueSection (*section)() = nullptr;  ///< "stations.KIND": its keys
  /// The keys that are its own, when label, next, open, takes and queue, which several have, are read.
  void (*read)(Reading& reading, const Node& node, Station& station) = nullptr;
  /// Of so many items that come over a span of ticks, the share that is out again at its end on average, were there
  /// hands enough.
  double (*share_out)(const Station& station, double items, double span) = nullptr;
  /// Ticks that one item spends there at least, without a wait, by the law's least; where people set the pace, those of
  /// proficiency 100 %.
  double (*least_time)(const Station& station) = nullptr;
  /// Items that it makes one lot of; 0: lots stay as they are.
  int (*gathers)(const Station& station) = nullptr;
  const char* why_no_bound = nullptr;  ///< why its queue cannot have one; null: it can
};

// Where a kind has nothing of its own to say.
inline void read_no_more(Reading&, const Node&, Station&) {}
inline double all_out(const Station&, double, double) { return 1; }
inline double at_once(const Station&) { return 0; }
inline int as_they_are(const Station&) { return 0; }

/// What takes so many ticks on average: the share out by the end of a span.
constexpr double out_after(double takes, double span) { return takes < span ? 1 - takes / span : 0; }

}  // namespace mailflow
