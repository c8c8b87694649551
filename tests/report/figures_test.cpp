// "Any path of results.json is a measure": of runs that have every key, each number that stands in no list is a measure
// of that name with that value, and null where that is NaN.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "centre/simulate.hpp"
#include "metrics/measure.hpp"
#include "report/results_json.hpp"
#include "scenario/load.hpp"

namespace mailflow {
namespace {

using Numbers = std::map<std::string, nlohmann::json>;

void add_numbers(const nlohmann::json& value, const std::string& path, Numbers& found) {
  if (value.is_object()) {
    for (const auto& [key, inner] : value.items()) add_numbers(inner, path.empty() ? key : path + "." + key, found);
  } else if (value.is_number() || value.is_null()) {
    found[path] = value;
  }
}

TEST_CASE("every number of results.json is a measure of the same name and value") {
  Problems problems;
  const auto model = load_model(std::string(MAILFLOW_SOURCE_DIR) + "/scenarios/reference/every-key.yaml", {}, problems);
  REQUIRE(model);
  const Results results = simulate(*model, RunOptions{});
  Numbers numbers;
  add_numbers(nlohmann::json::parse(results_json(*model, results)), "", numbers);
  for (const char* not_measured : {"format", "run.seed", "run.replication", "scenario.from_state"})
    numbers.erase(not_measured);
  CHECK(numbers.size() > 500);
  std::map<std::string, double> values;
  const std::vector<Measure> measures = measures_of(*model);
  const std::vector<double> observed = observe(*model, results);
  REQUIRE(measures.size() == observed.size());
  for (std::size_t m = 0; m < measures.size(); ++m) CHECK(values.emplace(measures[m].name, observed[m]).second);
  std::vector<std::string> other;
  for (const auto& [path, value] : numbers) {
    const auto found = values.find(path);
    if (found == values.end())
      other.push_back(path + " is no measure");
    else if (value.is_null() ? !std::isnan(found->second) : value.get<double>() != found->second)
      other.push_back(path + " is " + value.dump() + " and measured " + std::to_string(found->second));
  }
  CHECK(other == std::vector<std::string>{});
}

}  // namespace
}  // namespace mailflow
