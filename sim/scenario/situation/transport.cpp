#include "scenario/situation/transport.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/words.hpp"
#include "scenario/situation/instant_reader.hpp"

namespace mailflow {

namespace {

class TransportThereReader : private InstantReader {
 public:
  using InstantReader::InstantReader;
  void departure(const Node& node, DepartureIndex departure);
  void source(const Node& node, SourceIndex source);

 private:
  Ticks next_of(const std::vector<Ticks>& at) const;
  void rest_of_day(const Node& node, Source& source, SourceThere& there);
};

void TransportThereReader::departure(const Node& node, DepartureIndex d) {
  Departure& departure = in_.model.departures[d];
  if (!check_section(node, "situation.departures", tr("departure {} of the situation", departure.name))) return;
  const Ticks now = in_.model.situation.at;
  const auto take_out = [&](const Node& at) {
    const auto found = instant(at, tr("the time of the departure"), When::after);
    if (!found) return false;
    const auto trip = std::find(departure.at.begin(), departure.at.end(), *found);
    if (trip == departure.at.end() || *found < now) {
      bad(at, tr("the time"), "", tr("departure {} does not leave then", departure.name),
          tr("its next: {}", next_of(departure.at) == never ? tr("none") : in_.calendar->shown(next_of(departure.at))));
      return false;
    }
    departure.at.erase(trip);
    return true;
  };
  const auto put_in = [&](const Node& at) {
    const auto found = instant(at, tr("the time of the departure"), When::after);
    if (found && *found < now)
      bad(at, tr("the time"), "", tr("it lies before the situation's instant"));
    else if (found && *found < in_.model.end)
      departure.at.push_back(*found);
  };
  if (const Node* cancelled = get(node, "cancelled"))
    for (const Node* at : list(*cancelled)) take_out(*at);
  if (const Node* moved = get(node, "moved")) {
    if (!moved->is_map()) bad(*moved, "moved", "", tr("it must be a map of times, for example {\"05:45\": \"06:30\"}"));
    for (const Entry& e : moved->entries)
      if (take_out(key_as_value(e))) put_in(e.value);
  }
  if (const Node* added = get(node, "added"))
    for (const Node* at : list(*added)) put_in(*at);
  std::sort(departure.at.begin(), departure.at.end());
  departure.at.erase(std::unique(departure.at.begin(), departure.at.end()), departure.at.end());
}

/// The first of a timetable that is still to come.
Ticks TransportThereReader::next_of(const std::vector<Ticks>& at) const {
  const auto next = std::lower_bound(at.begin(), at.end(), in_.model.situation.at);
  return next == at.end() ? never : *next;
}

void TransportThereReader::source(const Node& node, SourceIndex s) {
  Source& source = in_.model.sources[s];
  if (!check_section(node, "situation.arrivals", tr("arrivals {} of the situation", source.name))) return;
  Situation& all = in_.model.situation;
  SourceThere& there = all.sources[s];
  const auto trip_of = [&](const Node& at) {
    // the timetabled time may lie on either side of the instant: the nearest that is in the timetable
    for (const When when : {When::after, When::before})
      if (const auto found = instant(at, tr("the time of the vehicle"), when)) {
        const auto trip = std::find(source.at.begin(), source.at.end(), *found);
        if (trip != source.at.end()) return static_cast<int>(trip - source.at.begin());
        if (when == When::before || at.text.size() > 5) break;
      } else {
        return -1;
      }
    bad(at, tr("the time"), "", tr("source {} has no vehicle then", source.name));
    return -1;
  };
  const auto only_vehicles = [&](const Node& given, const std::string& key) {
    if (source.kind == Source::Kind::vehicles) return true;
    bad(given, key, "", tr("source {} has no vehicles on a timetable", source.name));
    return false;
  };
  if (const Node* comes = get(node, "comes"); comes != nullptr && only_vehicles(*comes, "comes")) {
    if (!comes->is_map()) bad(*comes, "comes", "", tr("it must be a map of times, for example {\"13:30\": \"14:10\"}"));
    for (const Entry& e : comes->entries) {
      const int trip = trip_of(key_as_value(e));
      const auto at = instant(e.value, "comes", When::after);
      if (at && *at < all.at) bad(e.value, "comes", "", tr("it lies before the situation's instant"));
      if (trip >= 0 && at) all.vehicles.push_back({s, trip, *at});
    }
  }
  if (const Node* cancelled = get(node, "cancelled"); cancelled != nullptr && only_vehicles(*cancelled, "cancelled"))
    for (const Node* at : list(*cancelled))
      if (const int trip = trip_of(*at); trip >= 0) all.vehicles.push_back({s, trip, never});
  if (const Node* next = get(node, "next")) {
    if (source.kind != Source::Kind::gaps)
      bad(*next, "next", "", tr("source {} has no gaps between lots", source.name));
    there.next = instant(*next, "next", When::after).value_or(-1);
  }
  if (const Node* volume = get(node, "volume")) rest_of_day(*volume, source, there);
}

/// So much of the usual volume for the rest of the civil day.
void TransportThereReader::rest_of_day(const Node& node, Source& source, SourceThere& there) {
  const auto parse = [](std::string_view text, Failure& why) { return parse_share(text, 100, why); };
  const auto share = value(node, "volume", "volume: 120 %", parse);
  if (!share) return;
  const Ticks now = in_.model.situation.at;
  const Ticks until = in_.calendar->at(Date{in_.calendar->date_of(now).days + 1}, 0);
  there.volume = *share;
  there.volume_until = until;
  if (source.kind == Source::Kind::gaps)
    bad(node, "volume", "", tr("source {} comes lot by lot", source.name), tr("volume goes with at, rate and replay"));
  std::vector<RateStep> steps;
  for (std::size_t i = 0; i < source.rate.size(); ++i) {
    const RateStep step = source.rate[i];
    const Ticks end = i + 1 < source.rate.size() ? source.rate[i + 1].from : never;
    steps.push_back(step);
    if (end <= now || step.from >= until) continue;
    if (step.from < now)
      steps.push_back({now, step.items_per_tick * *share});
    else
      steps.back().items_per_tick *= *share;
    if (end > until) steps.push_back({until, step.items_per_tick});
  }
  source.rate = std::move(steps);
  double carried = 0;
  for (ReplayRow& row : source.rows) {
    if (row.at < now || row.at >= until) continue;
    const double wanted = static_cast<double>(row.items) * *share + carried;
    row.items = std::llround(wanted);
    carried = wanted - static_cast<double>(row.items);
  }
}

}  // namespace

void read_departure_there(Reading& reading, const Node& node, DepartureIndex departure) {
  TransportThereReader(reading).departure(node, departure);
}

void read_source_there(Reading& reading, const Node& node, SourceIndex source) {
  TransportThereReader(reading).source(node, source);
}

}  // namespace mailflow
