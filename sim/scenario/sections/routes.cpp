#include "scenario/sections/routes.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/random.hpp"
#include "core/words.hpp"
#include "scenario/sections/value_reader.hpp"
#include "scenario/values/first_words.hpp"

namespace mailflow {

namespace {

bool is_share(const Node& node) { return node.is_scalar() && node.text.ends_with('%'); }

class RouteReader : private ValueReader {
 public:
  using ValueReader::ValueReader;
  Route route(const Node& node);

 private:
  RouteNodeIndex route_node(const Node& node, Route& route, int depth, std::uint64_t way);
  RouteNodeIndex route_map(const Node& node, Route& route, int depth, std::uint64_t way);
  void route_shares(const Node& node, Route& route, int depth, RouteNode& result);
};

Route RouteReader::route(const Node& node) {
  Route result;
  route_node(node, result, 0, 0);
  return result;
}

/// Adds the node of one `next` value and those below it; gives its index. `way`: names the keys that lead to it.
RouteNodeIndex RouteReader::route_node(const Node& node, Route& route, int depth, std::uint64_t way) {
  const RouteNodeIndex index = route.nodes.push_back({});
  if (depth > 16) {
    in_.problems.error(node.place, tr("this next is nested too deeply"), tr("a sort plan cannot lead to itself"));
    return index;
  }
  if (node.is_scalar()) {
    RouteNode leaf;
    if (node.text == "out")
      leaf.kind = RouteNode::Kind::leaves;
    else
      leaf.station = reference(node, in_.names.stations, tr("station"), {"out"});
    route.nodes[index] = leaf;
  } else if (node.is_map() && !node.entries.empty()) {
    route.nodes.pop_back();
    return route_map(node, route, depth, way);
  } else {
    bad(node, "next", "", tr("it must be a station, out, or a map of shares, products or destinations"));
  }
  return index;
}

/// Shares of stations, in order of their names.
void RouteReader::route_shares(const Node& node, Route& route, int depth, RouteNode& result) {
  result.kind = RouteNode::Kind::by_share;
  double total = 0;
  std::map<std::string, std::pair<RouteNodeIndex, double>> parts;
  for (const Entry& e : node.entries) {
    const Node station = key_as_value(e);
    const RouteNodeIndex child = route_node(station, route, depth + 1, 0);
    const auto parse = [](std::string_view text, Failure& why) { return parse_share(text, 1, why); };
    const double part = value(e.value, tr("the share of {}", e.key), e.key + ": 20 %", parse).value_or(0);
    parts[e.key] = {child, part};
    total += part;
  }
  for (const auto& [name, part] : parts) {
    result.child.push_back(part.first);
    result.share.push_back(part.second);
  }
  if (std::abs(total - 1) > 1e-9)
    in_.problems.error(node.place, tr("these shares add up to {} %, not 100 %", number(total * 100)),
                       total < 1 ? tr("still to be given: {} %", number(std::abs(total - 1) * 100))
                                 : tr("too much by {} %", number(std::abs(total - 1) * 100)));
}

RouteNodeIndex RouteReader::route_map(const Node& node, Route& route, int depth, std::uint64_t way) {
  const RouteNodeIndex index = route.nodes.push_back({});
  RouteNode result;
  const Node* map = &node;
  if (const Node* plan = get(node, "sort_plan")) {
    const Node* plans = get(in_.root, "sort_plans");
    result.sort_plan = reference(*plan, in_.names.sort_plans, tr("sort plan"));
    if (result.sort_plan == none || plans == nullptr) return index;
    map = plans->find(plan->text);
    if (map == nullptr || !map->is_map()) {
      bad(*plan, tr("sort plan {}", plan->text), "", tr("it must be a map from destinations to where they go"));
      return index;
    }
  }
  const auto is_name = [&](const Names& names) {
    return std::all_of(map->entries.begin(), map->entries.end(),
                       [&](const Entry& e) { return e.key == "other" || names.contains(e.key); });
  };
  const bool shares =
      std::all_of(map->entries.begin(), map->entries.end(), [](const Entry& e) { return is_share(e.value); });
  if (shares && result.sort_plan == none) {
    result.key = way;
    route_shares(*map, route, depth, result);
  } else if ((is_name(in_.names.products) && result.sort_plan == none) || is_name(in_.names.destinations)) {
    const bool products = is_name(in_.names.products) && result.sort_plan == none;
    const Names& names = products ? static_cast<const Names&>(in_.names.products) : in_.names.destinations;
    result.kind = products ? RouteNode::Kind::by_product : RouteNode::Kind::by_destination;
    result.child.assign(names.size(), none);
    const Node* other = map->find("other");
    const auto to = [way](const std::string& name) { return mixed(way + name_key(name)); };
    const RouteNodeIndex rest = other == nullptr ? none : route_node(*other, route, depth + 1, to("other"));
    for (const Entry& e : map->entries)
      if (e.key != "other")
        result.child[static_cast<std::size_t>(names.at(e.key))] = route_node(e.value, route, depth + 1, to(e.key));
    for (RouteNodeIndex& child : result.child)
      if (child == none) child = rest;
  } else {
    std::vector<std::string> known = {"other"};
    for (const auto& [name, i] : in_.names.products)
      if (result.sort_plan == none) known.push_back(name);
    for (const auto& [name, i] : in_.names.destinations) known.push_back(name);
    if (in_.names.products.empty() && in_.problems.has_errors()) return index;  // what gives them could not be read
    for (const Entry& e : map->entries) {
      if (std::find(known.begin(), known.end(), e.key) != known.end()) continue;
      if (lone_name(e, in_.names.products) || lone_name(e, in_.names.destinations)) return index;
      const std::vector<std::string> words = keys_meant(e.key);
      const bool rest = std::find(words.begin(), words.end(), "other") != words.end() && map->find("other") == nullptr;
      const std::string close = rest ? "other" : nearest(e.key, known);
      if (result.sort_plan != none && in_.names.products.contains(e.key)) {
        in_.problems.error(e.place, tr("\"{}\" is a product, and a sort plan is by destination", e.key),
                           tr("for products write the map under next itself: next: {letter: coding, other: cull}"));
        return index;
      }
      in_.problems.error(e.place, tr("\"{}\" is neither a product nor a destination", e.key),
                         close.empty()
                             ? tr("next takes a station, shares that are all percentages, products, or destinations")
                             : tr("did you mean {}?", close));
      return index;
    }
    in_.problems.error(node.place, tr("this next mixes products and destinations"),
                       tr("nest them: {letter: {ducos: bay, other: coding}, other: cull}"));
  }
  route.nodes[index] = result;
  return index;
}

}  // namespace

Route read_route(Reading& reading, const Node& next) { return RouteReader(reading).route(next); }

}  // namespace mailflow
