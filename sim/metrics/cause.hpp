// The causes to which every minute of every item in the centre is booked: exactly one at a time.
#pragma once

#include <array>
#include <cstdint>

namespace mailflow {

enum class Cause : std::uint8_t {
  processing,             ///< in hand: its own share of the lot's handling
  moving,                 ///< on a conveyor or a walk
  waiting_for_staff,      ///< in queue; another agent could serve it now
  waiting_for_machine,    ///< in queue; every position or machine is at work (including the rest of its own lot's turn)
  set_up,                 ///< in queue or in hand while the machine is set up
  breakdown,              ///< in queue or in hand while the machine is down
  closed,                 ///< outside the station's opening hours
  blocked,                ///< handled, but the next station's queue is full
  filling,                ///< waiting for the rest of its lot, or for a bag to fill
  waiting_for_departure,  ///< in a bay
  full_vehicle,           ///< in a bay after a vehicle in time for it left full
  customs_hold,           ///< held
};
inline constexpr int causes = 12;
inline constexpr std::array<const char*, causes> cause_names = {
    "processing", "moving",  "waiting_for_staff", "waiting_for_machine",   "set_up",       "breakdown",
    "closed",     "blocked", "filling",           "waiting_for_departure", "full_vehicle", "customs_hold"};

/// What a server (a position of a manual station, or a machine) may be doing: the columns of a station's use of time.
enum class ServerState : std::uint8_t { busy, idle, set_up, down, unstaffed, blocked, closed };
inline constexpr int server_states = 7;
inline constexpr std::array<const char*, server_states> server_state_names = {"busy",      "idle",    "set_up", "down",
                                                                              "unstaffed", "blocked", "closed"};

}  // namespace mailflow
