// Who can work at a station, and how many of them are on duty when: duties less breaks, within the run.
#pragma once

#include <vector>

#include "mail/model.hpp"

namespace mailflow {

/// A team that may work at a station.
struct Hand {
  TeamIndex team;
  double pace = 1;  ///< share of the station's rate that its agents reach
  friend bool operator==(const Hand&, const Hand&) = default;
  friend auto operator<=>(const Hand&, const Hand&) = default;
};
/// The quickest first.
using Hands = std::vector<Hand>;

/// The teams that may work at a station: they have its skill, and a post there where the rule is fixed.
Hands hands_of(const Model& model, StationIndex station);

/// Agents on duty from an instant until the next step's.
struct PresenceStep {
  Ticks from = 0;
  int heads = 0;                ///< when nobody is absent
  std::vector<double> average;  ///< by hand, of what absence leaves
};
/// From the run's beginning to its end; the last step begins there, with nobody.
using Presence = std::vector<PresenceStep>;

Presence presence_of(const Model& model, const Hands& hands);

/// When a station is open, within the run.
Spans open_in_run(const Model& model, const Station& station);

}  // namespace mailflow
