// Standing still for ever: stations all of whose servers wait for room that only they themselves can make.
//
// A server that is down, closed, without staff or at work may take mail again and is counted on; one that waits for
// room may if there can be room in all the queues it waits for, and there can be room in a queue if any server of its
// station may take mail. What remains when all that may is taken away (the greatest fixed point) never moves again,
// whatever comes. That can only come about where a server becomes blocked, so it is looked for then, and only in rings
// of stations with bounded queues that the routes allow (centre/rings.hpp).
#include <algorithm>

#include "centre/run.hpp"

namespace mailflow {

/// Server `v` has just become blocked.
void Run::look_for_standstill(int v) {
  const int begin = servers_[static_cast<std::size_t>(v)].station;
  if (rings_[static_cast<std::size_t>(begin)] == none) return;
  const auto state = [this](int s) -> StationState& { return stations_[static_cast<std::size_t>(s)]; };
  const auto all_blocked = [&](int s) { return state(s).blocked_servers == state(s).is->servers; };
  if (state(begin).stands_still || !all_blocked(begin)) return;
  // Those that it waits for, and that these wait for, as long as all of a station's servers are blocked.
  std::vector<int> still{begin};
  std::vector<bool> here(stations_.size(), false);
  here[static_cast<std::size_t>(begin)] = true;
  const auto each_wait = [&](int s, const auto& visit) {
    for (int i = state(s).first_server; i < state(s).first_server + state(s).is->servers; ++i)
      visit(servers_[static_cast<std::size_t>(i)].waits_for);
  };
  for (std::size_t i = 0; i < still.size(); ++i)
    each_wait(still[i], [&](const std::vector<int>& waits_for) {
      for (const int t : waits_for) {
        if (here[static_cast<std::size_t>(t)] || state(t).stands_still || !all_blocked(t)) continue;
        here[static_cast<std::size_t>(t)] = true;
        still.push_back(t);
      }
    });
  for (bool changed = true; changed;) {
    changed = false;
    std::erase_if(still, [&](int s) {
      bool moves = false;
      each_wait(s, [&](const std::vector<int>& waits_for) {
        moves = moves || std::none_of(waits_for.begin(), waits_for.end(), [&](int t) {
                  return here[static_cast<std::size_t>(t)] || state(t).stands_still;
                });
      });
      if (moves) here[static_cast<std::size_t>(s)] = false;
      changed = changed || moves;
      return moves;
    });
  }
  if (still.empty() || !here[static_cast<std::size_t>(begin)]) return;
  bool round = false;  // else it only waits behind others that stand still already
  for (const int s : still) {
    state(s).stands_still = true;
    each_wait(s, [&](const std::vector<int>& waits_for) {
      round = round || std::find(waits_for.begin(), waits_for.end(), begin) != waits_for.end();
    });
  }
  if (!round) return;
  std::sort(still.begin(), still.end(), [this](int a, int b) {
    return names_.station_place[static_cast<std::size_t>(a)] < names_.station_place[static_cast<std::size_t>(b)];
  });
  standstills_.push_back({now_, still});
}

}  // namespace mailflow
