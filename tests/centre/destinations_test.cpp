#include <catch2/catch.hpp>
#include <cmath>

#include "centre/simulate.hpp"

using namespace mailflow;

TEST_CASE("Mail for many destinations falls to each by its share, and to none that has no share") {
  constexpr std::size_t destinations = 120;
  Model m;
  m.start = Date{20000};
  m.end = 100'000 * second;
  m.products.resize(1);
  m.destinations.resize(destinations);
  m.products[0].due_within = day;
  Source source;
  source.kind = Source::Kind::gaps;
  source.every = {Law::constant, 1.0 * second, 0, 0, {}, {}};
  source.into = 0;
  source.mix.product = {1};
  // 0, 1, 2, 0, 1, 2, ...: the first and every third after it get nothing; the last gets a third of all mail besides.
  Rows<Destination, double> share;
  for (std::size_t d = 0; d < destinations; ++d) share.push_back(static_cast<double>(d % 3) / 180);
  share.back() += 1.0 / 3;
  source.mix.destination = {share};
  m.sources = {source};
  Station desk;
  desk.kind = StationKind::manual;
  desk.items_per_tick = 1;
  RouteNode out;
  out.kind = RouteNode::Kind::leaves;
  desk.next.nodes = {out};
  m.stations = {desk};
  const Results r = simulate(m, RunOptions{});
  REQUIRE(r.out > 99'990);
  for (const DestinationIndex d : share.indices()) {
    CAPTURE(d.number());
    const double expected = share[d] * static_cast<double>(r.out);
    const auto found = static_cast<double>(r.product_destination[0][d].on_time);
    if (d.number() % 3 == 0)
      CHECK(found == 0);
    else
      CHECK(std::abs(found - expected) < 4.5 * std::sqrt(expected));  // 80 of them: once in 2,000 by chance
  }
}
