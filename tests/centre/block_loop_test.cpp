// The loop by blocks and the general loop are two ways to run one model: every figure must be the same.
#include "centre/block_loop.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <memory>
#include <tuple>
#include <utility>

#include "centre/centre_run.hpp"
#include "core/random.hpp"

using namespace mailflow;

namespace {

/// None: out of the centre.
RouteNode to(StationIndex station) {
  RouteNode node;
  node.kind = station == none ? RouteNode::Kind::leaves : RouteNode::Kind::to;
  node.station = station;
  return node;
}

Route split_to(RouteNode::Kind kind, const std::vector<StationIndex>& stations, std::vector<double> share = {}) {
  Route route;
  RouteNode first;
  first.kind = kind;
  first.share = std::move(share);
  for (std::size_t i = 0; i < stations.size(); ++i) first.child.emplace_back(i + 1);
  route.nodes.push_back(first);
  for (const StationIndex station : stations) route.nodes.push_back(to(station));
  return route;
}

Station window(const char* name, int servers, Distribution service, Route next) {
  Station s;
  s.name = name;
  s.kind = StationKind::manual;
  s.servers = servers;
  s.service = std::move(service);
  s.next = std::move(next);
  return s;
}

Distribution exponential(double seconds) { return {Law::exponential, seconds * second, 0, 0, {}, {}}; }

Route straight(StationIndex station) {
  Route route;
  route.nodes = {to(station)};
  return route;
}

/// Two products with a rate that changes, one steady source, five stations of which three let mail out, a warm-up.
Model office() {
  Model m;
  m.start = Date{20000};
  m.warm_up = 5 * hour;
  m.end = 40 * hour + 20 * minute;
  m.midnights = m.due_midnights = {0, day, 2 * day};
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
  source.rate = {{0, 0.3 / second}, {10 * hour, 0.6 / second}, {20 * hour, 0}, {21 * hour, 0.4 / second}};
  Source drip = source;
  drip.name = "drip";
  drip.kind = Source::Kind::gaps;
  drip.every = exponential(7);
  m.sources = {source, drip};
  m.stations = {window("first", 2, exponential(3), split_to(RouteNode::Kind::by_share, {1, 2, none}, {0.2, 0.7, 0.1})),
                window("few", 1, exponential(8), straight(3)),
                window("many", 3, {Law::uniform, 2.0 * second, 8.0 * second, 0, {}, {}},
                       split_to(RouteNode::Kind::by_destination, {3, 4})),
                window("last", 1, exponential(1.2), straight(none)),
                window("other", 2, {Law::lognormal, 3.0 * second, 2.0 * second, 0, {}, {}}, straight(none))};
  return m;
}

/// Trays of 50 and of 20 letters for four centres of a network; machines, bays, two links.
Model platform(Ticks closes_before) {
  Model m;
  m.place = "platform";
  m.start = Date{20000};
  m.warm_up = 3 * hour;
  m.end = 30 * hour;
  m.midnights = m.due_midnights = {0, day, 2 * day};
  m.products.resize(2);
  m.products[0].name = "letter";
  m.products[0].lot_items = 50;
  m.products[0].due = {{0, 9 * hour}, {7 * hour, 20 * hour}, {12 * hour, 29 * hour}};
  m.products[1].name = "flat";
  m.products[1].lot_items = 20;
  m.products[1].weight_kg = 0.12;
  m.destinations.resize(4);  // 0: here
  Source source;
  source.name = "posted";
  source.kind = Source::Kind::rate;
  source.into = 0;
  source.mix.product = {0.8, 0.2};
  source.mix.destination = {{0.1, 0.3, 0.3, 0.3}, {0.4, 0.2, 0.2, 0.2}};
  source.rate = {{0, 0}, {hour, 9.0 / second}, {20 * hour, 2.0 / second}};
  m.sources = {source};
  m.inbound = 0;
  Station sorting = window("sorting", 1, {}, split_to(RouteNode::Kind::by_destination, {1, 2, 2, 2}));
  sorting.kind = StationKind::machine;
  sorting.items_per_tick = 11.0 / second;
  Station delivery = window("delivery", 2, {Law::exponential, 0.2 * second, 0, 0, {}, {}}, straight(none));
  Station bay;
  bay.name = "bay";
  bay.kind = StationKind::bay;
  m.stations = {sorting, delivery, bay};
  Departure north;
  north.name = "north";
  north.link = 0;
  north.from = {2};
  north.serves = {false, true, true, false};
  north.vehicles = -1;
  north.capacity_items = 4000;
  north.cost = 100;
  north.closes_before = closes_before;
  for (Ticks t = hour / 2; t < m.end; t += hour) {
    north.at.push_back(t);
    north.trip_serves.push_back(t % (2 * hour) == hour / 2 ? Rows<Destination, bool>{false, true, true, false}
                                                           : Rows<Destination, bool>{false, true, false, false});
  }
  Departure south = north;
  south.name = "south";
  south.link = 1;
  south.trip_serves.clear();
  south.serves = {false, false, false, true};
  south.at = {4 * hour, 11 * hour, 23 * hour};
  m.departures = {north, south};
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

void check_same(const OnTime& a, const OnTime& b) {
  CHECK(a.on_time == b.on_time);
  CHECK(a.late == b.late);
  CHECK(a.undecided == b.undecided);
  CHECK(a.no_due == b.no_due);
}

void check_same(const ProductResult& a, const ProductResult& b) {
  check_same(a.time_in_centre, b.time_in_centre);
  check_same(a.on_time, b.on_time);
  CHECK(a.at_start == b.at_start);
  CHECK(a.left == b.left);
  CHECK(a.cause == b.cause);
  CHECK(a.in_centre == b.in_centre);
  for (std::size_t d = 0; d < a.days.size(); ++d) {
    CHECK(a.days[d].on_time == b.days[d].on_time);
    CHECK(a.days[d].late == b.days[d].late);
    CHECK(a.days[d].undecided == b.days[d].undecided);
  }
}

/// NaN, nothing to measure, is the same as itself.
bool alike(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

void check_same(const StationResult& x, const StationResult& y) {
  CHECK(x.items_in == y.items_in);
  CHECK(x.items_out == y.items_out);
  CHECK(x.lots_out == y.lots_out);
  CHECK(x.state == y.state);
  CHECK(x.cause == y.cause);
  CHECK(x.in_station == y.in_station);
  CHECK(x.queue_max == y.queue_max);
  CHECK(x.queue.mean == y.queue.mean);
  CHECK(alike(x.waited, y.waited));
  CHECK(alike(x.longest_wait, y.longest_wait));
  CHECK(alike(x.wait.mean, y.wait.mean));
  CHECK(alike(x.mean_time, y.mean_time));
  CHECK(x.still_waiting == y.still_waiting);
  CHECK(x.longest_wait_at_least == y.longest_wait_at_least);
  CHECK(x.own_times.unfinished == y.own_times.unfinished);
  CHECK(x.wait.half_width_95 == y.wait.half_width_95);
  CHECK(x.own_times.items == y.own_times.items);
  CHECK(x.own_times.total == y.own_times.total);
  CHECK(x.own_times.sketch.max() == y.own_times.sketch.max());
  for (const double q : {0.1, 0.5, 0.9, 0.99}) CHECK(x.own_times.sketch.quantile(q) == y.own_times.sketch.quantile(q));
  CHECK(x.little_residual == Approx(0).margin(1e-12));
  REQUIRE(x.hours.size() == y.hours.size());
  for (std::size_t h = 0; h < x.hours.size(); ++h) {
    CHECK(x.hours[h].content == y.hours[h].content);
    CHECK(x.hours[h].content_now == y.hours[h].content_now);
    CHECK(x.hours[h].queue == y.hours[h].queue);
    CHECK(x.hours[h].queue_now == y.hours[h].queue_now);
    CHECK(x.hours[h].queue_max == y.hours[h].queue_max);
    CHECK(x.hours[h].state == y.hours[h].state);
  }
}

void check_same(const DepartureResult& a, const DepartureResult& b) {
  CHECK(a.items == b.items);
  CHECK(a.cost == b.cost);
  REQUIRE(a.trips.size() == b.trips.size());
  for (std::size_t t = 0; t < a.trips.size(); ++t) {
    CHECK(a.trips[t].at == b.trips[t].at);
    CHECK(a.trips[t].items == b.trips[t].items);
    CHECK(a.trips[t].kg == b.trips[t].kg);
    CHECK(a.trips[t].vehicles == b.trips[t].vehicles);
    CHECK(a.trips[t].late == b.trips[t].late);
    CHECK(a.trips[t].on_time == b.trips[t].on_time);
  }
}

void check_same(const Results& a, const Results& b) {
  CHECK(a.events == b.events);
  CHECK(a.lots == b.lots);
  CHECK(a.at_start == b.at_start);
  CHECK(a.in == b.in);
  CHECK(a.out == b.out);
  CHECK(a.left == b.left);
  CHECK(a.by_links_in == b.by_links_in);
  CHECK(a.by_links_out == b.by_links_out);
  check_same(a.time_in_centre, b.time_in_centre);
  for (const ProductIndex p : a.products.indices()) {
    CAPTURE(p.number());
    check_same(a.products[p], b.products[p]);
    for (const DestinationIndex d : a.product_destination[p].indices())
      check_same(a.product_destination[p][d], b.product_destination[p][d]);
  }
  for (const StationIndex s : a.stations.indices()) {
    CAPTURE(s.number());
    check_same(a.stations[s], b.stations[s]);
  }
  for (const DepartureIndex d : a.departures.indices()) check_same(a.departures[d], b.departures[d]);
  REQUIRE(a.path_ends.size() == b.path_ends.size());
  for (std::size_t path = 0; path < a.path_ends.size(); ++path)
    for (const ProductIndex p : a.products.indices()) {
      check_same(a.path_ends[path][p].on_time, b.path_ends[path][p].on_time);
      CHECK(a.path_ends[path][p].lots == b.path_ends[path][p].lots);
      CHECK(a.path_ends[path][p].under_way == b.path_ends[path][p].under_way);
    }
}

auto told(const ThroughLot& lot) {
  return std::make_tuple(std::uint64_t{lot.posted}, std::uint64_t{lot.arrived}, std::uint64_t{lot.destination},
                         std::uint64_t{lot.product}, lot.key, lot.path, lot.items);
}

/// The loads of one way of running are those of the other.
void check_same(const std::vector<Load>& a, const std::vector<Load>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t l = 0; l < a.size(); ++l) {
    CHECK(a[l].departure == b[l].departure);
    CHECK(a[l].left == b[l].left);
    REQUIRE(a[l].lots.size() == b[l].lots.size());
    bool same = true;
    for (std::size_t i = 0; i < a[l].lots.size(); ++i) same = same && told(a[l].lots[i]) == told(b[l].lots[i]);
    CHECK(same);
  }
}

struct Run {
  Results results;
  std::vector<Load> loads;
};

/// Runs the platform in pieces; every four hours a load comes by a link: trays for here and to be passed on.
Run run_platform(const Model& m, bool blocks, Ticks piece) {
  RunOptions options;
  options.allow_blocks = blocks;
  const auto centre = CentreRun::make(m, options);
  Run run;
  Ticks handed = 0;
  for (Ticks t = piece; t <= m.end + piece; t += piece) {
    for (; handed < t; handed += 4 * hour) {
      std::vector<ThroughLot> lots;
      for (std::uint64_t i = 0; i < 900; ++i) {
        ThroughLot lot{};
        lot.posted = static_cast<std::uint64_t>(handed / 2 + static_cast<Ticks>(i)) & ThroughLot::most;
        lot.destination = i % 4;
        lot.product = i % 3 == 0;
        lot.key = mixed(i + static_cast<std::uint64_t>(handed));
        lot.path = i % 8 < 4 ? 1 : 2;
        lot.items = lot.product == 1 ? 20 : 50;
        lots.push_back(lot);
      }
      centre->receive(handed, lots);
    }
    centre->advance(t);
    for (Load& load : centre->take_loads()) run.loads.push_back(std::move(load));
  }
  run.results = centre->results();
  return run;
}

}  // namespace

TEST_CASE("A centre that needs nobody is run by blocks; not one where mail waits for people or room, or comes back") {
  const auto fits = [](const auto& change) {
    Model m = office();
    change(m.stations[0]);
    return BlockLoop::fits(m, RunOptions{});
  };
  CHECK(fits([](Station&) {}));
  CHECK(BlockLoop::fits(platform(0), RunOptions{}));
  CHECK_FALSE(fits([](Station& s) { s.crew = 1; }));
  CHECK_FALSE(fits([](Station& s) { s.queue_holds = 5; }));
  CHECK_FALSE(fits([](Station& s) { s.passes = 2; }));
  CHECK_FALSE(fits([](Station& s) { s.always_open = false; }));
  CHECK_FALSE(fits([](Station& s) { s.order = QueueOrder::priority; }));
  CHECK_FALSE(fits([](Station& s) { s.breakdown.present = true; }));
  CHECK_FALSE(fits([](Station& s) { s.next = straight(0); }));
  RunOptions general;
  general.allow_blocks = false;
  CHECK_FALSE(BlockLoop::fits(office(), general));
}

TEST_CASE("The loop by blocks gives the figures of the general loop, to the last bit") {
  const Model m = office();
  RunOptions general;
  general.seed = GENERATE(1U, 2U, 3U);
  general.allow_blocks = false;
  RunOptions blocks = general;
  blocks.allow_blocks = true;
  const Results a = simulate(m, blocks);
  REQUIRE(a.in > 20000);
  REQUIRE(a.left > 0);
  check_same(a, simulate(m, general));
}

TEST_CASE("Where all falls on the minute, the window's start too, both loops still count the same") {
  Model m = office();
  m.sources.erase(m.sources.begin());
  m.sources[0].every = Distribution::fixed(1.0 * minute);
  const Distribution a_minute = Distribution::fixed(1.0 * minute);
  m.stations = {window("first", 2, a_minute, straight(1)), window("last", 1, a_minute, straight(none))};
  m.warm_up = GENERATE(Ticks{0}, Ticks{minute}, 2 * hour);
  m.end = 5 * hour;
  RunOptions general;
  general.allow_blocks = false;
  const Results a = simulate(m, RunOptions{});
  CHECK(a.in == (m.end - m.warm_up) / minute + (m.warm_up > 0));  // at each minute, that of the end too; none at 0
  check_same(a, simulate(m, general));
}

TEST_CASE("Trays that are in hand at the end are as far, item by item, in both loops") {
  // A tray of 50 a minute, 4 s an item in the mean at each of four tables: three or four are in hand at any time.
  Model m = office();
  m.sources.erase(m.sources.begin());
  m.sources[0].every = Distribution::fixed(1.0 * minute);
  for (Product& product : m.products) product.lot_items = 50;
  m.stations = {window("table", 4, exponential(4), straight(none))};
  m.warm_up = 0;
  m.end = 5 * hour + 17 * second;
  RunOptions general;
  general.allow_blocks = false;
  const Results a = simulate(m, RunOptions{});
  CHECK(a.stations[0].own_times.unfinished > 0);
  CHECK(a.stations[0].own_times.unfinished % 50 != 0);
  check_same(a, simulate(m, general));
}

TEST_CASE("Trays, links that close early and loads that come are the same in both loops, in pieces of any length") {
  const Model m = platform(GENERATE(Ticks{0}, 20 * minute, 100 * minute));
  const Run a = run_platform(m, true, 40 * minute);
  REQUIRE(a.results.by_links_in == 7 * (600 * 50 + 300 * 20));  // of eight loads the first came before the window
  REQUIRE(a.results.path_ends.size() == 3);
  for (const auto& [blocks, piece] : {std::pair{false, 40 * minute}, std::pair{true, 7 * minute}}) {
    CAPTURE(blocks, piece);
    const Run b = run_platform(m, blocks, piece);
    check_same(a.results, b.results);
    check_same(a.loads, b.loads);
  }
}

TEST_CASE("Every minute in the centre has a cause, and the causes add up exactly") {
  const Results r = simulate(office(), RunOptions{});
  for (const ProductResult& product : r.products) {
    ItemTicks sum = 0;
    for (const ItemTicks t : product.cause) sum += t;
    CHECK(sum == product.in_centre);
    CHECK(sum > 0);
  }
}
