// What the mail of a target waits for on its own way through the centre.
//
// The way is traced through the routes, diversions and bags of the model from where the target's mail comes in: the
// stations it may meet and the departures that may take it, as far as they lead to the station or departure that the
// target is about. Of all waiting only the target's products' own, on that
// way, counts: a letter sorter does not bind a target on parcels that never pass it.
#pragma once

#include <vector>

#include "experiment/experiment.hpp"
#include "mail/model.hpp"
#include "metrics/cause.hpp"

namespace mailflow {

/// What a target's mail may meet.
struct Way {
  Rows<Product, bool> products;
  Rows<Station, bool> stations;
  Rows<Departure, bool> departures;
};

/// Of the products, destinations, departure and station that the target names (all where it names none); a target on a
/// team's overtime keeps to the stations that the team can work at.
Way way_of(const Model& model, const Target& target);

/// What binds: a station where mail waits for staff or machines, or a departure whose vehicles are full; where a target
/// is met at no volume also a hold, opening hours, breakdowns, bags that do not fill, or a bay that no vehicle takes
/// the mail from.
struct Binding {
  StationIndex station;      ///< none: nothing waits
  DepartureIndex departure;  ///< of `full_vehicle`
  Cause cause = Cause::processing;
};

/// What waiting for staff, machines or room in vehicles grew most on the way per item that came from `before` to `here`
/// (two scenarios that differ in volume only); the largest waiting of all there where `before` is `here`. Nothing where
/// that is for departures that do leave. Runs a few replications of both anew, for what an archive of measures does not
/// hold.
Binding binding(const Experiment& experiment, std::size_t before, std::size_t here, const Target& target);

}  // namespace mailflow
