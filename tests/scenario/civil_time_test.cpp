// What is said by the clock on the nights that are not like others: across midnight, and when the clocks change.
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "scenario/load.hpp"
#include "scenario/sections/arrivals.hpp"

namespace mailflow {
namespace {

namespace fs = std::filesystem;

Model with(const std::string& rate, const std::string& run, const std::string& staff = {}) {
  const auto path = fs::temp_directory_path() / ("mailflow-civil-" + std::to_string(::getpid()) + ".yaml");
  std::ofstream(path) << "mailflow: 1\ncentre: {name: Brume, timezone: Europe/Paris}\nproducts: {letter: {}}\n"
                         "arrivals: {belt: {rate: "
                      << rate
                      << ", mix: {letter: 100 %}, into: sort}}\n"
                         "stations: {sort: {kind: manual, positions: 50, rate: 6000 items/h, next: out}}\n"
                      << staff << "run: " << run << "\n";
  Problems problems;
  auto model = load_model(path.string(), {}, problems);
  fs::remove(path);
  INFO(problems.text());
  REQUIRE(model.has_value());
  return *model;
}

/// Items expected of a source from one instant to another.
double expected(const std::vector<RateStep>& steps, Ticks from, Ticks to) {
  double items = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Ticks until = i + 1 < steps.size() ? steps[i + 1].from : to;
    items += steps[i].items_per_tick *
             static_cast<double>(std::max<Ticks>(0, std::min(until, to) - std::max(steps[i].from, from)));
  }
  return items;
}

bool later_and_later(const std::vector<RateStep>& steps) {
  return std::adjacent_find(steps.begin(), steps.end(),
                            [](const RateStep& a, const RateStep& b) { return a.from >= b.from; }) == steps.end();
}

TEST_CASE("a day's last rate goes over midnight until the day's first time") {
  // ten days from Monday: nine nights of 8 h, the 6 h of the first morning and 2 h of the last evening: 80 h
  const auto steps =
      with("{\"22:00\": 600 items/h, \"06:00\": 0 items/h}", "{from: 2025-03-03, for: 10 days}").sources[0].rate;
  CHECK(expected(steps, 0, 10 * day) == Approx(48000));
  CHECK(expected(steps, 22 * hour, 30 * hour) == Approx(4800));
  CHECK(expected(steps, 6 * hour, 22 * hour) == Approx(0));
}

TEST_CASE("by days, a night belongs to the day on which it begins") {
  // Friday's night ends on Saturday at 06:00, the day of rest is without mail, Sunday's own begins at 20:00
  const auto steps = with(
                         "{Mon-Fri: {\"06:00\": 0 items/h, \"22:00\": 600 items/h}, "
                         "Sun: {\"20:00\": 60 items/h}}",
                         "{from: 2025-03-07, for: 4 days}")
                         .sources[0]
                         .rate;
  CHECK(expected(steps, 22 * hour, 30 * hour) == Approx(4800));
  CHECK(expected(steps, 30 * hour, 68 * hour) == Approx(0));
  // Monday's list begins at 06:00: from there it holds, though Sunday's would last until 20:00
  CHECK(expected(steps, 68 * hour, 78 * hour) == Approx(600));
  CHECK(expected(steps, 78 * hour, 94 * hour) == Approx(0));
}

TEST_CASE("a rate that begins in the hour the clocks skip does not outlive the next") {
  // 02:15-03:00, 45 min at 600 items/h: three nights of four, as 30 March 2025 has no 02:15
  const auto steps =
      with("{\"02:15\": 600 items/h, \"03:00\": 0 items/h}", "{from: 2025-03-29, for: 4 days}").sources[0].rate;
  CHECK(expected(steps, 0, 4 * day) == Approx(3 * 450));
  CHECK(later_and_later(steps));
}

TEST_CASE("hours that a clock change takes out of their order are put in it, the later one holding") {
  // as the minutes of a day are put on the clock of 30 March: 02:30 becomes 03:30, then 03:00 comes
  const auto steps =
      steps_in_order({{hour, 1}, {3 * hour, 2}, {3 * hour + 30 * minute, 3}, {3 * hour, 4}, {5 * hour, 0}});
  REQUIRE(steps.size() == 4);
  CHECK(later_and_later(steps));
  CHECK(expected(steps, 0, day) == Approx(static_cast<double>(2 * hour * 1 + 2 * hour * 4)));
}

TEST_CASE("breaks that the clocks bring together follow each other") {
  // on 30 March 02:20 is 03:20 of the clock, 4 h 20 min after 22:00; the break of 03:00 waits for its end
  const auto duty = with("1 items/h", "{from: 2025-03-29, for: 2 days}",
                         "staff: {shifts: {night: {hours: \"22:00-06:00\", days: [Sat], breaks: [\"02:20 20 min\", "
                         "\"03:00 30 min\"]}}, teams: {t: {agents: 1, shift: night, skills: {}}}}\n")
                        .teams[0]
                        .duties[0];
  REQUIRE(duty.breaks.size() == 2);
  CHECK(duty.breaks[0].from == 26 * hour + 20 * minute);
  CHECK(duty.breaks[1].from == 26 * hour + 40 * minute);
}

}  // namespace
}  // namespace mailflow
