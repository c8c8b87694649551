// The table of cases: what is run, what theory says of it, and where the run states it.
//
// A new case is one row in cases.cpp and, if it needs one, one YAML in scenarios/.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "experiment.hpp"

namespace mailflow::theory {

struct Case {
  std::string family;    ///< the test it belongs to
  std::string scenario;  ///< scenarios/NAME.yaml
  std::string what;      ///< and of what, for readers
  std::string source;    ///< formula, author, year
  double theory = 0;
  std::string unit;
  Figure figure;
  double widest = 0.03;      ///< the 99 % half-width is at most this share of the theory
  double tolerance = 0;      ///< of runs without chance: allowed difference, as a share
  std::string published_as;  ///< a case that others have worked out: our formula must give the same
  double published_value = 0;

  Case& published(std::string name, double value) {
    published_as = std::move(name);
    published_value = value;
    return *this;
  }
  Case& at_most(double share) {
    widest = share;
    return *this;
  }
  Case& without_chance(double share) {
    tolerance = share;
    return *this;
  }
};

std::vector<Case> cases();

}  // namespace mailflow::theory
