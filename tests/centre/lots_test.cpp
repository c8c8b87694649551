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
    while (!queue.empty()) {
      const LotIndex next = queue.front();
      const LotIndex l = queue.pop(lots);
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

TEST_CASE("Of one rank who came first is served first") {
  Five of;
  for (const std::size_t n : {0U, 1U, 2U}) of.queue.push(of.lots, 0, of.lot[n]);
  CHECK(of.popped() == Which{0, 1, 2});
  CHECK(of.queue.front() == none);
  of.queue.push(of.lots, 7, of.lot[3]);  // a queue that was emptied takes mail again, of whatever rank
  CHECK(of.queue.front_rank() == 7);
  CHECK(of.popped() == Which{3});
}

TEST_CASE("A lot given back to its queue is where it was before") {
  Five of;
  for (const std::size_t n : {1U, 3U, 2U, 4U, 0U}) of.queue.push(of.lots, 0, of.lot[n]);  // between, behind, before
  CHECK(of.popped() == Which{0, 1, 2, 3, 4});
  for (const std::size_t n : {2U, 3U}) of.queue.push(of.lots, 0, of.lot[n]);
  CHECK(of.popped() == Which{2, 3});
}

TEST_CASE("By rank the least is served first, and of one rank who came first") {
  Five of;
  of.queue.push(of.lots, 5, of.lot[3]);
  of.queue.push(of.lots, 5, of.lot[1]);
  of.queue.push(of.lots, 9, of.lot[0]);
  CHECK(of.queue.front_rank() == 5);
  of.queue.push(of.lots, 1, of.lot[4]);  // goes before all that are there
  CHECK(of.queue.front_rank() == 1);
  of.queue.push(of.lots, 5, of.lot[2]);
  CHECK(of.popped() == Which{4, 1, 2, 3, 0});
}

TEST_CASE("A rank whose lots have all been served comes again in its place") {
  Five of;
  of.queue.push(of.lots, 2, of.lot[0]);
  of.queue.push(of.lots, 4, of.lot[1]);
  CHECK(of.queue.pop(of.lots) == of.lot[0]);
  of.queue.push(of.lots, 2, of.lot[2]);
  of.queue.push(of.lots, 3, of.lot[3]);
  CHECK(of.popped() == Which{2, 3, 1});
}

TEST_CASE("Each lot in a queue is told of once, as they are to be served") {
  Five of;
  for (const std::size_t n : {4U, 0U}) of.queue.push(of.lots, 3, of.lot[n]);
  of.queue.push(of.lots, 1, of.lot[2]);
  of.queue.push(of.lots, 8, of.lot[3]);
  Which told;
  of.queue.each(of.lots, [&](LotIndex l) { told.push_back(static_cast<int>(of.lots[l].entry)); });
  CHECK(told == Which{2, 0, 4, 3});
}

}  // namespace
}  // namespace mailflow::parts
