#include "studio/day_log.hpp"

#include <algorithm>
#include <cmath>

#include "core/memory.hpp"
#include "core/words.hpp"
#include "experiment/executor.hpp"
#include "studio/exchange.hpp"

namespace mailflow::studio {

namespace {

constexpr std::size_t most_stretches = 5'000'000;
constexpr std::size_t most_rows = 20'000;  ///< of one answer

double seconds_of(Ticks at) { return static_cast<double>(at) / static_cast<double>(second); }

Ticks ticks_of(double seconds) { return nearest_tick(seconds * static_cast<double>(second)); }

template <class Elements>
Json names_of(const Elements& elements) {
  Json names = Json::array();
  for (const auto& element : elements) names.push_back(element.name);
  return names;
}

const char* word_of_state(AgentEvent::State state) {
  constexpr const char* words[] = {"idle", "working", "moving", "on_break"};
  return words[static_cast<std::size_t>(state)];
}

template <class Elements, class At>
Json name_or_null(const Elements& elements, At at) {
  return at == none ? Json(nullptr) : Json(elements[at].name);
}

Refused too_much() { return {413, tr("more happens in this run than can be replayed; let it run for fewer days")}; }

/// A stretch without a length lies in the window that its instant does.
bool lies_in(Ticks start, Ticks end, Ticks from, Ticks to) { return start < to && (end > from || start >= from); }

}  // namespace

DayLog::DayLog(std::shared_ptr<const Model> model, std::uint64_t seed, std::uint64_t replication,
               const std::atomic<bool>* stop)
    : model_(std::move(model)), replication_(replication) {
  RunOptions options;
  options.seed = seed;
  options.replication = replication;
  options.events = this;
  options.progress = stops_at(stop);
  simulate(*model_, options);
}

std::uint8_t DayLog::number_of(const char* activity) {
  const auto known = std::find(activities_.begin(), activities_.end(), activity);
  if (known == activities_.end()) {
    activities_.emplace_back(activity);
    return static_cast<std::uint8_t>(activities_.size() - 1);
  }
  return static_cast<std::uint8_t>(known - activities_.begin());
}

void DayLog::on(const LotEvent& event) {
  if (lots_.size() == lots_.capacity()) {
    if (lots_.size() >= most_stretches) throw too_much();
    const std::size_t more = std::max<std::size_t>(1024, lots_.size());
    need_memory(static_cast<std::int64_t>((lots_.size() + more) * sizeof(Stretch)));
    lots_.reserve(lots_.size() + more);
  }
  lots_.push_back({event.lot, event.parent, event.start, event.end, event.due, event.lot_items, event.station.number(),
                   event.product.number(), event.destination.number(), event.departure.number(),
                   static_cast<std::int16_t>(event.agents), number_of(event.activity)});
}

void DayLog::agent(const AgentEvent& event) {
  if (event.sent) return;
  if (agents_.size() >= most_stretches) throw too_much();
  agents_.push_back(event);
}

void DayLog::late(const LateItems& items) {
  if (late_.size() >= most_stretches) throw too_much();
  late_.push_back(items);
}

Json DayLog::names() const {
  const Calendar calendar = model_->calendar();
  return {{"replication", replication_},
          {"from", calendar.text_with_offset(0)},
          {"begins", seconds_of(model_->situation.given ? model_->situation.at : 0)},
          {"ends", seconds_of(model_->end)},
          {"activities", activities_},
          {"stations", names_of(model_->stations)},
          {"products", names_of(model_->products)},
          {"destinations", names_of(model_->destinations)},
          {"departures", names_of(model_->departures)},
          {"teams", names_of(model_->teams)}};
}

Json DayLog::row(const Stretch& s) const {
  return Json::array({s.lot, s.activity, seconds_of(s.start), seconds_of(s.end), s.station, s.items, s.agents,
                      s.product, s.destination, s.departure, s.due == never ? Json(nullptr) : Json(seconds_of(s.due)),
                      s.parent});
}

Json DayLog::window(double from_seconds, double to_seconds) const {
  const Ticks from = ticks_of(from_seconds);
  const Ticks to = ticks_of(to_seconds);
  Json json = {
      {"from", from_seconds}, {"to", to_seconds}, {"whole", true}, {"lots", Json::array()}, {"agents", Json::array()}};
  for (const Stretch& s : lots_) {
    if (!lies_in(s.start, s.end, from, to)) continue;
    if (json["lots"].size() >= most_rows) {
      json["whole"] = false;
      break;
    }
    json["lots"].push_back(row(s));
  }
  for (const AgentEvent& a : agents_)
    if (lies_in(a.start, a.end, from, to))
      json["agents"].push_back({a.team.number(), a.agent, word_of_state(a.state), seconds_of(a.start),
                                seconds_of(a.end), a.station.number()});
  return json;
}

Json DayLog::lots_at(const std::string& station, double at_seconds) const {
  const Ticks at = ticks_of(at_seconds);
  Json list = Json::array();
  for (const Stretch& s : lots_)
    if (s.station >= 0 && model_->stations[StationIndex(s.station)].name == station && s.start <= at && s.end > at &&
        list.size() < most_rows)
      list.push_back(row(s));
  return {{"station", station}, {"at", at_seconds}, {"lots", list}};
}

Json DayLog::journey(std::int64_t lot) const {
  std::vector<const Stretch*> own;
  for (const Stretch& s : lots_)
    if (s.lot == lot) own.push_back(&s);
  if (own.empty()) throw Refused(404, tr("there is no lot {} in this run", lot));
  std::stable_sort(own.begin(), own.end(), [](const Stretch* a, const Stretch* b) { return a->start < b->start; });
  Json list = Json::array();
  for (const Stretch* s : own) list.push_back(row(*s));
  return {{"lot", lot}, {"steps", list}};
}

Json DayLog::late_lots(const LateWanted& wanted) const {
  const Calendar calendar = model_->calendar();
  const auto fits = [](const std::string& name, const Json& found) { return name.empty() || found == name; };
  Json list = Json::array();
  std::int64_t items = 0;
  for (const LateItems& late : late_) {
    const std::string due_day = calendar.text_with_offset(late.due).substr(0, 10);
    const Json product = name_or_null(model_->products, late.product);
    const Json destination = name_or_null(model_->destinations, late.destination);
    const Json departure = name_or_null(model_->departures, late.departure);
    if (!fits(wanted.product, product) || !fits(wanted.destination, destination) ||
        !fits(wanted.departure, departure) || !fits(wanted.day, due_day))
      continue;
    items += late.items;
    if (list.size() < most_rows)
      list.push_back({{"lot", late.lot},
                      {"bag", late.bag},
                      {"items", late.items},
                      {"product", product},
                      {"destination", destination},
                      {"departure", departure},
                      {"day", due_day},
                      {"due", seconds_of(late.due)},
                      {"left", late.still_here ? Json(nullptr) : Json(seconds_of(late.at))}});
  }
  return {{"items", items}, {"lots", list}};
}

}  // namespace mailflow::studio
