#include "centre/standstills.hpp"

#include <algorithm>

#include "centre/rings.hpp"
#include "centre/servers.hpp"

namespace mailflow {

Standstills::Standstills(const Setting& setting, const Agenda& agenda, const Servers& servers)
    : setting_(setting),
      agenda_(agenda),
      servers_(servers),
      ring_(rings_of(possible_waits(setting.model))),
      still_(setting.model.stations.size(), false) {}

/// Visits what each server of the station waits for.
template <typename Visit>
void Standstills::each_wait(StationIndex s, const Visit& visit) const {
  for (const ServerIndex v : servers_.of(s)) visit(servers_[v].waits_for);
}

/// Those that it waits for, and that these wait for, as long as all of a station's servers are blocked.
std::vector<StationIndex> Standstills::waiting_for_each_other(StationIndex begin) const {
  std::vector<StationIndex> all{begin};
  Rows<Station, bool> here(still_.size(), false);
  here[begin] = true;
  for (std::size_t i = 0; i < all.size(); ++i)
    each_wait(all[i], [&](const std::vector<StationIndex>& waits_for) {
      for (const StationIndex t : waits_for) {
        if (here[t] || still_[t] || !servers_.all_blocked(t)) continue;
        here[t] = true;
        all.push_back(t);
      }
    });
  return all;
}

void Standstills::take_away_those_that_move(std::vector<StationIndex>& still) const {
  Rows<Station, bool> here(still_.size(), false);
  for (const StationIndex s : still) here[s] = true;
  for (bool changed = true; changed;) {
    changed = false;
    std::erase_if(still, [&](StationIndex s) {
      bool moves = false;
      each_wait(s, [&](const std::vector<StationIndex>& waits_for) {
        moves = moves ||
                std::none_of(waits_for.begin(), waits_for.end(), [&](StationIndex t) { return here[t] || still_[t]; });
      });
      if (moves) here[s] = false;
      changed = changed || moves;
      return moves;
    });
  }
}

void Standstills::look(StationIndex begin) {
  if (ring_[begin] < 0 || still_[begin] || !servers_.all_blocked(begin)) return;
  std::vector<StationIndex> still = waiting_for_each_other(begin);
  take_away_those_that_move(still);
  if (std::find(still.begin(), still.end(), begin) == still.end()) return;
  bool round = false;  // else it only waits behind others that stand still already
  for (const StationIndex s : still) {
    still_[s] = true;
    each_wait(s, [&](const std::vector<StationIndex>& waits_for) {
      round = round || std::find(waits_for.begin(), waits_for.end(), begin) != waits_for.end();
    });
  }
  if (!round) return;
  const auto& place = setting_.names.station_place;
  std::sort(still.begin(), still.end(), [&](StationIndex a, StationIndex b) { return place[a] < place[b]; });
  Standstill& found = found_.emplace_back();
  found.since = agenda_.now();
  found.stations = still;
}

}  // namespace mailflow
