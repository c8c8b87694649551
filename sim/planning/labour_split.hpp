// How to split a team over stages in series so that mail spends the fewest item-hours waiting: after R. M. Oliver and
// A. H. Samuel, "Reducing letter delays in post offices", Operations Research 10 (1962) 839-892.
//
// Mail is a fluid. Over steps of length h, x[s][k] people work at stage s in step k, at rate m[s] a person; f[s][k]
// items are handled there and q[s][k] wait at the step's end. Of what stage r handles the share p[r][s] goes on to s;
// a[s][k] items come to s from outside in the step (the arrival curve's increase). The program
//
//   minimise   sum over s, k of  h (q[s][k-1] + q[s][k]) / 2
//   subject to q[s][k] = q[s][k-1] + a[s][k] + sum over r of p[r][s] f[r][k] - f[s][k]  >= 0
//              f[s][k] <= h m[s] x[s][k],   x[s][k] <= positions of s,   sum over s of x[s][k] <= people on duty in k
//
// gives the least item-hours that any split has, within the step: with everything there at time 0 and people free to
// move it is L^2/(2N) (1/m1 + 1/m2 + ...), all stages at one rate; moving everyone along with the mail costs
// L^2/N (1/m1 + 1/(2 m2)). With whole people it is a mixed-integer program. A step in which the mail runs out counts it
// to the step's end at most: item-hours are over-counted by less than h times what was there at the step's start.
//
// Times are ticks, people may be fractions in the relaxed answer. No clock, no threads: same input, same answer.
#pragma once

#include <atomic>
#include <vector>

#include "mail/model.hpp"
#include "metrics/results.hpp"

namespace mailflow {

struct SplitProblem {
  Ticks from = 0;
  Ticks step = 0;                             ///< h, > 0
  std::vector<double> rate;                   ///< per stage: items a tick and person, > 0
  std::vector<double> positions;              ///< per stage: people at most
  std::vector<std::vector<double>> next;      ///< [stage][stage]: share that goes on there; rows sum to 1 at most
  std::vector<double> waiting;                ///< per stage: items there at the start
  std::vector<std::vector<double>> arriving;  ///< [stage][step]: items that come in the step
  std::vector<double> people;                 ///< per step: on duty
  std::size_t block = 0;  ///< people may move after every so many steps; 0: each stage keeps its number throughout
};

struct Split {
  bool found = false;
  bool proven = false;                      ///< least item-hours, proven
  std::vector<std::vector<double>> people;  ///< [stage][step]
  double item_hours = 0;
  double bound = 0;  ///< no split of whole people has fewer (in the fluid)
};

/// The problem that a model's stages pose to a team: expected arrivals as a curve, routes as shares of all mail alike.
/// Stations outside `stages` pass mail on at once. Throws std::invalid_argument where a stage has no rate.
SplitProblem split_problem(const Model& model, TeamIndex team, const std::vector<StationIndex>& stages, Ticks step,
                           std::size_t block);

/// `whole`: of whole people. `nodes`: of the solver at most; `stop` may be null.
Split split_labour(const SplitProblem& problem, bool whole, std::int64_t nodes, const std::atomic<bool>* stop);

/// The model with the team split so: at each stage as many positions, and people who work nowhere else.
Model with_split(const Model& model, TeamIndex team, const std::vector<StationIndex>& stages,
                 const SplitProblem& problem, const std::vector<std::vector<double>>& people);

/// Item-hours of a run, of all products, in the window.
double item_hours(const Results& results);

}  // namespace mailflow
