// Servers and agents as they are in a run.
#pragma once

#include <cstdint>
#include <vector>

#include "core/index.hpp"
#include "core/time.hpp"
#include "mail/indices.hpp"
#include "metrics/cause.hpp"

namespace mailflow {

struct Lot;
struct Server;
struct Agent;
using ServerIndex = Index<Server>;
using AgentIndex = Index<Agent>;

enum class Phase : std::uint8_t { nothing, set_up, handling };

/// A position of a manual station, or a machine.
struct Server {
  StationIndex station;
  ServerState state = ServerState::idle;
  Phase phase = Phase::nothing;
  bool down = false;
  bool stop = false;  ///< give the lot back when the item in hand is done
  Ticks state_since = 0;
  Index<Lot> lot;      ///< in hand
  int stop_items = 0;  ///< items of the lot handled by then
  Ticks phase_ends = 0;
  Ticks phase_left = 0;      ///< while down
  Ticks handling_takes = 0;  ///< the whole handling begun, for the items it was begun with
  Ticks worked = 0;          ///< of it, before the present phase
  Ticks booked = 0;          ///< of it, booked to causes
  Ticks phase_began = 0;
  double rounding = 0;                  ///< by how much the phase truly ends after phase_ends; -0.5 to 0.5
  Ticks fails_in = never;               ///< working time to the next breakdown
  std::uint32_t token = 0;              ///< of the phase's end event
  int blocked_lots = 0;                 ///< handled, but with no room to go to
  int group = -1;                       ///< product or sort plan (and pass) it is set up for; -1: none yet
  int group_before = -1;                ///< during a set-up: what it was set up for until then
  std::vector<AgentIndex> crew;         ///< agents
  std::vector<StationIndex> waits_for;  ///< of each blocked lot, the station in whose queue it waits for room
};

enum class AgentState : std::uint8_t { off, idle, working, moving, on_break };

struct Agent {
  TeamIndex team;
  AgentState state = AgentState::off;
  bool ends = false;    ///< goes home when free
  bool posted = false;  ///< has had a post in this duty
  Ticks since = 0;
  Ticks came = 0;        ///< on duty since
  Ticks duty_ends = 0;   ///< when it goes home
  Ticks shift_ends = 0;  ///< of its duty: the same unless it leaves at another time; past it is overtime
  Ticks arrives = -1;    ///< moving: at its station
  StationIndex station;  ///< where it stands (or walks to)
  ServerIndex server;
  StationIndex sent_first;  ///< station it goes to first, whatever the rule
  StationIndex called_to;   ///< station it goes to when the item in hand is done
  int idle_place = -1;      ///< among those of its team who are free to be sent; -1: it is not
  Ticks break_due = -1;     ///< length of the breaks to begin when free; -1: none
};

}  // namespace mailflow
