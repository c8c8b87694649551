#include "experiment/sweep.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "core/random.hpp"
#include "core/words.hpp"
#include "scenario/values/quantities.hpp"

namespace mailflow {

namespace {

/// A number and what follows it: "30000 items/h"; or minutes since midnight for "05:30".
struct Step {
  double number = 0;
  std::string unit;
  bool clock = false;
};

std::optional<Step> read_step(std::string_view text) {
  text = trimmed(text);
  if (text.size() == 5 && text[2] == ':') {
    int digits[5] = {};
    for (const std::size_t i : {0U, 1U, 3U, 4U}) {
      if (text[i] < '0' || text[i] > '9') return std::nullopt;
      digits[i] = text[i] - '0';
    }
    if (digits[3] > 5) return std::nullopt;
    return Step{(digits[0] * 10 + digits[1]) * 60.0 + digits[3] * 10 + digits[4], "", true};
  }
  Step step;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), step.number);
  if (error != std::errc()) return std::nullopt;
  step.unit = std::string(trimmed(text.substr(static_cast<std::size_t>(end - text.data()))));
  return step;
}

std::string written(const Step& like, double number) {
  if (like.clock) {
    const auto minutes = static_cast<int>(std::lround(number));
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
  }
  return fmt::format("{}{}{}", std::round(number * 1e9) / 1e9, like.unit.empty() ? "" : " ", like.unit);
}

Place place_of(const std::string& text) {
  auto file = std::make_shared<SourceFile>();
  file->path = "--vary";
  file->lines = SourceLines(text);
  return {file, 1, 1};
}

}  // namespace

std::optional<Variation> read_variation(const std::string& text, Problems& problems) {
  const auto fail = [&](const std::string& message, const std::string& help) -> std::optional<Variation> {
    problems.error(place_of(text), message, help);
    return std::nullopt;
  };
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0)
    return fail(tr("\"{}\" does not say what takes which values", text),
                tr("write for example staff.teams.night.agents=8..14/2"));
  Variation variation;
  variation.key = std::string(trimmed(std::string_view(text).substr(0, equals)));
  const std::string range = text.substr(equals + 1);
  const auto dots = range.find("..");
  if (dots == std::string::npos) {
    for (const auto each : split_outside_brackets(range, ',')) variation.values.emplace_back(each);
    if (variation.values.front().empty())
      return fail(tr("there is no value after ="), tr("write KEY=8..14/2 or KEY=8, 10, 14"));
    return variation;
  }
  // The step follows the last slash that has a number after it: units have slashes too.
  const std::string rest = range.substr(dots + 2);
  std::optional<Step> step;
  std::size_t slash = rest.size();
  while (!step && slash != std::string::npos && slash > 0) {
    slash = rest.rfind('/', slash - 1);
    if (slash != std::string::npos) step = read_step(rest.substr(slash + 1));
  }
  if (!step) return fail(tr("the range has no step"), tr("write KEY=from..to/step, for example 8..14/2"));
  const auto from = read_step(range.substr(0, dots));
  const auto to = read_step(rest.substr(0, slash));
  if (!from || !to)
    return fail(tr("the ends of the range must be numbers or times of day"), tr("for example {}", "8..14/2"));
  const Step& like = !to->unit.empty() ? *to : !from->unit.empty() ? *from : *step;
  for (const Step* each : std::initializer_list<const Step*>{&from.value(), &to.value(), &step.value()})
    if (each->clock != like.clock || (!each->unit.empty() && each->unit != like.unit))
      return fail(tr("the range mixes units"), tr("give from, to and step in the same unit"));
  if (!(step->number > 0)) return fail(tr("the step must be above 0"), tr("for example {}", "8..14/2"));
  if (to->number < from->number) return fail(tr("the range ends before it begins"), tr("write the smaller end first"));
  const double count = std::floor((to->number - from->number) / step->number + 1e-9);
  if (count > 10000) return fail(tr("the range has more than 10 000 values"), tr("take a larger step"));
  for (int i = 0; i <= static_cast<int>(count); ++i)
    variation.values.push_back(written(like, from->number + i * step->number));
  return variation;
}

std::vector<Point> grid(const std::vector<Variation>& variations) {
  std::vector<Point> points(1);
  for (const Variation& variation : variations) {
    std::vector<Point> more;
    for (const Point& point : points)
      for (const std::string& value : variation.values) {
        more.push_back(point);
        more.back().emplace_back(variation.key, value);
      }
    points = std::move(more);
  }
  return points;
}

std::vector<Point> latin_hypercube(const std::vector<Variation>& variations, std::size_t points, std::uint64_t seed) {
  std::vector<Point> all(points);
  for (const Variation& variation : variations) {
    std::vector<std::size_t> order(points);
    for (std::size_t i = 0; i < points; ++i) order[i] = i;
    Stream stream(stream_key(seed, 0, variation.key, "latin hypercube"));
    for (std::size_t i = points; i > 1; --i)
      std::swap(order[i - 1], order[static_cast<std::size_t>(stream.uniform() * static_cast<double>(i))]);
    for (std::size_t i = 0; i < points; ++i)
      all[i].emplace_back(variation.key, variation.values[order[i] * variation.values.size() / points]);
  }
  return all;
}

}  // namespace mailflow
