#include "centre/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "centre/hand_over.hpp"
#include "centre/keep_situation.hpp"
#include "centre/no_time.hpp"
#include "centre/resume.hpp"
#include "centre/window.hpp"
#include "core/words.hpp"
#include "metrics/targets.hpp"

namespace mailflow {

namespace {

/// So many events of one instant no centre has, but for its lots' own ways through it, and of these no more than that.
constexpr std::uint64_t most_of_an_instant = 2'000'000;
constexpr std::uint64_t most_of_ways = 40'000'000;

}  // namespace

Results simulate(const Model& model, const RunOptions& options) {
  Run run(model, options);
  run.advance(never);
  return run.results();
}

std::unique_ptr<CentreRun> CentreRun::make(const Model& model, const RunOptions& options) {
  return std::make_unique<Run>(model, options);
}

Run::Run(const Model& model, const RunOptions& options) : centre_(model, options) {
  for (const Target& target : model.targets) left_over_.push_back(std::vector<std::int64_t>(target.samples.size(), 0));
  if (options.situation != nullptr) centre_.agenda.schedule(options.situation_at, EventKind::situation);
  if (model.situation.given) centre_.agenda.set_now(model.situation.at);
  start_clocks();
  if (model.situation.given) resume(centre_);
  if (BlockLoop::fits(model, options)) blocks_ = std::make_unique<BlockLoop>(centre_);
}

/// What happens by the clock, whatever else does.
void Run::start_clocks() {
  const Model& model = centre_.setting.model;
  Agenda& agenda = centre_.agenda;
  agenda.schedule(model.end, EventKind::end);
  for (const TargetIndex t : model.targets.indices())
    for (std::size_t i = 0; i < model.targets[t].samples.size(); ++i)
      if (model.targets[t].samples[i] >= agenda.now())
        agenda.schedule(model.targets[t].samples[i], EventKind::sample, static_cast<std::uint32_t>(t.number()),
                        static_cast<std::uint32_t>(i));
  const Ticks review = model.assignment.review;
  if (!model.teams.empty() && (review > 0 || !model.situation.given))
    agenda.schedule(review > 0 ? (agenda.now() + review - 1) / review * review : 0, EventKind::review);
  centre_.transport.start_clocks();
  if (model.situation.given) return;
  agenda.schedule(model.warm_up, EventKind::warm_up);
  centre_.servers.start_clocks();
  centre_.staff.start_clocks();
  centre_.arrivals.start_clocks();
}

void Run::advance(Ticks until) {
  try {
    if (blocks_) {
      blocks_->advance(until);
      events_ = blocks_->events();
    } else {
      loop(until);
    }
  } catch (const MemoryExceeded&) {
    fail_for_memory();
  }
}

void Run::receive(Ticks at, std::vector<ThroughLot> lots) {
  if (blocks_)
    blocks_->receive(at, std::move(lots));
  else
    centre_.transport.receive(at, std::move(lots));
}

void Run::loop(Ticks until) {
  constexpr std::uint64_t pulse_mask = (1U << 18U) - 1;
  Agenda& agenda = centre_.agenda;
  Staff& staff = centre_.staff;
  while (!over_) {
    if (staff.work_is_due()) {
      const Event& next = agenda.next();
      // Work is given out when all else of the instant has happened, but reviews and counts.
      if (next.at != agenda.now() || (next.rank() >> 4U) >= static_cast<std::uint8_t>(EventKind::review) >> 4U) {
        staff.give_out();
        continue;
      }
    }
    if (agenda.next().at >= until) return;
    const Event event = agenda.take();
    ++events_;
    happen(event);
    staff.notice();
    if ((events_ & pulse_mask) == 0) pulse(pulse_mask + 1);
  }
}

void Run::happen(const Event& event) {
  if (hand_over(centre_, event)) return;
  switch (kind_of(event)) {
    case EventKind::situation:
      --events_;  // nothing happens by it: the run's figures are those of one that keeps none
      *centre_.setting.options.situation = kept_situation(centre_);
      break;
    case EventKind::sample:
      left_over_[about<Target>(event)][event.token] =
          left_over(centre_, centre_.setting.model.targets[about<Target>(event)]);
      break;
    case EventKind::warm_up:
      begin_window(centre_);
      break;
    case EventKind::end:
      over_ = true;
      break;
    default:
      break;
  }
}

/// The station of an event's mail; none where it has none.
StationIndex Run::station_of(const Event& event) const {
  switch (kind_of(event)) {
    case EventKind::phase_end:
    case EventKind::fail:
    case EventKind::repair:
      return centre_.servers[about<Server>(event)].station;
    case EventKind::delay_end:
    case EventKind::bag_goes:
      return centre_.lots[about<Lot>(event)].station;
    default:
      return none;
  }
}

void Run::pulse(std::uint64_t events) {
  Agenda& agenda = centre_.agenda;
  need_memory(0);
  if (centre_.setting.options.progress) centre_.setting.options.progress(agenda.now());
  if (agenda.now() != pulse_at_) {
    pulse_at_ = agenda.now();
    of_an_instant_ = 0;
    return;
  }
  of_an_instant_ += events;
  const std::uint64_t ways = std::uint64_t{centre_.lots.size()} * (centre_.setting.model.stations.size() + 10);
  if (of_an_instant_ < most_of_an_instant + std::min(ways, most_of_ways)) return;
  std::vector<StationIndex> stations;
  constexpr int enough = 100'000;
  for (int i = 0; i < enough; ++i) {
    if (agenda.next().at != agenda.now()) {
      if (!centre_.staff.work_is_due()) return;  // it has an end after all
      centre_.staff.give_out();
      continue;
    }
    const Event event = agenda.take();
    if (const StationIndex s = station_of(event); s != none) stations.push_back(s);
    happen(event);
    if (over_) return;
  }
  fail_in_no_time(centre_.setting, stations, agenda.now());
}

Results Run::results() {
  try {
    return count_all();
  } catch (const MemoryExceeded&) {
    fail_for_memory();
  }
}

Results Run::count_all() {
  need_memory(static_cast<std::int64_t>(centre_.lots.size() * 4 * sizeof(Ticks)));  // for what has not ended
  Results r;
  r.seed = centre_.setting.options.seed;
  r.replication = centre_.setting.options.replication;
  r.events = events_;
  count_end(centre_, blocks_ != nullptr, r);
  r.left_over = left_over_;
  judge_targets(centre_.setting.model, r);
  return r;
}

/// Throws RunFailure: how many lots are where.
void Run::fail_for_memory() const {
  const Model& model = centre_.setting.model;
  Rows<Station, std::int64_t> lots(model.stations.size(), 0);
  std::int64_t elsewhere = 0;  // at a door, from outside
  if (blocks_) blocks_->count_lots(lots);
  for (const LotIndex l : centre_.lots.all()) {
    const Lot& lot = centre_.lots[l];
    if (lot.in_centre) ++(lot.station == none ? elsewhere : lots[lot.station]);
  }
  std::int64_t all = elsewhere;
  for (const std::int64_t n : lots) all += n;
  std::vector<StationIndex> order = centre_.setting.names.stations;
  std::stable_sort(order.begin(), order.end(), [&](StationIndex a, StationIndex b) { return lots[a] > lots[b]; });
  std::vector<std::string> places;
  constexpr std::size_t most_named = 4;
  for (std::size_t i = 0; i < std::min(order.size(), most_named); ++i)
    if (const std::int64_t n = lots[order[i]]; n > 0)
      places.push_back(tr("{} at {}", n, centre_.setting.station(order[i]).name));
  if (elsewhere > 0) places.push_back(tr("{} at the doors", elsewhere));
  const std::string where = places.empty() ? "" : tr(": {}", fmt::format("{}", fmt::join(places, ", ")));
  throw RunFailure(tr(
      "it would take more memory than the {} that it may, at {}{}, with {} lots there{}; let what piles up be worked "
      "off, give products larger lots, run fewer days, or give more with --memory",
      shown_memory(memory_bound()), model.place.empty() ? "" : model.place + ", ",
      model.calendar().shown(blocks_ ? blocks_->now() : centre_.agenda.now()), all, where));
}

}  // namespace mailflow
