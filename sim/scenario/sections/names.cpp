#include "scenario/sections/names.hpp"

#include <algorithm>

#include "core/clean_text.hpp"
#include "core/words.hpp"
#include "scenario/sections/value_reader.hpp"

namespace mailflow {

namespace {

class NameReader : private ValueReader {
 public:
  using ValueReader::ValueReader;
  bool collect_names();
};

bool NameReader::collect_names() {
  const auto collect = [this](const Node* map, Names& names, const std::string& kind) {
    if (map == nullptr) return;
    if (!map->is_map()) {
      bad(*map, kind, "", tr("it must be a map by name"));
      return;
    }
    for (const Entry& e : map->entries) {
      names.emplace(e.key, static_cast<int>(names.size()));
      in_.places[kind + " " + e.key] = e.place;
    }
  };
  collect(get(in_.root, "products"), in_.names.products, "products");
  collect(get(in_.root, "destinations"), in_.names.destinations, "destinations");
  collect(get(in_.root, "stations"), in_.names.stations, "stations");
  collect(get(in_.root, "sort_plans"), in_.names.sort_plans, "sort_plans");
  collect(get(in_.root, "arrivals"), in_.names.arrivals, "arrivals");
  for (const auto& [name, index] : in_.names.destinations)
    if (in_.names.products.contains(name))
      in_.problems.error(in_.places["destinations " + name], tr("\"{}\" is a product too", name),
                         tr("give the destination another name, so that routes are clear"));
  for (const auto& [name, index] : in_.names.stations)
    if (in_.names.products.contains(name) || in_.names.destinations.contains(name))
      in_.problems.error(in_.places["stations " + name], tr("\"{}\" is a product or destination too", name),
                         tr("give the station another name, so that routes are clear"));
  if (const Node* staff = get(in_.root, "staff"); staff != nullptr && staff->is_map()) {
    collect(get(*staff, "shifts"), in_.names.shifts, "shifts");
    collect(get(*staff, "teams"), in_.names.teams, "teams");
  }
  if (const Node* transport = get(in_.root, "transport"); transport != nullptr && transport->is_map())
    collect(get(*transport, "departures"), in_.names.departures, "departures");
  for (const char* what : {"products", "stations", "arrivals"}) {
    const Node* map = get(in_.root, what);
    const bool may_be = in_.of_network && std::string_view(what) == "arrivals";  // mail comes by links
    if (map != nullptr && map->is_map() && map->entries.empty() && !may_be)
      in_.problems.error(map->place, tr("{} is empty", what), tr("give at least one"));
  }
  const bool too_many =
      in_.names.stations.size() > 30000 || in_.names.products.size() > 30000 || in_.names.destinations.size() > 30000;
  if (too_many)
    in_.problems.error(in_.root.place, tr("more than 30000 stations, products or destinations"), tr("split the model"));
  return !too_many;
}

}  // namespace

bool collect_names(Reading& reading) { return NameReader(reading).collect_names(); }

void check_name(const Entry& named, const std::string& kind, Problems& problems) {
  if (trimmed(named.key).empty())
    problems.error(named.place, tr("a name of {} is empty", kind), tr("give it a name of its own"));
  else if (std::any_of(named.key.begin(), named.key.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
    problems.error(named.place, tr("the name {} holds a line break or a control character", shown(key_as_value(named))),
                   tr("write it on one line; label: may say more"));
  else if (const std::string unfit = unfit_character(named.key, Text::name); !unfit.empty())
    problems.error(named.place, tr("this name holds the character {}", unfit),
                   tr("leave it out: it is not seen where the name is shown"));
}

}  // namespace mailflow
