#include "scenario/checks/capacity.hpp"

#include <algorithm>
#include <numeric>

#include "scenario/checks/loads.hpp"

namespace mailflow {

namespace {

/// Of one item, in one pass; a service per lot is shared by the largest lot.
double handling(const Station& station, double largest) {
  if (station.items_per_tick > 0) return 1 / station.items_per_tick;
  return station.service.mean() / (station.service_per_lot ? largest : 1);
}

/// Servers at work at most with the agents of a step, by their pace.
double manned(const Station& station, const Hands& hands, const PresenceStep& step) {
  if (station.kind == StationKind::machine) {
    const double agents = std::accumulate(step.average.begin(), step.average.end(), 0.0);
    const int crews = step.heads / station.crew;
    return std::min({static_cast<double>(station.servers), agents / station.crew, static_cast<double>(crews)});
  }
  double left = station.servers;
  double paced = 0;
  for (std::size_t h = 0; h < hands.size() && left > 0; ++h) {
    const double here = std::min(left, step.average[h]);
    paced += here * hands[h].pace;
    left -= here;
  }
  return paced;
}

}  // namespace

Capacities::Capacities(const Model& model, const Rows<Station, int>& largest_lot) : model_(model) {
  for (const StationIndex s : model.stations.indices()) all_.push_back(of(s, largest_lot[s]));
}

const Presence& Capacities::presence(const Hands& hands) {
  auto found = presence_.find(hands);
  if (found == presence_.end()) found = presence_.emplace(hands, presence_of(model_, hands)).first;
  return found->second;
}

Capacity Capacities::of(StationIndex number, double largest_lot) {
  const Station& station = model_.stations[number];
  Capacity c;
  if (!takes_in_hand(station.kind)) return c;
  const double once = handling(station, largest_lot);
  c.item = once * station.passes;
  c.on_closing = once * largest_lot;
  c.on_leaving =
      model_.assignment.at_shift_end == ShiftEnd::finish_lot || station.service_per_lot ? c.on_closing : once;
  if (station.breakdown.present) {
    const double repair = station.breakdown.repair.mean();
    c.down = repair / (station.breakdown.every.mean() + repair);
  }
  const Spans open = open_in_run(model_, station);
  for (const Span& o : open) c.open_for += o.to - o.from;
  c.open = station.servers * static_cast<double>(c.open_for) * (1 - c.down);
  if (station.skill != none) {
    c.hands = hands_of(model_, number);
    staffed(station, open, c);
  } else {
    c.together = c.open;
    for (const Span& o : open)
      if (o.to < model_.end) c.together += station.servers * c.on_closing;
  }
  return c;
}

std::vector<Doable> Capacities::doable(StationIndex number) {
  const Station& station = model_.stations[number];
  const Spans open = open_in_run(model_, station);
  std::vector<Doable> pieces;
  Capacity again;
  again.hands = all_[number].hands;
  again.down = all_[number].down;
  if (station.skill != none) staffed(station, open, again, &pieces);
  for (const Span& o : open)
    if (station.skill == none)
      pieces.push_back({o.from, o.to, station.servers * static_cast<double>(o.to - o.from) * (1 - again.down)});
  return pieces;
}

/// The hours in which a station is open and people of its skill are on duty.
void Capacities::staffed(const Station& station, const Spans& open, Capacity& c, std::vector<Doable>* pieces) {
  if (!c.hands.empty()) c.open *= std::max(1.0, c.hands[0].pace);
  const Presence& steps = presence(c.hands);
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    const auto lasts = static_cast<double>(steps[i + 1].from - steps[i].from);
    c.most_heads = std::max(c.most_heads, steps[i].heads);
    for (std::size_t h = 0; h < c.hands.size(); ++h)
      c.people += steps[i].average[h] * c.hands[h].pace / station.crew * lasts * (1 - c.down);
  }
  std::size_t i = 0;
  for (const Span& o : open) {
    while (i + 1 < steps.size() && steps[i + 1].from <= o.from) ++i;
    for (; i + 1 < steps.size() && steps[i].from < o.to; ++i) {
      const Ticks lasts = std::min(o.to, steps[i + 1].from) - std::max(o.from, steps[i].from);
      const double servers = manned(station, c.hands, steps[i]);
      c.most_heads_open = std::max(c.most_heads_open, steps[i].heads);
      c.manned_for += steps[i].heads >= station.crew ? lasts : 0;
      const double work = servers * static_cast<double>(lasts) * (1 - c.down);
      c.together += work;
      if (pieces != nullptr)
        pieces->push_back({std::max(o.from, steps[i].from), std::min(o.to, steps[i + 1].from), work});
      if (steps[i + 1].from >= o.to) {
        if (o.to < model_.end) c.together += servers * c.on_closing / c.slowest();
        break;
      }
      c.together += std::max(0.0, servers - manned(station, c.hands, steps[i + 1])) * c.on_leaving / c.slowest();
    }
  }
}

}  // namespace mailflow
