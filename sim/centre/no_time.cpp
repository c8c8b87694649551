// Rounds on which no time passes: mail that comes back to where it was at the same instant would do so for ever. The
// events of one instant are counted now and then (pulse()), and what passes on without any event by its depth
// (Passing).
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "centre/run.hpp"

namespace mailflow {

namespace {

/// So many events of one instant no centre has, but for its lots' own ways through it, and of these no more than that.
constexpr std::uint64_t most_of_an_instant = 2'000'000;
constexpr std::uint64_t most_of_ways = 40'000'000;
/// Stations passed one within the other, beyond those that there are.
constexpr std::size_t most_within = 1'000;

}  // namespace

/// `stations` told by name, with the instant.
void Run::fail_in_no_time(const std::vector<int>& stations) const {
  const std::set<int> all(stations.begin(), stations.end());
  std::string names;
  constexpr std::size_t most_named = 8;
  std::size_t named = 0;
  for (const int s : all) {
    if (++named > most_named) break;
    names += (names.empty() ? "" : ", ") + model_.stations[static_cast<std::size_t>(s)].name;
  }
  if (all.size() > most_named) names += fmt::format(" and {} more", all.size() - most_named);
  throw RunFailure(
      fmt::format("mail goes round for ever at {}{}, in no time: by way of {}; let something on that way take time",
                  model_.place.empty() ? "" : model_.place + ", ", model_.calendar().shown(now_), names));
}

/// The station of an event's mail; none where it has none.
int Run::station_of(const Event& event) const {
  const std::uint32_t index = event.index;
  switch (kind_of(event)) {
    case EventKind::phase_end:
    case EventKind::fail:
    case EventKind::repair:
      return servers_[index].station;
    case EventKind::delay_end:
    case EventKind::bag_goes:
      return lots_[static_cast<int>(index)].station;
    default:
      return none;
  }
}

void Run::pulse(std::uint64_t events) {
  need_memory(0);
  if (options_.progress) options_.progress(now_);
  if (now_ != pulse_at_) {
    pulse_at_ = now_;
    of_an_instant_ = 0;
    return;
  }
  of_an_instant_ += events;
  const auto ways = static_cast<std::uint64_t>(lots_.size()) * (stations_.size() + 10);
  if (of_an_instant_ < most_of_an_instant + std::min(ways, most_of_ways)) return;
  std::vector<int> stations;
  constexpr int enough = 100'000;
  for (int i = 0; i < enough; ++i) {
    calendar_.settle();
    if (calendar_.next().at != now_) {
      if (!work_is_due_) return;  // it has an end after all
      give_out();
      continue;
    }
    const Event event = calendar_.take();
    if (const int s = station_of(event); s != none) stations.push_back(s);
    dispatch(kind_of(event), event.index, event.token);
    if (over_) return;
  }
  fail_in_no_time(stations);
}

Run::Passing::Passing(Run& run, int station) : run_(run) {
  run_.passed_.push_back(station);
  if (run_.passed_.size() > run_.stations_.size() + most_within) run_.fail_in_no_time(run_.passed_);
}

}  // namespace mailflow
