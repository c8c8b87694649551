#include "report/results_json.hpp"

#include <fmt/compile.h>

#include <cmath>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "metrics/oee.hpp"
#include "metrics/targets.hpp"
#include "report/experiment_json.hpp"
#include "report/json_values.hpp"

namespace mailflow {

namespace {

using Json = nlohmann::ordered_json;

Json width(double value) { return value < 0 ? Json(nullptr) : json_number(value); }

Json estimate(const Estimate& e) {
  return {{"mean", json_number(e.mean)},
          {"half_width_95", width(e.half_width_95)},
          {"half_width_99", width(e.half_width_99)},
          {"batches", e.batches}};
}

Json times(const TimeSummary& t) {
  Json json = estimate(t.mean);
  json["p50"] = json_number(t.p50);
  json["p90"] = json_number(t.p90);
  json["p95"] = json_number(t.p95);
  json["p99"] = json_number(t.p99);
  json["max"] = json_number(t.max);
  json["unfinished"] = t.unfinished;
  json["at_least"] = t.at_least;
  json["max_is_at_least"] = t.max_at_least;
  json["quantile_relative_error"] = t.quantile_error;
  return json;
}

Json own_times(const OwnTimes& o) {
  const auto minutes = [&o](ItemTicks t) { return o.items > 0 ? Json(in_minutes(t)) : Json(nullptr); };
  return {{"items", o.items},
          {"mean", o.items > 0 ? json_number(in_minutes(o.total) / static_cast<double>(o.items)) : Json(nullptr)},
          {"p50", minutes(o.sketch.quantile(0.5))},
          {"p90", minutes(o.sketch.quantile(0.9))},
          {"p95", minutes(o.sketch.quantile(0.95))},
          {"p99", minutes(o.sketch.quantile(0.99))},
          {"max", minutes(o.sketch.max())},
          {"unfinished", o.unfinished},
          {"at_least", unfinished_counts(o.unfinished, o.items)},
          {"max_is_at_least", o.longest_unfinished},
          {"quantile_relative_error", o.sketch.error()}};
}

Json on_time(const OnTime& o) {
  return {{"share", json_number(o.share())},
          {"share_at_least", json_number(o.share_at_least())},
          {"share_at_most", json_number(o.share_at_most())},
          {"on_time", o.on_time},
          {"late", o.late},
          {"undecided", o.undecided},
          {"no_due", o.no_due}};
}

Json cause_minutes(const std::array<ItemTicks, causes>& row) {
  Json json = Json::object();
  ItemTicks total = 0;
  for (std::size_t c = 0; c < causes; ++c) {
    json[cause_names[c]] = in_minutes(row[c]);
    total += row[c];
  }
  json["total"] = in_minutes(total);
  return json;
}

/// Of positions or machines: where there are none, there is nothing to say.
Json state_hours(const Station& is, const std::array<Ticks, server_states>& state) {
  Json json = Json::object();
  for (std::size_t s = 0; s < server_states; ++s)
    json[server_state_names[s]] = takes_in_hand(is.kind) ? Json(in_hours(state[s])) : Json();
  return json;
}

/// Days on which something was due.
Json due_days(const std::vector<DueDay>& days, const std::vector<Ticks>& midnights, const Calendar& calendar) {
  Json json = Json::array();
  for (std::size_t d = 0; d < days.size(); ++d)
    if (days[d].on_time + days[d].late + days[d].undecided > 0)
      json.push_back({{"day", calendar.text(midnights[d]).substr(0, 10)},
                      {"on_time", days[d].on_time},
                      {"late", days[d].late},
                      {"undecided", days[d].undecided}});
  return json;
}

Json product(const Model& model, ProductIndex p, const Results& r) {
  const ProductResult& result = r.products[p];
  Json json = {{"label", json_label(model.products[p].label, model.products[p].name)},
               {"at_start", result.at_start},
               {"in", result.in},
               {"out", result.out},
               {"left", result.left}};
  json["on_time"] = on_time(result.on_time);
  json["on_time_by_due_day"] = due_days(result.days, model.due_midnights, model.calendar());
  json["on_time_by_destination"] = Json::object();
  for (const DestinationIndex d : model.destinations.indices())
    json["on_time_by_destination"][model.destinations[d].name] = on_time(r.product_destination[p][d]);
  json["time_in_centre_minutes"] = times(result.time_in_centre);
  json["cause_item_minutes"] = cause_minutes(result.cause);
  json["in_centre_item_minutes"] = in_minutes(result.in_centre);
  return json;
}

Json oee(const Station& is, const StationResult& result) {
  const Oee o = oee_of(is, result);
  return {{"opening_hours", json_number(o.opening_hours)},
          {"planned_hours", json_number(o.planned_hours)},
          {"not_rostered_hours", json_number(o.not_rostered_hours)},
          {"without_mail_hours", json_number(o.without_mail_hours)},
          {"required_hours", json_number(o.required_hours)},
          {"availability", json_number(o.availability)},
          {"performance", json_number(o.performance)},
          {"quality", json_number(o.quality)},
          {"oee", json_number(o.oee)},
          {"load", json_number(o.load)},
          {"ooe", json_number(o.ooe)},
          {"items_per_agent_hour", json_number(o.items_per_agent_hour)},
          {"nominal_items_per_hour", json_number(o.nominal_items_per_hour)}};
}

Json station(const Model& model, StationIndex s, const StationResult& result) {
  Json json = {{"label", json_label(model.stations[s].label, model.stations[s].name)},
               {"kind", word_of(model.stations[s].kind)},
               {"items_in", result.items_in},
               {"items_out", result.items_out},
               {"items_diverted", result.items_diverted},
               {"lots_out", result.lots_out}};
  Ticks total = 0;
  for (const Ticks t : result.state) total += t;
  json["state_hours"] = state_hours(model.stations[s], result.state);
  json["state_shares"] = Json::object();
  for (std::size_t i = 0; i < server_states; ++i)
    json["state_shares"][server_state_names[i]] =
        total > 0 ? json_number(static_cast<double>(result.state[i]) / static_cast<double>(total)) : Json(nullptr);
  json["oee"] = oee(model.stations[s], result);
  json["use"] = estimate(result.use);
  json["throughput_items_per_hour"] = estimate(result.throughput);
  json["content_items"] = estimate(result.content);
  json["queue_items"] = estimate(result.queue);
  json["wait_minutes"] = estimate(result.wait);
  json["wait_minutes"]["unfinished"] = result.still_waiting;
  json["wait_minutes"]["at_least"] = result.wait_at_least;
  json["mean_time_minutes"] = json_number(result.mean_time);
  json["mean_time_is_at_least"] = result.mean_time_at_least;
  json["waited_share"] = json_number(result.waited);
  json["longest_wait_minutes"] = json_number(result.longest_wait);
  json["longest_wait_is_at_least"] = result.longest_wait_at_least;
  json["queue_max_items"] = result.queue_max;
  json["little_residual"] = result.little_residual;
  json["own_time_minutes"] = own_times(result.own_times);
  json["cause_item_minutes"] = Json::object();
  for (const ProductIndex p : model.products.indices())
    json["cause_item_minutes"][model.products[p].name] = cause_minutes(result.cause[p]);
  return json;
}

/// Writes the hours of stations as `Json::dump(1)` would write them as the last value of the whole: they are most of
/// results.json, and objects for them would take longer to make than many a run.
class HoursText {
 public:
  HoursText(const Calendar& calendar, std::string& out) : calendar_(calendar), out_(out) {}
  void write(const Model& model, const Results& r) {
    out_ += '{';
    for (const StationIndex s : r.stations.indices()) {
      out_ += s.number() == 0 ? "\n  " : ",\n  ";
      out_ += Json(model.stations[s].name).dump();
      out_ += ": [";
      bool first = true;
      for (const StationHour& hour : r.stations[s].hours) {
        out_ += first ? "\n" : ",\n";
        first = false;
        write(hour);
      }
      out_ += first ? "]" : "\n  ]";
    }
    out_ += r.stations.empty() ? "}" : "\n }";
  }

 private:
  void write(const StationHour& h) {
    out_ += "   {\n    \"until\": \"";
    std::string& until = texts_[h.until];
    if (until.empty()) until = calendar_.text_with_offset(h.until);
    out_ += until;
    out_ += "\",\n    \"items_out\": ";
    write(h.items_out);
    out_ += ",\n    \"state_hours\": {";
    for (std::size_t s = 0; s < server_states; ++s) {
      out_ += s == 0 ? "\n     \"" : ",\n     \"";
      out_ += server_state_names[s];
      out_ += "\": ";
      write(in_hours(h.state[s]));
    }
    out_ += "\n    },\n    \"queue_item_hours\": ";
    write(in_hours(h.queue));
    out_ += ",\n    \"content_item_hours\": ";
    write(in_hours(h.content));
    out_ += ",\n    \"queue_now\": ";
    write(h.queue_now);
    out_ += ",\n    \"content_now\": ";
    write(h.content_now);
    out_ += ",\n    \"queue_max\": ";
    write(h.queue_max);
    out_ += "\n   }";
  }
  void write(std::int64_t whole) { fmt::format_to(std::back_inserter(out_), FMT_COMPILE("{}"), whole); }
  void write(double value) {
    if (value == 0)
      out_ += "0.0";
    else
      out_ += Json(value).dump();
  }

  const Calendar& calendar_;
  std::string& out_;
  std::map<Ticks, std::string> texts_;  ///< the hours of all stations end at the same instants
};

Json team(const Model& model, TeamIndex t, const TeamResult& result) {
  return {{"label", json_label(model.teams[t].label, model.teams[t].name)},
          {"agents", model.teams[t].agents},
          {"paid_minutes", in_minutes(result.paid)},
          {"worked_minutes", in_minutes(result.worked)},
          {"idle_minutes", in_minutes(result.idle)},
          {"moving_minutes", in_minutes(result.moving)},
          {"break_minutes", in_minutes(result.on_break)},
          {"overtime_minutes", in_minutes(result.overtime)},
          {"night_minutes", in_minutes(result.night)},
          {"absent_minutes", in_minutes(result.absent)},
          {"duties", result.duties},
          {"absences", result.absences},
          {"moves", result.moves},
          {"cost", result.cost}};
}

Json departure(const Model& model, const Calendar& calendar, DepartureIndex d, const DepartureResult& result) {
  const Departure& is = model.departures[d];
  Json json = {{"label", json_label(is.label, is.name)},
               {"items", result.items},
               {"missed", result.missed},
               {"on_time", on_time(result.on_time)},
               {"cost", result.cost},
               {"capacity_items", is.capacity_items < 0 ? Json(nullptr) : Json(is.capacity_items)},
               {"capacity_kg", is.capacity_kg < 0 ? Json(nullptr) : Json(is.capacity_kg)}};
  json["trips"] = Json::array();
  for (const DepartureTrip& t : result.trips)
    json["trips"].push_back({{"at", calendar.text_with_offset(t.at)},
                             {"items", t.items},
                             {"kg", t.kg},
                             {"vehicles", t.vehicles},
                             {"missed", t.missed},
                             {"on_time", t.on_time},
                             {"late", t.late}});
  return json;
}

constexpr const char* measure_units[] = {"share", "items/h", "items", "minutes", "agent hours", "currency/item"};

}  // namespace

nlohmann::ordered_json standstills_json(const Model& model, const std::vector<Standstill>& all) {
  Json json = Json::array();
  for (const Standstill& still : all) {
    Json names = Json::array();
    for (const StationIndex s : still.stations) names.push_back(model.stations[s].name);
    json.push_back({{"since", model.calendar().text_with_offset(still.since)}, {"stations", names}});
  }
  return json;
}

std::string results_json(const Model& model, const Results& r) {
  const Calendar calendar = model.calendar();
  Json json = {{"format", 1}, {"program", std::string("mailflow ") + MAILFLOW_VERSION}};
  json["scenario"] = {{"file", model.file},
                      {"from_state", model.situation.file.empty() ? Json() : Json(model.situation.file)},
                      {"label", json_label(model.scenario, model.name)},
                      {"centre", json_label(model.label, model.name)},
                      {"timezone", model.timezone},
                      {"currency", model.currency}};
  json["run"] = {{"seed", r.seed},
                 {"replication", r.replication},
                 {"from", calendar.text_with_offset(r.from)},
                 {"to", calendar.text_with_offset(r.to)},
                 {"hours", in_hours(r.to - r.from)},
                 {"events", r.events},
                 {"lots", r.lots}};
  json["at_start"] = r.at_start;
  json["in"] = r.in;
  json["out"] = r.out;
  json["left"] = r.left;
  json["on_time"] = on_time(r.on_time);
  json["time_in_centre_minutes"] = times(r.time_in_centre);
  json["staff_cost"] = r.staff_cost;
  json["transport_cost"] = r.transport_cost;
  json["stands_still_after_minutes"] =
      r.standstills.empty() ? Json(nullptr) : Json(in_minutes(r.standstills.front().since));
  json["standstills"] = standstills_json(model, r.standstills);
  json["targets"] = Json::object();
  for (const TargetIndex t : r.targets.indices()) {
    const Target& target = model.targets[t];
    const auto measure = static_cast<std::size_t>(target.measure);
    json["targets"][target.name] = {
        {"label", json_label(target.label, target.name)},
        {"measure", word_of(target.measure)},
        {"unit", measure_units[measure]},
        {"value", json_number(r.targets[t].value)},
        {"value_is_at_least", r.targets[t].at_least},
        {target.at_least ? "at_least" : "at_most", target.bound},
        {"met", judged(r.targets[t]) ? Json(r.targets[t].met) : Json()},
        {"days_judged", r.targets[t].days_judged},
        {"days_met", r.targets[t].days_met},
        {"detail", r.targets[t].detail},
        {"days",
         r.target_days.indices().has(t) ? due_days(r.target_days[t], model.midnights, calendar) : Json::array()}};
  }
  for (const char* table : {"products", "destinations", "stations", "teams", "departures", "station_hours"})
    json[table] = Json::object();
  for (const ProductIndex p : r.products.indices()) json["products"][model.products[p].name] = product(model, p, r);
  for (const DestinationIndex d : r.destinations.indices())
    json["destinations"][model.destinations[d].name] = {
        {"label", json_label(model.destinations[d].label, model.destinations[d].name)},
        {"on_time", on_time(r.destinations[d])}};
  for (const StationIndex s : r.stations.indices())
    json["stations"][model.stations[s].name] = station(model, s, r.stations[s]);
  for (const TeamIndex t : r.teams.indices()) json["teams"][model.teams[t].name] = team(model, t, r.teams[t]);
  for (const DepartureIndex d : r.departures.indices())
    json["departures"][model.departures[d].name] = departure(model, calendar, d, r.departures[d]);
  std::string text = json.dump(1);
  text.resize(text.size() - std::string_view("{}\n}").size());  // station_hours, empty so far
  HoursText(calendar, text).write(model, r);
  text += "\n}\n";
  return text;
}

}  // namespace mailflow
