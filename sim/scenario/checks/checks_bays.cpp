// Departures that can carry less than comes to their bays.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "core/words.hpp"
#include "scenario/checks/checks_loads.hpp"

namespace mailflow {

namespace {

/// Mail for one destination, or none, at a bay, and the departures that may take it.
struct AtBay {
  StationIndex bay;
  DestinationIndex destination;
  double items = 0;
  double kg = 0;
  double lightest = std::numeric_limits<double>::infinity();  ///< kg of an item
  double heaviest = 0;
  std::vector<DepartureIndex> departures;
};

/// Mail that only these departures take.
struct Cargo {
  std::vector<DepartureIndex> departures;
  std::vector<const AtBay*> mail;
  bool by_weight = false;
  double comes = 0;  ///< items, or kg
  double fits = 0;   ///< at most
  double left = 0;   ///< of this, left behind at the end
  double items_left = 0;
};

bool may_take(const Departure& departure, StationIndex bay, DestinationIndex destination) {
  if (departure.at.empty() || std::find(departure.from.begin(), departure.from.end(), bay) == departure.from.end())
    return false;
  if (departure.serves_all) return true;
  return destination != none &&
         (departure.serves[destination] || std::any_of(departure.trip_serves.begin(), departure.trip_serves.end(),
                                                       [&](const auto& trip) { return trip[destination]; }));
}

std::vector<AtBay> mail_at_bays(const Model& model, const Loads& loads) {
  std::map<std::pair<StationIndex, DestinationIndex>, AtBay> by_place;
  for (const auto& [kind, bays] : loads.at_bays)
    for (const auto& [bay, items] : bays) {
      if (items <= 0) continue;
      AtBay& there = by_place[{bay, kind.destination}];
      const double weight = model.products[kind.product].weight_kg;
      there.bay = bay;
      there.destination = kind.destination;
      there.items += items;
      there.kg += items * weight;
      there.lightest = std::min(there.lightest, weight);
      there.heaviest = std::max(there.heaviest, weight);
    }
  std::vector<AtBay> all;
  for (auto& [place, there] : by_place) {
    for (const DepartureIndex d : model.departures.indices())
      if (may_take(model.departures[d], there.bay, there.destination)) there.departures.push_back(d);
    if (!there.departures.empty()) all.push_back(std::move(there));  // else it is told that none serves it
  }
  return all;
}

/// What the departures of a cargo can carry in the run; in kg where all bounds are.
void weigh_cargo(const Model& model, double held_back, Cargo& cargo) {
  double items = 0, kg = 0, lightest = std::numeric_limits<double>::infinity(), heaviest = 0;
  for (const AtBay* there : cargo.mail) {
    items += there->items;
    kg += there->kg;
    lightest = std::min(lightest, there->lightest);
    heaviest = std::max(heaviest, there->heaviest);
  }
  const auto of = [&](DepartureIndex d) -> const Departure& { return model.departures[d]; };
  cargo.by_weight = std::all_of(cargo.departures.begin(), cargo.departures.end(),
                                [&](DepartureIndex d) { return of(d).capacity_kg > 0; });
  for (const DepartureIndex d : cargo.departures) {
    const Departure& departure = of(d);
    const bool bounded = departure.capacity_items > 0 || departure.capacity_kg > 0;
    if (!bounded || departure.vehicles < 0 || (lightest <= 0 && departure.capacity_kg > 0)) return;
    double each = departure.capacity_items > 0 ? departure.capacity_items : departure.capacity_kg;
    if (!cargo.by_weight && departure.capacity_kg > 0) each /= lightest;
    const auto trips = std::count_if(departure.at.begin(), departure.at.end(),
                                     [&](Ticks at) { return at >= run_begins(model) && at <= model.end; });
    cargo.fits += static_cast<double>(trips) * departure.vehicles * each;
  }
  cargo.comes = cargo.by_weight ? kg : items;
  if (cargo.comes <= cargo.fits * (1 + 1e-9)) return;
  cargo.left = cargo.comes - cargo.fits - held_back * (cargo.by_weight ? heaviest : 1);
  cargo.items_left = cargo.by_weight ? cargo.left * items / kg : cargo.left;
}

std::vector<Cargo> cargoes(const std::vector<AtBay>& mail) {
  std::set<std::vector<DepartureIndex>> sets;
  for (const AtBay& there : mail) sets.insert(there.departures);
  std::vector<Cargo> all;
  for (const auto& departures : sets) {
    Cargo cargo{departures};
    for (const AtBay& there : mail)
      if (std::includes(departures.begin(), departures.end(), there.departures.begin(), there.departures.end()))
        cargo.mail.push_back(&there);
    all.push_back(std::move(cargo));
  }
  return all;
}

std::string amount(double value) { return value < 100 ? fmt::format("{:.3g}", value) : grouped_digits(value); }

void tell_cargo(const Check& check, const Cargo& cargo, bool all_mail) {
  const Model& model = check.model;
  std::vector<std::string> departures;
  for (const DepartureIndex d : cargo.departures) departures.push_back(model.departures[d].name);
  std::vector<std::string> bound_for;
  for (const AtBay* there : cargo.mail) {
    const std::string name =
        there->destination == none ? tr("no destination") : model.destinations[there->destination].name;
    if (std::find(bound_for.begin(), bound_for.end(), name) == bound_for.end()) bound_for.push_back(name);
  }
  const std::string unit = cargo.by_weight ? "kg" : tr("items");
  check.problems.warning(
      check.place("departures " + departures[0]),
      tr_plural("departure {} can carry at most {} {} in the run, and {} {} come for {}",
                "departures {} can carry at most {} {} in the run, and {} {} come for {}",
                static_cast<long>(departures.size()), listed(departures), amount(cargo.fits), unit, amount(cargo.comes),
                unit, all_mail ? tr("all destinations") : listed(bound_for)),
      tr("on average about {} or more will be left there at the end: raise capacity, vehicles or departures",
         cargo.by_weight ? tr("{} kg ({} items)", roughly(cargo.left), roughly(cargo.items_left))
                         : tr("{} items", roughly(cargo.left))));
}

}  // namespace

void warn_of_small_departures(const Check& check, const Loads& loads, double held_back) {
  const std::vector<AtBay> mail = mail_at_bays(check.model, loads);
  std::vector<Cargo> all = cargoes(mail);
  for (Cargo& cargo : all) weigh_cargo(check.model, held_back, cargo);
  std::stable_sort(all.begin(), all.end(), [](const Cargo& a, const Cargo& b) { return a.items_left > b.items_left; });
  std::set<const AtBay*> told;
  for (const Cargo& cargo : all) {
    if (cargo.items_left < 1) break;
    if (std::any_of(cargo.mail.begin(), cargo.mail.end(), [&](const AtBay* a) { return told.contains(a); })) continue;
    told.insert(cargo.mail.begin(), cargo.mail.end());
    tell_cargo(check, cargo, cargo.mail.size() == mail.size() && mail.size() > 1);
  }
}

}  // namespace mailflow
