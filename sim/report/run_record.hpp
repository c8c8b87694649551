// What a report shows of a run beyond its results: how mail flowed, why items were late and who answers for it, the
// latest journeys, who was where on the busiest day, how each agent's time was spent, and the curves of each day.
//
//   RunRecorder recorder(model);
//   options.events = &recorder;
//   Results results = simulate(model, options);
//   RunRecord record = recorder.record();
//
// Memory grows with what is in the centre, not with what has passed. Everything counts from the warm-up's end; late
// items' causes cover their whole stay, warm-up included.
#pragma once

#include <array>
#include <map>
#include <unordered_map>
#include <variant>
#include <vector>

#include "centre/simulate.hpp"
#include "mail/model.hpp"
#include "report/day_curves.hpp"
#include "report/responsible.hpp"

namespace mailflow {

/// Where a flow begins or ends: with a product's arrival, at a station or departure, or (at last) out.
using FlowEnd = std::variant<ProductIndex, StationIndex, DepartureIndex, std::monostate>;

struct JourneyStep {
  const char* activity = "";
  StationIndex station;
  Ticks start = 0, end = 0;
  int agents = 0;
};

/// A late lot's way through the centre.
struct Journey {
  LateItems late;
  Responsible responsible = {};
  std::vector<JourneyStep> steps;
};

/// Late items that were due on one day and left with one departure, or without one, or are still here.
struct LateGroup {
  std::int64_t items = 0, lots = 0;
  std::vector<Journey> latest;  ///< latest first, three at most; none of groups that are small beside the others
};

/// Item-minutes of late items, by where and why.
using LateMinutes = Rows<Station, std::array<double, causes>>;

struct AgentSpan {
  TeamIndex team{0};
  int agent = 0;
  AgentEvent::State state = AgentEvent::State::idle;
  StationIndex station;
  Ticks start = 0, end = 0;
};

/// An agent's time; minutes are ticks here.
struct AgentRecord {
  TeamIndex team{0};
  int agent = 0;
  std::array<Ticks, 4> time{};  ///< by AgentEvent::State
  Ticks night = 0, overtime = 0;
  Ticks longest_stretch = 0;  ///< on duty without a break
  std::int64_t duties = 0, moves = 0;
};

struct RunRecord {
  std::map<std::pair<FlowEnd, FlowEnd>, std::int64_t> flow;  ///< items
  std::int64_t late_items = 0;
  std::array<std::int64_t, responsible_names.size()> responsible{};  ///< late items, by who answers for them
  /// Of late items, in item-minutes: by cause, and by cause and hour of the day.
  LateMinutes late;
  Rows<Station, std::array<std::array<double, 24>, causes>> late_by_hour;
  Rows<Target, LateMinutes> late_of_target;  ///< of the items that a target on time counts; empty of others
  std::map<std::pair<int, DepartureIndex>, LateGroup>
      late_groups;               ///< by the civil day on which they were due; -1: before the run
  std::vector<Journey> latest;   ///< of those that left; latest first, at most ten
  int day = -1;                  ///< civil day of the run with most arrivals; -1: none
  std::vector<AgentSpan> spans;  ///< of that day, the first 40 agents of each team
  std::vector<AgentRecord> agents;
  DayCurves curves;
};

class RunRecorder : public EventSink {
 public:
  /// `model` outlives the recorder.
  explicit RunRecorder(const Model& model);
  void on(const LotEvent& event) override;
  void booked(const BookedTime& time) override;
  void agent(const AgentEvent& event) override;
  void late(const LateItems& items) override;
  void entered(std::int64_t lot, ProductIndex product, int items, StationIndex station, Ticks at) override;
  void divided(std::int64_t child, std::int64_t parent) override;
  void bagged(std::int64_t lot, std::int64_t from_bag, std::int64_t bag, StationIndex station) override;
  void gone(std::int64_t lot) override;
  /// After the run.
  RunRecord record();

 private:
  struct Booking {
    StationIndex station;
    Cause cause = {};
    Ticks from = 0, to = 0;
    double ticks = 0;  ///< of one item
  };
  struct Past {
    StationIndex station;
    StationIndex into;  ///< first station
    Ticks arrived = 0;
    std::vector<Booking> bookings;
    std::vector<JourneyStep> steps;
    std::size_t bookings_joined = 0, steps_joined = 0;  ///< its bag's past when it joined
  };
  struct Day {
    std::int64_t items = 0;
    std::vector<AgentSpan> spans;
  };
  struct Stretch {
    Ticks came = -1, from = 0, to = 0;
  };
  int day_of(Ticks instant) const;
  void count_late(const Booking& booking, const LateItems& items);
  Responsible answers_for(const LateItems& items, const Past& own, const Past& bag) const;
  bool is_counted_by(const Target& target, const LateItems& items) const;
  void keep_journey(LateGroup& group, const Journey& journey);
  void forget_small_groups();
  void draw_curves(const LotEvent& event);
  void keep_span(const AgentEvent& event);
  void forget_quiet_days(int now);

  const Model& model_;
  DayCurveRecorder curves_;
  RunRecord record_;
  std::unordered_map<std::int64_t, Past> past_;
  std::vector<int> hour_of_day_;  ///< by hour of the run
  std::map<int, Day> days_;
  std::size_t groups_with_journeys_ = 0;
  Rows<Team, int> first_agent_;
  std::vector<Stretch> stretches_;  ///< by agent
};

}  // namespace mailflow
