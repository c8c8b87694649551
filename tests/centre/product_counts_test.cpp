// What comes and goes by product: when it is due, in time or late, by day; and that nothing is lost.
#include "centre/product_counts.hpp"

#include <catch2/catch.hpp>

#include "centre/small_centre.hpp"

namespace mailflow::parts {
namespace {

/// Two days; letters are due by steps, flats two hours after they came; a target for letters to the south by "van".
Model two_days() {
  Model m = model_of({place(StationKind::machine, "machine"), place(StationKind::bay, "bay")});
  m.end = 2 * day;
  m.midnights = m.due_midnights = {0, day, 2 * day};
  m.products[0].due = {{0, 20 * hour}, {12 * hour, 44 * hour}, {36 * hour, 68 * hour}};
  m.products[1].due_within = 2 * hour;
  m.departures.resize(1);
  m.departures[0].name = "van";
  Target target;
  target.product = 0;
  target.destination = 1;
  target.departure = 0;
  Target other;
  other.measure = Target::Measure::throughput;
  m.targets = {other, target};
  return m;
}

struct Gate : Ground {
  explicit Gate(Model m = two_days()) : Ground(std::move(m)), ledger(setting, agenda, log), products(setting, agenda) {}
  ProductResult result(ProductIndex p) {
    Results r;
    products.fill(ledger, r);
    return r.products[p];
  }
  Results results() {
    Results r;
    products.fill(ledger, r);
    return r;
  }
  Ticks due_at(Ticks at, ProductIndex p) {
    agenda.set_now(at);
    return products.due_of(p);
  }
  Ledger ledger;
  ProductCounts products;
};
const DepartureIndex van{0};

TEST_CASE("Mail is due by the last step that has begun when it comes, or so long after") {
  Gate gate;
  CHECK(gate.due_at(0, letter) == 20 * hour);
  CHECK(gate.due_at(12 * hour - 1, letter) == 20 * hour);
  CHECK(gate.due_at(12 * hour, letter) == 44 * hour);
  CHECK(gate.due_at(40 * hour, letter) == 68 * hour);
  CHECK(gate.due_at(40 * hour, flat) == 42 * hour);
  // in a network by when it was posted, in whatever order that is asked
  CHECK(gate.products.due_of(letter, 36 * hour) == 68 * hour);
  CHECK(gate.products.due_of(letter, 36 * hour - 1) == 44 * hour);
  CHECK(gate.products.due_of(letter, 0) == 20 * hour);
  CHECK(gate.products.due_of(flat, hour) == 3 * hour);
}

TEST_CASE("Mail of a product without a rule is never due, and what was posted before the first step has its due") {
  Model m = two_days();
  m.products[0].due = {{hour, 20 * hour}};
  m.products[1].due_within = never;
  Gate gate(m);
  CHECK(gate.due_at(5 * hour, flat) == never);
  CHECK(gate.products.due_of(flat, hour) == never);
  CHECK(gate.products.due_of(letter, 0) == 20 * hour);
}

TEST_CASE("Mail that leaves at the instant at which it is due is in time, and a tick later late") {
  CHECK(ProductCounts::judged(hour, hour) == &OnTime::on_time);
  CHECK(ProductCounts::judged(hour, hour + 1) == &OnTime::late);
  CHECK(ProductCounts::judged(never, hour) == &OnTime::no_due);
  Gate gate;
  gate.products.left({letter, south, none, 5, hour}, hour);
  gate.products.left({letter, south, none, 3, hour}, hour + 1);
  gate.products.left({letter, none, none, 2, never}, hour);
  gate.products.left({flat, north, none, 4, hour}, hour);
  const Results r = gate.results();
  CHECK(r.products[0].on_time.on_time == 5);
  CHECK(r.products[0].on_time.late == 3);
  CHECK(r.products[0].on_time.no_due == 2);
  CHECK(r.product_destination[0][1].on_time == 5);
  CHECK(r.product_destination[0][1].no_due == 0);
  CHECK(r.destinations[0].on_time == 4);
  CHECK(r.destinations[1].late == 3);
  CHECK(r.on_time.on_time == 9);
}

TEST_CASE("Mail due at midnight is due on the day that ends there, and what is due after the run on its last day") {
  Gate gate;
  gate.products.left({letter, none, none, 1, 0}, 0);              // 00:00 of the first day: of none; counted with it
  gate.products.left({letter, none, none, 2, 1}, 0);              // the first day
  gate.products.left({letter, none, none, 4, day}, day);          // its 24:00
  gate.products.left({letter, none, none, 8, day + 1}, 2 * day);  // the second, late
  gate.products.left({letter, none, none, 16, hour}, day);        // the first again, late
  gate.products.left({letter, none, none, 32, 3 * day}, day);     // beyond: the last
  const ProductResult r = gate.result(letter);
  REQUIRE(r.days.size() == 2);
  CHECK(r.days[0].on_time == 1 + 2 + 4);
  CHECK(r.days[0].late == 16);
  CHECK(r.days[1].on_time == 32);
  CHECK(r.days[1].late == 8);
}

TEST_CASE("A target counts by day what it asks for, and nothing that is due outside the run") {
  Gate gate;
  gate.products.left({letter, south, van, 1, hour}, hour);
  gate.products.left({letter, south, van, 2, day + 1}, hour);
  gate.products.left({letter, south, van, 4, day}, day + 1);
  gate.products.left({flat, south, van, 8, hour}, hour);      // another product
  gate.products.left({letter, north, van, 16, hour}, hour);   // another destination
  gate.products.left({letter, south, none, 32, hour}, hour);  // by none
  gate.products.left({letter, south, van, 64, 0}, 0);         // due before the run's first day
  gate.products.left({letter, south, van, 128, 2 * day + 1}, hour);
  gate.products.left({letter, south, van, 256, 2 * day}, hour);
  const Results r = gate.results();
  REQUIRE(r.target_days.size() == 2);
  CHECK(r.target_days[0].empty());
  REQUIRE(r.target_days[1].size() == 2);
  CHECK(r.target_days[1][0].on_time == 1);
  CHECK(r.target_days[1][0].late == 4);
  CHECK(r.target_days[1][1].on_time == 2 + 256);
}

TEST_CASE("Mail that is here at the end is late when it was due before, else undecided") {
  Gate gate;
  gate.agenda.set_now(10 * hour);
  Lot& lot = gate.lots[gate.lot(3, 0)];
  lot.arrived = 4 * hour;
  lot.due = 10 * hour;
  CHECK_FALSE(gate.products.is_left(lot));
  lot.due = 10 * hour - 1;
  CHECK(gate.products.is_left(lot));
  lot.due = never;
  CHECK_FALSE(gate.products.is_left(lot));
  const ProductResult r = gate.result(letter);
  CHECK(r.on_time.undecided == 3);
  CHECK(r.on_time.late == 3);
  CHECK(r.on_time.no_due == 0);
  CHECK(r.days[0].undecided == 3);
  CHECK(r.days[0].late == 3);
  CHECK(r.time_in_centre.unfinished == 9);
  CHECK(r.time_in_centre.max == 6 * 60);
}

TEST_CASE("What was there when the window began and what came is what left and is here") {
  Gate gate;
  gate.products.is_there(gate.lots[gate.lot(7, 0)]);
  const LotIndex a = gate.lot(5, 0);
  gate.products.comes_in(gate.lots[a]);
  gate.agenda.set_now(hour);
  gate.agenda.begin_window();
  gate.products.reset(true);
  const LotIndex b = gate.lot(2, 0);
  gate.products.comes_in(gate.lots[b]);
  gate.agenda.set_now(3 * hour);
  gate.products.goes_out(gate.lots[a]);
  gate.products.stayed(gate.lots[a]);
  const ProductResult r = gate.result(letter);
  CHECK(r.at_start == 12);
  CHECK(r.in == 2);
  CHECK(r.out == 5);
  CHECK(r.left == 9);
  CHECK(in_hours(r.in_centre) == 14 * 2);  // twelve and two items, from 01:00 to 03:00
  CHECK(r.time_in_centre.max == 3 * 60);
  CHECK(r.time_in_centre.p50 == Approx(180));
}

TEST_CASE("A run in which a lot goes astray, or a minute has no cause, breaks its promise and says so") {
  Gate gate;
  const LotIndex l = gate.lot(5, 0);
  gate.lots[l].in_centre = true;
  gate.products.comes_in(gate.lots[l]);
  gate.agenda.set_now(hour);
  gate.ledger.book(gate.lots[l], Cause::waiting_for_staff);
  CHECK_NOTHROW(gate.products.check(gate.lots, gate.ledger));
  SECTION("a minute") {
    gate.agenda.set_now(hour + minute);
    CHECK_THROWS_WITH(gate.products.check(gate.lots, gate.ledger), Catch::Contains("minutes without a cause: letter"));
  }
  SECTION("a lot") {
    gate.lots[l].in_centre = false;
    CHECK_THROWS_WITH(gate.products.check(gate.lots, gate.ledger),
                      "mail is not conserved: of letter, 5 items came and 0 are accounted for");
  }
  SECTION("time less than none, made up for by another cause") {
    auto& row = gate.ledger.row(StationIndex(0), letter);
    row[static_cast<std::size_t>(Cause::closed)] -= 3 * minute;
    row[static_cast<std::size_t>(Cause::waiting_for_staff)] += 3 * minute;
    CHECK_THROWS_WITH(gate.products.check(gate.lots, gate.ledger),
                      Catch::Contains("time less than none: at station machine"));
  }
}

TEST_CASE("In a network mail is counted by the way it came, from when it was posted") {
  Model m = two_days();
  m.place = "here";
  Gate gate(m);
  gate.products.left({letter, north, none, 3, hour, hour / 2, 2}, hour);
  gate.products.left({letter, north, none, 2, hour, 0, 2}, 2 * hour);
  gate.products.came_by_link(7);
  gate.products.left_by_link(4);
  const Results r = gate.results();
  REQUIRE(r.path_ends.size() == 3);
  CHECK(r.path_ends[2][0].lots == 2);
  CHECK(r.path_ends[2][0].on_time.on_time == 3);
  CHECK(r.path_ends[2][0].on_time.late == 2);
  CHECK(in_minutes(r.path_ends[2][0].under_way) == 3 * 30 + 2 * 120);
  CHECK(r.by_links_in == 7);
  CHECK(r.by_links_out == 4);
}

}  // namespace
}  // namespace mailflow::parts
