// What a sensitivity says of moves that save, on figures made by hand.
#include "report/improvements.hpp"

#include <catch2/catch.hpp>

#include "core/words.hpp"

using namespace mailflow;

namespace {

Difference change(double estimate, double low, double high, Verdict verdict) {
  Difference d;
  d.paired.n = 20;
  d.paired.estimate = estimate;
  d.paired.low = d.judged_low = low;
  d.paired.high = d.judged_high = high;
  d.verdict = verdict;
  return d;
}

Interval mean(double estimate) {
  Interval i;
  i.n = 20;
  i.estimate = i.low = i.high = estimate;
  return i;
}

/// Letters are at 97 %, of which 95 % are wanted; 40 items are left over, of which 30 may be.
SensitivityReport two_targets() {
  SensitivityReport report;
  report.scenario = "Small";
  report.currency = "EUR";
  report.replications = 20;
  report.cost_now = 1000;
  report.targets = {{"targets.letters.value", {"Lettres", "Letters"}, "share"},
                    {"targets.left.value", {"Reste", "Left over"}, "items"}};
  report.wanted = {{0.95, true, "at least 95.0 %"}, {30, false, "at most 30 items"}};
  report.now = {mean(0.97), mean(40)};
  report.at_least = {false, false};
  return report;
}

/// One agent fewer, which saves 100 of 1,000.
MoveReport fewer(const std::string& team, const Difference& letters, const Difference& left) {
  return {{"", team}, {"", "1 agent fewer"}, false, {letters, left}, change(-100, -110, -90, Verdict::better)};
}

const Difference nothing_changes = change(0, 0, 0, Verdict::same);  // NOLINT(cert-err58-cpp)

}  // namespace

TEST_CASE("a move saves safely where the worst that is left open loses no target") {
  const SensitivityReport report = two_targets();
  // 97 % less 1.5 points at the worst is 95.5 %; less 2.5 it would be 94.5 %
  CHECK(saving_of(report, fewer("day", change(-0.005, -0.015, 0.005, Verdict::cannot_tell), nothing_changes)) ==
        Saving::safe);
  CHECK(saving_of(report, fewer("eve", change(-0.005, -0.025, 0.015, Verdict::cannot_tell), nothing_changes)) ==
        Saving::unproven);
  // what is missed already must not be missed by more: of items, more is worse
  CHECK(saving_of(report, fewer("night", nothing_changes, change(1, -2, 4, Verdict::cannot_tell))) == Saving::unproven);
  CHECK(saving_of(report, fewer("dawn", nothing_changes, change(-3, -4, -2, Verdict::better))) == Saving::safe);
  CHECK(saving_of(report, fewer("noon", change(-0.01, -0.012, -0.008, Verdict::worse), nothing_changes)) ==
        Saving::none);
}

TEST_CASE("what costs more, or is no change of the organisation, saves nothing") {
  const SensitivityReport report = two_targets();
  MoveReport dearer = fewer("day", nothing_changes, nothing_changes);
  dearer.cost = change(100, 90, 110, Verdict::worse);
  CHECK(saving_of(report, dearer) == Saving::none);
  MoveReport volume = fewer("volume", nothing_changes, nothing_changes);
  volume.of_volume = true;
  CHECK(saving_of(report, volume) == Saving::none);
}

TEST_CASE("savings that are proven stand apart from those that are not, which name the target they may lose") {
  SensitivityReport report = two_targets();
  report.moves = {fewer("Day", change(-0.005, -0.015, 0.005, Verdict::cannot_tell), nothing_changes),
                  fewer("Evening", change(-0.005, -0.025, 0.015, Verdict::cannot_tell), nothing_changes)};
  const std::string text = sensitivity_text(report, 5);
  INFO(text);
  const auto safe = text.find("Saves, and keeps every target even at the worst");
  const auto open = text.find("Saves, but 20 replications do not tell whether a target is lost");
  REQUIRE(safe != std::string::npos);
  REQUIRE(open != std::string::npos);
  CHECK(text.substr(safe, open - safe).find("Day: 1 agent fewer") != std::string::npos);
  CHECK(text.substr(safe, open - safe).find("Evening") == std::string::npos);
  CHECK(text.find("Letters: at the worst -2.50 points", open) != std::string::npos);
}
