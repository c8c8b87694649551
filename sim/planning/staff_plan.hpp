// What a plan says: a number of agents for each team, shift and day that is open. And the model that it makes.
//
//   open numbers            values       the model of the plan
//   night, every day          7          team night: 7 agents
//   regulars, s08, 11 Nov     19         team regulars-s08: 19 agents on the duty of 11 November
//
// A team that may work several shifts has a seat for each; in the model of a plan each seat is a team of its own.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "mail/model.hpp"
#include "mail/plan_request.hpp"

namespace mailflow {

/// A team on one of its shifts.
struct Seat {
  int planned = -1;  ///< PlanRequest::teams
  TeamIndex team;    ///< Model::teams
  int shift = -1;    ///< PlanRequest::shifts; -1: the shifts the team has
  std::string name;  ///< of the team it is in a plan's model
  std::vector<Duty> duties;
};

/// A number to be chosen: the agents of a seat on all duties of one group (every day, a day of the week, a date).
struct OpenNumber {
  int seat = -1;
  int group = 0;            ///< 0; day of the week, 0 Monday; or day of the run
  std::vector<int> duties;  ///< of the seat
  double cost = 0;          ///< of one agent, over all these duties: expected pay, or duties where these are counted
  int most = 0;
};

struct OpenNumbers {
  std::vector<Seat> seats;
  std::vector<OpenNumber> numbers;
};

/// In the order of the plan's teams, their shifts, and days.
OpenNumbers open_numbers(const Model& model, const PlanRequest& plan);

/// Expected pay of one agent for a duty, from an instant to the run's end: absence and night hours counted.
double pay_of(const Model& model, const Team& team, const Duty& duty, Ticks counted = 0);

/// Of PlanRequest::shifts, the new ones that somebody works.
std::set<int> new_shifts_used(const PlanRequest& plan, const OpenNumbers& open, const std::vector<int>& numbers);

/// The model with the numbers of a plan; teams that are not open stay as they are.
Model with_plan(const Model& model, const OpenNumbers& open, const std::vector<int>& numbers);

/// "every day", "Mon", "2023-11-11", for files; report/text.hpp has it in words.
std::string when_of(const Model& model, const PlanRequest& plan, const OpenNumbers& open, const OpenNumber& number);

/// Agents times duties.
std::int64_t person_days(const OpenNumbers& open, const std::vector<int>& numbers);

}  // namespace mailflow
