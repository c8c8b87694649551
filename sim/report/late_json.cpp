#include "report/late_json.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow {

using Json = nlohmann::ordered_json;

namespace {

double to_thousandths(double value) { return std::round(value * 1000) / 1000; }

/// [station][cause], where there are any.
Json late_minutes(const Model& model, const LateMinutes& of) {
  Json json = Json::object();
  for (const StationIndex s : of.indices())
    for (std::size_t c = 0; c < causes; ++c)
      if (of[s][c] > 0) json[model.stations[s].name][cause_names[c]] = to_thousandths(of[s][c]);
  return json;
}

/// Those that keep journeys, by day and then by items.
Json late_groups(const Model& model, const Calendar& calendar, const RunRecord& record) {
  std::vector<std::pair<std::pair<int, DepartureIndex>, const LateGroup*>> told;
  for (const auto& [of, group] : record.late_groups)
    if (!group.latest.empty()) told.emplace_back(of, &group);
  std::stable_sort(told.begin(), told.end(), [](const auto& a, const auto& b) {
    return std::make_pair(a.first.first, -a.second->items) < std::make_pair(b.first.first, -b.second->items);
  });
  Json json = Json::array();
  for (const auto& [of, group] : told) {
    const auto& [on, departure] = of;
    const Ticks due = group->latest.front().late.due - 1;  // midnight ends a day
    Json lots = Json::array();
    for (const Journey& j : group->latest) lots.push_back(journey_json(model, calendar, j));
    json.push_back({{"due", on < 0 ? Json(nullptr) : Json(calendar.text(due).substr(0, 10))},
                    {"departure", departure == none ? Json(nullptr) : Json(model.departures[departure].name)},
                    {"items", group->items},
                    {"lots", group->lots},
                    {"latest", lots}});
  }
  return json;
}

}  // namespace

Json journey_json(const Model& model, const Calendar& calendar, const Journey& j) {
  const LateItems& late = j.late;
  Json json = {{"lot", late.lot}, {"product", model.products[late.product].name}};
  json["destination"] = late.destination == none ? Json(nullptr) : Json(model.destinations[late.destination].name);
  json["items"] = late.items;
  json["due"] = calendar.text_with_offset(late.due);
  json["left"] = calendar.text_with_offset(late.at);
  json["still_here"] = late.still_here;
  json["late_minutes"] = to_thousandths(in_minutes(late.at - late.due));
  json["responsible"] = responsible_names[static_cast<std::size_t>(j.responsible)];
  json["steps"] = Json::array();
  for (const JourneyStep& step : j.steps)
    json["steps"].push_back(
        {{"activity", step.activity},
         {"station", step.station == none ? Json(nullptr) : Json(model.stations[step.station].name)},
         {"start", calendar.text_with_offset(step.start)},
         {"end", calendar.text_with_offset(step.end)},
         {"agents", step.agents}});
  return json;
}

Json late_json(const Model& model, const Calendar& calendar, const RunRecord& record) {
  Json json = {{"items", record.late_items},
               {"item_minutes", late_minutes(model, record.late)},
               {"by_hour", Json::object()},
               {"of_targets", Json::object()},
               {"groups", late_groups(model, calendar, record)}};
  for (std::size_t r = 0; r < responsible_names.size(); ++r)
    json["responsible"][responsible_names[r]] = record.responsible[r];
  for (const TargetIndex t : model.targets.indices())
    if (model.targets[t].measure == Target::Measure::on_time)
      json["of_targets"][model.targets[t].name] = late_minutes(model, record.late_of_target[t]);
  for (const StationIndex s : record.late.indices())
    for (std::size_t c = 0; c < causes; ++c) {
      if (record.late[s][c] <= 0) continue;
      Json hours = Json::array();
      for (const double m : record.late_by_hour[s][c]) hours.push_back(to_thousandths(m));
      json["by_hour"][model.stations[s].name][cause_names[c]] = hours;
    }
  return json;
}

}  // namespace mailflow
