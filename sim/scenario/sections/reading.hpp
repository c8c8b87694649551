// What the readers of a scenario's sections share: the tree that is read, the names in it, what has been made of it so
// far, and the problems found. There is one for a scenario, or for a centre of a network.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/problems.hpp"
#include "mail/indices.hpp"
#include "scenario/load_options.hpp"
#include "scenario/scenario.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow {

using Names = std::map<std::string, int>;  ///< to the number of what is so called, from 0

/// Names of elements of a kind.
template <class Of>
struct NamesOf : Names {
  Index<Of> at(const std::string& name) const { return Index<Of>(Names::at(name)); }
};

struct ScenarioNames {
  NamesOf<Source> arrivals;
  NamesOf<Product> products;
  NamesOf<Destination> destinations;
  NamesOf<Station> stations;
  NamesOf<Team> teams;
  NamesOf<Departure> departures;
  Names shifts;
  NamesOf<SortPlan> sort_plans;
  NamesOf<Skill> skills;
};

struct Reading {
  /// `of_network`: a centre of one; its document's top level is checked with the network's, and mail may come by links
  /// alone. All but the file outlive it.
  Reading(const Node& tree, const LoadOptions& load_options, std::string file, Problems& found, bool centre_of_network)
      : root(tree), options(load_options), problems(found), of_network(centre_of_network) {
    model.file = std::move(file);
  }

  const Node& root;
  const LoadOptions& options;
  Problems& problems;
  bool of_network;
  Scenario scenario;  ///< to be used only when there are no errors
  Model& model = scenario.model;
  std::optional<Calendar> calendar;
  int days = 0;  ///< civil days of the run
  ScenarioNames names;
  /// Where each station, product, destination, team and target is written, for warnings: "stations NAME".
  std::map<std::string, Place> places;
  std::map<std::string, std::vector<Duty>> duties;          ///< by shift
  std::map<std::string, Label> shift_labels;                ///< by shift
  std::map<const Node*, std::set<std::string>> meant_keys;  ///< of each map: those that unknown ones were to be
  bool strange_kind = false;                                ///< a station's kind is not known: it may have been a bay
};

}  // namespace mailflow
