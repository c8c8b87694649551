#include "network/network.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace mailflow {

std::vector<double> posted_items(const Model& model) {
  std::vector<double> to(model.destinations.size(), 0);
  for (const Source& s : model.sources) {
    std::vector<double> items(model.products.size(), 0);
    double rate = 0;
    for (std::size_t i = 0; s.kind == Source::Kind::rate && i < s.rate.size(); ++i) {
      const Ticks until = i + 1 < s.rate.size() ? s.rate[i + 1].from : model.end;
      rate += s.rate[i].items_per_tick * static_cast<double>(std::max<Ticks>(0, until - s.rate[i].from));
    }
    for (std::size_t p = 0; p < items.size(); ++p) {
      const double share = s.mix.product.empty() ? 0 : s.mix.product[p];
      if (s.kind == Source::Kind::rate) items[p] = share * rate;
      if (s.kind == Source::Kind::vehicles) items[p] = static_cast<double>(s.at.size()) * s.items[p].mean();
      if (s.kind == Source::Kind::backlog) items[p] = s.items[p].mean();
      if (s.kind == Source::Kind::gaps)
        items[p] = share * model.products[p].lot_items * static_cast<double>(model.end) / s.every.mean();
    }
    for (const ReplayRow& row : s.rows) {
      if (row.destination < 0)
        items[static_cast<std::size_t>(row.product)] += static_cast<double>(row.items);
      else
        to[static_cast<std::size_t>(row.destination)] += static_cast<double>(row.items);
    }
    for (std::size_t p = 0; p < items.size() && p < s.mix.destination.size(); ++p)
      for (std::size_t d = 0; d < s.mix.destination[p].size(); ++d) to[d] += items[p] * s.mix.destination[p][d];
  }
  return to;
}

namespace {

/// The link that most trips take from each centre to each destination; -1: none.
std::vector<std::vector<int>> usual_links(const Network& network) {
  const std::size_t n = network.centres.size();
  std::vector<std::vector<int>> usual(n, std::vector<int>(n, -1));
  for (std::size_t c = 0; c < n; ++c) {
    std::vector<int> most(n, 0);
    for (const Departure& departure : network.centres[c].departures) {
      if (departure.link < 0) continue;
      std::vector<int> trips(n, 0);
      for (const std::vector<bool>& serves : departure.trip_serves)
        for (std::size_t d = 0; d < n; ++d) trips[d] += serves[d] ? 1 : 0;
      for (std::size_t d = 0; d < n; ++d) {
        if (trips[d] <= most[d]) continue;
        most[d] = trips[d];
        usual[c][d] = departure.link;
      }
    }
  }
  return usual;
}

}  // namespace

std::vector<std::vector<double>> expected_flows(const Network& network) {
  const std::size_t n = network.centres.size();
  const auto usual = usual_links(network);
  std::vector<std::vector<double>> flows(n, std::vector<double>(n, 0));
  for (std::size_t o = 0; o < n; ++o) {
    const std::vector<double> items = posted_items(network.centres[o]);
    for (std::size_t d = 0; d < items.size(); ++d) {
      if (items[d] <= 0) continue;
      std::size_t at = o;
      flows[at][d] += items[d];
      for (std::size_t legs = 0; at != d && usual[at][d] >= 0 && legs < n; ++legs) {
        at = static_cast<std::size_t>(network.links[static_cast<std::size_t>(usual[at][d])].to);
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
  for (const std::vector<double>& to : expected_flows(network))
    items.push_back(std::accumulate(to.begin(), to.end(), 0.0));
  return items;
}

}  // namespace mailflow
