#include "centre/queues.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// The first sort plan that mail of a product meets on a route.
SortPlanIndex sort_plan_of(const Route& route, RouteNodeIndex node, ProductIndex product) {
  const RouteNode& at = route.nodes[node];
  switch (at.kind) {
    case RouteNode::Kind::to:
    case RouteNode::Kind::leaves:
      return none;
    case RouteNode::Kind::by_product: {
      const RouteNodeIndex child = at.of(product);
      return child == none ? none : sort_plan_of(route, child, product);
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
  if (is.set_up.between == SetUpBetween::sort_plans) {
    const SortPlanIndex plan = sort_plan_of(is.next, RouteNodeIndex(0), lot.product);
    if (plan != none) group = static_cast<int>(setting_.model.products.size()) + plan.number();
  }
  return group * is.passes + lot.pass;
}

/// The lot's rank in its queue: one for all where who came first is served first.
std::int64_t Queues::rank_of(const Station& is, const Lot& lot) const {
  switch (is.order) {
    case QueueOrder::first_come:
      return 0;
    case QueueOrder::priority:
      return setting_.product(lot.product).priority;
    case QueueOrder::earliest_due:
      return lot.due;
  }
  return 0;
}

/// The queue that the lot joins now: one for all, or one per set-up group.
LotQueue& Queues::queue_for(StationIndex s, const Lot& lot) {
  Row& row = rows_[s];
  if (row.queues.size() == 1) return row.queues[0];
  const int group = group_of(s, lot);
  LotQueue& q = row.queues[static_cast<std::size_t>(group)];
  if (q.empty()) row.filled.push_back(group);
  return q;
}

void Queues::push(StationIndex s, LotIndex l) {
  const Lot& lot = lots_[l];
  queue_for(s, lot).push(lots_, rank_of(setting_.station(s), lot), l);
  counts_.joins_queue(s, lot);
}

/// Whether of two queues in which lots wait the first one's first goes before the other's.
bool Queues::goes_first(const LotQueue& a, const LotQueue& b) const {
  if (a.front_rank() != b.front_rank()) return a.front_rank() < b.front_rank();
  return lots_[a.front()].entry < lots_[b.front()].entry;
}

LotIndex Queues::pop_of_several(Row& row, int group) {
  const auto queue = [&row](int g) -> LotQueue& { return row.queues[static_cast<std::size_t>(g)]; };
  int best = group;
  if (group < 0 || queue(group).empty()) {
    best = row.filled[0];
    for (const int other : row.filled)
      if (goes_first(queue(other), queue(best))) best = other;
  }
  const LotIndex l = queue(best).pop(lots_);
  if (queue(best).empty()) {
    *std::find(row.filled.begin(), row.filled.end(), best) = row.filled.back();
    row.filled.pop_back();
  }
  return l;
}

LotIndex Queues::pop(StationIndex s, int group) {
  Row& row = rows_[s];
  const LotIndex l = row.queues.size() == 1 ? row.queues[0].pop(lots_) : pop_of_several(row, group);
  counts_.leaves_queue(s, lots_[l]);
  return l;
}

Ticks Queues::next_due(StationIndex s) const {
  const Row& row = rows_[s];
  const bool by_due = setting_.station(s).order == QueueOrder::earliest_due;
  const auto due_of = [&](const LotQueue& q) { return by_due ? q.front_rank() : lots_[q.front()].due; };
  if (row.queues.size() == 1) return row.queues[0].empty() ? never : due_of(row.queues[0]);
  Ticks due = never;
  for (const int group : row.filled) due = std::min(due, due_of(row.queues[static_cast<std::size_t>(group)]));
  return due;
}

std::vector<LotIndex> Queues::in_order(StationIndex s) const {
  const Station& is = setting_.station(s);
  std::vector<LotIndex> lots;
  for (const LotQueue& q : rows_[s].queues) q.each(lots_, [&](LotIndex l) { lots.push_back(l); });
  std::sort(lots.begin(), lots.end(), [&](LotIndex a, LotIndex b) {
    const std::int64_t one = rank_of(is, lots_[a]);
    const std::int64_t other = rank_of(is, lots_[b]);
    return one != other ? one < other : lots_[a].entry < lots_[b].entry;
  });
  return lots;
}

std::uint32_t Queues::oldest_epoch(StationIndex s, std::uint32_t epoch) const {
  for (const LotQueue& q : rows_[s].queues)
    q.each(lots_, [&](LotIndex l) { epoch = std::min(epoch, lots_[l].cause_epoch); });
  return epoch;
}

void Queues::hand_over(StationIndex s, LotIndex l) {
  rows_[s].queues[0].push(lots_, 0, l);
  ++counts_.record(s).queue_lots;
}

}  // namespace mailflow
