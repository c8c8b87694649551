// Hands what happens to the part of a centre that it is about.
//
//   if (!hand_over(centre, event)) ...   // it is about the run itself: its beginning, its window, its end
#pragma once

#include "centre/centre.hpp"
#include "centre/window.hpp"

namespace mailflow {

/// The event has been taken off the centre's agenda. False: no part's.
inline bool hand_over(Centre& centre, const Event& event) {
  switch (kind_of(event)) {
    case EventKind::phase_end:
      if (centre.servers.is_phase(about<Server>(event), event.token)) centre.servers.phase_end(about<Server>(event));
      return true;
    case EventKind::source:
      centre.arrivals.next_lot(about<Source>(event));
      return true;
    case EventKind::lot_arrives:
      centre.arrivals.lot_arrives(about<Lot>(event), SourceIndex(event.token));
      return true;
    case EventKind::delay_end: {
      const LotIndex l = about<Lot>(event);
      if (centre.setting.station(centre.lots[l].station).kind == StationKind::hold)
        centre.holds.end(l);
      else
        centre.delays.end(l);
      return true;
    }
    case EventKind::agent_arrives:
      centre.staff.arrives(about<Agent>(event));
      return true;
    case EventKind::hours:
      centre.servers.hours(about<Station>(event));
      return true;
    case EventKind::fail:
      centre.servers.fail(about<Server>(event), event.token);
      return true;
    case EventKind::repair:
      centre.servers.repair(about<Server>(event));
      return true;
    case EventKind::bag_goes:
      centre.bags.time_is_up(about<Lot>(event), event.token);
      return true;
    case EventKind::vehicle_due:
      centre.arrivals.vehicle_due(about<Source>(event), event.token);
      return true;
    case EventKind::vehicle:
      centre.arrivals.vehicle(about<Source>(event), event.token);
      return true;
    case EventKind::rows:
      centre.arrivals.rows(about<Source>(event));
      return true;
    case EventKind::backlog:
      centre.arrivals.backlog(about<Source>(event));
      return true;
    case EventKind::load_arrives:
      centre.servers.hold_service();
      centre.transport.load_arrives(event.token);
      centre.servers.release_service();
      return true;
    case EventKind::duty_start:
      centre.staff.duty_start(about<Team>(event));
      return true;
    case EventKind::duty_end:
      centre.staff.duty_end(about<Team>(event));
      return true;
    case EventKind::leave:
      centre.staff.send_home(about<Team>(event));
      return true;
    case EventKind::break_start:
      centre.staff.break_start(about<Team>(event), event.token);
      return true;
    case EventKind::break_end:
      centre.staff.break_end(about<Agent>(event));
      return true;
    case EventKind::departure:
      centre.transport.depart(about<Departure>(event));
      return true;
    case EventKind::review:
      centre.staff.review();
      return true;
    case EventKind::hour_mark:
      mark_hour(centre, false);
      return true;
    case EventKind::situation:
    case EventKind::sample:
    case EventKind::warm_up:
    case EventKind::end:
      return false;
  }
  return false;
}

}  // namespace mailflow
