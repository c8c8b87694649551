#include "scenario/situation/stations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenario/situation/instant_reader.hpp"

namespace mailflow {

namespace {

class StationThereReader : private InstantReader {
 public:
  using InstantReader::InstantReader;
  void station(const Node& node, StationIndex station);

 private:
  void machine(const Entry& entry, StationIndex station);
};

void StationThereReader::station(const Node& node, StationIndex s) {
  const Station& is = in_.model.stations[s];
  if (!check_section(node, "situation.stations", "station " + is.name + " of the situation")) return;
  const bool handles = takes_in_hand(is.kind);
  if (!handles) {
    bad(node, "station " + is.name, "no manual station or machine", "nothing of it can be down or set up",
        "mail that is there goes under mail:");
    return;
  }
  auto& servers = in_.model.situation.servers;
  if (const Node* down = get(node, "down")) {
    const int count = whole(node, "down", 1, 0, is.servers);
    const Node* until = get(node, "until");
    const auto end = until == nullptr ? std::nullopt : instant(*until, "until", When::after);
    if (end && *end < in_.model.situation.at)
      bad(*until, "until", "", "it must not lie before the situation's instant");
    if (until == nullptr && !is.breakdown.present)
      in_.problems.error(down->place,
                         "station " + is.name + " never breaks down by itself, so nothing says when it is up",
                         "give until: \"03:10\"");
    for (int v = 0; v < count; ++v) {
      ServerThere server{.station = s, .position = v, .down = true};
      if (end) server.repaired_in = *end - in_.model.situation.at;
      servers.push_back(server);
    }
  } else if (const Node* until = get(node, "until")) {
    in_.problems.error(until->place, "until says nothing without down", "give down: 1");
  }
  const Node* machines = get(node, "machines");
  if (machines == nullptr) return;
  if (!machines->is_map()) {
    bad(*machines, "machines", "", "it must be a map by number, from 1");
    return;
  }
  for (const Entry& e : machines->entries) machine(e, s);
}

void StationThereReader::machine(const Entry& e, StationIndex s) {
  const Station& is = in_.model.stations[s];
  Failure why;
  const auto number = parse_whole(e.key, 1, is.servers, why);
  if (!number) {
    in_.problems.error(e.place,
                       fmt::format("\"{}\" is no machine or position of station {}; {}", e.key, is.name, why.must),
                       "they are numbered from 1");
    return;
  }
  if (!check_section(e.value, "situation.machines", "machine " + e.key)) return;
  ServerThere server{.station = s, .position = static_cast<int>(*number) - 1};
  server.repaired_in = duration(e.value, "repaired_in", -1);
  server.down = server.repaired_in >= 0;
  server.fails_in = duration(e.value, "fails_in", -1);
  const int pass = whole(e.value, "pass", 1, 1, is.passes) - 1;
  if (const Node* group = get(e.value, "set_up_for")) {
    int index = -1;
    if (is.set_up.between == SetUp::Between::sort_plans && in_.names.sort_plans.contains(group->text))
      index = static_cast<int>(in_.names.products.size()) + in_.names.sort_plans.at(group->text).number();
    else
      index =
          reference(*group, in_.names.products, is.set_up.between == SetUp::Between::products ? "product" : "sort plan")
              .number();
    if (is.set_up.between == SetUp::Between::none)
      bad(*group, "set_up_for", "", "station " + is.name + " needs no set-up", "leave it out");
    if (index >= 0) server.group = index * is.passes + pass;
  }
  auto& servers = in_.model.situation.servers;
  const bool twice = std::any_of(servers.begin(), servers.end(), [&](const ServerThere& other) {
    return other.station == s && other.position == server.position;
  });
  if (twice) in_.problems.error(e.place, "machine " + e.key + " is among those that down: counts", "say it once");
  servers.push_back(server);
}

}  // namespace

void read_station_there(Reading& reading, const Node& node, StationIndex station) {
  StationThereReader(reading).station(node, station);
}

}  // namespace mailflow
