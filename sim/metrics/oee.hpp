// Overall equipment effectiveness of machines (taux de rendement synthetique, NF E60-182; S. Nakajima 1988): how much
// of the time in which a machine was planned to work and had mail it worked, at its pace, on good items.
//
//   opening       hours open
//   planned       of opening, where it needs agents those with a crew of them on duty
//   without mail  of planned, with nothing to handle: no loss of the machine, kept apart
//   required      planned - without mail
//   availability  busy / required: breakdowns, set-ups, a crew that is elsewhere and being blocked take from it
//   performance   pace at work / nominal pace: below 1 where service times are drawn and turned out long
//   quality       items neither rejected nor unread / items
//   OEE           their product (TRS): of the required time; none while any of them is not known (a machine whose first
//                 lot is still in hand), 0 where it was never at work
//   load          required / opening (taux de charge)
//   OOE           OEE x load (TRG, taux de rendement global; overall operations effectiveness): of the opening time, so
//                 that hours without mail or without a crew take from it
//
// Hours out of opening hours, and what broke in them, do not count; those with no crew on duty only in load and OOE.
// Manual positions work at the pace of their agents: for them the items an hour of an agent at the position are set
// against the nominal rate.
#pragma once

#include "mail/model.hpp"
#include "metrics/results.hpp"

namespace mailflow {

/// Hours are of positions or machines; NaN where there is nothing to measure.
struct Oee {
  double opening_hours, planned_hours, not_rostered_hours, without_mail_hours, required_hours;
  double availability, performance, quality, oee, load, ooe;  ///< of machines
  double items_per_agent_hour;                                ///< of manual stations with agents
  double nominal_items_per_hour;                              ///< of one machine, or one agent of proficiency 100 %
};

Oee oee_of(const Station& station, const StationResult& result);

}  // namespace mailflow
