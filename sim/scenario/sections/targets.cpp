#include "scenario/sections/targets.hpp"

#include "core/words.hpp"
#include "scenario/sections/time_reader.hpp"

namespace mailflow {

namespace {

class TargetReader : private TimeReader {
 public:
  using TimeReader::TimeReader;
  void targets();
  void bound(const Node& node, Target& target);

 private:
  void target(const Node& node, Target& target);
};

void TargetReader::targets() {
  const Node* map = get(in_.root, "targets");
  if (map == nullptr) return;
  if (!map->is_map()) {
    bad(*map, "targets", "", tr("it must be a map by name"));
    return;
  }
  for (const Entry& e : map->entries) {
    Target result;
    result.name = e.key;
    in_.places["targets " + e.key] = e.place;
    target(e.value, result);
    in_.model.targets.push_back(result);
  }
}

void TargetReader::target(const Node& node, Target& result) {
  if (!node.is_map() || get(node, "measure") == nullptr) {
    if (node.is_map() && tell_meant(node, {"measure"}, tr("target {}", result.name))) return;
    bad(node, tr("target {}", result.name), node.is_map() ? tr("without a measure") : "",
        tr("it must have measure: one of {}", listed_words<Target::Measure>()));
    return;
  }
  const int measure = choice(node, "measure", words_of<Target::Measure>(), -1);
  if (measure < 0) return;
  result.measure = static_cast<Target::Measure>(measure);
  if (!check_section(node, "targets." + std::string(word_of(result.measure)), tr("target {}", result.name))) return;
  result.label = label(node, "label");
  const Node* of = get(node, "of");
  if (of != nullptr && result.measure == Target::Measure::overtime)
    result.team = reference(*of, in_.names.teams, tr("team"));
  else if (of != nullptr)
    result.product = reference(*of, in_.names.products, tr("product"));
  if (const Node* to = get(node, "to")) result.destination = reference(*to, in_.names.destinations, tr("destination"));
  if (const Node* by = get(node, "by")) result.departure = reference(*by, in_.names.departures, tr("departure"));
  if (const Node* at = get(node, "at")) {
    if (result.measure == Target::Measure::left_over) {
      for (const Ticks t : timetable(times_of_day(*at, "at"), Days{}, true))
        if (t > in_.model.warm_up) result.samples.push_back(t);
      if (result.samples.empty())
        in_.problems.warning(at->place, tr("target {} is never counted within the run", result.name),
                             tr("let the run last past that time"));
    } else {
      result.station = reference(*at, in_.names.stations, tr("station"));
    }
  }
  if (const Node* over = get(node, "over")) {
    const auto parse = [](std::string_view text, Failure& why) {
      auto span = parse_worded(text, "busiest", Least::above_zero, why);
      if (span && *span % hour != 0) why = {tr("it must be a whole number of hours"), {}};
      return span && *span % hour == 0 ? span : std::nullopt;
    };
    result.over = value(*over, "over", "over: busiest 3 h", parse).value_or(hour);
  }
  bound(node, result);
}

void TargetReader::bound(const Node& node, Target& result) {
  const Node* least = get(node, "at_least");
  const Node* most = get(node, "at_most");
  if (least == nullptr && most == nullptr && (meant(node, "at_least") || meant(node, "at_most"))) return;
  if ((least == nullptr) == (most == nullptr)) {
    in_.problems.error(
        node.place, tr("target {} needs at_least or at_most, one of them", result.name),
        least == nullptr ? tr("for example at_least: 95 %, or at_most: 1500 items") : tr("keep one of the two"));
    return;
  }
  result.at_least = least != nullptr;
  const Node& given = result.at_least ? *least : *most;
  const std::string key = result.at_least ? "at_least" : "at_most";
  const auto read = [&](const std::string& example, const auto& parse, double per) {
    if (result.measure == Target::Measure::left_over || result.measure == Target::Measure::throughput)
      tell_thousands(given, key);
    if (const auto found = value(given, key, key + ": " + example, parse))
      result.bound = static_cast<double>(*found) / per;
  };
  switch (result.measure) {
    case Target::Measure::on_time:
      return read("95 %", [](std::string_view text, Failure& why) { return parse_share(text, 1, why); }, 1);
    case Target::Measure::throughput:
      return read("24000 items/h", parse_items_per_hour, 1);
    case Target::Measure::left_over:
      return read(
          "500 items",
          [](std::string_view text, Failure& why) { return parse_count(text, 0, 1'000'000'000'000, false, why); }, 1);
    case Target::Measure::longest_wait:
      return read("4 h", parse_duration_exactly, static_cast<double>(minute));
    case Target::Measure::overtime:
      return read("20 h", parse_duration_exactly, static_cast<double>(hour));
    case Target::Measure::cost_per_item:
      result.bound = money(given, key, false);
  }
}

}  // namespace

void read_targets(Reading& reading) { TargetReader(reading).targets(); }

void read_bound(Reading& reading, const Node& node, Target& target) { TargetReader(reading).bound(node, target); }

}  // namespace mailflow
