#include "report/responsible.hpp"

#include <algorithm>

namespace mailflow {

namespace {

bool serves(const Departure& d, std::size_t trip, DestinationIndex to) {
  if (to == none) return d.serves_all;
  return trip < d.trip_serves.size() ? d.trip_serves[trip][to]
                                     : d.serves_all || (d.serves.indices().has(to) && d.serves[to]);
}

/// The latest instant to be ready by; `never` where no departure serves the lot in time.
Ticks ready_by(const Model& model, const LateStay& stay) {
  Ticks latest = never;
  bool any = false;
  for (const Departure& d : model.departures)
    for (std::size_t i = 0; i < d.at.size(); ++i) {
      if (!serves(d, i, stay.late.destination)) continue;
      any = true;
      const Ticks closes = d.at[i] - d.closes_before;
      if (d.at[i] <= stay.late.due && closes >= stay.arrived && (latest == never || closes > latest)) latest = closes;
    }
  return any ? latest : stay.late.due;
}

/// How late its vehicle came at least; 0 where it cannot be told.
Ticks vehicle_late_by(const Model& model, const LateStay& stay) {
  Ticks least = never;
  for (const Source& source : model.sources) {
    const ProductIndex p = stay.late.product;
    if (source.into != stay.into || source.kind == Source::Kind::backlog) continue;
    if (source.kind != Source::Kind::vehicles) return 0;
    if (!source.items.indices().has(p) || source.items[p].mean() <= 0) continue;
    const auto next = std::upper_bound(source.at.begin(), source.at.end(), stay.arrived);
    if (next == source.at.begin()) continue;
    const Ticks by = stay.arrived - *std::prev(next);
    if (least == never || by < least) least = by;
  }
  return least == never ? 0 : least;
}

}  // namespace

Responsible responsible_for(const Model& model, const LateStay& stay) {
  const Ticks by = ready_by(model, stay);
  if (by == never || stay.arrived + stay.handled > by) return Responsible::timetable;
  const Ticks over = stay.ready - by;
  if (over <= 0) return stay.no_room > 0 ? Responsible::room : Responsible::timetable;
  const std::array<std::pair<Ticks, Responsible>, 3> outside = {{{vehicle_late_by(model, stay), Responsible::inbound},
                                                                 {stay.customs, Responsible::customs},
                                                                 {stay.no_room, Responsible::room}}};
  Ticks all = 0;
  for (const auto& [ticks, who] : outside) all += ticks;
  if (all < over) return Responsible::sorting;
  return std::max_element(outside.begin(), outside.end(),
                          [](const auto& a, const auto& b) { return a.first < b.first; })
      ->second;
}

}  // namespace mailflow
