#include "report/table.hpp"

#include <fmt/format.h>

#include <cmath>

namespace mailflow {

namespace {

std::string csv_text(const Table::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return csv_value(*text);
  if (const auto* instant = std::get_if<Instant>(&value)) return instant->text;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
  const double number = std::get<double>(value);
  return std::isfinite(number) ? fmt::format("{}", number) : "";
}

}  // namespace

std::string csv_value(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

Table::Table(std::string name, const std::string& columns) : name_(std::move(name)) {
  for (std::size_t from = 0; from <= columns.size();) {
    const std::size_t to = std::min(columns.find(',', from), columns.size());
    columns_.push_back(columns.substr(from, to - from));
    from = to + 1;
  }
}

Table Table::of_scenarios(const std::vector<std::string>& scenarios, const std::vector<Table>& tables) {
  Table all = tables.front();
  if (scenarios.size() < 2) return all;
  all.columns_.insert(all.columns_.begin(), "scenario");
  all.rows_.clear();
  for (std::size_t s = 0; s < scenarios.size(); ++s)
    for (std::vector<Value> row : tables[s].rows_) {
      row.insert(row.begin(), scenarios[s]);
      all.rows_.push_back(std::move(row));
    }
  return all;
}

std::string Table::csv() const {
  std::string text;
  for (std::size_t c = 0; c < columns_.size(); ++c) text += (c == 0 ? "" : ",") + csv_value(columns_[c]);
  text += "\n";
  for (const auto& row : rows_) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) text += ',';
      text += csv_text(row[c]);
    }
    text += "\n";
  }
  return text;
}

}  // namespace mailflow
