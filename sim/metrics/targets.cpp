#include "metrics/targets.hpp"

#include <algorithm>
#include <cmath>

#include "stats/interval.hpp"
#include "stats/no_figure.hpp"

namespace mailflow {

double OnTime::share() const {
  return on_time + late > 0 ? static_cast<double>(on_time) / static_cast<double>(on_time + late) : no_figure;
}

double OnTime::share_at_least() const { return OnTime{.on_time = on_time, .late = late + undecided}.share(); }

double OnTime::share_at_most() const { return OnTime{.on_time = on_time + undecided, .late = late}.share(); }

bool keeps(double value, double bound, bool at_least) {
  return same_figure(value, bound) || (at_least ? value >= bound : value <= bound);
}

bool judged(const TargetResult& target) { return !std::isnan(target.value); }

bool any_missed(const std::vector<TargetResult>& targets) {
  return std::any_of(targets.begin(), targets.end(), [](const TargetResult& t) { return judged(t) && !t.met; });
}

bool meets(const Target& target, double value) { return keeps(value, target.bound, target.at_least); }

namespace {

double on_time(const Target& target, const Results& r) {
  if (target.departure != none) return r.departures[target.departure].on_time.share();
  const DestinationIndex d = target.destination;
  const ProductIndex p = target.product;
  if (p != none && d != none) return r.product_destination[p][d].share();
  if (d != none) return r.destinations[d].share();
  return p != none ? r.products[p].on_time.share() : r.on_time.share();
}

/// Items an hour over the busiest run of whole hours. Where nothing is handled, for none came or nobody did, the pace
/// is judged only by what was there to be handled: what nothing keeps is nothing to judge.
double throughput(const Target& target, const Results& r) {
  const StationResult& station = r.stations[target.station];
  const bool came = station.items_in > 0 || station.content.mean > 0;
  if (station.items_out == 0 && (!came || meets(target, 0))) return no_figure;
  const auto& hours = r.stations[target.station].hours;
  const auto n = static_cast<std::size_t>(target.over / hour);
  double most = no_figure;
  for (std::size_t h = n; h <= hours.size(); ++h) {
    const Ticks from = h == n ? r.from : hours[h - n - 1].until;
    if (hours[h - 1].until - from != target.over) continue;  // the last row may be shorter than an hour
    const std::int64_t items = hours[h - 1].items_out - (h == n ? 0 : hours[h - n - 1].items_out);
    most = std::fmax(most, static_cast<double>(items) / static_cast<double>(n));
  }
  return most;
}

/// The days of the window that had mail due, and on how many of them the target was met.
void judge_days(const Target& target, const std::vector<DueDay>& days, const Model& model, const Results& r,
                TargetResult& result) {
  for (std::size_t d = 0; d < days.size(); ++d) {
    const auto judged = static_cast<double>(days[d].on_time + days[d].late);
    if (judged == 0 || model.midnights[d] < r.from || model.midnights[d + 1] > r.to) continue;
    ++result.days_judged;
    result.days_met += meets(target, static_cast<double>(days[d].on_time) / judged) ? 1 : 0;
  }
}

/// Whether none of the target's mail was ever in the centre.
bool none_came(const Target& target, const Results& r) {
  if (target.product == none) return r.at_start + r.in == 0;
  const ProductResult& product = r.products[target.product];
  return product.at_start + product.in == 0;
}

double left_over(const Target& target, const std::vector<std::int64_t>& counts, const Model& model, const Results& r,
                 TargetResult& result) {
  double worst = no_figure;
  if (none_came(target, r)) return worst;
  Ticks when = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (target.samples[i] <= r.from || target.samples[i] > r.to) continue;  // what is counted at 00:00 ends a day
    const auto items = static_cast<double>(counts[i]);
    ++result.days_judged;
    result.days_met += meets(target, items) ? 1 : 0;
    if (std::isnan(worst) || (target.at_least ? items < worst : items > worst)) {
      worst = items;
      when = target.samples[i];
    }
  }
  if (result.days_judged > 0) {
    result.worst_on = model.calendar().text(when - 1).substr(0, 10);
    result.detail = "worst on " + result.worst_on + "; met on " + std::to_string(result.days_met) + " of " +
                    std::to_string(result.days_judged) + " days";
  }
  return worst;
}

/// In minutes; of mail that still waits or is still here at the end, so long at least.
void judge_longest_wait(const Target& target, const Results& r, TargetResult& result) {
  if (target.station != none) {
    const StationResult& station = r.stations[target.station];
    result.value = station.longest_wait;
    result.at_least = station.longest_wait_at_least;
    return;
  }
  const TimeSummary& stay = target.product != none ? r.products[target.product].time_in_centre : r.time_in_centre;
  result.value = stay.max;
  result.at_least = stay.max_at_least;
}

double overtime(const Target& target, const Results& r) {
  Ticks sum = 0;
  Ticks paid = 0;
  for (const TeamIndex t : r.teams.indices()) {
    if (target.team != none && target.team != t) continue;
    sum += r.teams[t].overtime;
    paid += r.teams[t].paid;
  }
  return paid > 0 ? in_hours(sum) : no_figure;
}

}  // namespace

void judge_targets(const Model& model, Results& r) {
  r.targets.clear();
  for (const TargetIndex i : model.targets.indices()) {
    const Target& target = model.targets[i];
    TargetResult result;
    switch (target.measure) {
      case Target::Measure::on_time:
        result.value = on_time(target, r);
        judge_days(target, r.target_days[i], model, r, result);
        break;
      case Target::Measure::throughput:
        result.value = throughput(target, r);
        break;
      case Target::Measure::left_over:
        result.value = left_over(target, r.left_over[i], model, r, result);
        break;
      case Target::Measure::longest_wait:
        judge_longest_wait(target, r, result);
        break;
      case Target::Measure::overtime:
        result.value = overtime(target, r);
        break;
      case Target::Measure::cost_per_item:
        result.value = r.out > 0 ? (r.staff_cost + r.transport_cost) / static_cast<double>(r.out) : no_figure;
        break;
    }
    result.met = meets(target, result.value);
    r.targets.push_back(result);
  }
}

}  // namespace mailflow
