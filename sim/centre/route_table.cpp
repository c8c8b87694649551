#include "centre/route_table.hpp"

namespace mailflow {

RouteTable::RouteTable(const Route& route) {
  if (!route.nodes.empty()) begin_ = place_of(route, RouteNodeIndex(0));
}

/// The place of a node, with all below it: of an end what station() takes apart, else the number of a branch.
int RouteTable::place_of(const Route& route, RouteNodeIndex node) {
  if (node == none) return nowhere;
  const RouteNode& is = route.nodes[node];
  if (is.kind == RouteNode::Kind::to || is.kind == RouteNode::Kind::leaves) return -is.station.number() - 2;
  const std::size_t branch = branches_.size();
  branches_.push_back(
      {next_.size(), is.kind == RouteNode::Kind::by_product, is.kind == RouteNode::Kind::by_share ? &is : nullptr});
  const std::size_t first = next_.size();
  next_.resize(first + is.child.size());
  for (std::size_t i = 0; i < is.child.size(); ++i) {
    const int place = place_of(route, is.child[i]);  // next_ may grow meanwhile
    next_[first + i] = place;
  }
  return static_cast<int>(branch);
}

}  // namespace mailflow
