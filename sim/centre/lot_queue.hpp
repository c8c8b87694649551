// A queue of lots: by rank, the least first; of one rank by when they came.
//
// Those of one rank hang together as a list through the lots, for ranks are few (dates due, priorities; first come: one
// rank for all) and lots many. The ranks themselves are in order in a B-tree.
#pragma once

#include <absl/container/btree_map.h>

#include <cstdint>

#include "centre/lots.hpp"

namespace mailflow {

class LotQueue {
 public:
  bool empty() const { return first_.head == none; }
  /// The next to be served; none in an empty queue.
  LotIndex front() const { return first_.head; }
  /// The next one's rank, of a queue that is not empty.
  std::int64_t front_rank() const { return first_rank_; }

  /// The lot joins behind those of its rank that came before it (Lot::entry).
  void push(LotPool& lots, std::int64_t rank, LotIndex l) {
    if (!empty() && rank < first_rank_) {
      others_.emplace(first_rank_, first_);
      first_ = {};
    }
    if (first_.head == none) first_rank_ = rank;
    (rank == first_rank_ ? first_ : others_[rank]).push(lots, l);
  }

  /// Takes the next one of a queue that is not empty.
  LotIndex pop(LotPool& lots) {
    const LotIndex l = first_.head;
    first_.head = lots[l].next;
    if (first_.head == none && !others_.empty()) {
      const auto next = others_.begin();
      first_rank_ = next->first;
      first_ = next->second;
      others_.erase(next);
    }
    lots.fetch(first_.head);
    return l;
  }

  /// Tells of each lot in the queue, in the order in which they are to be served.
  template <typename Tell>
  void each(const LotPool& lots, const Tell& tell) const {
    for (LotIndex l = first_.head; l != none; l = lots[l].next) tell(l);
    for (const auto& [rank, lane] : others_)
      for (LotIndex l = lane.head; l != none; l = lots[l].next) tell(l);
  }

 private:
  /// Lots of one rank in the order in which they came.
  struct Lane {
    LotIndex head, tail;
    std::int64_t last = 0;  ///< the tail's Lot::entry

    void push(LotPool& lots, LotIndex l) {
      const std::int64_t entry = lots[l].entry;
      if (head != none && entry < last) {
        push_among(lots, l);
        return;
      }
      lots[l].next = none;
      (head == none ? head : lots[tail].next) = l;
      tail = l;
      last = entry;
    }
    /// One that came before the last, and was given back.
    void push_among(LotPool& lots, LotIndex l) {
      LotIndex before;
      LotIndex after = head;
      for (; lots[after].entry <= lots[l].entry; after = lots[after].next) before = after;
      lots[l].next = after;
      (before == none ? head : lots[before].next) = l;
    }
  };

  std::int64_t first_rank_ = 0;
  Lane first_;                                  ///< of the least rank
  absl::btree_map<std::int64_t, Lane> others_;  ///< by rank
};

}  // namespace mailflow
