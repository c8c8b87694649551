#include "report/day_curves.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace mailflow {

namespace {

constexpr int most_days = 14;
constexpr int days_around = 3;

/// Agent-ticks that an item takes at a station; 0 where nobody works.
double agent_ticks(const Station& s) {
  if (s.crew <= 0) return 0;
  const double once = s.items_per_tick > 0 ? 1 / s.items_per_tick : s.service.mean();
  return once * s.crew * s.passes;
}

}  // namespace

DayCurveRecorder::DayCurveRecorder(const Model& model) : model_(model) {
  first_ = day_of(model.warm_up);
  last_ = model.end > model.warm_up ? day_of(model.end - 1) + 1 : first_;
  all_ = last_ - first_ <= most_days;
  sums_.assign(model.midnights.size(), Counts(model.products.size() + model.destinations.size()));
  for (const Station& s : model.stations) agent_ticks_.push_back(agent_ticks(s));
}

int DayCurveRecorder::day_of(Ticks instant) const {
  const auto next = std::upper_bound(model_.midnights.begin(), model_.midnights.end(), instant);
  return std::max(0, static_cast<int>(next - model_.midnights.begin()) - 1);
}

std::size_t DayCurveRecorder::slots(int on) const {
  const auto d = static_cast<std::size_t>(on);
  if (d + 1 >= model_.midnights.size()) return static_cast<std::size_t>(day / slot);
  return static_cast<std::size_t>((model_.midnights[d + 1] - model_.midnights[d]) / slot);
}

/// The day's slots; null where the day is not shown, or was forgotten.
DayCurveRecorder::Day* DayCurveRecorder::kept(int on) {
  if (on < first_ || on >= last_) return nullptr;
  if (const auto found = days_.find(on); found != days_.end()) return &found->second;
  if (!all_ && on < newest_ - days_around) return nullptr;
  Day& made = days_[on];
  Slot empty;
  empty.worked.resize(model_.stations.size());
  empty.waiting.resize(model_.stations.size());
  empty.team.resize(model_.teams.size());
  empty.passed.resize(model_.products.size() + model_.destinations.size());
  made.slots.assign(slots(on), empty);
  if (on > newest_) {
    newest_ = on;
    forget(on);
  }
  return &made;
}

/// Of a long run: keeps the last days and those around the busiest so far.
void DayCurveRecorder::forget(int now) {
  if (all_) return;
  for (const auto& [on, d] : days_)
    if (on < now && d.arrived > most_) {
      most_ = d.arrived;
      busiest_ = on;
    }
  std::erase_if(days_, [&](const auto& d) {
    return d.first < now - days_around && (d.first < busiest_ - days_around || d.first > busiest_ + days_around);
  });
}

/// Calls `share` with each slot that the span touches and the part of the span that lies in it.
template <typename Share>
void DayCurveRecorder::over(Ticks from, Ticks to, Share share) {
  for (Ticks t = std::max(from, model_.warm_up); t < to;) {
    const int on = day_of(t);
    const Ticks midnight = model_.midnights[static_cast<std::size_t>(on)];
    const Ticks until = std::min(to, midnight + ((t - midnight) / slot + 1) * slot);
    if (Day* d = kept(on)) {
      const std::size_t i = std::min(d->slots.size() - 1, static_cast<std::size_t>((t - midnight) / slot));
      share(d->slots[i], static_cast<double>(until - t));
    }
    t = until;
  }
}

void DayCurveRecorder::passed(Step step, ProductIndex product, DestinationIndex destination, std::int64_t items,
                              Ticks at) {
  const int on = day_of(at);
  const auto s = static_cast<std::size_t>(step);
  const auto count = [&](Counts& counts) {
    if (product != none) counts[product.at()][s] += items;
    if (destination != none) counts[model_.products.size() + destination.at()][s] += items;
  };
  Day* d = at < model_.warm_up ? nullptr : kept(on);
  if (!d) {
    count(sums_[static_cast<std::size_t>(on)]);
    return;
  }
  if (step == Step::arrived) d->arrived += items;
  const Ticks midnight = model_.midnights[static_cast<std::size_t>(on)];
  count(d->slots[std::min(d->slots.size() - 1, static_cast<std::size_t>((at - midnight) / slot))].passed);
  count(sums_[static_cast<std::size_t>(on)]);
}

void DayCurveRecorder::waited(StationIndex station, Ticks from, Ticks to, double item_ticks) {
  if (to <= from) return;
  const double density = item_ticks / static_cast<double>(to - from);
  over(from, to, [&](Slot& in, double ticks) { in.waiting[station] += density * ticks; });
}

void DayCurveRecorder::agent(const AgentEvent& e) {
  if (e.sent) return;
  over(e.start, e.end, [&](Slot& in, double ticks) {
    in.team[e.team][static_cast<std::size_t>(e.state)] += static_cast<Ticks>(ticks);
    if (e.state == AgentEvent::State::working && e.station != none) in.worked[e.station] += ticks;
  });
}

std::pair<int, int> DayCurveRecorder::days() const {
  if (days_.empty() || all_) return {first_, days_.empty() ? first_ : last_};
  const int busiest = std::max_element(days_.begin(), days_.end(), [](const auto& a, const auto& b) {
                        return a.second.arrived < b.second.arrived;
                      })->first;
  return {std::max(first_, busiest - days_around), std::min(last_, busiest + days_around + 1)};
}

template <typename Value>
std::vector<double> DayCurveRecorder::by_slot(Value value) const {
  std::vector<double> all;
  const auto [from, until] = days();
  for (int on = from; on < until; ++on) {
    const auto found = days_.find(on);
    for (std::size_t i = 0; i < slots(on); ++i)
      all.push_back(found == days_.end() ? 0 : value(found->second.slots[i]) / static_cast<double>(slot));
  }
  return all;
}

std::vector<double> DayCurveRecorder::lacking(StationIndex s) const {
  const Station& is = model_.stations[s];
  const double most = static_cast<double>(is.servers) * is.crew * static_cast<double>(slot);
  return by_slot([&](const Slot& in) {
    const double waiting = in.waiting[s] / static_cast<double>(slot) * agent_ticks_[s];
    return std::max(0.0, std::min(waiting, most - in.worked[s]));
  });
}

DayCurves DayCurveRecorder::curves() const {
  DayCurves all;
  std::tie(all.from, all.until) = days();
  for (int on = all.from; on < all.until; ++on) all.slots.push_back(slots(on));
  for (const StationIndex s : model_.stations.indices()) {
    all.worked.push_back(by_slot([s](const Slot& in) { return in.worked[s]; }));
    all.lacking.push_back(lacking(s));
  }
  for (const TeamIndex t : model_.teams.indices()) {
    auto& team = all.teams[all.teams.push_back({})];
    for (std::size_t state = 0; state < team.size(); ++state)
      team[state] = by_slot([=](const Slot& in) { return static_cast<double>(in.team[t][state]); });
  }
  for (const ProductIndex p : model_.products.indices()) all.products.push_back(passed_by(p.at()));
  for (const DestinationIndex d : model_.destinations.indices())
    all.destinations.push_back(passed_by(model_.products.size() + d.at()));
  return all;
}

DayCurves::Passed DayCurveRecorder::passed_by(std::size_t row) const {
  DayCurves::Passed all;
  const auto [from, until] = days();
  for (std::size_t s = 0; s < steps; ++s)
    for (int on = 0; on < from; ++on) all.before[s] += sums_[static_cast<std::size_t>(on)][row][s];
  for (int on = from; on < until; ++on) {
    const auto found = days_.find(on);
    for (std::size_t s = 0; s < steps; ++s) {
      // What the first day of the window saw before the window began.
      std::int64_t rest = sums_[static_cast<std::size_t>(on)][row][s];
      for (std::size_t i = 0; i < slots(on); ++i) {
        const std::int64_t items = found == days_.end() ? 0 : found->second.slots[i].passed[row][s];
        all.in_slot[s].push_back(items);
        rest -= items;
      }
      if (on == from) all.before[s] += rest;
    }
  }
  return all;
}

}  // namespace mailflow
