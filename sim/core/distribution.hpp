// A probability law as the planner wrote it: a plain value. Sampling is in core/random.hpp.
//
// Parameters are in the base unit of what is drawn: ticks for a duration, items for a count.
#pragma once

#include <cstdint>
#include <vector>

namespace mailflow {

enum class Law : std::uint8_t {
  constant,     ///< a: the value
  uniform,      ///< a: least, b: most
  triangular,   ///< a: least, b: mode, c: most
  exponential,  ///< a: mean
  erlang,       ///< a: number of stages (a whole number), b: mean of the whole
  gamma,        ///< a: mean, b: standard deviation
  normal,       ///< a: mean, b: standard deviation, of the law before it is truncated at 0 (drawn again while below 0)
  lognormal,    ///< a: mean, b: standard deviation, both of the value itself (not of its logarithm)
  weibull,      ///< a: shape, b: scale
  poisson,      ///< a: mean
  empirical     ///< values[i] with probability proportional to weights[i]
};

struct Distribution {
  Law law = Law::constant;
  double a = 0;
  double b = 0;
  double c = 0;
  std::vector<double> values;   ///< empirical only
  std::vector<double> weights;  ///< empirical only, as many as values, all > 0

  static Distribution fixed(double value) { return {Law::constant, value, 0, 0, {}, {}}; }
  /// The exact mean of the law (of the truncated law for normal).
  double mean() const;
  /// The least that it may bring.
  double least() const;
  /// The exact variance of the law (of the truncated law for normal).
  double variance() const;
};

}  // namespace mailflow
