// Queues of lots: first come as a linked list through the lots, ranked orders as a heap.
#pragma once

#include <algorithm>

#include "centre/state.hpp"

namespace mailflow::lot_queue {

inline bool later(const LotQueue::Entry& a, const LotQueue::Entry& b) {
  return a.rank != b.rank ? a.rank > b.rank : a.number > b.number;
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

inline void push_ranked(LotQueue& q, std::int64_t rank, std::int64_t number, int l) {
  q.heap.push_back({rank, number, l});
  std::push_heap(q.heap.begin(), q.heap.end(), later);
  ++q.lots;
}

/// To the very front: mail taken in hand before.
inline void push_front(LotQueue& q, LotPool& lots, int l, bool ranked, std::int64_t number) {
  if (ranked) {
    push_ranked(q, INT64_MIN, number, l);
    return;
  }
  lots[l].next = q.head;
  q.head = l;
  if (q.tail == none) q.tail = l;
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
