#include "network/network_run.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>

#include "core/random.hpp"
#include "mail/name_order.hpp"

namespace mailflow {

namespace {

constexpr std::uint32_t no_number = UINT32_MAX;

}  // namespace

NetworkRun::NetworkRun(const Network& network, RunOptions options, std::vector<int> mine, std::vector<int> keep)
    : network_(network),
      options_(std::move(options)),
      unkept_(options_),
      mine_(std::move(mine)),
      position_(network.centres.size(), -1),
      links_(network.links.size()),
      link_place_(places_by_name(network.links)) {
  unkept_.own_times = false;
  for (const Model& model : network.centres)
    for (const Departure& departure : model.departures)
      if (departure.link != none)
        for (const Ticks at : departure.at) first_there_.emplace_back(at, at + network.links[departure.link].takes);
  std::sort(first_there_.begin(), first_there_.end());
  for (std::size_t i = first_there_.size(); i-- > 1;)
    first_there_[i - 1].second = std::min(first_there_[i - 1].second, first_there_[i].second);
  centres_.resize(mine_.size());
  const std::vector<double> volumes = expected_items(network);
  for (std::size_t m = 0; m < mine_.size(); ++m) {
    const auto c = static_cast<std::size_t>(mine_[m]);
    position_[c] = static_cast<int>(m);
    const Model& model = network.centres[c];
    Centre& centre = centres_[m];
    centre.keep = std::find(keep.begin(), keep.end(), mine_[m]) != keep.end();
    centre.run = CentreRun::make(model, centre.keep ? options_ : unkept_);
    centre.number.resize(network.centres.size());
    centre.steps.push_back({});  // posted here
    centre.by_links.assign(static_cast<std::size_t>((model.end + hour - 1) / hour), 0);
  }
  for (const Link& link : network.links)
    late_keys_.push_back(stream_key(options_.seed, options_.replication, link.name, "late_by"));
  const auto volume = [&](std::size_t m) { return volumes[static_cast<std::size_t>(mine_[m])]; };
  by_volume_.resize(mine_.size());
  std::iota(by_volume_.begin(), by_volume_.end(), 0U);
  std::stable_sort(by_volume_.begin(), by_volume_.end(),
                   [&](std::size_t a, std::size_t b) { return volume(a) > volume(b); });
}

Ticks NetworkRun::window_end(Ticks from) const {
  const Ticks end = network_.any().end;
  const auto next = std::lower_bound(first_there_.begin(), first_there_.end(), std::pair(from, Ticks{0}));
  return next == first_there_.end() ? end : std::min(end, next->second);
}

void NetworkRun::advance(std::size_t mine, Ticks until) {
  Centre& centre = centres_[mine];
  take_in(centre, until);
  centre.run->advance(until);
  take_out(mine_[mine], centre);
}

/// Hands over what comes before `until`, in the written order.
void NetworkRun::take_in(Centre& state, Ticks until) {
  const auto due =
      std::partition(state.in.begin(), state.in.end(), [until](const UnderWay& load) { return load.arrives >= until; });
  const auto place = [this](const UnderWay& load) { return link_place_[load.link]; };
  std::sort(due, state.in.end(), [&](const UnderWay& a, const UnderWay& b) {
    return std::tuple(a.arrives, place(a), a.link, a.trip) < std::tuple(b.arrives, place(b), b.link, b.trip);
  });
  for (auto load = due; load != state.in.end(); ++load) {
    renumber(state, network_.links[load->link].from, load->lots);
    state.by_links[static_cast<std::size_t>(load->arrives / hour)] += load->items;
    state.run->receive(load->arrives, std::move(load->lots));
  }
  state.in.erase(due, state.in.end());
}

/// Paths have small numbers in each centre, given in the order in which they are met there.
void NetworkRun::renumber(Centre& state, int from, std::vector<ThroughLot>& lots) {
  std::vector<std::uint32_t>& number = state.number[static_cast<std::size_t>(from)];
  for (ThroughLot& lot : lots) {
    if (lot.path >= number.size()) number.resize(lot.path + std::size_t{1}, no_number);
    std::uint32_t& here = number[lot.path];
    if (here == no_number) {
      here = static_cast<std::uint32_t>(state.steps.size());
      state.steps.push_back({from, lot.path});
    }
    lot.path = here;
  }
}

void NetworkRun::take_out(int centre, Centre& state) {
  const Model& model = network_.centres[static_cast<std::size_t>(centre)];
  for (Load& load : state.run->take_loads()) {
    const Departure& departure = model.departures[load.departure];
    const LinkIndex l = departure.link;
    const Link& link = network_.links[l];
    UnderWay out;
    out.link = l;
    const std::vector<Ticks>& at = departure.at;
    out.trip = static_cast<std::int32_t>(std::lower_bound(at.begin(), at.end(), load.left) - at.begin());
    Stream stream = keyed(late_keys_[l], civil_key(model, load.left));
    const Ticks late = draw_ticks(link.late_by, stream);
    out.arrives = load.left + link.takes + late;
    out.lots = std::move(load.lots);
    for (const ThroughLot& lot : out.lots) out.items += lot.items;
    if (late > 0) ++links_[l].late_trips;
    links_[l].lateness += late;
    state.out.push_back(std::move(out));
  }
}

std::vector<UnderWay> NetworkRun::exchange() {
  std::vector<UnderWay> elsewhere;
  for (Centre& centre : centres_) {
    for (UnderWay& load : centre.out) {
      const auto to = static_cast<std::size_t>(network_.links[load.link].to);
      if (position_[to] < 0)
        elsewhere.push_back(std::move(load));
      else
        centres_[static_cast<std::size_t>(position_[to])].in.push_back(std::move(load));
    }
    centre.out.clear();
  }
  return elsewhere;
}

void NetworkRun::receive(UnderWay load) {
  const auto to = static_cast<std::size_t>(network_.links[load.link].to);
  centres_[static_cast<std::size_t>(position_[to])].in.push_back(std::move(load));
}

void NetworkRun::finish(std::size_t mine) {
  Centre& centre = centres_[mine];
  centre.run->advance(never);
  take_out(mine_[mine], centre);  // trips at the end's very instant leave, and are under way
  centre.results = centre.run->results();
  centre.run.reset();
}

}  // namespace mailflow
