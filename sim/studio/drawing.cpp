#include "studio/drawing.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <ranges>
#include <set>
#include <tuple>
#include <vector>

#include "report/json_values.hpp"

namespace mailflow::studio {

namespace {

using Json = nlohmann::ordered_json;

/// One arrow: for some products, destinations or a share of what is handled.
struct Arrow {
  StationIndex from, to;  ///< to: none where mail leaves the centre
  std::string of;
  std::optional<double> share;
  std::set<ProductIndex> products;
  std::set<DestinationIndex> destinations;
};

class Arrows {
 public:
  explicit Arrows(const Model& model) {
    for (const StationIndex s : model.stations.indices()) {
      const Station& station = model.stations[s];
      follow(station.next, {s, none, "next", std::nullopt, {}, {}});
      for (const Diversion& d : station.diversions) follow(d.next, {s, none, d.name, d.share, {}, {}});
    }
  }
  const std::vector<Arrow>& all() const { return all_; }

 private:
  void follow(const Route& route, const Arrow& so_far) {
    if (!route.nodes.empty()) go_down(route, RouteNodeIndex{0}, so_far);
  }

  void go_down(const Route& route, RouteNodeIndex at, Arrow so_far) {
    const RouteNode& node = route.nodes[at];
    switch (node.kind) {
      case RouteNode::Kind::to:
      case RouteNode::Kind::leaves:
        so_far.to = node.kind == RouteNode::Kind::to ? node.station : StationIndex{};
        add(so_far);
        return;
      case RouteNode::Kind::by_share:
        for (std::size_t i = 0; i < node.child.size(); ++i) {
          Arrow part = so_far;
          part.share = so_far.share.value_or(1) * node.share[i];
          go_down(route, node.child[i], part);
        }
        return;
      case RouteNode::Kind::by_product:
      case RouteNode::Kind::by_destination:
        for (std::size_t i = 0; i < node.child.size(); ++i) {
          if (node.child[i] == none) continue;
          Arrow part = so_far;
          if (node.kind == RouteNode::Kind::by_product)
            part.products.insert(ProductIndex(static_cast<int>(i)));
          else
            part.destinations.insert(DestinationIndex(static_cast<int>(i)));
          go_down(route, node.child[i], part);
        }
        return;
    }
  }

  /// Laid onto one between the same two for the same share, where there is one.
  void add(const Arrow& arrow) {
    const auto same = std::find_if(all_.begin(), all_.end(), [&](const Arrow& a) {
      return std::tie(a.from, a.to, a.of, a.share) == std::tie(arrow.from, arrow.to, arrow.of, arrow.share) &&
             a.products.empty() == arrow.products.empty() && a.destinations.empty() == arrow.destinations.empty();
    });
    if (same == all_.end()) {
      all_.push_back(arrow);
      return;
    }
    same->products.insert(arrow.products.begin(), arrow.products.end());
    same->destinations.insert(arrow.destinations.begin(), arrow.destinations.end());
  }

  std::vector<Arrow> all_;
};

/// How many stations lie before each on the longest way there that does not go round.
class Ranks {
 public:
  Ranks(const Model& model, const std::vector<Arrow>& arrows)
      : rank_(model.stations.size()), state_(model.stations.size()) {
    for (const Source& source : model.sources) visit_from(source.into, arrows);
    for (const StationIndex s : model.stations.indices()) visit_from(s, arrows);
    for (const StationIndex s : std::ranges::reverse_view(order_))
      for (const Arrow& a : arrows)
        if (a.from == s && a.to != none && !goes_back_.contains({a.from, a.to}))
          rank_[a.to] = std::max(rank_[a.to], rank_[a.from] + 1);
  }
  int of(StationIndex station) const { return rank_[station]; }

 private:
  /// Depth first; the stations in the order in which they are left.
  void visit_from(StationIndex s, const std::vector<Arrow>& arrows) {
    if (s == none || state_[s] != 0) return;
    state_[s] = 1;
    for (const Arrow& a : arrows) {
      if (a.from != s || a.to == none) continue;
      if (state_[a.to] == 1)
        goes_back_.insert({a.from, a.to});
      else
        visit_from(a.to, arrows);
    }
    state_[s] = 2;
    order_.push_back(s);
  }

  Rows<Station, int> rank_, state_;
  std::set<std::pair<StationIndex, StationIndex>> goes_back_;
  std::vector<StationIndex> order_;
};

const char* word_of_source(Source::Kind kind) {
  switch (kind) {
    case Source::Kind::vehicles:
      return "vehicles";
    case Source::Kind::rate:
      return "rate";
    case Source::Kind::gaps:
      return "gaps";
    case Source::Kind::replay:
      return "replay";
    case Source::Kind::backlog:
      return "backlog";
  }
  return "";
}

template <class Element>
Json named(const Element& element) {
  return {{"name", element.name}, {"label", json_label(element.label, element.name)}};
}

template <class Elements, class List>
Json names(const Elements& elements, const List& of) {
  Json list = Json::array();
  for (const auto& i : of) list.push_back(elements[i].name);
  return list;
}

Json station_json(const Model& model, StationIndex s, int rank) {
  const Station& station = model.stations[s];
  Json json = named(station);
  json["kind"] = word_of(station.kind);
  json["rank"] = rank;
  json["servers"] = station.servers;
  json["crew"] = station.crew;
  json["skill"] = station.skill == none ? Json(nullptr) : Json(model.skills[station.skill]);
  return json;
}

Json team_json(const Model& model, const Team& team) {
  Json json = named(team);
  json["agents"] = team.agents;
  json["skills"] = Json::array();
  std::set<SkillIndex> has;
  for (const Skilled& skilled : team.skills) {
    has.insert(skilled.skill);
    json["skills"].push_back(model.skills[skilled.skill]);
  }
  json["stations"] = Json::array();
  for (const Station& s : model.stations)
    if (s.crew > 0 && s.skill != none && has.contains(s.skill)) json["stations"].push_back(s.name);
  return json;
}

Json departure_json(const Model& model, const Departure& departure) {
  Json json = named(departure);
  json["from"] = names(model.stations, departure.from);
  json["destinations"] = Json::array();
  if (!departure.serves_all)
    for (const DestinationIndex d : departure.serves.indices())
      if (departure.serves[d]) json["destinations"].push_back(model.destinations[d].name);
  json["times"] = departure.at.size();
  return json;
}

}  // namespace

std::string drawing_json(const Model& model) {
  const Calendar calendar = model.calendar();
  const Arrows arrows(model);
  const Ranks ranks(model, arrows.all());
  Json json = {{"centre", {{"name", model.name}, {"label", json_label(model.label, model.name)}}},
               {"from", calendar.text_with_offset(model.situation.given ? model.situation.at : 0)},
               {"until", calendar.text_with_offset(model.end)},
               {"currency", model.currency}};
  for (const char* list : {"stations", "sources", "routes", "teams", "departures", "products", "destinations"})
    json[list] = Json::array();
  for (const StationIndex s : model.stations.indices()) json["stations"].push_back(station_json(model, s, ranks.of(s)));
  for (const Source& source : model.sources) {
    Json one = named(source);
    one["kind"] = word_of_source(source.kind);
    one["into"] = source.into == none ? Json(nullptr) : Json(model.stations[source.into].name);
    json["sources"].push_back(one);
  }
  for (const Arrow& a : arrows.all())
    json["routes"].push_back({{"from", model.stations[a.from].name},
                              {"to", a.to == none ? Json(nullptr) : Json(model.stations[a.to].name)},
                              {"of", a.of},
                              {"share", a.share ? Json(*a.share) : Json(nullptr)},
                              {"products", names(model.products, a.products)},
                              {"destinations", names(model.destinations, a.destinations)}});
  for (const Team& team : model.teams) json["teams"].push_back(team_json(model, team));
  for (const Departure& departure : model.departures) json["departures"].push_back(departure_json(model, departure));
  for (const Product& product : model.products) json["products"].push_back(named(product));
  for (const Destination& destination : model.destinations) json["destinations"].push_back(named(destination));
  return json.dump();
}

}  // namespace mailflow::studio
