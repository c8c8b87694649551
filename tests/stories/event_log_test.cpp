// The event log of every story and of the larger scenarios adds up to the ledger of causes.
#include <catch2/catch.hpp>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "centre/event_log_sum.hpp"
#include "scenario/load.hpp"

namespace mailflow {
namespace {

namespace fs = std::filesystem;
const fs::path source = MAILFLOW_SOURCE_DIR;

std::string differences(const fs::path& file, const LoadOptions& options = {}) {
  Problems problems;
  const std::optional<Model> model = load_model(file.string(), options, problems);
  if (!model) return problems.text();
  EventLogSum sum(*model);
  RunOptions run;
  run.seed = model->seed;
  run.events = &sum;
  return sum.differences(simulate(*model, run));
}

TEST_CASE("the event log of every story adds up to the causes") {
  std::set<fs::path> stories;
  for (const auto& entry : fs::directory_iterator(source / "tests" / "stories"))
    if (entry.path().extension() == ".yaml") stories.insert(entry.path());
  CHECK(stories.size() > 70);
  for (const fs::path& story : stories) {
    INFO(story.filename());
    CHECK(differences(story) == "");
  }
}

TEST_CASE("the event log of larger centres adds up to the causes") {
  LoadOptions nine_days;  // a week of them is Noumea's warm-up
  nine_days.until_day = 9;
  for (const char* file :
       {"scenarios/tutorial/1-one-table.yaml", "scenarios/tutorial/2-people.yaml",
        "scenarios/tutorial/3-a-machine.yaml", "scenarios/tutorial/4-departures.yaml",
        "scenarios/reference/every-key.yaml", "scenarios/noumea/today.yaml", "scenarios/noumea/after-a-disruption.yaml",
        "tests/cli/clockwork.yaml", "tests/centre/all-that-splits.yaml"}) {
    INFO(file);
    CHECK(differences(source / file, nine_days) == "");
  }
}

TEST_CASE("the event log of a busy centre adds up to the causes, whatever the draws") {
  LoadOptions options;
  for (options.seed = 1; *options.seed <= 20; ++*options.seed) {
    INFO("seed " << *options.seed);
    CHECK(differences(source / "tests/centre/all-that-splits.yaml", options) == "");
  }
}

TEST_CASE("the event log of a run that goes on from a kept situation adds up to the causes") {
  for (const char* file : {"tests/cli/clockwork.yaml", "tests/centre/all-that-splits.yaml"}) {
    Problems problems;
    const std::optional<Model> model = load_model((source / file).string(), {}, problems);
    REQUIRE(model);
    for (Ticks at = 26 * hour + 7 * minute; at < model->end; at += 3 * hour + 41 * minute) {
      INFO(file << ", minute " << at / minute);
      Model rest = *model;
      RunOptions first;
      first.situation = &rest.situation;
      first.situation_at = at;
      simulate(*model, first);
      EventLogSum sum(rest);
      RunOptions run;
      run.events = &sum;
      CHECK(sum.differences(simulate(rest, run)) == "");
    }
  }
}

/// Keeps the rows of one activity to itself.
class Losing : public EventSink {
 public:
  Losing(EventLogSum& sum, std::string activity) : sum_(sum), activity_(std::move(activity)) {}
  void on(const LotEvent& event) override {
    if (event.activity != activity_) sum_.on(event);
  }
  void booked(const BookedTime& time) override { sum_.booked(time); }

 private:
  EventLogSum& sum_;
  std::string activity_;
};

TEST_CASE("an event log that loses rows is told apart") {
  Problems problems;
  const auto model = load_model((source / "tests/stories/conveyor-blocked.yaml").string(), {}, problems);
  REQUIRE(model);
  for (const char* activity : {"wait", "blocked", "move", "process"}) {
    INFO(activity);
    EventLogSum sum(*model);
    Losing losing(sum, activity);
    RunOptions run;
    run.events = &losing;
    const std::string found = sum.differences(simulate(*model, run));
    CHECK(found.find(" item-ticks, causes of ") != std::string::npos);
    CHECK(found.find("no row tells of ") != std::string::npos);
  }
}

}  // namespace
}  // namespace mailflow
