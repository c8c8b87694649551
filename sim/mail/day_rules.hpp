// What `mailflow plan` may do within the day, and between which stations it may split a team; no part of a run.
#pragma once

#include <vector>

#include "core/time.hpp"
#include "mail/indices.hpp"

namespace mailflow {

/// What may be done within the day; spans are at most, 0: not permitted.
struct WithinDayRules {
  Ticks longer = 2 * hour;                 ///< an agent stays on past the shift's end
  int call_in = 2;                         ///< agents of a team called in besides, paid as overtime
  Ticks notice = hour;                     ///< from the call to their coming; also of an earlier shift
  Ticks earlier = hour;                    ///< the next shift of a team comes
  Ticks hold = 0;                          ///< a departure waits
  Ticks advance = 0;                       ///< a departure leaves before its time
  bool add = false;                        ///< a departure goes a second time, an hour after the next
  std::vector<DepartureIndex> departures;  ///< those that may; empty: all
};

/// A team to be split over stations so that mail spends the fewest item-hours.
struct PostsRequest {
  TeamIndex team;                  ///< none: nothing is asked
  std::vector<StationIndex> over;  ///< stations
  Ticks change = 0;                ///< how often people may move; 0: never
  Ticks step = 0;                  ///< of the fluid; 0: found
};

}  // namespace mailflow
