// What a run that lasts says of how far it is.
#include "report/patience.hpp"

#include <catch2/catch.hpp>

#include "scenario/load.hpp"

namespace mailflow {
namespace {

TEST_CASE("a run that lasts says how far it is after a while, and again when five times as long has gone by") {
  Problems problems;
  // 35 days from 2025-03-03
  const auto model = load_model(std::string(MAILFLOW_SOURCE_DIR) + "/scenarios/noumea/today.yaml", {}, problems);
  REQUIRE(model);
  Patience patience(*model, "the run is at {}", 10);
  CHECK(patience.words(day, 9.9).empty());
  CHECK(patience.words(7 * day, 10) == "mailflow: the run is at 2025-03-10 00:00: 20 % of the run, about 40 s to go\n");
  CHECK(patience.words(8 * day, 49).empty());
  CHECK(patience.words(14 * day, 60) ==
        "mailflow: the run is at 2025-03-17 00:00: 40 % of the run, about 90 s to go\n");
  CHECK(patience.words(14 * day, 249).empty());
  CHECK(patience.words(0, 251) == "mailflow: the run is at 2025-03-03 00:00: it may take days\n");
}

}  // namespace
}  // namespace mailflow
