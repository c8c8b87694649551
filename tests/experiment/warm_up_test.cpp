#include "experiment/warm_up.hpp"

#include "small_models.hpp"

using namespace mailflow;

TEST_CASE("The warm-up found is about as long as the centre takes to fill") {
  // M/G/inf: items stay exactly 30 h on a conveyor, so the content climbs for 30 h and is steady from then on.
  const auto model = model_of(
      "products: {letter: {lot: 1 item}}\n"
      "arrivals: {mail: {rate: 100 items/h, mix: {letter: 100 %}, into: belt}}\n"
      "stations: {belt: {kind: conveyor, takes: 30 h, next: out}}\n"
      "run: {from: 2025-03-03, for: 14 days, seed: 1}\n");
  const auto found = find_warm_up(*model, 1);
  REQUIRE(found);
  CHECK(*found >= 25 * hour);
  CHECK(*found <= 60 * hour);  // the content stays correlated over another 30 h
}

TEST_CASE("A queue that grows for ever has no warm-up to be found") {
  const auto model = model_of(
      "products: {letter: {lot: 1 item}}\n"
      "arrivals: {mail: {rate: 100 items/h, mix: {letter: 100 %}, into: desk}}\n"
      "stations: {desk: {kind: machine, rate: 50 items/h, next: out}}\n"
      "run: {from: 2025-03-03, for: 14 days, seed: 1}\n");
  CHECK_FALSE(find_warm_up(*model, 1));
}
