// Small models for the tests of experiments, written as planners write them.
#pragma once

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "scenario/load.hpp"

inline std::shared_ptr<const mailflow::Model> model_of(const std::string& yaml) {
  static int number = 0;
  const auto path = std::filesystem::temp_directory_path() /
                    ("mailflow-experiment-" + std::to_string(getpid()) + "-" + std::to_string(++number) + ".yaml");
  std::ofstream(path) << "mailflow: 1\ncentre: {name: Small, working_days: Mon-Sun}\n" << yaml;
  mailflow::Problems problems;
  auto model = mailflow::load_model(path.string(), {}, problems);
  std::filesystem::remove(path);
  INFO(problems.text());
  REQUIRE(model.has_value());
  return std::make_shared<const mailflow::Model>(std::move(*model));
}

/// A share of the experiments that a test makes: 1, or less under the sanitizers.
inline double test_scale() {
  const char* scale = std::getenv("MAILFLOW_TEST_SCALE");  // NOLINT(concurrency-mt-unsafe)
  return scale == nullptr ? 1 : std::strtod(scale, nullptr);
}

/// Items one an hour, each handled for an exponential time of the mean given, so short that they never meet.
inline std::shared_ptr<const mailflow::Model> hourly(const std::string& mean, const std::string& station = "sort") {
  return model_of("products: {letter: {lot: 1 item}}\narrivals:\n  drip: {every: 60 min, mix: {letter: 100 %}, into: " +
                  station + "}\nstations:\n  " + station + ": {kind: machine, service: exponential(" + mean +
                  "), next: out}\nrun: {from: 2025-03-03, for: 1 day, seed: 1}\n");
}
