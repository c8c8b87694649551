#include <catch2/catch.hpp>

#include "scenario/catalogue.hpp"
#include "scenario/values/civil.hpp"
#include "scenario/values/laws.hpp"
#include "scenario/values/quantities.hpp"
#include "scenario/yaml/document.hpp"

using namespace mailflow;

namespace {

/// Whether the reader of a type takes a value; true for types that have no reader of their own.
bool taken(const std::string& type, const std::string& text, Failure& why) {
  if (type == "duration") return parse_duration(text, Least::zero, why).has_value();
  if (type == "rate") return parse_rate(text, Least::zero, why).has_value();
  if (type == "share") return parse_share(text, 10, why).has_value();
  if (type == "time of day") return parse_time_of_day(text, why).has_value();
  if (type == "hours") return parse_hours(text, why).has_value();
  if (type == "days") return parse_days(text, why).has_value();
  if (type == "items") return parse_count(text, 0, 1'000'000'000, false, why).has_value();
  if (type == "weight") return parse_weight(text, why).has_value();
  if (type == "whole number") return parse_whole(text, 0, 1'000'000'000, why).has_value();
  if (type == "due rule") return parse_due(text, why).has_value();
  const NumberFile no_file = [](const std::string&) { return std::optional(std::vector<double>{1.0}); };
  if (type == "distribution of durations")
    return parse_law(text, Drawn::duration, no_file, why) || parse_service(text, no_file, why);
  if (type == "distribution of items") return parse_law(text, Drawn::items, no_file, why).has_value();
  return true;
}

}  // namespace

TEST_CASE("every example of the reference is read as what it is an example of") {
  std::size_t single = 0;
  for (const CatalogueSection& section : catalogue())
    for (const CatalogueKey& key : section.keys) {
      if (key.example.empty()) continue;
      INFO(section.path << "." << key.name << ": " << key.example << " (" << key.type << ")");
      Problems problems;
      const auto read = parse_yaml("example", "key: " + key.example + "\n", problems);
      CHECK(problems.text().empty());
      REQUIRE(read.has_value());
      const Node& value = *read->find("key");
      CHECK_FALSE(value.is_null());
      Failure why;
      if (value.is_scalar()) CHECK(taken(key.type, value.text, why));
      INFO(why.must);
      for (const Node& item : value.items)
        if (item.is_scalar()) CHECK(taken(key.type, item.text, why));
      single += value.is_scalar() ? 1 : 0;
    }
  CHECK(single > 100);
}

TEST_CASE("every key of the language is described by its path, at every depth") {
  CHECK(describe("stations.machine.breaks_down.every").find("from repair to the next breakdown") != std::string::npos);
  CHECK(describe("stations.machine.set_up.takes") == describe("set_up.takes"));
  for (const CatalogueSection& section : catalogue())
    for (const CatalogueKey& key : section.keys) {
      const std::string path = section.path.empty() ? key.name : section.path + "." + key.name;
      INFO(path);
      CHECK_FALSE(describe(path).empty());
      if (!key.type.starts_with("section ")) continue;
      const std::string held = key.type.substr(8, key.type.find(',') - 8);
      for (const CatalogueSection& other : catalogue())
        if (other.path == held)
          for (const CatalogueKey& below : other.keys) {
            INFO(path << "." << below.name);
            CHECK_FALSE(describe(path + "." + below.name).empty());
          }
    }
}

TEST_CASE("a key that is not there is not described, however deep") {
  CHECK(describe("stations.machine.breaks_down.nothing").empty());
  CHECK(describe("nothing.at.all").empty());
}
