// Queues of lots: first come as a linked list through the lots, ranked orders as a heap.
#pragma once

#include <algorithm>

#include "centre/state.hpp"

namespace mailflow::lot_queue {

inline bool later(const LotQueue::Entry& a, const LotQueue::Entry& b) {
  return a.rank != b.rank ? a.rank > b.rank : a.entry > b.entry;
}

inline void push_back(LotQueue& q, LotPool& lots, int l) {
  lots[l].next = none;
  if (q.tail == none)
    q.head = l;
  else
    lots[q.tail].next = l;
  q.tail = l;
  ++q.lots;
}

inline void push_ranked(LotQueue& q, const LotPool& lots, std::int64_t rank, int l) {
  q.heap.push_back({rank, lots[l].entry, l});
  std::push_heap(q.heap.begin(), q.heap.end(), later);
  ++q.lots;
}

/// Where it was before, of a queue by first come: after those that came earlier and were given back too.
inline void push_back_in(LotQueue& q, LotPool& lots, int l) {
  int before = none;
  int after = q.head;
  for (; after != none && lots[after].entry < lots[l].entry; after = lots[after].next) before = after;
  lots[l].next = after;
  (before == none ? q.head : lots[before].next) = l;
  if (after == none) q.tail = l;
  ++q.lots;
}

inline int front(const LotQueue& q) { return q.heap.empty() ? q.head : q.heap.front().lot; }

inline int pop(LotQueue& q, LotPool& lots) {
  --q.lots;
  if (!q.heap.empty()) {
    std::pop_heap(q.heap.begin(), q.heap.end(), later);
    const int l = q.heap.back().lot;
    q.heap.pop_back();
    return l;
  }
  const int l = q.head;
  q.head = lots[l].next;
  if (q.head == none) q.tail = none;
  return l;
}

}  // namespace mailflow::lot_queue
