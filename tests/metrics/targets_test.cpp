// Targets: what is judged, on which days, and what is nothing to judge.
#include "metrics/targets.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "mail/model.hpp"

using namespace mailflow;

namespace {

Target wanted(Target::Measure measure, bool at_least, double bound) {
  Target t;
  t.measure = measure;
  t.at_least = at_least;
  t.bound = bound;
  return t;
}

/// Three days of which the window has the last 18 hours of the first, the second, and the first 12 of the third.
Model three_days(const Target& target) {
  Model m;
  m.start = Date{20000};
  m.midnights = m.due_midnights = {0, day, 2 * day, 3 * day};
  m.products.resize(1);
  m.stations.resize(1);
  m.targets = {target};
  return m;
}
Results window_of() {
  Results r;
  r.from = 6 * hour;
  r.to = 60 * hour;
  r.in = 100;
  r.products.resize(1);
  r.stations.resize(1);
  r.target_days.resize(1);
  r.left_over.resize(1);
  return r;
}

}  // namespace

TEST_CASE("Days are judged whole: not the first, when the window begins in it, nor the last, when it ends in it") {
  const Model m = three_days(wanted(Target::Measure::on_time, true, 0.9));
  Results r = window_of();
  r.on_time.on_time = 30;
  r.target_days[0] = {{10, 0}, {10, 0}, {10, 0}};
  judge_targets(m, r);
  CHECK(r.targets[0].days_judged == 1);
  CHECK(r.targets[0].days_met == 1);
  r.from = 0;
  r.to = 3 * day;
  r.target_days[0] = {{10, 0}, {8, 2}, {0, 0, 5}};  // met, missed, nothing that is decided
  judge_targets(m, r);
  CHECK(r.targets[0].days_judged == 2);
  CHECK(r.targets[0].days_met == 1);
  CHECK(r.targets[0].value == 1);
  CHECK(r.targets[0].met);
}

TEST_CASE("The share in time is of what is decided, and lies between what it is if the rest is late or in time") {
  const OnTime x{.on_time = 6, .late = 2, .undecided = 2, .no_due = 90};
  CHECK(x.share() == Approx(6.0 / 8));
  CHECK(x.share_at_least() == Approx(6.0 / 10));
  CHECK(x.share_at_most() == Approx(8.0 / 10));
  CHECK(std::isnan(OnTime{.undecided = 2}.share()));
}

TEST_CASE("What is left over is counted within the window, its worst count told, and a count at midnight ends a day") {
  Model m = three_days(wanted(Target::Measure::left_over, false, 50));
  m.targets[0].samples = {6 * hour, 24 * hour, 30 * hour, 60 * hour, 61 * hour};
  Results r = window_of();
  r.left_over[0] = {900, 60, 50, 40, 900};  // at the window's very beginning, and after its end: not counted
  judge_targets(m, r);
  CHECK(r.targets[0].value == 60);
  CHECK_FALSE(r.targets[0].met);
  CHECK(r.targets[0].days_judged == 3);
  CHECK(r.targets[0].days_met == 2);
  CHECK(r.targets[0].detail == "worst on 2024-10-04; met on 2 of 3 days");  // the 20000th day after 1970-01-01
  r.in = 0;                                                                 // no mail: nothing to judge
  judge_targets(m, r);
  CHECK_FALSE(judged(r.targets[0]));
  CHECK_FALSE(any_missed(r.targets.all()));
}

TEST_CASE("The pace is that of the busiest whole hours, one after the other") {
  // 40, 90, 60 items in three hours and 99 in the 20 minutes after: 90 in an hour, 150 in two: 75 an hour
  Model m = three_days(wanted(Target::Measure::throughput, true, 80));
  m.targets[0].station = 0;
  Results r = window_of();
  r.from = 0;
  r.stations[0].items_in = r.stations[0].items_out = 289;
  for (const auto& [until, out] :
       {std::pair{hour, 40}, {2 * hour, 130}, {3 * hour, 190}, {3 * hour + 20 * minute, 289}}) {
    StationHour row;
    row.until = until;
    row.items_out = out;
    r.stations[0].hours.push_back(row);
  }
  judge_targets(m, r);
  CHECK(r.targets[0].value == 90);
  CHECK(r.targets[0].met);
  m.targets[0].over = 2 * hour;
  judge_targets(m, r);
  CHECK(r.targets[0].value == 75);
  CHECK_FALSE(r.targets[0].met);
  r.stations[0].items_in = r.stations[0].items_out = 0;  // nothing came
  judge_targets(m, r);
  CHECK_FALSE(judged(r.targets[0]));
}

TEST_CASE("Overtime is of the team that is asked for, and of nobody paid there is none to judge") {
  Model m = three_days(wanted(Target::Measure::overtime, false, 2));
  Results r = window_of();
  r.teams.resize(2);
  r.teams[0].overtime = hour;
  r.teams[0].paid = r.teams[1].paid = 8 * hour;
  r.teams[1].overtime = 2 * hour;
  judge_targets(m, r);
  CHECK(r.targets[0].value == 3);
  CHECK_FALSE(r.targets[0].met);
  m.targets[0].team = 1;
  judge_targets(m, r);
  CHECK(r.targets[0].value == 2);
  CHECK(r.targets[0].met);
  r.teams[1].paid = 0;
  judge_targets(m, r);
  CHECK_FALSE(judged(r.targets[0]));
}

TEST_CASE("Cost is by item that left") {
  const Model m = three_days(wanted(Target::Measure::cost_per_item, false, 2));
  Results r = window_of();
  r.staff_cost = 30;
  r.transport_cost = 12;
  r.out = 20;
  judge_targets(m, r);
  CHECK(r.targets[0].value == Approx(2.1));
  CHECK_FALSE(r.targets[0].met);
}

TEST_CASE("A bound that is reached exactly is kept, whatever was summed to reach it") {
  CHECK(keeps(0.9499999999999996, 0.95, true));
  CHECK(keeps(0.9500000000000004, 0.95, false));
  CHECK(keeps(300, 300.00000000000006, true));
  CHECK(keeps(0, 0, false));
  CHECK_FALSE(keeps(0.94999, 0.95, true));
  CHECK_FALSE(keeps(1, 0, false));
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(keeps(infinity, 1, true));
  CHECK_FALSE(keeps(-infinity, 1, true));
  CHECK_FALSE(keeps(infinity, 1, false));
  for (const bool at_least : {true, false}) CHECK_FALSE(keeps(std::nan(""), 1, at_least));
}
