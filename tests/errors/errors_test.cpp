// Bad scenarios and recorded files: each NAME.yaml beside NAME.expected, which holds the exact words of `mailflow
// check` run in this folder. No data folder is given.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "scenario/load.hpp"
#include "scenario/network/load_network.hpp"

namespace mailflow {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const auto& entry : fs::directory_iterator("."))
    if (entry.path().extension() == ".yaml") all.push_back(entry.path().stem().string());
  std::sort(all.begin(), all.end());
  return all;
}

/// Messages name files as the planner wrote them, so the folder is the present one for as long as a test lasts.
class InFolder {
 public:
  InFolder() : before_(fs::current_path()) { fs::current_path(fs::path(MAILFLOW_SOURCE_DIR) / "tests" / "errors"); }
  ~InFolder() {
    std::error_code ignored;
    fs::current_path(before_, ignored);
  }
  InFolder(const InFolder&) = delete;
  InFolder(InFolder&&) = delete;
  InFolder& operator=(const InFolder&) = delete;
  InFolder& operator=(InFolder&&) = delete;

 private:
  fs::path before_;
};

TEST_CASE("every bad scenario is told exactly as written beside it, and no run begins with an error") {
  const InFolder here;
  const auto all = names();
  REQUIRE(all.size() >= 45);
  for (const auto& name : all) {
    INFO(name);
    REQUIRE(fs::exists(name + ".expected"));
    Problems problems;
    const bool loaded = is_network(name + ".yaml") ? load_network(name + ".yaml", {}, problems).has_value()
                                                   : load_scenario(name + ".yaml", {}, problems).has_value();
    CHECK_FALSE(problems.empty());
    CHECK(problems.text() == bytes_of(name + ".expected"));
    CHECK(loaded == !problems.has_errors());
  }
}

TEST_CASE("a scenario that is no file is an error, not a crash") {
  const InFolder here;
  for (const char* path : {"gone.yaml", "base", "", "base/good.yaml/x"}) {
    INFO(path);
    Problems problems;
    CHECK_FALSE(load_scenario(path, {}, problems).has_value());
    CHECK(problems.errors() == 1);
  }
}

TEST_CASE("the scenario that the bad what-ifs build on is good") {
  const InFolder here;
  Problems problems;
  CHECK(load_scenario("base/good.yaml", {}, problems).has_value());
  CHECK(problems.text().empty());
}

}  // namespace
}  // namespace mailflow
