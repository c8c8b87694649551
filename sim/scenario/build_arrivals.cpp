// Sources of mail.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "scenario/builder.hpp"
#include "scenario/csv.hpp"
#include "scenario/quantities.hpp"

namespace mailflow {

namespace q = quantities;
namespace fs = std::filesystem;

void Builder::arrivals() {
  const Node* map = get(root_, "arrivals");
  if (map == nullptr || !map->is_map()) return;
  static const std::vector<std::string> kinds = {"at", "rate", "every", "replay", "waiting_at_start"};
  for (const Entry& e : map->entries) {
    Source result;
    result.name = e.key;
    std::vector<std::string> found;
    for (const std::string& kind : kinds)
      if (e.value.is_map() && get(e.value, kind) != nullptr) found.push_back(kind);
    if (found.size() == 1)
      source(e.value, result, found[0]);
    else
      bad(e.value, "arrivals " + e.key,
          found.empty() ? "without a way to come" : "given " + std::to_string(found.size()) + " ways to come",
          "it must have one of at, rate, every, replay, waiting_at_start");
    model_.sources.push_back(result);
  }
}

void Builder::source(const Node& node, Source& result, const std::string& kind) {
  if (!check_section(node, "arrivals." + kind, "arrivals " + result.name)) return;
  result.label = label(node, "label");
  if (const Node* into = get(node, "into")) result.into = reference(*into, stations_, "station");
  mix(node, result, kind != "at" && kind != "waiting_at_start");
  const Node& value = *get(node, kind);
  if (kind == "at") {
    result.kind = Source::Kind::vehicles;
    result.at = timetable(times_of_day(value, "at"), days(node), flag(node, "holidays", true));
    result.late_by =
        get(node, "late_by") == nullptr ? Distribution::fixed(0) : durations(*get(node, "late_by"), "late_by");
    if (const Node* items = get(node, "items")) item_counts(*items, result);
  } else if (kind == "rate") {
    result.kind = Source::Kind::rate;
    rates(value, result);
  } else if (kind == "every") {
    result.kind = Source::Kind::gaps;
    result.every = durations(value, "every");
    if (result.every.mean() < 1) bad(value, "every", "", "gaps must be above 0 on average");
  } else if (kind == "replay") {
    result.kind = Source::Kind::replay;
    replay(node, result);
  } else {
    result.kind = Source::Kind::backlog;
    item_counts(value, result);
  }
}

std::vector<double> Builder::shares(const Node& node, const Names& names, const std::string& kind) {
  std::vector<double> result(names.size(), 0);
  if (!node.is_map() || node.entries.empty()) {
    bad(node, kind + " shares", "", "it must be a map of shares, for example {a: 70 %, b: 30 %}");
    return result;
  }
  double total = 0;
  for (const Entry& e : node.entries) {
    Node name;
    name.kind = Node::Kind::scalar;
    name.text = e.key;
    name.place = e.place;
    const int index = reference(name, names, kind);
    const auto value = e.value.is_scalar() ? q::share(e.value.text) : std::nullopt;
    if (!value)
      bad(e.value, "the share of " + e.key, "", "it must be a share from 0 % to 100 %",
          "for example " + e.key + ": 70 %");
    if (index < 0 || !value) {
      total = -1e9;
      continue;
    }
    result[static_cast<std::size_t>(index)] = *value;
    total += *value;
  }
  if (total >= 0 && std::abs(total - 1) > 1e-9)
    problems_.error(node.place, "these shares add up to " + number(total * 100) + " %, not 100 %");
  return result;
}

void Builder::mix(const Node& node, Source& result, bool products) {
  if (const Node* shares_of = get(node, "mix"); products && shares_of != nullptr)
    result.mix.product = shares(*shares_of, products_, "product");
  const Node* to = get(node, "to");
  if (to == nullptr) return;
  result.mix.destination.assign(products_.size(), {});
  const bool by_product = to->is_map() && std::any_of(to->entries.begin(), to->entries.end(),
                                                      [](const Entry& e) { return e.value.is_map(); });
  if (!by_product) {
    std::fill(result.mix.destination.begin(), result.mix.destination.end(), shares(*to, destinations_, "destination"));
    return;
  }
  std::vector<double> rest;
  if (const Node* other = to->find("other")) rest = shares(*other, destinations_, "destination");
  std::fill(result.mix.destination.begin(), result.mix.destination.end(), rest);
  for (const Entry& e : to->entries) {
    if (e.key == "other") continue;
    Node name;
    name.kind = Node::Kind::scalar;
    name.text = e.key;
    name.place = e.place;
    if (const int p = reference(name, products_, "product"); p >= 0)
      result.mix.destination[static_cast<std::size_t>(p)] = shares(e.value, destinations_, "destination");
  }
}

void Builder::item_counts(const Node& node, Source& result) {
  result.items.assign(products_.size(), Distribution::fixed(0));
  if (!node.is_map()) {
    bad(node, "items", "", "it must be numbers of items by product, for example {letter: 2000, parcel: poisson(240)}");
    return;
  }
  for (const Entry& e : node.entries) {
    Node name;
    name.kind = Node::Kind::scalar;
    name.text = e.key;
    name.place = e.place;
    const int p = reference(name, products_, "product");
    const Distribution law = counts(e.value, "items of " + e.key);
    if (p >= 0) result.items[static_cast<std::size_t>(p)] = law;
  }
}

void Builder::rates(const Node& node, Source& result) {
  if (node.is_scalar()) {
    const auto value = q::rate_per_tick(node.text);
    if (!value)
      bad(node, "rate", "", "it must be a rate with its unit: items/h, items/min, items/s or items/day",
          "for example rate: 40 items/h");
    result.rate = {{0, value.value_or(0)}};
    return;
  }
  if (!node.is_map()) {
    bad(node, "rate", "", "it must be a rate, or rates by time of day, or those by days");
    return;
  }
  std::vector<RateStep> steps;
  const bool by_days =
      std::any_of(node.entries.begin(), node.entries.end(), [](const Entry& e) { return e.value.is_map(); });
  if (!by_days) rate_steps(node, 0x7f, steps);
  for (const Entry& e : node.entries) {
    if (!by_days) break;
    Node key;
    key.kind = Node::Kind::scalar;
    key.text = e.key;
    key.place = e.place;
    const unsigned on = weekdays(key);
    if (e.value.is_map())
      rate_steps(e.value, on, steps);
    else
      bad(e.value, "rate", "",
          "it must be rates by time of day, for example {\"08:00\": 40 items/h, \"12:00\": 0 items/h}");
  }
  // A day begins at rate 0 unless a step says otherwise: what the evening before said ends at midnight only with a step
  // there.
  std::stable_sort(steps.begin(), steps.end(), [](const RateStep& a, const RateStep& b) { return a.from < b.from; });
  if (steps.empty() || steps[0].from > 0) steps.insert(steps.begin(), {0, 0});
  result.rate = steps;
}

void Builder::rate_steps(const Node& node, unsigned on, std::vector<RateStep>& steps) {
  std::vector<std::pair<Ticks, double>> by_time;
  for (const Entry& e : node.entries) {
    Node key;
    key.kind = Node::Kind::scalar;
    key.text = e.key;
    key.place = e.place;
    const auto times = times_of_day(key, "rate");
    const auto value = e.value.is_scalar() ? q::rate_per_tick(e.value.text) : std::nullopt;
    if (!value)
      bad(e.value, "rate", "", "it must be a rate with its unit: items/h, items/min, items/s or items/day",
          "for example \"08:00\": 40 items/h");
    if (!times.empty() && value) by_time.emplace_back(times[0], *value);
  }
  std::sort(by_time.begin(), by_time.end());
  for (int d = 0; d < days_; ++d) {
    const Date date{model_.start.days + d};
    if (((on >> static_cast<unsigned>(weekday(date))) & 1U) == 0) continue;
    for (const auto& [time, value] : by_time) steps.push_back({calendar_->at(date, time), value});
  }
}

void Builder::replay(const Node& node, Source& result) {
  const Node& file = *get(node, "replay");
  result.bin = duration(node, "bin", 0);
  result.spread = static_cast<Spread>(choice(node, "spread", {"even", "random", "start"}, 0));
  const std::string name = scalar(file, "replay");
  std::string path;
  std::error_code ignored;
  if (name.starts_with("data:")) {
    if (options_.data_dir.empty()) {
      bad(file, "replay", "", "it is looked up in the data folder, and none is given",
          "say --data DIR, or set MAILFLOW_DATA");
      return;
    }
    path = (fs::path(options_.data_dir) / name.substr(5)).string();
  } else {
    path = (fs::path(file.place.file ? file.place.file->path : "").parent_path() / name).lexically_normal().string();
  }
  if (!fs::is_regular_file(path, ignored)) {
    bad(file, "replay", "", "there is no file " + path,
        name.starts_with("data:") ? "--data or MAILFLOW_DATA must name the folder that holds it"
                                  : "it is looked up beside this file");
    return;
  }
  const std::size_t errors = problems_.errors();
  const CsvFile csv = read_csv(path, problems_);
  if (problems_.errors() == errors) read_rows(node, csv, result);
}

/// The rows of a recorded file; at most 20 of its problems are told.
void Builder::read_rows(const Node& node, const CsvFile& csv, Source& result) {
  const Node* columns = get(node, "columns");
  if (columns != nullptr && !check_section(*columns, "columns", "columns")) return;
  std::map<std::string, int> column;
  const std::size_t errors = problems_.errors();
  for (const char* what : {"time", "product", "destination", "items", "leave_by"}) {
    const Node* given = columns == nullptr ? nullptr : get(*columns, what);
    const std::string name = given == nullptr ? what : scalar(*given, what);
    const auto found = std::find(csv.header.begin(), csv.header.end(), name);
    column[what] = found == csv.header.end() ? -1 : static_cast<int>(found - csv.header.begin());
    if (found != csv.header.end()) continue;
    const bool needed = std::string(what) == "time" || std::string(what) == "items";
    const std::string close = nearest(name, csv.header);
    if (given != nullptr || needed)
      problems_.error(given != nullptr ? given->place : get(node, "replay")->place, "the file has no column " + name,
                      close.empty() ? "columns: says which column is what" : "did you mean " + close + "?");
  }
  std::vector<std::pair<std::size_t, std::string>> where;
  if (const Node* filter = get(node, "where")) {
    for (const Entry& e : filter->entries) {
      const auto found = std::find(csv.header.begin(), csv.header.end(), e.key);
      if (found == csv.header.end())
        problems_.error(e.place, "the file has no column " + e.key);
      else
        where.emplace_back(static_cast<std::size_t>(found - csv.header.begin()), e.value.text);
    }
  }
  int only_product = -1;
  for (std::size_t p = 0; p < result.mix.product.size(); ++p)
    if (result.mix.product[p] == 1) only_product = static_cast<int>(p);
  if (column["product"] < 0 && only_product < 0)
    problems_.error(get(node, "replay")->place, "no column says the product",
                    "give mix: with one product at 100 %, or columns: {product: ...}");
  if (problems_.errors() > errors) return;
  std::size_t told = 0;
  std::size_t more = 0;
  const auto complain = [&](std::size_t row, int at, const std::string& message, const std::string& help) {
    if (++told > 20)
      ++more;
    else
      problems_.error(csv.place(row, static_cast<std::size_t>(at)), message, help);
  };
  for (std::size_t r = 0; r < csv.rows.size(); ++r) {
    const auto& row = csv.rows[r];
    if (row.size() != csv.header.size()) {
      complain(
          r, 0,
          "this row has " + std::to_string(row.size()) + " values and the header " + std::to_string(csv.header.size()),
          "");
      continue;
    }
    if (std::any_of(where.begin(), where.end(), [&](const auto& w) { return row[w.first] != w.second; })) continue;
    ReplayRow read;
    read.product = only_product;
    const auto value = [&](const char* what) { return row[static_cast<std::size_t>(column[what])]; };
    try {
      read.at = calendar_->parse(value("time"));
    } catch (const std::invalid_argument& e) {
      complain(r, column["time"], e.what(), "");
    }
    const auto items = q::count(value("items"), true);
    if (items && *items == std::floor(*items))
      read.items = static_cast<std::int64_t>(*items);
    else
      complain(r, column["items"], "items is \"" + value("items") + "\"; it must be a whole number, 0 or more", "");
    const auto look_up = [&](const char* what, const Names& names, int& index) {
      if (column[what] < 0) return;
      const auto found = names.find(value(what));
      std::vector<std::string> all;
      for (const auto& [known, i] : names) all.push_back(known);
      const std::string close = nearest(value(what), all);
      if (found != names.end())
        index = found->second;
      else
        complain(r, column[what], "there is no " + std::string(what) + " \"" + value(what) + "\" in the scenario",
                 close.empty() ? "" : "did you mean " + close + "?");
    };
    look_up("product", products_, read.product);
    look_up("destination", destinations_, read.destination);
    if (column["leave_by"] >= 0 && !value("leave_by").empty()) try {
        read.leave_by = calendar_->parse(value("leave_by"));
      } catch (const std::invalid_argument& e) {
        complain(r, column["leave_by"], e.what(), "");
      }
    if (read.at >= 0 && read.at < model_.end && read.items > 0) result.rows.push_back(read);
  }
  if (more > 0) problems_.error({csv.file, 0, 0}, "and " + std::to_string(more) + " more problems in this file");
  std::stable_sort(result.rows.begin(), result.rows.end(),
                   [](const ReplayRow& a, const ReplayRow& b) { return a.at < b.at; });
  if (result.rows.empty() && told == 0)
    problems_.warning(get(node, "replay")->place, "no row of the file falls within the run",
                      "run: from and for say when that is");
}

}  // namespace mailflow
