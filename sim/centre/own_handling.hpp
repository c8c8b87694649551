// The own times of the items of a lot in hand: each is done by itself, before the rest of its lot.
#pragma once

#include <cstdint>

#include "core/time.hpp"
#include "mail/model.hpp"
#include "stats/own_times.hpp"

namespace mailflow {

/// A handling, or a part of one, of which items' own times are recorded.
struct OwnHandling {
  int items;  ///< handled in it
  std::uint64_t key;
  std::uint32_t handlings;
  Ticks takes, booked, worked;  ///< the whole; of it recorded before; of it worked by now
  Ticks base;                   ///< between the lot's entering and the beginning, as if nothing had interrupted it
  double pace;                  ///< of the agent
};

/// Whether each item of a lot takes the same time, at a rate or by a service of so long per item: an agent who must go
/// stops between two of them.
inline bool item_by_item(const Station& is) {
  return is.items_per_tick > 0 || (!is.service_per_lot && is.service.law == Law::constant);
}

/// Records the items done between `booked` and `worked` ticks of the handling. `service_key`: of the station's draws.
void record_own(const Station& is, std::uint64_t service_key, const OwnHandling& handling, OwnTimes& times);
/// How many of the handling's items are done, each by itself, after `worked` ticks of it.
std::int64_t own_done(const Station& is, std::uint64_t service_key, const OwnHandling& handling);

}  // namespace mailflow
