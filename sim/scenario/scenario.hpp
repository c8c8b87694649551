// All that a scenario says: the centre, for a run, and what it asks of the planners. Each takes the part that it needs.
#pragma once

#include <optional>

#include "mail/day_rules.hpp"
#include "mail/model.hpp"
#include "mail/plan_request.hpp"
#include "roster/roster.hpp"

namespace mailflow {

struct Scenario {
  Model model;                       ///< what is run
  PlanRequest plan;                  ///< what `mailflow plan` may choose
  WithinDayRules within_day;         ///< what `mailflow plan --from` may do
  PostsRequest posts;                ///< between which stations `mailflow plan` may split a team
  std::optional<RosterTask> roster;  ///< what `mailflow roster` is asked; none: the scenario has no roster:
};

}  // namespace mailflow
