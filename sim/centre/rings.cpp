#include "centre/rings.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <functional>
#include <map>
#include <queue>
#include <utility>

namespace mailflow {

Waits possible_waits(const Model& model) {
  Waits waits(model.stations.size());
  for (const StationIndex s : waits.indices()) {
    const Station& from = model.stations[s];
    if (!takes_in_hand(from.kind)) continue;
    const auto follow = [&](const Route& route) {
      for (const RouteNode& node : route.nodes)
        if (node.kind == RouteNode::Kind::to && node.station != none && model.stations[node.station].queue_holds >= 0)
          waits[s].insert(node.station);
    };
    follow(from.next);
    for (const Diversion& diversion : from.diversions)
      if (diversion.share > 0) follow(diversion.next);
  }
  return waits;
}

Rows<Station, int> rings_of(const Waits& waits) {
  Rows<Station, int> ring(waits.size(), -1);
  if (std::all_of(waits.begin(), waits.end(), [](const auto& to) { return to.empty(); })) return ring;
  boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS> graph(waits.size());
  for (const StationIndex s : waits.indices())
    for (const StationIndex t : waits[s]) boost::add_edge(s.at(), t.at(), graph);
  Rows<Station, int> part(waits.size(), 0);
  const int parts = boost::strong_components(
      graph, boost::make_iterator_property_map(part.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<bool> goes_round(static_cast<std::size_t>(parts), false);
  for (const StationIndex s : waits.indices())
    for (const StationIndex t : waits[s])
      if (part[s] == part[t]) goes_round[static_cast<std::size_t>(part[s])] = true;
  std::vector<int> number(static_cast<std::size_t>(parts), -1);
  int rings = 0;
  for (const StationIndex s : waits.indices()) {
    const auto p = static_cast<std::size_t>(part[s]);
    if (!goes_round[p]) continue;
    if (number[p] < 0) number[p] = rings++;
    ring[s] = number[p];
  }
  return ring;
}

Round smallest_round(const Model& model, const Waits& waits, const std::vector<StationIndex>& ring) {
  constexpr std::size_t most_begun = 200;  // a ring of more stations has its round sought from these alone
  const auto holds = [&](StationIndex s) { return model.stations[s].queue_holds; };
  std::vector<StationIndex> by_name = ring;
  std::sort(by_name.begin(), by_name.end(),
            [&](StationIndex a, StationIndex b) { return model.stations[a].name < model.stations[b].name; });
  const std::set<StationIndex> within(ring.begin(), ring.end());
  Round best;
  for (std::size_t i = 0; i < std::min(by_name.size(), most_begun); ++i) {
    const StationIndex begin = by_name[i];
    std::map<StationIndex, std::int64_t> far;
    std::map<StationIndex, StationIndex> before;
    using Step = std::pair<std::int64_t, StationIndex>;
    std::priority_queue<Step, std::vector<Step>, std::greater<>> next;
    next.emplace(0, begin);
    while (!next.empty()) {
      const auto [so_far, s] = next.top();
      next.pop();
      if (s == begin && so_far > 0) break;
      if (const auto known = far.find(s); known != far.end() && known->second < so_far) continue;
      for (const StationIndex t : waits[s]) {
        if (!within.contains(t)) continue;
        const std::int64_t there = so_far + holds(t) + 1;  // a queue that holds nothing is a step all the same
        const auto known = far.find(t);
        if (known != far.end() && known->second <= there) continue;
        far[t] = there;
        before[t] = s;
        next.emplace(there, t);
      }
    }
    if (!far.contains(begin)) continue;
    Round round;
    for (StationIndex s = before[begin]; s != begin; s = before[s]) round.stations.push_back(s);
    round.stations.push_back(begin);
    std::reverse(round.stations.begin(), round.stations.end());
    for (const StationIndex s : round.stations) round.holds += holds(s);
    if (best.stations.empty() || round.holds < best.holds) best = std::move(round);
  }
  return best;
}

}  // namespace mailflow
