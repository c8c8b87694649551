// A network's results as a reader sees them on a terminal (network_summary.cpp), as JSON and as tables
// (network_tables.cpp); see RESULTS.md.
#pragma once

#include <string>
#include <vector>

#include "network/network.hpp"
#include "network/network_results.hpp"
#include "report/table.hpp"

namespace mailflow {

/// In the language spoken. Of many centres, links and paths the largest are shown.
std::string network_summary(const Network& network, const NetworkResults& results);

/// Stations that stand still for ever, in every centre; empty where there are none.
std::string network_standstills(const Network& network, const NetworkResults& results);

/// A centre's mail by the hour of the day, mean over the whole days of the run but the first (that mail from before it
/// lacks), where there are others.
std::vector<double> mean_day(const Network& network, const CentreOutcome& centre);
/// What differs centre by centre between two networks: items handled a day, the busiest hour, people needed (where the
/// first says how they are reckoned). As a table, and shown (network_comparison.cpp).
Table network_comparison_table(const Network& base, const NetworkResults& before, const Network& other,
                               const NetworkResults& after);
std::string network_comparison(const Network& base, const NetworkResults& before, const Network& other,
                               const NetworkResults& after);

/// results.json of a network.
std::string network_json(const Network& network, const NetworkResults& results);
/// The same for the report's page, with what each centre posts and gets, and from where to where.
std::string network_page_json(const Network& network, const NetworkResults& results);

/// targets, products, origins, destinations, origin_destination, paths, links, centres, centre_hours.
/// The names of the files that a run of a network writes: the tables, and results.json.
std::vector<std::string> network_files();
std::vector<Table> network_tables(const Network& network, const NetworkResults& results);

}  // namespace mailflow
