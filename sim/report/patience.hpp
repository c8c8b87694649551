// What a command that lasts says of how far it is, where nobody looks at a terminal: a line after a while, and again
// each time that five times as long has gone by.
#pragma once

#include <string>

#include "mail/model.hpp"

namespace mailflow {

class Patience {
 public:
  /// `what` is at an instant of the run: "the run is at {}". The first words come after so many seconds.
  Patience(const Model& model, std::string what, double first_after)
      : model_(model), what_(std::move(what)), next_(first_after) {}

  /// What is to be told when the run has come to `now` after so many seconds; empty: nothing yet.
  std::string words(Ticks now, double seconds);

 private:
  const Model& model_;
  std::string what_;
  double next_;
};

}  // namespace mailflow
