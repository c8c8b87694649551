#include "metrics/oee.hpp"

#include <algorithm>

#include "stats/no_figure.hpp"

namespace mailflow {

namespace {

double ratio(double part, double whole) { return whole > 0 ? part / whole : no_figure; }

Ticks time_in(const StationResult& result, ServerState state) { return result.state[static_cast<std::size_t>(state)]; }
double hours_in(const StationResult& result, ServerState state) { return in_hours(time_in(result, state)); }

/// Of a lot that goes through once; per item, so that a lot handled as a whole counts by the items of the mean lot.
double nominal_items_per_hour(const Station& station, const StationResult& result) {
  if (station.items_per_tick > 0) return station.items_per_tick * static_cast<double>(hour);
  const double mean = station.service.mean();
  if (mean <= 0) return no_figure;
  const double items =
      station.service_per_lot ? ratio(static_cast<double>(result.items_out), static_cast<double>(result.lots_out)) : 1;
  return items * static_cast<double>(hour) / mean;
}

}  // namespace

Oee oee_of(const Station& station, const StationResult& result) {
  Oee o{no_figure, no_figure, no_figure, no_figure, no_figure, no_figure, no_figure,
        no_figure, no_figure, no_figure, no_figure, no_figure, no_figure};
  const bool machine = station.kind == StationKind::machine;
  if (!takes_in_hand(station.kind)) return o;
  Ticks total = 0;
  Ticks not_rostered = 0;
  for (std::size_t i = 0; i < server_states; ++i) {
    total += result.state[i];
    not_rostered += result.not_rostered[i];
  }
  const double busy = hours_in(result, ServerState::busy);
  o.opening_hours = in_hours(total) - hours_in(result, ServerState::closed);
  o.not_rostered_hours = in_hours(not_rostered);
  const Ticks planned = total - not_rostered - time_in(result, ServerState::closed);
  const Ticks without_mail = time_in(result, ServerState::idle) + result.unstaffed_without_mail;
  o.planned_hours = in_hours(planned);
  o.without_mail_hours = in_hours(without_mail);
  o.required_hours = in_hours(planned - without_mail);
  o.nominal_items_per_hour = nominal_items_per_hour(station, result);
  const auto out = static_cast<double>(result.items_out);
  if (!machine) {
    const double there = busy + hours_in(result, ServerState::idle) + hours_in(result, ServerState::set_up) +
                         hours_in(result, ServerState::blocked);
    if (station.crew > 0) o.items_per_agent_hour = ratio(out, there);
    return o;
  }
  o.availability = ratio(busy, in_hours(planned - without_mail));
  const bool steady = station.items_per_tick > 0 || (!station.service_per_lot && station.service.law == Law::constant);
  if (busy > 0) o.performance = steady ? 1 : ratio(out * station.passes / busy, o.nominal_items_per_hour);
  o.quality = ratio(out - static_cast<double>(std::min(result.items_diverted, result.items_out)), out);
  o.oee = o.availability == 0 ? 0 : o.availability * o.performance * o.quality;
  o.load = ratio(o.required_hours, o.opening_hours);
  o.ooe = ratio(busy > 0 ? busy * o.performance * o.quality : 0, o.opening_hours);
  return o;
}

}  // namespace mailflow
