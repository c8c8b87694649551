// How much of a run's beginning is not yet its steady state: MSER (K. P. White 1997; MSER-5 where a batch is the mean
// of five observations, White, Cobb and Spratt 2000).
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace mailflow {

/// The number of leading batches to leave out so that the standard error of the mean of the rest is least; looked for
/// in the first half. Empty when the least lies at the half itself (the series is too short, or still climbing), or
/// with fewer than 10 batches.
std::optional<std::size_t> mser(const std::vector<double>& batches);

/// Means of `size` neighbours; what does not fill the last batch is left out.
std::vector<double> batch_means_of(const std::vector<double>& values, std::size_t size);

}  // namespace mailflow
