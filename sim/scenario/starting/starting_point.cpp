#include "scenario/starting/starting_point.hpp"

#include <algorithm>
#include <generated_starting_points.hpp>
#include <string_view>

#include "core/words.hpp"

namespace mailflow {
namespace {

/// The text with the comments of the language spoken alone: lines that begin with "# fr: " or "# en: ".
std::string in_language_spoken(std::string_view text) {
  constexpr std::size_t mark = 6;
  const std::string_view spoken = language() == Language::fr ? "# fr: " : "# en: ";
  std::string all;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    const std::size_t first = std::min(line.find_first_not_of(' '), line.size());
    const std::string_view begins = line.substr(first, mark);
    if (begins == spoken)
      all.append(line.substr(0, first)).append("# ").append(line.substr(first + mark));
    else if (begins != "# fr: " && begins != "# en: ")
      all += line;
  }
  return all;
}

}  // namespace

std::vector<std::string> starting_points() { return {"processing-centre", "delivery-office", "parcel-hub", "blank"}; }

std::vector<std::pair<std::string, std::string>> starting_files(const std::string& kind) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const auto& [path, text] : own_starting_points) {
    const std::string_view whole = path;
    const std::size_t slash = whole.find('/');
    if (whole.substr(0, slash) == kind) files.emplace_back(whole.substr(slash + 1), in_language_spoken(text));
  }
  // the what-if is named for what it changes, the scenario "today"
  std::stable_partition(files.begin(), files.end(), [](const auto& file) { return file.first == "today.yaml"; });
  return files;
}

}  // namespace mailflow
