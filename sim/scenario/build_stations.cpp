// Stations and routes.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/random.hpp"
#include "scenario/builder.hpp"
#include "scenario/first_words.hpp"

namespace mailflow {
namespace {

bool is_share(const Node& node) { return node.is_scalar() && node.text.ends_with('%'); }

}  // namespace

void Builder::stations() {
  const Node* map = get(root_, "stations");
  if (map == nullptr || !map->is_map()) return;
  for (const Entry& e : map->entries) {
    Station result;
    result.name = e.key;
    station(e.value, result);
    model_.stations.push_back(result);
  }
}

void Builder::station(const Node& node, Station& result) {
  static const std::vector<std::string> kinds = {"manual", "machine", "conveyor", "walk", "hold", "bagging", "bay"};
  if (!node.is_map() || get(node, "kind") == nullptr) {
    strange_kind_ = true;
    if (node.is_map() && tell_meant(node, {"kind"}, "station " + result.name)) return;
    bad(node, "station " + result.name, node.is_map() ? "without a kind" : "",
        "it must have kind: one of manual, machine, conveyor, walk, hold, bagging, bay");
    return;
  }
  const int kind = choice(node, "kind", kinds, -1);
  strange_kind_ = strange_kind_ || kind < 0;
  if (kind < 0) return;
  result.kind = static_cast<StationKind>(kind);
  if (!check_section(node, "stations." + kinds[static_cast<std::size_t>(kind)], "station " + result.name)) return;
  result.label = label(node, "label");
  if (const Node* next = get(node, "next")) {
    result.next = route(*next);
    places_["next " + result.name] = next->place;
  }
  if (const Node* open = get(node, "open")) {
    result.always_open = false;
    result.open = opening(*open, "open");
  }
  if (const Node* takes = get(node, "takes")) result.takes = durations(*takes, "takes");
  queue(node, result);
  if (result.kind == StationKind::manual || result.kind == StationKind::machine) handling(node, result);
  if (result.kind == StationKind::hold) result.held_share = share(node, "share", 1);
  if (result.kind != StationKind::bagging) return;
  result.bag_at_most = duration(node, "at_most", never);
  if (const Node* full = get(node, "items"))
    result.bag_items = static_cast<int>(items(*full, "items", 1, 1'000'000, "items: 500 items").value_or(1));
}

void Builder::handling(const Node& node, Station& result) {
  const bool machine = result.kind == StationKind::machine;
  result.servers = whole(node, machine ? "machines" : "positions", 1, 1);
  result.passes = whole(node, "passes", 1, 1, 100);
  if (const Node* needs = get(node, "skill")) {
    result.skill = skill(*needs);
    result.crew = 1;
  }
  if (const Node* crew = get(node, "crew"); crew != nullptr && check_section(*crew, "crew", "crew")) {
    if (const Node* needs = get(*crew, "skill")) result.skill = skill(*needs);
    result.crew = whole(*crew, "needs", 1, 1, 1000);
  }
  const Node* rate = get(node, "rate");
  const Node* service = get(node, "service");
  if (rate == nullptr && service == nullptr && (meant(node, "rate") || meant(node, "service"))) {
    // told there
  } else if ((rate == nullptr) == (service == nullptr)) {
    problems_.error(node.place, "station " + result.name + " needs rate or service, one of them",
                    "for example rate: 1100 items/h");
  } else if (rate != nullptr) {
    result.items_per_tick = this->rate(*rate, Least::above_zero).value_or(0);
  } else {
    const auto parse = [&](std::string_view text, Failure& why) {
      return parse_service(text, number_file(*service), why);
    };
    const auto law = value(*service, "service", "service: exponential(20 s) per item", parse);
    result.service = law ? law->law : Distribution::fixed(1);
    result.service_per_lot = law && law->per_lot;
    tell_raised_mean(*service, "service", result.service, Drawn::duration);
  }
  diversion(node, "rejects", result);
  diversion(node, "no_reads", result);
  double away = 0;
  for (const Diversion& d : result.diversions) away += d.share;
  if (away > 1 + 1e-9)
    problems_.error(node.place, "station " + result.name + " turns away more than 100 % of its items",
                    "rejects and no_reads are shares of all items");
  if (const Node* set_up = get(node, "set_up"); set_up != nullptr && check_section(*set_up, "set_up", "set_up")) {
    result.set_up.between = choice(*set_up, "between", {"products", "sort plans"}, 0) == 0 ? SetUp::Between::products
                                                                                           : SetUp::Between::sort_plans;
    if (const Node* takes = get(*set_up, "takes")) result.set_up.takes = durations(*takes, "takes");
    result.set_up.same_first = flag(*set_up, "same_first", false);
  }
  if (const Node* breaks = get(node, "breaks_down");
      breaks != nullptr && check_section(*breaks, "breaks_down", "breaks_down")) {
    result.breakdown.present = true;
    if (const Node* every = get(*breaks, "every")) {
      const std::size_t errors = problems_.errors();
      result.breakdown.every = durations(*every, "every");
      if (problems_.errors() == errors && result.breakdown.every.mean() < static_cast<double>(second))
        bad(*every, "every", "", "breakdowns must be a second apart or more on average");
    }
    if (const Node* lasts = get(*breaks, "for")) result.breakdown.repair = durations(*lasts, "for");
    result.breakdown.only_while_working = choice(*breaks, "while", {"working", "always"}, 0) == 0;
  }
}

void Builder::queue(const Node& node, Station& result) {
  const Node* queue = get(node, "queue");
  if (queue == nullptr || !check_section(*queue, "queue", "queue")) return;
  result.order = static_cast<QueueOrder>(choice(*queue, "order", {"first come", "priority", "earliest due"}, 0));
  if (const Node* holds = get(*queue, "holds")) {
    if (result.kind == StationKind::bay)
      problems_.error(holds->place, "a bay holds what comes; it has no bound", "remove holds:");
    else
      result.queue_holds = items(*holds, "holds", 0, 1'000'000'000, "holds: 60000 items").value_or(-1);
  }
}

void Builder::diversion(const Node& map, const std::string& key, Station& result) {
  const Node* node = get(map, key);
  if (node == nullptr || !check_section(*node, "diversion", key)) return;
  Diversion diversion;
  diversion.name = key;
  diversion.share = share(*node, "share", 0);
  if (const Node* next = get(*node, "next")) diversion.next = route(*next);
  result.diversions.push_back(diversion);
}

int Builder::skill(const Node& node) {
  const std::string name = scalar(node, "skill");
  const auto [found, is_new] = skills_.emplace(name, static_cast<int>(skills_.size()));
  if (is_new) {
    model_.skills.push_back(name);
    places_["skills " + name] = node.place;
  }
  return found->second;
}

Route Builder::route(const Node& node) {
  Route result;
  route_node(node, result, 0, 0);
  return result;
}

/// Adds the node of one `next` value and those below it; gives its index. `way`: names the keys that lead to it.
int Builder::route_node(const Node& node, Route& route, int depth, std::uint64_t way) {
  const auto index = static_cast<int>(route.nodes.size());
  route.nodes.emplace_back();
  if (depth > 16) {
    problems_.error(node.place, "this next is nested too deeply", "a sort plan cannot lead to itself");
    return index;
  }
  if (node.is_scalar()) {
    RouteNode leaf;
    leaf.station = node.text == "out" ? out_of_centre : reference(node, stations_, "station", {"out"});
    route.nodes[static_cast<std::size_t>(index)] = leaf;
  } else if (node.is_map() && !node.entries.empty()) {
    route.nodes.pop_back();
    return route_map(node, route, depth, way);
  } else {
    bad(node, "next", "", "it must be a station, out, or a map of shares, products or destinations");
  }
  return index;
}

/// Shares of stations, in order of their names.
void Builder::route_shares(const Node& node, Route& route, int depth, RouteNode& result) {
  result.kind = RouteNode::Kind::by_share;
  double total = 0;
  std::map<std::string, std::pair<int, double>> parts;
  for (const Entry& e : node.entries) {
    const Node station = key_as_value(e);
    const int child = route_node(station, route, depth + 1, 0);
    const auto parse = [](std::string_view text, Failure& why) { return parse_share(text, 1, why); };
    const double part = value(e.value, "the share of " + e.key, e.key + ": 20 %", parse).value_or(0);
    parts[e.key] = {child, part};
    total += part;
  }
  for (const auto& [name, part] : parts) {
    result.child.push_back(part.first);
    result.share.push_back(part.second);
  }
  if (std::abs(total - 1) > 1e-9)
    problems_.error(node.place, "these shares add up to " + number(total * 100) + " %, not 100 %",
                    (total < 1 ? "still to be given: " : "too much by ") + number(std::abs(total - 1) * 100) + " %");
}

int Builder::route_map(const Node& node, Route& route, int depth, std::uint64_t way) {
  const auto index = static_cast<int>(route.nodes.size());
  route.nodes.emplace_back();
  RouteNode result;
  const Node* map = &node;
  if (const Node* plan = get(node, "sort_plan")) {
    const Node* plans = get(root_, "sort_plans");
    result.sort_plan = reference(*plan, sort_plans_, "sort plan");
    if (result.sort_plan < 0 || plans == nullptr) return index;
    map = plans->find(plan->text);
    if (map == nullptr || !map->is_map()) {
      bad(*plan, "sort plan " + plan->text, "", "it must be a map from destinations to where they go");
      return index;
    }
  }
  const auto is_name = [&](const Names& names) {
    return std::all_of(map->entries.begin(), map->entries.end(),
                       [&](const Entry& e) { return e.key == "other" || names.contains(e.key); });
  };
  const bool shares =
      std::all_of(map->entries.begin(), map->entries.end(), [](const Entry& e) { return is_share(e.value); });
  if (shares && result.sort_plan < 0) {
    result.key = way;
    route_shares(*map, route, depth, result);
  } else if ((is_name(products_) && result.sort_plan < 0) || is_name(destinations_)) {
    const bool products = is_name(products_) && result.sort_plan < 0;
    const Names& names = products ? products_ : destinations_;
    result.kind = products ? RouteNode::Kind::by_product : RouteNode::Kind::by_destination;
    result.child.assign(names.size(), -1);
    const Node* other = map->find("other");
    const auto to = [way](const std::string& name) { return mixed(way + name_key(name)); };
    const int rest = other == nullptr ? -1 : route_node(*other, route, depth + 1, to("other"));
    for (const Entry& e : map->entries)
      if (e.key != "other")
        result.child[static_cast<std::size_t>(names.at(e.key))] = route_node(e.value, route, depth + 1, to(e.key));
    for (int& child : result.child)
      if (child < 0) child = rest;
  } else {
    std::vector<std::string> known = {"other"};
    for (const auto& [name, i] : products_)
      if (result.sort_plan < 0) known.push_back(name);
    for (const auto& [name, i] : destinations_) known.push_back(name);
    if (products_.empty() && problems_.has_errors()) return index;  // what gives them could not be read
    for (const Entry& e : map->entries) {
      if (std::find(known.begin(), known.end(), e.key) != known.end()) continue;
      if (lone_name(e, products_) || lone_name(e, destinations_)) return index;
      const std::vector<std::string> words = keys_meant(e.key);
      const bool rest = std::find(words.begin(), words.end(), "other") != words.end() && map->find("other") == nullptr;
      const std::string close = rest ? "other" : nearest(e.key, known);
      if (result.sort_plan >= 0 && products_.contains(e.key)) {
        problems_.error(e.place, "\"" + e.key + "\" is a product, and a sort plan is by destination",
                        "for products write the map under next itself: next: {letter: coding, other: cull}");
        return index;
      }
      problems_.error(e.place, "\"" + e.key + "\" is neither a product nor a destination",
                      close.empty() ? "next takes a station, shares that are all percentages, products, or destinations"
                                    : "did you mean " + close + "?");
      return index;
    }
    problems_.error(node.place, "this next mixes products and destinations",
                    "nest them: {letter: {ducos: bay, other: coding}, other: cull}");
  }
  route.nodes[static_cast<std::size_t>(index)] = result;
  return index;
}

}  // namespace mailflow
