#include "centre/queues.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// The first sort plan that mail of a product meets on a route; -1: none.
int sort_plan_of(const Route& route, int node, ProductIndex product) {
  const RouteNode& at = route.nodes[static_cast<std::size_t>(node)];
  switch (at.kind) {
    case RouteNode::Kind::to:
      return none;
    case RouteNode::Kind::by_product: {
      const int child = at.child[product.at()];
      return child < 0 ? none : sort_plan_of(route, child, product);
    }
    case RouteNode::Kind::by_destination:
      return at.sort_plan;
    case RouteNode::Kind::by_share:
      return sort_plan_of(route, at.child[0], product);
  }
  return none;
}

}  // namespace

Queues::Queues(const Setting& setting, LotPool& lots, StationCounts& counts)
    : setting_(setting), lots_(lots), counts_(counts), rows_(setting.model.stations.size()) {
  for (const StationIndex s : rows_.indices()) {
    const Station& is = setting.station(s);
    std::size_t groups = 1;
    if (is.set_up.same_first)
      groups = (setting.model.products.size() + setting.model.sort_plans.size()) * static_cast<std::size_t>(is.passes);
    rows_[s].queues.resize(groups);
  }
}

int Queues::group_of(StationIndex s, const Lot& lot) const {
  const Station& is = setting_.station(s);
  int group = lot.product.number();
  if (is.set_up.between == SetUp::Between::sort_plans) {
    const int plan = sort_plan_of(is.next, 0, lot.product);
    if (plan != none) group = static_cast<int>(setting_.model.products.size()) + plan;
  }
  return group * is.passes + lot.pass;
}

/// The lot's rank in a queue that is not first come.
std::int64_t Queues::rank_of(const Station& is, const Lot& lot) const {
  return is.order == QueueOrder::priority ? setting_.product(lot.product).priority : lot.due;
}

/// The queue that the lot joins now: one for all, or one per set-up group.
LotQueue& Queues::queue_for(StationIndex s, const Lot& lot) {
  Row& row = rows_[s];
  if (row.queues.size() == 1) return row.queues[0];
  const int group = group_of(s, lot);
  LotQueue& q = row.queues[static_cast<std::size_t>(group)];
  if (q.lots == 0) row.filled.push_back(group);
  return q;
}

void Queues::push(StationIndex s, LotIndex l) {
  const Station& is = setting_.station(s);
  const Lot& lot = lots_[l];
  LotQueue& q = queue_for(s, lot);
  if (is.order == QueueOrder::first_come)
    lot_queue::push_back(q, lots_, l);
  else
    lot_queue::push_ranked(q, lots_, rank_of(is, lot), l);
  counts_.joins_queue(s, lot);
}

void Queues::push_back_in(StationIndex s, LotIndex l) {
  const Station& is = setting_.station(s);
  const Lot& lot = lots_[l];
  LotQueue& q = queue_for(s, lot);
  if (is.order == QueueOrder::first_come)
    lot_queue::push_back_in(q, lots_, l);
  else
    lot_queue::push_ranked(q, lots_, rank_of(is, lot), l);
  counts_.joins_queue(s, lot);
}

/// Whether of two queues in which lots wait the first one's first goes before the other's.
bool Queues::goes_first(const LotQueue& a, const LotQueue& b) const {
  return a.heap.empty() ? lots_[a.head].entry < lots_[b.head].entry : lot_queue::later(b.heap.front(), a.heap.front());
}

LotIndex Queues::pop_of_several(Row& row, int group) {
  const auto queue = [&row](int g) -> LotQueue& { return row.queues[static_cast<std::size_t>(g)]; };
  int best = group;
  if (group < 0 || queue(group).lots == 0) {
    best = row.filled[0];
    for (const int other : row.filled)
      if (goes_first(queue(other), queue(best))) best = other;
  }
  const LotIndex l = lot_queue::pop(queue(best), lots_);
  if (queue(best).lots == 0) {
    *std::find(row.filled.begin(), row.filled.end(), best) = row.filled.back();
    row.filled.pop_back();
  }
  return l;
}

LotIndex Queues::pop(StationIndex s, int group) {
  Row& row = rows_[s];
  const LotIndex l = row.queues.size() == 1 ? lot_queue::pop(row.queues[0], lots_) : pop_of_several(row, group);
  counts_.leaves_queue(s, lots_[l]);
  return l;
}

Ticks Queues::next_due(StationIndex s) const {
  const Row& row = rows_[s];
  const auto due_of = [this](const LotQueue& q) { return lots_[lot_queue::front(q)].due; };
  if (row.queues.size() == 1) return row.queues[0].lots > 0 ? due_of(row.queues[0]) : never;
  Ticks due = never;
  for (const int group : row.filled) due = std::min(due, due_of(row.queues[static_cast<std::size_t>(group)]));
  return due;
}

std::vector<LotIndex> Queues::in_order(StationIndex s) const {
  const Station& is = setting_.station(s);
  std::vector<LotIndex> lots;
  for (const LotQueue& q : rows_[s].queues) lot_queue::each(q, lots_, [&](LotIndex l) { lots.push_back(l); });
  const bool ranked = is.order != QueueOrder::first_come;
  std::sort(lots.begin(), lots.end(), [&](LotIndex a, LotIndex b) {
    const std::int64_t one = ranked ? rank_of(is, lots_[a]) : 0;
    const std::int64_t other = ranked ? rank_of(is, lots_[b]) : 0;
    return one != other ? one < other : lots_[a].entry < lots_[b].entry;
  });
  return lots;
}

std::uint32_t Queues::oldest_epoch(StationIndex s, std::uint32_t epoch) const {
  for (const LotQueue& q : rows_[s].queues)
    lot_queue::each(q, lots_, [&](LotIndex l) { epoch = std::min(epoch, lots_[l].cause_epoch); });
  return epoch;
}

void Queues::hand_over(StationIndex s, LotIndex l) {
  lot_queue::push_back(rows_[s].queues[0], lots_, l);
  ++counts_.record(s).queue_lots;
}

}  // namespace mailflow
