#include "experiment/selection.hpp"

#include <cmath>

#include "small_models.hpp"

using namespace mailflow;

TEST_CASE("The best of four is chosen at least as often as promised where it is hardest") {
  // The slippage configuration: 5 min against three times 5.5 min, the indifference zone half a minute, each station
  // with streams of its own (the worst case for the procedure) and with common ones.
  const int trials = std::max(20, static_cast<int>(200 * test_scale()));
  const auto executor = thread_executor(0);
  for (const bool common : {false, true}) {
    std::vector<std::shared_ptr<const Model>> models;
    for (int k = 0; k < 4; ++k)
      models.push_back(hourly(k == 2 ? "5 min" : "5.5 min", common ? "sort" : "sort" + std::to_string(k)));
    int right = 0;
    for (int trial = 0; trial < trials; ++trial) {
      Experiment experiment(*executor, nullptr, 9000 + static_cast<std::uint64_t>(trial), {});
      std::vector<std::size_t> scenarios;
      for (int k = 0; k < 4; ++k)
        scenarios.push_back(experiment.add(std::to_string(k), models[static_cast<std::size_t>(k)], ""));
      Problems problems;
      const auto m = find_measure("time_in_centre_minutes.mean", experiment.measures(0), "", problems);
      const Selection s = select_best(experiment, scenarios, experiment.measures(0)[*m], {0.95, 0.5, 10, 100000});
      REQUIRE(s.certain);
      right += s.best == 2 ? 1 : 0;
    }
    CAPTURE(common, right, trials);
    CHECK(right >= 0.95 * trials - 3.4 * std::sqrt(trials * 0.95 * 0.05));
  }
}

TEST_CASE("Clear losers are dropped at the first look and cost no more runs") {
  const auto executor = thread_executor(2);
  Experiment experiment(*executor, nullptr, 7, {});
  std::vector<std::size_t> scenarios;
  for (const char* mean : {"20 min", "5 min", "15 min"}) scenarios.push_back(experiment.add(mean, hourly(mean), ""));
  Problems problems;
  const auto m = find_measure("time_in_centre_minutes.mean", experiment.measures(0), "", problems);
  const Selection s = select_best(experiment, scenarios, experiment.measures(0)[*m], {0.95, 2, 10, 1000});
  CHECK(s.best == 1);
  CHECK(s.dropped_at[0] == 10);
  CHECK(s.dropped_at[1] == 0);
  CHECK(s.certain);
}

TEST_CASE("Of equal scenarios the first is kept, and nothing runs for ever") {
  const auto executor = thread_executor(2);
  Experiment experiment(*executor, nullptr, 7, {});
  std::vector<std::size_t> scenarios = {experiment.add("a", hourly("5 min"), ""),
                                        experiment.add("b", hourly("5 min"), "")};
  Problems problems;
  const auto m = find_measure("time_in_centre_minutes.mean", experiment.measures(0), "", problems);
  const Selection s = select_best(experiment, scenarios, experiment.measures(0)[*m], {0.95, 1, 10, 100});
  CHECK(s.best == 0);
  CHECK(s.certain);
  CHECK(experiment.run() == 10);  // one model, replicated once
}
