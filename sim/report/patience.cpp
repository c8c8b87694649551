#include "report/patience.hpp"

#include <fmt/format.h>

#include "core/words.hpp"

namespace mailflow {

std::string Patience::words(Ticks now, double seconds) {
  constexpr double times_as_long = 5;
  constexpr double too_long_to_tell = 1e6;
  if (seconds < next_) return "";
  while (seconds >= next_) next_ *= times_as_long;
  const auto from = static_cast<double>(model_.situation.given ? model_.situation.at : 0);
  const double share = (static_cast<double>(now) - from) / (static_cast<double>(model_.end) - from);
  const std::string at = fmt::format(fmt::runtime(what_), model_.calendar().shown(now));
  if (!(share > 0) || seconds / share >= too_long_to_tell) return tr("mailflow: {}: it may take days\n", at);
  return tr("mailflow: {}: {:.2g} % of the run, about {:.0f} s to go\n", at, 100 * share, seconds / share - seconds);
}

}  // namespace mailflow
