// What planners write on the command line about measures and precision.
#include <algorithm>
#include <string>

#include "core/words.hpp"
#include "experiment/experiment.hpp"
#include "scenario/values/quantities.hpp"

namespace mailflow {

namespace {

/// A place for the words of an option: its text as a file of one line.
Place place_of(const std::string& option, const std::string& text) {
  auto file = std::make_shared<SourceFile>();
  file->path = option;
  file->lines = SourceLines(text);
  return {file, 1, 1};
}

std::optional<double> half_width(const std::string& text, const std::string& unit, Failure& failure) {
  if (unit == "share") return parse_share(text, 1, failure);
  if (unit == "minutes" || unit == "agent hours") {
    const auto ticks = parse_duration_exactly(text, failure);
    if (!ticks) return std::nullopt;
    return *ticks / static_cast<double>(unit == "minutes" ? minute : hour);
  }
  std::string number = text;
  if (const auto space = number.find(' '); space != std::string::npos) {
    const std::string given = number.substr(space + 1);
    if (unit.starts_with("items") && given != unit && given + "s" != unit) {
      failure = {tr("it must be in {}", unit), tr("write {}", number.substr(0, space) + " " + unit)};
      return std::nullopt;
    }
    number.resize(space);
  }
  return parse_number(number, failure);
}

}  // namespace

std::optional<std::size_t> find_measure(const std::string& name, const std::vector<Measure>& measures,
                                        const std::string& option, Problems& problems) {
  std::vector<std::string> names;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    if (measures[m].name == name) return m;
    names.push_back(measures[m].name);
  }
  // "targets.letters" is its value; "letters" the target of that name.
  for (std::size_t m = 0; m < measures.size(); ++m)
    if (measures[m].name == name + ".value" || measures[m].name == "targets." + name + ".value") return m;
  const std::string close = nearest(name, names);
  problems.error(place_of(option, name), tr("there is no measure {}", name),
                 close.empty() ? tr("--measure all shows them all") : tr("did you mean {}?", close));
  return std::nullopt;
}

std::optional<Precision> read_precision(const std::string& text, const std::vector<Measure>& measures,
                                        const std::string& option, Problems& problems) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) {
    problems.error(place_of(option, text), tr("a precision is a measure and a half-width, not \"{}\"", text),
                   tr("write for example letters:0.5 %, or time_in_centre_minutes.mean:relative 5 %"));
    return std::nullopt;
  }
  const auto measure = find_measure(std::string(trimmed(text.substr(0, colon))), measures, option, problems);
  if (!measure) return std::nullopt;
  Precision precision;
  precision.measure = measures[*measure].name;
  std::string width(trimmed(text.substr(colon + 1)));
  Failure failure;
  std::optional<double> value;
  if (width.starts_with("relative ")) {
    precision.relative = true;
    value = parse_share(std::string(trimmed(width.substr(9))), 1, failure);
  } else {
    value = half_width(width, measures[*measure].unit, failure);
  }
  if (value && *value <= 0) {
    value.reset();
    failure = {tr("it must be above 0"), ""};
  }
  if (!value) {
    problems.error(place_of(option, text), tr("the half-width is \"{}\"; {}", width, failure.must),
                   failure.help.empty() ? tr("{} is in {}", precision.measure, measures[*measure].unit) : failure.help);
    return std::nullopt;
  }
  precision.half_width = *value;
  return precision;
}

}  // namespace mailflow
