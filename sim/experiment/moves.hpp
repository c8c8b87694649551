// Standard moves on an organisation, made on the checked model: what a manager could try next.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "mail/model.hpp"

namespace mailflow {

/// A change of one thing, and the model with it. Streams are named, so all else draws what it drew before.
struct Move {
  std::string subject;  ///< "team night", "shift of team night", "station sorter", "departure lifou", "volume"
  std::string change;   ///< "1 agent more", "30 min earlier", "rate +10 %", "no breakdowns"
  std::shared_ptr<const Model> model;
  bool of_volume = false;  ///< no change of the organisation
};

/// One agent more and one fewer in each team, its shifts 30 min earlier and later, each station's rate 10 % up and
/// down, each departure 15 min earlier and later, each breakdown removed, volume 10 % up and down. A move that would
/// leave the run's span or a team of nobody is left out.
std::vector<Move> standard_moves(const Model& model);

/// The model with all arrivals multiplied by `factor` > 0: rates and vehicle loads by the law, recorded rows in their
/// totals to the item (what is cut off one row is carried to the next). Streams stay in step.
Model with_volume(const Model& model, double factor);

}  // namespace mailflow
