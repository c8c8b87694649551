#include "centre/ledger.hpp"

namespace mailflow {

Ledger::Ledger(const Setting& setting, const Agenda& agenda, const LotLog& log)
    : agenda_(agenda),
      log_(log),
      products_(static_cast<int>(setting.model.products.size())),
      rows_(setting.model.stations.size() * setting.model.products.size()),
      clocks_(setting.model.stations.size()) {}

void Ledger::begin() {
  for (Clock& clock : clocks_) clock.since = agenda_.now();
}

void Ledger::book_at_door(Lot& lot, StationIndex station) {
  lot.station = station;
  book(lot, Cause::blocked);
  lot.station = none;
}

void Ledger::book_changes(Lot& lot) {
  const Ticks now = agenda_.now();
  const Clock& clock = clocks_[lot.station];
  const Mark& mark = clock.marks[lot.cause_epoch + 1 - clock.first_mark];
  std::array<Ticks, causes> ticks{};
  for (std::size_t c = 0; c < causes; ++c) ticks[c] = clock.total[c] - mark.total[c];
  ticks[static_cast<std::size_t>(mark.before)] += mark.at - lot.since;
  ticks[static_cast<std::size_t>(clock.now)] += now - clock.since;
  Row& row = this->row(lot.station, lot.product);
  for (std::size_t c = 0; c < causes; ++c) {
    const ItemTicks time = static_cast<ItemTicks>(lot.items) * ticks[c];
    if (log_.on()) log_.booked(lot, static_cast<Cause>(c), time);
    row[c] += time;
  }
  lot.since = now;
  lot.cause_epoch = clock.epoch;
}

void Ledger::book_handling(Lot& lot, const HandlingShares& shares) {
  if (log_.on()) {
    log_.booked(lot, Cause::processing, shares.processing);
    log_.booked(lot, Cause::filling, shares.filling);
    log_.booked(lot, Cause::waiting_for_machine, shares.turn);
  }
  lot.since = agenda_.now();
  Row& row = this->row(lot.station, lot.product);
  row[static_cast<std::size_t>(Cause::processing)] += shares.processing;
  row[static_cast<std::size_t>(Cause::filling)] += shares.filling;
  row[static_cast<std::size_t>(Cause::waiting_for_machine)] += shares.turn;
}

void Ledger::do_change(StationIndex station, Cause cause, bool any) {
  Clock& clock = clocks_[station];
  const Ticks now = agenda_.now();
  clock.total[static_cast<std::size_t>(clock.now)] += now - clock.since;
  ++clock.epoch;
  if (any) {
    if (clock.marks.empty()) clock.first_mark = clock.epoch;
    clock.marks.push_back({clock.total, now, clock.now});
  } else {
    clock.marks.clear();
  }
  clock.now = cause;
  clock.since = now;
}

void Ledger::forget(StationIndex station, std::uint32_t oldest) {
  Clock& clock = clocks_[station];
  if (oldest + 1 <= clock.first_mark) return;
  clock.marks.erase(clock.marks.begin(), clock.marks.begin() + (oldest + 1 - clock.first_mark));
  clock.first_mark = oldest + 1;
}

}  // namespace mailflow
