// The ledger: to which cause the time of items goes, whatever their station went through while they waited.
#include "centre/ledger.hpp"

#include <catch2/catch.hpp>

#include "centre/small_centre.hpp"

namespace mailflow::parts {
namespace {

struct Books : Ground {
  Books()
      : Ground(model_of({place(StationKind::machine, "a"), place(StationKind::machine, "b")})),
        ledger(setting, agenda, log) {}
  double minutes(StationIndex station, Cause cause, ProductIndex product = letter) const {
    return in_minutes(ledger.row(station, product)[static_cast<std::size_t>(cause)]);
  }
  double all(StationIndex station) const {
    double sum = 0;
    for (const ItemTicks t : ledger.row(station, letter)) sum += in_minutes(t);
    return sum;
  }
  void clock(Ticks at) { agenda.set_now(at); }
  void change(Cause cause) { ledger.change(StationIndex(0), cause, true); }
  /// A lot joins the queue of the first station now.
  LotIndex joins(int items) {
    const LotIndex l = lot(items, 0);
    ledger.joins(lots[l]);
    return l;
  }
  Ledger ledger;
};

TEST_CASE("Three items that move for ten minutes are thirty item-minutes, and no more when nothing has passed") {
  Books books;
  Lot& lot = books.lots[books.lot(3, 1, flat)];
  books.clock(10 * minute);
  books.ledger.book(lot, Cause::moving);
  CHECK(books.minutes(1, Cause::moving, flat) == 30);
  CHECK(books.minutes(1, Cause::moving, letter) == 0);
  CHECK(books.minutes(0, Cause::moving, flat) == 0);
  CHECK(lot.since == 10 * minute);
  books.ledger.book(lot, Cause::filling);
  CHECK(books.minutes(1, Cause::filling, flat) == 0);
}

TEST_CASE("Mail at a door is booked as blocked at the station that it wants to enter, and stays at none") {
  Books books;
  Lot& lot = books.lots[books.lot(2, 0)];
  lot.station = none;
  books.clock(5 * minute);
  books.ledger.book_at_door(lot, StationIndex(1));
  CHECK(books.minutes(1, Cause::blocked) == 10);
  CHECK(lot.station == none);
}

TEST_CASE("A wait goes to the causes that the station went through meanwhile") {
  // Two items come at 00:10 and five at 00:25; the causes and how much of each wait lies in them:
  //   00:00 machine   00:20 staff   00:30 closed   00:45 staff   taken at 01:00
  //   two items:   10 machine, 10 + 15 staff, 15 closed: x 2
  //   five items:  5 + 15 staff, 15 closed: x 5
  Books books;
  books.clock(10 * minute);
  const LotIndex two = books.joins(2);
  books.clock(20 * minute);
  books.change(Cause::waiting_for_staff);
  books.clock(25 * minute);
  const LotIndex five = books.joins(5);
  books.change(Cause::waiting_for_staff);  // no change
  books.clock(30 * minute);
  books.change(Cause::closed);
  books.clock(45 * minute);
  books.change(Cause::waiting_for_staff);
  books.clock(60 * minute);
  books.ledger.book_wait(books.lots[two]);
  CHECK(books.minutes(0, Cause::waiting_for_machine) == 20);
  CHECK(books.minutes(0, Cause::waiting_for_staff) == 50);
  CHECK(books.minutes(0, Cause::closed) == 30);
  books.ledger.book_wait(books.lots[five]);
  CHECK(books.minutes(0, Cause::waiting_for_machine) == 20);
  CHECK(books.minutes(0, Cause::waiting_for_staff) == 50 + 100);
  CHECK(books.minutes(0, Cause::closed) == 30 + 75);
  CHECK(books.all(0) == 100 + 175);
}

TEST_CASE("A wait that is booked before its end goes on from there") {
  Books books;
  const LotIndex l = books.joins(1);
  books.clock(10 * minute);
  books.change(Cause::closed);
  books.clock(30 * minute);
  books.ledger.book_wait(books.lots[l]);  // 10 machine, 20 closed
  books.clock(35 * minute);
  books.ledger.book_wait(books.lots[l]);  // 5 closed
  books.change(Cause::breakdown);
  books.clock(36 * minute);
  books.ledger.book_wait(books.lots[l]);  // 1 breakdown
  CHECK(books.minutes(0, Cause::waiting_for_machine) == 10);
  CHECK(books.minutes(0, Cause::closed) == 25);
  CHECK(books.minutes(0, Cause::breakdown) == 1);
  CHECK(books.all(0) == 36);
}

TEST_CASE("Changes that no mail lived through are forgotten, and what comes later is booked right") {
  Books books;
  const StationIndex s(0);
  books.ledger.change(s, Cause::closed, false);
  books.clock(10 * minute);
  books.ledger.change(s, Cause::waiting_for_staff, false);
  const LotIndex l = books.joins(1);
  books.clock(20 * minute);
  books.change(Cause::set_up);
  books.clock(23 * minute);
  books.ledger.book_wait(books.lots[l]);
  CHECK(books.minutes(0, Cause::waiting_for_staff) == 10);
  CHECK(books.minutes(0, Cause::set_up) == 3);
  CHECK(books.all(0) == 13);
}

TEST_CASE("Of thousands of changes those before the oldest wait may be pruned, and no minute goes elsewhere") {
  // A change every minute, closed and staff in turn; the item comes after 4,000 of them and waits for 1,000 minutes.
  Books books;
  const auto changes = [&](int from, int upto) {
    for (int n = from; n < upto; ++n) {
      books.clock(n * minute);
      books.change(n % 2 == 0 ? Cause::closed : Cause::waiting_for_staff);
    }
  };
  changes(0, 4000);
  books.clock(4000 * minute);
  const LotIndex l = books.joins(1);
  changes(4000, 5000);
  books.clock(5000 * minute);
  bool asked = false;
  books.ledger.prune(StationIndex(0), [&](std::uint32_t epoch) {
    asked = true;
    CHECK(epoch == 5000);
    return books.lots[l].cause_epoch;
  });
  CHECK(asked);
  asked = false;
  books.ledger.prune(StationIndex(0), [&](std::uint32_t epoch) {
    asked = true;  // 1,000 are left: too few to be worth it
    return epoch;
  });
  CHECK_FALSE(asked);
  books.ledger.book_wait(books.lots[l]);
  CHECK(books.minutes(0, Cause::closed) == 500);
  CHECK(books.minutes(0, Cause::waiting_for_staff) == 500);
}

TEST_CASE("A handling is booked by its shares, and the lot's time goes on from now") {
  Books books;
  Lot& lot = books.lots[books.lot(4, 0)];
  books.clock(8 * minute);
  books.ledger.book_handling(lot, {8 * minute, 12 * minute, 12 * minute});
  CHECK(books.minutes(0, Cause::processing) == 8);
  CHECK(books.minutes(0, Cause::waiting_for_machine) == 12);
  CHECK(books.minutes(0, Cause::filling) == 12);
  CHECK(lot.since == 8 * minute);
}

TEST_CASE("Of a lot of four that takes eight minutes each item waits its turn, and then for the rest") {
  // 2 minutes each. Of the whole: processed 8, waiting 0 + 2 + 4 + 6, done and waiting 6 + 4 + 2 + 0.
  const HandlingShares whole = handling_shares(4, 0, 8 * minute, 0, 8 * minute);
  CHECK(in_minutes(whole.processing) == 8);
  CHECK(in_minutes(whole.turn) == 12);
  CHECK(in_minutes(whole.filling) == 12);
  // Up to minute 3, of which the first item is done for one: processed 3, filling 1, waiting 4 x 3 - 3 - 1.
  const HandlingShares begun = handling_shares(4, 0, 8 * minute, 0, 3 * minute);
  CHECK(in_minutes(begun.processing) == 3);
  CHECK(in_minutes(begun.filling) == 1);
  CHECK(in_minutes(begun.turn) == 8);
  // One was done before; three take 6 minutes, the first of them 2: the one that is done waits for 2.
  const HandlingShares rest = handling_shares(4, 1, 6 * minute, 0, 2 * minute);
  CHECK(in_minutes(rest.processing) == 2);
  CHECK(in_minutes(rest.filling) == 2);
  CHECK(in_minutes(rest.turn) == 4);
}

TEST_CASE("At the window's beginning what has been booked is forgotten") {
  Books books;
  Lot& lot = books.lots[books.lot(3, 1)];
  books.clock(hour);
  books.ledger.book(lot, Cause::moving);
  books.ledger.reset();
  CHECK(books.all(1) == 0);
  books.clock(hour + minute);
  books.ledger.book(lot, Cause::moving);
  CHECK(books.minutes(1, Cause::moving) == 3);
}

TEST_CASE("In a run begun at eight no wait is booked from before") {
  Books books;
  books.clock(8 * hour);
  books.ledger.begin();
  const LotIndex l = books.joins(1);
  books.clock(8 * hour + 5 * minute);
  books.change(Cause::closed);
  books.clock(8 * hour + 7 * minute);
  books.ledger.book_wait(books.lots[l]);
  CHECK(books.minutes(0, Cause::waiting_for_machine) == 5);
  CHECK(books.minutes(0, Cause::closed) == 2);
  CHECK(books.all(0) == 7);
}

}  // namespace
}  // namespace mailflow::parts
