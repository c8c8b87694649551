#include "centre/station_counts.hpp"

#include <cmath>
#include <utility>

namespace mailflow {

StationCounts::StationCounts(const Setting& setting, const Agenda& agenda)
    : setting_(setting), agenda_(agenda), rows_(setting.model.stations.size()), waiting_(rows_.size()) {
  for (const StationIndex s : setting.stations()) {
    if (setting.options.own_times) rows_[s].own_times = OwnTimes::none_yet();
    if (setting.station(s).crew > 0) rows_[s].not_manned = setting.station(s).servers;
  }
}

void StationCounts::count_time(StationIndex s, StationCount& st) {
  const Ticks dt = agenda_.now() - st.touched;
  st.touched = agenda_.now();
  if (st.queue_items > st.hour_queue_max) st.hour_queue_max = st.queue_items;
  if (setting_.station(s).crew > 0) count_rostered(st, dt);
  st.content_area += static_cast<ItemTicks>(st.items) * dt;
  st.queue_area += static_cast<ItemTicks>(st.queue_items) * dt;
}

/// Of `dt` in the states as they are: servers for which no crew is on duty, and those that lack theirs with no mail
/// to handle.
void StationCounts::count_rostered(StationCount& st, Ticks dt) {
  int unstaffed = st.servers_in[static_cast<std::size_t>(ServerState::unstaffed)];
  int without = st.not_manned;
  const int n = std::min(without, unstaffed);
  st.not_rostered[static_cast<std::size_t>(ServerState::unstaffed)] += n * dt;
  without -= n;
  unstaffed -= n;
  if (without > 0)
    for (const ServerState state : {ServerState::down, ServerState::blocked}) {
      const int m = std::min(without, st.servers_in[static_cast<std::size_t>(state)]);
      st.not_rostered[static_cast<std::size_t>(state)] += m * dt;
      without -= m;
    }
  st.unstaffed_without_mail += unstaffed * static_cast<Ticks>(st.queue_lots == 0) * dt;
}

void StationCounts::on_duty(StationIndex s, int more) {
  const Station& is = setting_.station(s);
  StationCount& st = touch(s);
  st.on_duty += more;
  st.not_manned = std::max(0, is.servers - st.on_duty / is.crew);
}

void StationCounts::begin() {
  for (StationCount& st : rows_) st.touched = agenda_.now();
}

void StationCounts::reset(bool warmed_up) {
  for (const StationIndex s : rows_.indices()) {
    StationCount& st = rows_[s];
    st.content_area = st.queue_area = st.visit_time = 0;
    st.items_in = st.items_out = st.items_diverted = st.lots_out = st.waited_items = st.started_items = 0;
    st.queue_max = st.hour_queue_max = st.queue_items;
    st.longest_wait = 0;
    st.visits_before = 0;
    st.visiting.at_start = warmed_up ? st.items : 0;
    st.waiting.at_start = warmed_up && in_hand(s) ? st.queue_items : 0;
    st.waits = {};
    if (setting_.options.own_times) st.own_times = OwnTimes::none_yet();
    st.state_time = st.not_rostered = {};
    st.unstaffed_without_mail = 0;
    st.hours.clear();
  }
}

void StationCounts::mark_hour() {
  for (StationCount& st : rows_) {
    st.hours.push_back({agenda_.now(), st.items_out, st.state_time, st.queue_area, st.content_area, st.queue_items,
                        st.items, st.hour_queue_max});
    st.queue_max = std::max(st.queue_max, st.hour_queue_max);
    st.hour_queue_max = st.queue_items;
  }
}

void StationCounts::fill(StationIndex s, StationResult& r) {
  StationCount& st = rows_[s];
  r.items_in = st.items_in;
  r.items_out = st.items_out;
  r.items_diverted = st.items_diverted;
  r.lots_out = st.lots_out;
  r.state = st.state_time;
  r.not_rostered = st.not_rostered;
  r.unstaffed_without_mail = st.unstaffed_without_mail;
  r.in_station = st.visit_time;
  r.own_times = std::move(st.own_times);
  r.queue_max = st.queue_max;
  fill_waits(s, r);
  fill_means(s, r);
  r.hours = std::move(st.hours);
}

void StationCounts::fill_waits(StationIndex s, StationResult& r) const {
  const StationCount& st = rows_[s];
  const std::int64_t visits = st.items_out + st.items;
  const ItemTicks ended_before = st.visits_before - (st.visiting.total - st.visits_going_on);
  const double share = st.visiting.counted(st.items_out);
  r.mean_time = visits > 0 ? (in_minutes(st.visit_time + ended_before) + share * in_minutes(st.visiting.total)) /
                                 (static_cast<double>(st.items_out) + share * static_cast<double>(st.visiting.items))
                           : nothing;
  r.mean_time_at_least = unfinished_counts(st.items, visits);
  const std::int64_t items = st.started_items + st.waiting.items;
  const std::int64_t waited = st.waited_items + st.waiting.after_a_while;
  r.still_waiting = st.waiting.items;
  r.wait = with_unfinished(st.waits, st.waiting, minutes_a_tick);
  r.wait_at_least = unfinished_counts(st.waiting.items, items);
  r.waited = items > 0 ? static_cast<double>(waited) / static_cast<double>(items) : nothing;
  const Ticks going_on = std::max(st.waiting.longest, st.longest_stay_going_on);
  const bool any = items > 0 || (!in_hand(s) && visits > 0);
  r.longest_wait = any ? in_minutes(std::max(st.longest_wait, going_on)) : nothing;
  r.longest_wait_at_least = going_on > 0 && going_on >= st.longest_wait;
}

/// Means over time, by the hours; and how far they are off Little's law.
void StationCounts::fill_means(StationIndex s, StationResult& r) const {
  const StationCount& st = rows_[s];
  std::vector<double> content, queue, out, busy, ticks, hours, server_ticks;
  StationHour last;
  last.until = agenda_.window_from();
  for (const StationHour& h : st.hours) {
    const auto dt = static_cast<double>(h.until - last.until);
    content.push_back(static_cast<double>(h.content - last.content));
    queue.push_back(static_cast<double>(h.queue - last.queue));
    out.push_back(static_cast<double>(h.items_out - last.items_out));
    busy.push_back(static_cast<double>(h.state[0] - last.state[0]));
    ticks.push_back(dt);
    hours.push_back(dt / static_cast<double>(hour));
    server_ticks.push_back(dt * setting_.station(s).servers);
    last = h;
  }
  r.content = ratio_of_batches(content, ticks);
  r.queue = ratio_of_batches(queue, ticks);
  r.throughput = ratio_of_batches(out, hours);
  r.use = ratio_of_batches(busy, server_ticks);
  if (!in_hand(s)) r.use.mean = nothing;  // there is nothing that could be busy
  const auto integral = static_cast<double>(st.content_area);
  r.little_residual =
      integral > 0 ? std::abs(integral - static_cast<double>(st.visit_time + st.visits_going_on)) / integral : 0;
}

}  // namespace mailflow
