// The laws that hold of any scenario, on those that are shipped.
#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <vector>

#include "cli/program.hpp"
#include "outcome.hpp"
#include "scenario/yaml/document.hpp"
#include "transformations.hpp"

namespace mailflow::laws {
namespace {

Tree tree_of(const Node& node) {
  if (node.is_scalar()) return node.text;
  Tree tree;
  if (!node.is_map()) tree = Tree::list({});
  for (const Node& item : node.items) tree.items.push_back(tree_of(item));
  for (const Entry& e : node.entries) tree.entries.emplace_back(e.key, tree_of(e.value));
  return tree;
}

/// Labels are words of their own: "Parcels left at 16 h" is no quantity.
void take_labels_away(Tree& tree) {
  tree.erase("label");
  for (Tree& item : tree.items) take_labels_away(item);
  for (auto& [key, value] : tree.entries) take_labels_away(value);
}

/// With the tables beside it and without what is no part of a run; over few days, where it says many.
Centre shipped(const std::string& name) {
  const auto path = program::fs::path(MAILFLOW_SOURCE_DIR) / name;
  Problems problems;
  const auto node = parse_yaml(name, program::bytes_of(path), problems);
  REQUIRE(node.has_value());
  Centre centre;
  centre.scenario = tree_of(*node);
  for (const auto& entry : program::fs::directory_iterator(path.parent_path()))
    if (entry.path().extension() == ".csv")
      centre.files[entry.path().filename().string()] = program::bytes_of(entry.path());
  take_labels_away(centre.scenario);
  for (const char* section : {"plan", "roster"}) centre.scenario.erase(section);
  if (name == "models/noumea.yaml") centre.scenario["run"]["for"] = "9 days";
  return centre;
}

void each_shipped(const std::function<std::string(const Centre& centre, Draws& draw)>& what_differs) {
  for (const char* name : {"models/noumea.yaml", "scenarios/tutorial/1-one-table.yaml",
                           "scenarios/reference/every-key.yaml", "tests/cli/clockwork.yaml"})
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
      INFO(name << ", " << seed);
      Draws draw(seed);
      CHECK(what_differs(shipped(name), draw) == "");  // NOLINT(readability-container-size-empty): to be shown
    }
}

TEST_CASE("shipped scenarios with quantities in other units", "[laws]") {
  each_shipped([](const Centre& centre, Draws& draw) {
    Centre other = centre;
    other.scenario = in_other_units(other.scenario, draw);
    CHECK(yaml(other.scenario) != yaml(centre.scenario));
    return difference(figures(centre), figures(other));
  });
}

TEST_CASE("shipped scenarios with a constant service for a rate", "[laws]") {
  each_shipped([](const Centre& centre, Draws&) {
    Centre other = centre;
    other.scenario = with_services_for_rates(other.scenario);
    CHECK(yaml(other.scenario) != yaml(centre.scenario));
    return difference(figures(centre), figures(other));
  });
}

TEST_CASE("shipped scenarios beside things that nothing touches", "[laws]") {
  each_shipped([](const Centre& centre, Draws& draw) {
    auto found = figures(with_idle_things(centre, "zz", draw));
    take_away(found, "zz");
    return difference(figures(centre), found);
  });
}

}  // namespace
}  // namespace mailflow::laws
