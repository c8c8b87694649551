#include "metrics/mail_there.hpp"

#include <limits>
#include <string_view>
#include <utility>

namespace mailflow {

std::string mail_there(const std::string& measure) {
  for (const auto& [prefix, mail] : {std::pair{"stations.", "items_in"}, {"departures.", "items"}}) {
    if (!measure.starts_with(prefix)) continue;
    const auto dot = measure.find('.', std::string_view(prefix).size());
    return dot == std::string::npos ? "" : measure.substr(0, dot + 1) + mail;
  }
  return "";
}

void weigh_mail(Difference& d, const std::vector<double>& base, const std::vector<double>& alternative) {
  if (d.verdict != Verdict::better || !(sum_of(alternative) < 0.99 * sum_of(base))) return;
  d.verdict = Verdict::differs;
  d.better_chance = std::numeric_limits<double>::quiet_NaN();
}

}  // namespace mailflow
