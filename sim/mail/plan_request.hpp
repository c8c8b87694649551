// What a planner leaves open: which teams' numbers, on which shifts, at what price, for which promises. Plain values;
// made by scenario/ out of `plan:`, answered by planning/.
//
// Shifts are indices. Amounts are in the centre's currency, times in ticks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mail/model.hpp"
#include "mail/objective.hpp"

namespace mailflow {

/// How often a number of agents may change.
enum class Numbers : std::uint8_t { same_every_day, by_weekday, by_date };
constexpr std::string_view word_of(Numbers value) {
  switch (value) {
    case Numbers::same_every_day:
      return "the same every day";
    case Numbers::by_weekday:
      return "by day of the week";
    case Numbers::by_date:
      return "by date";
  }
  return {};
}

/// Which of several plans that cost the same: any, or the one that clears mail soonest.
enum class TieBreak : std::uint8_t { nothing, shortest_waits };
constexpr std::string_view word_of(TieBreak value) {
  switch (value) {
    case TieBreak::nothing:
      return "nothing";
    case TieBreak::shortest_waits:
      return "shortest waits";
  }
  return {};
}

/// A shift that agents of a team may be put on.
struct PlannedShift {
  std::string name;  ///< of staff.shifts; of a new one: "new-0530-0748", its start and length
  bool is_new = false;
  std::string yaml;          ///< of a new one: its line under staff.shifts
  std::vector<Duty> duties;  ///< as Team::duties
};

struct PlannedTeam {
  TeamIndex team;
  int least = 0;  ///< agents a day over all its shifts, on days on which any of them is worked
  int most = 0;
  Numbers numbers = Numbers::same_every_day;
  bool used_first = false;  ///< on a day: all `most` of it come before anybody of a team without this
  std::vector<int> shifts;  ///< PlanRequest::shifts; empty: those it has
};

struct PlanRequest {
  bool given = false;
  Objective minimise = Objective::cost;
  TieBreak then = TieBreak::nothing;
  double confidence = 0.95;
  int replications = 20;
  Ticks step = hour;                 ///< of the demand curve; 0: by the run's length
  std::vector<TargetIndex> targets;  ///< that must hold
  std::vector<PlannedShift> shifts;
  std::vector<PlannedTeam> teams;
  int most_new = -1;        ///< different new shifts used at most; -1: no bound
  double price_of_new = 0;  ///< of each new shift used, once for the whole run
  /// Price of an agent who lacks for a slot (a step); below 0: nobody may lack. With a price, targets need not hold.
  double understaffed = -1;
};

}  // namespace mailflow
