#include "report/ocel_log.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

namespace mailflow {

namespace {

using Json = nlohmann::ordered_json;

struct AgentActivity {
  AgentEvent::State state;
  const char* name;
};
constexpr AgentActivity agent_activities[] = {{AgentEvent::State::idle, "agent idle"},
                                              {AgentEvent::State::working, "agent works"},
                                              {AgentEvent::State::moving, "agent moves"},
                                              {AgentEvent::State::on_break, "agent on break"}};
constexpr const char* lot_activities[] = {"arrive",  "wait",  "set up", "process", "move",  "hold",
                                          "blocked", "split", "bag",    "load",    "leave", "here"};

std::string lot_id(std::int64_t lot) { return fmt::format("lot {}", lot); }
std::string agent_id(const Model& model, TeamIndex team, int agent) {
  return fmt::format("agent {} {}", model.teams[team].name, agent + 1);
}
std::string station_id(const Model& model, StationIndex station) { return "station " + model.stations[station].name; }

/// A vehicle is one trip of a departure.
std::string vehicle_id(const Model& model, const Calendar& calendar, DepartureIndex departure, Ticks at) {
  return "vehicle " + model.departures[departure].name + " " + calendar.exact(at);
}

// The published schema wants every value as a text; its type tells how to read it.
Json attribute(const char* name, const std::string& value) { return {{"name", name}, {"value", value}}; }
Json attribute_at(const char* name, const std::string& time, const std::string& value) {
  return {{"name", name}, {"time", time}, {"value", value}};
}
Json relation(const std::string& object, const char* qualifier) {
  return {{"objectId", object}, {"qualifier", qualifier}};
}
Json type_of(const std::string& name, const std::vector<std::pair<const char*, const char*>>& attributes) {
  Json json = {{"name", name}, {"attributes", Json::array()}};
  for (const auto& [key, type] : attributes) json["attributes"].push_back({{"name", key}, {"type", type}});
  return json;
}

}  // namespace

class OcelLog::Objects : public EventSink {
 public:
  Objects(const Model& model, std::ostream& out) : model_(model), calendar_(model.calendar()), out_(out) {
    Json objects = Json::array();
    objects.push_back(
        type_of("lot", {{"product", "string"}, {"destination", "string"}, {"items", "integer"}, {"due", "time"}}));
    objects.push_back(type_of("station", {{"label", "string"}}));
    objects.push_back(type_of("agent", {{"team", "string"}}));
    objects.push_back(type_of("vehicle", {{"departure", "string"}}));
    Json events = Json::array();
    for (const char* name : lot_activities)
      events.push_back(
          type_of(name, {{"start", "time"}, {"items", "integer"}, {"lot_items", "integer"}, {"agents", "integer"}}));
    for (const AgentActivity& activity : agent_activities)
      events.push_back(type_of(activity.name, {{"start", "time"}}));
    out_ << "{\"objectTypes\":" << objects.dump() << ",\n\"eventTypes\":" << events.dump() << ",\n\"objects\":[";
    const std::string began = calendar_.exact(0);
    for (const StationIndex s : model.stations.indices())
      object(station_id(model, s), "station",
             Json::array({attribute_at(
                 "label", began,
                 model.stations[s].label.en.empty() ? model.stations[s].name : model.stations[s].label.en)}));
    for (const TeamIndex t : model.teams.indices())
      for (int i = 0; i < model.teams[t].agents; ++i)
        object(agent_id(model, t, i), "agent", Json::array({attribute_at("team", began, model.teams[t].name)}));
  }
  void on(const LotEvent& e) override {
    if (e.departure != none && vehicles_.emplace(e.departure, e.end).second)
      object(vehicle_id(model_, calendar_, e.departure, e.end), "vehicle",
             Json::array({attribute_at("departure", calendar_.exact(e.end), model_.departures[e.departure].name)}));
    seen(e.parent, nullptr);
    seen(e.lot, &e);
  }

 private:
  /// A lot when it is first told of; a parent that was never told of by itself has no attributes.
  void seen(std::int64_t lot, const LotEvent* e) {
    if (lot == 0) return;
    const auto i = static_cast<std::size_t>(lot);
    if (i >= told_.size()) told_.resize(2 * i + 1);
    if (told_[i]) return;
    told_[i] = true;
    Json attributes = Json::array();
    if (e != nullptr) {
      const std::string at = calendar_.exact(e->start);
      attributes.push_back(attribute_at("product", at, model_.products[e->product].name));
      if (e->destination != none)
        attributes.push_back(attribute_at("destination", at, model_.destinations[e->destination].name));
      attributes.push_back(attribute_at("items", at, std::to_string(e->items)));
      if (e->due != never) attributes.push_back(attribute_at("due", at, calendar_.exact(e->due)));
    }
    object(lot_id(lot), "lot", attributes);
  }
  void object(const std::string& id, const char* type, const Json& attributes) {
    out_ << (first_ ? "\n" : ",\n") << Json({{"id", id}, {"type", type}, {"attributes", attributes}}).dump();
    first_ = false;
  }

  const Model& model_;
  Calendar calendar_;
  std::ostream& out_;
  bool first_ = true;
  std::vector<bool> told_;
  std::set<std::pair<DepartureIndex, Ticks>> vehicles_;
};

class OcelLog::Events : public EventSink {
 public:
  Events(const Model& model, std::ostream& out) : model_(model), calendar_(model.calendar()), out_(out) {}
  void on(const LotEvent& e) override {
    Json attributes =
        Json::array({attribute("start", calendar_.exact(e.start)), attribute("items", std::to_string(e.items)),
                     attribute("lot_items", std::to_string(e.lot_items))});
    if (e.agents > 0) attributes.push_back(attribute("agents", std::to_string(e.agents)));
    Json relations = Json::array({relation(lot_id(e.lot), "lot")});
    if (e.parent != 0)
      relations.push_back(relation(lot_id(e.parent), std::string(e.activity) == "split" ? "parent" : "bag"));
    if (e.station != none) relations.push_back(relation(station_id(model_, e.station), "station"));
    if (e.departure != none)
      relations.push_back(relation(vehicle_id(model_, calendar_, e.departure, e.end), "vehicle"));
    event(e.activity, e.end, attributes, relations);
  }
  void agent(const AgentEvent& e) override {
    if (e.sent || e.end <= e.start) return;
    Json relations = Json::array({relation(agent_id(model_, e.team, e.agent), "agent")});
    if (e.station != none) relations.push_back(relation(station_id(model_, e.station), "station"));
    event(agent_activities[static_cast<std::size_t>(e.state)].name, e.end,
          Json::array({attribute("start", calendar_.exact(e.start))}), relations);
  }

 private:
  void event(const char* type, Ticks at, const Json& attributes, const Json& relations) {
    const Json json = {{"id", fmt::format("e{}", ++count_)},
                       {"type", type},
                       {"time", calendar_.exact(at)},
                       {"attributes", attributes},
                       {"relationships", relations}};
    out_ << (count_ == 1 ? "\n" : ",\n") << json.dump();
  }

  const Model& model_;
  Calendar calendar_;
  std::ostream& out_;
  std::int64_t count_ = 0;
};

OcelLog::OcelLog(const Model& model, std::ostream& out)
    : objects_(std::make_unique<Objects>(model, out)), events_(std::make_unique<Events>(model, out)), out_(out) {}
OcelLog::~OcelLog() = default;
EventSink& OcelLog::objects() { return *objects_; }
EventSink& OcelLog::events() {
  out_ << "\n],\n\"events\":[";
  return *events_;
}
void OcelLog::finish() { out_ << "\n]}\n"; }

}  // namespace mailflow
