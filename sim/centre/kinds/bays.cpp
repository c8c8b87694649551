#include "centre/kinds/bays.hpp"

#include <algorithm>

namespace mailflow {

Bays::Bays(const Setting& setting, LotPool& lots, Ledger& ledger)
    : setting_(setting), lots_(lots), ledger_(ledger), piles_(setting.model.stations.size()) {
  for (const StationIndex s : piles_.indices())
    if (setting.station(s).kind == StationKind::bay) piles_[s].resize(setting.model.destinations.size() + 1);
}

void Bays::enter(LotIndex l, StationIndex s) {
  Lot& lot = lots_[l];
  lot.entry = ++entries_;
  piles_[s][pile_of(lot.destination)].push_back(l);
}

void Bays::look_at(Pile& pile, Ticks entered_by) {
  const std::size_t before = found_.size();
  for (const LotIndex l : pile)
    if (lots_[l].entered <= entered_by) found_.push_back(l);
  if (found_.size() > before) looked_at_.push_back(&pile);
}

/// What was found, in order of coming.
std::vector<LotIndex>& Bays::in_order() {
  if (looked_at_.size() > 1)
    std::sort(found_.begin(), found_.end(), [this](LotIndex a, LotIndex b) { return lots_[a].entry < lots_[b].entry; });
  return found_;
}

std::vector<LotIndex>& Bays::for_destinations(StationIndex s, const std::vector<DestinationIndex>& destinations,
                                              Ticks entered_by) {
  found_.clear();
  looked_at_.clear();
  for (const DestinationIndex to : destinations) look_at(piles_[s][to.at()], entered_by);
  return in_order();
}

std::vector<LotIndex>& Bays::all(StationIndex s, Ticks entered_by) {
  found_.clear();
  looked_at_.clear();
  for (Pile& pile : piles_[s]) look_at(pile, entered_by);
  return in_order();
}

void Bays::remove_aboard() {
  for (Pile* pile : looked_at_) std::erase_if(*pile, [this](LotIndex l) { return lots_[l].aboard; });
}

std::vector<LotIndex> Bays::there(StationIndex s) const {
  std::vector<LotIndex> lots;
  for (const Pile& pile : piles_[s]) lots.insert(lots.end(), pile.begin(), pile.end());
  std::sort(lots.begin(), lots.end(), [this](LotIndex a, LotIndex b) { return lots_[a].entry < lots_[b].entry; });
  return lots;
}

}  // namespace mailflow
