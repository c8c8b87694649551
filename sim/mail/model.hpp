// A centre as checked, plain values: what a run needs and no more. scenario/ makes it out of YAML, centre/ runs it.
//
// Elements refer to each other by index into the rows of `Model`. All civil times are already ticks: each
// timetable is a sorted vector of instants within the run. Rates are per tick. Nothing here behaves in time. The
// word_of of an enum are its words in the language (core/enum_words.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/distribution.hpp"
#include "core/time.hpp"
#include "mail/calendar.hpp"
#include "mail/indices.hpp"
#include "mail/situation.hpp"
#include "mail/station_kind.hpp"

namespace mailflow {

/// A text for readers, by language; falls back on the element's key.
struct Label {
  std::string fr;
  std::string en;
};

/// Half-open spans of time [from, to), sorted, not overlapping.
struct Span {
  Ticks from = 0;
  Ticks to = 0;
};
using Spans = std::vector<Span>;

/// When an item that arrives at t is due: at the `due` of the last step whose `from` <= t; no steps: never due.
struct DueStep {
  Ticks from = 0;
  Ticks due = never;
};

struct Product {
  std::string name;
  Label label;
  int lot_items = 1;         ///< items that move together (a tray, a bag); >= 1
  int priority = 0;          ///< lower is served first; products without one come last (1000)
  double weight_kg = 0;      ///< of one item
  std::vector<DueStep> due;  ///< J+n rules, day by day
  Ticks due_within = never;  ///< or: this long after arrival
};

struct Destination {
  std::string name;
  Label label;
};

struct RouteNode;
using RouteNodeIndex = Index<RouteNode>;

/// Where mail goes next: a small tree, node 0 first. Leaves name a station, or let mail leave the centre.
struct RouteNode {
  /// leaves: the item leaves at once, without a departure.
  enum class Kind : std::uint8_t { to, leaves, by_product, by_destination, by_share };
  Kind kind = Kind::to;
  StationIndex station;     ///< to
  SortPlanIndex sort_plan;  ///< by_destination: the sort plan it is; none: written in place
  /// by_product/by_destination: node per product/destination (none: cannot happen); by_share: node per share
  std::vector<RouteNodeIndex> child;
  std::vector<double> share;  ///< by_share: probabilities, sum 1; a lot's items split over them
  std::uint64_t key = 0;      ///< by_share: names the way to it to the random streams

  RouteNodeIndex of(ProductIndex product) const { return child[product.at()]; }
  /// Mail without a destination cannot happen.
  RouteNodeIndex of(DestinationIndex destination) const { return destination == none ? none : child[destination.at()]; }
};
struct Route {
  Rows<RouteNode> nodes;  ///< empty: nowhere (a bay)
};

/// A share of the items that a station turns away after handling (rejects, no-reads).
struct Diversion {
  std::string name;  ///< "rejects" or "no_reads"
  double share = 0;
  Route next;
};

/// What makes a change that a set-up is needed for; none: nothing does, and no word says so.
enum class SetUpBetween : std::uint8_t { products, sort_plans, none };
constexpr std::string_view word_of(SetUpBetween value) {
  switch (value) {
    case SetUpBetween::products:
      return "products";
    case SetUpBetween::sort_plans:
      return "sort plans";
    case SetUpBetween::none:
      break;
  }
  return {};
}

struct SetUp {
  SetUpBetween between = SetUpBetween::none;
  Distribution takes;       ///< ticks
  bool same_first = false;  ///< go on with the same product or plan while any waits
};

/// While what the time to the next breakdown goes down: while the machine works, or always.
enum class FailureClock : std::uint8_t { working, always };
constexpr std::string_view word_of(FailureClock value) {
  switch (value) {
    case FailureClock::working:
      return "working";
    case FailureClock::always:
      return "always";
  }
  return {};
}

struct Breakdown {
  bool present = false;
  Distribution every;   ///< ticks of its clock between repair and next failure
  Distribution repair;  ///< ticks
  FailureClock clock = FailureClock::working;
};

enum class QueueOrder : std::uint8_t { first_come, priority, earliest_due };
constexpr std::string_view word_of(QueueOrder value) {
  switch (value) {
    case QueueOrder::first_come:
      return "first come";
    case QueueOrder::priority:
      return "priority";
    case QueueOrder::earliest_due:
      return "earliest due";
  }
  return {};
}

struct Station {
  std::string name;
  Label label;
  StationKind kind = StationKind::manual;
  // manual and machine
  int servers = 1;            ///< manual: positions; machine: machines
  SkillIndex skill;           ///< none: needs nobody
  int crew = 0;               ///< agents per server: 1 for a manual station with a skill, `needs` for a machine
  double items_per_tick = 0;  ///< per server (manual: per agent at proficiency 1); 0: `service` instead
  Distribution service;       ///< ticks
  bool service_per_lot = false;
  int passes = 1;  ///< times each lot goes through before it is routed on
  std::vector<Diversion> diversions;
  SetUp set_up;
  Breakdown breakdown;
  bool always_open = true;
  Spans open;  ///< when not always_open
  QueueOrder order = QueueOrder::first_come;
  std::int64_t queue_holds = -1;  ///< items that may wait (not counting those in service); -1: no bound
  // conveyor, walk, hold
  Distribution takes;     ///< ticks
  double held_share = 1;  ///< hold: the share held; the rest passes at once
  // bagging
  int bag_items = 0;          ///< items to gather, per product and destination
  Ticks bag_at_most = never;  ///< a part-filled one goes this long after its first item
  Route next;                 ///< empty for a bay
};

/// Where a source's items are bound for.
struct Mix {
  Rows<Product, double> product;                         ///< shares, sum 1 (unused by vehicles and backlog)
  Rows<Product, Rows<Destination, double>> destination;  ///< shares, sum 1; empty: no destination
};

struct RateStep {
  Ticks from = 0;
  double items_per_tick = 0;
};
struct ReplayRow {
  Ticks at = 0;
  ProductIndex product{0};
  DestinationIndex destination;  ///< none: by the source's mix
  std::int64_t items = 0;
  Ticks leave_by = never;  ///< explicit due instant
};
enum class Spread : std::uint8_t { even, random, start };
constexpr std::string_view word_of(Spread value) {
  switch (value) {
    case Spread::even:
      return "even";
    case Spread::random:
      return "random";
    case Spread::start:
      return "start";
  }
  return {};
}
/// In what order the lots of a vehicle, or of what waits at the start, come into the centre.
enum class Loaded : std::uint8_t { mixed, by_product, by_destination };
constexpr std::string_view word_of(Loaded value) {
  switch (value) {
    case Loaded::mixed:
      return "mixed";
    case Loaded::by_product:
      return "by product";
    case Loaded::by_destination:
      return "by destination";
  }
  return {};
}

struct Source {
  enum class Kind : std::uint8_t { vehicles, rate, gaps, replay, backlog };
  std::string name;
  Label label;
  Kind kind = Kind::vehicles;
  StationIndex into;
  Mix mix;
  std::vector<Ticks> at;              ///< vehicles: timetable
  Distribution late_by;               ///< vehicles: ticks (never early)
  Rows<Product, Distribution> items;  ///< vehicles and backlog (mean 0: none)
  Loaded loaded = Loaded::mixed;      ///< vehicles and backlog
  std::vector<RateStep> rate;         ///< rate: Poisson, piecewise constant, first step at tick 0; lots of the
                                      ///< product's size come at rate/lot_items
  Distribution every;                 ///< gaps: ticks between lots
  std::vector<ReplayRow> rows;        ///< replay: sorted by `at`
  Ticks bin = 0;                      ///< replay: a row stands for this long from `at`; 0: for an instant
  Spread spread = Spread::even;       ///< how a row's lots lie in its bin: k-th of m at (k - 1/2) / m of it, or random
};

struct ShiftBreak {
  Ticks from = 0;
  Ticks lasts = 0;
};
/// Some of a duty's agents leave at another time than its end: earlier, or kept longer on overtime.
struct LeavesAt {
  Ticks at = 0;
  int agents = 0;
};
/// Some of a duty's agents go to this station first, whatever the rule; where nothing waits for them, as all others.
struct SentFirst {
  StationIndex station;
  int agents = 0;
};
/// One occurrence of a shift.
struct Duty {
  Span span;
  std::vector<ShiftBreak> breaks;
  int day = 0;                    ///< number of the civil day it starts on, from the run's first
  int agents = -1;                ///< who come to it, of the team's; -1: all
  int absent = -1;                ///< agents known to miss it; -1: each by the team's chance
  std::vector<LeavesAt> leaving;  ///< the last of those present, in file order
  std::vector<SentFirst> sent;    ///< the first of those present, in file order
};
struct Skilled {
  SkillIndex skill;
  double proficiency = 1;  ///< share of the station's rate that the agent reaches
};
struct Team {
  std::string name;
  Label label;
  int agents = 0;               ///< at most, over its duties
  std::vector<Skilled> skills;  ///< those that a station asks for
  int skills_held = 0;          ///< all that the agents have, also those that no station asks for
  std::vector<Duty> duties;     ///< sorted by start, not overlapping
  double absent = 0;            ///< probability that an agent misses a duty
  double cost_per_hour = 0;
  double night_extra = 0;           ///< 0.25: night hours cost 25 % more
  double overtime_extra = 0;        ///< 0.5: minutes past the shift's end cost 50 % more
  std::vector<StationIndex> posts;  ///< fixed rule: first preferred

  int agents_on(const Duty& duty) const { return duty.agents < 0 ? agents : duty.agents; }
};

enum class AssignmentRule : std::uint8_t { fixed, priority_list, longest_queue, earliest_due };
constexpr std::string_view word_of(AssignmentRule value) {
  switch (value) {
    case AssignmentRule::fixed:
      return "fixed";
    case AssignmentRule::priority_list:
      return "priority list";
    case AssignmentRule::longest_queue:
      return "longest queue";
    case AssignmentRule::earliest_due:
      return "earliest due";
  }
  return {};
}

/// What an agent does whose shift ends, or break begins, with a lot in hand.
enum class ShiftEnd : std::uint8_t { finish_item, finish_lot };
constexpr std::string_view word_of(ShiftEnd value) {
  switch (value) {
    case ShiftEnd::finish_item:
      return "finish the item";
    case ShiftEnd::finish_lot:
      return "finish the lot";
  }
  return {};
}

struct Assignment {
  AssignmentRule rule = AssignmentRule::priority_list;
  std::vector<StationIndex> priority;  ///< most urgent first; those not listed follow by name
  Ticks review = 15 * minute;
  Ticks move_takes = 0;
  ShiftEnd at_shift_end = ShiftEnd::finish_item;
};

struct Departure {
  std::string name;
  Label label;
  std::vector<StationIndex> from;  ///< bays
  Rows<Destination, bool> serves;
  bool serves_all = false;  ///< also mail without a destination
  std::vector<Ticks> at;
  Ticks closes_before = 0;
  double capacity_items = -1;  ///< of one vehicle; -1: no bound
  double capacity_kg = -1;
  int vehicles = 1;  ///< at most; -1: as many as needed
  double cost = 0;   ///< per vehicle used (a timetabled departure with vehicles 1 costs even when empty)
  LinkIndex link;    ///< in a network: the link that takes its mail to another centre; none: it leaves for good
  std::vector<Rows<Destination, bool>> trip_serves;  ///< of a link, per instant of `at`: `serves` of that trip
};

struct Target {
  enum class Measure : std::uint8_t { on_time, throughput, left_over, longest_wait, overtime, cost_per_item };
  std::string name;
  Label label;
  Measure measure = Measure::on_time;
  ProductIndex product;
  DestinationIndex destination;
  DepartureIndex departure;
  StationIndex station;
  TeamIndex team;
  bool at_least = true;        ///< else at most
  double bound = 0;            ///< share 0..1, items/h, items, minutes, agent-hours, currency per item
  Ticks over = hour;           ///< throughput: the busiest run of this many whole hours
  std::vector<Ticks> samples;  ///< left over: the instants at which it is counted
};
constexpr std::string_view word_of(Target::Measure value) {
  switch (value) {
    case Target::Measure::on_time:
      return "on time";
    case Target::Measure::throughput:
      return "throughput";
    case Target::Measure::left_over:
      return "left over";
    case Target::Measure::longest_wait:
      return "longest wait";
    case Target::Measure::overtime:
      return "overtime";
    case Target::Measure::cost_per_item:
      return "cost per item";
  }
  return {};
}

struct Model {
  std::string name;  ///< of the centre
  Label label;       ///< of the centre
  Label scenario;    ///< what this scenario is called
  std::string file;  ///< the scenario's path as given
  std::string timezone = "UTC";
  std::string currency = "EUR";
  std::vector<Date> holidays;
  unsigned working_weekdays = 0b0111111;
  Spans night;        ///< hours paid at night rate
  Date start;         ///< tick 0 is its midnight
  Ticks warm_up = 0;  ///< statistics start here
  Ticks end = 0;      ///< and end here; arrivals and clocks stop
  std::uint64_t seed = 1;
  int first_day = 0;
  std::vector<Ticks> midnights;  ///< of each civil day of the run, and one more
  /// Of each civil day on which mail of the run may be due, which may lie before or after the run, and one more.
  std::vector<Ticks> due_midnights;
  Rows<Skill, std::string> skills;         ///< names
  Rows<SortPlan, std::string> sort_plans;  ///< names
  Rows<Product> products;
  Rows<Destination> destinations;
  Rows<Source> sources;
  Rows<Station> stations;
  Rows<Team> teams;
  Assignment assignment;
  Rows<Departure> departures;
  Rows<Target> targets;
  // of a centre in a network
  std::string place;     ///< names the centre to the random streams; empty outside of networks
  StationIndex inbound;  ///< what comes by links goes into it
  Situation situation;   ///< where the run begins, when it is `given`; then `warm_up` is its instant

  Calendar calendar() const { return Calendar(timezone, start, holidays, working_weekdays); }
};

}  // namespace mailflow
