// Makes a RosterTask out of the section `roster:`, as Builder makes the model. Part of builder.hpp.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "roster/roster.hpp"
#include "scenario/builder.hpp"
#include "scenario/csv.hpp"

namespace mailflow {

class RosterBuilder {
 public:
  RosterBuilder(Builder& builder, const Node& node) : b_(builder), node_(node) {}
  RosterTask build();

 private:
  // build_roster.cpp
  void period();
  void shifts();
  void default_contract();
  bool date(const std::string& text, int& on) const;
  std::optional<CsvFile> csv(const Node& named);

  // build_rules.cpp
  void rules();
  void rule_set(const Node& named, RuleTerms& terms);
  void terms(const Node& map, const std::string& section, const std::string& what, RuleTerms& terms, bool personal);
  void term(const Entry& entry, Rule rule, RuleTerm& term);
  std::optional<double> limit(const Node& node, Rule rule);
  double money(const Node& node, const std::string& what, bool per_hour);

  // build_roster_agents.cpp
  void agents();
  void agents_of_teams();
  void agents_of_file(const Node& named);
  Node agent_of_row(const CsvFile& file, std::size_t row);
  void agent(const std::string& name, const Node& node);
  void agent_skills(const Node& node, RosterAgent& agent);
  void agent_shifts(const Node& node, RosterAgent& agent, int team);
  void agent_days(const Node& node, RosterAgent& agent);
  bool days_of(const std::string& text, std::vector<int>& days) const;
  int last_reached() const;
  void past();

  // build_roster_demand.cpp
  void demand();
  void demand_of_teams();
  void demand_row(const std::string& name, const Node& node);
  void demand_file(const Node& node);
  void clear(const Node& node);
  void temporaries(const Node& node, Workload& work);
  int post_of_team(int team);
  int post_of_skill(int skill);
  void want(int on, int shift, int post, int agents);
  void check_wants();

  Builder& b_;
  const Node& node_;
  RosterTask task_;
  double contract_ = -1;
  Place demand_place_;
  std::map<std::string, int> names_;  ///< of agents
  std::map<std::string, std::vector<int>> shifts_of_team_;
};

}  // namespace mailflow
