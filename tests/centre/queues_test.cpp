// Queues of stations: set-up groups, ranks, and who is next of all.
#include "centre/queues.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "centre/small_centre.hpp"

namespace mailflow::parts {
namespace {

/// A machine that sorts in two passes by a plan of its own, is set up between `between`, and goes on with the same
/// first.
Model sorter(SetUpBetween between, QueueOrder order) {
  Station machine = place(StationKind::machine, "sorter");
  machine.set_up.between = between;
  machine.set_up.same_first = true;
  machine.passes = 2;
  machine.order = order;
  Model m = model_of({machine});
  m.sort_plans = {"outward", "inward"};
  m.products[0].priority = 2;
  m.products[1].priority = 1;
  return m;
}

struct Waiting : Ground {
  explicit Waiting(Model m) : Ground(std::move(m)), counts(setting, agenda), queues(setting, lots, counts) {}
  /// A lot of one item comes to the queue.
  LotIndex waits(ProductIndex product, Ticks due = never, int pass = 0) {
    const LotIndex l = lot(1, 0, product);
    lots[l].due = due;
    lots[l].pass = static_cast<std::uint8_t>(pass);
    queues.number(s, lots[l]);
    queues.push(s, l);
    return l;
  }
  std::vector<LotIndex> popped(int group) {
    std::vector<LotIndex> all;
    while (!queues.empty(s)) all.push_back(queues.pop(s, group));
    return all;
  }
  StationIndex s{0};
  StationCounts counts;
  Queues queues;
};
using Lots = std::vector<LotIndex>;

TEST_CASE("Mail of another product or another pass needs another set-up") {
  Waiting at(sorter(SetUpBetween::products, QueueOrder::first_come));
  const auto group = [&](ProductIndex product, int pass) {
    return at.queues.group_of(at.s, at.lots[at.waits(product, 0, pass)]);
  };
  CHECK(group(letter, 0) == 0);  // product x 2 passes + pass
  CHECK(group(letter, 1) == 1);
  CHECK(group(flat, 0) == 2);
  CHECK(group(flat, 1) == 3);
}

TEST_CASE("Between sort plans mail of one plan shares a set-up, whatever its product, and mail of none has its own") {
  // flats: by share, of which the first way leads through the plan "inward"; letters: straight on
  Model m = sorter(SetUpBetween::sort_plans, QueueOrder::first_come);
  Route& route = m.stations[0].next;
  route.nodes.resize(4);
  route.nodes[0].kind = RouteNode::Kind::by_product;
  route.nodes[0].child = {1, 2};
  route.nodes[1].kind = RouteNode::Kind::leaves;
  route.nodes[2].kind = RouteNode::Kind::by_share;
  route.nodes[2].child = {3, 1};
  route.nodes[2].share = {0.5, 0.5};
  route.nodes[3].kind = RouteNode::Kind::by_destination;
  route.nodes[3].sort_plan = 1;
  route.nodes[3].child = {1, 1};
  Waiting at(m);
  CHECK(at.queues.group_of(at.s, at.lots[at.waits(letter)]) == 0);
  CHECK(at.queues.group_of(at.s, at.lots[at.waits(flat)]) ==
        (2 + 1) * 2);  // after the 2 products, the plan 1; 2 passes
  CHECK(at.queues.group_of(at.s, at.lots[at.waits(flat, never, 1)]) == (2 + 1) * 2 + 1);
}

TEST_CASE("A machine goes on with what it is set up for while there is any, then with what came first") {
  Waiting at(sorter(SetUpBetween::products, QueueOrder::first_come));
  const LotIndex a = at.waits(letter);
  const LotIndex b = at.waits(flat);
  const LotIndex c = at.waits(letter);
  const LotIndex d = at.waits(flat);
  CHECK(at.counts[at.s].queue_lots == 4);
  SECTION("set up for flats") { CHECK(at.popped(2) == Lots{b, d, a, c}); }
  SECTION("set up for nothing yet") { CHECK(at.popped(-1) == Lots{a, b, c, d}); }
  SECTION("set up for what does not wait") { CHECK(at.popped(3) == Lots{a, b, c, d}); }
  CHECK(at.queues.empty(at.s));
  CHECK(at.counts[at.s].queue_items == 0);
}

TEST_CASE("Of mail of several set-ups the most urgent is next, and of equals what came first") {
  Waiting at(sorter(SetUpBetween::products, QueueOrder::earliest_due));
  const LotIndex a = at.waits(letter, 9 * hour);
  const LotIndex b = at.waits(flat, 8 * hour);
  const LotIndex c = at.waits(letter, 8 * hour);
  const LotIndex d = at.waits(flat, 7 * hour);
  CHECK(at.queues.next_due(at.s) == 7 * hour);
  CHECK(at.queues.in_order(at.s) == Lots{d, b, c, a});
  CHECK(at.popped(-1) == Lots{d, b, c, a});
  CHECK(at.queues.next_due(at.s) == never);
}

TEST_CASE("By priority flats go before letters that came earlier") {
  Waiting at(sorter(SetUpBetween::products, QueueOrder::priority));
  const LotIndex a = at.waits(letter);
  const LotIndex b = at.waits(flat);
  const LotIndex c = at.waits(flat);
  CHECK(at.queues.in_order(at.s) == Lots{b, c, a});
  CHECK(at.popped(-1) == Lots{b, c, a});
}

TEST_CASE("By first come the lot that is next says when the queue is due, be another more urgent") {
  Model m = model_of({place(StationKind::machine, "sorter")});
  Waiting at(m);
  at.waits(letter, 9 * hour);
  at.waits(flat, 8 * hour);
  CHECK(at.queues.next_due(at.s) == 9 * hour);
}

TEST_CASE("A lot that is given back goes before what came after it; one put first goes before all") {
  Waiting at(model_of({place(StationKind::machine, "sorter")}));
  const LotIndex a = at.waits(letter);
  const LotIndex b = at.waits(letter);
  const LotIndex c = at.waits(letter);
  CHECK(at.queues.pop(at.s, -1) == a);
  CHECK(at.queues.pop(at.s, -1) == b);
  at.queues.push(at.s, b);
  const LotIndex first = at.lot(1, 0);
  at.queues.number_first(at.s, at.lots[first]);
  at.queues.push(at.s, first);
  CHECK(at.counts[at.s].queue_lots == 3);
  CHECK(at.queues.in_order(at.s) == Lots{first, b, c});
  CHECK(at.popped(-1) == Lots{first, b, c});
}

TEST_CASE("A lot given back to a queue by rank is among its equals where it was") {
  Waiting at(sorter(SetUpBetween::none, QueueOrder::priority));
  const LotIndex a = at.waits(flat);
  const LotIndex b = at.waits(flat);
  CHECK(at.queues.pop(at.s, -1) == a);
  at.queues.push(at.s, a);
  CHECK(at.popped(-1) == Lots{a, b});
}

TEST_CASE("What has waited longest in any of a station's queues says which changes of cause are to be kept") {
  Waiting at(sorter(SetUpBetween::products, QueueOrder::first_come));
  CHECK(at.queues.oldest_epoch(at.s, 9) == 9);
  at.lots[at.waits(letter)].cause_epoch = 6;
  at.lots[at.waits(flat)].cause_epoch = 4;
  at.lots[at.waits(flat)].cause_epoch = 5;
  CHECK(at.queues.oldest_epoch(at.s, 9) == 4);
  CHECK(at.queues.oldest_epoch(at.s, 3) == 3);
}

TEST_CASE("Mail that another loop leaves in a queue is there, and counted as a lot") {
  Waiting at(model_of({place(StationKind::machine, "sorter")}));
  const LotIndex l = at.lot(3, 0);
  at.queues.hand_over(at.s, l);
  CHECK(at.counts[at.s].queue_lots == 1);
  CHECK(at.queues.in_order(at.s) == Lots{l});
}

}  // namespace
}  // namespace mailflow::parts
