// The centre, the run, products, destinations, targets; and the order in which sections are read.
#include <algorithm>
#include <set>

#include "core/clean_text.hpp"
#include "scenario/builder.hpp"
#include "scenario/first_words.hpp"

namespace mailflow {

Builder::Builder(const Node& root, const LoadOptions& options, std::string file, Problems& problems, bool of_network)
    : root_(root), of_network_(of_network), options_(options), problems_(problems) {
  model_.file = std::move(file);
}

Scenario Builder::build() {
  if (!of_network_ && !check_section(root_, "", "the scenario")) return scenario_;
  if (const Node* version = get(root_, "mailflow");
      version != nullptr && (!version->is_scalar() || version->text != "1"))
    bad(*version, "mailflow", "", "this program reads version 1 of the language", "write mailflow: 1");
  model_.scenario = label(root_, "label");
  centre();
  run();
  if (!calendar_) return scenario_;
  collect_names();
  products();
  stations();
  arrivals();
  staff();
  departures();
  targets();
  roster();
  plan();
  situation();
  due_days();
  day_plan();
  return scenario_;
}

/// A name that stands in a cell is one line of text, as a key is (the reader of YAML sees to these), so that messages,
/// tables and changes can say it.
void Builder::check_name(const Entry& named, const std::string& kind) {
  if (trimmed(named.key).empty())
    problems_.error(named.place, "a name of " + kind + " is empty", "give it a name of its own");
  else if (std::any_of(named.key.begin(), named.key.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
    problems_.error(named.place,
                    "the name " + shown(key_as_value(named)) + " holds a line break or a control character",
                    "write it on one line; label: may say more");
  else if (const std::string unfit = unfit_character(named.key, Text::name); !unfit.empty())
    problems_.error(named.place, "this name holds the character " + unfit,
                    "leave it out: it is not seen where the name is shown");
}

/// The names of everything, so that sections may refer to each other in any order.
void Builder::collect_names() {
  const auto collect = [this](const Node* map, Names& names, const std::string& kind) {
    if (map == nullptr) return;
    if (!map->is_map()) {
      bad(*map, kind, "", "it must be a map by name");
      return;
    }
    for (const Entry& e : map->entries) {
      names.emplace(e.key, static_cast<int>(names.size()));
      places_[kind + " " + e.key] = e.place;
    }
  };
  collect(get(root_, "products"), products_, "products");
  collect(get(root_, "destinations"), destinations_, "destinations");
  collect(get(root_, "stations"), stations_, "stations");
  collect(get(root_, "sort_plans"), sort_plans_, "sort_plans");
  collect(get(root_, "arrivals"), arrivals_, "arrivals");
  for (const auto& [name, index] : destinations_)
    if (products_.contains(name))
      problems_.error(places_["destinations " + name], "\"" + name + "\" is a product too",
                      "give the destination another name, so that routes are clear");
  for (const auto& [name, index] : stations_)
    if (products_.contains(name) || destinations_.contains(name))
      problems_.error(places_["stations " + name], "\"" + name + "\" is a product or destination too",
                      "give the station another name, so that routes are clear");
  if (const Node* staff = get(root_, "staff"); staff != nullptr && staff->is_map()) {
    collect(get(*staff, "shifts"), shifts_, "shifts");
    collect(get(*staff, "teams"), teams_, "teams");
  }
  if (const Node* transport = get(root_, "transport"); transport != nullptr && transport->is_map())
    collect(get(*transport, "departures"), departures_, "departures");
  for (const char* what : {"products", "stations", "arrivals"}) {
    const Node* map = get(root_, what);
    const bool may_be = of_network_ && std::string_view(what) == "arrivals";  // mail comes by links
    if (map != nullptr && map->is_map() && map->entries.empty() && !may_be)
      problems_.error(map->place, std::string(what) + " is empty", "give at least one");
  }
  if (stations_.size() > 30000 || products_.size() > 30000 || destinations_.size() > 30000)
    problems_.error(root_.place, "more than 30000 stations, products or destinations", "split the model");
}

void Builder::centre() {
  const Node* node = get(root_, "centre");
  if (node == nullptr && !of_network_) model_.currency.clear();
  if (node == nullptr || !check_section(*node, "centre", "centre")) return;
  model_.label = label(*node, "name");
  model_.name = model_.label.en;
  if (const Node* zone = get(*node, "timezone")) {
    model_.timezone = scalar(*zone, "timezone");
    if (!Calendar::zone_exists(model_.timezone)) {
      const std::string meant = zone_meant(model_.timezone, Calendar::zone_exists);
      bad(*zone, "timezone", "", "no time zone has that name",
          meant.empty() ? "for example Pacific/Noumea or Europe/Paris" : "write " + meant);
      model_.timezone = "UTC";
    }
  }
  if (meant(*node, "currency")) model_.currency.clear();
  if (const Node* currency = get(*node, "currency")) {
    const std::string code = scalar(*currency, "currency");
    const bool is_code =
        code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    model_.currency = is_code ? code : "";
    const std::string meant = currency_meant(code);
    if (!meant.empty()) model_.currency = "";
    if (!meant.empty())
      bad(*currency, "currency", "", "that is not the code of a currency", "write " + meant);
    else if (!is_code)
      bad(*currency, "currency", "", "it must be three capital letters", "for example XPF or EUR");
  }
  if (const Node* holidays = get(*node, "holidays")) {
    for (const Node* item : list(*holidays)) try {
        model_.holidays.push_back(parse_date(item->text));
      } catch (const std::invalid_argument&) {
        bad(*item, "a holiday", "", "it must be a date that exists, yyyy-mm-dd");
      }
  }
  if (const Node* working = get(*node, "working_days"))
    model_.working_weekdays = weekdays(*working, "working_days").weekdays;
  if (model_.working_weekdays == 0) model_.working_weekdays = 0x3f;
}

void Builder::run() {
  const Node* node = get(root_, "run");
  if (node == nullptr || !check_section(*node, "run", "run")) return;
  const Node* from = get(*node, "from");
  if (from == nullptr) return;
  try {
    model_.start = parse_date(from->is_scalar() ? from->text : "");
  } catch (const std::invalid_argument&) {
    const std::string meant = date_meant(from->is_scalar() ? from->text : "");
    bad(*from, "from", "", "it must be a date that exists, yyyy-mm-dd",
        meant.empty() ? "for example from: 2025-03-03" : "write " + meant);
    return;
  }
  const Ticks lasts = duration(*node, "for", 0);
  if (const Node* given = get(*node, "for"); given != nullptr && lasts <= 0 && given->text.starts_with('0'))
    bad(*given, "for", "", "it must be above 0");
  calendar_.emplace(model_.timezone, model_.start, model_.holidays, model_.working_weekdays);
  const auto end_of = [this](Ticks span) {
    return calendar_->at(Date{model_.start.days + static_cast<int>(span / day)}, span % day);
  };
  model_.end = end_of(std::clamp<Ticks>(lasts, 1, 36600 * day));
  model_.warm_up = end_of(duration(*node, "warm_up", 0));
  if (const Node* warm_up = get(*node, "warm_up"); warm_up != nullptr && model_.warm_up >= model_.end)
    bad(*warm_up, "warm_up", "", "it must be shorter than the run");
  if (options_.until_day) {
    const Ticks until = end_of(*options_.until_day * day);
    if (until <= model_.warm_up)
      problems_.error(node->place, "--until-day ends the run within its warm-up", "let it run longer");
    model_.end = std::min(model_.end, until);
  }
  situation_span();
  model_.seed = options_.seed.value_or(static_cast<std::uint64_t>(whole(*node, "seed", 1, 0, 2'000'000'000)));
  while (calendar_->at(Date{model_.start.days + days_}, 0) < model_.end)
    model_.midnights.push_back(calendar_->at(Date{model_.start.days + days_++}, 0));
  model_.midnights.push_back(calendar_->at(Date{model_.start.days + days_}, 0));
  model_.night = daily({21 * hour, 30 * hour}, Days{});
  if (const Node* centre = get(root_, "centre"); centre != nullptr && centre->is_map())
    if (const Node* night = get(*centre, "night")) model_.night = opening(*night, "night");
}

void Builder::products() {
  if (const Node* map = get(root_, "products"); map != nullptr && map->is_map()) {
    for (const Entry& e : map->entries) {
      Product product;
      product.name = e.key;
      product.priority = 1000;
      Node empty;
      empty.kind = Node::Kind::map;
      const Node& node = e.value.kind == Node::Kind::null ? empty : e.value;
      if (check_section(node, "products", "product " + e.key)) {
        product.label = label(node, "label");
        product.priority = whole(node, "priority", 1000, 0, 999);
        if (const Node* lot = get(node, "lot")) {
          product.lot_items = static_cast<int>(items(*lot, "lot", 1, 1'000'000, "lot: 250 items").value_or(1));
        }
        if (const Node* weight = get(node, "weight")) {
          product.weight_kg = value(*weight, "weight", "weight: 20 g", parse_weight).value_or(0);
        }
        due(node, product);
      }
      model_.products.push_back(product);
    }
  }
  if (const Node* map = get(root_, "destinations"); map != nullptr && map->is_map()) {
    for (const Entry& e : map->entries) {
      Destination destination;
      destination.name = e.key;
      if (e.value.kind != Node::Kind::null && check_section(e.value, "destinations", "destination " + e.key))
        destination.label = label(e.value, "label");
      model_.destinations.push_back(destination);
    }
  }
  for (const auto& [name, index] : sort_plans_)
    model_.sort_plans.resize(std::max(model_.sort_plans.size(), static_cast<std::size_t>(index) + 1));
  for (const auto& [name, index] : sort_plans_) model_.sort_plans[static_cast<std::size_t>(index)] = name;
}

void Builder::due(const Node& map, Product& product) {
  Ticks until = day;
  if (const Node* accepted = get(map, "accepted_until")) {
    const auto times = times_of_day(*accepted, "accepted_until");
    if (times.size() == 1) until = times[0];
    if (get(map, "due") == nullptr)
      problems_.error(accepted->place, "accepted_until says nothing without due", "give due: J+1 06:00, say");
  }
  const Node* node = get(map, "due");
  const auto rule = node == nullptr ? std::nullopt : value(*node, "due", "due: J+1 06:00", parse_due);
  if (!rule || rule->kind == Due::Kind::none) return;
  if (rule->kind == Due::Kind::within) {
    product.due_within = rule->within;
    return;
  }
  for (int d = 0; d < days_; ++d) {
    const Date date{model_.start.days + d};
    const auto due_of = [&](Date j) { return calendar_->at(calendar_->working_day_after(j, rule->days), rule->at); };
    product.due.push_back({calendar_->at(date, 0), due_of(date)});
    if (until < day && calendar_->is_working(date))
      product.due.push_back({calendar_->at(date, until), due_of(Date{date.days + 1})});
  }
}

/// The civil days on which mail of the run may be due.
void Builder::due_days() {
  Ticks first = 0;
  Ticks last = model_.end;
  const auto take = [&](Ticks due) {
    if (due == never) return;
    first = std::min(first, due);
    last = std::max(last, due);
  };
  for (const Product& product : model_.products) {
    for (const DueStep& step : product.due) take(step.due);
    if (product.due_within != never) take(model_.end + product.due_within);
  }
  for (const Source& source : model_.sources)
    for (const ReplayRow& row : source.rows) take(row.leave_by);
  for (const MailThere& mail : model_.situation.mail) take(mail.due);
  Date date = calendar_->date_of(first - 1);  // due at 00:00 is due at the end of the day before
  do {
    model_.due_midnights.push_back(calendar_->at(date, 0));
    ++date.days;
  } while (model_.due_midnights.back() <= last);
}

void Builder::targets() {
  const Node* map = get(root_, "targets");
  if (map == nullptr) return;
  if (!map->is_map()) {
    bad(*map, "targets", "", "it must be a map by name");
    return;
  }
  for (const Entry& e : map->entries) {
    Target result;
    result.name = e.key;
    places_["targets " + e.key] = e.place;
    target(e.value, result);
    model_.targets.push_back(result);
  }
}

void Builder::target(const Node& node, Target& result) {
  static const std::vector<std::string> measures = {"on time",      "throughput", "left over",
                                                    "longest wait", "overtime",   "cost per item"};
  if (!node.is_map() || get(node, "measure") == nullptr) {
    if (node.is_map() && tell_meant(node, {"measure"}, "target " + result.name)) return;
    bad(node, "target " + result.name, node.is_map() ? "without a measure" : "",
        "it must have measure: one of on time, throughput, left over, longest wait, overtime, cost per item");
    return;
  }
  const int measure = choice(node, "measure", measures, -1);
  if (measure < 0) return;
  result.measure = static_cast<Target::Measure>(measure);
  if (!check_section(node, "targets." + measures[static_cast<std::size_t>(measure)], "target " + result.name)) return;
  result.label = label(node, "label");
  const Node* of = get(node, "of");
  if (of != nullptr && result.measure == Target::Measure::overtime)
    result.team = reference(*of, teams_, "team");
  else if (of != nullptr)
    result.product = reference(*of, products_, "product");
  if (const Node* to = get(node, "to")) result.destination = reference(*to, destinations_, "destination");
  if (const Node* by = get(node, "by")) result.departure = reference(*by, departures_, "departure");
  if (const Node* at = get(node, "at")) {
    if (result.measure == Target::Measure::left_over) {
      for (const Ticks t : timetable(times_of_day(*at, "at"), Days{}, true))
        if (t > model_.warm_up) result.samples.push_back(t);
      if (result.samples.empty())
        problems_.warning(at->place, "target " + result.name + " is never counted within the run",
                          "let the run last past that time");
    } else {
      result.station = reference(*at, stations_, "station");
    }
  }
  if (const Node* over = get(node, "over")) {
    const auto parse = [](std::string_view text, Failure& why) {
      auto span = parse_worded(text, "busiest", Least::above_zero, why);
      if (span && *span % hour != 0) why = {"it must be a whole number of hours", {}};
      return span && *span % hour == 0 ? span : std::nullopt;
    };
    result.over = value(*over, "over", "over: busiest 3 h", parse).value_or(hour);
  }
  bound(node, result);
}

void Builder::bound(const Node& node, Target& result) {
  const Node* least = get(node, "at_least");
  const Node* most = get(node, "at_most");
  if (least == nullptr && most == nullptr && (meant(node, "at_least") || meant(node, "at_most"))) return;
  if ((least == nullptr) == (most == nullptr)) {
    problems_.error(node.place, "target " + result.name + " needs at_least or at_most, one of them",
                    least == nullptr ? "for example at_least: 95 %, or at_most: 1500 items" : "keep one of the two");
    return;
  }
  result.at_least = least != nullptr;
  const Node& given = result.at_least ? *least : *most;
  const std::string key = result.at_least ? "at_least" : "at_most";
  const auto read = [&](const std::string& example, const auto& parse, double per) {
    if (result.measure == Target::Measure::left_over || result.measure == Target::Measure::throughput)
      tell_thousands(given, key);
    if (const auto found = value(given, key, key + ": " + example, parse))
      result.bound = static_cast<double>(*found) / per;
  };
  switch (result.measure) {
    case Target::Measure::on_time:
      return read("95 %", [](std::string_view text, Failure& why) { return parse_share(text, 1, why); }, 1);
    case Target::Measure::throughput:
      return read("24000 items/h", parse_items_per_hour, 1);
    case Target::Measure::left_over:
      return read(
          "500 items",
          [](std::string_view text, Failure& why) { return parse_count(text, 0, 1'000'000'000'000, false, why); }, 1);
    case Target::Measure::longest_wait:
      return read("4 h", parse_duration_exactly, static_cast<double>(minute));
    case Target::Measure::overtime:
      return read("20 h", parse_duration_exactly, static_cast<double>(hour));
    case Target::Measure::cost_per_item:
      result.bound = money(given, key, false);
  }
}

}  // namespace mailflow
