#include "scenario/checks/loads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/words.hpp"
#include "scenario/kinds/table.hpp"

namespace mailflow {

namespace {

/// Vehicles of a source that come within the run, by its timetable and by what a situation says of them.
double vehicles_in_run(const Model& model, SourceIndex source) {
  const Source& s = model.sources[source];
  const Ticks begins = run_begins(model);
  const double late = s.late_by.mean();
  auto come = static_cast<double>(std::count_if(s.at.begin(), s.at.end(), [&](Ticks at) {
    return at >= begins && static_cast<double>(at) + late < static_cast<double>(model.end);
  }));
  for (const VehicleToCome& v : model.situation.vehicles) {
    if (v.source != source || v.trip < 0 || static_cast<std::size_t>(v.trip) >= s.at.size()) continue;
    const bool counted = s.at[static_cast<std::size_t>(v.trip)] >= begins;
    const bool comes = v.at != never && v.at < model.end;
    come += (comes ? 1 : 0) - (counted ? 1 : 0);
  }
  return std::max(0.0, come);
}

/// Items of each product that a source brings in the run, but for the rows of a recording.
Rows<Product, double> items_in_run(const Model& model, SourceIndex source) {
  const Source& s = model.sources[source];
  const Ticks begins = run_begins(model);
  Rows<Product, double> items(model.products.size(), 0);
  const double vehicles = s.kind == Source::Kind::vehicles ? vehicles_in_run(model, source) : 0;
  double at_rate = 0;
  for (std::size_t i = 0; s.kind == Source::Kind::rate && i < s.rate.size(); ++i) {
    const Ticks until = i + 1 < s.rate.size() ? s.rate[i + 1].from : model.end;
    at_rate +=
        s.rate[i].items_per_tick * static_cast<double>(std::max<Ticks>(0, until - std::max(begins, s.rate[i].from)));
  }
  for (const ProductIndex p : items.indices()) {
    const double share = s.mix.product.empty() ? 0 : s.mix.product[p];
    switch (s.kind) {
      case Source::Kind::vehicles:
        items[p] = vehicles * s.items[p].mean();
        break;
      case Source::Kind::backlog:
        items[p] = model.situation.given ? 0 : s.items[p].mean();
        break;
      case Source::Kind::gaps:
        items[p] = share * model.products[p].lot_items * static_cast<double>(model.end - begins) / s.every.mean();
        break;
      case Source::Kind::rate:
        items[p] = share * at_rate;
        break;
      case Source::Kind::replay:
        break;
    }
  }
  return items;
}

/// What comes at a rate between two instants, at the beginning of each hour of it.
void add_hours(Ticks from, Ticks until, double items_per_tick, StationIndex station, std::vector<Arriving>& all) {
  for (Ticks at = from; at < until; at += hour)
    all.push_back({at, station, items_per_tick * static_cast<double>(std::min(hour, until - at))});
}

void add_arriving(const Model& model, SourceIndex source, std::vector<Arriving>& all) {
  const Source& s = model.sources[source];
  const Ticks begins = run_begins(model);
  const Rows<Product, double> items = items_in_run(model, source);
  const double in_run = std::accumulate(items.begin(), items.end(), 0.0);
  switch (s.kind) {
    case Source::Kind::vehicles: {
      const double vehicles = vehicles_in_run(model, source);
      for (const Ticks at : s.at)
        if (at >= begins && at < model.end && vehicles > 0) all.push_back({at, s.into, in_run / vehicles});
      break;
    }
    case Source::Kind::backlog:
      all.push_back({begins, s.into, in_run});
      break;
    case Source::Kind::gaps:
      add_hours(begins, model.end, in_run / static_cast<double>(model.end - begins), s.into, all);
      break;
    case Source::Kind::rate:
      for (std::size_t i = 0; i < s.rate.size(); ++i)
        add_hours(std::max(begins, s.rate[i].from), i + 1 < s.rate.size() ? s.rate[i + 1].from : model.end,
                  s.rate[i].items_per_tick, s.into, all);
      break;
    case Source::Kind::replay:
      for (const ReplayRow& row : s.rows)
        if (row.at >= begins) all.push_back({row.at, s.into, static_cast<double>(row.items)});
      break;
  }
}

}  // namespace

Place Check::place(const std::string& key) const {
  const auto found = places.find(key);
  return found == places.end() ? Place{} : found->second;
}

Ticks run_begins(const Model& model) { return model.situation.given ? model.situation.at : 0; }

OfferedMail offered_mail(const Model& model) {
  OfferedMail offered;
  const auto add = [&](const MailKind& kind, StationIndex station, double items) {
    auto& into = offered[kind];
    if (into.size() == 0) into.setZero(static_cast<Eigen::Index>(model.stations.size()));
    into(station.number()) += items;
  };
  for (const SourceIndex n : model.sources.indices()) {
    const Source& s = model.sources[n];
    Rows<Product, double> items = items_in_run(model, n);
    for (const ReplayRow& row : s.rows) {
      if (row.at < run_begins(model)) continue;
      if (row.destination == none)
        items[row.product] += static_cast<double>(row.items);
      else
        add({row.product, row.destination}, s.into, static_cast<double>(row.items));
    }
    for (const ProductIndex p : items.indices()) {
      if (items[p] <= 0) continue;
      const auto& to = s.mix.destination;
      if (to.empty() || to[p].empty()) add({p, none}, s.into, items[p]);
      if (to.empty()) continue;
      for (const DestinationIndex d : to[p].indices())
        if (to[p][d] > 0) add({p, d}, s.into, items[p] * to[p][d]);
    }
  }
  for (const MailThere& mail : model.situation.mail)
    add({mail.product, mail.destination}, mail.station, static_cast<double>(mail.items) * mail.lots);
  return offered;
}

std::vector<Arriving> arriving_mail(const Model& model) {
  std::vector<Arriving> all;
  for (const SourceIndex s : model.sources.indices()) add_arriving(model, s, all);
  for (const MailThere& mail : model.situation.mail)
    all.push_back({run_begins(model), mail.station, static_cast<double>(mail.items) * mail.lots});
  std::sort(all.begin(), all.end(), [](const Arriving& a, const Arriving& b) { return a.at < b.at; });
  return all;
}

double share_out_by_end(const Model& model, const Station& station, double items) {
  return language_of(station.kind).share_out(station, items, static_cast<double>(model.end - run_begins(model)));
}

std::string grouped_digits(double whole) {
  std::string digits = fmt::format("{:.0f}", whole);
  for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3)
    digits.insert(static_cast<std::size_t>(i), " ");
  return digits;
}

std::string roughly(double value) {
  const double exact = value * 1.001;  // 59.99 is 60
  if (exact < 100) return grouped_digits(std::floor(exact));
  const double unit = std::pow(10, std::floor(std::log10(exact)) - 1);
  return grouped_digits(std::floor(exact / unit) * unit);
}

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 4;
  const std::size_t shown = names.size() > most ? most - 1 : names.size();
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i == 0)
      text = names[i];
    else if (i + 1 == shown && shown == names.size())
      text = tr("{} and {}", text, names[i]);
    else
      text += ", " + names[i];
  }
  return shown == names.size() ? text : tr("{} and {} more", text, names.size() - shown);
}

}  // namespace mailflow
