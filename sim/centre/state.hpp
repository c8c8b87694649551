// What changes while a centre runs: lots, servers, stations, agents. Plain records, addressed by index; the rules that
// change them are methods of Run (centre/run.hpp).
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "centre/simulate.hpp"
#include "core/memory.hpp"
#include "core/random.hpp"
#include "core/time.hpp"
#include "mail/model.hpp"
#include "metrics/batch_means.hpp"
#include "metrics/cause.hpp"
#include "metrics/results.hpp"
#include "metrics/time_sketch.hpp"

namespace mailflow {

inline constexpr int none = -1;
inline constexpr int departing = -3;  ///< a lot's target once it is aboard

/// Where a handling was broken off because the crew left a server that was down.
struct BrokenOff {
  Ticks takes = 0;   ///< the handling of the items that are not done
  Ticks worked = 0;  ///< of it
  double pace = 1;   ///< of those who did it
};

/// n items of one product and destination that move together.
struct Lot {
  Ticks arrived = 0;  ///< in the centre
  Ticks posted = 0;   ///< in the network; outside of networks as `arrived`
  Ticks entered = 0;  ///< in its station
  Ticks since = 0;    ///< its time is booked up to here
  Ticks due = never;
  std::uint64_t key = 0;  ///< names it to the random streams; the same in every scenario
  int items = 0;
  int next = none;  ///< in a queue, or among the members of a bag
  std::int16_t product = 0;
  std::int16_t destination = none;
  std::int16_t station = none;
  std::uint8_t pass = 0;  ///< at a station of several passes
  bool missed_vehicle = false;
  bool in_centre = false;
  bool in_hand = false;
  bool broken_off = false;        ///< its handling was broken off: Run::broken_off_ knows where
  std::uint32_t handlings = 0;    ///< times taken in hand or held so far: tells its draws apart
  std::uint16_t children = 0;     ///< lots split from it so far: tells their keys apart
  std::uint32_t cause_epoch = 0;  ///< of its station when it joined the queue
  int done = 0;                   ///< items of it already handled in this visit (after an interruption)
  int server = none;              ///< that cannot get rid of it (blocked)
  int target = none;              ///< station it waits to enter (blocked)
  int members = none;             ///< first lot of those bagged in it
  std::uint32_t path = 0;         ///< in a network: how it came
  std::int64_t number = 0;        ///< for the event log
  std::int64_t entry = 0;         ///< how many had come into the station's queue when it did: first come
};

/// Lots by index, at addresses that stay; freed ones are used again.
class LotPool {
 public:
  const Lot& operator[](int i) const {
    return chunks_[static_cast<std::size_t>(i) >> 10U][static_cast<std::size_t>(i) & 1023U];
  }
  Lot& operator[](int i) { return chunks_[static_cast<std::size_t>(i) >> 10U][static_cast<std::size_t>(i) & 1023U]; }
  int make() {
    if (free_ == none) grow();
    const int i = free_;
    Lot& lot = (*this)[i];
    free_ = lot.next;
    lot = Lot{};
    lot.number = ++made_;
    return i;
  }
  void free(int i) {
    Lot& lot = (*this)[i];
    lot.next = free_;
    lot.in_centre = false;
    free_ = i;
  }
  int size() const { return static_cast<int>(chunks_.size()) * 1024; }
  std::int64_t made() const { return made_; }
  void count_made(std::int64_t lots) { made_ += lots; }

 private:
  /// A lot is told by a whole number of 32 bits.
  static constexpr int most = std::numeric_limits<int>::max() / 1024 * 1024;
  void grow() {
    const int base = size();
    if (base >= most)
      throw RunFailure("more than 2 147 000 000 lots are in the centre at once: give the products larger lots");
    constexpr std::size_t asked_for = 64;  // chunks at a time
    if (chunks_.size() % asked_for == 0) need_memory(asked_for * 1024 * sizeof(Lot));
    chunks_.push_back(std::make_unique<Lot[]>(1024));
    for (int i = base + 1023; i >= base; --i) {
      (*this)[i].next = free_;
      free_ = i;
    }
  }
  std::vector<std::unique_ptr<Lot[]>> chunks_;
  int free_ = none;
  std::int64_t made_ = 0;
};

enum class Phase : std::uint8_t { nothing, set_up, handling };

/// A position of a manual station, or a machine.
struct Server {
  int station = none;
  ServerState state = ServerState::idle;
  Ticks state_since = 0;
  int lot = none;  ///< in hand
  Phase phase = Phase::nothing;
  bool down = false;
  bool stop = false;   ///< give the lot back when the item in hand is done
  int stop_items = 0;  ///< items of the lot handled by then
  Ticks phase_ends = 0;
  Ticks phase_left = 0;      ///< while down
  Ticks handling_takes = 0;  ///< the whole handling begun, for the items it was begun with
  Ticks worked = 0;          ///< of it, before the present phase
  Ticks booked = 0;          ///< of it, booked to causes
  Ticks phase_began = 0;
  double rounding = 0;         ///< by how much the phase truly ends after phase_ends; -0.5 to 0.5
  Ticks fails_in = never;      ///< working time to the next breakdown
  std::uint32_t token = 0;     ///< of the phase's end event
  int blocked_lots = 0;        ///< handled, but with no room to go to
  std::vector<int> waits_for;  ///< of each of them, the station in whose queue it waits for room
  int group = none;            ///< product or sort plan (and pass) it is set up for
  int group_before = none;     ///< during a set-up: what it was set up for until then
  std::vector<int> crew;       ///< agents
};

/// Ticks a waiting lot would have been charged, by cause; kept per station.
struct CauseMark {
  std::array<Ticks, causes> total{};  ///< at the change
  Ticks at = 0;
  Cause before = Cause::waiting_for_machine;  ///< the cause until then
};
struct CauseClock {
  Cause now = Cause::waiting_for_machine;
  Ticks since = 0;
  std::uint32_t epoch = 0;       ///< number of changes so far
  std::uint32_t first_mark = 1;  ///< epoch of marks[0]
  std::array<Ticks, causes> total{};
  std::vector<CauseMark> marks;  ///< changes that lots in queue lived through
};

/// Lots in the order in which they are to be served.
struct LotQueue {
  struct Entry {
    std::int64_t rank;
    std::int64_t entry;  ///< Lot::entry
    int lot;
  };
  int head = none, tail = none;  ///< first come
  std::vector<Entry> heap;       ///< by rank, then by entry
  int lots = 0;
};

/// Items that have not ended something by the run's end, and their time in it so far. `at_start`: after a warm-up,
/// those that had not when the window began. They are counted with all their time, more than the window's own: as many
/// that have not ended at its end go uncounted for it, so that a steady state shows its own mean.
struct Unfinished {
  std::int64_t at_start = 0;
  std::int64_t items = 0;
  std::int64_t after_a_while = 0;  ///< of them, those whose time is not 0
  ItemTicks total = 0;
  Ticks longest = 0;
  void add(Ticks so_far, std::int64_t n) {
    items += n;
    if (so_far > 0) after_a_while += n;
    total += static_cast<ItemTicks>(so_far) * n;
    longest = std::max(longest, so_far);
  }
  /// The share of them that counts in means and quantiles beside so many items that have ended.
  double counted(std::int64_t ended) const {
    if (ended == 0 || items == 0) return 1;
    return static_cast<double>(std::max<std::int64_t>(0, items - at_start)) / static_cast<double>(items);
  }
};

struct StationState {
  const Station* is = nullptr;
  bool open = true;
  int first_server = 0;
  std::array<int, server_states> servers_in{};  ///< number of servers by state
  std::vector<int> idle;                        ///< servers ready for mail, longest ready first
  std::vector<LotQueue> queues;                 ///< one, or one per set-up group
  int queue_lots = 0;
  std::int64_t entries = 0;           ///< lots that have come into the queue
  int door = none, door_tail = none;  ///< lots that wait for room in the queue
  int blocked_servers = 0;            ///< that cannot get rid of a lot, be they up or down
  bool stands_still = false;          ///< for ever: see standstill.cpp
  int walking_here = 0;               ///< agents on the way
  int called_here = 0;                ///< agents at work elsewhere who are called
  std::uint64_t service_key = 0, set_up_key = 0, split_key = 0, share_key = 0, hold_key = 0;
  Stream failures, repairs;
  std::size_t next_hours = 0;  ///< index in Station::open
  std::vector<int> lots_here;  ///< bay: lots in order of coming; bagging: open bag per product and destination
  // counts
  CauseClock clock;
  std::int64_t items = 0, queue_items = 0;  ///< now
  Ticks touched = 0;
  ItemTicks content_area = 0, queue_area = 0;
  std::int64_t hour_queue_max = 0;
  std::int64_t items_in = 0, items_out = 0, items_diverted = 0, lots_out = 0, waited_items = 0, started_items = 0;
  std::int64_t queue_max = 0;
  Ticks longest_wait = 0;           ///< until taken in hand; where nothing is, until it left
  Ticks longest_stay_going_on = 0;  ///< at the end, where nothing is taken in hand
  OwnTimes own_times;
  ItemTicks visits_going_on = 0;  ///< at the end, the part so far of those not ended
  ItemTicks visit_time = 0;       ///< of ended visits, from the lots' own stamps
  ItemTicks visits_before = 0;    ///< of those there when the window began, the part before it
  Unfinished visiting;            ///< at the end: visits not ended, with all their time
  BatchMeans waits;
  Unfinished waiting;  ///< at the end: not taken in hand yet
  std::array<Ticks, server_states> state_time{};
  int not_manned = 0;                                 ///< servers for which those on duty are too few
  int on_duty = 0;                                    ///< agents who may work here, at work, at leisure or on a break
  std::array<Ticks, server_states> not_rostered{};    ///< of state_time, with too few of them on duty
  Ticks unstaffed_without_mail = 0;                   ///< of state_time, with enough on duty and nothing to do
  std::vector<std::array<ItemTicks, causes>> ledger;  ///< per product
  std::vector<StationHour> hours;
};

/// Draws a destination among those that have a share, taken in order of name: how far the shares add up. Of many in
/// constant time: for each of as many equal parts of the unit the first destination that reaches beyond its beginning
/// (indexed search: H. Chen and Y. Asau 1974).
struct DestinationTable {
  std::vector<double> upto;          ///< the last lies beyond any draw
  std::vector<std::uint16_t> which;  ///< destination
  std::vector<std::uint16_t> first;  ///< empty for few, where going through them is as fast
  int draw(double u) const {
    std::size_t d = 0;
    if (!first.empty())
      d = first[std::min(static_cast<std::size_t>(u * static_cast<double>(first.size())), first.size() - 1)];
    while (upto[d] <= u) ++d;
    return which[d];
  }
};

/// The elements in order of name, or each one's place in that order.
struct NameOrder {
  explicit NameOrder(const Model& model);
  std::vector<int> products, destinations, stations, sources;
  std::vector<std::uint16_t> destination_place, source_place, team_place, departure_place, station_place;
  std::vector<std::uint16_t> server_place;          ///< by station, then by number
  std::vector<std::uint16_t> agent_place;           ///< by team, then by number
  std::vector<std::uint16_t> product_place_loaded;  ///< by priority, then by name
  std::vector<std::uint64_t> product_key;           ///< names it to the random streams
};

/// Mail of one product and destination in what comes together.
struct MailTogether {
  int source = 0;
  int product = 0;
  int destination = none;
  std::int64_t items = 0;  ///< not made into lots yet
  std::uint64_t lots = 0;  ///< made so far
  std::uint64_t key = 0;   ///< names its lots to the random streams
  Ticks due = never;       ///< stated; never: by the product's rule
};
/// The place of a lot among those that come together: which kind of mail it is of.
struct PlaceTogether {
  std::uint32_t group;  ///< unloaded one after another
  std::uint32_t mail;   ///< in the list of MailTogether
  std::uint64_t drawn;  ///< order within the group
};

struct SourceState {
  Stream gaps, kinds;  ///< when; which product and destination
  std::uint64_t key = 0;
  std::uint64_t lots = 0;  ///< made so far
  std::size_t cursor = 0;  ///< vehicles, replay: next; rate: step in force
  double volume = 1;       ///< of the items of vehicles timetabled before `volume_until`
  Ticks volume_until = 0;
  int only_product = none;                                 ///< the one product, when there is only one
  std::vector<double> mean_gap;                            ///< rate: ticks between lots, per step; 0: none come
  std::vector<double> product_share;                       ///< of lots, cumulative, in order of name
  std::vector<DestinationTable> destinations;              ///< per product
  Ticks rows_at = -1;                                      ///< replay: instant of the row last read
  std::map<std::pair<int, int>, std::uint64_t> rows_then;  ///< rows of that instant by product and destination
};

/// What a vehicle of a departure has aboard.
struct Vehicle {
  double items = 0;
  double kg = 0;
};

enum class AgentState : std::uint8_t { off, idle, working, moving, on_break };

struct Agent {
  int team = none;
  AgentState state = AgentState::off;
  Ticks since = 0;
  Ticks came = 0;        ///< on duty since
  Ticks duty_ends = 0;   ///< when it goes home
  Ticks shift_ends = 0;  ///< of its duty: the same unless it leaves at another time; past it is overtime
  Ticks arrives = -1;    ///< moving: at its station
  int station = none;    ///< where it stands (or walks to)
  int server = none;
  int sent_first = none;  ///< station it goes to first, whatever the rule
  int called_to = none;   ///< station it goes to when the item in hand is done
  int idle_place = none;  ///< in Run::idle_agents_
  Ticks break_due = -1;   ///< length of the breaks to begin when free; -1: none
  bool ends = false;      ///< goes home when free
  bool posted = false;    ///< has had a post in this duty
};

struct TeamState {
  int first_agent = 0;
  int free = 0;  ///< of its agents, those free to be sent
  std::size_t duty = 0;
  std::array<Ticks, 5> time{};  ///< by AgentState, off unused
  Ticks overtime = 0, night = 0, absent = 0;
  std::int64_t duties = 0, absences = 0, moves = 0;
  std::uint64_t absence_key = 0;
};

struct ProductState {
  std::int64_t at_start = 0, in = 0, out = 0, here = 0;
  ItemTicks in_centre = 0;  ///< sum of stays within the window, by arrivals and departures alone
  OnTime on_time;
  BatchMeans stays;
  TimeSketch sketch;
  Unfinished staying;                                        ///< at the end: still here
  std::vector<std::pair<Ticks, std::int64_t>> stays_so_far;  ///< of them: time, items
  std::size_t due_step = 0;
};

}  // namespace mailflow
