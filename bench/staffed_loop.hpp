// The centre of bench/staffed-year.yaml while it runs, by hand: its lots, servers and agents. staffed_people.hpp says
// who is sent where, staffed_bound.cpp how mail comes and goes.
#pragma once

#include <algorithm>
#include <deque>
#include <utility>

#include "staffed_centre.hpp"

namespace staffed {

using Mask = std::uint64_t;  ///< a set of agents
constexpr std::size_t z(int i) { return static_cast<std::size_t>(i); }
constexpr Mask bit(int i) { return Mask{1} << static_cast<unsigned>(i); }

struct Lot {
  Ticks due = 0;
  Ticks takes = 0;   ///< a handling that was broken off, and
  Ticks worked = 0;  ///< how far it was
  std::uint32_t entry = 0;
  int items = 0;
  int done = 0;
  std::uint8_t product = 0;
  std::uint8_t destination = 0;
  bool broken_off = false;
};

/// By due instant, then first come.
class DueQueue {
 public:
  bool empty() const { return heap_.empty(); }
  int front() const { return heap_.front().lot; }
  bool front_before(const DueQueue& other) const { return later(other.heap_.front(), heap_.front()); }
  void push(const Lot& lot, int l) {
    heap_.push_back({static_cast<std::uint64_t>(lot.due / minute) << 32U | lot.entry, l});
    std::push_heap(heap_.begin(), heap_.end(), later);
  }
  int pop() {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    const int l = heap_.back().lot;
    heap_.pop_back();
    return l;
  }

 private:
  struct Entry {
    std::uint64_t key;
    int lot;
  };
  static bool later(const Entry& a, const Entry& b) { return a.key > b.key; }
  std::vector<Entry> heap_;
};

enum class State : std::uint8_t { vacant, ready, at_work, down };
enum class Phase : std::uint8_t { handling, set_up };

struct Server {
  int station = 0;
  int lot = -1;
  State state = State::vacant;
  Phase phase = Phase::handling;
  bool down = false;
  bool stop = false;  ///< the crew, or one of it, leaves when the item in hand is done
  int stop_items = 0;
  std::uint32_t token = 0;
  Ticks began = 0;
  Ticks ends = 0;
  Ticks left = 0;    ///< of the phase, while down
  Ticks takes = 0;   ///< the handling
  Ticks worked = 0;  ///< of it, before this phase
  Ticks fails_in = mailflow::never;
  int plan = -1;  ///< what it is set up for
  int plan_before = -1;
  int crew_size = 0;
  std::array<int, 2> crew{};
};

enum class Doing : std::uint8_t { off, here, walking, on_break };
struct Agent {
  int team = 0;
  int station = -1;
  int server = -1;
  int called_to = -1;
  Doing doing = Doing::off;
  bool ends = false;
  bool posted = false;
  Ticks break_due = -1;
  Ticks arrives = 0;
  Ticks came = 0;
  bool must_go() const { return ends || break_due >= 0 || called_to >= 0; }
};

/// Servers with a whole crew and nothing in hand, the longest ready first.
struct Ready {
  int size = 0;
  std::array<int, 12> server{};
  void add(int v) { server[z(size++)] = v; }
  void remove(int v) {
    const auto end = server.begin() + size--;
    const auto at = std::find(server.begin(), end, v);
    std::copy(at + 1, end, at);
  }
};

class Centre {
 public:
  explicit Centre(std::uint64_t seed);
  void run(Ticks end);

  // what is counted
  std::int64_t in = 0, out = 0;
  std::uint64_t events = 0;
  mailflow::ItemTicks stay = 0;  ///< of all that came, until they left or the end
  Ticks worked = 0, paid = 0;    ///< agents' time

 private:
  static bool breaks_down(int s) { return s == letter_sorter || s == parcel_sorter; }
  static int crew(int s) { return station_is[z(s)].crew; }
  int vacant_servers(int s) const { return std::popcount(vacant_[z(s)]); }
  double pace(const Server& server) const {
    return breaks_down(server.station) ? 1 : team_is[z(agents_[z(server.crew[0])].team)].pace[z(server.station)];
  }

  // mail: staffed_bound.cpp
  int make_lot(int product, int destination, int items, Ticks due);
  void arrive(int product, int destination, int items, int station);
  void enqueue(int l, int s);
  void put_back(int l, int s);
  int pop(int v);
  Ticks head_due(int s) const;
  static int plan_of(int s, const Lot& lot);
  void counter_lot();
  void next_counter_lot();
  void come(int which);
  void vehicle_is_due(int which, Ticks of);
  void route(int l, int s);
  void divert(int l, double share, int s);
  void to_bags_or_bays(int l);
  void into_bag(int l);
  void close_bag(int product, int destination);
  void walk(int l);
  void into_bay(int l);
  void depart(int d);
  void dispatch(const Event& event);

  // servers: staffed_servers.hpp
  void start(int v, int l);
  void handle(int v);
  Ticks handling_time(const Server& server, const Lot& lot);
  void begin_phase(int v, Phase phase, Ticks takes);
  void schedule_phase(int v);
  void phase_end(int v);
  void finish(int v);
  void fail(int v);
  void repair(int v);
  void break_off(int v);
  void give_back(int v);
  void end_hand(int v);
  void refresh(int v);
  void count_work(const Server& server) { worked += server.crew_size * (now_ - server.began); }
  void stop_at_item(int v);
  void stop_no_more(int v);

  // agents: staffed_people.hpp
  void update(int a);
  void duty_start(int t, Ticks of);
  void duty_end(int t);
  void break_start(int t, int which);
  void break_end(int a);
  void free_agent(int a);
  void go_home(int a);
  void release_crew(int v);
  void detach(int a);
  void send(int a, int s);
  void agent_arrives(int a);
  void attach(int a, int s);

  // giving out work
  int choose(int s, Mask of) const;
  void give_out();
  void go_on();
  void turns();
  void turn(int s, Mask bound);
  void gather();
  void serve(int s);
  Mask bound_to_sorter() const;
  int servers_wanted(int s) const { return std::min(waiting_lots_[z(s)] - ready_[z(s)].size, vacant_servers(s)); }
  void call(int a, int s);
  void drop_call(int a);
  void lapse_calls();
  void reviews();
  Mask callable(int s, const std::array<int, stations>& rank, Ticks urgency,
                const std::array<int, agents>& called) const;

  Ticks now_ = 0;
  Heap heap_;
  std::vector<Lot> lots_;
  std::vector<int> free_lots_;
  // queues
  std::uint32_t entries_ = 0;
  std::array<int, stations> waiting_lots_{};
  unsigned waiting_ = 0;  ///< stations where lots wait
  std::deque<int> dock_;
  std::array<std::deque<int>, products> split_;        ///< by priority
  std::array<std::array<DueQueue, 2>, stations> due_;  ///< two at machines: one for each sort plan or product
  // servers
  std::array<Server, servers> servers_{};
  std::array<int, stations> first_server_{};
  std::array<unsigned, stations> vacant_{};  ///< of its servers, from its first
  std::array<Ready, stations> ready_{};
  // agents
  std::array<Agent, agents> agents_{};
  std::array<int, teams + 1> first_agent_{};
  std::array<Mask, teams> team_{};
  std::array<Mask, stations> skilled_{};
  std::array<std::array<int, teams>, stations> choice_{};  ///< teams in the order in which they are chosen; -1: no more
  std::array<Mask, stations> at_{};                        ///< who stands there, free or not
  Mask free_ = 0;
  Mask at_ready_ = 0;
  Mask at_vacant_ = 0;
  Mask in_hand_ = 0;                    ///< with a lot
  std::array<int, stations> coming_{};  ///< agents on their way
  std::array<int, stations> called_{};
  Mask calls_ = 0;
  bool due_now_ = false;
  bool wanted_ = false;
  std::vector<int> going_on_;
  std::vector<std::pair<int, int>> sent_;  ///< at a review: agent, station
  // bags and bays
  struct Bag {
    int items = 0;
    Ticks due = 0;
    std::uint32_t number = 0;
  };
  std::array<std::array<Bag, destinations>, products> bags_{};
  struct InBay {
    Ticks entered;
    int items;
    int product;
    int destination;
  };
  std::array<std::vector<InBay>, destinations> bays_;
  std::vector<InBay> loading_;
  std::vector<std::array<int, 2>> load_;  ///< of a vehicle: product and destination of each lot, mixed
  Stream draws_;
};

}  // namespace staffed
