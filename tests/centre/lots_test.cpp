// Lots and queues of lots: numbers, and who is next.
#include "centre/lots.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "centre/lot_queue.hpp"

namespace mailflow::parts {
namespace {

/// Five lots, of which the n-th came n-th; and their queue.
struct Five {
  Five() {
    for (int n = 0; n < 5; ++n) {
      lot.push_back(lots.make());
      lots[lot.back()].entry = n;
    }
  }
  /// Which are in the queue, as they are taken from it.
  std::vector<int> popped() {
    std::vector<int> which;
    while (queue.lots > 0) {
      const LotIndex next = lot_queue::front(queue);
      const LotIndex l = lot_queue::pop(queue, lots);
      CHECK(l == next);
      which.push_back(static_cast<int>(lots[l].entry));
    }
    return which;
  }
  LotPool lots;
  LotQueue queue;
  std::vector<LotIndex> lot;
};
using Which = std::vector<int>;

TEST_CASE("Lots are numbered as they are made, and a lot that has gone leaves its place to another") {
  LotPool lots;
  const LotIndex a = lots.make();
  const LotIndex b = lots.make();
  CHECK(a != b);
  CHECK(lots[a].number == 1);
  CHECK(lots[b].number == 2);
  lots[a].items = 40;
  lots[a].in_centre = true;
  lots.free(a);
  CHECK_FALSE(lots[a].in_centre);
  const LotIndex c = lots.make();
  CHECK(c == a);
  CHECK(lots[c].number == 3);
  CHECK(lots[c].items == 0);
  CHECK(lots[c].next == none);
  CHECK(lots.made() == 3);
  lots.count_made(10);  // others, that were made elsewhere
  CHECK(lots[lots.make()].number == 14);
}

TEST_CASE("There is room for more lots than one piece of memory holds, and each keeps its place") {
  LotPool lots;
  const LotIndex first = lots.make();
  const Lot* where = &lots[first];
  CHECK(lots.size() == 1024);
  for (int n = 1; n < 1024; ++n) lots.make();
  CHECK(lots.size() == 1024);
  const LotIndex next = lots.make();
  CHECK(next.number() == 1024);
  CHECK(lots.size() == 2048);
  CHECK(lots.all().has(LotIndex(2047)));
  CHECK_FALSE(lots.all().has(LotIndex(2048)));
  CHECK(&lots[first] == where);
}

TEST_CASE("Who came first is served first") {
  Five of;
  for (const int n : {2, 0, 1}) lot_queue::push_back(of.queue, of.lots, of.lot[static_cast<std::size_t>(n)]);
  CHECK(of.queue.lots == 3);
  CHECK(of.popped() == Which{2, 0, 1});
  CHECK(lot_queue::front(of.queue) == none);
  lot_queue::push_back(of.queue, of.lots, of.lot[3]);  // a queue that was emptied takes mail again
  CHECK(of.popped() == Which{3});
}

TEST_CASE("A lot given back to its queue is where it was before") {
  Five of;
  for (const std::size_t n : {1U, 3U}) lot_queue::push_back(of.queue, of.lots, of.lot[n]);
  lot_queue::push_back_in(of.queue, of.lots, of.lot[2]);  // between the two
  lot_queue::push_back_in(of.queue, of.lots, of.lot[4]);  // behind all
  lot_queue::push_back_in(of.queue, of.lots, of.lot[0]);  // before all
  CHECK(of.queue.lots == 5);
  CHECK(of.popped() == Which{0, 1, 2, 3, 4});
  lot_queue::push_back_in(of.queue, of.lots, of.lot[2]);
  lot_queue::push_back(of.queue, of.lots, of.lot[3]);  // behind one that was given back to an empty queue
  CHECK(of.popped() == Which{2, 3});
}

TEST_CASE("By rank the least is served first, and of one rank who came first") {
  Five of;
  lot_queue::push_ranked(of.queue, of.lots, 5, of.lot[3]);
  lot_queue::push_ranked(of.queue, of.lots, 5, of.lot[1]);
  lot_queue::push_ranked(of.queue, of.lots, 9, of.lot[0]);
  lot_queue::push_ranked(of.queue, of.lots, 1, of.lot[4]);
  lot_queue::push_ranked(of.queue, of.lots, 5, of.lot[2]);
  CHECK(of.queue.lots == 5);
  CHECK(of.popped() == Which{4, 1, 2, 3, 0});
}

TEST_CASE("Each lot in a queue is told of once, in either kind of queue") {
  Five of;
  for (const std::size_t n : {4U, 0U}) lot_queue::push_back(of.queue, of.lots, of.lot[n]);
  LotQueue ranked;
  for (const std::size_t n : {1U, 2U, 3U}) lot_queue::push_ranked(ranked, of.lots, 0, of.lot[n]);
  std::int64_t sum = 0;
  int told = 0;
  for (const LotQueue* q : {&of.queue, &ranked})
    lot_queue::each(*q, of.lots, [&](LotIndex l) {
      sum += of.lots[l].entry;
      ++told;
    });
  CHECK(told == 5);
  CHECK(sum == 0 + 1 + 2 + 3 + 4);
}

}  // namespace
}  // namespace mailflow::parts
