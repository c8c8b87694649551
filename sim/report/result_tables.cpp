#include "report/result_tables.hpp"

#include <cmath>
#include <map>
#include <string>

#include "core/words.hpp"
#include "metrics/oee.hpp"
#include "metrics/targets.hpp"
#include "report/text.hpp"

namespace mailflow {

namespace {

Table causes_table(const Model& model, const Results& r) {
  std::string header = "station,product";
  for (const char* name : cause_names) header += std::string(",") + name + "_item_minutes";
  Table table("causes", header + ",total_item_minutes");
  for (const StationIndex s : r.stations.indices())
    for (const ProductIndex p : model.products.indices()) {
      ItemTicks total = 0;
      std::vector<Table::Value> row = {model.stations[s].name, model.products[p].name};
      for (const ItemTicks t : r.stations[s].cause[p]) {
        total += t;
        row.emplace_back(in_minutes(t));
      }
      row.emplace_back(in_minutes(total));
      table.add(std::move(row));
    }
  return table;
}

Table hours_table(const Model& model, const Results& r) {
  Table table(
      "station_hours",
      "station,until,items_out,busy_hours,idle_hours,set_up_hours,down_hours,unstaffed_hours,blocked_hours,closed_"
      "hours,queue_mean_items,queue_now,queue_max");
  const Calendar calendar = model.calendar();
  std::map<Ticks, std::string> texts;  // the hours of all stations end at the same instants
  for (const StationIndex s : r.stations.indices()) {
    StationHour last;
    last.until = r.from;
    for (const StationHour& h : r.stations[s].hours) {
      const auto state = [&](std::size_t i) { return in_hours(h.state[i] - last.state[i]); };
      const Ticks span = h.until - last.until;
      std::string& until = texts[h.until];
      if (until.empty()) until = calendar.text_with_offset(h.until);
      table.row(model.stations[s].name, Instant{until}, h.items_out - last.items_out, state(0), state(1), state(2),
                state(3), state(4), state(5), state(6),
                span > 0 ? static_cast<double>(h.queue - last.queue) / static_cast<double>(span) : 0.0, h.queue_now,
                h.queue_max);
      last = h;
    }
  }
  return table;
}

Table stations_table(const Model& model, const Results& r) {
  Table table(
      "stations",
      "station,items_in,items_out,items_diverted,busy_share,idle_share,set_up_share,down_share,unstaffed_share,blocked_"
      "share,closed_share,queue_mean_items,queue_max_items,wait_mean_minutes,longest_wait_minutes,opening_hours,"
      "planned_"
      "hours,without_mail_hours,required_hours,availability,performance,quality,oee,load,ooe");
  for (const StationIndex s : r.stations.indices()) {
    const StationResult& x = r.stations[s];
    double total = 0;
    for (const Ticks t : x.state) total += static_cast<double>(t);
    const auto share = [&](std::size_t i) {
      return total > 0 ? static_cast<double>(x.state[i]) / total : std::nan("");
    };
    const Oee o = oee_of(model.stations[s], x);
    table.row(model.stations[s].name, x.items_in, x.items_out, x.items_diverted, share(0), share(1), share(2), share(3),
              share(4), share(5), share(6), x.queue.mean, x.queue_max, x.wait.mean, x.longest_wait, o.opening_hours,
              o.planned_hours, o.without_mail_hours, o.required_hours, o.availability, o.performance, o.quality, o.oee,
              o.load, o.ooe);
  }
  return table;
}

}  // namespace

std::vector<Table> result_tables(const Model& model, const Results& r) {
  Table products(
      "products",
      "product,at_start,in,out,left,on_time_share,on_time,late,undecided,mean_minutes,p50_minutes,p90_minutes,p95_"
      "minutes,p99_minutes,max_minutes");
  for (const ProductIndex p : r.products.indices()) {
    const ProductResult& x = r.products[p];
    const TimeSummary& t = x.time_in_centre;
    products.row(model.products[p].name, x.at_start, x.in, x.out, x.left, x.on_time.share(), x.on_time.on_time,
                 x.on_time.late, x.on_time.undecided, t.mean.mean, t.p50, t.p90, t.p95, t.p99, t.max);
  }
  Table destinations("destinations", "destination,on_time_share,on_time,late,undecided");
  for (const DestinationIndex d : r.destinations.indices())
    destinations.row(model.destinations[d].name, r.destinations[d].share(), r.destinations[d].on_time,
                     r.destinations[d].late, r.destinations[d].undecided);
  Table teams(
      "teams",
      "team,agents,paid_hours,worked_hours,idle_hours,moving_hours,break_hours,overtime_hours,night_hours,absent_hours,"
      "absences,moves,cost");
  for (const TeamIndex t : r.teams.indices()) {
    const TeamResult& x = r.teams[t];
    teams.row(model.teams[t].name, model.teams[t].agents, in_hours(x.paid), in_hours(x.worked), in_hours(x.idle),
              in_hours(x.moving), in_hours(x.on_break), in_hours(x.overtime), in_hours(x.night), in_hours(x.absent),
              x.absences, x.moves, x.cost);
  }
  Table departures("departures", "departure,at,items,kg,vehicles,missed,on_time,late");
  const Calendar calendar = model.calendar();
  for (const DepartureIndex d : r.departures.indices())
    for (const DepartureTrip& t : r.departures[d].trips)
      departures.row(model.departures[d].name, Instant{calendar.text_with_offset(t.at)}, t.items, t.kg, t.vehicles,
                     t.missed, t.on_time, t.late);
  Table targets("targets", "target,value,bound,met,days_judged,days_met,detail");
  for (const TargetIndex t : r.targets.indices())
    targets.row(model.targets[t].name, r.targets[t].value, model.targets[t].bound, met_cell(r.targets[t]),
                r.targets[t].days_judged, r.targets[t].days_met, r.targets[t].detail);
  Table days("on_time_by_due_day", "product,due_day,on_time,late,undecided");
  for (const ProductIndex p : r.products.indices())
    for (std::size_t d = 0; d < r.products[p].days.size(); ++d)
      if (const DueDay& x = r.products[p].days[d]; x.on_time + x.late + x.undecided > 0)
        days.row(model.products[p].name, Instant{calendar.text(model.due_midnights[d]).substr(0, 10)}, x.on_time,
                 x.late, x.undecided);
  return {targets, products,   destinations,         days, causes_table(model, r), stations_table(model, r),
          teams,   departures, hours_table(model, r)};
}

CellWords cell_words(const Model& model, const Results& results) {
  CellWords words;
  const auto add = [&](const char* column, const auto& things) {
    for (const auto& thing : things) words[column][thing.name] = name_of(thing.label, thing.name);
  };
  add("station", model.stations);
  add("product", model.products);
  add("destination", model.destinations);
  add("team", model.teams);
  add("departure", model.departures);
  add("target", model.targets);
  for (const TargetResult& t : results.targets)
    if (!t.worst_on.empty())
      words["detail"][t.detail] =
          tr("worst on {}; met on {} of {} days", shown(parse_date(t.worst_on)), t.days_met, t.days_judged);
  return words;
}

std::vector<std::string> result_files() {
  return {"results.json", "targets.csv",  "products.csv", "destinations.csv", "on_time_by_due_day.csv",
          "causes.csv",   "stations.csv", "teams.csv",    "departures.csv",   "station_hours.csv"};
}

std::map<std::string, std::string> csv_files(const std::vector<Table>& tables) {
  std::map<std::string, std::string> files;
  for (const Table& table : tables) files[table.name() + ".csv"] = table.csv();
  return files;
}

}  // namespace mailflow
