// What is said of a plan that is not there, on figures made by hand.
#include <catch2/catch.hpp>

#include "report/plan_report.hpp"

using namespace mailflow;

namespace {

/// 20 replications of the most agents permitted: 95.5 % on average, with a half-width of 1.5 points.
PlanReport at_most(double wanted, const std::string& status) {
  PlanReport report;
  report.scenario = "Small";
  report.currency = "EUR";
  report.status = status;
  report.replications = 20;
  PlanTarget prompt;
  prompt.measure = {"targets.prompt.value", {"À temps", "In time"}, "share"};
  prompt.wanted = "at least so much";
  prompt.bound = wanted;
  prompt.plan.n = 20;
  prompt.plan.estimate = 0.955;
  prompt.plan.low = 0.94;
  prompt.plan.high = 0.97;
  prompt.missed = wanted > prompt.plan.high;
  prompt.helped = true;
  PlanTarget cheap = prompt;
  cheap.measure = {"targets.cheap.value", {"Coût", "Cost"}, "share"};
  cheap.missed = true;
  cheap.helped = false;
  report.targets = {prompt, cheap};
  return report;
}

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("what even the most agents miss is impossible; what agents do not help is no reason") {
  const std::string text = plan_text(at_most(0.99, "impossible"));
  INFO(text);
  CHECK(says(text, "Impossible: no permitted plan keeps every target"));
  CHECK(says(text, "MISSED"));
  CHECK(says(text, "In time"));
  CHECK_FALSE(says(text, "Cost"));
}

TEST_CASE("an interval that holds the bound is no miss: how many replications would tell is said") {
  const std::string text = plan_text(at_most(0.95, "not shown"));
  INFO(text);
  CHECK(says(text, "20 replications do not show any permitted plan to keep every target"));
  CHECK(says(text, "not shown"));
  CHECK_FALSE(says(text, "MISSED"));
  CHECK_FALSE(says(text, "Impossible"));
  // a third of the width, 0.5 points, takes nine times as many
  CHECK(says(text, "about --replications 180 would tell"));
}
