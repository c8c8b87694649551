// What is at the stations, and what is counted there: items and lots, their times, what the servers did.
//
// Whoever brings about a change tells of it; the sums over time are brought up to its instant before. Figures of the
// window alone are forgotten when it begins (reset); what is there stays.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "centre/agenda.hpp"
#include "centre/lots.hpp"
#include "centre/setting.hpp"
#include "centre/unfinished.hpp"
#include "core/index.hpp"
#include "core/index_set.hpp"
#include "metrics/results.hpp"
#include "stats/batch_means.hpp"
#include "stats/own_times.hpp"

namespace mailflow {

/// Of a station. "Queue" is, where nothing is taken in hand, all that is there.
struct StationCount {
  // now
  std::int64_t items = 0, queue_items = 0;
  int queue_lots = 0;                           ///< where mail is taken in hand
  std::array<int, server_states> servers_in{};  ///< number of servers by state
  int on_duty = 0;                              ///< agents who may work here, at work, at leisure or on a break
  int not_manned = 0;                           ///< servers for which those on duty are too few
  // sums over time, up to `touched`
  Ticks touched = 0;
  ItemTicks content_area = 0, queue_area = 0;
  std::array<Ticks, server_states> state_time{};    ///< server-ticks, up to each server's last change
  std::array<Ticks, server_states> not_rostered{};  ///< of state_time, with too few of them on duty
  Ticks unstaffed_without_mail = 0;                 ///< of state_time, with enough on duty and nothing to do
  std::int64_t queue_max = 0, hour_queue_max = 0;
  std::vector<StationHour> hours;
  // visits and waits
  std::int64_t items_in = 0, items_out = 0, items_diverted = 0, lots_out = 0, waited_items = 0, started_items = 0;
  Ticks longest_wait = 0;           ///< until taken in hand; where nothing is, until it left
  Ticks longest_stay_going_on = 0;  ///< at the end, where nothing is taken in hand
  OwnTimes own_times;
  ItemTicks visits_going_on = 0;  ///< at the end, the part so far of those not ended
  ItemTicks visit_time = 0;       ///< of ended visits, from the lots' own stamps
  ItemTicks visits_before = 0;    ///< of those there when the window began, the part before it
  Unfinished visiting;            ///< at the end: visits not ended, with all their time
  BatchMeans waits;
  Unfinished waiting;  ///< at the end: not taken in hand yet
};

class StationCounts {
 public:
  StationCounts(const Setting& setting, const Agenda& agenda);

  const StationCount& operator[](StationIndex s) const { return rows_[s]; }
  /// For the loop by blocks, which counts for itself, and at the end.
  StationCount& record(StationIndex s) { return rows_[s]; }
  Indices<Station> indices() const { return rows_.indices(); }
  /// Those in whose queues lots wait to be taken in hand.
  const IndexSet<Station>& waiting() const { return waiting_; }
  int servers(StationIndex s, ServerState state) const { return rows_[s].servers_in[static_cast<std::size_t>(state)]; }

  /// The lot enters the station where it is; `there`: it is there as the run begins.
  void enters(const Lot& lot) {
    StationCount& st = touch(lot.station);
    st.items += lot.items;
    if (!in_hand(lot.station)) st.queue_items += lot.items;
    st.items_in += lot.items;
  }
  void is_there(const Lot& lot) {
    StationCount& st = rows_[lot.station];
    st.items += lot.items;
    if (!in_hand(lot.station)) st.queue_items += lot.items;
  }
  /// The lot leaves the station where it is. `longest`: the longest that any of it was there, where nothing is taken
  /// in hand.
  void leaves(const Lot& lot, Ticks longest) {
    StationCount& st = touch(lot.station);
    st.items -= lot.items;
    st.items_out += lot.items;
    ++st.lots_out;
    st.visit_time += static_cast<ItemTicks>(lot.items) * (agenda_.now() - counted_from(lot.entered));
    if (in_hand(lot.station)) return;
    st.queue_items -= lot.items;
    st.longest_wait = std::max(st.longest_wait, longest);
  }
  /// A lot in a bag that is closed has been in the station by itself until now.
  void visited(StationIndex s, const Lot& lot) {
    rows_[s].visit_time += static_cast<ItemTicks>(lot.items) * (agenda_.now() - counted_from(lot.entered));
  }
  void joins_queue(StationIndex s, const Lot& lot) {
    StationCount& st = touch(s);
    if (++st.queue_lots == 1) waiting_.set(s, true);
    st.queue_items += lot.items;
  }
  void leaves_queue(StationIndex s, const Lot& lot) {
    StationCount& st = touch(s);
    if (--st.queue_lots == 0) waiting_.set(s, false);
    st.queue_items -= lot.items;
  }
  /// The lot is taken in hand for the first time in its visit.
  void taken_in_hand(const Lot& lot) {
    StationCount& st = rows_[lot.station];
    const Ticks wait = agenda_.now() - lot.entered;
    st.waits.record(static_cast<double>(wait), lot.items);
    st.started_items += lot.items;
    if (wait <= 0) return;
    st.waited_items += lot.items;
    if (wait > st.longest_wait) st.longest_wait = wait;
  }
  void diverted(StationIndex s, int items) { rows_[s].items_diverted += items; }
  OwnTimes& own_times(StationIndex s) { return rows_[s].own_times; }

  /// A server is there, in a state.
  void has_server(const Server& server) { ++rows_[server.station].servers_in[static_cast<std::size_t>(server.state)]; }
  /// The server's state changes.
  void changes(Server& server, ServerState to) {
    StationCount& st = setting_.station(server.station).crew > 0 ? touch(server.station) : rows_[server.station];
    st.state_time[static_cast<std::size_t>(server.state)] += agenda_.now() - server.state_since;
    --st.servers_in[static_cast<std::size_t>(server.state)];
    ++st.servers_in[static_cast<std::size_t>(to)];
    server.state = to;
    server.state_since = agenda_.now();
  }
  /// Its time in its state up to now is counted.
  void settle(Server& server) {
    rows_[server.station].state_time[static_cast<std::size_t>(server.state)] += agenda_.now() - server.state_since;
    server.state_since = agenda_.now();
  }
  /// An agent who may work at the station comes on duty (`more` 1) or goes (-1).
  void on_duty(StationIndex s, int more);

  /// All sums over time are brought up to now.
  void settle() {
    for (const StationIndex s : rows_.indices()) touch(s);
  }
  /// The sums begin now, in a situation.
  void begin();
  /// The window begins. `warmed_up`: what is there was there before it.
  void reset(bool warmed_up);
  /// An item's time at the station before the window.
  void visited_before(StationIndex s, ItemTicks time) { rows_[s].visits_before += time; }
  /// An hour ends; all has been settled.
  void mark_hour();
  /// Writes the station's figures into the results; takes some.
  void fill(StationIndex s, StationResult& result);

 private:
  bool in_hand(StationIndex s) const { return takes_in_hand(setting_.station(s).kind); }
  Ticks counted_from(Ticks entered) const { return std::max(entered, agenda_.window_from()); }
  /// Brings the sums over time of what is in the station up to now, before it changes.
  StationCount& touch(StationIndex s) {
    StationCount& st = rows_[s];
    if (st.touched != agenda_.now()) count_time(s, st);
    return st;
  }
  void count_time(StationIndex s, StationCount& st);
  static void count_rostered(StationCount& st, Ticks dt);
  void fill_waits(StationIndex s, StationResult& result) const;
  void fill_means(StationIndex s, StationResult& result) const;

  const Setting& setting_;
  const Agenda& agenda_;
  Rows<Station, StationCount> rows_;
  IndexSet<Station> waiting_;
};

}  // namespace mailflow
