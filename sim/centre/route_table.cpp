#include "centre/route_table.hpp"

namespace mailflow {

RouteTable::RouteTable(const Route& route) {
  if (!route.nodes.empty()) begin_ = place_of(route, 0);
}

/// The place of a node, with all below it: of an end what station() takes apart, else the number of a branch.
int RouteTable::place_of(const Route& route, int node) {
  if (node < 0) return -2;  // cannot happen
  const RouteNode& is = route.nodes[static_cast<std::size_t>(node)];
  if (is.kind == RouteNode::Kind::to) return -is.station - 3;
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
