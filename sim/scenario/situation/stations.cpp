#include "scenario/situation/stations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"
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
  if (!check_section(node, "situation.stations", tr("station {} of the situation", is.name))) return;
  const bool handles = takes_in_hand(is.kind);
  if (!handles) {
    bad(node, tr("station {}", is.name), tr("no manual station or machine"), tr("nothing of it can be down or set up"),
        tr("mail that is there goes under mail:"));
    return;
  }
  auto& servers = in_.model.situation.servers;
  if (const Node* down = get(node, "down")) {
    const int count = whole(node, "down", 1, 0, is.servers);
    const Node* until = get(node, "until");
    const auto end = until == nullptr ? std::nullopt : instant(*until, "until", When::after);
    if (end && *end < in_.model.situation.at)
      bad(*until, "until", "", tr("it must not lie before the situation's instant"));
    if (until == nullptr && !is.breakdown.present)
      in_.problems.error(down->place,
                         tr("station {} never breaks down by itself, so nothing says when it is up", is.name),
                         tr("give until: \"03:10\""));
    for (int v = 0; v < count; ++v) {
      ServerThere server{.station = s, .position = v, .down = true};
      if (end) server.repaired_in = *end - in_.model.situation.at;
      servers.push_back(server);
    }
  } else if (const Node* until = get(node, "until")) {
    in_.problems.error(until->place, tr("until says nothing without down"), tr("give down: 1"));
  }
  const Node* machines = get(node, "machines");
  if (machines == nullptr) return;
  if (!machines->is_map()) {
    bad(*machines, "machines", "", tr("it must be a map by number, from 1"));
    return;
  }
  for (const Entry& e : machines->entries) machine(e, s);
}

void StationThereReader::machine(const Entry& e, StationIndex s) {
  const Station& is = in_.model.stations[s];
  Failure why;
  const auto number = parse_whole(e.key, 1, is.servers, why);
  if (!number) {
    in_.problems.error(e.place, tr("\"{}\" is no machine or position of station {}; {}", e.key, is.name, why.must),
                       tr("they are numbered from 1"));
    return;
  }
  if (!check_section(e.value, "situation.machines", tr("machine {}", e.key))) return;
  ServerThere server{.station = s, .position = static_cast<int>(*number) - 1};
  server.repaired_in = duration(e.value, "repaired_in", -1);
  server.down = server.repaired_in >= 0;
  server.fails_in = duration(e.value, "fails_in", -1);
  const int pass = whole(e.value, "pass", 1, 1, is.passes) - 1;
  if (const Node* group = get(e.value, "set_up_for")) {
    int index = -1;
    if (is.set_up.between == SetUpBetween::sort_plans && in_.names.sort_plans.contains(group->text))
      index = static_cast<int>(in_.names.products.size()) + in_.names.sort_plans.at(group->text).number();
    else
      index = reference(*group, in_.names.products,
                        is.set_up.between == SetUpBetween::products ? tr("product") : tr("sort plan"))
                  .number();
    if (is.set_up.between == SetUpBetween::none)
      bad(*group, "set_up_for", "", tr("station {} needs no set-up", is.name), tr("leave it out"));
    if (index >= 0) server.group = index * is.passes + pass;
  }
  auto& servers = in_.model.situation.servers;
  const bool twice = std::any_of(servers.begin(), servers.end(), [&](const ServerThere& other) {
    return other.station == s && other.position == server.position;
  });
  if (twice) in_.problems.error(e.place, tr("machine {} is among those that down: counts", e.key), tr("say it once"));
  servers.push_back(server);
}

}  // namespace

void read_station_there(Reading& reading, const Node& node, StationIndex station) {
  StationThereReader(reading).station(node, station);
}

}  // namespace mailflow
