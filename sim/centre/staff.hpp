// The staff: agents on duty, their shifts and breaks, how they come, go and walk; and the giving out of work, once at
// an instant, when all else of it has happened (RULES.md). Who is sent where the Dispatcher decides.
//
//   duty_start -> free -> sent -> walks -> at a server -> works ... -> free -> break, or home
//
// Shifts and ways are in staff.cpp, the giving out in give_out.cpp, a situation in staff_situation.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "centre/agenda.hpp"
#include "centre/dispatcher.hpp"
#include "centre/lot_log.hpp"
#include "centre/lots.hpp"
#include "centre/queues.hpp"
#include "centre/server.hpp"
#include "centre/setting.hpp"
#include "centre/station_counts.hpp"
#include "core/index.hpp"
#include "core/index_set.hpp"
#include "mail/situation.hpp"
#include "metrics/results.hpp"

namespace mailflow {

class Flow;
class Servers;

class Staff {
 public:
  struct With {
    const Setting& setting;
    Agenda& agenda;
    LotPool& lots;
    LotLog& log;
    StationCounts& counts;
    Queues& queues;
    Servers& servers;
    Flow& flow;
  };
  explicit Staff(const With& with);

  const Agent& operator[](AgentIndex a) const { return agents_[a]; }
  Indices<Agent> indices() const { return agents_.indices(); }
  /// Number of an agent within its team, from 0.
  int number_in_team(AgentIndex a) const;
  /// The team's duty in course, or the next.
  std::size_t duty(TeamIndex t) const { return teams_[t].duty; }
  /// Share of the station's rate that the agent reaches there; 0: it has not the skill.
  double proficiency(AgentIndex a, StationIndex s) const { return dispatcher_.proficiency(agents_[a].team, s); }

  // events
  void start_clocks();
  void duty_start(TeamIndex t);
  void duty_end(TeamIndex t);
  /// Those of the team whose time it is go home.
  void send_home(TeamIndex t);
  void break_start(TeamIndex t, std::uint32_t which);
  void break_end(AgentIndex a);
  void arrives(AgentIndex a);
  /// At each review agents at work are called from stations lower in rank to one that wants agents and finds none free.
  void review();

  // giving out
  /// Work is to be given out at this instant. To be asked once all else of it has happened.
  bool work_is_due() const { return work_is_due_; }
  void give_out();
  /// Something has happened: calls may have become needless.
  void notice() { work_is_due_ = work_is_due_ || !called_agents_.empty(); }
  /// Nobody is to be given anything, or called back: a lot that comes alone finds all as they are.
  bool at_rest() const { return !work_is_due_ && called_agents_.empty(); }

  // told by the servers
  /// What an agent may be wanted for has changed.
  void want_agents() { work_is_due_ = agents_wanted_ = true; }
  /// Mail has come into a queue whose servers want a crew.
  void mail_waits() {
    want_agents();
    scene_changed_ = true;
  }
  /// A server has nothing in hand any more; `ready`: its crew may go on there when work is given out.
  void hands_free(ServerIndex v, bool ready) {
    scene_changed_ = true;
    if (ready)
      goes_on(v);
    else
      want_agents();
  }
  /// Brings an agent's state in line with the server it stands at, and its place among those free to be sent.
  void update(AgentIndex a);
  /// Those of a server's agents who must go do; nothing is in hand.
  void release_crew(ServerIndex v);

  // counts
  void settle();
  void reset();
  void fill(Results& results) const;

  // a run that begins in a situation
  void resume();

 private:
  struct TeamState {
    AgentIndex first_agent;
    std::vector<AgentIndex> free;  ///< of its agents, those free to be sent
    std::size_t duty = 0;
    std::array<Ticks, 5> time{};  ///< by AgentState, off unused
    Ticks overtime = 0, night = 0, absent = 0;
    std::int64_t duties = 0, absences = 0, moves = 0;
    std::uint64_t absence_key = 0;
  };
  struct AtStation {
    int walking_here = 0;  ///< agents on the way
    int called_here = 0;   ///< agents at work elsewhere who are called
  };

  Ticks now() const { return agenda_.now(); }
  AgentIndex agent_of(TeamIndex t, int number) const { return AgentIndex(teams_[t].first_agent.number() + number); }
  void set_state(AgentIndex a, AgentState state);
  void tell(AgentIndex a, bool sent) const;
  void come_on_duty(AgentIndex a);
  void schedule_duty(TeamIndex t, const Duty& duty);
  bool misses(TeamIndex t, int agent, const Duty& duty) const;
  void special_terms(TeamIndex t, const Duty& duty, const std::vector<AgentIndex>& present);
  void roster(const Agent& agent, int more);
  void count_paid(const Agent& agent);
  void go_home(AgentIndex a);
  void free(AgentIndex a);
  void attach(AgentIndex a, StationIndex s);
  void detach(AgentIndex a);
  void send(AgentIndex a, StationIndex s);

  // give_out.cpp
  void goes_on(ServerIndex v) {
    going_on_.push_back(v);
    work_is_due_ = true;
  }
  void go_on();
  bool crews_are_short() const;
  void see_all();
  bool see_where_mail_waits();
  int lots_at(StationIndex s) const;
  void see(StationIndex s);
  void see_free();
  void see_at_work();
  void see_called();
  HandNow hand_at_work(AgentIndex a) const;
  HandNow hand_of(AgentIndex a) const;
  void send_out(const std::vector<Sent>& decided);
  void take_post(AgentIndex a, StationIndex s);
  void call(AgentIndex a, StationIndex s);
  void note_call(AgentIndex a);
  void drop_call(AgentIndex a);
  void stays_at_work(AgentIndex a);
  void gather(StationIndex s);

  // staff_situation.cpp
  void resume_team(TeamIndex t);
  std::vector<AgentIndex> resume_present(TeamIndex t, const Duty& duty);
  void resume_agent(const AgentThere& there, const Duty* duty);
  void resume_post(AgentIndex a, const AgentThere& there);

  const Setting& setting_;
  Agenda& agenda_;
  LotPool& lots_;
  LotLog& log_;
  StationCounts& counts_;
  Queues& queues_;
  Servers& servers_;
  Flow& flow_;
  Dispatcher dispatcher_;
  Scene scene_;
  Rows<Agent> agents_;
  Rows<Team, TeamState> teams_;
  Rows<Station, AtStation> at_;
  IndexSet<Team> free_;       ///< teams with agents who are free to be sent
  IndexSet<Team> wanted_;     ///< teams with a skill that the scene asks for
  IndexSet<Station> called_;  ///< stations to which agents at work elsewhere are called
  std::vector<AgentIndex> called_agents_;
  std::vector<ServerIndex> going_on_;  ///< whose crews go on there, if mail waits, when work is given out
  bool work_is_due_ = false;           ///< to be given out when all else of the instant has happened
  bool agents_wanted_ = false;         ///< free agents may have to be sent
  bool scene_changed_ = false;         ///< mail came into a queue, or a server's hands came free, as work was given out
};

}  // namespace mailflow
