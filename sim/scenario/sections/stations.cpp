#include "scenario/sections/stations.hpp"

#include "scenario/sections/routes.hpp"
#include "scenario/sections/time_reader.hpp"

namespace mailflow {

namespace {

class StationReader : private TimeReader {
 public:
  using TimeReader::TimeReader;
  void stations();

 private:
  void station(const Node& node, Station& station);
  void handling(const Node& node, Station& station);
  void queue(const Node& node, Station& station);
  void diversion(const Node& map, const std::string& key, Station& station);
  int skill(const Node& node);
};

void StationReader::stations() {
  const Node* map = get(in_.root, "stations");
  if (map == nullptr || !map->is_map()) return;
  for (const Entry& e : map->entries) {
    Station result;
    result.name = e.key;
    station(e.value, result);
    in_.model.stations.push_back(result);
  }
}

void StationReader::station(const Node& node, Station& result) {
  static const std::vector<std::string> kinds = {"manual", "machine", "conveyor", "walk", "hold", "bagging", "bay"};
  if (!node.is_map() || get(node, "kind") == nullptr) {
    in_.strange_kind = true;
    if (node.is_map() && tell_meant(node, {"kind"}, "station " + result.name)) return;
    bad(node, "station " + result.name, node.is_map() ? "without a kind" : "",
        "it must have kind: one of manual, machine, conveyor, walk, hold, bagging, bay");
    return;
  }
  const int kind = choice(node, "kind", kinds, -1);
  in_.strange_kind = in_.strange_kind || kind < 0;
  if (kind < 0) return;
  result.kind = static_cast<StationKind>(kind);
  if (!check_section(node, "stations." + kinds[static_cast<std::size_t>(kind)], "station " + result.name)) return;
  result.label = label(node, "label");
  if (const Node* next = get(node, "next")) {
    result.next = read_route(in_, *next);
    in_.places["next " + result.name] = next->place;
  }
  if (const Node* open = get(node, "open")) {
    result.always_open = false;
    result.open = opening(*open, "open");
  }
  if (const Node* takes = get(node, "takes")) result.takes = durations(*takes, "takes");
  queue(node, result);
  if (result.kind == StationKind::manual || result.kind == StationKind::machine) handling(node, result);
  if (result.kind == StationKind::hold) result.held_share = share(node, "share", 1);
  if (result.kind != StationKind::bagging) return;
  result.bag_at_most = duration(node, "at_most", never);
  if (const Node* full = get(node, "items"))
    result.bag_items = static_cast<int>(items(*full, "items", 1, 1'000'000, "items: 500 items").value_or(1));
}

void StationReader::handling(const Node& node, Station& result) {
  const bool machine = result.kind == StationKind::machine;
  result.servers = whole(node, machine ? "machines" : "positions", 1, 1);
  result.passes = whole(node, "passes", 1, 1, 100);
  if (const Node* needs = get(node, "skill")) {
    result.skill = skill(*needs);
    result.crew = 1;
  }
  if (const Node* crew = get(node, "crew"); crew != nullptr && check_section(*crew, "crew", "crew")) {
    if (const Node* needs = get(*crew, "skill")) result.skill = skill(*needs);
    result.crew = whole(*crew, "needs", 1, 1, 1000);
  }
  const Node* rate = get(node, "rate");
  const Node* service = get(node, "service");
  if (rate == nullptr && service == nullptr && (meant(node, "rate") || meant(node, "service"))) {
    // told there
  } else if ((rate == nullptr) == (service == nullptr)) {
    in_.problems.error(node.place, "station " + result.name + " needs rate or service, one of them",
                       "for example rate: 1100 items/h");
  } else if (rate != nullptr) {
    result.items_per_tick = this->rate(*rate, Least::above_zero).value_or(0);
  } else {
    const auto parse = [&](std::string_view text, Failure& why) {
      return parse_service(text, number_file(*service), why);
    };
    const auto law = value(*service, "service", "service: exponential(20 s) per item", parse);
    result.service = law ? law->law : Distribution::fixed(1);
    result.service_per_lot = law && law->per_lot;
    tell_raised_mean(*service, "service", result.service, Drawn::duration);
  }
  diversion(node, "rejects", result);
  diversion(node, "no_reads", result);
  double away = 0;
  for (const Diversion& d : result.diversions) away += d.share;
  if (away > 1 + 1e-9)
    in_.problems.error(node.place, "station " + result.name + " turns away more than 100 % of its items",
                       "rejects and no_reads are shares of all items");
  if (const Node* set_up = get(node, "set_up"); set_up != nullptr && check_section(*set_up, "set_up", "set_up")) {
    result.set_up.between = choice(*set_up, "between", {"products", "sort plans"}, 0) == 0 ? SetUp::Between::products
                                                                                           : SetUp::Between::sort_plans;
    if (const Node* takes = get(*set_up, "takes")) result.set_up.takes = durations(*takes, "takes");
    result.set_up.same_first = flag(*set_up, "same_first", false);
  }
  if (const Node* breaks = get(node, "breaks_down");
      breaks != nullptr && check_section(*breaks, "breaks_down", "breaks_down")) {
    result.breakdown.present = true;
    if (const Node* every = get(*breaks, "every")) {
      const std::size_t errors = in_.problems.errors();
      result.breakdown.every = durations(*every, "every");
      if (in_.problems.errors() == errors && result.breakdown.every.mean() < static_cast<double>(second))
        bad(*every, "every", "", "breakdowns must be a second apart or more on average");
    }
    if (const Node* lasts = get(*breaks, "for")) result.breakdown.repair = durations(*lasts, "for");
    result.breakdown.only_while_working = choice(*breaks, "while", {"working", "always"}, 0) == 0;
  }
}

void StationReader::queue(const Node& node, Station& result) {
  const Node* queue = get(node, "queue");
  if (queue == nullptr || !check_section(*queue, "queue", "queue")) return;
  result.order = static_cast<QueueOrder>(choice(*queue, "order", {"first come", "priority", "earliest due"}, 0));
  if (const Node* holds = get(*queue, "holds")) {
    if (result.kind == StationKind::bay)
      in_.problems.error(holds->place, "a bay holds what comes; it has no bound", "remove holds:");
    else
      result.queue_holds = items(*holds, "holds", 0, 1'000'000'000, "holds: 60000 items").value_or(-1);
  }
}

void StationReader::diversion(const Node& map, const std::string& key, Station& result) {
  const Node* node = get(map, key);
  if (node == nullptr || !check_section(*node, "diversion", key)) return;
  Diversion diversion;
  diversion.name = key;
  diversion.share = share(*node, "share", 0);
  if (const Node* next = get(*node, "next")) diversion.next = read_route(in_, *next);
  result.diversions.push_back(diversion);
}

int StationReader::skill(const Node& node) {
  const std::string name = scalar(node, "skill");
  const auto [found, is_new] = in_.names.skills.emplace(name, static_cast<int>(in_.names.skills.size()));
  if (is_new) {
    in_.model.skills.push_back(name);
    in_.places["skills " + name] = node.place;
  }
  return found->second;
}

}  // namespace

void read_stations(Reading& reading) { StationReader(reading).stations(); }

}  // namespace mailflow
