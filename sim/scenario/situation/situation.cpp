#include "scenario/situation/situation.hpp"

#include "core/words.hpp"
#include "scenario/sections/value_reader.hpp"
#include "scenario/situation/mail.hpp"
#include "scenario/situation/people.hpp"
#include "scenario/situation/stations.hpp"
#include "scenario/situation/transport.hpp"

namespace mailflow {

namespace {

class SituationReader : private ValueReader {
 public:
  using ValueReader::ValueReader;
  void situation();
};

void SituationReader::situation() {
  const Node* node = get(in_.root, "situation");
  if (node == nullptr || !node->is_map() || !in_.model.situation.given) return;
  in_.model.situation.teams.resize(in_.model.teams.size());
  in_.model.situation.sources.resize(in_.model.sources.size());
  const auto each = [&](const char* key, const auto& names, const std::string& what, auto read) {
    const Node* map = get(*node, key);
    if (map == nullptr) return;
    if (!map->is_map()) {
      bad(*map, key, "", tr("it must be a map by {}", what));
      return;
    }
    for (const Entry& e : map->entries)
      if (const auto i = reference(key_as_value(e), names, what); i != none) read(in_, e.value, i);
  };
  each("stations", in_.names.stations, tr("station"), read_station_there);
  if (const Node* mail = get(*node, "mail")) read_mail_there(in_, *mail);
  each("teams", in_.names.teams, tr("team"), read_team_there);
  each("departures", in_.names.departures, tr("departure"), read_departure_there);
  each("arrivals", in_.names.arrivals, tr("source of arrivals"), read_source_there);
}

}  // namespace

void read_situation(Reading& reading) { SituationReader(reading).situation(); }

}  // namespace mailflow
