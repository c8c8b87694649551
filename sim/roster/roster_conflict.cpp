// Which rules no roster can keep together. Part of roster_planner.hpp.
#include <algorithm>
#include <map>

#include "core/at.hpp"
#include "roster/roster_planner.hpp"
#include "roster/roster_program.hpp"

namespace mailflow {

namespace {

/// Rows that stand or fall together.
using RowSet = std::vector<int>;

class Explanation {
 public:
  Explanation(const RosterTask& task, const std::atomic<bool>* stop)
      : program_(task, task.agents.size() <= 80 ? everyone_alone(task) : groups_alike(task), true), stop_(stop) {}

  std::vector<Conflict> find() {
    std::vector<RowSet> rules =
        divided(all_rows(), [](const RowTag& t) { return std::vector<int>{static_cast<int>(t.rule)}; });
    // which rules, then whose (for what is wanted: on which day), then when
    if (!infeasible(all_of(rules))) return {};
    rules = least(rules);
    rules = least(divided(all_of(rules), [](const RowTag& t) {
      return std::vector<int>{static_cast<int>(t.rule), t.group, t.group < 0 ? t.day : -1};
    }));
    rules = least(divided(all_of(rules), [](const RowTag& t) {
      return std::vector<int>{static_cast<int>(t.rule), t.group, t.day, t.last, t.group < 0 ? t.shift : -1, t.post};
    }));
    if (stopped()) return {};
    return told(all_of(rules));
  }

 private:
  bool stopped() const { return stop_ != nullptr && stop_->load(); }

  RowSet all_rows() const {
    RowSet rows;
    for (int r = 0; r < program_.program().rows(); ++r)
      if (!program_.tags()[at(r)].always && hard(r)) rows.push_back(r);
    return rows;
  }
  /// A soft rule has columns that pay for breaking it; it is never in the way.
  bool hard(int r) const {
    for (const Term& term : program_.program().row(r).terms)
      if (program_.program().column(term.column).cost > 0 && !is_cell(term.column)) return false;
    return true;
  }
  bool is_cell(int column) const {
    if (cell_.empty()) {
      cell_.assign(at(program_.program().columns()), false);
      for (const RosterProgram::Cell& c : program_.cells()) cell_[at(c.column)] = true;
    }
    return cell_[at(column)];
  }

  template <class Key>
  std::vector<RowSet> divided(const RowSet& rows, const Key& key) const {
    std::map<std::vector<int>, RowSet> sets;
    for (const int r : rows) sets[key(program_.tags()[at(r)])].push_back(r);
    std::vector<RowSet> all;
    for (auto& [name, set] : sets) all.push_back(std::move(set));
    return all;
  }
  static RowSet all_of(const std::vector<RowSet>& sets) {
    RowSet rows;
    for (const RowSet& set : sets) rows.insert(rows.end(), set.begin(), set.end());
    return rows;
  }

  bool infeasible(const RowSet& rows) const {
    if (stopped()) return false;
    MixedProgram part;
    for (int c = 0; c < program_.program().columns(); ++c) {
      MixedProgram::Column column = program_.program().column(c);
      column.cost = 0;
      part.add_column(column);
    }
    for (int r = 0; r < program_.program().rows(); ++r)
      if (program_.tags()[at(r)].always) {
        const MixedProgram::Row& row = program_.program().row(r);
        part.add_row(row.terms, row.lower, row.upper);
      }
    for (const int r : rows) {
      const MixedProgram::Row& row = program_.program().row(r);
      part.add_row(row.terms, row.lower, row.upper);
    }
    MixedOptions options;
    options.stop = stop_;
    options.nodes = 2000;
    return part.solve(options).status == SolveStatus::infeasible;
  }

  /// A smallest part of the sets that is still infeasible: taking any one of them away makes it feasible.
  std::vector<RowSet> least(const std::vector<RowSet>& sets) const { return search({}, false, sets); }
  std::vector<RowSet> search(const std::vector<RowSet>& background, bool added, const std::vector<RowSet>& sets) const {
    if (stopped() || (added && infeasible(all_of(background)))) return {};
    if (sets.size() == 1) return sets;
    const auto middle = sets.begin() + static_cast<std::ptrdiff_t>(sets.size() / 2);
    const std::vector<RowSet> first(sets.begin(), middle);
    const std::vector<RowSet> second(middle, sets.end());
    const auto with = [&](const std::vector<RowSet>& more) {
      std::vector<RowSet> all = background;
      all.insert(all.end(), more.begin(), more.end());
      return all;
    };
    const std::vector<RowSet> of_second = search(with(first), !first.empty(), second);
    std::vector<RowSet> of_first = search(with(of_second), !of_second.empty(), first);
    of_first.insert(of_first.end(), of_second.begin(), of_second.end());
    return of_first;
  }

  /// Rows of one rule and person are one line, from the first day to the last.
  std::vector<Conflict> told(const RowSet& rows) const {
    std::map<std::vector<int>, Conflict> lines;
    for (const int r : rows) {
      const RowTag& tag = program_.tags()[at(r)];
      const bool by_day = tag.group < 0 || tag.rule == Rule::absence || tag.rule == Rule::days_off ||
                          tag.rule == Rule::given || tag.rule == Rule::shifts;
      const std::vector<int> key = {static_cast<int>(tag.rule), tag.group, by_day && tag.group < 0 ? tag.day : -1,
                                    tag.group < 0 || tag.rule == Rule::shifts ? tag.shift : -1, tag.post};
      Conflict conflict;
      conflict.rule = tag.rule;
      if (tag.group >= 0) {
        conflict.agent = program_.groups()[at(tag.group)].front();
        conflict.people = static_cast<int>(program_.groups()[at(tag.group)].size());
      }
      conflict.day = tag.day;
      conflict.last = tag.last;
      conflict.shift = tag.shift;
      conflict.post = tag.post;
      conflict.limit = tag.limit;
      const auto [line, is_new] = lines.emplace(key, conflict);
      if (is_new) continue;
      line->second.day = std::min(line->second.day, tag.day);
      line->second.last = std::max(line->second.last, tag.last);
    }
    std::vector<Conflict> all;
    for (const auto& [key, conflict] : lines) all.push_back(conflict);
    return all;
  }

  RosterProgram program_;
  const std::atomic<bool>* stop_;
  mutable std::vector<bool> cell_;
};

}  // namespace

std::vector<Conflict> rules_in_conflict(const RosterTask& task, const std::atomic<bool>* stop) {
  return Explanation(task, stop).find();
}

}  // namespace mailflow
