// The plain loop and the general loop are two ways to run one model: every figure must be the same.
#include <catch2/catch.hpp>

#include "centre/simulate.hpp"

using namespace mailflow;

namespace {

Station window(const char* name, int servers, double mean_seconds, RouteNode next) {
  Station s;
  s.name = name;
  s.kind = StationKind::manual;
  s.servers = servers;
  s.service.law = Law::exponential;
  s.service.a = mean_seconds * second;
  s.next.nodes = {std::move(next)};
  return s;
}

RouteNode to(int station) {
  RouteNode node;
  node.station = station;
  return node;
}

/// Two products with a rate that changes, three stations, a loop of rework, a warm-up.
Model rework_centre() {
  Model m;
  m.start = Date{20000};
  m.warm_up = 5 * hour;
  m.end = 40 * hour + 20 * minute;
  m.products.resize(2);
  m.products[0].name = "letter";
  m.products[1].name = "parcel";
  m.products[1].due_within = 10 * minute;
  m.destinations.resize(2);
  Source source;
  source.name = "public";
  source.kind = Source::Kind::rate;
  source.into = 0;
  source.mix.product = {0.7, 0.3};
  source.mix.destination = {{0.5, 0.5}, {1, 0}};
  source.rate = {{0, 0.3 / second}, {10 * hour, 0.5 / second}, {20 * hour, 0}, {21 * hour, 0.4 / second}};
  m.sources = {source};
  RouteNode shares;
  shares.kind = RouteNode::Kind::by_share;
  shares.child = {1, 2, 3};
  shares.share = {0.2, 0.7, 0.1};
  m.stations = {window("first", 2, 3, shares), window("few", 1, 8, to(0)), window("many", 3, 5, to(out_of_centre))};
  for (const int target : {1, 2, out_of_centre}) m.stations[0].next.nodes.push_back(to(target));
  return m;
}

void check_same(const TimeSummary& a, const TimeSummary& b) {
  CHECK(a.items == b.items);
  CHECK(a.mean.mean == b.mean.mean);
  CHECK(a.mean.half_width_99 == b.mean.half_width_99);
  CHECK(a.p50 == b.p50);
  CHECK(a.p99 == b.p99);
  CHECK(a.max == b.max);
}

}  // namespace

TEST_CASE("The plain loop gives the figures of the general loop, to the last bit") {
  const Model m = rework_centre();
  RunOptions general;
  general.seed = GENERATE(1U, 2U, 3U);
  general.allow_plain_loop = false;
  RunOptions plain = general;
  plain.allow_plain_loop = true;
  const Results a = simulate(m, plain);
  const Results b = simulate(m, general);
  REQUIRE(a.in > 20000);
  CHECK(a.events == b.events);
  CHECK(a.lots == b.lots);
  CHECK(a.at_start == b.at_start);
  CHECK(a.in == b.in);
  CHECK(a.out == b.out);
  CHECK(a.left == b.left);
  check_same(a.time_in_centre, b.time_in_centre);
  for (std::size_t p = 0; p < 2; ++p) {
    check_same(a.products[p].time_in_centre, b.products[p].time_in_centre);
    CHECK(a.products[p].cause == b.products[p].cause);
    CHECK(a.products[p].in_centre == b.products[p].in_centre);
    CHECK(a.products[p].on_time.on_time == b.products[p].on_time.on_time);
    CHECK(a.products[p].on_time.late == b.products[p].on_time.late);
    CHECK(a.products[p].on_time.undecided == b.products[p].on_time.undecided);
    for (std::size_t d = 0; d < 2; ++d) {
      CAPTURE(p, d);
      CHECK(a.product_destination[p][d].late == b.product_destination[p][d].late);
      CHECK(a.product_destination[p][d].on_time == b.product_destination[p][d].on_time);
    }
  }
  for (std::size_t s = 0; s < 3; ++s) {
    const StationResult& x = a.stations[s];
    const StationResult& y = b.stations[s];
    CHECK(x.items_in == y.items_in);
    CHECK(x.items_out == y.items_out);
    CHECK(x.lots_out == y.lots_out);
    CHECK(x.state == y.state);
    CHECK(x.cause == y.cause);
    CHECK(x.in_station == y.in_station);
    CHECK(x.queue_max == y.queue_max);
    CHECK(x.waited == y.waited);
    CHECK(x.longest_wait == y.longest_wait);
    CHECK(x.wait.half_width_95 == y.wait.half_width_95);
    CHECK(x.little_residual == Approx(0).margin(1e-12));
    REQUIRE(x.hours.size() == y.hours.size());
    for (std::size_t h = 0; h < x.hours.size(); ++h) {
      CHECK(x.hours[h].content == y.hours[h].content);
      CHECK(x.hours[h].queue_max == y.hours[h].queue_max);
      CHECK(x.hours[h].state == y.hours[h].state);
    }
  }
}

TEST_CASE("Every minute in the centre has a cause, and the causes add up exactly") {
  const Results r = simulate(rework_centre(), RunOptions{});
  for (const ProductResult& product : r.products) {
    ItemTicks sum = 0;
    for (const ItemTicks t : product.cause) sum += t;
    CHECK(sum == product.in_centre);
    CHECK(sum > 0);
  }
}
