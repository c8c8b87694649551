// A roster as a mixed-integer program: how many of each group of people alike work each shift of each day, for what.
//
// A group of one is a person, and the program is the roster problem itself. A group of n people alike is one integer
// where n binaries would be; each rule about a person, added up over the group, still holds, so that the program's
// bound is a bound for the roster. Where the rules speak only of days worked in spans of days (rows of ones without
// gaps: in a row, in a week, in all), sharing such a solution out to n people always works: the matrix is totally
// unimodular and the polyhedron decomposes into integral ones (Baum and Trotter 1978). roster_planner.cpp does so
// person by person.
#pragma once

#include <map>
#include <vector>

#include "roster/roster.hpp"
#include "solver/mixed_program.hpp"

namespace mailflow {

/// People alike: same skills, shifts, days, wishes, rules.
using RosterGroup = std::vector<int>;
std::vector<RosterGroup> groups_alike(const RosterTask& task);
std::vector<RosterGroup> everyone_alone(const RosterTask& task);

/// What a row is there for.
struct RowTag {
  Rule rule = Rule::cover;
  int group = -1;
  int day = -1;
  int last = -1;
  int shift = -1;
  int post = -1;
  double limit = 0;
  bool always = false;  ///< no rule: what the figures mean
};

class RosterProgram {
 public:
  /// `explicit_own`: absences, days off and shifts not allowed are rows that may be left out, instead of columns that
  /// are not there.
  RosterProgram(const RosterTask& task, std::vector<RosterGroup> groups, bool explicit_own = false);

  const MixedProgram& program() const { return program_; }
  MixedProgram& program() { return program_; }
  const std::vector<RosterGroup>& groups() const { return groups_; }
  const std::vector<RowTag>& tags() const { return tags_; }

  struct Cell {
    int group, day, shift, post, column;  ///< post -1: beyond what is wanted
  };
  const std::vector<Cell>& cells() const { return cells_; }
  /// Columns of a group's day, all shifts.
  const std::vector<int>& cells_of(int group, int on) const {
    return of_day_[static_cast<std::size_t>(group)][static_cast<std::size_t>(on)];
  }
  int temporaries(int on, int shift) const;  ///< column; -1: none

  /// Rows and columns that only matter when waiting is to be made short (after the cost): the column of each hour's
  /// waiting mail.
  const std::vector<int>& waiting() const { return waiting_; }

  /// The roster of groups of one.
  Roster roster_of(const std::vector<double>& values) const;
  /// Rows of one group alone, for sharing a group out (columns as in cells()).
  bool is_of(int row, int group) const { return tags_[static_cast<std::size_t>(row)].group == group; }

 private:
  struct Sum {
    std::vector<Term> terms;
    double constant = 0;
    void add(const Sum& other, double factor) {
      for (const Term& t : other.terms) terms.push_back({t.column, t.factor * factor});
      constant += other.constant * factor;
    }
  };
  void columns();
  void own(int g);
  void own_days(int g);
  void gaps(int g);
  void gap(int g, Rule rule, int d, int s, int e, const std::vector<int>& next);
  double missing(const RosterAgent& who, Rule rule, int d, int s, int e, int next) const;
  void rows_of_days(int g);
  void weeks(int g);
  void totals(int g);
  void weekends(int g);
  void wishes(int g);
  // roster_program_cover.cpp
  void compare();
  void spread(Rule rule, const std::vector<int>& groups);
  void cover();
  void workload();

  const RosterAgent& who(int g) const {
    return task_.agents[static_cast<std::size_t>(groups_[static_cast<std::size_t>(g)].front())];
  }
  double size(int g) const { return static_cast<double>(groups_[static_cast<std::size_t>(g)].size()); }
  /// Those of a group who work a day (a shift of it); days before the roster are constants.
  Sum works(int g, int on) const;
  Sum works(int g, int on, int shift) const;
  Sum nights(int g, int on) const;
  /// Those whose shift of the day before runs into the day.
  Sum from_before(int g, int on) const;
  /// At least those of whom any hour of the day is worked.
  Sum there(int g, int on, Rule rule);
  /// lower <= sum <= upper; where the rule is soft each unit beyond costs `cost` times `scale`.
  void row(const RowTag& tag, const Sum& sum, double lower, double upper, const RuleTerm& term, double scale = 1);
  void always(const RowTag& tag, const Sum& sum, double lower, double upper);

  const RosterTask& task_;
  std::vector<RosterGroup> groups_;
  bool explicit_own_;
  MixedProgram program_;
  std::vector<RowTag> tags_;
  std::vector<Cell> cells_;
  std::vector<std::vector<std::vector<int>>> of_day_;  ///< indices of cells by group and day
  std::vector<std::vector<int>> temporaries_;
  std::vector<int> waiting_;
};

}  // namespace mailflow
