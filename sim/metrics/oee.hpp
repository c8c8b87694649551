// Overall equipment effectiveness of machines (taux de rendement synthetique, NF E60-182; S. Nakajima 1988): how much
// of the time in which a machine was planned to work and had mail it worked, at its pace, on good items.
//
//   planned       hours open, and where it needs agents with a crew of them on duty
//   without mail  of planned, with nothing to handle: no loss of the machine, kept apart
//   required      planned - without mail
//   availability  busy / required: breakdowns, set-ups, a crew that is elsewhere and being blocked take from it
//   performance   pace at work / nominal pace: below 1 where service times are drawn and turned out long
//   quality       items neither rejected nor unread / items
//   OEE           their product
//
// Hours out of opening hours or with no crew on duty, and what broke in them, do not count. Manual positions work at
// the pace of their agents: for them the items an hour of an agent at the position are set against the nominal rate.
#pragma once

#include "mail/model.hpp"
#include "metrics/results.hpp"

namespace mailflow {

/// Hours are of positions or machines; NaN where there is nothing to measure.
struct Oee {
  double planned_hours, not_rostered_hours, without_mail_hours;
  double availability, performance, quality, oee;  ///< of machines
  double items_per_agent_hour;                     ///< of manual stations with agents
  double nominal_items_per_hour;                   ///< of one machine, or one agent of proficiency 100 %
};

Oee oee_of(const Station& station, const StationResult& result);

}  // namespace mailflow
