// The tables of a run: targets, products, destinations, on_time_by_due_day, causes, stations, teams, departures and
// station_hours. Columns carry their units (sim/report/RESULTS.md).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "mail/model.hpp"
#include "metrics/results.hpp"
#include "report/table.hpp"

namespace mailflow {

std::vector<Table> result_tables(const Model& model, const Results& results);

/// The names of the files that a run of one centre writes: the tables, and results.json.
std::vector<std::string> result_files();

/// The labels of what these tables name, in the language spoken.
CellWords cell_words(const Model& model, const Results& results);
/// As CSV (RFC 4180), by file name: products.csv and so on.
std::map<std::string, std::string> csv_files(const std::vector<Table>& tables);

}  // namespace mailflow
