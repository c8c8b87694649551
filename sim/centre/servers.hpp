// Servers: positions of manual stations and machines, with a lot in hand, set up, broken down, closed.
//
//   enter -> queue -> start -> (set-up) -> handling -> finish -> Flow::route
//                      ^ the queue's next lot, when a server is ready: at once where it needs nobody, where it needs a
//                        crew when work is given out (Staff)
//
// How they come to be in one state or another is in servers_state.cpp, how a run begins with them in
// servers_situation.cpp.
//
// Of a lot in hand what is done stays done, whatever breaks the handling off. RULES.md says when that is.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "centre/agenda.hpp"
#include "centre/ledger.hpp"
#include "centre/lot_log.hpp"
#include "centre/lots.hpp"
#include "centre/own_handling.hpp"
#include "centre/queues.hpp"
#include "centre/server.hpp"
#include "centre/setting.hpp"
#include "centre/station_counts.hpp"
#include "core/index.hpp"
#include "core/index_set.hpp"
#include "core/random.hpp"
#include "mail/situation.hpp"

namespace mailflow {

class Flow;
class Staff;
class Standstills;

/// Where a handling was broken off because the crew left a server that was down.
struct BrokenOff {
  Ticks takes = 0;   ///< the handling of the items that are not done
  Ticks worked = 0;  ///< of it
  double pace = 1;   ///< of those who did it
};

class Servers {
 public:
  struct With {
    const Setting& setting;
    Agenda& agenda;
    LotPool& lots;
    LotLog& log;
    Ledger& ledger;
    StationCounts& counts;
    Queues& queues;
    Flow& flow;
    Staff& staff;
    Standstills& standstills;
  };
  explicit Servers(const With& with);

  const Server& operator[](ServerIndex v) const { return servers_[v]; }
  Indices<Server> indices() const { return servers_.indices(); }
  /// Those of a station: none where nothing is taken in hand.
  Indices<Server> of(StationIndex s) const { return rows_[s].servers; }
  /// Those ready for mail, the longest ready first.
  const std::vector<ServerIndex>& ready(StationIndex s) const { return rows_[s].ready; }
  bool open(StationIndex s) const { return rows_[s].open; }
  /// Whether the next lot that comes would be taken in hand at once, by whoever is there.
  bool takes_next(StationIndex s) const { return rows_[s].open && !rows_[s].ready.empty(); }
  /// Staffed stations, open, where a crew stands ready for mail.
  const IndexSet<Station>& with_ready() const { return with_ready_; }
  /// Staffed stations, open, with a server that would take mail if it had a crew.
  const IndexSet<Station>& with_vacant() const { return with_vacant_; }
  /// Whether all the station's servers, up or down, have lots that they cannot get rid of.
  bool all_blocked(StationIndex s) const { return rows_[s].blocked == setting_.station(s).servers; }
  std::uint64_t service_key(StationIndex s) const { return rows_[s].service_key; }
  /// Its present phase, unless it has ended otherwise since.
  bool is_phase(ServerIndex v, std::uint32_t token) const { return servers_[v].token == token; }
  /// Where the handling of a lot that is not in hand was broken off; there is such.
  const BrokenOff& broken_off(LotIndex l) const { return broken_off_.at(l); }

  // mail
  /// A lot comes to the station where it is (manual, machine).
  void enter(LotIndex l, StationIndex s);
  void settle(Lot& lot) { ledger_.book_wait(lot); }
  /// Gives waiting mail to the servers that are ready, and lets in what waits at the door.
  void serve(StationIndex s);
  /// Several lots come at once: all join their queues before a server that needs nobody takes any.
  void hold_service() { held_ = true; }
  void release_service();
  /// The lots that come now come alone: nothing else happens at their instant.
  void come_alone(bool alone) { alone_ = alone; }

  // events
  void start_clocks();
  void hours(StationIndex s);
  void fail(ServerIndex v, std::uint32_t token);
  void repair(ServerIndex v);
  void phase_end(ServerIndex v);

  // told by the flow: lots that have no room to go to
  void block(ServerIndex v, StationIndex waits_for);
  void unblock(ServerIndex v, StationIndex waited_for);

  // told by the staff
  void join_crew(ServerIndex v, AgentIndex a) { servers_[v].crew.push_back(a); }
  void leave_crew(ServerIndex v, AgentIndex a);
  /// Its crew goes on with the next lot, if it can and one waits.
  void go_on(ServerIndex v);
  /// The agents at it, which is up, must go: it stops when the item in hand is done (or with the lot: RULES.md).
  void stop_at_item(ServerIndex v);
  /// They need not: the lot is handled to its end.
  void stop_no_more(ServerIndex v);
  /// They leave it while it is down, with a lot in hand.
  void break_off(ServerIndex v);
  /// Brings the server's state, its time and what depends on it up to date.
  void refresh(ServerIndex v);

  // counts
  /// Books the time of every lot in hand up to now.
  void settle();
  /// The servers' own time is counted up to now.
  void settle_states();
  /// At the end: items whose own handling has not ended.
  void count_own_unfinished();

  // a run that begins in a situation
  void resume();
  void resume(LotIndex l, const MailThere& there);
  /// Lots in hand had come into their queues before those that wait there.
  void order_in_hand();
  /// Servers that stand ready take the next mail in the order in which the situation names them.
  void order_ready();

  /// For the loop by blocks, which has lots in hand itself.
  Server& record(ServerIndex v) { return servers_[v]; }

 private:
  struct Row {  ///< of a station
    Indices<Server> servers{ServerIndex(0), 0};
    std::vector<ServerIndex> ready;
    bool open = true;
    std::size_t next_hours = 0;  ///< in Station::open
    int blocked = 0;             ///< servers that cannot get rid of a lot, be they up or down
    std::uint64_t service_key = 0, set_up_key = 0, split_key = 0;
    Stream failures, repairs;
  };

  const Station& station(const Server& server) const { return setting_.station(server.station); }
  Ticks now() const { return agenda_.now(); }
  void start(ServerIndex v, LotIndex l);
  void handle(ServerIndex v);
  double pace_of(const Server& server) const;
  Ticks handling_time(Server& server, const Lot& lot);
  void begin_phase(ServerIndex v, Phase phase, Ticks takes);
  void schedule_phase(ServerIndex v);
  void book_handling(Server& server, Lot& lot, Ticks worked);
  OwnHandling own_handling(const Server& server, const Lot& lot, Ticks worked) const;
  void finish(ServerIndex v);
  void pass_on(ServerIndex v, LotIndex l);
  bool divert(ServerIndex v, LotIndex l);
  void go_on_with(ServerIndex v);
  void give_back(ServerIndex v);
  void end_hand(ServerIndex v);
  ServerState state_of(const Server& server) const;
  void tell_cause(StationIndex s);
  void tell_taking(StationIndex s);
  void resume_down();
  void resume_hours();
  void resume_in_hand(LotIndex l, const MailThere& there);

  const Setting& setting_;
  Agenda& agenda_;
  LotPool& lots_;
  LotLog& log_;
  Ledger& ledger_;
  StationCounts& counts_;
  Queues& queues_;
  Flow& flow_;
  Staff& staff_;
  Standstills& standstills_;
  Rows<Server> servers_;
  Rows<Station, Row> rows_;
  IndexSet<Station> with_ready_, with_vacant_;
  std::map<LotIndex, BrokenOff> broken_off_;
  std::vector<StationIndex> touched_;  ///< to be served once all that comes at once is in
  bool held_ = false;
  bool alone_ = false;
};

}  // namespace mailflow
