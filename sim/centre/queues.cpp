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

/// The queue that the lot joins: one for all, or one per set-up group.
LotQueue& Queues::queue_for(StationIndex s, const Lot& lot) {
  auto& queues = rows_[s].queues;
  return queues.size() == 1 ? queues[0] : queues[static_cast<std::size_t>(group_of(s, lot))];
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

/// Of several queues the one from which the next lot is taken.
LotQueue& Queues::next_queue(Row& row, int group) {
  if (group >= 0 && row.queues[static_cast<std::size_t>(group)].lots > 0)
    return row.queues[static_cast<std::size_t>(group)];
  LotQueue* best = nullptr;
  for (LotQueue& q : row.queues) {
    if (q.lots == 0) continue;
    if (best == nullptr) {
      best = &q;
      continue;
    }
    const bool earlier = q.heap.empty() ? lots_[lot_queue::front(q)].entry < lots_[lot_queue::front(*best)].entry
                                        : lot_queue::later(best->heap.front(), q.heap.front());
    if (earlier) best = &q;
  }
  return *best;
}

LotIndex Queues::pop(StationIndex s, int group) {
  Row& row = rows_[s];
  const LotIndex l = lot_queue::pop(row.queues.size() == 1 ? row.queues[0] : next_queue(row, group), lots_);
  counts_.leaves_queue(s, lots_[l]);
  return l;
}

Ticks Queues::next_due(StationIndex s) const {
  Ticks due = never;
  for (const LotQueue& q : rows_[s].queues)
    if (q.lots > 0) due = std::min(due, lots_[lot_queue::front(q)].due);
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
