// Markov chains small enough to be solved exactly, and production lines as such chains.
#pragma once

#include <cstddef>
#include <vector>

namespace mailflow::theory {

using Matrix = std::vector<std::vector<double>>;

/// The stationary law of an irreducible chain, from the rates or chances of going from one state to another (the
/// diagonal is not looked at). W. K. Grassmann, M. I. Taksar, D. P. Heyman 1985: without subtractions, so without
/// cancellation.
std::vector<double> stationary(Matrix go);

/// Exponential desks in line with `places` waiting places before each but the first; a finished item that finds no
/// place stays and blocks its desk.
struct Line {
  std::vector<double> mu;
  int places = 0;
  double lambda = 0;     ///< arrivals at the first desk; 0: it never wants for work
  int most_waiting = 0;  ///< with arrivals: where the first desk's queue is cut off
  double fail = 0;       ///< of a desk at work, 0: never
  double mend = 0;
};
struct LineFigures {
  double throughput = 0;
  double content = 0;           ///< items in the line (with arrivals)
  double downstream = 0;        ///< items past the first desk's handling: blocking it, waiting, at the others
  std::vector<double> busy;     ///< chance that the desk handles an item
  std::vector<double> blocked;  ///< chance that it holds a finished one
};
LineFigures solve(const Line& line);

/// Mean content of one exponential server (pace mu) for two products that come at `lambda` each: it stays with a
/// product while any of it is there, is set up (exponential, `set_up` on average) when only the other is, and rests as
/// it stands.
double exhaustive_content(double lambda, double mu, double set_up);

}  // namespace mailflow::theory
