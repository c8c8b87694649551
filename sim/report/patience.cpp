#include "report/patience.hpp"

#include <fmt/format.h>

namespace mailflow {

std::string Patience::words(Ticks now, double seconds) {
  constexpr double times_as_long = 5;
  constexpr double too_long_to_tell = 1e6;
  if (seconds < next_) return "";
  while (seconds >= next_) next_ *= times_as_long;
  const auto from = static_cast<double>(model_.situation.given ? model_.situation.at : 0);
  const double share = (static_cast<double>(now) - from) / (static_cast<double>(model_.end) - from);
  const std::string at = fmt::format("mailflow: {} {}: ", what_, model_.calendar().shown(now));
  if (!(share > 0) || seconds / share >= too_long_to_tell) return at + "it may take days\n";
  return at + fmt::format("{:.2g} % of the run, about {:.0f} s to go\n", 100 * share, seconds / share - seconds);
}

}  // namespace mailflow
