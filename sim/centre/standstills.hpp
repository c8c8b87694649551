// Standing still for ever: stations all of whose servers wait for room that only they themselves can make.
//
// A server that is down, closed, without staff or at work may take mail again and is counted on; one that waits for
// room may if there can be room in all the queues it waits for, and there can be room in a queue if any server of its
// station may take mail. What remains when all that may is taken away (the greatest fixed point) never moves again,
// whatever comes. That can only come about where a server becomes blocked, so it is looked for then, and only in rings
// of stations with bounded queues that the routes allow (centre/rings.hpp).
#pragma once

#include <vector>

#include "centre/agenda.hpp"
#include "centre/setting.hpp"
#include "core/index.hpp"
#include "metrics/results.hpp"

namespace mailflow {

class Servers;

class Standstills {
 public:
  Standstills(const Setting& setting, const Agenda& agenda, const Servers& servers);

  /// A server of the station has just become blocked.
  void look(StationIndex s);
  /// In order of time.
  const std::vector<Standstill>& found() const { return found_; }

 private:
  template <typename Visit>
  void each_wait(StationIndex s, const Visit& visit) const;
  std::vector<StationIndex> waiting_for_each_other(StationIndex begin) const;
  void take_away_those_that_move(std::vector<StationIndex>& still) const;

  const Setting& setting_;
  const Agenda& agenda_;
  const Servers& servers_;
  Rows<Station, int> ring_;    ///< of bounded queues that the station is in; -1: none
  Rows<Station, bool> still_;  ///< it stands still
  std::vector<Standstill> found_;
};

}  // namespace mailflow
