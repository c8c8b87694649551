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

/// results.json of a network.
std::string network_json(const Network& network, const NetworkResults& results);

/// targets, products, origins, destinations, origin_destination, paths, links, centres, centre_hours.
std::vector<Table> network_tables(const Network& network, const NetworkResults& results);

}  // namespace mailflow
