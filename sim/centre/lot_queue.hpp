// Queues of lots: first come as a linked list through the lots, ranked orders as a heap.
#pragma once

#include <algorithm>
#include <vector>

#include "centre/lots.hpp"

namespace mailflow {

/// Lots in the order in which they are to be served.
struct LotQueue {
  struct Entry {
    std::int64_t rank;
    std::int64_t entry;  ///< Lot::entry
    LotIndex lot;
  };
  LotIndex head, tail;      ///< first come
  std::vector<Entry> heap;  ///< by rank, then by entry
  int lots = 0;
};

namespace lot_queue {

/// Whether the first of two is to be served after the second. An object, so that the heap's steps hold it.
struct Later {
  bool operator()(const LotQueue::Entry& a, const LotQueue::Entry& b) const {
    return a.rank != b.rank ? a.rank > b.rank : a.entry > b.entry;
  }
};
inline constexpr Later later;

inline void push_back(LotQueue& q, LotPool& lots, LotIndex l) {
  lots[l].next = none;
  if (q.tail == none)
    q.head = l;
  else
    lots[q.tail].next = l;
  q.tail = l;
  ++q.lots;
}

inline void push_ranked(LotQueue& q, const LotPool& lots, std::int64_t rank, LotIndex l) {
  q.heap.push_back({rank, lots[l].entry, l});
  std::push_heap(q.heap.begin(), q.heap.end(), later);
  ++q.lots;
}

/// Where it was before, of a queue by first come: after those that came earlier and were given back too.
inline void push_back_in(LotQueue& q, LotPool& lots, LotIndex l) {
  LotIndex before;
  LotIndex after = q.head;
  for (; after != none && lots[after].entry < lots[l].entry; after = lots[after].next) before = after;
  lots[l].next = after;
  (before == none ? q.head : lots[before].next) = l;
  if (after == none) q.tail = l;
  ++q.lots;
}

inline LotIndex front(const LotQueue& q) { return q.heap.empty() ? q.head : q.heap.front().lot; }

inline LotIndex pop(LotQueue& q, LotPool& lots) {
  --q.lots;
  if (!q.heap.empty()) {
    std::pop_heap(q.heap.begin(), q.heap.end(), later);
    const LotIndex l = q.heap.back().lot;
    q.heap.pop_back();
    if (!q.heap.empty()) lots.fetch(q.heap.front().lot);
    return l;
  }
  const LotIndex l = q.head;
  q.head = lots[l].next;
  if (q.head == none) q.tail = none;
  lots.fetch(q.head);
  return l;
}

/// Tells of each lot in the queue, in no stated order.
template <typename Tell>
void each(const LotQueue& q, const LotPool& lots, const Tell& tell) {
  for (LotIndex l = q.head; l != none; l = lots[l].next) tell(l);
  for (const LotQueue::Entry& entry : q.heap) tell(entry.lot);
}

}  // namespace lot_queue

}  // namespace mailflow
