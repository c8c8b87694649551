#include "centre/kinds/bags.hpp"

#include <algorithm>
#include <iterator>

#include "centre/flow.hpp"
#include "core/random.hpp"

namespace mailflow {

Bags::Bags(const With& with)
    : setting_(with.setting),
      agenda_(with.agenda),
      lots_(with.lots),
      log_(with.log),
      ledger_(with.ledger),
      counts_(with.counts),
      flow_(with.flow),
      open_(with.setting.model.stations.size()) {
  const Model& model = setting_.model;
  for (const StationIndex s : open_.indices())
    if (setting_.station(s).kind == StationKind::bagging)
      open_[s].resize(model.products.size() * (model.destinations.size() + 1));
}

std::size_t Bags::slot_of(const Lot& lot) const {
  return lot.product.at() * (setting_.model.destinations.size() + 1) +
         static_cast<std::size_t>(lot.destination.number() + 1);
}

void Bags::open_bag(std::size_t slot, StationIndex s, const Lot& first) {
  const LotIndex b = lots_.make();
  Lot& bag = lots_[b];
  const std::int64_t number = bag.number;
  bag = first;
  bag.number = number;
  bag.key = mixed(first.key ^ 0xba9ULL);
  bag.items = 0;
  bag.due = never;
  bag.next = bag.members = none;
  bag.children = 0;
  bag.entered = bag.since = agenda_.now();
  open_[s][slot] = b;
  if (timed(s))
    agenda_.schedule_at(s, agenda_.now() + setting_.station(s).bag_at_most, EventKind::bag_goes, b,
                        static_cast<std::uint32_t>(number));
}

void Bags::enter(LotIndex l, StationIndex s) {
  const std::size_t slot = slot_of(lots_[l]);
  const int holds = setting_.station(s).bag_items;
  for (bool more = true; more;) {
    if (open_[s][slot] == none) open_bag(slot, s, lots_[l]);
    const LotIndex b = open_[s][slot];
    const int room = holds - lots_[b].items;
    more = lots_[l].items > room;
    put_in(more ? flow_.split(l, room) : l, b, s);
    if (lots_[b].items == holds) close_bag(b);
  }
}

void Bags::put_in(LotIndex put, LotIndex b, StationIndex s) {
  Lot& bag = lots_[b];
  ledger_.book(bag, Cause::filling);
  Lot& member = lots_[put];
  bag.items += member.items;
  bag.due = std::min(bag.due, member.due);
  bag.arrived = std::min(bag.arrived, member.arrived);
  bag.posted = std::min(bag.posted, member.posted);
  member.in_centre = false;
  member.station = none;
  if (log_.on()) log_.bagged(put, bag.number, s);
  if (member.members == none) {
    member.next = bag.members;
    bag.members = put;
    return;
  }
  // a bag within: its members are taken over
  LotIndex last = member.members;
  for (LotIndex m = last; m != none; m = lots_[m].next) {
    lots_[m].entered = member.entered;
    last = m;
  }
  lots_[last].next = bag.members;
  bag.members = member.members;
  lots_.free(put);
}

void Bags::time_is_up(LotIndex b, std::uint32_t token) {
  const Lot& bag = lots_[b];
  if (static_cast<std::uint32_t>(bag.number) != token || !bag.in_centre) return;
  if (bag.station == none || setting_.station(bag.station).kind != StationKind::bagging) return;
  if (open_[bag.station][slot_of(bag)] == b) close_bag(b);
}

void Bags::close_bag(LotIndex b) {
  Lot& bag = lots_[b];
  const StationIndex s = bag.station;
  open_[s][slot_of(bag)] = none;
  ledger_.book(bag, Cause::filling);
  if (log_.on()) {
    for (LotIndex m = bag.members; m != none; m = lots_[m].next) {
      lots_[m].station = s;
      log_.tell("bag", m, {.parent = bag.number});
      lots_[m].station = none;
    }
    log_.begin(b);
  }
  for (LotIndex m = bag.members; m != none; m = lots_[m].next) counts_.visited(s, lots_[m]);
  bag.entered = agenda_.now();
  flow_.pass(b, s);
}

void Bags::resume(LotIndex l, const MailThere& there) {
  const Lot& lot = lots_[l];
  const StationIndex s = lot.station;
  if (there.wants != none) {
    flow_.wait_at_door(l, there.wants, none);
  } else if (lot.members == none) {
    enter(l, s);
  } else {
    open_[s][slot_of(lot)] = l;
    if (there.left >= 0)
      agenda_.schedule_at(s, agenda_.now() + there.left, EventKind::bag_goes, l,
                          static_cast<std::uint32_t>(lot.number));
  }
}

std::vector<LotIndex> Bags::there(StationIndex s) const {
  std::vector<LotIndex> bags;
  std::copy_if(open_[s].begin(), open_[s].end(), std::back_inserter(bags), [](LotIndex b) { return b != none; });
  return bags;
}

}  // namespace mailflow
