// Do the intervals cover the truth as often as they say? 400 experiments each, judged by binomial bounds: at 95 % the
// number of covers has mean 380 and deviation 4.36, so fewer than 365 or more than 395 has a chance below 0.001. An
// interval that covered 90 % only (360) would fail.
#include <algorithm>
#include <cmath>

#include "experiment/experiment.hpp"
#include "small_models.hpp"
#include "stats/comparison.hpp"

using namespace mailflow;

namespace {

/// Of `experiments`, how many intervals cover the truth, for each measure named.
struct Truth {
  std::string measure;
  double value = 0;
  double quantile = 0;  ///< 0: the interval of the measure's kind; else of this quantile of the replications
};

std::vector<int> covers(const std::shared_ptr<const Model>& model, const std::vector<Truth>& truths, int experiments,
                        std::int64_t replications) {
  std::vector<int> counts(truths.size(), 0);
  const auto executor = thread_executor(0);
  for (int e = 0; e < experiments; ++e) {
    Experiment experiment(*executor, nullptr, 1000 + static_cast<std::uint64_t>(e), {});
    const std::size_t s = experiment.add("", model, "");
    experiment.extend({s}, replications);
    for (std::size_t t = 0; t < truths.size(); ++t) {
      Problems problems;
      const auto m = find_measure(truths[t].measure, experiment.measures(s), "", problems);
      REQUIRE(m);
      const auto values = experiment.values(s, *m, replications);
      const Interval i = truths[t].quantile > 0 ? quantile_interval(values, truths[t].quantile, 0.95)
                                                : measure_interval(experiment.measures(s)[*m], values, 0.95);
      counts[t] += i.low <= truths[t].value && truths[t].value <= i.high ? 1 : 0;
    }
  }
  return counts;
}

/// Bounds 3.4 deviations from 95 % of the experiments.
bool as_often_as_said(int covered, int experiments) {
  const double deviation = std::sqrt(experiments * 0.95 * 0.05);
  return std::fabs(covered - 0.95 * experiments) <= 3.4 * deviation;
}
bool at_least_as_often(int covered, int experiments) {
  return covered >= 0.95 * experiments - 3.4 * std::sqrt(experiments * 0.95 * 0.05);
}

const int experiments = std::max(40, static_cast<int>(400 * test_scale()));

}  // namespace

TEST_CASE("Replications of M/M/1 cover its mean time and its 95 % quantile") {
  // load 0.5, one a second served: mean time 2 s, P(T > t) = exp(-t / 2), 95 % within 2 ln 20 = 5.99146 s
  const auto model = model_of(
      "products: {letter: {lot: 1 item}}\n"
      "arrivals: {mail: {rate: 0.5 items/s, mix: {letter: 100 %}, into: desk}}\n"
      "stations: {desk: {kind: machine, service: exponential(1 s), next: out}}\n"
      "run: {from: 2025-03-03, for: 1 day, warm_up: 22 h, seed: 1}\n");
  Model shorter = *model;  // 10 minutes of warm-up (300 relaxation times) and 80 minutes judged
  shorter.warm_up = 10 * minute;
  shorter.end = 90 * minute;
  const auto counts =
      covers(std::make_shared<const Model>(shorter),
             {{"time_in_centre_minutes.mean", 2.0 / 60, 0}, {"time_in_centre_minutes.p95", 2 * std::log(20.0) / 60, 0}},
             experiments, 20);
  CAPTURE(counts, experiments);
  CHECK(as_often_as_said(counts[0], experiments));
  CHECK(as_often_as_said(counts[1], experiments));
}

TEST_CASE("Replications of a day's load cover its mean, its quantile between days and its share of good days") {
  // A van at 08:00 with a Poisson number of letters of mean 20; one a minute is sorted, due at 08:20. The k-th is done
  // k minutes past eight, so a day with N letters is at least 95 % on time when 20 / N >= 0.95, that is N <= 21: P(N <=
  // 21) = 0.643698. A run of 5 days brings 100 letters in the mean; the 90 % quantile of Poisson(100) is 113.
  const auto model = model_of(
      "products: {letter: {lot: 1 item, due: J+0 08:20}}\n"
      "arrivals: {van: {at: [\"08:00\"], items: {letter: poisson(20)}, into: sort}}\n"
      "stations: {sort: {kind: machine, rate: 60 items/h, next: out}}\n"
      "targets: {good: {measure: on time, at_least: 95 %}}\n"
      "run: {from: 2025-03-03, for: 5 days, seed: 1}\n");
  const auto counts =
      covers(model, {{"in", 100, 0}, {"targets.good.days_met_share", 0.6436976, 0}, {"in", 113, 0.9}}, experiments, 20);
  CAPTURE(counts, experiments);
  CHECK(as_often_as_said(counts[0], experiments));
  CHECK(as_often_as_said(counts[1], experiments));
  CHECK(at_least_as_often(counts[2], experiments));  // order statistics of whole numbers cover more often
}

TEST_CASE("Two scenarios that are the same by law are called different no more often than the level") {
  // Two stations of the same law under other names draw from streams of their own; three measures judged together.
  const auto executor = thread_executor(0);
  int claimed = 0;
  for (int e = 0; e < experiments; ++e) {
    Experiment experiment(*executor, nullptr, 5000 + static_cast<std::uint64_t>(e), {});
    const std::size_t a = experiment.add("a", hourly("5 min", "here"), "");
    const std::size_t b = experiment.add("b", hourly("5 min", "there"), "");
    experiment.extend({a, b}, 10);
    std::vector<Difference> found;
    for (const char* name :
         {"time_in_centre_minutes.mean", "time_in_centre_minutes.p50", "time_in_centre_minutes.max"}) {
      Problems problems;
      const auto m = find_measure(name, experiment.measures(a), "", problems);
      found.push_back(difference(experiment.measures(a)[*m].better, experiment.values(a, name, 10),
                                 experiment.values(b, name, 10), 0.95, 0));
    }
    judge_together({&found[0], &found[1], &found[2]}, 0.95);
    claimed +=
        std::any_of(found.begin(), found.end(), [](const Difference& d) { return d.verdict != Verdict::cannot_tell; });
  }
  CAPTURE(claimed, experiments);
  CHECK(claimed <= 0.05 * experiments + 3.4 * std::sqrt(experiments * 0.95 * 0.05));
  CHECK(claimed > 0);
}
