// Rows of one CSV table: numbers with all their digits, nothing where there is no number, text quoted where it must be.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace mailflow {

/// A text as a CSV value: quoted where it holds a comma, quote or line end.
inline std::string csv_value(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

/// Rows of one table.
class CsvTable {
 public:
  explicit CsvTable(const std::string& header) : text_(header + "\n") {}
  template <class... Values>
  void row(const Values&... values) {
    std::string line;
    ((line += (line.empty() ? "" : ",") + value(values)), ...);
    text_ += line + "\n";
  }
  const std::string& text() const { return text_; }

 private:
  static std::string value(const std::string& text) { return csv_value(text); }
  static std::string value(const char* text) { return csv_value(text); }
  static std::string value(double number) { return std::isfinite(number) ? fmt::format("{}", number) : ""; }
  template <class Whole>
  static std::string value(Whole number) {
    return std::to_string(number);
  }
  std::string text_;
};

}  // namespace mailflow
