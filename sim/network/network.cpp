#include "network/network.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace mailflow {

Rows<Destination, double> posted_items(const Model& model) {
  Rows<Destination, double> to(model.destinations.size(), 0);
  for (const Source& s : model.sources) {
    Rows<Product, double> items(model.products.size(), 0);
    double rate = 0;
    for (std::size_t i = 0; s.kind == Source::Kind::rate && i < s.rate.size(); ++i) {
      const Ticks until = i + 1 < s.rate.size() ? s.rate[i + 1].from : model.end;
      rate += s.rate[i].items_per_tick * static_cast<double>(std::max<Ticks>(0, until - s.rate[i].from));
    }
    for (const ProductIndex p : items.indices()) {
      const double share = s.mix.product.empty() ? 0 : s.mix.product[p];
      if (s.kind == Source::Kind::rate) items[p] = share * rate;
      if (s.kind == Source::Kind::vehicles) items[p] = static_cast<double>(s.at.size()) * s.items[p].mean();
      if (s.kind == Source::Kind::backlog) items[p] = s.items[p].mean();
      if (s.kind == Source::Kind::gaps)
        items[p] = share * model.products[p].lot_items * static_cast<double>(model.end) / s.every.mean();
    }
    for (const ReplayRow& row : s.rows) {
      if (row.destination == none)
        items[row.product] += static_cast<double>(row.items);
      else
        to[row.destination] += static_cast<double>(row.items);
    }
    for (const ProductIndex p : s.mix.destination.indices())
      for (const DestinationIndex d : s.mix.destination[p].indices()) to[d] += items[p] * s.mix.destination[p][d];
  }
  return to;
}

namespace {

/// The link that most trips take from each centre to each destination.
std::vector<Rows<Destination, LinkIndex>> usual_links(const Network& network) {
  const std::size_t n = network.centres.size();
  std::vector<Rows<Destination, LinkIndex>> usual(n, Rows<Destination, LinkIndex>(n));
  for (std::size_t c = 0; c < n; ++c) {
    Rows<Destination, int> most(n, 0);
    for (const Departure& departure : network.centres[c].departures) {
      if (departure.link == none) continue;
      Rows<Destination, int> trips(n, 0);
      for (const Rows<Destination, bool>& serves : departure.trip_serves)
        for (const DestinationIndex d : trips.indices()) trips[d] += serves[d] ? 1 : 0;
      for (const DestinationIndex d : trips.indices()) {
        if (trips[d] <= most[d]) continue;
        most[d] = trips[d];
        usual[c][d] = departure.link;
      }
    }
  }
  return usual;
}

}  // namespace

std::vector<Rows<Destination, double>> expected_flows(const Network& network) {
  const std::size_t n = network.centres.size();
  const auto usual = usual_links(network);
  std::vector<Rows<Destination, double>> flows(n, Rows<Destination, double>(n, 0));
  for (std::size_t o = 0; o < n; ++o) {
    const Rows<Destination, double> items = posted_items(network.centres[o]);
    for (const DestinationIndex d : items.indices()) {
      if (items[d] <= 0) continue;
      std::size_t at = o;
      flows[at][d] += items[d];
      for (std::size_t legs = 0; at != d.at() && usual[at][d] != none && legs < n; ++legs) {
        at = static_cast<std::size_t>(network.links[usual[at][d]].to);
        flows[at][d] += items[d];
      }
    }
  }
  return flows;
}

int people_needed(const People& people, const std::vector<double>& by_hour) {
  double most = 0;
  double to_come = 0;
  for (std::size_t h = by_hour.size(); h-- > 0;) {
    to_come += by_hour[h];
    const double hours = std::min(people.shift_hours, static_cast<double>(by_hour.size() - h));
    const double at_once = to_come / hours;  // items an hour that all together must do
    const double regular = people.items_per_hour * people.regulars;
    const double further = people.further_per_hour > 0 ? people.further_per_hour : people.items_per_hour;
    most = std::max(
        most, at_once <= regular ? at_once / people.items_per_hour : people.regulars + (at_once - regular) / further);
  }
  return static_cast<int>(std::ceil(most - 1e-9));
}

std::vector<double> expected_items(const Network& network) {
  std::vector<double> items;
  for (const Rows<Destination, double>& to : expected_flows(network))
    items.push_back(std::accumulate(to.begin(), to.end(), 0.0));
  return items;
}

}  // namespace mailflow
