// What comes: by vehicles, rates, gaps, records; and that its draws are named by its occasion.
#include "centre/arrivals.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <tuple>
#include <vector>

#include "centre/small_centre.hpp"

namespace mailflow::parts {
namespace {

/// One source into a bay where all stays.
Model source_of(Source::Kind kind) {
  Model m = model_of({place(StationKind::bay, "bay")});
  Source s;
  s.name = "dock";
  s.kind = kind;
  s.into = 0;
  s.mix.product = {1, 0};
  s.items = {Distribution::fixed(0), Distribution::fixed(0)};
  m.sources = {s};
  return m;
}

/// Product, destination, items of each lot at the bay, in order of coming.
using Comes = std::vector<std::tuple<int, int, int>>;
Comes at_dock(SmallCentre& centre) {
  Comes all;
  for (const LotIndex l : centre->bays.there(StationIndex(0)))
    all.emplace_back(centre[l].product.number(), centre[l].destination.number(), centre[l].items);
  return all;
}
std::vector<std::uint64_t> keys(SmallCentre& centre) {
  std::vector<std::uint64_t> all;
  for (const LotIndex l : centre->bays.there(StationIndex(0))) all.push_back(centre[l].key);
  return all;
}

TEST_CASE("A lorry's letters come in full trays and a rest") {
  Model m = source_of(Source::Kind::vehicles);
  m.products[0].lot_items = 40;
  m.sources[0].at = {6 * hour};
  m.sources[0].items[0] = Distribution::fixed(100);
  SmallCentre centre(m);
  centre.until(6 * hour - 1);
  CHECK(centre.at_bay(0).empty());
  centre.until(6 * hour);
  CHECK(centre.at_bay(0) == std::vector<int>{40, 40, 20});
  CHECK(centre->products[letter].in == 100);
}

TEST_CASE("A late lorry brings its mail when it arrives") {
  Model m = source_of(Source::Kind::vehicles);
  m.sources[0].at = {6 * hour, 8 * hour};
  m.sources[0].late_by = Distribution::fixed(30.0 * minute);
  m.sources[0].items[0] = Distribution::fixed(2);
  SmallCentre centre(m);
  centre.until(6 * hour + 29 * minute);
  CHECK(centre.at_bay(0).empty());
  centre.until(6 * hour + 30 * minute);
  CHECK(centre.at_bay(0).size() == 2);
  centre.until(day);
  CHECK(centre.at_bay(0).size() == 4);
}

TEST_CASE("Loaded by product the urgent product comes first; by destination what is for the first by name") {
  // letters have priority 2, flats 1; "north" comes before "south"
  Model m = source_of(Source::Kind::vehicles);
  m.products[0].priority = 2;
  m.products[1].priority = 1;
  m.sources[0].at = {hour};
  m.sources[0].items = {Distribution::fixed(20), Distribution::fixed(20)};
  m.sources[0].mix.destination = {{0.5, 0.5}, {0.5, 0.5}};
  m.sources[0].loaded = GENERATE(Loaded::by_product, Loaded::by_destination, Loaded::mixed);
  CAPTURE(static_cast<int>(m.sources[0].loaded));
  SmallCentre centre(m);
  centre.until(hour);
  const Comes lots = at_dock(centre);
  REQUIRE(lots.size() == 40);
  const auto product = [](const auto& lot) { return -std::get<0>(lot); };  // flats first
  const auto destination = [](const auto& lot) { return std::get<1>(lot); };
  const auto sorted_by = [&lots](const auto& of) {
    return std::is_sorted(lots.begin(), lots.end(), [&](const auto& x, const auto& y) { return of(x) < of(y); });
  };
  CHECK(sorted_by(product) == (m.sources[0].loaded == Loaded::by_product));
  CHECK(sorted_by(destination) == (m.sources[0].loaded == Loaded::by_destination));
  for (const int p : {0, 1})
    CHECK(std::count_if(lots.begin(), lots.end(), [&](const auto& lot) { return std::get<0>(lot) == p; }) == 20);
}

TEST_CASE("What a lorry brings is drawn by its day and time, whenever the run began and whatever came before") {
  Model m = source_of(Source::Kind::vehicles);
  m.products[0].lot_items = 10;
  m.sources[0].items[0] = {Law::uniform, 50, 500, 0, {}, {}};
  m.sources[0].late_by = {Law::uniform, 0, 1.0 * hour, 0, {}, {}};
  m.sources[0].mix.destination = {{0.5, 0.5}, {1, 0}};
  m.midnights = m.due_midnights = {0, day, 2 * day};
  m.end = 2 * day;
  // from the 20000th day: at 08:00 of that day and of the next; from the 20001st: at 08:00
  m.sources[0].at = {8 * hour, day + 8 * hour};
  SmallCentre both(m);
  both.until(day);
  const std::size_t first_day = both.at_bay(0).size();
  both.until(2 * day);
  m.start = Date{20001};
  m.sources[0].at = {8 * hour};
  SmallCentre second(m);
  second.until(day);
  const Comes of_both = at_dock(both);
  const Comes of_second = at_dock(second);
  REQUIRE(of_second.size() == of_both.size() - first_day);
  CHECK(std::equal(of_second.begin(), of_second.end(), of_both.begin() + static_cast<std::ptrdiff_t>(first_day)));
  const auto keys_of_both = keys(both);
  const auto keys_of_second = keys(second);
  CHECK(std::equal(keys_of_second.begin(), keys_of_second.end(),
                   keys_of_both.begin() + static_cast<std::ptrdiff_t>(first_day)));
  CHECK(keys_of_both[0] != keys_of_second[0]);
}

TEST_CASE("Mail of a rate comes when the rate is not none, about as much as it says, and never after the end") {
  Model m = source_of(Source::Kind::rate);
  m.products[0].lot_items = 10;
  m.sources[0].rate = {{0, 0}, {2 * hour, 3600.0 / static_cast<double>(hour)}, {10 * hour, 0}};
  SmallCentre centre(m);
  centre.until(2 * hour);
  CHECK(centre.at_bay(0).empty());
  centre.until(10 * hour);
  const auto lots = static_cast<double>(centre.at_bay(0).size());
  CHECK(std::abs(lots - 8 * 360) < 5 * std::sqrt(8 * 360));
  CHECK(centre->agenda.empty());
}

TEST_CASE("Of two products by a rate of items the one in larger lots comes in fewer of them") {
  // Half the items each: letters in tens, flats one by one: 1 lot of 11 is of letters.
  Model m = source_of(Source::Kind::rate);
  m.products[0].lot_items = 10;
  m.sources[0].mix.product = {0.5, 0.5};
  m.sources[0].rate = {{0, 2000.0 / static_cast<double>(hour)}};
  SmallCentre centre(m);
  centre.until(day - 1);
  const double letters = static_cast<double>(centre->products[letter].in);
  const double flats = static_cast<double>(centre->products[flat].in);
  CHECK(std::abs(letters - 24'000) < 5 * 10 * std::sqrt(2400));
  CHECK(std::abs(flats - 24'000) < 5 * std::sqrt(24'000));
}

TEST_CASE("Lots at even gaps come one gap after another, from the first gap on") {
  Model m = source_of(Source::Kind::gaps);
  m.products[0].lot_items = 3;
  m.sources[0].every = Distribution::fixed(20.0 * minute);
  SmallCentre centre(m);
  centre.until(20 * minute - 1);
  CHECK(centre.at_bay(0).empty());
  centre.until(hour);
  CHECK(centre.at_bay(0) == std::vector<int>{3, 3, 3});
}

TEST_CASE("A recorded hour of 35 letters in trays of ten comes as four trays, each in the middle of its quarter") {
  Model m = source_of(Source::Kind::replay);
  m.products[0].lot_items = 10;
  m.sources[0].bin = hour;
  m.sources[0].rows = {{hour, 0, 1, 35, 9 * hour}};
  SmallCentre centre(m);
  const Ticks quarter = 15 * minute;
  centre.until(hour + quarter / 2 - 1);
  CHECK(centre.at_bay(0).empty());
  centre.until(hour + quarter / 2);
  CHECK(centre.at_bay(0) == std::vector<int>{10});
  centre.until(hour + quarter / 2 + 3 * quarter - 1);
  CHECK(centre.at_bay(0).size() == 3);
  centre.until(hour + quarter / 2 + 3 * quarter);
  CHECK(at_dock(centre) == Comes{{0, 1, 10}, {0, 1, 10}, {0, 1, 10}, {0, 1, 5}});
  for (const LotIndex l : centre->bays.there(StationIndex(0))) CHECK(centre[l].due == 9 * hour);
}

TEST_CASE("Recorded mail of one instant comes row after row, each by its own rule of when it is due") {
  Model m = source_of(Source::Kind::replay);
  m.products[1].due_within = 2 * hour;
  m.sources[0].rows = {{hour, 1, 0, 2, never}, {hour, 0, 1, 1, 5 * hour}, {3 * hour, 1, 0, 1, never}};
  SmallCentre centre(m);
  centre.until(hour);
  CHECK(at_dock(centre) == Comes{{1, 0, 1}, {1, 0, 1}, {0, 1, 1}});
  const std::vector<LotIndex> lots = centre->bays.there(StationIndex(0));
  CHECK(centre[lots[0]].due == 3 * hour);
  CHECK(centre[lots[2]].due == 5 * hour);
  CHECK(centre[lots[0]].key != centre[lots[1]].key);
  centre.until(3 * hour);
  CHECK(at_dock(centre).size() == 4);
}

TEST_CASE("What waits at the start is there at once, and counts as come") {
  Model m = source_of(Source::Kind::backlog);
  m.sources[0].items[1] = Distribution::fixed(3);
  SmallCentre centre(m);
  centre.until(0);
  CHECK(at_dock(centre) == Comes{{1, -1, 1}, {1, -1, 1}, {1, -1, 1}});
}

}  // namespace
}  // namespace mailflow::parts
