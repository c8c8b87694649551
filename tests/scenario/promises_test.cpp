// What a run holds itself to, whatever model it is given.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "centre/simulate.hpp"
#include "scenario/load.hpp"

namespace mailflow {
namespace {

/// 100 items at 600 an hour take 10 min; 4 of them are over.
const std::string in_hand = R"(mailflow: 1
centre: {name: Hub, timezone: UTC}
products: {letter: {lot: 100 items}}
arrivals: {a: {at: "12:00", items: {letter: 1}, into: sort}}
stations: {sort: {kind: machine, rate: 600 items/h, next: out}}
run: {from: 2025-03-03, for: 1 day}
situation:
  at: "2025-03-03 10:00"
  mail: [{at: sort, product: letter, items: 100, position: 1, left: 6 min, worked: 4 min, takes: 10 min}]
)";

TEST_CASE("a run whose causes have less time than none is no run") {
  namespace fs = std::filesystem;
  const auto path = fs::temp_directory_path() / ("mailflow-promises-" + std::to_string(::getpid()) + ".yaml");
  std::ofstream(path) << in_hand;
  Problems problems;
  auto model = load_model(path.string(), {}, problems);
  fs::remove(path);
  INFO(problems.text());
  REQUIRE(model);
  CHECK_NOTHROW(simulate(*model, {}));
  model->situation.mail[0].takes = second;  // no file may say so: it contradicts what is left
  CHECK_THROWS_WITH(simulate(*model, {}), Catch::Contains("time less than none: at station sort"));
}

}  // namespace
}  // namespace mailflow
