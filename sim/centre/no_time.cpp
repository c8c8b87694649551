#include "centre/no_time.hpp"

#include <fmt/format.h>

#include <set>
#include <string>

#include "core/words.hpp"

namespace mailflow {

void fail_in_no_time(const Setting& setting, const std::vector<StationIndex>& stations, Ticks at) {
  const std::set<StationIndex> all(stations.begin(), stations.end());
  std::string names;
  constexpr std::size_t most_named = 8;
  std::size_t named = 0;
  for (const StationIndex s : all) {
    if (++named > most_named) break;
    names += (names.empty() ? "" : ", ") + setting.station(s).name;
  }
  if (all.size() > most_named) names = tr("{} and {} more", names, all.size() - most_named);
  const Model& model = setting.model;
  throw RunFailure(tr("mail goes round for ever at {}{}, in no time: by way of {}; let something on that way take time",
                      model.place.empty() ? "" : model.place + ", ", model.calendar().shown(at), names));
}

}  // namespace mailflow
