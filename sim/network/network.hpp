// Several centres and the links between them, as checked: plain values, ready to run.
//
//   centre a --(link: a trip every now and then, takes so long)--> centre b
//
// Centres, and the destinations of each centre's model, are in one order: destination c is centre c. A link's trips are
// a departure of the centre that it starts from (Departure::link). Times are ticks from the run's start.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/distribution.hpp"
#include "core/time.hpp"
#include "mail/model.hpp"

namespace mailflow {

struct Link {
  std::string name;
  Label label;
  int from = -1;  ///< centres
  int to = -1;
  DepartureIndex departure;  ///< of `from`
  Ticks takes = 0;           ///< least travel time, above 0
  Distribution late_by;      ///< ticks on top of it, by trip
};

/// Share of the items, posted anywhere, between two instants of a day's flows (none, -1: any product, any centre).
struct NetworkTarget {
  std::string name;
  Label label;
  ProductIndex product;
  int origin = -1;
  DestinationIndex destination;
  bool at_least = true;
  double bound = 0;  ///< share 0..1
};

/// Who sorts a day's mail: one shift each, the regulars first.
struct People {
  double items_per_hour = 0;  ///< of a regular; 0: people are not reckoned
  double shift_hours = 8;
  int regulars = 1'000'000;
  double further_per_hour = 0;  ///< 0: the same
};
/// The fewest who can sort items that come by the hour (24 of them, from midnight) as they come and be done at
/// midnight: for no hour may more come from then on than they can do by midnight. A shift that ends at midnight serves
/// every such bound best, so that the greatest of them is enough.
int people_needed(const People& people, const std::vector<double>& by_hour);

struct Network {
  std::string name;
  Label label;     ///< of the network
  Label scenario;  ///< what this scenario is called
  std::string file;
  Ticks transfer = 0;  ///< what route choice reckons for a centre on the way
  std::vector<Model> centres;
  Rows<Link> links;
  std::vector<NetworkTarget> targets;
  People people;

  const Model& any() const { return centres.front(); }  ///< for what all share: products, calendar, run, seed
};

/// Items posted in a centre over the run on average, by destination.
Rows<Destination, double> posted_items(const Model& model);
/// Items that are expected to come into each centre over the run, posted there or by links, by destination: the flows'
/// means along the ways that most trips take. To plan by, not to judge by.
std::vector<Rows<Destination, double>> expected_flows(const Network& network);
/// Their sums per centre.
std::vector<double> expected_items(const Network& network);

}  // namespace mailflow
