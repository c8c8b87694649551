// What is shown of a network on a terminal. Part of network_report.hpp.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/words.hpp"
#include "metrics/targets.hpp"
#include "report/network_report.hpp"
#include "report/summary.hpp"
#include "report/text.hpp"

namespace mailflow {

namespace {

constexpr std::size_t most_rows = 12;

std::string count(std::int64_t n) { return grouped(static_cast<double>(n)); }

std::string centre_name(const Network& network, std::size_t c) {
  return name_of(network.centres[c].label, network.centres[c].name);
}

/// The numbers 0..n-1 with the greatest first, at most so many.
template <class Value>
std::vector<std::size_t> greatest(std::size_t n, const Value& value) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return value(a) > value(b); });
  order.resize(std::min(n, most_rows));
  return order;
}

std::string shown_path(const Network& network, const NetworkPath& path) {
  std::string text;
  for (const int c : path.centres)
    text += (text.empty() ? "" : " > ") + centre_name(network, static_cast<std::size_t>(c));
  return text;
}

std::string targets(const Network& network, const NetworkResults& r) {
  if (r.targets.empty()) return "";
  Columns table({tr("Targets"), "", tr("found"), tr("wanted")});
  for (std::size_t t = 0; t < r.targets.size(); ++t) {
    const NetworkTarget& is = network.targets[t];
    const double value = r.targets[t].value;
    table.row({name_of(is.label, is.name), met_words(r.targets[t]),
               std::isfinite(value) ? percent(value) : tr("nothing to judge"),
               is.at_least ? tr("at least {}", percent(is.bound)) : tr("at most {}", percent(is.bound))});
  }
  return "\n" + table.text();
}

std::string products(const Network& network, const NetworkResults& r) {
  Columns table({tr("Products"), tr("delivered"), tr("on time"), tr("late"), tr("undecided"), tr("half within"),
                 tr("95 % within"), tr("longest")});
  for (const ProductIndex p : r.products.indices()) {
    const TimeSummary& t = r.product_times[p];
    const Product& product = network.any().products[p];
    const OnTime& judged = r.products[p].on_time;
    table.row({name_of(product.label, product.name), count(r.products[p].delivered), percent(judged.share()),
               count(judged.late), count(judged.undecided), span(t.p50), span(t.p95), span(t.max)});
  }
  return "\n" + table.text();
}

std::string centres(const Network& network, const NetworkResults& r) {
  Columns table({tr("Centres"), tr("posted"), tr("by links"), tr("delivered"), tr("left"), tr("busiest hour"),
                 tr("items/h"), tr("most inside"), tr("use")});
  const Calendar calendar = network.any().calendar();
  const auto shown =
      greatest(r.centres.size(), [&](std::size_t c) { return r.centres[c].posted + r.centres[c].by_links_in; });
  for (const std::size_t c : shown) {
    const CentreOutcome& x = r.centres[c];
    std::string when = "-";
    std::int64_t most = 0;
    std::int64_t inside = 0;
    if (!x.hours.empty()) {
      most = x.hours[x.busiest_hour()].handled;
      inside = x.hours[x.fullest_hour()].content;
      if (most > 0) {
        when = calendar.text(static_cast<Ticks>(x.busiest_hour()) * hour).substr(5, 11);
        when[5] = ' ';
      }
    }
    const double use = x.busiest_station == none ? -1 : x.stations[x.busiest_station].use;
    table.row({centre_name(network, c), count(x.posted), count(x.by_links_in), count(x.delivered), count(x.left), when,
               count(most), count(inside), use < 0 ? "-" : fmt::format("{:.0f} %", 100 * use)});
  }
  std::string text = "\n" + table.text();
  if (r.centres.size() > most_rows) text += "  " + tr("all {}: centres.csv", r.centres.size()) + "\n";
  return text;
}

std::string links(const Network& network, const NetworkResults& r) {
  if (r.links.empty()) return "";
  Columns table({tr("Links"), tr("trips"), tr("vehicles"), tr("items"), tr("per trip"), tr("load"), tr("missed"),
                 tr("late trips")});
  for (const std::size_t l : greatest(r.links.size(), [&](std::size_t i) { return r.links.all()[i].items; })) {
    const LinkResult& x = r.links.all()[l];
    const Link& is = network.links.all()[l];
    table.row({name_of(is.label, is.name), count(x.trips), count(x.vehicles), count(x.items),
               x.trips > 0 ? grouped(static_cast<double>(x.items) / static_cast<double>(x.trips)) : "-",
               x.room > 0 ? fmt::format("{:.0f} %", 100 * x.aboard / x.room) : "-", count(x.missed),
               count(x.late_trips)});
  }
  std::string text = "\n" + table.text();
  if (r.links.size() > most_rows) text += "  " + tr("all {}: links.csv", r.links.size()) + "\n";
  return text;
}

std::string paths(const Network& network, const NetworkResults& r) {
  if (r.paths.empty()) return "";
  Columns table({tr("Paths"), tr("items"), tr("on time"), tr("mean")});
  for (std::size_t p = 0; p < std::min(r.paths.size(), most_rows); ++p) {
    const PathEnd total = r.paths[p].total();
    table.row({shown_path(network, r.paths[p]), count(total.items()), percent(total.on_time.share()),
               span(in_minutes(total.under_way) / static_cast<double>(total.items()))});
  }
  std::string text = "\n" + table.text();
  if (r.paths.size() > most_rows) text += "  " + tr("all {}: paths.csv", r.paths.size()) + "\n";
  return text;
}

}  // namespace

std::string network_standstills(const Network& network, const NetworkResults& results) {
  std::string text;
  for (std::size_t c = 0; c < results.centres.size(); ++c)
    text += standstill_lines(network.centres[c], results.centres[c].standstills, centre_name(network, c) + ": ");
  return text;
}

std::string network_summary(const Network& network, const NetworkResults& r) {
  const Calendar calendar = network.any().calendar();
  const std::string scenario = name_of(network.scenario, "");
  const std::string name = name_of(network.label, network.name);
  std::string text = scenario.empty() ? name : tr("{}: {}", name, scenario);
  text += "\n" + network_standstills(network, r);
  text += "  " +
          tr("{} to {} ({}), seed {}", calendar.shown(r.from), calendar.shown(r.to), network.any().timezone, r.seed) +
          "\n  ";
  text += tr("{} centres, {} links", network.centres.size(), network.links.size()) + "\n  ";
  text += tr("{} items posted, {} delivered, {} still in the centres, {} under way", count(r.at_start + r.posted),
             count(r.delivered), count(r.left), count(r.under_way));
  if (r.on_time.on_time + r.on_time.late > 0) text += tr("; on time {}", percent(r.on_time.share()));
  text +=
      "\n" + targets(network, r) + products(network, r) + centres(network, r) + links(network, r) + paths(network, r);
  const double cost = r.staff_cost + r.transport_cost;
  if (cost > 0)
    text += "\n  " +
            tr("Cost {} {}: staff {}, transport {}", grouped(cost), network.any().currency, grouped(r.staff_cost),
               grouped(r.transport_cost)) +
            "\n";
  return text;
}

}  // namespace mailflow
