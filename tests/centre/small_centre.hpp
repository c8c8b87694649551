// The parts of a run (centre/centre.hpp) in the hands of a test, which makes the mail and moves the clock.
//
//   Ground ground(model_of({place(StationKind::machine, "sorter")}));   // for a part alone: setting, clock, lots
//   SmallCentre centre(model_of({place(StationKind::walk, "walk")}));   // all parts, wired
//   const LotIndex l = centre.comes(3, 0);
//   centre.until(10 * minute);
#pragma once

#include <utility>
#include <vector>

#include "centre/centre.hpp"
#include "centre/hand_over.hpp"
#include "centre/resume.hpp"

namespace mailflow::parts {

/// None: out of the centre.
inline Route way_to(StationIndex station) {
  RouteNode node;
  node.kind = station == none ? RouteNode::Kind::leaves : RouteNode::Kind::to;
  node.station = station;
  Route route;
  route.nodes = {node};
  return route;
}

/// Servers need nobody and take 10 minutes a lot; what takes a time takes 5 minutes.
inline Station place(StationKind kind, const char* name, StationIndex next = none) {
  Station s;
  s.name = name;
  s.kind = kind;
  s.service = Distribution::fixed(10.0 * minute);
  s.service_per_lot = true;
  s.takes = Distribution::fixed(5.0 * minute);
  if (kind != StationKind::bay) s.next = way_to(next);
  return s;
}

/// A day; products "letter" and "flat", destinations "north" and "south".
inline Model model_of(Rows<Station> stations) {
  Model m;
  m.start = Date{20000};
  m.end = day;
  m.midnights = m.due_midnights = {0, day};
  m.products.resize(2);
  m.products[0].name = "letter";
  m.products[1].name = "flat";
  m.destinations.resize(2);
  m.destinations[0].name = "north";
  m.destinations[1].name = "south";
  m.stations = std::move(stations);
  return m;
}

constexpr ProductIndex letter{0};
constexpr ProductIndex flat{1};
constexpr DestinationIndex north{0};
constexpr DestinationIndex south{1};

/// What a part alone stands on.
struct Ground {
  explicit Ground(Model the_model)
      : model(std::move(the_model)), setting(model, RunOptions{}), agenda(setting.names), log(setting, agenda, lots) {}
  /// A lot that is at a station since now.
  LotIndex lot(int items, StationIndex station, ProductIndex product = letter) {
    const LotIndex l = lots.make();
    Lot& made = lots[l];
    made.items = items;
    made.product = product;
    made.station = station;
    made.arrived = made.entered = made.since = agenda.now();
    return l;
  }

  Model model;
  Setting setting;
  Agenda agenda;
  LotPool lots;
  LotLog log;
};

class SmallCentre {
 public:
  /// From 00:00, or from the model's situation.
  explicit SmallCentre(Model the_model, const RunOptions& options = {})
      : model_(std::move(the_model)), centre_(model_, options) {
    if (model_.situation.given) {
      centre_.agenda.set_now(model_.situation.at);
      centre_.transport.start_clocks();
      resume(centre_);
      return;
    }
    centre_.transport.start_clocks();
    centre_.servers.start_clocks();
    centre_.staff.start_clocks();
    centre_.arrivals.start_clocks();
  }
  Centre* operator->() { return &centre_; }
  Lot& operator[](LotIndex l) { return centre_.lots[l]; }

  /// A lot comes into the centre now.
  LotIndex comes(int items, StationIndex into, ProductIndex product = letter, DestinationIndex to = none,
                 Ticks due = never) {
    const LotIndex l = centre_.lots.make();
    Lot& made = centre_.lots[l];
    made.items = items;
    made.product = product;
    made.destination = to;
    made.due = due;
    made.key = static_cast<std::uint64_t>(made.number);
    centre_.flow.arrive(l, into);
    return l;
  }
  /// All that is to happen up to an instant happens, and the clock is there. No review unless the test schedules one.
  void until(Ticks at) {
    Agenda& agenda = centre_.agenda;
    for (;;) {
      const bool over = agenda.empty() || agenda.next().at != agenda.now() || agenda.next().rank() >= 0x70;
      if (over && centre_.staff.work_is_due()) {
        centre_.staff.give_out();
        continue;
      }
      if (agenda.empty() || agenda.next().at > at) break;
      hand_over(centre_, agenda.take());
      centre_.staff.notice();
    }
    agenda.set_now(at);
  }
  /// Item-minutes booked at a station.
  double minutes(StationIndex station, Cause cause, ProductIndex product = letter) const {
    return in_minutes(centre_.ledger.row(station, product)[static_cast<std::size_t>(cause)]);
  }
  /// The items of the lots at a bay, in order of coming.
  std::vector<int> at_bay(StationIndex bay) const {
    std::vector<int> items;
    for (const LotIndex l : centre_.bays.there(bay)) items.push_back(centre_.lots[l].items);
    return items;
  }

 private:
  Model model_;
  Centre centre_;
};

}  // namespace mailflow::parts
