// A plan within the day that is stopped: whenever that is, what it shows has been run.
#include "planning/within_day.hpp"

#include <algorithm>
#include <cmath>

#include "planning/small_plan.hpp"

namespace mailflow {
namespace {

/// Gives up after so many replications, as the cores do when they are asked to stop.
class StopsAfter : public Executor {
 public:
  explicit StopsAfter(std::size_t replications) : left_(replications) {}

  std::size_t width() const override { return 1; }
  std::vector<Observation> run(const std::vector<Task>& tasks, const Done& done) override {
    std::vector<Observation> all;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
      if (left_ == 0) throw ExperimentStopped();
      --left_;
      ++run_;
      all.push_back(run_task(tasks[i]));
      done(i, all.back());
    }
    return all;
  }
  std::size_t has_run() const { return run_; }

 private:
  std::size_t left_, run_ = 0;
};

/// The night of the plan within the day (tests/cli/plan_test.cpp), with more letters by chance.
const std::string of_the_night = R"(products: {letter: {lot: 10 items}}
arrivals: {post: {rate: 10 items/h, mix: {letter: 100 %}, into: table}}
stations:
  table: {kind: manual, skill: sorting, positions: 4, rate: 60 items/h per agent, next: bay}
  bay: {kind: bay}
staff:
  shifts: {night: {hours: "22:00-06:00"}}
  teams: {sorters: {agents: 2, shift: night, skills: {sorting: 100 %}, cost: 10 EUR/h}}
transport: {departures: {van: {to: all, at: "05:05"}}}
targets: {prompt: {measure: on time, at_least: 100 %}}
run: {from: 2025-03-03, for: 8 h}
situation:
  at: "2025-03-03 02:00"
  mail: [{at: table, product: letter, items: 280, since: "01:00", due: "05:30"}]
  teams: {sorters: {present: 1, absent: 1}}
)";

TEST_CASE("a plan within the day that is stopped shows what has been run of it, after any number of runs") {
  const Scenario asked = loaded(of_the_night);
  WithinDayOptions options;
  options.tried = 2;
  options.proved = 4;
  StopsAfter never(SIZE_MAX);
  Experiment whole(never, nullptr, asked.model.seed, {});
  const WithinDayPlan all = plan_within_day(asked.model, asked.within_day, whole, options);
  CHECK_FALSE(all.stopped);
  REQUIRE_FALSE(all.moves.empty());
  bool found_early = false;
  for (std::size_t n = 0; n < never.has_run(); ++n) {
    INFO(n << " of " << never.has_run());
    StopsAfter executor(n);
    Experiment experiment(executor, nullptr, asked.model.seed, {});
    const WithinDayPlan plan = plan_within_day(asked.model, asked.within_day, experiment, options);
    CHECK(plan.stopped);
    CHECK(plan.scenarios.empty() == (n < 2));
    if (plan.scenarios.empty()) continue;
    REQUIRE(plan.scenarios.size() == plan.moves.size() + 1);
    for (const std::size_t s : plan.scenarios) {
      const auto values = losses(experiment, s, plan.replications);
      CHECK(std::none_of(values.begin(), values.end(), [](double v) { return std::isnan(v); }));
    }
    CHECK(plan.loss_after <= plan.loss_before);
    found_early = found_early || !plan.moves.empty();
  }
  CHECK(found_early);
}

}  // namespace
}  // namespace mailflow
