// Tables of results: written as CSV and as sheets of a workbook from the same rows.
//
// CSV has numbers with all their digits, nothing where there is no number, and text quoted where it must be.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace mailflow {

/// A date (2025-03-10) or a local instant with its offset (2025-03-10T05:45:00+11:00).
struct Instant {
  std::string text;
};

/// A text as a CSV value: quoted where it holds a comma, quote or line end.
std::string csv_value(const std::string& text);

/// By a column's name, the words in which its texts are shown to people.
using CellWords = std::map<std::string, std::map<std::string, std::string>>;

class Table {
 public:
  using Value = std::variant<std::string, double, std::int64_t, Instant>;

  /// `columns`: names divided by commas.
  Table(std::string name, const std::string& columns);
  template <class... Values>
  void row(const Values&... values) {
    rows_.push_back({value(values)...});
  }
  void add(std::vector<Value> values) { rows_.push_back(std::move(values)); }
  /// The same rows of several scenarios, told apart by a first column.
  static Table of_scenarios(const std::vector<std::string>& scenarios, const std::vector<Table>& tables);

  const std::string& name() const { return name_; }
  const std::vector<std::string>& columns() const { return columns_; }
  const std::vector<std::vector<Value>>& rows() const { return rows_; }
  std::string csv() const;

 private:
  template <class T>
  static Value value(const T& v) {
    if constexpr (std::is_same_v<T, Instant>)
      return v;
    else if constexpr (std::is_convertible_v<T, std::string>)
      return std::string(v);
    else if constexpr (std::is_floating_point_v<T>)
      return static_cast<double>(v);
    else
      return static_cast<std::int64_t>(v);
  }
  std::string name_;
  std::vector<std::string> columns_;
  std::vector<std::vector<Value>> rows_;
};

}  // namespace mailflow
