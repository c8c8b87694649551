// Rings of stations whose servers may wait for room that only they themselves can make.
//
// A server that cannot get rid of a lot waits for room in the queue of another station, where only a server there can
// make it. Where such waits can lead back to where they began, all may come to wait for each other, and nothing there
// moves again (deadlock: E. G. Coffman, M. J. Elphick, A. Shoshani 1971). Used before a run (scenario/checks) and in it
// (centre/standstill.cpp).
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "mail/model.hpp"

namespace mailflow {

/// The stations for whose queues its servers may wait; empty for one without servers.
using Waits = Rows<Station, std::set<StationIndex>>;

/// By the routes alone, whatever mail comes.
Waits possible_waits(const Model& model);

/// For each station the number of the ring it is in (stations that all lead to each other, or one that leads to
/// itself), from 0; -1: none. Linear in stations and waits.
Rows<Station, int> rings_of(const Waits& waits);

/// Of a ring the round through fewest items in queues (Station::queue_holds), in the order in which mail goes round,
/// beginning with the station that is first by name.
struct Round {
  std::vector<StationIndex> stations;
  std::int64_t holds = 0;  ///< items, of all its queues
};
Round smallest_round(const Model& model, const Waits& waits, const std::vector<StationIndex>& ring);

}  // namespace mailflow
