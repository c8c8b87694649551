// Letters in trays cost events of lots, and the figures of their items are those of a run item by item.
#include <catch2/catch.hpp>
#include <cmath>

#include "centre/simulate.hpp"
#include "core/random.hpp"
#include "theory/kolmogorov.hpp"

using namespace mailflow;

namespace {

constexpr int tray = 20;

/// Trays of 20 letters at the instants given, one machine; handled tray by tray or, as lots of 1, letter by letter.
Model machine(const std::vector<Ticks>& at, int lot, Distribution per_item, double items_per_tick, Ticks end) {
  Model m;
  m.start = Date{20000};
  m.end = end;
  m.products.resize(1);
  m.products[0].name = "letter";
  m.products[0].lot_items = lot;
  Source source;
  source.name = "trays";
  source.kind = Source::Kind::replay;
  source.into = 0;
  source.mix.product = {1};
  for (const Ticks t : at) source.rows.push_back({t, 0, -1, tray, never});
  m.sources = {source};
  Station sorter;
  sorter.name = "sorter";
  sorter.kind = StationKind::machine;
  sorter.service = std::move(per_item);
  sorter.items_per_tick = items_per_tick;
  RouteNode out;
  out.kind = RouteNode::Kind::leaves;
  sorter.next.nodes = {out};
  m.stations = {sorter};
  return m;
}

}  // namespace

TEST_CASE("On a machine of steady pace the letters of trays have the very times that letters one by one have") {
  // 20 letters a tray, 0.1 s each; a tray waits when the one before came less than 2 s ago.
  const std::vector<Ticks> at = {0, second, second, 30 * second, 31 * second, 40 * second};
  const auto run = [&](int lot) { return simulate(machine(at, lot, {}, 10.0 / second, hour), RunOptions{}); };
  const Results trays = run(tray);
  const Results letters = run(1);
  const OwnTimes& a = trays.stations[0].own_times;
  const OwnTimes& b = letters.stations[0].own_times;
  REQUIRE(letters.lots == tray * trays.lots);
  CHECK(a.items == 120);
  CHECK(b.items == 120);
  // By hand: a tray's letters are done 0.1 to 2 s after its turn, 21 s in sum; the trays wait 0, 1, 3, 0, 1 and 0 s.
  CHECK(a.total == (6 * 21 + 20 * (0 + 1 + 3 + 0 + 1 + 0)) * second);
  CHECK(b.total == a.total);
  CHECK(a.sketch.max() == 5 * second);
  for (Ticks t = 0; t <= 5 * second; t += second / 100) CHECK(a.sketch.share_within(t) == b.sketch.share_within(t));
  // What the letters of a tray wait for one another is told apart: filling. The rest is as letter by letter.
  const auto& by_tray = trays.stations[0].cause[0];
  const auto& by_letter = letters.stations[0].cause[0];
  for (const Cause c : {Cause::processing, Cause::waiting_for_machine})
    CHECK(by_tray[static_cast<std::size_t>(c)] == by_letter[static_cast<std::size_t>(c)]);
  CHECK(by_tray[static_cast<std::size_t>(Cause::filling)] == 6 * 19 * second);  // (20 - k) x 0.1 s over k = 1 to 20
  CHECK(by_letter[static_cast<std::size_t>(Cause::filling)] == 0);
}

TEST_CASE("Where letters take times by chance, those of trays follow the law of letters one by one") {
  // Independent runs of three trays that come by chance to a machine 80 % busy; 20 letters each, a million in all. The
  // letters of one run hang together, so that a sample counts for as many values as it has runs.
  constexpr int runs = 16'700;
  TimeSketch sketch[2];
  for (int way = 0; way < 2; ++way)
    for (int r = 0; r < runs; ++r) {
      Stream coming(mixed(static_cast<std::uint64_t>(2 * r + way) + 1));
      std::vector<Ticks> at;
      Ticks t = 0;
      for (int i = 0; i < 3; ++i) at.push_back(t += static_cast<Ticks>(coming.exponential() * 2.5 * second));
      const Distribution law{Law::exponential, 0.1 * second, 0, 0, {}, {}};
      RunOptions options;
      options.replication = static_cast<std::uint64_t>(2 * r + way);
      const Results results = simulate(machine(at, way == 0 ? tray : 1, law, 0, 2 * minute), options);
      REQUIRE(results.stations[0].own_times.items == 3 * tray);
      sketch[way].merge(results.stations[0].own_times.sketch);
    }
  double largest = 0;
  for (double t = 1000; t < 30.0 * second; t *= 1.001)
    largest = std::max(largest, std::abs(sketch[0].share_within(static_cast<Ticks>(t)) -
                                         sketch[1].share_within(static_cast<Ticks>(t))));
  const double p = theory::kolmogorov_tail(largest * std::sqrt(runs / 2.0));
  CAPTURE(largest, p);
  CHECK(p > 0.01);
  // The mean by theory, for the first tray: 21/2 x 0.1 s; each later tray also waits, alike in both ways.
  CHECK(sketch[0].share_within(5 * second) > 0.5);
}
