#include "report/pdf_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace mailflow {

namespace {

std::optional<int> number_at(std::string_view text) {
  int number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc{} && end != text.data() ? std::optional(number) : std::nullopt;
}

/// "/flow [41 0 R /XYZ 0 841.9 0]", the first perhaps behind "<<": the name and the page's object.
std::optional<std::pair<std::string, int>> place_in(std::string_view line) {
  if (line.starts_with("<<")) line.remove_prefix(2);
  const auto bracket = line.find(" [");
  if (!line.starts_with("/") || bracket == std::string_view::npos || line.find(" 0 R /XYZ ") == std::string_view::npos)
    return std::nullopt;
  const auto object = number_at(line.substr(bracket + 2));
  return object ? std::optional(std::pair(std::string(line.substr(1, bracket - 1)), *object)) : std::nullopt;
}

}  // namespace

std::string pages_of_places(const std::string& pdf) {
  std::vector<int> pages;  // objects, which Chromium numbers in the order of the pages
  std::vector<std::pair<std::string, int>> places;
  std::optional<int> object;
  std::istringstream lines(pdf);
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with(" 0 obj")) object = number_at(line);
    if (line == "<</Type /Page" && object) pages.push_back(*object);
    if (auto place = place_in(line)) places.push_back(std::move(*place));
  }
  std::string text;
  for (const auto& [name, page] : places)
    if (const auto at = std::find(pages.begin(), pages.end(), page); at != pages.end())
      text += fmt::format("{}{}.{}", text.empty() ? "" : ",", name, at - pages.begin() + 1);
  return text;
}

}  // namespace mailflow
