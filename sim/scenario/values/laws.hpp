// Laws of chance as planners write them: exponential(20 h), lognormal(mean 15 min, sd 10 min), normal(5200, 600),
// empirical(10 min: 30 %, 1 h: 70 %), empirical(file x.txt in s); a quantity alone is constant. Errors as
// quantities.hpp.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/distribution.hpp"
#include "core/problems.hpp"
#include "scenario/values/quantities.hpp"

namespace mailflow {

/// What is drawn: a duration (parameters need units of time) or a number of items ("items" may be left out).
enum class Drawn : std::uint8_t { duration, items };

/// Gives the numbers of a file named in a law, or nothing when it told of what is wrong with it.
using NumberFile = std::function<std::optional<std::vector<double>>(const std::string& name)>;

/// `failure.must` is empty when the file told its own problems.
std::optional<Distribution> parse_law(std::string_view text, Drawn drawn, const NumberFile& file, Failure& failure);

/// Whether drawing again what falls below 0 raises the law's stated mean by more than 1 % (only normal laws).
bool mean_is_raised(const Distribution& law);

struct ServiceLaw {
  Distribution law;
  bool per_lot = false;
};
/// A law of durations, then "per item" (default) or "per lot".
std::optional<ServiceLaw> parse_service(std::string_view text, const NumberFile& file, Failure& failure);

}  // namespace mailflow
