#include "report/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "core/words.hpp"
#include "metrics/oee.hpp"
#include "metrics/targets.hpp"
#include "report/text.hpp"

namespace mailflow {

namespace {

/// A figure that is a lower bound, for something has not ended, with the sign for it.
std::string from(bool at_least, const std::string& shown) { return at_least ? "≥ " + shown : shown; }

std::string targets(const Model& model, const Results& r) {
  if (r.targets.empty()) return "";
  Columns table({tr("Targets"), "", tr("found"), tr("wanted")});
  for (const TargetIndex t : r.targets.indices()) {
    const Target& is = model.targets[t];
    const auto shown = [&](double v) -> std::string {
      if (!std::isfinite(v)) return tr("nothing to judge");
      switch (is.measure) {
        case Target::Measure::on_time:
          return percent(v);
        case Target::Measure::throughput:
          return tr("{} items/h", grouped(v));
        case Target::Measure::left_over:
          return tr("{} items", grouped(v));
        case Target::Measure::longest_wait:
          return span(v);
        case Target::Measure::overtime:
          return grouped(v, 1) + " h";
        case Target::Measure::cost_per_item:
          return grouped(v, 2) + " " + model.currency;
      }
      return "";
    };
    table.row({name_of(is.label, is.name), met_words(r.targets[t]),
               from(r.targets[t].at_least, shown(r.targets[t].value)),
               is.at_least ? tr("at least {}", shown(is.bound)) : tr("at most {}", shown(is.bound))});
  }
  return "\n" + table.text();
}

std::string products(const Model& model, const Results& r) {
  Columns table({tr("Products"), tr("in"), tr("out"), tr("left"), tr("on time"), tr("half within"), tr("95 % within"),
                 tr("longest")});
  for (const ProductIndex p : r.products.indices()) {
    const ProductResult& x = r.products[p];
    if (x.at_start + x.in == 0) continue;
    const TimeSummary& t = x.time_in_centre;
    table.row({name_of(model.products[p].label, model.products[p].name), grouped(static_cast<double>(x.in)),
               grouped(static_cast<double>(x.out)), grouped(static_cast<double>(x.left)), percent(x.on_time.share()),
               from(t.at_least, span(t.p50)), from(t.at_least, span(t.p95)), from(t.max_at_least, span(t.max))});
  }
  return "\n" + table.text();
}

/// What mail that waits for a machine waits for, where it does: a table has positions.
std::string waiting_for_machine(const Model& model, const Results& r) {
  bool machines = false;
  bool positions = false;
  for (const StationIndex s : r.stations.indices())
    for (const auto& row : r.stations[s].cause)
      if (row[static_cast<std::size_t>(Cause::waiting_for_machine)] > 0)
        (model.stations[s].kind == StationKind::manual ? positions : machines) = true;
  if (!positions) return tr("waiting for machine");
  return machines ? tr("waiting for machine or position") : tr("waiting for position");
}

/// In the order of `Cause`.
std::string cause_words(std::size_t cause, const Model& model, const Results& r) {
  const std::string words[] = {tr("processing"),
                               tr("moving"),
                               tr("waiting for staff"),
                               waiting_for_machine(model, r),
                               tr("set-up"),
                               tr("breakdown"),
                               tr("closed"),
                               tr("blocked"),
                               tr("filling"),
                               tr("waiting for departure"),
                               tr("full vehicle"),
                               tr("customs hold")};
  return words[cause];
}

std::string cause_lines(const Model& model, const Results& r) {
  std::array<double, causes> hours{};
  double total = 0;
  for (const ProductResult& p : r.products)
    for (std::size_t c = 0; c < causes; ++c) {
      hours[c] += in_hours(p.cause[c]);
      total += in_hours(p.cause[c]);
    }
  if (total <= 0) return "";
  std::vector<std::size_t> order(causes);
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return hours[a] > hours[b]; });
  Columns table({tr("Where the time went"), tr("item-hours"), tr("share")});
  for (const std::size_t c : order) {
    if (hours[c] < 0.0005 * total) continue;
    table.row({cause_words(c, model, r), grouped(hours[c]), percent(hours[c] / total)});
  }
  return "\n" + table.text();
}

std::string stations(const Model& model, const Results& r) {
  Columns table({tr("Stations"), tr("items"), tr("busy"), tr("unstaffed"), tr("down"), tr("set-up"), tr("blocked"),
                 tr("queue mean"), tr("most"), tr("wait mean")});
  for (const StationIndex s : r.stations.indices()) {
    const StationResult& x = r.stations[s];
    const Station& is = model.stations[s];
    std::vector<std::string> row = {name_of(is.label, is.name), grouped(static_cast<double>(x.items_out))};
    double open = 0;
    for (std::size_t i = 0; i < server_states; ++i)
      if (static_cast<ServerState>(i) != ServerState::closed) open += static_cast<double>(x.state[i]);
    if (takes_in_hand(is.kind)) {
      for (const ServerState state :
           {ServerState::busy, ServerState::unstaffed, ServerState::down, ServerState::set_up, ServerState::blocked})
        row.push_back(open > 0 ? fmt::format("{:.0f} %",
                                             100 * static_cast<double>(x.state[static_cast<std::size_t>(state)]) / open)
                               : "-");
      row.insert(row.end(), {grouped(x.queue.mean), grouped(static_cast<double>(x.queue_max)),
                             from(x.wait_at_least, span(x.wait.mean))});
    } else {
      row.insert(row.end(), {"", "", "", "", "", grouped(x.queue.mean), grouped(static_cast<double>(x.queue_max)),
                             from(x.mean_time_at_least, span(x.mean_time))});
    }
    table.row(row);
  }
  const bool closes = std::any_of(r.stations.begin(), r.stations.end(), [](const StationResult& x) {
    return x.state[static_cast<std::size_t>(ServerState::closed)] > 0;
  });
  return "\n" + table.text() + (closes ? tr("  busy to blocked: of the hours open") + "\n" : "");
}

/// What of their hours machines were at work, by the trade's two figures.
std::string machines(const Model& model, const Results& r) {
  Columns table({tr("Machines"), tr("open h"), tr("required h"), tr("availability"), tr("performance"), tr("quality"),
                 tr("OEE"), tr("load"), tr("OOE")});
  bool any = false;
  for (const StationIndex s : r.stations.indices()) {
    const Oee o = oee_of(model.stations[s], r.stations[s]);
    if (!std::isfinite(o.load)) continue;
    any = true;
    table.row({name_of(model.stations[s].label, model.stations[s].name), grouped(o.opening_hours, 1),
               grouped(o.required_hours, 1), percent(o.availability), percent(o.performance), percent(o.quality),
               percent(o.oee), percent(o.load), percent(o.ooe)});
  }
  if (!any) return "";
  return "\n" + table.text() + "  " +
         tr("OEE: of the hours required (open, with a crew on duty, with mail to handle); load: required of open "
            "hours;") +
         "\n  " + tr("OOE = OEE x load: of all open hours (NF E60-182)") + "\n";
}

std::string teams(const Model& model, const Results& r) {
  if (r.teams.empty()) return "";
  Columns table({tr("Teams"), tr("agents"), tr("paid h"), tr("worked"), tr("idle"), tr("moving"), tr("absent h"),
                 tr("overtime h"), tr("night h"), tr("cost {}", model.currency)});
  for (const TeamIndex t : r.teams.indices()) {
    const TeamResult& x = r.teams[t];
    const auto share = [&](Ticks part) {
      return x.paid > 0 ? fmt::format("{:.0f} %", 100 * static_cast<double>(part) / static_cast<double>(x.paid)) : "-";
    };
    table.row({name_of(model.teams[t].label, model.teams[t].name), grouped(model.teams[t].agents),
               grouped(in_hours(x.paid)), share(x.worked), share(x.idle), share(x.moving), grouped(in_hours(x.absent)),
               grouped(in_hours(x.overtime), 1), grouped(in_hours(x.night)), grouped(x.cost)});
  }
  return "\n" + table.text();
}

std::string departures(const Model& model, const Results& r) {
  if (r.departures.empty()) return "";
  Columns table({tr("Departures"), tr("trips"), tr("items"), tr("per trip"), tr("load"), tr("missed"), tr("on time"),
                 tr("cost {}", model.currency)});
  const bool many = r.departures.size() > 24;
  for (const DepartureIndex d : r.departures.indices()) {
    if (many) break;
    const DepartureResult& x = r.departures[d];
    const Departure& is = model.departures[d];
    double kg = 0;
    double vehicles = 0;
    for (const DepartureTrip& trip : x.trips) {
      kg += trip.kg;
      vehicles += trip.vehicles;
    }
    const double capacity = is.capacity_items >= 0 ? is.capacity_items : is.capacity_kg;
    const double load = (is.capacity_items >= 0 ? static_cast<double>(x.items) : kg) / (vehicles * capacity);
    const auto trips = static_cast<double>(x.trips.size());
    table.row({name_of(is.label, is.name), grouped(trips), grouped(static_cast<double>(x.items)),
               trips > 0 ? grouped(static_cast<double>(x.items) / trips) : "-",
               capacity >= 0 && vehicles > 0 ? fmt::format("{:.0f} %", 100 * load) : "-",
               grouped(static_cast<double>(x.missed)), percent(x.on_time.share()), grouped(x.cost)});
  }
  if (many) {
    double trips = 0;
    double items = 0;
    double missed = 0;
    for (const DepartureResult& x : r.departures) {
      trips += static_cast<double>(x.trips.size());
      items += static_cast<double>(x.items);
      missed += static_cast<double>(x.missed);
    }
    table.row({tr("all {} (each: departures.csv)", r.departures.size()), grouped(trips), grouped(items),
               trips > 0 ? grouped(items / trips) : "-", "-", grouped(missed), percent(r.on_time.share()),
               grouped(r.transport_cost)});
  }
  return "\n" + table.text();
}

}  // namespace

std::string standstill_lines(const Model& model, const std::vector<Standstill>& standstills, const std::string& where) {
  std::string text;
  for (const Standstill& still : standstills) {
    std::string names;
    for (const StationIndex s : still.stations) {
      const Station& is = model.stations[s];
      names += (names.empty() ? "" : ", ") + name_of(is.label, is.name);
    }
    const std::string since = model.calendar().shown(still.since);
    text += "  " + where +
            (still.stations.size() == 1
                 ? tr("STANDS STILL for ever since {}: {} waits for room in its own full queue", since, names)
                 : tr("STAND STILL for ever since {}: {} wait for room in each other's full queues", since, names)) +
            "\n  " + tr("  way out: a queue without bound on that round, or a conveyor that takes what has no room") +
            "\n";
  }
  return text;
}

std::string target_lines(const Model& model, const Results& results) { return targets(model, results); }

std::string summary(const Model& model, const Results& r) {
  const Calendar calendar = model.calendar();
  const std::string scenario = name_of(model.scenario, "");
  const std::string centre = name_of(model.label, model.name);
  std::string text = scenario.empty() ? centre : tr("{}: {}", centre, scenario);
  text += "\n" + standstill_lines(model, r.standstills);
  text += "  " + tr("{} to {} ({}), seed {}", calendar.shown(r.from), calendar.shown(r.to), model.timezone, r.seed) +
          "\n  ";
  const auto count = [](std::int64_t n) { return grouped(static_cast<double>(n)); };
  text += r.at_start > 0 ? tr("{} items came ({} were here before), {} left, {} are still here", count(r.in),
                              count(r.at_start), count(r.out), count(r.left))
                         : tr("{} items came, {} left, {} are still here", count(r.in), count(r.out), count(r.left));
  if (r.on_time.on_time + r.on_time.late > 0) text += tr("; on time {}", percent(r.on_time.share()));
  const OnTime& o = r.on_time;
  if (unfinished_counts(o.undecided, o.on_time + o.late + o.undecided))
    text += tr(" ({} still here are not yet due)", count(o.undecided));
  text += "\n";
  text += targets(model, r) + products(model, r) + cause_lines(model, r) + stations(model, r) + machines(model, r) +
          teams(model, r) + departures(model, r);
  if (text.find("≥ ") != std::string::npos)
    text += "\n  " + tr("≥: at least so long, for mail still here at the end counts with its time so far") + "\n";
  const double cost = r.staff_cost + r.transport_cost;
  if (cost > 0)
    text += "\n  " +
            tr("Cost {} {}: staff {}, transport {}", grouped(cost), model.currency, grouped(r.staff_cost),
               grouped(r.transport_cost)) +
            (r.out > 0 ? tr("; {} {} an item", grouped(cost / static_cast<double>(r.out), 2), model.currency) : "") +
            "\n";
  return text;
}

}  // namespace mailflow
