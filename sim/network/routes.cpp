#include "network/routes.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/range/iterator_range.hpp>
#include <cstdint>
#include <limits>
#include <numeric>
#include <utility>

namespace mailflow {

namespace {

/// What an edge costs: ticks, and a count of links below them, so that one sum compares both.
using Cost = std::int64_t;
constexpr unsigned link_bits = 8;
constexpr Cost unreachable = std::numeric_limits<Cost>::max() / 4;
/// Destinations swept together, for the sake of the cache and of the processor's vectors.
constexpr std::size_t block = 16;
/// Destinations of one part of the work, some blocks one after another: as many as there are bits in a word.
constexpr std::size_t share = 64;
static_assert(share % block == 0);
using Served = std::vector<std::uint64_t>;  ///< by trip: which destinations of a share take it
using Costs = std::array<Cost, block>;
using Ranks = std::array<std::int32_t, block>;

constexpr Cost cost(Ticks span, int links) { return (span << link_bits) + links; }

/// A trip on the graph: the moment at which it closes at its centre.
struct Trip {
  std::int32_t link = 0;
  std::int32_t number = 0;  ///< of the link's trips
  Ticks closes = 0;
  Ticks arrives = 0;
};

enum class EdgeKind : std::uint8_t { wait, ride };
struct Edge {
  EdgeKind kind = EdgeKind::wait;
  Cost weight = 0;
};
using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Edge>;

class Timetable {
 public:
  explicit Timetable(const RouteProblem& problem) : problem_(problem), ranks_(problem.links.size()) {
    std::vector<std::size_t> order(problem.links.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return problem.links[a].name < problem.links[b].name; });
    for (std::size_t r = 0; r < order.size(); ++r) ranks_[order[r]] = static_cast<std::int32_t>(r);
    collect();
    connect();
  }

  RouteChoice choice(const Parts& parts) const {
    std::vector<Served> served((problem_.centres + share - 1) / share);
    parts(served.size(), [&](std::size_t s) {
      served[s].assign(trips_.size(), 0);
      for (std::size_t part = 0; part < share && s * share + part < problem_.centres; part += block)
        sweep(s * share + part, part, served[s]);
    });
    return put_together(served);
  }

 private:
  /// Trips by closing time, then by the name of their link; so every edge leads to a later trip.
  void collect() {
    for (std::size_t l = 0; l < problem_.links.size(); ++l) {
      const LinkTimetable& link = problem_.links[l];
      for (std::size_t k = 0; k < link.at.size(); ++k)
        trips_.push_back({static_cast<std::int32_t>(l), static_cast<std::int32_t>(k), link.at[k] - link.closes_before,
                          link.at[k] + link.takes});
    }
    std::sort(trips_.begin(), trips_.end(), [this](const Trip& a, const Trip& b) {
      if (a.closes != b.closes) return a.closes < b.closes;
      if (a.link != b.link) return rank(a.link) < rank(b.link);
      return a.number < b.number;
    });
    at_centre_.resize(problem_.centres);
    for (std::size_t v = 0; v < trips_.size(); ++v)
      at_centre_[static_cast<std::size_t>(link_of(v).from)].push_back(static_cast<std::uint32_t>(v));
  }

  void connect() {
    same_moment_.assign(trips_.size(), 0);
    for (const auto& own : at_centre_)
      for (std::size_t i = 0; i + 1 < own.size(); ++i)
        if (trips_[own[i]].closes == trips_[own[i + 1]].closes) same_moment_[own[i]] = own[i + 1];
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    std::vector<Edge> properties;
    for (const auto& own : at_centre_)
      for (std::size_t i = 0; i + 1 < own.size(); ++i) {
        edges.emplace_back(own[i], own[i + 1]);
        properties.push_back({EdgeKind::wait, cost(trips_[own[i + 1]].closes - trips_[own[i]].closes, 0)});
      }
    for (std::size_t v = 0; v < trips_.size(); ++v) {
      const auto to = static_cast<std::size_t>(link_of(v).to);
      if (!problem_.passes_on.empty() && !problem_.passes_on[to]) continue;
      const Ticks ready = trips_[v].arrives + problem_.transfer;
      const auto& there = at_centre_[to];
      const auto next = std::lower_bound(there.begin(), there.end(), ready,
                                         [this](std::uint32_t t, Ticks time) { return trips_[t].closes < time; });
      if (next == there.end()) continue;
      edges.emplace_back(v, *next);
      properties.push_back({EdgeKind::ride, cost(trips_[*next].closes - trips_[v].closes, 1)});
    }
    graph_ = Graph(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), properties.begin(), trips_.size());
  }

  /// Earliest arrivals at a block of destinations, from the last trip to the first, and which trips they take.
  void sweep(std::size_t first, std::size_t part, Served& served) const {
    const std::size_t width = std::min(block, problem_.centres - first);
    Costs none;
    none.fill(unreachable);
    Ranks later_than_all;
    later_than_all.fill(std::numeric_limits<std::int32_t>::max());
    std::vector<Costs> best(trips_.size(), none);  // the best choice at a trip's closing
    std::vector<Ranks> taken(trips_.size());       // the link which that choice takes first
    for (std::size_t v = trips_.size(); v-- > 0;) {
      Costs ride = none;
      Costs wait = none;
      const Ranks* wait_takes = &later_than_all;
      for (const auto e : boost::make_iterator_range(boost::out_edges(v, graph_))) {
        const auto u = boost::target(e, graph_);
        const Edge& edge = graph_[e];
        Costs& way = edge.kind == EdgeKind::ride ? ride : wait;
        for (std::size_t i = 0; i < block; ++i) way[i] = best[u][i] + edge.weight;
        if (edge.kind == EdgeKind::wait) wait_takes = &taken[u];
      }
      const LinkTimetable& link = link_of(v);
      const auto within = [&](int centre) { return static_cast<std::size_t>(centre) - first < width; };
      if (within(link.to))
        ride[static_cast<std::size_t>(link.to) - first] = cost(trips_[v].arrives - trips_[v].closes, 1);
      if (within(link.from)) ride[static_cast<std::size_t>(link.from) - first] = unreachable;
      decide(v, part, ride, wait, *wait_takes, best[v], taken[v], served);
    }
  }

  /// Which of the destinations of a block take this trip: without branches, as most of the work is here.
  void decide(std::size_t v, std::size_t part, const Costs& ride, const Costs& wait, const Ranks& wait_takes,
              Costs& best, Ranks& taken, Served& served) const {
    const std::int32_t own = rank(trips_[v].link);
    std::uint64_t rides = 0;   // bits by destination
    std::uint64_t sooner = 0;  // than any later trip
    for (std::size_t i = 0; i < block; ++i) {
      const bool is_sooner = ride[i] < wait[i];
      const bool does = ride[i] < unreachable && (is_sooner || (ride[i] == wait[i] && own <= wait_takes[i]));
      best[i] = does ? ride[i] : std::min(wait[i], unreachable);
      taken[i] = does ? own : wait_takes[i];
      rides |= static_cast<std::uint64_t>(does) << i;
      sooner |= static_cast<std::uint64_t>(is_sooner) << i;
    }
    served[v] |= rides << part;
    // Trips that close at the same moment do not take what this one brings sooner: which of them loads first is open.
    for (std::size_t u = same_moment_[v]; u != 0; u = same_moment_[u]) served[u] &= ~((rides & sooner) << part);
  }

  RouteChoice put_together(const std::vector<Served>& served) const {
    RouteChoice result;
    for (const LinkTimetable& link : problem_.links)
      result.trip_serves.emplace_back(link.at.size(), Rows<Destination, bool>(problem_.centres, false));
    result.reaches.assign(problem_.centres, std::vector<bool>(problem_.centres, false));
    for (std::size_t c = 0; c < problem_.centres; ++c) result.reaches[c][c] = true;
    for (std::size_t v = 0; v < trips_.size(); ++v) {
      auto& serves =
          result.trip_serves[static_cast<std::size_t>(trips_[v].link)][static_cast<std::size_t>(trips_[v].number)];
      auto& reaches = result.reaches[static_cast<std::size_t>(link_of(v).from)];
      for (std::size_t s = 0; s < served.size(); ++s)
        for (std::uint64_t rest = served[s][v]; rest != 0; rest &= rest - 1) {
          const std::size_t destination = s * share + static_cast<std::size_t>(std::countr_zero(rest));
          serves[DestinationIndex(destination)] = true;
          reaches[destination] = true;
        }
    }
    return result;
  }

  const LinkTimetable& link_of(std::size_t v) const { return problem_.links[static_cast<std::size_t>(trips_[v].link)]; }
  std::int32_t rank(std::int32_t link) const { return ranks_[static_cast<std::size_t>(link)]; }

  const RouteProblem& problem_;
  std::vector<std::int32_t> ranks_;  ///< of links by name
  std::vector<Trip> trips_;
  std::vector<std::vector<std::uint32_t>> at_centre_;  ///< trips that start there, in order
  std::vector<std::size_t> same_moment_;  ///< the next trip of the centre where it closes at the same moment; else 0
  Graph graph_;
};

}  // namespace

RouteChoice choose_routes(const RouteProblem& problem, const Parts& parts) { return Timetable(problem).choice(parts); }

std::vector<Leg> earliest_way(const RouteProblem& problem, const RouteChoice& choice, int from, int to, Ticks ready) {
  std::vector<Leg> way;
  while (from != to) {
    Leg next;
    Ticks closes = never;
    for (std::size_t l = 0; l < problem.links.size(); ++l) {
      const LinkTimetable& link = problem.links[l];
      for (std::size_t k = 0; link.from == from && k < link.at.size(); ++k) {
        const Ticks closing = link.at[k] - link.closes_before;
        if (closing < ready || closing > closes || !choice.trip_serves[l][k][DestinationIndex(to)]) continue;
        if (closing == closes && problem.links[static_cast<std::size_t>(next.link)].name < link.name) continue;
        closes = closing;
        next = {static_cast<int>(l), link.at[k], link.at[k] + link.takes};
      }
    }
    if (next.link < 0) return {};
    way.push_back(next);
    from = problem.links[static_cast<std::size_t>(next.link)].to;
    ready = next.arrives + problem.transfer;
  }
  return way;
}

}  // namespace mailflow
