// Counts: the window's start and end, hourly marks, promises checked, results.
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "centre/run.hpp"
#include "metrics/interval.hpp"
#include "metrics/targets.hpp"

namespace mailflow {

/// Books the time of every lot in the centre up to now.
void Run::settle_lots() {
  for (Server& server : servers_) {
    if (server.lot == none) continue;
    Lot& lot = lots_[server.lot];
    if (server.down)
      book(lot, Cause::breakdown);
    else if (server.phase == Phase::set_up)
      book(lot, Cause::set_up);
    else
      book_handling(server, lot, server.worked + now_ - server.phase_began);
  }
  for (int l = 0; l < lots_.size(); ++l) {
    Lot& lot = lots_[l];
    if (!lot.in_centre || lot.in_hand) continue;
    if (lot.station == none) {  // at the door, from outside
      lot.station = static_cast<std::int16_t>(lot.target);
      book(lot, Cause::blocked);
      lot.station = none;
      continue;
    }
    StationState& st = stations_[static_cast<std::size_t>(lot.station)];
    if (lot.target != none) {
      book(lot, Cause::blocked);
      continue;
    }
    switch (st.is->kind) {
      case StationKind::manual:
      case StationKind::machine:
        book_wait(lot, st);
        lot.since = now_;
        break;
      case StationKind::conveyor:
      case StationKind::walk:
        book(lot, Cause::moving);
        break;
      case StationKind::hold:
        book(lot, Cause::customs_hold);
        break;
      case StationKind::bagging:
        book(lot, Cause::filling);
        break;
      case StationKind::bay:
        book(lot, lot.missed_vehicle ? Cause::full_vehicle : Cause::waiting_for_departure);
        break;
    }
  }
}

void Run::settle_servers() {
  for (Server& server : servers_) {
    stations_[static_cast<std::size_t>(server.station)].state_time[static_cast<std::size_t>(server.state)] +=
        now_ - server.state_since;
    server.state_since = now_;
  }
  for (StationState& st : stations_) touch(st);
}

void Run::settle_agents() {
  for (Agent& agent : agents_) {
    if (agent.state == AgentState::off) continue;
    TeamState& team = teams_[static_cast<std::size_t>(agent.team)];
    team.time[static_cast<std::size_t>(agent.state)] += now_ - agent.since;
    if (options_.events != nullptr) tell_agent(static_cast<int>(&agent - agents_.data()), false);
    agent.since = now_;
    const Ticks from = std::max(agent.came, window_from_);
    for (const Span& night : model_.night)
      team.night += std::max<Ticks>(0, std::min(now_, night.to) - std::max(from, night.from));
    team.overtime += std::max<Ticks>(0, now_ - std::max(agent.shift_ends, window_from_));
  }
}

/// Tells of each lot that is at a station: of an open bag, those in it.
template <typename Tell>
void Run::each_visit(const Tell& tell) {
  for (int l = 0; l < lots_.size(); ++l) {
    const Lot& lot = lots_[l];
    if (!lot.in_centre || lot.station == none) continue;
    StationState& st = stations_[static_cast<std::size_t>(lot.station)];
    if (st.is->kind != StationKind::bagging || lot.target != none)
      tell(st, lot);
    else
      for (int m = lot.members; m != none; m = lots_[m].next) tell(st, lots_[m]);
  }
}

/// The window begins: what has been counted so far is forgotten, what is in the centre stays.
void Run::reset_counts() {
  settle_lots();
  settle_servers();
  settle_agents();
  window_from_ = now_;
  const bool warmed_up = now_ > 0 && !model_.situation.given;  // else what is there is stated, and new
  for (StationState& st : stations_) {
    st.content_area = st.queue_area = st.visit_time = 0;
    st.items_in = st.items_out = st.items_diverted = st.lots_out = st.waited_items = st.started_items = 0;
    st.queue_max = st.hour_queue_max = st.queue_items;
    st.longest_wait = 0;
    st.visits_before = 0;
    st.visiting.at_start = warmed_up ? st.items : 0;
    st.waiting.at_start = warmed_up && takes_in_hand(st.is->kind) ? st.queue_items : 0;
    st.waits = {};
    if (options_.own_times) st.own_times = OwnTimes::none_yet();
    st.state_time = st.not_rostered = {};
    st.unstaffed_without_mail = 0;
    for (auto& row : st.ledger) row = {};
    st.hours.clear();
  }
  each_visit([this](StationState& st, const Lot& lot) {
    st.visits_before += static_cast<ItemTicks>(lot.items) * (now_ - lot.entered);
  });
  for (TeamState& team : teams_) {
    team.time = {};
    team.overtime = team.night = team.absent = 0;
    team.duties = team.absences = team.moves = 0;
  }
  at_start_ = in_ = out_ = 0;
  for (ProductState& product : products_) {
    product.at_start = product.here;
    product.staying.at_start = warmed_up ? product.here : 0;
    product.in = product.out = 0;
    product.in_centre = -static_cast<ItemTicks>(product.here) * now_;
    product.on_time = {};
    product.stays = {};
    product.sketch = {};
    at_start_ += product.here;
  }
  staying_.at_start = warmed_up ? at_start_ : 0;
  for (auto& row : on_time_) std::fill(row.begin(), row.end(), OnTime{});
  for (auto* days : {&product_days_, &target_days_})
    for (auto& row : *days) std::fill(row.begin(), row.end(), DueDay{});
  for (DepartureResult& departure : departures_) departure = {};
  stays_ = {};
  sketch_ = {};
  by_links_in_ = by_links_out_ = 0;
  for (auto& row : path_ends_) std::fill(row.begin(), row.end(), PathEnd{});
  for (TimeSketch& sketch : end_to_end_) sketch = {};
  if (now_ + hour < model_.end) schedule(now_ + hour, EventKind::hour_mark, 0);
}

void Run::hour_mark() {
  settle_servers();
  for (StationState& st : stations_) {
    st.hours.push_back({now_, st.items_out, st.state_time, st.queue_area, st.content_area, st.queue_items, st.items,
                        st.hour_queue_max});
    st.queue_max = std::max(st.queue_max, st.hour_queue_max);
    st.hour_queue_max = st.queue_items;
    prune_marks(st);
  }
  if (!over_ && now_ + hour < model_.end) schedule(now_ + hour, EventKind::hour_mark, 0);
}

/// Forgets the changes of cause that no lot in queue lived through.
void Run::prune_marks(StationState& st) {
  CauseClock& clock = st.clock;
  if (clock.marks.size() < 4096) return;
  std::uint32_t oldest = clock.epoch;
  for (const LotQueue& q : st.queues) {
    for (int l = q.head; l != none; l = lots_[l].next) oldest = std::min(oldest, lots_[l].cause_epoch);
    for (const auto& entry : q.heap) oldest = std::min(oldest, lots_[entry.lot].cause_epoch);
  }
  if (oldest + 1 <= clock.first_mark) return;
  clock.marks.erase(clock.marks.begin(), clock.marks.begin() + (oldest + 1 - clock.first_mark));
  clock.first_mark = oldest + 1;
}

/// Left over: mail in the centre that is neither at a bay nor held.
void Run::sample(std::uint32_t target, std::uint32_t which) {
  const Target& is = model_.targets[target];
  std::int64_t items = 0;
  for (int l = 0; l < lots_.size(); ++l) {
    const Lot& lot = lots_[l];
    if (!lot.in_centre || (is.product != none && lot.product != is.product)) continue;
    if (is.station != none && lot.station != is.station) continue;
    if (lot.station != none) {
      const StationKind kind = stations_[static_cast<std::size_t>(lot.station)].is->kind;
      if (kind == StationKind::bay || kind == StationKind::hold) continue;
    }
    items += lot.items;
  }
  left_over_[target][which] = items;
}

void Run::check_promises() {
  for (std::size_t p = 0; p < products_.size(); ++p) {
    const ProductState& product = products_[p];
    const std::string& name = model_.products[p].name;
    std::int64_t here = 0;
    for (int l = 0; l < lots_.size(); ++l)
      if (lots_[l].in_centre && lots_[l].product == static_cast<int>(p)) here += lots_[l].items;
    if (product.at_start + product.in != product.out + here)
      throw RunFailure("mail is not conserved: of " + name + ", " + std::to_string(product.at_start + product.in) +
                       " items came and " + std::to_string(product.out + here) + " are accounted for");
    const ItemTicks stayed = product.in_centre + static_cast<ItemTicks>(product.here) * now_;
    const ItemTicks rounded = minute + stayed / 1'000'000;
    ItemTicks booked = 0;
    for (const StationState& st : stations_)
      for (const ItemTicks t : st.ledger[p]) {
        booked += t;
        if (t < -rounded)
          throw RunFailure("time less than none: at station " + st.is->name + " a cause has " +
                           std::to_string(in_minutes(t)) + " item-minutes of " + name);
      }
    if (booked != stayed)
      throw RunFailure("minutes without a cause: " + name + " was " + std::to_string(in_minutes(stayed)) +
                       " item-minutes in the centre, and " + std::to_string(in_minutes(booked)) + " have a cause");
  }
}

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double minutes_a_tick = 1.0 / static_cast<double>(minute);

TimeSummary summary_of(const BatchMeans& stays, const TimeSketch& sketch, std::int64_t out, const Unfinished& staying) {
  TimeSummary s;
  s.items = out + staying.items;
  s.unfinished = staying.items;
  s.mean = with_unfinished(stays, staying, minutes_a_tick);
  const auto quantile = [&](double q) { return s.items > 0 ? in_minutes(sketch.quantile(q)) : nothing; };
  s.p50 = quantile(0.5);
  s.p90 = quantile(0.9);
  s.p95 = quantile(0.95);
  s.p99 = quantile(0.99);
  s.max = s.items > 0 ? in_minutes(std::max(sketch.max(), staying.longest)) : nothing;
  s.quantile_error = sketch.error();
  s.at_least = unfinished_counts(staying.items, s.items);
  s.max_at_least = staying.longest > 0 && staying.longest >= sketch.max();
  return s;
}

void add(OnTime& to, const OnTime& from) {
  to.on_time += from.on_time;
  to.late += from.late;
  to.undecided += from.undecided;
  to.no_due += from.no_due;
}

}  // namespace

namespace {

/// The day of `midnights` in which mail is due: 00:00 is 24:00 of the day that ends there. The first or last for what
/// lies beyond.
std::size_t day_of(const std::vector<Ticks>& midnights, Ticks due) {
  const auto next = std::lower_bound(midnights.begin(), midnights.end(), due) - midnights.begin();
  return static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(next, 1, std::ssize(midnights) - 1)) - 1;
}

}  // namespace

/// Books items under the civil day on which they were due; targets are judged by the days of the run alone.
void Run::count_due_day(int product, int destination, int departure, Ticks due, std::int64_t items,
                        std::int64_t DueDay::* count) {
  if (model_.due_midnights.size() < 2) return;
  const auto& days = model_.due_midnights;
  if (due <= days[due_day_] || due > days[due_day_ + 1]) due_day_ = day_of(days, due);
  product_days_[static_cast<std::size_t>(product)][due_day_].*count += items;
  const auto& midnights = model_.midnights;
  if (target_days_.empty() || midnights.empty() || due <= midnights.front() || due > midnights.back()) return;
  if (due <= midnights[target_day_] || due > midnights[target_day_ + 1]) target_day_ = day_of(midnights, due);
  const std::size_t d = target_day_;
  for (std::size_t t = 0; t < target_days_.size(); ++t) {
    const Target& target = model_.targets[t];
    if (target_days_[t].empty() || (target.product >= 0 && target.product != product) ||
        (target.destination >= 0 && target.destination != destination) ||
        (target.departure >= 0 && target.departure != departure))
      continue;
    target_days_[t][d].*count += items;
  }
}

void Run::count_left() {
  const auto judge = [this](const Lot& lot, std::int64_t bag) {
    if (lot.due == never) return;
    const bool late = lot.due < now_;
    std::int64_t OnTime::* count = late ? &OnTime::late : &OnTime::undecided;
    const std::size_t destination =
        lot.destination == none ? model_.destinations.size() : static_cast<std::size_t>(lot.destination);
    products_[static_cast<std::size_t>(lot.product)].on_time.*count += lot.items;
    on_time_[static_cast<std::size_t>(lot.product)][destination].*count += lot.items;
    count_due_day(lot.product, lot.destination, none, lot.due, lot.items, late ? &DueDay::late : &DueDay::undecided);
    if (late && options_.events != nullptr)
      options_.events->late({lot.number, bag, lot.items, lot.product, lot.destination, none, lot.due, now_, true});
  };
  for (int l = 0; l < lots_.size(); ++l) {
    if (!lots_[l].in_centre) continue;
    if (lots_[l].members == none) judge(lots_[l], 0);
    for (int m = lots_[l].members; m != none; m = lots_[m].next) judge(lots_[m], lots_[l].number);
  }
}

void Run::fill_products(Results& r) {
  r.destinations.resize(model_.destinations.size());
  r.product_destination.assign(products_.size(), std::vector<OnTime>(model_.destinations.size()));
  for (std::size_t p = 0; p < products_.size(); ++p) {
    const ProductState& state = products_[p];
    ProductResult result;
    result.at_start = state.at_start;
    result.in = state.in;
    result.out = state.out;
    result.left = state.here;
    result.on_time = state.on_time;
    result.days = product_days_[p];
    result.time_in_centre = summary_of(state.stays, state.sketch, state.out, state.staying);
    for (const StationState& st : stations_)
      for (std::size_t c = 0; c < causes; ++c) result.cause[c] += st.ledger[p][c];
    result.in_centre = state.in_centre + static_cast<ItemTicks>(state.here) * now_;
    add(r.on_time, state.on_time);
    for (std::size_t d = 0; d < model_.destinations.size(); ++d) {
      add(r.destinations[d], on_time_[p][d]);
      r.product_destination[p][d] = on_time_[p][d];
    }
    r.left += state.here;
    r.products.push_back(result);
  }
  r.time_in_centre = products_.size() == 1 ? r.products[0].time_in_centre : summary_of(stays_, sketch_, out_, staying_);
}

void Run::fill_waits(StationResult& r, const StationState& st) {
  const std::int64_t visits = st.items_out + st.items;
  const ItemTicks ended_before = st.visits_before - (st.visiting.total - st.visits_going_on);
  const double share = st.visiting.counted(st.items_out);
  r.mean_time = visits > 0 ? (in_minutes(st.visit_time + ended_before) + share * in_minutes(st.visiting.total)) /
                                 (static_cast<double>(st.items_out) + share * static_cast<double>(st.visiting.items))
                           : nothing;
  r.mean_time_at_least = unfinished_counts(st.items, visits);
  const std::int64_t items = st.started_items + st.waiting.items;
  const std::int64_t waited = st.waited_items + st.waiting.after_a_while;
  r.still_waiting = st.waiting.items;
  r.wait = with_unfinished(st.waits, st.waiting, minutes_a_tick);
  r.wait_at_least = unfinished_counts(st.waiting.items, items);
  r.waited = items > 0 ? static_cast<double>(waited) / static_cast<double>(items) : nothing;
  const Ticks going_on = std::max(st.waiting.longest, st.longest_stay_going_on);
  const bool any = items > 0 || (!takes_in_hand(st.is->kind) && visits > 0);
  r.longest_wait = any ? in_minutes(std::max(st.longest_wait, going_on)) : nothing;
  r.longest_wait_at_least = going_on > 0 && going_on >= st.longest_wait;
}

void Run::fill_station(StationResult& r, StationState& st) {
  r.items_in = st.items_in;
  r.items_out = st.items_out;
  r.items_diverted = st.items_diverted;
  r.lots_out = st.lots_out;
  r.state = st.state_time;
  r.not_rostered = st.not_rostered;
  r.unstaffed_without_mail = st.unstaffed_without_mail;
  r.cause = st.ledger;
  r.in_station = st.visit_time;
  r.own_times = std::move(st.own_times);
  fill_waits(r, st);
  std::vector<double> content;
  std::vector<double> queue;
  std::vector<double> out;
  std::vector<double> busy;
  std::vector<double> ticks;
  std::vector<double> hours;
  std::vector<double> server_ticks;
  StationHour last;
  last.until = window_from_;
  for (const StationHour& h : st.hours) {
    const auto dt = static_cast<double>(h.until - last.until);
    content.push_back(static_cast<double>(h.content - last.content));
    queue.push_back(static_cast<double>(h.queue - last.queue));
    out.push_back(static_cast<double>(h.items_out - last.items_out));
    busy.push_back(static_cast<double>(h.state[0] - last.state[0]));
    ticks.push_back(dt);
    hours.push_back(dt / static_cast<double>(hour));
    server_ticks.push_back(dt * st.is->servers);
    last = h;
  }
  r.content = ratio_of_batches(content, ticks);
  r.queue = ratio_of_batches(queue, ticks);
  r.throughput = ratio_of_batches(out, hours);
  r.use = ratio_of_batches(busy, server_ticks);
  if (!takes_in_hand(st.is->kind)) r.use.mean = nothing;  // there is nothing that could be busy
  r.queue_max = st.queue_max;
  const auto integral = static_cast<double>(st.content_area);
  r.little_residual =
      integral > 0 ? std::abs(integral - static_cast<double>(st.visit_time + st.visits_going_on)) / integral : 0;
  r.hours = st.hours;
}

/// The part of the stations' visits, by the lots' own stamps, that has not ended.
void Run::count_visits_going_on() {
  each_visit([this](StationState& st, const Lot& lot) {
    st.visits_going_on += static_cast<ItemTicks>(lot.items) * (now_ - std::max(lot.entered, window_from_));
    if (!blocks_ || st.is->kind != StationKind::bay) st.visiting.add(now_ - lot.entered, lot.items);
    const Ticks stay = lot.station == none ? now_ - lot.entered : longest_stay(lot);  // none: in an open bag
    if (!takes_in_hand(st.is->kind)) st.longest_stay_going_on = std::max(st.longest_stay_going_on, stay);
  });
}

void Run::fill_teams(Results& r) {
  std::vector<double> costs;
  for (std::size_t t = 0; t < teams_.size(); ++t) {
    const TeamState& state = teams_[t];
    const Team& team = model_.teams[t];
    TeamResult result;
    result.worked = state.time[static_cast<std::size_t>(AgentState::working)];
    result.idle = state.time[static_cast<std::size_t>(AgentState::idle)];
    result.moving = state.time[static_cast<std::size_t>(AgentState::moving)];
    result.on_break = state.time[static_cast<std::size_t>(AgentState::on_break)];
    result.paid = result.worked + result.idle + result.moving + result.on_break;
    result.overtime = state.overtime;
    result.night = state.night;
    result.absent = state.absent;
    result.duties = state.duties;
    result.absences = state.absences;
    result.moves = state.moves;
    result.cost = team.cost_per_hour * (in_hours(result.paid) + team.night_extra * in_hours(result.night) +
                                        team.overtime_extra * in_hours(result.overtime));
    costs.push_back(result.cost);
    r.teams.push_back(result);
  }
  r.staff_cost = sum_of(costs);
}

Results Run::results() {
  try {
    return count_all();
  } catch (const MemoryExceeded&) {
    fail_for_memory();
  }
}

Results Run::count_all() {
  need_memory(static_cast<std::int64_t>(lots_.size()) * 4 * static_cast<std::int64_t>(sizeof(Ticks)));  // by unfinished
  settle_lots();
  settle_agents();
  if (options_.events != nullptr) log_left();
  hour_mark();
  check_promises();
  count_left();
  count_visits_going_on();
  count_unfinished();
  Results r;
  r.seed = options_.seed;
  r.replication = options_.replication;
  r.from = window_from_;
  r.to = now_;
  r.events = events_;
  r.lots = lots_.made();
  r.at_start = at_start_;
  r.in = in_;
  r.out = out_;
  fill_products(r);
  for (StationState& st : stations_) fill_station(r.stations.emplace_back(), st);
  fill_teams(r);
  r.departures = departures_;
  std::vector<double> costs;
  for (const DepartureResult& departure : departures_) costs.push_back(departure.cost);
  r.transport_cost = sum_of(costs);
  r.left_over = left_over_;
  r.target_days = target_days_;
  r.standstills = standstills_;
  r.by_links_in = by_links_in_;
  r.by_links_out = by_links_out_;
  r.path_ends = path_ends_;
  r.end_to_end = end_to_end_;
  judge_targets(model_, r);
  return r;
}

}  // namespace mailflow
