// Mail that waits to be taken in hand, in the order in which it is to be served: one queue a station, or one for each
// set-up group where a station goes on with the same first.
#pragma once

#include <cstdint>
#include <vector>

#include "centre/lot_queue.hpp"
#include "centre/lots.hpp"
#include "centre/setting.hpp"
#include "centre/station_counts.hpp"
#include "core/index.hpp"

namespace mailflow {

class Queues {
 public:
  Queues(const Setting& setting, LotPool& lots, StationCounts& counts);

  /// What a server must be set up for to handle the lot: product or sort plan, and pass.
  int group_of(StationIndex s, const Lot& lot) const;
  /// The lot comes to the queue, or past it into a server's hands: it has its place in the order of coming.
  void number(StationIndex s, Lot& lot) { lot.entry = ++rows_[s].entries; }
  /// As if it had come before all others.
  void number_first(StationIndex s, Lot& lot) { lot.entry = ++rows_[s].entries - INT64_MAX / 2; }
  /// A numbered lot joins the queue, or joins it again, where its number has it.
  void push(StationIndex s, LotIndex l);
  bool empty(StationIndex s) const { return counts_[s].queue_lots == 0; }
  /// Takes the next lot for a server set up for `group` (-1: for nothing yet): of that while there is any, else the one
  /// that came first, or ranks first. There is one.
  LotIndex pop(StationIndex s, int group);
  /// When the lot that is next is due; of several queues the earliest.
  Ticks next_due(StationIndex s) const;
  /// All in the order in which they would be served if servers were set up for all alike.
  std::vector<LotIndex> in_order(StationIndex s) const;
  /// The least Lot::cause_epoch of those that wait; `epoch` where none is less.
  std::uint32_t oldest_epoch(StationIndex s, std::uint32_t epoch) const;
  /// For the loop by blocks: the mail it leaves in a queue by first come.
  void hand_over(StationIndex s, LotIndex l);

 private:
  struct Row {
    std::vector<LotQueue> queues;  ///< one, or one per set-up group
    std::vector<int> filled;       ///< of several queues those in which lots wait, in no order
    std::int64_t entries = 0;      ///< lots that have come
  };
  std::int64_t rank_of(const Station& is, const Lot& lot) const;
  LotQueue& queue_for(StationIndex s, const Lot& lot);
  bool goes_first(const LotQueue& a, const LotQueue& b) const;
  LotIndex pop_of_several(Row& row, int group);

  const Setting& setting_;
  LotPool& lots_;
  StationCounts& counts_;
  Rows<Station, Row> rows_;
};

}  // namespace mailflow
