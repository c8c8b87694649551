// The exact figures of queueing theory lie inside the simulation's own 99 % intervals, through the public command.
//
// Each test runs the scenarios of one family of cases.cpp, one seed (1), a million items or more each, and holds every
// figure against theory and every station against Little's law. A figure may fall outside its interval by chance once
// in a hundred seeds: before that is believed, [.seeds] runs every case with 20 seeds. [.table] prints the cases as
// Markdown.
//
//   mailflow_tests_theory "[.table]"
#include <fmt/core.h>

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>

#include "cases.hpp"

namespace mailflow::theory {

namespace {

constexpr std::int64_t a_million = 1'000'000;

/// The interval at 99.9 %, for shortened runs.
double half_width_999(const Measured& m) {
  const boost::math::students_t t(static_cast<double>(m.batches - 1));
  return m.half_width_99 * quantile(t, 0.9995) / quantile(t, 0.995);
}

void require_littles_law(const Experiment& run) {
  for (const auto& [name, station] : run.results().at("stations").items()) {
    INFO("Little's law at " << name);
    CHECK(station.at("little_residual").get<double>() < 1e-9);
  }
}

void require_theory(const Case& c, const Experiment& run) {
  const double theory = c.theory;
  const Measured m = c.figure(run);
  INFO(c.scenario << ", " << c.what << ": theory " << theory << ", simulated " << m.value << " ± " << m.half_width_99);
  if (c.tolerance > 0) {
    CHECK(std::abs(m.value - theory) <= c.tolerance * theory);
  } else if (scale() < 1) {
    if (m.batches > 1) CHECK(std::abs(m.value - theory) <= half_width_999(m));
  } else {
    REQUIRE(m.half_width_99 > 0);
    CHECK(std::abs(m.value - theory) <= m.half_width_99);
    CHECK(m.half_width_99 <= c.widest * theory);
    CHECK(std::max(m.items, run.items()) >= a_million);
  }
}

void require_family(const std::string& family) {
  std::map<std::string, std::vector<Case>> by_scenario;
  for (Case& c : cases()) {
    if (c.family == family) by_scenario[c.scenario].push_back(std::move(c));
  }
  REQUIRE(!by_scenario.empty());
  for (const auto& [scenario, rows] : by_scenario) {
    const Experiment run(scenario);
    require_littles_law(run);
    for (const Case& c : rows) require_theory(c, run);
  }
}

}  // namespace

TEST_CASE("one exponential desk keeps the waits of M/M/1") { require_family("M/M/1"); }
TEST_CASE("the times at one exponential desk are spread as in M/M/1") { require_family("M/M/1 quantiles"); }
TEST_CASE("several exponential desks keep the waits of M/M/c") { require_family("M/M/c"); }
TEST_CASE("machines of constant pace keep the waits of M/D/1 and M/D/c") { require_family("M/D/1 and M/D/c"); }
TEST_CASE("any law of service keeps the waits of M/G/1") { require_family("M/G/1"); }
TEST_CASE("priorities keep Cobham's waits") { require_family("Priorities"); }
TEST_CASE("agents who share stations keep the waits of M/M/c") { require_family("Agents who share stations"); }
TEST_CASE("breakdowns at work and at any time keep their formulas") { require_family("Breakdowns"); }
TEST_CASE("machines go round between running and repair as Palm has it") { require_family("Machine repair"); }
TEST_CASE("set-ups between products cost what theory says") { require_family("Set-up"); }
TEST_CASE("networks with rework keep Jackson's contents") { require_family("Jackson networks"); }
TEST_CASE("mail that recirculates makes a geometric number of laps") { require_family("Recirculation"); }
TEST_CASE("a job shop is as busy as its traffic equations") { require_family("Job shop"); }
TEST_CASE("the content without queueing follows the arrivals by the hour") { require_family("M(t)/G/inf"); }
TEST_CASE("finite buffers block as the exact chains do") { require_family("Finite buffers"); }
TEST_CASE("mail in lots waits as bulk queues do") { require_family("Lots"); }
TEST_CASE("runs without chance are as the areas under the curves") { require_family("Fluids"); }

TEST_CASE("formulas agree with published figures") {
  for (const Case& c : cases()) {
    if (c.published_as.empty()) continue;
    INFO(c.what << " against " << c.published_as);
    CHECK(c.theory == Approx(c.published_value).epsilon(1e-8));
  }
}

TEST_CASE("every theory scenario has its cases and every case its test") {
  std::set<std::string> told;
  for (const Case& c : cases()) told.insert(c.scenario);
  std::set<std::string> there;
  for (const auto& file : std::filesystem::directory_iterator(MAILFLOW_SOURCE_DIR "/tests/theory/scenarios")) {
    if (file.path().extension() == ".yaml") there.insert(file.path().stem());
  }
  CHECK(told == there);
}

TEST_CASE("the intervals cover the exact figure as often as they say") {
  const int runs = std::max(40, static_cast<int>(200 * scale()));
  struct Claim {
    const char* what;
    Figure figure;
    double theory;
    int missed_99 = 0;
    int missed_95 = 0;
    int given = 0;
  };
  std::vector<Claim> claims{{"wait", wait_at("desk"), 0.7 / 0.3},
                            {"content", content_of("desk"), 0.7 / 0.3},
                            {"time in the centre", time_of_all(), 1 / 0.3}};
  for (int seed = 1; seed <= runs; ++seed) {
    const Experiment run("mm1-short", seed);
    for (Claim& claim : claims) {
      const Measured m = claim.figure(run);
      if (m.batches < 2) continue;
      ++claim.given;
      const boost::math::students_t t(static_cast<double>(m.batches - 1));
      const double off = std::abs(m.value - claim.theory);
      if (off > m.half_width_99) ++claim.missed_99;
      if (off > m.half_width_99 * quantile(t, 0.975) / quantile(t, 0.995)) ++claim.missed_95;
    }
  }
  const boost::math::binomial misses_99(runs, 0.01);
  const boost::math::binomial misses_95(runs, 0.05);
  for (const Claim& claim : claims) {
    // Two days of 120 960 letters tell their waits; of 48 hours' contents they are too short to tell.
    if (scale() == 1) CHECK(claim.given == (claim.what == std::string("content") ? 0 : runs));
    if (claim.given == 0) continue;
    INFO(claim.what << ": of " << runs << " intervals missed " << claim.missed_99 << " at 99 %, " << claim.missed_95
                    << " at 95 %");
    CHECK(claim.missed_99 <= quantile(misses_99, 0.999));
    CHECK(claim.missed_95 <= quantile(misses_95, 0.999));
    if (scale() == 1) CHECK(claim.missed_95 > 0);
  }
}

TEST_CASE("the table of theory and simulation", "[.table]") {
  fmt::print(
      "| Case | Formula, source | Theory | Simulated | 99 % interval | Items |\n|---|---|---:|---:|---:|---:|\n");
  std::map<std::string, Experiment> runs;
  for (const Case& c : cases()) {
    const Experiment& run = runs.try_emplace(c.scenario, c.scenario).first->second;
    const Measured m = c.figure(run);
    const std::string unit = c.unit.empty() ? "" : " " + c.unit;
    const std::string interval =
        c.tolerance > 0 ? "no chance"
                        : fmt::format("{:.5g} to {:.5g}", m.value - m.half_width_99, m.value + m.half_width_99);
    fmt::print("| {} | {} | {:.5g}{} | {:.5g} | {} | {:.3g} million |\n", c.what, c.source, c.theory, unit, m.value,
               interval, static_cast<double>(m.items) / 1e6);
  }
}

// What to run before a figure outside its interval is taken for bad luck. MAILFLOW_TEST_SCALE shortens it.
TEST_CASE("the table over 20 seeds", "[.seeds]") {
  constexpr int seeds = 20;
  std::map<std::string, std::vector<Case>> by_scenario;
  for (Case& c : cases()) {
    if (c.tolerance == 0 && c.family != "M/M/1 quantiles") by_scenario[c.scenario].push_back(std::move(c));
  }
  int all = 0;
  int all_missed = 0;
  for (const auto& [scenario, rows] : by_scenario) {
    std::vector<int> missed(rows.size());
    std::vector<std::vector<double>> off(rows.size());
    for (int seed = 1; seed <= seeds; ++seed) {
      const Experiment run(scenario, seed);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        const Measured m = rows[i].figure(run);
        off[i].push_back(m.value / rows[i].theory - 1);
        if (std::abs(m.value - rows[i].theory) > m.half_width_99) ++missed[i];
      }
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Measured bias = over(off[i]);
      all += seeds;
      all_missed += missed[i];
      fmt::print("{:22} {:60} missed {:2} of {}, off by {:+.3f} % ± {:.3f} %\n", scenario, rows[i].what, missed[i],
                 seeds, 100 * bias.value, 100 * bias.half_width_99);
      CHECK(missed[i] <= 3);
      CHECK(std::abs(bias.value) <= 1.5 * bias.half_width_99);
    }
  }
  fmt::print("missed {} of {}\n", all_missed, all);
}

}  // namespace mailflow::theory
