#include "scenario/sections/departures.hpp"

#include <algorithm>

#include "core/words.hpp"
#include "scenario/sections/time_reader.hpp"

namespace mailflow {

namespace {

class DepartureReader : private TimeReader {
 public:
  using TimeReader::TimeReader;
  void departures();

 private:
  void departure(const Node& node, Departure& departure);
  void capacity(const Node& node, Departure& departure);
};

void DepartureReader::departures() {
  const Node* transport = get(in_.root, "transport");
  if (transport == nullptr || !check_section(*transport, "transport", "transport")) return;
  const Node* map = get(*transport, "departures");
  if (map == nullptr || !map->is_map()) return;
  for (const Entry& e : map->entries) {
    Departure result;
    result.name = e.key;
    departure(e.value, result);
    in_.model.departures.push_back(result);
  }
}

void DepartureReader::departure(const Node& node, Departure& result) {
  if (!check_section(node, "transport.departures", tr("departure {}", result.name))) return;
  result.label = label(node, "label");
  result.serves.assign(in_.names.destinations.size(), false);
  const Node* to = get(node, "to");
  if (to != nullptr && to->is_scalar() && to->text == "all") {
    result.serves_all = true;
    result.serves.assign(in_.names.destinations.size(), true);
  } else if (to != nullptr) {
    const std::vector<std::string> words(to->is_scalar() ? 1 : 0, "all");
    for (const Node* item : list(*to))
      if (const DestinationIndex d = reference(*item, in_.names.destinations, tr("destination"), words); d != none)
        result.serves[d] = true;
  }
  if (const Node* from = get(node, "from")) {
    for (const Node* item : list(*from)) {
      const StationIndex s = reference(*item, in_.names.stations, tr("station"));
      if (s == none) continue;
      if (in_.model.stations[s].kind != StationKind::bay)
        bad(*item, "from", "", tr("it must be a bay"));
      else
        result.from.push_back(s);
    }
  } else {
    for (const StationIndex s : in_.model.stations.indices())
      if (in_.model.stations[s].kind == StationKind::bay) result.from.push_back(s);
    std::sort(result.from.begin(), result.from.end(), [this](StationIndex a, StationIndex b) {
      return in_.model.stations[a].name < in_.model.stations[b].name;
    });
    if (result.from.empty() && !in_.strange_kind && !(in_.names.stations.empty() && in_.problems.has_errors()))
      in_.problems.error(node.place, tr("departure {} has no bay to load at", result.name),
                         tr("add a station of kind bay"));
  }
  if (const Node* at = get(node, "at")) result.at = timetable(times_of_day(*at, "at"), days(node), true);
  if (const Node* closes = get(node, "closes")) {
    const auto parse = [](std::string_view text, Failure& why) {
      return parse_worded(text, "before", Least::zero, why);
    };
    result.closes_before = value(*closes, "closes", "closes: 20 min before", parse).value_or(0);
  }
  if (const Node* given = get(node, "capacity")) capacity(*given, result);
  if (const Node* vehicles = get(node, "vehicles")) {
    if (vehicles->is_scalar() && vehicles->text == "as needed")
      result.vehicles = -1;
    else
      result.vehicles = whole(node, "vehicles", 1, 1);
    if (result.vehicles < 0 && get(node, "capacity") == nullptr)
      in_.problems.warning(vehicles->place, tr("without capacity one vehicle takes everything"), tr("give capacity:"));
  }
  if (const Node* cost = get(node, "cost")) result.cost = money(*cost, "cost", false);
}

void DepartureReader::capacity(const Node& node, Departure& result) {
  const auto parse = [&](std::string_view text, Failure& why) -> std::optional<double> {
    Failure not_items;
    if (const auto items = parse_count(text, 1, 1'000'000'000, false, not_items)) {
      result.capacity_items = static_cast<double>(*items);
      return result.capacity_items;
    }
    const auto kg = parse_weight(text, why);
    if (kg && *kg > 0)
      result.capacity_kg = *kg;
    else if (kg)
      why = {tr("it must be above 0"), {}};
    else
      why = {
          text.find("item") == std::string_view::npos ? tr("it must be items or a weight (g, kg, t)") : not_items.must,
          {}};
    return kg && *kg > 0 ? kg : std::nullopt;
  };
  value(node, "capacity", tr("capacity: 350 kg, or 12000 items"), parse);
}

}  // namespace

void read_departures(Reading& reading) { DepartureReader(reading).departures(); }

}  // namespace mailflow
