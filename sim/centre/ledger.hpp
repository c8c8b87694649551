// The ledger of causes: to what every minute of every item in the centre is booked, by station and product.
//
// A lot that waits in a queue is booked when it is taken in hand, to the causes that its station went through
// meanwhile: the station has a clock of causes, whose changes are numbered, and the lot knows the number at which it
// joined.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "centre/agenda.hpp"
#include "centre/handling_shares.hpp"
#include "centre/lot_log.hpp"
#include "centre/lots.hpp"
#include "core/index.hpp"
#include "metrics/cause.hpp"

namespace mailflow {

class Ledger {
 public:
  /// Item-ticks by cause.
  using Row = std::array<ItemTicks, causes>;

  Ledger(const Setting& setting, const Agenda& agenda, const LotLog& log);

  /// The clocks begin now.
  void begin();
  /// What has been booked is forgotten.
  void reset() { rows_.fill(Row{}); }

  /// The lot's time since it was last booked goes to `cause`, at the station where it is.
  void book(Lot& lot, Cause cause) {
    const ItemTicks time = static_cast<ItemTicks>(lot.items) * (agenda_.now() - lot.since);
    if (log_.on()) log_.booked(lot, cause, time);
    row(lot.station, lot.product)[static_cast<std::size_t>(cause)] += time;
    lot.since = agenda_.now();
  }
  /// Likewise of a lot at a station's door, which is at none.
  void book_at_door(Lot& lot, StationIndex station);
  /// The lot's time in queue goes to the causes that the station went through meanwhile.
  void book_wait(Lot& lot) {
    const Clock& clock = clocks_[lot.station];
    if (lot.cause_epoch != clock.epoch)
      book_changes(lot);
    else if (lot.since != agenda_.now())
      book(lot, clock.now);
  }
  /// The lot's time in hand since it was last booked.
  void book_handling(Lot& lot, const HandlingShares& shares);

  /// The lot joins its station's queue.
  void joins(Lot& lot) const { lot.cause_epoch = clocks_[lot.station].epoch; }
  /// Why mail waits at a station from now on. `any`: mail does.
  void change(StationIndex station, Cause cause, bool any) {
    if (cause != clocks_[station].now) do_change(station, cause, any);
  }
  /// Forgets the changes that no lot in queue lived through; `oldest(epoch)`: the least number at which one joined, or
  /// what is given.
  template <typename Oldest>
  void prune(StationIndex station, const Oldest& oldest) {
    constexpr std::size_t many = 4096;
    if (clocks_[station].marks.size() >= many) forget(station, oldest(clocks_[station].epoch));
  }

  const Row& row(StationIndex station, ProductIndex product) const { return rows_[place(station, product)]; }
  Row& row(StationIndex station, ProductIndex product) { return rows_[place(station, product)]; }

 private:
  /// What a waiting lot would have been charged, by cause, at a change.
  struct Mark {
    std::array<Ticks, causes> total{};
    Ticks at = 0;
    Cause before = Cause::waiting_for_machine;  ///< the cause until then
  };
  struct Clock {
    Cause now = Cause::waiting_for_machine;
    Ticks since = 0;
    std::uint32_t epoch = 0;       ///< number of changes so far
    std::uint32_t first_mark = 1;  ///< epoch of marks[0]
    std::array<Ticks, causes> total{};
    std::vector<Mark> marks;  ///< changes that lots in queue lived through
  };
  struct Booking;  ///< at a station, of a product

  Index<Booking> place(StationIndex station, ProductIndex product) const {
    return Index<Booking>(station.number() * products_ + product.number());
  }
  void book_changes(Lot& lot);
  void do_change(StationIndex station, Cause cause, bool any);
  void forget(StationIndex station, std::uint32_t oldest);

  const Agenda& agenda_;
  const LotLog& log_;
  int products_;
  Rows<Booking, Row> rows_;
  Rows<Station, Clock> clocks_;
};

}  // namespace mailflow
