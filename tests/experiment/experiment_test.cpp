#include "experiment/experiment.hpp"

#include <cmath>

#include "experiment/fingerprint.hpp"
#include "experiment/moves.hpp"
#include "experiment/sweep.hpp"
#include "small_models.hpp"

using namespace mailflow;

namespace {

std::vector<double> times(Experiment& experiment, std::size_t s, std::int64_t n) {
  return experiment.values(s, "time_in_centre_minutes.mean", n);
}

}  // namespace

TEST_CASE("Replications are the same whatever the number of cores") {
  std::vector<std::vector<double>> found;
  for (const std::size_t threads : {1U, 2U, 5U}) {
    const auto executor = thread_executor(threads);
    Experiment experiment(*executor, nullptr, 3, {});
    const std::size_t s = experiment.add("", hourly("5 min"), "");
    experiment.extend({s}, 40);
    found.push_back(times(experiment, s, 40));
  }
  CHECK((found[0] == found[1]));
  CHECK((found[0] == found[2]));
  CHECK(found[0][0] != found[0][1]);
}

TEST_CASE("Replication stops at the first number at which the interval is narrow enough") {
  std::int64_t stopped = 0;
  for (const std::size_t threads : {1U, 3U}) {
    const auto executor = thread_executor(threads);
    Experiment experiment(*executor, nullptr, 3, {});
    const std::size_t s = experiment.add("", hourly("5 min"), "");
    Stopping stopping;
    stopping.precisions = {{"time_in_centre_minutes.mean", 0.25, false}};
    const std::int64_t n = replicate(experiment, {s}, stopping, false);
    CHECK(mean_interval(times(experiment, s, n), 0.95).half_width() <= 0.25);
    for (std::int64_t k = 10; k < n; ++k) CHECK(mean_interval(times(experiment, s, k), 0.95).half_width() > 0.25);
    // s is about 5 min / sqrt(24) = 1.02: some 64 replications for 0.25 min
    CHECK(n > 30);
    CHECK(n < 120);
    if (stopped > 0) CHECK(n == stopped);
    stopped = n;
  }
}

TEST_CASE("Replications that were given up are not there, and those before them are") {
  const auto executor = thread_executor(1);
  Experiment experiment(*executor, nullptr, 3, [](const ExperimentProgress& now) {
    if (now.done > 2) throw ExperimentStopped();
  });
  const std::size_t s = experiment.add("", hourly("5 min"), "");
  experiment.extend({s}, 2);
  const auto before = times(experiment, s, 2);
  CHECK_THROWS_AS(experiment.extend({s}, 9), ExperimentStopped);
  CHECK(experiment.available(s) == 2);
  CHECK((times(experiment, s, 2) == before));
}

TEST_CASE("Replication gives up at the most allowed") {
  const auto executor = thread_executor(2);
  Experiment experiment(*executor, nullptr, 3, {});
  const std::size_t s = experiment.add("", hourly("5 min"), "");
  Stopping stopping;
  stopping.precisions = {{"time_in_centre_minutes.mean", 0.001, true}};
  stopping.most = 25;
  CHECK(replicate(experiment, {s}, stopping, false) == 25);
}

TEST_CASE("A model is named by what a run can see of it") {
  const auto model = hourly("5 min");
  Model other = *model;
  other.file = "elsewhere.yaml";
  other.label.en = "Another name";
  CHECK(fingerprint(other) == fingerprint(*model));
  other.stations[0].servers = 2;
  CHECK(fingerprint(other) != fingerprint(*model));
  other = *model;
  other.sources[0].every.a *= 1.0000001;
  CHECK(fingerprint(other) != fingerprint(*model));
}

TEST_CASE("More volume is more of everything, recorded rows to the item") {
  Model model = *hourly("5 min");
  model.sources[0].kind = Source::Kind::replay;
  for (int i = 0; i < 10; ++i) model.sources[0].rows.push_back({i * hour, 0, -1, 1, never});
  const auto sum = [](const Model& m) {
    std::int64_t items = 0;
    for (const ReplayRow& row : m.sources[0].rows) items += row.items;
    return items;
  };
  CHECK(sum(with_volume(model, 1.3)) == 13);
  CHECK(sum(with_volume(model, 0.5)) == 5);
  CHECK(sum(with_volume(model, 2)) == 20);
  CHECK(with_volume(*hourly("5 min"), 2).sources[0].every.a == Approx(30.0 * static_cast<double>(minute)));
}

TEST_CASE("Standard moves change one thing each") {
  const auto model = model_of(
      "products: {letter: {lot: 1 item}}\n"
      "destinations: {town: {}}\n"
      "arrivals: {drip: {every: 60 min, mix: {letter: 100 %}, to: {town: 100 %}, into: sort}}\n"
      "stations:\n"
      "  sort: {kind: manual, skill: sorting, positions: 3, rate: 60 items/h per agent, next: bay}\n"
      "  bay: {kind: bay}\n"
      "staff:\n"
      "  shifts: {day: {hours: \"06:00-14:00\"}}\n"
      "  teams: {day: {agents: 1, shift: day, skills: {sorting: 100 %}}}\n"
      "transport: {departures: {noon: {to: [town], at: \"12:00\"}}}\n"
      "run: {from: 2025-03-03, for: 2 days, seed: 1}\n");
  std::vector<std::string> told;
  for (const Move& move : standard_moves(*model)) told.push_back(move.subject + ": " + move.change);
  // A team of one is not sent home.
  CHECK((told == std::vector<std::string>{"team day: 1 agent more", "shifts of team day: 30 min earlier",
                                          "shifts of team day: 30 min later", "station sort: rate -10 %",
                                          "station sort: rate +10 %", "departure noon: 15 min earlier",
                                          "departure noon: 15 min later", "volume: 10 % less", "volume: 10 % more"}));
  const auto moves = standard_moves(*model);
  CHECK(moves[0].model->teams[0].agents == 2);
  CHECK(moves[1].model->teams[0].duties[0].span.from == 5 * hour + 30 * minute);
  CHECK(moves[5].model->departures[0].at[0] == 11 * hour + 45 * minute);
  CHECK(moves[4].model->stations[0].items_per_tick == Approx(1.1 * model->stations[0].items_per_tick));
}

TEST_CASE("Ranges of a sweep keep their unit") {
  Problems problems;
  const auto values = [&](const char* text) { return read_variation(text, problems).value_or(Variation{}).values; };
  CHECK((values("a.b=8..12/2") == std::vector<std::string>{"8", "10", "12"}));
  CHECK((values("a=30000..40000/5000 items/h") == std::vector<std::string>{"30000", "35000", "40000"}) == false);
  CHECK((values("a=30000 items/h..40000 items/h/5000 items/h") ==
         std::vector<std::string>{"30000 items/h", "35000 items/h", "40000 items/h"}));
  CHECK((values("a=30000..40000 items/h/5000") ==
         std::vector<std::string>{"30000 items/h", "35000 items/h", "40000 items/h"}));
  CHECK((values("a=05:30..06:30/00:30") == std::vector<std::string>{"05:30", "06:00", "06:30"}));
  CHECK((values("a=one, two") == std::vector<std::string>{"one", "two"}));
  CHECK((values("a=0.1..0.3/0.1") == std::vector<std::string>{"0.1", "0.2", "0.3"}));
}

TEST_CASE("A range that says nothing is told why") {
  const auto told = [](const char* text) {
    Problems problems;
    CHECK_FALSE(read_variation(text, problems));
    const auto all = problems.sorted();
    return all.empty() ? std::string() : all[0].message + "; " + all[0].help;
  };
  CHECK(told("agents") ==
        "\"agents\" does not say what takes which values; write for example staff.teams.night.agents=8..14/2");
  CHECK(told("a=8..14") == "the range has no step; write KEY=from..to/step, for example 8..14/2");
  CHECK(told("a=14..8/2") == "the range ends before it begins; write the smaller end first");
  CHECK(told("a=8..14/0") == "the step must be above 0; for example 8..14/2");
  CHECK(told("a=8 min..14 h/1 h") == "the range mixes units; give from, to and step in the same unit");
  CHECK(told("a=x..y/2") == "the ends of the range must be numbers or times of day; for example 8..14/2");
  CHECK(told("a=") == "there is no value after =; write KEY=8..14/2 or KEY=8, 10, 14");
  CHECK(told("a=0..1000000/1") == "the range has more than 10 000 values; take a larger step");
}

TEST_CASE("A Latin hypercube takes each value of each key equally often") {
  const std::vector<Variation> variations = {{"a", {"1", "2", "3", "4"}}, {"b", {"x", "y"}}};
  const auto points = latin_hypercube(variations, 8, 1);
  std::map<std::string, int> count;
  for (const Point& point : points)
    for (const auto& [key, value] : point) ++count[key + value];
  CHECK((count == std::map<std::string, int>{{"a1", 2}, {"a2", 2}, {"a3", 2}, {"a4", 2}, {"bx", 4}, {"by", 4}}));
  CHECK(grid(variations).size() == 8);
  CHECK((grid(variations)[1] == Point{{"a", "1"}, {"b", "y"}}));
}

TEST_CASE("A precision is a measure and a half-width in its unit") {
  const auto model = hourly("5 min");
  const auto measures = measures_of(*model);
  Problems problems;
  const auto p = read_precision("time_in_centre_minutes.mean:30 s", measures, "--precision", problems);
  REQUIRE(p);
  CHECK(p->half_width == Approx(0.5));
  CHECK(read_precision("on_time.share:0.5 %", measures, "--precision", problems)->half_width == Approx(0.005));
  CHECK(read_precision("in:relative 5 %", measures, "--precision", problems)->relative);
  const auto told = [&](const char* text) {
    Problems wrong;
    CHECK_FALSE(read_precision(text, measures, "--precision", wrong));
    const auto all = wrong.sorted();
    return all.empty() ? std::string() : all[0].message + "; " + all[0].help;
  };
  CHECK(told("in") ==
        "a precision is a measure and a half-width, not \"in\"; write for example letters:0.5 %, or "
        "time_in_centre_minutes.mean:relative 5 %");
  CHECK(told("on_tim.share:1 %") == "there is no measure on_tim.share; did you mean on_time.share?");
  CHECK(told("in:0") == "the half-width is \"0\"; it must be above 0; in is in items");
}
