// The situation of a centre at an instant of a run: what mail is where, who is here and where, what is down, what is
// still to come. A run begins there instead of with an empty centre.
//
// It is the state just before anything of that instant happens: what is timed at the instant itself is still to come.
// Written by hand it may say little (so many items in a queue, so many agents here); written by a run it says all that
// the run needs to go on as if it had never stopped. Indices are those of `Model`; none, -1: not stated.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "mail/indices.hpp"

namespace mailflow {

/// Lots alike, at one place. Of mail of equal rank in one queue what is named before goes first.
struct MailThere {
  StationIndex station;  ///< where it is; of mail at the door, where it wants to go in
  ProductIndex product{0};
  DestinationIndex destination;
  int items = 1;      ///< of one lot
  int lots = 1;       ///< the lots follow each other
  Ticks arrived = 0;  ///< in the centre; may lie before the run
  Ticks entered = 0;  ///< in the station
  Ticks due = never;
  int pass = 0;             ///< at a station of several passes
  int done = 0;             ///< items of the lot already handled in this visit
  bool first = false;       ///< was taken in hand before: goes before others of its rank
  bool missed = false;      ///< was left behind by a full vehicle
  bool at_door = false;     ///< waits to come into the centre
  StationIndex wants;       ///< handled, and waits for room at this station
  int position = -1;        ///< in hand at this position or machine, from 0; with `wants`: blocks it
  bool set_up = false;      ///< in hand: being set up for
  Ticks left = -1;          ///< until the handling or set-up ends, it comes out, or its bag goes; -1: drawn anew
  Ticks worked = 0;         ///< in hand, or broken off: done of the handling
  Ticks takes = 0;          ///< in hand, or broken off: the whole handling
  double rounding = 0;      ///< in hand: by so many ticks it truly ends after `left`; -0.51 to 0.51
  int stops_after = -1;     ///< in hand: given back when so many more items are done
  std::int64_t bag = 0;     ///< entries of one number at one place are in one bag; 0: none
  std::int64_t number = 0;  ///< of the first lot, in the event log; 0: as it comes
  friend bool operator==(const MailThere&, const MailThere&) = default;
};

struct AgentThere {
  enum class Doing : std::uint8_t { stands, walks, on_break };
  TeamIndex team;
  int agent = 0;  ///< within the team, from 0
  Doing doing = Doing::stands;
  StationIndex station;    ///< where it stands, or walks to
  int position = -1;       ///< at this position or machine
  Ticks left = 0;          ///< until it arrives, or the break ends
  StationIndex called_to;  ///< where it goes when the item in hand is done
  Ticks break_due = -1;    ///< length of a break to begin when the item in hand is done
  bool goes_home = false;  ///< when the item in hand is done
  Ticks over_since = -1;   ///< its shift ended then (it is on overtime); -1: the duty in course
  Ticks leaves = -1;       ///< at another time than its shift's end
};

struct ServerThere {
  StationIndex station;
  int position = 0;  ///< from 0
  bool down = false;
  Ticks repaired_in = -1;  ///< down: so long still; -1: drawn
  Ticks fails_in = -1;     ///< working time to the next breakdown; -1: drawn
  int group = -1;          ///< what it is set up for, as the run counts it; -1: nothing
};

/// A vehicle whose time in the timetable, or whose usual lateness, does not hold.
struct VehicleToCome {
  SourceIndex source;
  int trip = 0;  ///< in the source's timetable
  Ticks at = 0;  ///< never: it does not come
};

struct SourceThere {
  Ticks next = -1;    ///< next lot of a source with gaps; -1: drawn
  double volume = 1;  ///< of the items of vehicles timetabled before `until`
  Ticks volume_until = 0;
};

struct TeamThere {
  int present = -1;     ///< agents of the duty in course who are here; -1: as chance has it
  bool listed = false;  ///< `Situation::agents` names all who are here, one by one
};

struct Situation {
  bool given = false;
  std::string file;  ///< as given with --from-state; empty: it stands in the scenario, or a run gave it
  Ticks at = 0;
  std::vector<MailThere> mail;
  Rows<Team, TeamThere> teams;     ///< may be empty
  std::vector<AgentThere> agents;  ///< of a team that is not listed: where the first of those present stand
  std::vector<ServerThere> servers;
  std::vector<VehicleToCome> vehicles;
  Rows<Source, SourceThere> sources;  ///< may be empty
};

}  // namespace mailflow
