#include "scenario/sections/run.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/words.hpp"
#include "scenario/sections/time_reader.hpp"
#include "scenario/values/first_words.hpp"

namespace mailflow {

namespace {

class RunReader : private TimeReader {
 public:
  using TimeReader::TimeReader;
  void span();
  void days_and_nights();
};

void RunReader::span() {
  const Node* node = get(in_.root, "run");
  if (node == nullptr || !check_section(*node, "run", "run")) return;
  const Node* from = get(*node, "from");
  if (from == nullptr) return;
  try {
    in_.model.start = parse_date(from->is_scalar() ? from->text : "");
  } catch (const std::invalid_argument&) {
    const std::string meant = date_meant(from->is_scalar() ? from->text : "");
    bad(*from, "from", "", tr("it must be a date that exists, yyyy-mm-dd"),
        meant.empty() ? tr("for example {}", "from: 2025-03-03") : tr("write {}", meant));
    return;
  }
  const Ticks lasts = duration(*node, "for", 0);
  if (const Node* given = get(*node, "for"); given != nullptr && lasts <= 0 && given->text.starts_with('0'))
    bad(*given, "for", "", tr("it must be above 0"));
  in_.calendar.emplace(in_.model.timezone, in_.model.start, in_.model.holidays, in_.model.working_weekdays);
  const auto end_of = [this](Ticks span) {
    return in_.calendar->at(Date{in_.model.start.days + static_cast<int>(span / day)}, span % day);
  };
  in_.model.end = end_of(std::clamp<Ticks>(lasts, 1, 36600 * day));
  in_.model.warm_up = end_of(duration(*node, "warm_up", 0));
  if (const Node* warm_up = get(*node, "warm_up"); warm_up != nullptr && in_.model.warm_up >= in_.model.end)
    bad(*warm_up, "warm_up", "", tr("it must be shorter than the run"));
  if (in_.options.until_day) {
    const Ticks until = end_of(*in_.options.until_day * day);
    if (until <= in_.model.warm_up)
      in_.problems.error(node->place, tr("--until-day ends the run within its warm-up"), tr("let it run longer"));
    in_.model.end = std::min(in_.model.end, until);
  }
}

void RunReader::days_and_nights() {
  const Node* node = get(in_.root, "run");
  if (node == nullptr || !in_.calendar) return;
  in_.model.seed = in_.options.seed.value_or(static_cast<std::uint64_t>(whole(*node, "seed", 1, 0, 2'000'000'000)));
  while (in_.calendar->at(Date{in_.model.start.days + in_.days}, 0) < in_.model.end)
    in_.model.midnights.push_back(in_.calendar->at(Date{in_.model.start.days + in_.days++}, 0));
  in_.model.midnights.push_back(in_.calendar->at(Date{in_.model.start.days + in_.days}, 0));
  in_.model.night = daily({21 * hour, 30 * hour}, Days{});
  if (const Node* centre = get(in_.root, "centre"); centre != nullptr && centre->is_map())
    if (const Node* night = get(*centre, "night")) in_.model.night = opening(*night, "night");
}

}  // namespace

void read_span(Reading& reading) { RunReader(reading).span(); }

void read_days(Reading& reading) { RunReader(reading).days_and_nights(); }

}  // namespace mailflow
