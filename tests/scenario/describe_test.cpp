#include <catch2/catch.hpp>

#include "scenario/catalogue.hpp"

using namespace mailflow;

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
