#include "centre/window.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// Books the time of every lot in the centre up to now.
void settle_lots(Centre& centre) {
  centre.servers.settle();
  for (const LotIndex l : centre.lots.all()) {
    Lot& lot = centre.lots[l];
    if (!lot.in_centre || lot.in_hand) continue;
    if (lot.station == none)  // at the door, from outside
      centre.ledger.book_at_door(lot, lot.target);
    else if (lot.target != none)
      centre.ledger.book(lot, Cause::blocked);
    else
      centre.kinds.of(centre.setting.station(lot.station).kind, [&](auto& part) { part.settle(lot); });
  }
}

/// Tells of each lot that is at a station, and the station: of an open bag, those in it.
template <typename Tell>
void each_visit(const Centre& centre, const Tell& tell) {
  for (const LotIndex l : centre.lots.all()) {
    const Lot& lot = centre.lots[l];
    if (!lot.in_centre || lot.station == none) continue;
    if (centre.setting.station(lot.station).kind != StationKind::bagging || lot.target != none)
      tell(lot.station, lot);
    else
      for (LotIndex m = lot.members; m != none; m = centre.lots[m].next) tell(lot.station, centre.lots[m]);
  }
}

/// The part of the stations' visits, by the lots' own stamps, that has not ended.
void count_visits_going_on(Centre& centre, bool blocks) {
  const Ticks now = centre.agenda.now();
  each_visit(centre, [&](StationIndex s, const Lot& lot) {
    StationCount& count = centre.stations.record(s);
    const StationKind kind = centre.setting.station(s).kind;
    count.visits_going_on +=
        static_cast<ItemTicks>(lot.items) * (now - std::max(lot.entered, centre.agenda.window_from()));
    if (!blocks || kind != StationKind::bay) count.visiting.add(now - lot.entered, lot.items);
    const Ticks stay = lot.station == none ? now - lot.entered : centre.flow.longest_stay(lot);  // none: in an open bag
    if (!takes_in_hand(kind)) count.longest_stay_going_on = std::max(count.longest_stay_going_on, stay);
  });
}

/// A lot that has not been taken in hand, in the queue or, from outside, at the station's door.
void count_waiting(Centre& centre, const Lot& lot) {
  const Ticks now = centre.agenda.now();
  if (lot.station == none) {
    centre.stations.record(lot.target).waiting.add(now - lot.arrived, lot.items);
    return;
  }
  const bool waits = takes_in_hand(centre.setting.station(lot.station).kind) && !lot.in_hand && lot.target == none;
  if (waits && lot.done == 0 && lot.pass == 0)
    centre.stations.record(lot.station).waiting.add(now - lot.entered, lot.items);
}

/// Mail that is still here at the end, in time or not, and how long it has been.
void count_left(Centre& centre) {
  const auto count = [&](const Lot& lot, std::int64_t bag) {
    if (centre.products.is_left(lot) && centre.log.on())
      centre.log.sink().late(
          {lot.number, bag, lot.items, lot.product, lot.destination, none, lot.due, centre.agenda.now(), true});
  };
  for (const LotIndex l : centre.lots.all()) {
    const Lot& lot = centre.lots[l];
    if (!lot.in_centre) continue;
    if (lot.members == none) count(lot, 0);
    for (LotIndex m = lot.members; m != none; m = centre.lots[m].next) count(centre.lots[m], lot.number);
    count_waiting(centre, lot);
  }
  centre.products.count_unfinished();
  if (centre.setting.options.own_times) centre.servers.count_own_unfinished();
}

}  // namespace

void begin_window(Centre& centre) {
  settle_lots(centre);
  centre.servers.settle_states();
  centre.stations.settle();
  centre.staff.settle();
  centre.agenda.begin_window();
  const Ticks now = centre.agenda.now();
  const bool warmed_up = now > 0 && !centre.setting.model.situation.given;  // else what is there is stated, and new
  centre.stations.reset(warmed_up);
  centre.ledger.reset();
  each_visit(centre, [&](StationIndex s, const Lot& lot) {
    centre.stations.visited_before(s, static_cast<ItemTicks>(lot.items) * (now - lot.entered));
  });
  centre.staff.reset();
  centre.products.reset(warmed_up);
  centre.transport.reset();
  if (now + hour < centre.setting.model.end) centre.agenda.schedule(now + hour, EventKind::hour_mark);
}

void mark_hour(Centre& centre, bool over) {
  centre.servers.settle_states();
  centre.stations.settle();
  centre.stations.mark_hour();
  for (const StationIndex s : centre.stations.indices())
    centre.ledger.prune(s, [&](std::uint32_t epoch) { return centre.queues.oldest_epoch(s, epoch); });
  const Ticks next = centre.agenda.now() + hour;
  if (!over && next < centre.setting.model.end) centre.agenda.schedule(next, EventKind::hour_mark);
}

std::int64_t left_over(const Centre& centre, const Target& target) {
  std::int64_t items = 0;
  for (const LotIndex l : centre.lots.all()) {
    const Lot& lot = centre.lots[l];
    if (!lot.in_centre || (target.product != none && lot.product != target.product)) continue;
    if (target.station != none && lot.station != target.station) continue;
    if (lot.station != none) {
      const StationKind kind = centre.setting.station(lot.station).kind;
      if (kind == StationKind::bay || kind == StationKind::hold) continue;
    }
    items += lot.items;
  }
  return items;
}

void count_end(Centre& centre, bool blocks, Results& results) {
  settle_lots(centre);
  centre.staff.settle();
  if (centre.log.on()) centre.log.tell_left();
  mark_hour(centre, true);
  centre.products.check(centre.lots, centre.ledger);
  count_visits_going_on(centre, blocks);
  count_left(centre);
  centre.products.fill(centre.ledger, results);
  for (const StationIndex s : centre.stations.indices()) {
    StationResult& result = results.stations[results.stations.push_back({})];
    for (const ProductIndex p : centre.setting.products()) result.cause.push_back(centre.ledger.row(s, p));
    centre.stations.fill(s, result);
  }
  centre.staff.fill(results);
  centre.transport.fill(results);
  results.from = centre.agenda.window_from();
  results.to = centre.agenda.now();
  results.lots = centre.lots.made();
  results.standstills = centre.standstills.found();
}

}  // namespace mailflow
