// What a run found: plain values. report/ writes them out; targets are judged from them.
//
// Everything is measured over the window [warm_up, end). Instants are ticks from the run's start; index order is the
// model's. Items that were in the centre at warm-up count as `at_start`.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "mail/indices.hpp"
#include "metrics/cause.hpp"
#include "stats/estimate.hpp"
#include "stats/own_times.hpp"
#include "stats/time_sketch.hpp"

namespace mailflow {

/// What has not ended by the window's end counts with its time so far, of which the whole can only be more. Beyond this
/// share of the items it can move a mean or a quantile: the figure is then said to be a lower bound.
inline constexpr double unfinished_share_that_counts = 0.01;
constexpr bool unfinished_counts(std::int64_t unfinished, std::int64_t items) {
  return static_cast<double>(unfinished) > unfinished_share_that_counts * static_cast<double>(items);
}

/// Times are in minutes; NaN where there are no items.
struct TimeSummary {
  std::int64_t items = 0;
  std::int64_t unfinished = 0;  ///< of the items, those counted with their time so far
  Estimate mean;
  double p50 = 0, p90 = 0, p95 = 0, p99 = 0, max = 0;
  double quantile_error = 0;  ///< relative error bound of the quantiles; 0: exact
  bool at_least = false;      ///< mean and quantiles are lower bounds
  bool max_at_least = false;  ///< the longest is of an item that has not ended
};

struct OnTime {
  std::int64_t on_time = 0;
  std::int64_t late = 0;       ///< left late, or still here past due at the end
  std::int64_t undecided = 0;  ///< still here at the end and not yet due
  std::int64_t no_due = 0;     ///< items without a due instant that left
  /// on_time / (on_time + late); NaN when nothing was judged.
  double share() const;
  /// What the share comes to if all that is undecided turns out late, or on time; NaN when there is nothing at all.
  double share_at_least() const;
  double share_at_most() const;
};

/// Items by the civil day on which they were due.
struct DueDay {
  std::int64_t on_time = 0;
  std::int64_t late = 0;
  std::int64_t undecided = 0;
};

struct ProductResult {
  std::int64_t at_start = 0, in = 0, out = 0, left = 0;
  OnTime on_time;
  TimeSummary time_in_centre;             ///< of items that left, or are here at the end
  std::array<ItemTicks, causes> cause{};  ///< row of the cause table
  ItemTicks in_centre = 0;                ///< computed apart from the causes; equals their sum
  std::vector<DueDay> days;               ///< per civil day of Model::due_midnights; they add up to `on_time`
};

/// Cumulative figures of a station at the end of each hour of the window (one row per hour, from the window's start;
/// the last may be shorter).
struct StationHour {
  Ticks until = 0;
  std::int64_t items_out = 0;                ///< cumulative
  std::array<Ticks, server_states> state{};  ///< cumulative server-ticks
  ItemTicks queue = 0;                       ///< cumulative item-ticks in queue
  ItemTicks content = 0;                     ///< cumulative item-ticks in the station (queue and in hand)
  std::int64_t queue_now = 0;                ///< items in queue at `until`
  std::int64_t content_now = 0;
  std::int64_t queue_max = 0;  ///< most in queue during the hour
};

struct StationResult {
  std::int64_t items_in = 0, items_out = 0, items_diverted = 0, lots_out = 0;
  std::array<Ticks, server_states> state{};         ///< server-ticks
  std::array<Ticks, server_states> not_rostered{};  ///< of `state`, with no crew on duty for the server
  Ticks unstaffed_without_mail = 0;                 ///< of `state`, unstaffed with a crew on duty and no mail
  Rows<Product, std::array<ItemTicks, causes>> cause;
  ItemTicks in_station = 0;  ///< sum over items of the time between entering and leaving (ended visits)
  double mean_time = 0;      ///< minutes per visit, ended or not; NaN: there was none
  Estimate content;          ///< time-mean of items in the station (batches of hours)
  Estimate queue;            ///< time-mean of items in queue
  Estimate wait;             ///< minutes an item waits before it is taken in hand (batches of visits); NaN: none did
  Estimate throughput;       ///< items/h
  Estimate use;              ///< share of server time busy
  double waited = 0;         ///< share of items that waited at all; NaN: there were none
  double longest_wait = 0;  ///< minutes; where nothing is taken in hand, the longest time there; NaN: there was no mail
  std::int64_t still_waiting = 0;  ///< items that wait at the end; they count in `wait` with their wait so far
  bool wait_at_least = false;      ///< so many that `wait` is a lower bound
  bool longest_wait_at_least = false;
  bool mean_time_at_least = false;
  OwnTimes own_times;  ///< of items, handling by handling; empty where they were not asked for
  std::int64_t queue_max = 0;
  /// Little's law: |L - lambda W| / L, with L the time integral, lambda W from the items' own stamps, boundary
  /// included.
  double little_residual = 0;
  std::vector<StationHour> hours;
};

struct TeamResult {
  Ticks paid = 0;  ///< agent-ticks on duty (breaks included), overtime included, absences not
  Ticks worked = 0, idle = 0, moving = 0, on_break = 0;  ///< sum = paid
  Ticks overtime = 0;                                    ///< part of paid after the shift's end
  Ticks night = 0;                                       ///< part of paid within night hours
  Ticks absent = 0;                                      ///< agent-ticks missed
  std::int64_t duties = 0, absences = 0, moves = 0;
  double cost = 0;
};

struct DepartureTrip {
  Ticks at = 0;
  std::int64_t items = 0;
  double kg = 0;
  int vehicles = 0;
  std::int64_t missed = 0;  ///< items in time for it that it had no room for
  std::int64_t late = 0;    ///< items aboard past their due instant
  std::int64_t on_time = 0;
};
struct DepartureResult {
  std::vector<DepartureTrip> trips;
  std::int64_t items = 0, missed = 0;
  OnTime on_time;
  double cost = 0;
};

/// Mail that left a network for good in a centre, by the way it had come and its product.
struct PathEnd {
  OnTime on_time;
  std::int64_t lots = 0;
  ItemTicks under_way = 0;  ///< item-ticks from posting to leaving
  std::int64_t items() const { return on_time.on_time + on_time.late + on_time.no_due; }
};

struct TargetResult {
  double value = 0;       ///< in the target's unit; NaN: nothing to judge
  bool at_least = false;  ///< the value is a lower bound: of mail that still waits
  bool met = false;       ///< only where there is something to judge
  std::string worst_on;   ///< the day of the worst count, yyyy-mm-dd; may be empty
  std::string detail;     ///< that day, and how many are met; may be empty
  /// Whole days of the window on which the target had something to judge, and on how many of them it was met: items due
  /// that day for on time, the count of the day for left over. 0 of 0 for the other measures.
  std::int64_t days_judged = 0, days_met = 0;
};

/// Stations that stand still for ever: all their servers wait for room in queues that only they themselves could make.
struct Standstill {
  Ticks since = 0;
  std::vector<StationIndex> stations;  ///< in order of name
};

struct Results {
  std::uint64_t seed = 0;
  std::uint64_t replication = 0;
  Ticks from = 0, to = 0;
  std::uint64_t events = 0;
  std::int64_t lots = 0;
  std::int64_t at_start = 0, in = 0, out = 0, left = 0;  ///< items; at_start + in = out + left
  OnTime on_time;
  TimeSummary time_in_centre;  ///< all products
  Rows<Product, ProductResult> products;
  Rows<Destination, OnTime> destinations;
  Rows<Product, Rows<Destination, OnTime>> product_destination;
  Rows<Station, StationResult> stations;
  Rows<Team, TeamResult> teams;
  Rows<Departure, DepartureResult> departures;
  /// Left over (items not yet at a bay and not held by customs) per target sample; empty for others.
  Rows<Target, std::vector<std::int64_t>> left_over;
  /// Items by due day for each on-time target, by civil day of the run; empty for others.
  Rows<Target, std::vector<DueDay>> target_days;
  Rows<Target, TargetResult> targets;
  double staff_cost = 0, transport_cost = 0;
  std::vector<Standstill> standstills;  ///< in order of time; since before the window, too
  // of a centre in a network
  std::int64_t by_links_in = 0, by_links_out = 0;  ///< items; parts of `in` and `out`
  std::vector<Rows<Product, PathEnd>> path_ends;   ///< by path, as numbered in this centre
  Rows<Product, TimeSketch> end_to_end;            ///< of what left for good: ticks from posting
};

}  // namespace mailflow
