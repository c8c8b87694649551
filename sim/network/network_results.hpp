// What a run of a network found, end to end: plain values. report/ writes them out.
//
// Every item is accounted for: posted + there at the start = delivered + in the centres + under way, and the items of
// all paths are those delivered. "Delivered" is having left the network for good; that is where the due rule is judged.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "metrics/results.hpp"

namespace mailflow {

/// Mail by the sequence of centres that it went through, where it was posted first and where it left last.
struct NetworkPath {
  std::vector<int> centres;
  Rows<Product, PathEnd> products;
  PathEnd total() const;
};

struct LinkResult {
  std::int64_t trips = 0;  ///< that left with mail, or stood in the timetable
  std::int64_t items = 0;
  std::int64_t vehicles = 0;
  double room = -1;             ///< items or kg that the vehicles used can take; -1: no bound
  double aboard = 0;            ///< items or kg, as room counts
  std::int64_t missed = 0;      ///< items in time for a trip that had no room for them
  std::int64_t late = 0;        ///< items aboard past their due instant
  std::int64_t late_trips = 0;  ///< that arrived after their time
  Ticks lateness = 0;           ///< of all trips together
  double cost = 0;
};

/// One hour of a centre.
struct CentreHour {
  std::int64_t by_links = 0;  ///< items that came by links
  std::int64_t handled = 0;   ///< by the station that most mail goes through
  std::int64_t content = 0;   ///< in the centre at its end
};

struct CentreStation {
  std::int64_t items = 0;
  double use = -1;  ///< share of its time busy; -1: it has no servers
  std::int64_t queue_max = 0;
  double wait = 0;          ///< minutes, mean
  double longest_wait = 0;  ///< minutes
};

struct CentreOutcome {
  std::int64_t at_start = 0, posted = 0, by_links_in = 0, by_links_out = 0, delivered = 0, left = 0;
  std::int64_t under_way = 0;  ///< items that have left it and are nowhere yet
  std::uint64_t events = 0;
  std::int64_t lots = 0;
  std::vector<CentreHour> hours;
  Rows<Station, CentreStation> stations;
  std::vector<Standstill> standstills;  ///< in order of time
  StationIndex busiest_station;         ///< that `handled` counts
  double agent_hours = 0;               ///< paid
  double staff_cost = 0, transport_cost = 0;
  /// Still in the centre or on the way from it at the end, judged.
  Rows<Product, Rows<Destination, OnTime>> here;

  std::size_t busiest_hour() const;  ///< by items handled; number from the run's start
  std::size_t fullest_hour() const;  ///< by content
};

/// Mail of one product, one origin or one destination. The origin of what is not delivered is not told apart by product
/// or due instant: `on_time` of an origin judges what was delivered.
struct FlowResult {
  std::int64_t posted = 0;  ///< of a destination: 0, as it is not known apart
  std::int64_t delivered = 0;
  OnTime on_time;
  ItemTicks under_way = 0;  ///< item-ticks from posting to leaving
};

struct NetworkResults {
  std::uint64_t seed = 0;
  std::uint64_t replication = 0;
  Ticks from = 0, to = 0;
  std::uint64_t events = 0;
  std::int64_t lots = 0;      ///< posted
  std::int64_t at_start = 0;  ///< items, as all below
  std::int64_t posted = 0;
  std::int64_t delivered = 0;
  std::int64_t left = 0;       ///< in the centres at the end
  std::int64_t under_way = 0;  ///< on links at the end
  OnTime on_time;
  TimeSummary end_to_end;
  Rows<Product, FlowResult> products;
  Rows<Product, TimeSummary> product_times;
  std::vector<FlowResult> origins;
  Rows<Destination, FlowResult> destinations;
  std::vector<std::vector<FlowResult>> origin_destination;
  std::vector<NetworkPath> paths;  ///< most items first, then by centres
  Rows<Link, LinkResult> links;
  std::vector<CentreOutcome> centres;
  std::vector<TargetResult> targets;
  double staff_cost = 0, transport_cost = 0;
};

}  // namespace mailflow
