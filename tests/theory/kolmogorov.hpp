// The two-sample test of Kolmogorov and Smirnov: do two samples follow the same law, whatever it is?
//
//   const auto test = kolmogorov_smirnov(lots, items);
//   CHECK(test.p_value > 0.001);
//
// The test supposes that the values of a sample are independent. Those of neighbours in a queue are not: an item that
// waits long stands behind another that waits long. Such values must be taken from independent runs (one item of each,
// or of each busy period), or `thinned` so far apart that what is kept is as good as independent; else the p-value is
// too small. Values that are equal (items of a tray, whole ticks) make it too large instead: safe to accept with, weak.
#pragma once

#include <cstddef>
#include <vector>

namespace mailflow::theory {

struct KolmogorovSmirnov {
  double statistic = 0;  ///< largest difference of the two empirical distribution functions, 0 to 1
  double p_value = 1;    ///< chance of one at least as large when both follow the same continuous law
};

/// Of two samples in any order, neither empty (throws std::invalid_argument). The p-value is exact for samples of which
/// the sizes' product is at most 10,000 (counting of lattice paths, Hodges 1957), else the limiting law's.
KolmogorovSmirnov kolmogorov_smirnov(std::vector<double> a, std::vector<double> b);

/// Chance that Kolmogorov's limiting law exceeds `lambda` >= 0 (Kolmogorov 1933, Smirnov 1948), to 1e-12.
double kolmogorov_tail(double lambda);

/// Every `every`-th value, from the first; `every` >= 1.
std::vector<double> thinned(const std::vector<double>& values, std::size_t every);

/// Correlation of values `lag` apart, -1 to 1; 0 where there is no telling. To see how far to thin.
double autocorrelation(const std::vector<double>& values, std::size_t lag);

}  // namespace mailflow::theory
