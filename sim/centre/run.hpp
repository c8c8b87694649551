// One run of a centre: the event loop and the rules of centre/RULES.md.
//
//   sources -> enter -> queue -> start -> finish -> route -> enter ... -> leave
//                        ^ servers, crews, hours, breakdowns decide when
//
// Ownership: a Run owns all that changes; the Model is the caller's and outlives it. One thread. Nothing is allocated
// per event once queues and pools have reached their size.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "centre/centre_run.hpp"
#include "centre/dispatcher.hpp"
#include "centre/state.hpp"
#include "core/event_calendar.hpp"
#include "core/memory.hpp"

namespace mailflow {

/// Kinds of event, in the order in which those of one instant happen (the rank is the number before the dot).
enum class EventKind : std::uint8_t {
  situation = 0x00,  // the situation is kept, before anything of its instant happens
  backlog = 0x01,    // what waits at the start is there
  warm_up = 0x02,    // the window begins: what comes at this instant comes within it
  hours = 0x10,      // a station opens or closes
  fail = 0x20,       // a server breaks down
  repair = 0x21,
  phase_end = 0x30,  // a handling or set-up ends
  delay_end = 0x31,  // a move or hold ends
  agent_arrives = 0x32,
  bag_goes = 0x33,      // a part-filled bag has waited long enough
  source = 0x40,        // the next lot of a rate or gap source
  vehicle_due = 0x41,   // a vehicle's time in the timetable
  vehicle = 0x42,       // it arrives
  rows = 0x43,          // the next rows of a replay
  lot_arrives = 0x44,   // a lot of a replayed bin
  load_arrives = 0x45,  // what comes by a link
  duty_start = 0x50,
  break_start = 0x51,
  break_end = 0x52,
  duty_end = 0x53,
  leave = 0x54,  // some agents of a duty go at another time than its end
  departure = 0x60,
  review = 0x70,     // once work has been given out
  hour_mark = 0x80,  // hourly counts
  sample = 0x81,     // left over
  end = 0x90,
};

inline EventKind kind_of(const Event& event) { return static_cast<EventKind>(event.rank()); }

class BlockLoop;

/// A handling, or a part of one, of which items' own times are recorded.
struct OwnHandling {
  int items;  ///< handled in it
  std::uint64_t key;
  std::uint32_t handlings;
  Ticks takes, booked, worked;  ///< the whole; of it recorded before; of it worked by now
  Ticks base;                   ///< between the lot's entering and the beginning, as if nothing had interrupted it
  double pace;                  ///< of the agent
};
void record_own(StationState& st, const OwnHandling& handling);
/// How many of the handling's items are done, each by itself, after `worked` ticks of it.
std::int64_t own_done(const StationState& st, const OwnHandling& handling);
/// The mean, when besides what the batches hold there is what has not ended yet: from below. `scale`: ticks to minutes.
Estimate with_unfinished(const BatchMeans& ended, const Unfinished& unfinished, double scale);
/// Records the share of what has not ended, (time so far, items) each, spread evenly over the times.
void record_unfinished(TimeSketch& sketch, std::vector<std::pair<Ticks, std::int64_t>>& so_far, double share);

/// What a row of the event log says beside the lot.
struct Aside {
  int agents = 0;
  int items = none;  ///< none: all of the lot
  std::int64_t parent = 0;
  int departure = none;
  int station = none;  ///< none: the lot's
};

class Run final : public CentreRun {
 public:
  Run(const Model& model, const RunOptions& options);
  ~Run() override;
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  Run(Run&&) = delete;
  Run& operator=(Run&&) = delete;
  void receive(Ticks at, std::vector<ThroughLot> lots) override;
  void advance(Ticks until) override;
  std::vector<Load> take_loads() override;
  Results results() override;

 private:
  // run.cpp: the loop
  void start_clocks();
  void loop(Ticks until);
  void dispatch(EventKind kind, std::uint32_t index, std::uint32_t token);
  // no_time.cpp
  /// Every so many events: tells how far the run is, and throws RunFailure where it goes round at one instant.
  void pulse(std::uint64_t events);
  [[noreturn]] void fail_in_no_time(const std::vector<int>& stations) const;
  int station_of(const Event& event) const;
  /// Mail that passes a station at once, for as long as it passes; too deep, it throws RunFailure.
  class Passing {
   public:
    Passing(Run& run, int station);
    ~Passing() { run_.passed_.pop_back(); }
    Passing(const Passing&) = delete;
    Passing& operator=(const Passing&) = delete;
    Passing(Passing&&) = delete;
    Passing& operator=(Passing&&) = delete;

   private:
    Run& run_;
  };
  void schedule(Ticks at, EventKind kind, int index, std::uint32_t token = 0);
  void schedule_at(int station, Ticks at, EventKind kind, int index, std::uint32_t token = 0);
  void name_places();

  // situation.cpp: the run begins in a stated situation, or keeps the one it is in
  void resume();
  void resume_clocks();
  void resume_servers();
  void resume_mail();
  int resume_lot(const MailThere& there, std::uint64_t number);
  void resume_at(int l, const MailThere& there);
  void resume_in_hand(int l, const MailThere& there);
  void resume_bag(std::size_t first);
  void resume_teams();
  void resume_team(std::size_t team);
  void resume_agent(const AgentThere& there, const Duty* duty);
  void resume_sources();
  bool told_of(int source, std::uint32_t trip) const;
  void order_ready();
  void order_in_hand();
  // keep_situation.cpp
  void keep_situation();
  void keep_mail(Situation& there) const;
  MailThere keep_lot(int l) const;
  std::vector<int> in_queue(const StationState& st) const;
  void keep_bag(int l, MailThere there, Situation& all) const;
  void keep_servers(Situation& there) const;
  void keep_teams(Situation& there) const;
  void keep_sources(Situation& there) const;

  friend class BlockLoop;  // the loop for centres without staff, hours, breakdowns or bounds

  // sources.cpp: mail comes
  void start_source(int s);
  void share_out(int s);
  Ticks next_of_rate(int s);
  int pick_product(int s);
  int pick_destination(int s, int product, Stream& stream) const;
  void source_event(int s);
  void vehicle(int s, std::uint32_t trip);
  void rows(int s);
  void backlog(int s);
  void come_together(int s, EventKind kind, std::uint64_t occasion, double volume);
  void add_items(int s, int product, std::int64_t items, std::uint64_t key, Ticks due);
  void add_mail(int s, int product, int destination, std::int64_t items, std::uint64_t key, Ticks due);
  void place_lots();
  void unload();
  std::uint64_t occasion_key(int s, Ticks at) const;
  std::uint64_t mail_key(std::uint64_t occasion, int product, int destination) const;
  std::uint64_t row_key(int s, const ReplayRow& row);
  int make_lot(std::uint64_t key, int product, int destination, int items);
  void lot_arrives(int s, int l);
  void spread_row(int s, const ReplayRow& row);
  void serve_touched();
  Ticks due_of(int product);
  Ticks due_of(int product, Ticks posted) const;

  // links.cpp: mail from and to other centres
  void load_arrives(std::size_t load);
  void leave_by_link(const Lot& lot, int departure);
  void count_end(const Lot& lot);

  // lots.cpp: a lot's way
  void arrive(int l, int station);
  void come_in(int l, int station);
  void try_enter(int l, int station, int from_server);
  bool has_room(int station, const Lot& lot) const;
  void enter(int l, int station);
  void leave_station(Lot& lot);
  void route(int l, const Route& route, int node, int from_server);
  void leave_centre(int l, int departure);
  void count_leaving(const Lot& lot, std::int64_t bag, int departure);
  void count_due_day(int product, int destination, int departure, Ticks due, std::int64_t items,
                     std::int64_t DueDay::* count);
  void date_bag(Lot& bag) const;
  int split(int l, int items);
  void wait_at_door(int l, int station, int server);
  void admit(int station);
  void book(Lot& lot, Cause cause);
  void book_wait(Lot& lot, StationState& st);

  // lot_events.cpp: what the event sink is told of lots; only where there is one
  Ticks& logged(int l);
  void begin_log(int l);
  void tell(const char* activity, int l, Ticks from, const Aside& aside);
  void log(const char* activity, int l, const Aside& aside = {});
  void log_now(const char* activity, int l, const Aside& aside = {});
  void log_there(int l, const MailThere& there);
  void log_left();
  void tell_divided(int child, int parent);
  void tell_booked(const Lot& lot, Cause cause, ItemTicks item_ticks);
  void tell_booked_wait(const Lot& lot, const CauseClock& clock, const CauseMark& mark);
  void tell_bagged(int put, std::int64_t bag, int station);
  void tell_agent(int a, bool sent);

  // stations.cpp: queues and hours
  LotQueue& queue_for(StationState& st, const Lot& lot) const;
  void put_in_place(StationState& st, int l);
  void enqueue(int l, int station);
  void serve(int station);
  int pop_queue(StationState& st, int server);
  std::int64_t rank_of(const StationState& st, const Lot& lot) const;
  int group_of(const StationState& st, const Lot& lot) const;
  void hours(int station);
  void update_cause(StationState& st);
  /// Brings the sums over time of what is in the station up to now, before it changes.
  void touch(StationState& st) {
    if (st.touched != now_) count_time(st);
  }
  void count_time(StationState& st);
  void roster(const Agent& agent, int more);
  static void count_rostered(StationState& st, Ticks dt);
  // servers.cpp: servers at work
  void start(int v, int l);
  void handle(int v);
  OwnHandling own_handling(const Server& server, const Lot& lot, Ticks worked) const;
  void record_own(const Server& server, const Lot& lot, Ticks worked);
  Ticks handling_time(Server& server, Lot& lot);
  double pace_of(const Server& server) const;
  void schedule_phase(int v);
  void begin_phase(int v, Phase phase, Ticks takes);
  void phase_end(int v);
  void finish(int v);
  void give_back(int v);
  void break_off(int v);
  void go_on_with(int v);
  void end_hand(int v);
  void book_handling(Server& server, Lot& lot, Ticks worked);
  void stop_at_item(int v);
  void stop_no_more(int v);
  void fail(int v);
  void repair(int v);
  ServerState state_of(const Server& server) const;
  void refresh(int v);

  // out_of_memory.cpp
  /// Throws RunFailure: how many lots are where.
  [[noreturn]] void fail_for_memory() const;

  // standstill.cpp
  void look_for_standstill(int v);

  // delays.cpp: conveyor, walk, hold, bagging, bay and departures
  void enter_delay(int l, int station);
  void enter_hold(int l, int station);
  void delay_end(int l);
  void enter_bagging(int l, int station);
  void close_bag(int bag);
  void open_bag(int slot, int station, const Lot& first);
  void departure(int d);
  bool load(int d, int l, std::vector<Vehicle>& vehicles, DepartureTrip& trip);
  void load_lot(int d, int l, Vehicle& vehicle, DepartureTrip& trip);
  void rank_for_loading(int bay);

  // staff.cpp: agents
  void set_agent(int a, AgentState state);
  void update_agent(int a);
  void duty_start(int team);
  void duty_end(int team);
  void send_home(int team);
  bool misses(int team, int agent, const Duty& duty) const;
  void special_terms(int team, const Duty& duty, const std::vector<int>& present);
  void break_start(int team, std::uint32_t which);
  void break_end(int a);
  void go_home(int a);
  void free_agent(int a);
  void release_crew(int v);
  void attach(int a, int station);
  void detach(int a);
  void send(int a, int station);
  void agent_arrives(int a);

  // give_out.cpp: who is sent where
  /// What an agent may be wanted for has changed.
  void want_agents() { work_is_due_ = agents_wanted_ = true; }
  void give_out();
  void goes_on(int v);
  void go_on();
  void see(bool all);
  bool anybody_wanted() const;
  bool anybody_free_for(int station) const;
  void see_free();
  void see_at_work(bool only_called);
  HandNow hand_of(int a) const;
  void send_out(const std::vector<Sent>& decided);
  void take_post(int a, int station);
  void call(int a, int station);
  void drop_call(int a);
  void stays_at_work(int a);
  void gather(int station);
  void review();
  Ticks head_due(int station) const;

  // measure.cpp: counts
  Results count_all();
  void reset_counts();
  void settle_lots();
  void settle_agents();
  void settle_servers();
  void hour_mark();
  void sample(std::uint32_t target, std::uint32_t which);
  void prune_marks(StationState& st);
  void check_promises();
  void count_left();
  void count_visits_going_on();
  template <typename Tell>
  void each_visit(const Tell& tell);
  Ticks longest_stay(const Lot& lot) const;
  // unfinished.cpp: what has not ended at the end counts with its time so far
  void count_unfinished();
  void count_staying(const Lot& lot);
  void count_waiting(const Lot& lot);
  void count_own_unfinished();
  void fill_products(Results& r);
  void fill_waits(StationResult& r, const StationState& st);
  void fill_station(StationResult& r, StationState& st);
  void fill_teams(Results& r);

  const Model& model_;
  const NameOrder names_;
  RunOptions options_;
  Dispatcher dispatcher_;
  Scene scene_;
  Ticks now_ = 0;
  bool over_ = false;
  bool work_is_due_ = false;    ///< to be given out when all else of the instant has happened
  bool agents_wanted_ = false;  ///< free agents may have to be sent
  int calls_ = 0;               ///< agents at work who are called elsewhere
  bool scene_changed_ = false;  ///< mail came into a queue, or a server's hands came free, as work was given out
  bool alone_ = false;          ///< one lot comes, and nothing else happens at its instant
  bool service_held_ = false;   ///< several lots come at once: all join their queues before a server takes any
  std::uint64_t events_ = 0;
  EventCalendar calendar_;
  /// By kind of event: the places of what its index tells; null: there are none, or `schedule_at` gives them.
  std::array<const std::vector<std::uint16_t>*, 256> places_{};
  LotPool lots_;
  std::vector<Server> servers_;
  std::vector<StationState> stations_;
  std::vector<SourceState> sources_;
  std::vector<Agent> agents_;
  std::vector<TeamState> teams_;
  std::vector<int> idle_agents_;
  std::vector<int> going_on_;  ///< servers whose crews go on there, if mail waits, when work is given out
  std::vector<ProductState> products_;
  std::vector<std::vector<OnTime>> on_time_;  ///< [product][destination, last: none]
  std::vector<DepartureResult> departures_;
  std::vector<std::vector<std::int64_t>> left_over_;
  std::vector<std::vector<DueDay>> product_days_;  ///< [product][day of due_midnights]
  std::vector<std::vector<DueDay>> target_days_;   ///< [target][civil day]; empty but for on-time targets
  std::vector<int> touched_stations_;              ///< to be served once all of a vehicle is in
  std::vector<int> loading_;
  std::vector<MailTogether> together_;           ///< what comes at once
  std::vector<PlaceTogether> places_together_;   ///< its lots
  std::vector<std::vector<ThroughLot>> coming_;  ///< loads by links that have not come yet
  std::vector<Load> going_;                      ///< loads that have left and not been taken over yet
  std::vector<std::vector<PathEnd>> path_ends_;  ///< [path][product]
  std::vector<TimeSketch> end_to_end_;           ///< per product
  std::int64_t by_links_in_ = 0, by_links_out_ = 0;
  std::vector<Ticks> logged_;            ///< by lot: the event log tells of it up to here
  std::unique_ptr<BlockLoop> blocks_;    ///< instead of the general loop
  std::map<int, BrokenOff> broken_off_;  ///< by lot
  BatchMeans stays_;
  TimeSketch sketch_;
  Unfinished staying_;
  Ticks pulse_at_ = -1;  ///< instant of the last pulse
  std::uint64_t of_an_instant_ = 0;
  std::vector<int> rings_;  ///< by station: the ring of bounded queues that it is in
  std::vector<Standstill> standstills_;
  std::vector<int> passed_;     ///< stations that mail is passing at once, one within the other
  std::size_t due_day_ = 0;     ///< in Model::due_midnights: the one counted last
  std::size_t target_day_ = 0;  ///< in Model::midnights, likewise
  Ticks window_from_ = 0;
  std::int64_t in_ = 0, out_ = 0, at_start_ = 0;
};

}  // namespace mailflow
