#include "report/run_record.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace mailflow {

namespace {

constexpr std::size_t latest_kept = 10;
constexpr std::size_t latest_of_group = 3;
constexpr std::size_t groups_told = 400;  ///< of whose lots journeys are kept
constexpr int agents_drawn = 40;          ///< of a team

Ticks lateness(const Journey& journey) { return journey.late.at - journey.late.due; }

/// One of the so many latest.
bool is_of_latest(const std::vector<Journey>& latest, const LateItems& items, std::size_t most) {
  return latest.size() < most || lateness(latest.back()) < items.at - items.due;
}

/// Latest first, so many at most.
void keep_latest(std::vector<Journey>& latest, const Journey& journey, std::size_t most) {
  if (!is_of_latest(latest, journey.late, most)) return;
  const auto place = std::find_if(latest.begin(), latest.end(),
                                  [&](const Journey& other) { return lateness(other) < lateness(journey); });
  latest.insert(place, journey);
  if (latest.size() > most) latest.pop_back();
}

}  // namespace

RunRecorder::RunRecorder(const Model& model) : model_(model), curves_(model) {
  record_.late.resize(model.stations.size());
  record_.late_of_target.resize(model.targets.size());
  for (const TargetIndex t : model.targets.indices())
    if (model.targets[t].measure == Target::Measure::on_time) record_.late_of_target[t].resize(model.stations.size());
  record_.late_by_hour.resize(model.stations.size());
  const Calendar calendar = model.calendar();
  for (Ticks t = 0; t <= model.end; t += hour) hour_of_day_.push_back(static_cast<int>(calendar.time_of_day(t) / hour));
  for (const TeamIndex t : model.teams.indices()) {
    first_agent_.push_back(static_cast<int>(record_.agents.size()));
    for (int i = 0; i < model.teams[t].agents; ++i) {
      AgentRecord agent;
      agent.team = t;
      agent.agent = i;
      record_.agents.push_back(agent);
    }
  }
  stretches_.resize(record_.agents.size());
}

int RunRecorder::day_of(Ticks instant) const {
  const auto next = std::upper_bound(model_.midnights.begin(), model_.midnights.end(), instant);
  return static_cast<int>(next - model_.midnights.begin()) - 1;
}

/// What has arrived, is sorted (stands in a bay, or has left without one) and has left.
void RunRecorder::draw_curves(const LotEvent& e) {
  const std::string_view activity = e.activity;
  const bool begins_here = activity == "here" && e.start == e.end;
  const auto passed = [&](DayCurves::Step step) {  // what is there at the start came before it
    curves_.passed(step, e.product, e.destination, e.lot_items, begins_here ? e.start - 1 : e.start);
  };
  if (activity == "arrive" || begins_here) passed(DayCurves::Step::arrived);
  const bool in_bay = e.station != none && model_.stations[e.station].kind == StationKind::bay;
  if (activity == "load" || (activity == "here" && !begins_here && in_bay)) passed(DayCurves::Step::sorted);
  if (activity != "leave") return;
  const auto& steps = past_[e.lot].steps;
  if (steps.empty() || std::string_view(steps.back().activity) != "load") passed(DayCurves::Step::sorted);
  passed(DayCurves::Step::left);
}

void RunRecorder::on(const LotEvent& e) {
  draw_curves(e);
  past_[e.lot].steps.push_back({e.activity, e.station, e.start, e.end, e.agents});
  if (e.start < model_.warm_up) return;
  const std::string_view activity = e.activity;
  if (activity == "arrive") {
    const int today = day_of(e.start);
    days_[today].items += e.items;
    forget_quiet_days(today);
  } else if (activity == "leave") {
    const FlowEnd to = e.departure == none ? FlowEnd(std::monostate()) : FlowEnd(e.departure);
    record_.flow[{past_[e.lot].station, to}] += e.items;
  }
}

void RunRecorder::entered(std::int64_t lot, ProductIndex product, int items, StationIndex station, Ticks at) {
  Past& past = past_[lot];
  const FlowEnd from = past.station == none ? FlowEnd(product) : FlowEnd(past.station);
  if (past.station == none) {
    past.into = station;
    past.arrived = at;
  }
  past.station = station;
  if (at >= model_.warm_up) record_.flow[{from, station}] += items;
}

void RunRecorder::booked(const BookedTime& t) {
  past_[t.lot].bookings.push_back({t.station, t.cause, t.from, t.to, static_cast<double>(t.item_ticks) / t.items});
}

void RunRecorder::divided(std::int64_t child, std::int64_t parent) {
  Past copy = past_[parent];
  past_[child] = std::move(copy);
}

void RunRecorder::bagged(std::int64_t lot, std::int64_t from_bag, std::int64_t bag, StationIndex station) {
  Past& whole = past_[bag];
  whole.station = station;
  const std::size_t bookings = whole.bookings.size();
  const std::size_t steps = whole.steps.size();
  if (from_bag != 0) {
    const Past before = past_[from_bag];
    Past& past = past_[lot];
    past.bookings.insert(past.bookings.end(),
                         before.bookings.begin() + static_cast<std::ptrdiff_t>(past.bookings_joined),
                         before.bookings.end());
    past.steps.insert(past.steps.end(), before.steps.begin() + static_cast<std::ptrdiff_t>(past.steps_joined),
                      before.steps.end());
  }
  Past& past = past_[lot];
  past.bookings_joined = bookings;
  past.steps_joined = steps;
}

void RunRecorder::gone(std::int64_t lot) { past_.erase(lot); }

/// Over the hours of the day that the booking's span covers, evenly.
void RunRecorder::count_late(const Booking& b, const LateItems& items) {
  const auto c = static_cast<std::size_t>(b.cause);
  const double whole = b.ticks * items.items / static_cast<double>(minute);
  if (b.cause == Cause::waiting_for_staff) curves_.waited(b.station, b.from, b.to, b.ticks * items.items);
  record_.late[b.station][c] += whole;
  for (const TargetIndex t : model_.targets.indices())
    if (is_counted_by(model_.targets[t], items)) record_.late_of_target[t][b.station][c] += whole;
  const Ticks span = b.to - b.from;
  for (Ticks from = b.from; from < b.to;) {
    const Ticks to = std::min(b.to, (from / hour + 1) * hour);
    const int h = hour_of_day_[static_cast<std::size_t>(from / hour)];
    record_.late_by_hour[b.station][c][static_cast<std::size_t>(h)] +=
        whole * static_cast<double>(to - from) / static_cast<double>(span);
    from = to;
  }
}

bool RunRecorder::is_counted_by(const Target& target, const LateItems& items) const {
  return target.measure == Target::Measure::on_time && (target.product == none || target.product == items.product) &&
         (target.destination == none || target.destination == items.destination) &&
         (target.departure == none || target.departure == items.departure);
}

Responsible RunRecorder::answers_for(const LateItems& items, const Past& own, const Past& bag) const {
  LateStay stay;
  stay.late = items;
  stay.arrived = own.arrived;
  stay.into = own.into;
  stay.ready = items.at;
  const auto add = [&](const Past& past, std::size_t bookings, std::size_t steps) {
    for (std::size_t i = bookings; i < past.bookings.size(); ++i) {
      const Booking& b = past.bookings[i];
      if (b.cause == Cause::customs_hold) stay.customs += static_cast<Ticks>(b.ticks);
      if (b.cause == Cause::full_vehicle) stay.no_room += static_cast<Ticks>(b.ticks);
    }
    for (std::size_t i = steps; i < past.steps.size(); ++i) {
      const JourneyStep& step = past.steps[i];
      const std::string_view activity = step.activity;
      if (activity == "process" || activity == "move") stay.handled += step.end - step.start;
      if (activity == "load") stay.ready = step.start;
    }
  };
  add(own, 0, 0);
  add(bag, own.bookings_joined, own.steps_joined);
  return responsible_for(model_, stay);
}

void RunRecorder::late(const LateItems& items) {
  if (items.at < model_.warm_up) return;
  record_.late_items += items.items;
  const Past& own = past_[items.lot];
  const Past no_bag;
  const auto found = past_.find(items.bag);
  const Past& bag = found == past_.end() ? no_bag : found->second;
  const Responsible who = answers_for(items, own, bag);
  record_.responsible[static_cast<std::size_t>(who)] += items.items;
  for (const Booking& b : own.bookings) count_late(b, items);
  for (std::size_t i = own.bookings_joined; i < bag.bookings.size(); ++i) count_late(bag.bookings[i], items);
  LateGroup& group = record_.late_groups[{day_of(items.due - 1), items.departure}];  // midnight ends a day
  group.items += items.items;
  ++group.lots;
  const bool of_all = !items.still_here && is_of_latest(record_.latest, items, latest_kept);
  if (!of_all && !is_of_latest(group.latest, items, latest_of_group)) return;
  Journey journey{items, who, own.steps};
  for (std::size_t i = own.steps_joined; i < bag.steps.size(); ++i) journey.steps.push_back(bag.steps[i]);
  std::stable_sort(journey.steps.begin(), journey.steps.end(),
                   [](const JourneyStep& a, const JourneyStep& b) { return a.end < b.end; });
  keep_journey(group, journey);
}

void RunRecorder::keep_journey(LateGroup& group, const Journey& journey) {
  if (group.latest.empty()) ++groups_with_journeys_;
  keep_latest(group.latest, journey, latest_of_group);
  if (groups_with_journeys_ > 2 * groups_told) forget_small_groups();
  if (!journey.late.still_here) keep_latest(record_.latest, journey, latest_kept);
}

/// Only the groups with most items keep the journeys of their lots.
void RunRecorder::forget_small_groups() {
  std::vector<LateGroup*> told;
  for (auto& [of, group] : record_.late_groups)
    if (!group.latest.empty()) told.push_back(&group);
  std::stable_sort(told.begin(), told.end(),
                   [](const LateGroup* a, const LateGroup* b) { return a->items > b->items; });
  for (std::size_t i = groups_told; i < told.size(); ++i) told[i]->latest.clear();
  groups_with_journeys_ = std::min(told.size(), groups_told);
}

void RunRecorder::agent(const AgentEvent& e) {
  if (e.start < model_.warm_up) return;
  curves_.agent(e);
  const int number = first_agent_[e.team] + e.agent;
  const auto a = static_cast<std::size_t>(number);
  AgentRecord& agent = record_.agents[a];
  if (e.sent) {
    ++agent.moves;
    return;
  }
  agent.time[static_cast<std::size_t>(e.state)] += e.end - e.start;
  for (const Span& night : model_.night)
    agent.night += std::max<Ticks>(0, std::min(e.end, night.to) - std::max(e.start, night.from));
  agent.overtime += std::max<Ticks>(0, e.end - std::max(e.duty_ends, e.start));
  Stretch& stretch = stretches_[a];
  if (stretch.came != e.came) ++agent.duties;
  if (e.state == AgentEvent::State::on_break) {
    stretch = {e.came, e.end, e.end};
  } else {
    if (stretch.came != e.came || stretch.to != e.start) stretch = {e.came, e.start, e.start};
    stretch.to = e.end;
    agent.longest_stretch = std::max(agent.longest_stretch, stretch.to - stretch.from);
  }
  if (e.agent < agents_drawn) keep_span(e);
}

/// A span across midnight is kept with both days.
void RunRecorder::keep_span(const AgentEvent& e) {
  for (Ticks from = e.start; from < e.end;) {
    const int on = day_of(from);
    const auto next = static_cast<std::size_t>(on) + 1;
    const Ticks to = next < model_.midnights.size() ? std::min(e.end, model_.midnights[next]) : e.end;
    days_[on].spans.push_back({e.team, e.agent, e.state, e.station, from, to});
    from = to;
  }
}

/// Keeps today, yesterday (whose spans may still come) and the busiest day before.
void RunRecorder::forget_quiet_days(int now) {
  while (days_.size() > 3) {
    auto quietest = days_.end();
    for (auto d = days_.begin(); d != days_.end() && d->first < now - 1; ++d)
      if (quietest == days_.end() || d->second.items < quietest->second.items) quietest = d;
    if (quietest == days_.end()) return;
    days_.erase(quietest);
  }
}

RunRecord RunRecorder::record() {
  const auto busiest = std::max_element(days_.begin(), days_.end(),
                                        [](const auto& a, const auto& b) { return a.second.items < b.second.items; });
  if (busiest != days_.end()) {
    record_.day = busiest->first;
    record_.spans = busiest->second.spans;
    std::stable_sort(record_.spans.begin(), record_.spans.end(), [](const AgentSpan& a, const AgentSpan& b) {
      return std::tie(a.team, a.agent, a.start) < std::tie(b.team, b.agent, b.start);
    });
  }
  forget_small_groups();
  record_.curves = curves_.curves();
  return std::move(record_);
}

}  // namespace mailflow
