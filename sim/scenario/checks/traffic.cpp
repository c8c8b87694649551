#include "scenario/checks/traffic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <ranges>

namespace mailflow {

namespace {

constexpr int most_sweeps = 5000;
constexpr double settled = 1e-9;

}  // namespace

Traffic::Traffic(const Loads& loads)
    : most(loads.visits.size(), std::numeric_limits<double>::infinity()),
      cut(loads.visits.size(), 1),
      comes(loads.visits),
      done(loads.visits),
      rank(loads.visits.size(), loads.visits.size()),
      outside_(loads.comes),
      into_(loads.visits.size()),
      onward_(loads.visits.size()) {
  for (const StationIndex s : comes.indices())
    for (const auto& [to, share] : loads.onward[s]) {
      onward_[s].push_back({to, share});
      into_[to].push_back({s, share});
    }
  const auto met = [&](StationIndex s) {
    if (rank[s] < comes.size()) return;
    rank[s] = order_.size();
    order_.push_back(s);
  };
  for (const StationIndex s : comes.indices())
    if (outside_[s] > 0) met(s);
  for (std::size_t i = 0; i < order_.size(); ++i)  // NOLINT(modernize-loop-convert): it grows meanwhile
    for (const Way& way : onward_[order_[i]]) met(way.station);
  for (const StationIndex s : comes.indices()) met(s);
}

void Traffic::spread() {
  for (const StationIndex s : comes.indices()) done[s] = std::min(comes[s], most[s]) * cut[s];
  for (int sweep = 0; sweep < most_sweeps; ++sweep) {
    bool changed = false;
    for (const StationIndex s : order_) {
      double now = outside_[s];
      for (const Way& way : into_[s]) now += done[way.station] * way.share;
      changed = changed || std::abs(now - comes[s]) > settled * now;
      comes[s] = now;
      done[s] = std::min(now, most[s]) * cut[s];
    }
    if (!changed) return;
  }
}

Rows<Station, double> Traffic::still_to_come(const Rows<Station, double>& work) const {
  Rows<Station, double> all = work;
  for (int sweep = 0; sweep < most_sweeps; ++sweep) {
    bool changed = false;
    for (const StationIndex s : std::views::reverse(order_)) {
      double now = work[s];
      for (const Way& way : onward_[s]) now += all[way.station] * way.share;
      changed = changed || std::abs(now - all[s]) > settled * now;
      all[s] = now;
    }
    if (!changed) break;
  }
  return all;
}

}  // namespace mailflow
