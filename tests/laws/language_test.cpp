// The random centres use every key of the language.
#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

#include "draws.hpp"
#include "outcome.hpp"
#include "random_network.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/situation/write_situation.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow::laws {
namespace {

class Keys {
 public:
  void walk(const std::string& path, const Node& node) {
    const CatalogueSection& known = section(path);
    for (const Entry& e : node.entries) {
      const CatalogueKey* key = known.find(e.key);
      if (key == nullptr) key = known.find("*");
      if (key == nullptr) continue;
      seen_.insert(path + "." + key->name);
      below(*key, e.value);
    }
  }
  bool has(const std::string& path, const std::string& key) const { return seen_.contains(path + "." + key); }

 private:
  /// "section queue", "section stations, by name", "list of section situation.mail, or a CSV file".
  void below(const CatalogueKey& key, const Node& value) {
    const auto at = key.type.find("section ");
    if (at == std::string::npos) return;
    const std::string rest = key.type.substr(at + 8);
    const std::string path = rest.substr(0, rest.find_first_of(","));
    for (const Node& item : value.items) walk(path, item);
    const bool by_name = rest.find("by n") != std::string::npos;
    if (!by_name) walk(path, value);
    for (const Entry& e : value.entries)
      if (by_name) one_of_a_kind(path, e.value);
  }

  /// Stations, arrivals and targets have the keys of their kind.
  void one_of_a_kind(const std::string& path, const Node& value) {
    if (path == "stations" || path == "targets") {
      const char* kind = path == "stations" ? "kind" : "measure";
      seen_.insert(path + "." + kind);
      walk(path + "." + value.find(kind)->text, value);
      return;
    }
    if (path != "arrivals") return walk(path, value);
    for (const char* way : {"at", "rate", "every", "replay", "waiting_at_start"})
      if (value.find(way) != nullptr) walk(std::string("arrivals.") + way, value);
  }

  std::set<std::string> seen_;
};

bool of_a_network(const std::string& path, const std::string& /*key*/) {
  static const std::set<std::string> networks = {"network-scenario", "network", "people", "centre_kinds",
                                                 "centres",          "links",   "flows",  "network-targets"};
  return networks.contains(path);
}

/// Part of one centre's run.
bool of_a_centre(const std::string& path, const std::string& key) {
  const bool rosters = path.starts_with("roster") || path == "rule set" || (path.empty() && key == "roster");
  const bool written_otherwise = path == "what-if" || path == "change";  // made into a scenario before it is read
  return !of_a_network(path, key) && !rosters && !written_otherwise;
}

void add(Keys& keys, const std::string& path, const std::string& text) {
  Problems problems;
  const auto node = parse_yaml("centre.yaml", text, problems);
  INFO(problems.text());
  REQUIRE(node.has_value());
  keys.walk(path, *node);
}

/// The situation at some instant of a run, as the run keeps it.
std::string kept(const Centre& centre) {
  const auto model = model_of(centre);
  Draws draw(centre.seed);
  Situation there;
  RunOptions options;
  options.seed = model->seed;
  options.situation = &there;
  const Ticks soon = model->situation.at + 10 * minute;
  options.situation_at =
      model->situation.given ? soon : minute * draw.between(1, static_cast<int>(model->end / minute) - 1);
  simulate(*model, options);
  return situation_yaml(*model, there);
}

/// Of the keys wanted those that are not used.
std::string missing(const Keys& keys, bool (&wanted)(const std::string& path, const std::string& key)) {
  std::string all;
  for (const CatalogueSection& section : catalogue())
    for (const CatalogueKey& key : section.keys)
      if (wanted(section.path, key.name) && !keys.has(section.path, key.name))
        all += fmt::format("\n  {}.{}", section.path, key.name);
  return all;
}

TEST_CASE("the random centres use every key of the language", "[laws]") {
  Keys keys;
  for (std::uint64_t seed = 1; seed <= 3000 && !missing(keys, of_a_centre).empty(); ++seed) {
    const Centre centre = random_centre(seed, {.situation = seed % 3 == 0});
    add(keys, "", yaml(centre.scenario));
    add(keys, "situation", kept(centre));
  }
  INFO("not used:" << missing(keys, of_a_centre));
  CHECK(missing(keys, of_a_centre).empty());
}

TEST_CASE("the random networks use every key of a network", "[laws]") {
  Keys keys;
  for (std::uint64_t seed = 1; seed <= 500 && !missing(keys, of_a_network).empty(); ++seed)
    add(keys, "network-scenario", yaml(random_network(seed, {}).scenario));
  INFO("not used:" << missing(keys, of_a_network));
  CHECK(missing(keys, of_a_network).empty());
}

}  // namespace
}  // namespace mailflow::laws
