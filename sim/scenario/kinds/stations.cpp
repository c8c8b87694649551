#include "scenario/kinds/stations.hpp"

#include "core/words.hpp"
#include "scenario/kinds/table.hpp"
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
  void queue(const Node& node, Station& station);
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
  if (!node.is_map() || get(node, "kind") == nullptr) {
    in_.strange_kind = true;
    if (node.is_map() && tell_meant(node, {"kind"}, tr("station {}", result.name))) return;
    bad(node, tr("station {}", result.name), node.is_map() ? tr("without a kind") : "",
        tr("it must have kind: one of {}", listed_words<StationKind>()));
    return;
  }
  const int kind = choice(node, "kind", words_of<StationKind>(), -1);
  in_.strange_kind = in_.strange_kind || kind < 0;
  if (kind < 0) return;
  result.kind = static_cast<StationKind>(kind);
  if (!check_section(node, "stations." + std::string(word_of(result.kind)), tr("station {}", result.name))) return;
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
  language_of(result.kind).read(in_, node, result);
}

void StationReader::queue(const Node& node, Station& result) {
  const Node* queue = get(node, "queue");
  if (queue == nullptr || !check_section(*queue, "queue", "queue")) return;
  result.order = choice(*queue, "order", QueueOrder::first_come);
  if (const Node* holds = get(*queue, "holds")) {
    if (const char* const why = language_of(result.kind).why_no_bound; why != nullptr)
      in_.problems.error(holds->place, tr(why), tr("remove holds:"));
    else
      result.queue_holds = items(*holds, "holds", 0, 1'000'000'000, "holds: 60000 items").value_or(-1);
  }
}

}  // namespace

void read_stations(Reading& reading) { StationReader(reading).stations(); }

}  // namespace mailflow
