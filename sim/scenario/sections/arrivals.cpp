#include "scenario/sections/arrivals.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/words.hpp"
#include "scenario/sections/recorded.hpp"
#include "scenario/sections/time_reader.hpp"

namespace mailflow {

namespace {

class ArrivalReader : private TimeReader {
 public:
  using TimeReader::TimeReader;
  void arrivals();

 private:
  using DayRates = std::vector<std::pair<Ticks, double>>;  ///< since midnight, items a tick

  void source(const Node& node, Source& source, const std::string& kind);
  void mix(const Node& node, Source& source, bool products);
  template <class Of>
  Rows<Of, double> shares(const Node& node, const NamesOf<Of>& names, const std::string& kind);
  void rates(const Node& node, Source& source);
  void day_rates(const Node& node, const Days& on, std::vector<DayRates>& by_day);
  std::vector<RateStep> rates_of_days(const std::vector<DayRates>& by_day) const;
  void item_counts(const Node& node, Source& source);
};

void ArrivalReader::arrivals() {
  const Node* map = get(in_.root, "arrivals");
  if (map == nullptr || !map->is_map()) return;
  static const std::vector<std::string> kinds = {"at", "rate", "every", "replay", "waiting_at_start"};
  for (const Entry& e : map->entries) {
    Source result;
    result.name = e.key;
    in_.places["arrivals " + e.key] = e.place;
    std::vector<std::string> found;
    for (const std::string& kind : kinds)
      if (e.value.is_map() && get(e.value, kind) != nullptr) found.push_back(kind);
    if (found.size() == 1)
      source(e.value, result, found[0]);
    else if (!found.empty() || !e.value.is_map() || !tell_meant(e.value, kinds, tr("arrivals {}", e.key)))
      bad(e.value, tr("arrivals {}", e.key),
          found.empty() ? tr("without a way to come") : tr("given {} ways to come", found.size()),
          tr("it must have one of at, rate, every, replay, waiting_at_start"));
    in_.model.sources.push_back(result);
  }
}

void ArrivalReader::source(const Node& node, Source& result, const std::string& kind) {
  if (!check_section(node, "arrivals." + kind, tr("arrivals {}", result.name))) return;
  result.label = label(node, "label");
  if (const Node* into = get(node, "into")) result.into = reference(*into, in_.names.stations, tr("station"));
  mix(node, result, kind != "at" && kind != "waiting_at_start");
  const Node& given = *get(node, kind);
  result.loaded = choice(node, "loaded", Loaded::mixed);
  if (kind == "at") {
    result.kind = Source::Kind::vehicles;
    result.at = timetable(times_of_day(given, "at"), days(node));
    result.late_by =
        get(node, "late_by") == nullptr ? Distribution::fixed(0) : durations(*get(node, "late_by"), "late_by");
    if (const Node* items = get(node, "items")) item_counts(*items, result);
  } else if (kind == "rate") {
    result.kind = Source::Kind::rate;
    rates(given, result);
  } else if (kind == "every") {
    result.kind = Source::Kind::gaps;
    result.every = durations(given, "every");
    if (result.every.mean() < 1) bad(given, "every", "", tr("gaps must be above 0 on average"));
  } else if (kind == "replay") {
    result.kind = Source::Kind::replay;
    read_recording(in_, node, result);
  } else {
    result.kind = Source::Kind::backlog;
    item_counts(given, result);
  }
}

template <class Of>
Rows<Of, double> ArrivalReader::shares(const Node& node, const NamesOf<Of>& names, const std::string& kind) {
  Rows<Of, double> result(names.size(), 0);
  if (!node.is_map() || node.entries.empty()) {
    bad(node, tr("{} shares", kind), "", tr("it must be a map of shares, for example {a: 70 %, b: 30 %}"));
    return result;
  }
  double total = 0;
  for (const Entry& e : node.entries) {
    if (lone_name(e, names)) {
      total = -1e9;
      continue;
    }
    const Node name = key_as_value(e);
    const Index<Of> index = reference(name, names, kind);
    const auto parse = [](std::string_view text, Failure& why) { return parse_share(text, 1, why); };
    const auto part = value(e.value, tr("the share of {}", e.key), e.key + ": 70 %", parse);
    if (index == none || !part) {
      total = -1e9;
      continue;
    }
    result[index] = *part;
    total += *part;
  }
  if (total >= 0 && std::abs(total - 1) > 1e-9)
    in_.problems.error(node.place, tr("these shares add up to {} %, not 100 %", number(total * 100)),
                       total < 1 ? tr("still to be given: {} %", number(std::abs(total - 1) * 100))
                                 : tr("too much by {} %", number(std::abs(total - 1) * 100)));
  return result;
}

void ArrivalReader::mix(const Node& node, Source& result, bool products) {
  if (const Node* shares_of = get(node, "mix"); products && shares_of != nullptr)
    result.mix.product = shares(*shares_of, in_.names.products, tr("product"));
  const Node* to = get(node, "to");
  if (to == nullptr) return;
  result.mix.destination.assign(in_.names.products.size(), {});
  const bool by_product = to->is_map() && std::any_of(to->entries.begin(), to->entries.end(),
                                                      [](const Entry& e) { return e.value.is_map(); });
  if (!by_product) {
    result.mix.destination.fill(shares(*to, in_.names.destinations, tr("destination")));
    return;
  }
  Rows<Destination, double> rest;
  if (const Node* other = to->find("other")) rest = shares(*other, in_.names.destinations, tr("destination"));
  result.mix.destination.fill(rest);
  for (const Entry& e : to->entries) {
    if (e.key == "other") continue;
    const Node name = key_as_value(e);
    if (const ProductIndex p = reference(name, in_.names.products, tr("product")); p != none)
      result.mix.destination[p] = shares(e.value, in_.names.destinations, tr("destination"));
  }
}

void ArrivalReader::item_counts(const Node& node, Source& result) {
  result.items.assign(in_.names.products.size(), Distribution::fixed(0));
  if (!node.is_map()) {
    bad(node, "items", "",
        tr("it must be numbers of items by product, for example {letter: 2000, parcel: poisson(240)}"));
    return;
  }
  for (const Entry& e : node.entries) {
    if (lone_name(e, in_.names.products)) continue;
    const Node name = key_as_value(e);
    const ProductIndex p = reference(name, in_.names.products, tr("product"));
    const Distribution law = counts(e.value, tr("items of {}", e.key));
    if (p != none) result.items[p] = law;
  }
}

void ArrivalReader::rates(const Node& node, Source& result) {
  if (node.is_scalar()) {
    result.rate = {{0, rate(node, Least::zero).value_or(0)}};
    return;
  }
  if (!node.is_map()) {
    bad(node, "rate", "", tr("it must be a rate, or rates by time of day, or those by days"));
    return;
  }
  // what each day names, the day before the run first: its last rate may reach into the first morning
  std::vector<DayRates> by_day(static_cast<std::size_t>(in_.days) + 1);
  const bool by_days =
      std::any_of(node.entries.begin(), node.entries.end(), [](const Entry& e) { return e.value.is_map(); });
  if (!by_days) day_rates(node, Days{}, by_day);
  unsigned named = 0;
  for (const Entry& e : node.entries) {
    if (!by_days) break;
    const Days on = weekdays(key_as_value(e));
    if ((named & on.weekdays) != 0)
      in_.problems.error(e.place, tr("a day of \"{}\" has its rates already", e.key), tr("name each day once"));
    named |= on.weekdays;
    if (e.value.is_map())
      day_rates(e.value, on, by_day);
    else
      bad(e.value, "rate", "", tr("it must be rates by time of day"),
          tr("for example {}", "{\"08:00\": 40 items/h, \"12:00\": 0 items/h}"));
  }
  result.rate = rates_of_days(by_day);
}

/// The rates that a map by time of day gives to each of its days.
void ArrivalReader::day_rates(const Node& node, const Days& on, std::vector<DayRates>& by_day) {
  DayRates by_time;
  for (const Entry& e : node.entries) {
    const Node key = key_as_value(e);
    const auto times = times_of_day(key, "rate");
    const auto step = rate(e.value, Least::zero);
    if (!times.empty() && step) by_time.emplace_back(times[0], *step);
  }
  std::sort(by_time.begin(), by_time.end());
  for (std::size_t i = 0; i < by_day.size(); ++i)
    if (comes_on(on, Date{in_.model.start.days - 1 + static_cast<int>(i)})) by_day[i] = by_time;
}

/// A day's rates are those of 24 hours from the earliest time that it names, so that its last goes over midnight as a
/// shift does; where the next day begins to name its own before that, these hold.
std::vector<RateStep> ArrivalReader::rates_of_days(const std::vector<DayRates>& by_day) const {
  std::vector<RateStep> steps;
  for (std::size_t i = 0; i < by_day.size(); ++i) {
    const DayRates& today = by_day[i];
    if (today.empty()) continue;
    const Date date{in_.model.start.days - 1 + static_cast<int>(i)};
    for (const auto& [time, per_tick] : today) steps.push_back({in_.calendar->at(date, time), per_tick});
    const Ticks end = today.front().first;
    const bool goes_on = i + 1 < by_day.size() && !by_day[i + 1].empty() && by_day[i + 1].front().first <= end;
    if (!goes_on) steps.push_back({in_.calendar->at(Date{date.days + 1}, end), 0});
  }
  return steps_in_order(std::move(steps));
}

}  // namespace

void read_arrivals(Reading& reading) { ArrivalReader(reading).arrivals(); }

std::vector<RateStep> steps_in_order(std::vector<RateStep> steps) {
  for (std::size_t i = steps.size(); i-- > 1;) steps[i - 1].from = std::min(steps[i - 1].from, steps[i].from);
  std::vector<RateStep> all = {{0, 0}};
  for (const RateStep& step : steps) {
    const Ticks from = std::max<Ticks>(0, step.from);
    if (all.back().from == from)
      all.back().items_per_tick = step.items_per_tick;
    else
      all.push_back({from, step.items_per_tick});
  }
  return all;
}

}  // namespace mailflow
