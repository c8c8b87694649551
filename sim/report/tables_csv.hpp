// The tables of a run as CSV (RFC 4180), one file each: name and text.
#pragma once

#include <map>
#include <string>

#include "mail/model.hpp"
#include "metrics/results.hpp"

namespace mailflow {

/// By file name: products.csv, destinations.csv, causes.csv, stations.csv, station_hours.csv, teams.csv,
/// departures.csv, targets.csv. Columns carry their units.
std::map<std::string, std::string> tables_csv(const Model& model, const Results& results);

}  // namespace mailflow
