// What each kind of station does in a run: the part that has its mail. A new kind is a line in `of`; what its part must
// offer the compiler says.
//
//   kinds.of(is.kind, [&](auto& part) { part.enter(lot, station); });
#pragma once

#include <concepts>
#include <utility>

#include "centre/kinds/bags.hpp"
#include "centre/kinds/bays.hpp"
#include "centre/kinds/delays.hpp"
#include "centre/kinds/holds.hpp"
#include "centre/servers.hpp"
#include "mail/model.hpp"

namespace mailflow {

/// The mail of a kind of station: a lot enters the station where it is; its time there is booked up to now, while it
/// is neither in hand nor waits for room elsewhere; it is there as a run begins in a situation.
template <class Part>
concept KindOfStation = requires(Part part, LotIndex l, Lot& lot, StationIndex s, const MailThere& there) {
  part.enter(l, s);
  part.settle(lot);
  part.resume(l, there);
};

struct Kinds {
  Servers& servers;
  Delays& delays;
  Holds& holds;
  Bags& bags;
  Bays& bays;

  template <class Act>
  void of(StationKind kind, const Act& act) const {
    const auto on = [&act](KindOfStation auto& part) { act(part); };
    switch (kind) {
      case StationKind::manual:
      case StationKind::machine:
        return on(servers);
      case StationKind::conveyor:
      case StationKind::walk:
        return on(delays);
      case StationKind::hold:
        return on(holds);
      case StationKind::bagging:
        return on(bags);
      case StationKind::bay:
        return on(bays);
    }
  }
};

}  // namespace mailflow
