// What the event sink is told of lots; nothing, at no cost, where there is none.
//
// A lot's rows tile its time: each begins where the last one of it ended.
#pragma once

#include <cstdint>
#include <vector>

#include "centre/agenda.hpp"
#include "centre/lots.hpp"
#include "centre/setting.hpp"
#include "mail/situation.hpp"

namespace mailflow {

class LotLog {
 public:
  /// What a row says beside the lot.
  struct Aside {
    std::size_t agents = 0;
    int items = -1;  ///< -1: all of the lot
    std::int64_t parent = 0;
    DepartureIndex departure;
    StationIndex station;  ///< none: the lot's
  };

  LotLog(const Setting& setting, const Agenda& agenda, LotPool& lots);

  /// Whether anybody is told: all else is to be called only then.
  bool on() const { return sink_ != nullptr; }
  EventSink& sink() const { return *sink_; }

  /// The lot comes in, or has been made of others: its rows begin now.
  void begin(LotIndex l) { upto(l) = agenda_.now(); }
  /// All that the lot has gone through since its last row.
  void tell(const char* activity, LotIndex l, const Aside& aside);
  void tell(const char* activity, LotIndex l) { tell(activity, l, Aside()); }
  /// The same, where that took any time.
  void tell_if_any(const char* activity, LotIndex l) {
    if (upto(l) < agenda_.now()) tell(activity, l);
  }
  /// What takes no time.
  void tell_now(const char* activity, LotIndex l, const Aside& aside);
  void tell_now(const char* activity, LotIndex l) { tell_now(activity, l, Aside()); }
  /// A lot that is there when the run begins in a situation, with what is in the bag that it is.
  void tell_there(LotIndex l, const MailThere& there);
  /// The lots that are still there at the end; of an open bag, those in it.
  void tell_left();
  /// A lot taken from another shares its past, and what has not been told of it.
  void divided(LotIndex child, LotIndex parent);
  /// The lot goes into a bag, or the members of the bag that it is itself, which is given up.
  void bagged(LotIndex put, std::int64_t bag, StationIndex station);
  void booked(const Lot& lot, Cause cause, ItemTicks item_ticks) const;
  bool any_since(LotIndex l) { return upto(l) < agenda_.now(); }

 private:
  Ticks& upto(LotIndex l);
  void row(const char* activity, LotIndex l, Ticks from, const Aside& aside) const;
  bool is_bagging(StationIndex station) const { return setting_.station(station).kind == StationKind::bagging; }

  const Setting& setting_;
  const Agenda& agenda_;
  LotPool& lots_;
  EventSink* sink_;
  std::vector<Ticks> upto_;  ///< by lot: it has been told of up to here
};

}  // namespace mailflow
