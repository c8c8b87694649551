// Which way mail goes through a network: earliest arrival over the timetable.
//
//   trips of a centre, by closing time:   [close] -wait-> [close] -wait-> ...
//                                            |ride           |ride
//                                            v               v
//                             first trip of the next centre that closes after arrival + transfer, or there
//
// The timetable is a graph of trips (time-expanded: F. Schulz, D. Wagner, K. Weihe 2000), without cycles as every ride
// takes time, held in Boost.Graph's compressed sparse rows; a sweep from its end gives the earliest arrival at a
// destination from every trip on (as the profiles of J. Dibbelt and others 2013, Connection Scan).
//
// The rule: at the moment at which a trip closes, mail takes it when no other choice of that moment (to wait for any
// later trip) arrives sooner; of those that arrive at one instant, the way with fewer links, then the link whose name
// comes first, then the earlier trip. A centre that passes nothing on is on nobody's way.
#pragma once

#include <string>
#include <vector>

#include "core/parts.hpp"
#include "core/time.hpp"
#include "mail/indices.hpp"

namespace mailflow {

/// A link's timetable; it may go beyond the run's end, so that mail of the last hours knows its way.
struct LinkTimetable {
  std::string name;
  int from = -1, to = -1;  ///< centres
  Ticks takes = 0;
  Ticks closes_before = 0;
  std::vector<Ticks> at;  ///< sorted
};

struct RouteProblem {
  std::size_t centres = 0;
  std::vector<bool> passes_on;  ///< per centre: whether mail for others may go through it
  Ticks transfer = 0;           ///< reckoned at a centre on the way, from a vehicle's arrival to the bay
  std::vector<LinkTimetable> links;
};

struct RouteChoice {
  /// [link][trip]: the destinations mail for which takes this trip.
  std::vector<std::vector<Rows<Destination, bool>>> trip_serves;
  /// [centre][destination]: whether the timetable ever leads there.
  std::vector<std::vector<bool>> reaches;
};

/// The choice is the same however its parts are done.
RouteChoice choose_routes(const RouteProblem& problem, const Parts& parts = one_after_another);

/// One way that mail may be seen to take: centres in order with the instants at which it is there (the first: when it
/// is at the bay). Empty: there is none. For tables and tests.
struct Leg {
  int link = -1;
  Ticks leaves = 0, arrives = 0;
};
std::vector<Leg> earliest_way(const RouteProblem& problem, const RouteChoice& choice, int from, int to, Ticks ready);

}  // namespace mailflow
