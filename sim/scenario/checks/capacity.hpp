// What a station can do at most in a run: its servers where it is open and somebody who can work there is on duty.
#pragma once

#include <algorithm>
#include <map>
#include <vector>

#include "scenario/checks/presence.hpp"

namespace mailflow {

/// Upper bounds, in ticks of a server that works at the station's rate; of what absence and repairs leave on average.
struct Capacity {
  double item = 0;        ///< an item's handling, over all passes
  double on_closing = 0;  ///< what of a lot's handling may go on after the station has closed
  double on_leaving = 0;  ///< and after the agents' time is over
  double open = 0;        ///< all servers while it is open, whoever is there
  double people = 0;      ///< all who can work there while they are on duty, open or not
  double together = 0;    ///< servers open and manned, and what is finished after that
  double down = 0;        ///< share of its working time that a server is in repair
  Ticks open_for = 0;
  Ticks manned_for = 0;     ///< open with a whole crew on duty
  Hands hands;              ///< who can work there; none where it needs nobody
  int most_heads = 0;       ///< on duty at once
  int most_heads_open = 0;  ///< of these, while it is open

  /// The pace of the slowest who can work there, 1 at most: so much longer they take for what is in hand.
  double slowest() const { return hands.empty() ? 1 : std::min(1.0, hands.back().pace); }
  /// It needs people, and never has a whole crew while it is open.
  bool never_works(const Station& station) const { return station.skill != none && manned_for == 0; }
};

/// Work that can be done between two instants, in ticks of a server or of an agent.
struct Doable {
  Ticks from = 0;
  Ticks to = 0;
  double work = 0;
};

/// The capacities of all stations of a model; and who is on duty, for any teams.
class Capacities {
 public:
  Capacities(const Model& model, const Rows<Station, int>& largest_lot);
  const Capacity& operator[](StationIndex station) const { return all_[station]; }
  const Presence& presence(const Hands& hands);
  /// What Capacity::together is made of, by time.
  std::vector<Doable> doable(StationIndex station);

 private:
  Capacity of(StationIndex station, double largest_lot);
  void staffed(const Station& station, const Spans& open, Capacity& c, std::vector<Doable>* pieces = nullptr);

  const Model& model_;
  std::map<Hands, Presence> presence_;
  Rows<Station, Capacity> all_;
};

}  // namespace mailflow
