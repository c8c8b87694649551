// A network's results as JSON and tables. Part of network_report.hpp.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "metrics/targets.hpp"
#include "report/experiment_json.hpp"
#include "report/json_values.hpp"
#include "report/network_report.hpp"
#include "report/text.hpp"

namespace mailflow {

namespace {

using Json = nlohmann::ordered_json;

Json on_time(const OnTime& o) {
  return {{"share", json_number(o.share())},
          {"on_time", o.on_time},
          {"late", o.late},
          {"undecided", o.undecided},
          {"no_due", o.no_due}};
}

Json times(const TimeSummary& t) {
  if (t.items == 0) return nullptr;
  return {{"mean", json_number(t.mean.mean)},
          {"p50", t.p50},
          {"p90", t.p90},
          {"p95", t.p95},
          {"p99", t.p99},
          {"max", t.max},
          {"quantile_relative_error", t.quantile_error}};
}

double mean_minutes(const FlowResult& flow) {
  return flow.delivered > 0 ? in_minutes(flow.under_way) / static_cast<double>(flow.delivered) : std::nan("");
}

std::string path_text(const Network& network, const NetworkPath& path) {
  std::string text;
  for (const int c : path.centres)
    text += (text.empty() ? "" : " > ") + network.centres[static_cast<std::size_t>(c)].name;
  return text;
}

std::string hour_text(const Calendar& calendar, std::size_t hour_number) {
  return calendar.text_with_offset(static_cast<Ticks>(hour_number) * hour);
}

Json centre(const Network& network, const Calendar& calendar, std::size_t c, const CentreOutcome& x) {
  const Model& model = network.centres[c];
  Json json = {{"label", json_label(model.label, model.name)},
               {"at_start", x.at_start},
               {"posted", x.posted},
               {"by_links_in", x.by_links_in},
               {"by_links_out", x.by_links_out},
               {"delivered", x.delivered},
               {"left", x.left}};
  const bool any = !x.hours.empty();
  json["busiest_hour"] = any ? Json(hour_text(calendar, x.busiest_hour())) : Json(nullptr);
  json["busiest_hour_items"] = any ? Json(x.hours[x.busiest_hour()].handled) : Json(nullptr);
  json["most_inside"] = any ? Json(x.hours[x.fullest_hour()].content) : Json(nullptr);
  json["agent_hours"] = x.agent_hours;
  json["staff_cost"] = x.staff_cost;
  json["transport_cost"] = x.transport_cost;
  json["standstills"] = standstills_json(model, x.standstills);
  json["stations"] = Json::object();
  for (const StationIndex s : x.stations.indices())
    json["stations"][model.stations[s].name] = {
        {"items", x.stations[s].items},
        {"use", x.stations[s].use < 0 ? Json(nullptr) : json_number(x.stations[s].use)},
        {"queue_max_items", x.stations[s].queue_max},
        {"wait_minutes", json_number(x.stations[s].wait)},
        {"longest_wait_minutes", json_number(x.stations[s].longest_wait)}};
  return json;
}

Json link(const Network& network, LinkIndex l, const LinkResult& x) {
  const Link& is = network.links[l];
  const auto name = [&](int c) { return network.centres[static_cast<std::size_t>(c)].name; };
  return {{"label", json_label(is.label, is.name)},
          {"from", name(is.from)},
          {"to", name(is.to)},
          {"takes_minutes", in_minutes(is.takes)},
          {"trips", x.trips},
          {"vehicles", x.vehicles},
          {"items", x.items},
          {"load_share", x.room > 0 ? Json(x.aboard / x.room) : Json(nullptr)},
          {"missed", x.missed},
          {"late_items", x.late},
          {"late_trips", x.late_trips},
          {"lateness_minutes", in_minutes(x.lateness)},
          {"cost", x.cost}};
}

Table centres_table(const Network& network, const NetworkResults& r) {
  Table table("centres",
              "centre,posted,by_links_in,by_links_out,delivered,left,busiest_hour,busiest_hour_items,most_inside,"
              "busiest_station,use_share,wait_mean_minutes,agent_hours");
  const Calendar calendar = network.any().calendar();
  for (std::size_t c = 0; c < r.centres.size(); ++c) {
    const CentreOutcome& x = r.centres[c];
    const bool any = !x.hours.empty();
    const CentreStation station = x.busiest_station == none ? CentreStation{} : x.stations[x.busiest_station];
    table.row(network.centres[c].name, x.posted, x.by_links_in, x.by_links_out, x.delivered, x.left,
              Instant{any ? hour_text(calendar, x.busiest_hour()) : ""}, any ? x.hours[x.busiest_hour()].handled : 0,
              any ? x.hours[x.fullest_hour()].content : 0,
              x.busiest_station == none ? "" : network.centres[c].stations[x.busiest_station].name,
              station.use < 0 ? std::nan("") : station.use, station.wait, x.agent_hours);
  }
  return table;
}

Table flows_table(const char* name, const Network& network, const std::vector<FlowResult>& flows, bool origins) {
  Table table(name, std::string(origins ? "origin,posted" : "destination") +
                        ",delivered,on_time_share,on_time,late,undecided,no_due,mean_minutes");
  for (std::size_t c = 0; c < flows.size(); ++c) {
    const FlowResult& x = flows[c];
    std::vector<Table::Value> row = {network.centres[c].name};
    if (origins) row.emplace_back(x.posted);
    const OnTime& o = x.on_time;
    for (const Table::Value& value :
         {Table::Value(x.delivered), Table::Value(o.share()), Table::Value(o.on_time), Table::Value(o.late),
          Table::Value(o.undecided), Table::Value(o.no_due), Table::Value(mean_minutes(x))})
      row.push_back(value);
    table.add(std::move(row));
  }
  return table;
}

/// `flows`: one for each centre.
template <class Flows>
Json flows_json(const Network& network, const Flows& flows) {
  Json json = Json::object();
  std::size_t c = 0;
  for (const FlowResult& flow : flows)
    json[network.centres[c++].name] = {{"posted", flow.posted},
                                       {"delivered", flow.delivered},
                                       {"on_time", on_time(flow.on_time)},
                                       {"mean_minutes", json_number(mean_minutes(flow))}};
  return json;
}

/// From where to where, those with most late mail first, then with most mail.
Json pairs_json(const Network& network, const std::vector<std::vector<FlowResult>>& all) {
  constexpr std::size_t most_pairs = 2000;
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t from = 0; from < all.size(); ++from)
    for (std::size_t to = 0; to < all[from].size(); ++to)
      if (all[from][to].delivered > 0) pairs.emplace_back(from, to);
  const auto size = [&](const auto& pair) {
    const FlowResult& x = all[pair.first][pair.second];
    return std::pair(x.on_time.late, x.delivered);
  };
  std::stable_sort(pairs.begin(), pairs.end(), [&](const auto& a, const auto& b) { return size(a) > size(b); });
  Json json = {{"all", pairs.size()}, {"shown", Json::array()}};
  if (pairs.size() > most_pairs) pairs.resize(most_pairs);
  for (const auto& [from, to] : pairs) {
    const FlowResult& x = all[from][to];
    json["shown"].push_back({{"from", network.centres[from].name},
                             {"to", network.centres[to].name},
                             {"delivered", x.delivered},
                             {"on_time", on_time(x.on_time)},
                             {"mean_minutes", json_number(mean_minutes(x))}});
  }
  return json;
}

}  // namespace

std::string network_page_json(const Network& network, const NetworkResults& r) {
  Json json = Json::parse(network_json(network, r));
  for (std::size_t c = 0; c < r.centres.size(); ++c) {
    const Model& model = network.centres[c];
    for (const Station& station : model.stations)
      json["centres"][model.name]["stations"][station.name]["label"] = json_label(station.label, station.name);
  }
  json["origins"] = flows_json(network, r.origins);
  json["destinations"] = flows_json(network, r.destinations);
  json["pairs"] = pairs_json(network, r.origin_destination);
  return json.dump();
}

std::string network_json(const Network& network, const NetworkResults& r) {
  const Model& any = network.any();
  const Calendar calendar = any.calendar();
  Json json = {{"format", 1}, {"program", std::string("mailflow ") + MAILFLOW_VERSION}};
  json["scenario"] = {{"file", network.file},
                      {"label", json_label(network.scenario, network.name)},
                      {"network", json_label(network.label, network.name)},
                      {"timezone", any.timezone},
                      {"currency", any.currency}};
  json["run"] = {{"seed", r.seed},
                 {"replication", r.replication},
                 {"from", calendar.text_with_offset(r.from)},
                 {"to", calendar.text_with_offset(r.to)},
                 {"hours", in_hours(r.to - r.from)},
                 {"events", r.events},
                 {"lots", r.lots}};
  json["at_start"] = r.at_start;
  json["posted"] = r.posted;
  json["delivered"] = r.delivered;
  json["left"] = r.left;
  json["under_way"] = r.under_way;
  json["on_time"] = on_time(r.on_time);
  json["end_to_end_minutes"] = times(r.end_to_end);
  json["paths"] = r.paths.size();
  json["staff_cost"] = r.staff_cost;
  json["transport_cost"] = r.transport_cost;
  for (const char* part : {"targets", "products", "centres", "links"}) json[part] = Json::object();
  for (std::size_t t = 0; t < r.targets.size(); ++t) {
    const NetworkTarget& is = network.targets[t];
    json["targets"][is.name] = {{"label", json_label(is.label, is.name)},
                                {"value", json_number(r.targets[t].value)},
                                {is.at_least ? "at_least" : "at_most", is.bound},
                                {"met", judged(r.targets[t]) ? Json(r.targets[t].met) : Json()}};
  }
  for (const ProductIndex p : r.products.indices())
    json["products"][any.products[p].name] = {{"label", json_label(any.products[p].label, any.products[p].name)},
                                              {"delivered", r.products[p].delivered},
                                              {"on_time", on_time(r.products[p].on_time)},
                                              {"end_to_end_minutes", times(r.product_times[p])}};
  for (std::size_t c = 0; c < r.centres.size(); ++c)
    json["centres"][network.centres[c].name] = centre(network, calendar, c, r.centres[c]);
  for (const LinkIndex l : r.links.indices()) json["links"][network.links[l].name] = link(network, l, r.links[l]);
  return json.dump(1) + "\n";
}

std::vector<std::string> network_files() {
  return {"results.json",           "targets.csv", "products.csv", "origins.csv", "destinations.csv",
          "origin_destination.csv", "paths.csv",   "links.csv",    "centres.csv", "centre_hours.csv"};
}

std::vector<Table> network_tables(const Network& network, const NetworkResults& r) {
  const Model& any = network.any();
  const auto name = [&](std::size_t c) { return network.centres[c].name; };
  Table targets("targets", "target,value,bound,met");
  for (std::size_t t = 0; t < r.targets.size(); ++t)
    targets.row(network.targets[t].name, r.targets[t].value, network.targets[t].bound, met_cell(r.targets[t]));
  Table products("products",
                 "product,delivered,on_time_share,on_time,late,undecided,no_due,mean_minutes,p50_minutes,p90_minutes,"
                 "p95_minutes,p99_minutes,max_minutes");
  for (const ProductIndex p : r.products.indices()) {
    const OnTime& o = r.products[p].on_time;
    const TimeSummary& t = r.product_times[p];
    products.row(any.products[p].name, r.products[p].delivered, o.share(), o.on_time, o.late, o.undecided, o.no_due,
                 t.mean.mean, t.p50, t.p90, t.p95, t.p99, t.max);
  }
  Table matrix("origin_destination", "origin,destination,delivered,on_time_share,on_time,late,no_due,mean_minutes");
  for (std::size_t o = 0; o < r.origin_destination.size(); ++o)
    for (std::size_t d = 0; d < r.origin_destination[o].size(); ++d)
      if (const FlowResult& x = r.origin_destination[o][d]; x.delivered > 0)
        matrix.row(name(o), name(d), x.delivered, x.on_time.share(), x.on_time.on_time, x.on_time.late,
                   x.on_time.no_due, mean_minutes(x));
  Table paths("paths", "path,links,product,items,lots,on_time_share,on_time,late,no_due,mean_minutes");
  for (const NetworkPath& path : r.paths)
    for (const ProductIndex p : path.products.indices()) {
      const PathEnd& x = path.products[p];
      if (x.items() == 0) continue;
      paths.row(path_text(network, path), path.centres.size() - 1, any.products[p].name, x.items(), x.lots,
                x.on_time.share(), x.on_time.on_time, x.on_time.late, x.on_time.no_due,
                in_minutes(x.under_way) / static_cast<double>(x.items()));
    }
  Table links("links",
              "link,from,to,trips,vehicles,items,load_share,missed,late_items,late_trips,lateness_minutes,cost");
  for (const LinkIndex l : r.links.indices()) {
    const LinkResult& x = r.links[l];
    const Link& is = network.links[l];
    links.row(is.name, name(static_cast<std::size_t>(is.from)), name(static_cast<std::size_t>(is.to)), x.trips,
              x.vehicles, x.items, x.room > 0 ? x.aboard / x.room : std::nan(""), x.missed, x.late, x.late_trips,
              in_minutes(x.lateness), x.cost);
  }
  Table hours("centre_hours", "centre,until,by_links,handled,inside");
  const Calendar calendar = any.calendar();
  for (std::size_t c = 0; c < r.centres.size(); ++c)
    for (std::size_t h = 0; h < r.centres[c].hours.size(); ++h)
      hours.row(name(c), Instant{calendar.text_with_offset(std::min(r.to, static_cast<Ticks>(h + 1) * hour))},
                r.centres[c].hours[h].by_links, r.centres[c].hours[h].handled, r.centres[c].hours[h].content);
  return {targets,
          products,
          flows_table("origins", network, r.origins, true),
          flows_table("destinations", network, r.destinations.all(), false),
          matrix,
          paths,
          links,
          centres_table(network, r),
          hours};
}

}  // namespace mailflow
