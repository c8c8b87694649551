// A synthetic network of the size asked for, as the files of a scenario: network.yaml, centres.csv, links.csv,
// flows.csv.
//
// Places lie at random in a square; their sizes follow Zipf's law; the largest that lie apart are hubs. Volumes go by a
// gravity law, size * size / distance. An office has lines from and to its nearest hub, hubs have lines to each other,
// and a pair that has mail enough for lines of its own has them. Machines suit the busiest hour. Nothing in it is of a
// real country; rates of machines are published ones. The same arguments give the same bytes.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace mailflow {

struct GeneratedNetwork {
  int centres = 250;                 ///< 2..5000
  std::int64_t items = 400'000'000;  ///< a day
  int lot = 50;
  int hubs = 0;  ///< 0: as many as suit the number of centres
  std::uint64_t seed = 1;
};

/// Contents by file name.
std::map<std::string, std::string> generate_network(const GeneratedNetwork& size);

}  // namespace mailflow
