#include "report/report_page.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <stdexcept>
#include <string_view>
#include <tuple>

#include "core/words.hpp"
#include "report/experiment_json.hpp"
#include "report/late_json.hpp"
#include "report/packed.hpp"
#include "report/results_json.hpp"

// The built page, as it is in the source tree.
__asm__(
    ".section .rodata\n"
    ".global mailflow_report_page\n"
    ".global mailflow_report_page_end\n"
    "mailflow_report_page:\n"
    ".incbin \"" MAILFLOW_REPORT_PAGE
    "\"\n"
    "mailflow_report_page_end:\n"
    ".byte 0\n"
    ".previous\n");
extern "C" const char mailflow_report_page[];      // NOLINT(readability-identifier-naming)
extern "C" const char mailflow_report_page_end[];  // NOLINT(readability-identifier-naming)

namespace mailflow {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view place_of_figures = "\"@REPORT@\"";
constexpr std::size_t most_trips = 5000;
constexpr std::size_t most_destinations = 24;
constexpr Ticks longest_by_hour = 14 * day;
constexpr const char* agent_states[] = {"idle", "working", "moving", "on_break"};

double rounded(double value) { return std::round(value * 1000) / 1000; }

/// The figures of one hour, or of an hour of the average week: sums, to be divided by `weight`.
struct HourSum {
  double weight = 0, items_out = 0, queue = 0, queue_max = 0;
  std::array<double, server_states> state{};
  std::vector<double> replications;  ///< mean queue in each
};

Json columns(const std::vector<HourSum>& rows) {
  Json json;
  for (const char* column : {"items_out", "queue_mean", "queue_max", "queue_low", "queue_high"})
    json[column] = Json::array();
  json["states"] = Json::object();
  for (const char* state : server_state_names) json["states"][state] = Json::array();
  for (const HourSum& row : rows) {
    const double n = row.weight > 0 ? row.weight : 1;
    json["items_out"].push_back(rounded(row.items_out / n));
    json["queue_mean"].push_back(rounded(row.queue / n));
    json["queue_max"].push_back(row.queue_max);
    double servers = 0;
    for (const double s : row.state) servers += s;
    for (std::size_t i = 0; i < server_states; ++i)
      json["states"][server_state_names[i]].push_back(servers > 0 ? rounded(row.state[i] / servers) : 0);
    if (row.replications.empty()) continue;
    std::vector<double> all = row.replications;
    std::sort(all.begin(), all.end());
    const auto at = [&](double share) {
      return all[static_cast<std::size_t>(share * static_cast<double>(all.size() - 1) + 0.5)];
    };
    json["queue_low"].push_back(rounded(at(0.1) / n));
    json["queue_high"].push_back(rounded(at(0.9) / n));
  }
  return json;
}

/// Which row an hour that begins at `from` belongs to: its own, or its hour of the week (0: Monday 00:00).
std::size_t row_of(const Calendar& calendar, bool average, std::size_t hour_index, Ticks from) {
  if (!average) return hour_index;
  return static_cast<std::size_t>(Ticks{24} * weekday(calendar.date_of(from)) + calendar.time_of_day(from) / hour);
}

Json station_hours(const ReportedScenario& scenario, const Calendar& calendar, StationIndex s) {
  const Results& results = *scenario.results;
  const bool average = results.to - results.from > longest_by_hour;
  const auto& hours = results.stations[s].hours;
  std::vector<HourSum> rows(average ? 168 : hours.size());
  Json until = Json::array();
  StationHour last;
  last.until = results.from;
  for (std::size_t h = 0; h < hours.size(); ++h) {
    const StationHour& now = hours[h];
    const double span = in_hours(now.until - last.until);
    HourSum& row = rows[row_of(calendar, average, h, last.until)];
    row.weight += span;
    row.items_out += static_cast<double>(now.items_out - last.items_out);
    row.queue += in_hours(now.queue - last.queue);
    row.queue_max = std::max(row.queue_max, static_cast<double>(now.queue_max));
    for (std::size_t i = 0; i < server_states; ++i) row.state[i] += in_hours(now.state[i] - last.state[i]);
    row.replications.resize(scenario.queues.size());
    for (std::size_t r = 0; r < scenario.queues.size(); ++r)
      row.replications[r] += scenario.queues[r][s.at()].size() > h ? scenario.queues[r][s.at()][h] * span : 0;
    if (!average) until.push_back(calendar.text_with_offset(now.until));
    last = now;
  }
  if (average)
    for (int h = 1; h <= 168; ++h) until.push_back(std::to_string(h * 60));
  Json json = {{"average_week", average}, {"until", until}};
  json.update(columns(rows));
  return json;
}

std::string end_name(const Model& model, const FlowEnd& end) {
  if (const auto* product = std::get_if<ProductIndex>(&end)) return "product:" + model.products[*product].name;
  if (const auto* station = std::get_if<StationIndex>(&end)) return "station:" + model.stations[*station].name;
  if (const auto* departure = std::get_if<DepartureIndex>(&end))
    return "departure:" + model.departures[*departure].name;
  return "out";
}

Json station_name(const Model& model, StationIndex station) {
  return station == none ? Json(nullptr) : Json(model.stations[station].name);
}

Json busiest_day(const Model& model, const Calendar& calendar, const RunRecord& record) {
  Json json = {{"date", ""}, {"from", ""}, {"spans", Json::array()}};
  if (record.day < 0) return json;
  const Ticks from = model.midnights[static_cast<std::size_t>(record.day)];
  json["date"] = calendar.text(from).substr(0, 10);
  json["from"] = calendar.text_with_offset(from);
  // An agent's spans of one state at one place that follow within a minute are one to a reader.
  std::vector<AgentSpan> spans;
  std::map<std::pair<TeamIndex, int>, std::size_t> last;
  for (const AgentSpan& span : record.spans) {
    const auto [before, first] = last.try_emplace({span.team, span.agent}, spans.size());
    if (!first) {
      AgentSpan& open = spans[before->second];
      if (open.state == span.state && open.station == span.station && span.start - open.end < minute) {
        open.end = span.end;
        continue;
      }
      before->second = spans.size();
    }
    spans.push_back(span);
  }
  for (const AgentSpan& span : spans)
    json["spans"].push_back({{"team", model.teams[span.team].name},
                             {"agent", span.agent + 1},
                             {"state", agent_states[static_cast<std::size_t>(span.state)]},
                             {"station", station_name(model, span.station)},
                             {"start", rounded(in_minutes(span.start - from))},
                             {"end", rounded(in_minutes(span.end - from))}});
  return json;
}

/// To two digits after the point, as few characters as do.
Json short_row(const std::vector<double>& values) {
  Json row = Json::array();
  for (const double v : values) {
    const double hundredths = std::round(v * 100);
    if (hundredths == std::round(v) * 100)
      row.push_back(static_cast<std::int64_t>(std::round(v)));
    else
      row.push_back(hundredths / 100);
  }
  return row;
}

bool nothing_in(const Json& row) {
  return std::all_of(row.begin(), row.end(), [](const Json& v) { return v == 0; });
}

Json passed(const DayCurves::Passed& of) {
  Json json = {{"before", of.before}};
  constexpr const char* steps[] = {"arrived", "sorted", "left"};
  for (std::size_t s = 0; s < DayCurves::steps; ++s) json[steps[s]] = of.in_slot[s];
  return json;
}

/// Destinations with most mail first, so many at most; those without any are left out.
std::vector<std::pair<DestinationIndex, DayCurves::Passed>> busy_destinations(const Model& model,
                                                                              const DayCurves& curves) {
  std::vector<std::tuple<std::int64_t, DestinationIndex, DayCurves::Passed>> all;
  for (const DestinationIndex d : model.destinations.indices()) {
    DayCurves::Passed of = curves.destinations[d];
    std::int64_t items = 0;
    for (const auto& row : of.in_slot) items += std::accumulate(row.begin(), row.end(), std::int64_t{0});
    if (items > 0) all.emplace_back(-items, d, std::move(of));
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
  });
  if (all.size() > most_destinations) all.resize(most_destinations);
  std::vector<std::pair<DestinationIndex, DayCurves::Passed>> busy;
  for (auto& [items, d, of] : all) busy.emplace_back(d, std::move(of));
  return busy;
}

/// The days by the half hour (day_curves.hpp).
Json day_curves(const Model& model, const Calendar& calendar, const DayCurves& curves) {
  Json json = {{"minutes", DayCurves::slot / minute}, {"days", Json::array()}};
  for (int on = curves.from; on < curves.until; ++on)
    json["days"].push_back({{"from", calendar.text_with_offset(model.midnights[static_cast<std::size_t>(on)])},
                            {"slots", curves.slots[static_cast<std::size_t>(on - curves.from)]}});
  for (const char* key : {"worked", "lacking", "teams", "products", "destinations", "closes_before"})
    json[key] = Json::object();
  json["skills"] = Json::array();
  for (const SkillIndex k : model.skills.indices()) {
    Json skill = {{"stations", Json::array()}, {"teams", Json::array()}};
    for (const Station& s : model.stations)
      if (s.skill == k && s.crew > 0) skill["stations"].push_back(s.name);
    for (const Team& t : model.teams)
      if (std::any_of(t.skills.begin(), t.skills.end(), [&](const Skilled& has) { return has.skill == k; }))
        skill["teams"].push_back(t.name);
    if (!skill["stations"].empty()) json["skills"].push_back(skill);
  }
  for (const StationIndex s : model.stations.indices()) {
    if (model.stations[s].crew <= 0) continue;
    if (Json row = short_row(curves.worked[s]); !nothing_in(row)) json["worked"][model.stations[s].name] = row;
    if (Json row = short_row(curves.lacking[s]); !nothing_in(row)) json["lacking"][model.stations[s].name] = row;
  }
  for (const TeamIndex t : model.teams.indices())
    for (std::size_t state = 0; state < std::size(agent_states); ++state)
      if (Json row = short_row(curves.teams[t][state]); !nothing_in(row))
        json["teams"][model.teams[t].name][agent_states[state]] = row;
  for (const ProductIndex p : model.products.indices())
    json["products"][model.products[p].name] = passed(curves.products[p]);
  for (const auto& [d, of] : busy_destinations(model, curves)) {
    Json& destination = json["destinations"][model.destinations[d].name] = passed(of);
    destination["departures"] = Json::array();
    for (const Departure& departure : model.departures)
      if (departure.serves_all || (departure.serves.indices().has(d) && departure.serves[d]))
        destination["departures"].push_back(departure.name);
  }
  for (const Departure& d : model.departures) json["closes_before"][d.name] = rounded(in_minutes(d.closes_before));
  return json;
}

Json agents(const Model& model, const RunRecord& record) {
  Json json = Json::array();
  for (const AgentRecord& a : record.agents)
    json.push_back({{"team", model.teams[a.team].name},
                    {"agent", a.agent + 1},
                    {"duties", a.duties},
                    {"worked_minutes", rounded(in_minutes(a.time[1]))},
                    {"idle_minutes", rounded(in_minutes(a.time[0]))},
                    {"moving_minutes", rounded(in_minutes(a.time[2]))},
                    {"break_minutes", rounded(in_minutes(a.time[3]))},
                    {"night_minutes", rounded(in_minutes(a.night))},
                    {"overtime_minutes", rounded(in_minutes(a.overtime))},
                    {"longest_stretch_minutes", rounded(in_minutes(a.longest_stretch))},
                    {"moves", a.moves}});
  return json;
}

/// Where a page would hold too many trips, those of a day or else of a month together; `trips` says how many.
void gather_trips(Json& departures) {
  std::size_t trips = 0;
  for (const Json& d : departures) trips += d["trips"].size();
  if (trips <= most_trips) return;
  for (const std::size_t digits : {10, 7}) {  // of the date
    std::size_t left = 0;
    for (Json& d : departures) {
      Json gathered = Json::array();
      for (const Json& trip : d["trips"]) {
        const std::string at = trip["at"].get<std::string>().substr(0, digits) + (digits == 7 ? "-01" : "");
        if (gathered.empty() || gathered.back()["at"] != at) {
          gathered.push_back(trip);
          gathered.back()["at"] = at;
          if (!trip.contains("trips")) gathered.back()["trips"] = 1;
          continue;
        }
        Json& sum = gathered.back();
        sum["trips"] = sum["trips"].get<int>() + trip.value("trips", 1);
        for (const char* key : {"items", "vehicles", "missed", "on_time", "late"})
          sum[key] = sum[key].get<std::int64_t>() + trip[key].get<std::int64_t>();
        sum["kg"] = sum["kg"].get<double>() + trip["kg"].get<double>();
      }
      d["trips"] = std::move(gathered);
      left += d["trips"].size();
    }
    if (left <= most_trips) return;
  }
}

/// So many digits as a page shows, and more; null where there is none.
Json short_number(double value) {
  if (!std::isfinite(value)) return nullptr;
  if (value == 0) return 0;
  const double unit = std::pow(10, std::floor(std::log10(std::fabs(value))) - 8);
  return std::round(value / unit) * unit;
}

/// [estimate, low, high] by path; without low and high where every replication has the same, or there is but one; with
/// true at the end for a lower bound.
Json means(const std::vector<MeanFigure>& figures) {
  Json json = Json::object();
  for (const MeanFigure& figure : figures) {
    const Interval& i = figure.found;
    Json one = Json::array({short_number(i.estimate)});
    const bool spread = i.n > 1 && !i.alike && i.low < i.high;
    if (spread || figure.at_least) {
      one.push_back(spread ? short_number(i.low) : Json(nullptr));
      one.push_back(spread ? short_number(i.high) : Json(nullptr));
    }
    if (figure.at_least) one.push_back(true);
    json[figure.path] = one;
  }
  return json;
}

Json detail(const Detail& of) {
  if (of.median_of.empty()) return nullptr;
  return {{"replication", of.replication},
          {"replications", of.replications},
          {"confidence", of.confidence},
          {"median_of", of.median_of}};
}

/// In how many replications stations came to stand still for ever.
std::int64_t stood_still(const std::vector<MeanFigure>& figures) {
  const auto after = std::find_if(figures.begin(), figures.end(),
                                  [](const MeanFigure& f) { return f.path == "stands_still_after_minutes"; });
  return after == figures.end() ? 0 : after->found.n;
}

const char* kind_of(const ReportRequest& request) {
  if (!request.improvement.empty()) return "improvement";
  if (!request.sweep.empty()) return "sweep";
  if (!request.network.empty()) return "network";
  if (!request.plan.empty()) return "plan";
  if (!request.within_day.empty()) return "within day";
  if (!request.roster.empty()) return "roster";
  if (!request.sensitivity.empty()) return "sensitivity";
  if (!request.targets.empty()) return "targets";
  if (request.scenarios.size() > 1) return "comparison";
  return request.experiment.empty() ? "run" : "replications";
}

Json assumptions(const Assumptions& of) {
  Json json = {{"said", of.said}, {"all", Json::array()}};
  for (const Assumption& a : of.all) {
    Json one = {{"section", a.section}, {"name", a.name}, {"label", nullptr}, {"values", a.values}, {"note", a.note}};
    if (!a.label_fr.empty() || !a.label_en.empty()) one["label"] = {{"fr", a.label_fr}, {"en", a.label_en}};
    json["all"].push_back(one);
  }
  return json;
}

Json scenario_json(const ReportedScenario& scenario) {
  const Model& model = *scenario.model;
  const Calendar calendar = model.calendar();
  Json results = Json::parse(results_json(model, *scenario.results));
  results.erase("station_hours");
  gather_trips(results["departures"]);
  Json json = {{"name", results["scenario"]["label"]["en"]}, {"file", model.file}, {"text", scenario.text}};
  json["called"] = scenario.called.en.empty() ? Json(nullptr) : label_json(scenario.called);
  json["changes"] = Json::array();
  for (std::size_t i = 0; i < std::min(scenario.changes.fr.size(), scenario.changes.en.size()); ++i)
    json["changes"].push_back({{"fr", scenario.changes.fr[i]}, {"en", scenario.changes.en[i]}});
  json["assumptions"] = assumptions(scenario.assumptions);
  json["results"] = std::move(results);
  json["hours"] = Json::object();
  for (const StationIndex s : model.stations.indices())
    json["hours"][model.stations[s].name] = station_hours(scenario, calendar, s);
  Json flow = Json::array();
  for (const auto& [ends, items] : scenario.record.flow)
    flow.push_back({{"from", end_name(model, ends.first)}, {"to", end_name(model, ends.second)}, {"items", items}});
  Json latest = Json::array();
  for (const Journey& j : scenario.record.latest) latest.push_back(journey_json(model, calendar, j));
  json["means"] = scenario.means.empty() ? Json(nullptr) : means(scenario.means);
  json["stood_still"] = stood_still(scenario.means);
  json["journal"] = {{"flow", flow},
                     {"late", late_json(model, calendar, scenario.record)},
                     {"latest", latest},
                     {"day", busiest_day(model, calendar, scenario.record)},
                     {"agents", agents(model, scenario.record)},
                     {"curves", day_curves(model, calendar, scenario.record.curves)}};
  return json;
}

}  // namespace

std::vector<std::vector<double>> hourly_queues(const Results& results) {
  std::vector<std::vector<double>> all;
  for (const StationResult& station : results.stations) {
    std::vector<double>& queues = all.emplace_back();
    StationHour last;
    last.until = results.from;
    for (const StationHour& now : station.hours) {
      const double span = in_hours(now.until - last.until);
      queues.push_back(span > 0 ? in_hours(now.queue - last.queue) / span : 0);
      last = now;
    }
  }
  return all;
}

std::string report_json(const ReportRequest& request) {
  Json json = {{"format", 1},
               {"program", std::string("mailflow ") + MAILFLOW_VERSION},
               {"language", language() == Language::fr ? "fr" : "en"},
               {"kind", kind_of(request)},
               {"detail", detail(request.detail)}};
  json["scenarios"] = Json::array();
  for (const ReportedScenario& scenario : request.scenarios) json["scenarios"].push_back(scenario_json(scenario));
  const auto part = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json::parse(text); };
  json["experiment"] = part(request.experiment);
  json["roster"] = request.roster.empty() ? Json(nullptr) : Json::parse(request.roster)["roster"];
  json["sensitivity"] = part(request.sensitivity);
  json["targets"] = part(request.targets);
  json["improvement"] = part(request.improvement);
  json["plan"] = part(request.plan);
  json["within_day"] = part(request.within_day);
  json["sweep"] = part(request.sweep);
  json["network"] = part(request.network);
  return json.dump();
}

std::string report_page(const ReportRequest& request) {
  const std::string figures = packed(report_json(request));
  std::string page(mailflow_report_page, mailflow_report_page_end);
  const std::size_t place = page.find(place_of_figures);
  if (place == std::string::npos) throw std::logic_error("the report's page has no place for its figures");
  page.replace(place, place_of_figures.size(), figures);
  return page;
}

}  // namespace mailflow
