// How many agents of a team come to each duty: one number, numbers by day, or a CSV file.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "scenario/sections/reading.hpp"

namespace mailflow {

/// The shifts that a team works.
struct TeamShifts {
  std::vector<std::string> names;    ///< whether in the run or not
  std::vector<std::string> of_duty;  ///< of each duty
};

/// `files_read`: the files that numbers were read from before; what is of no team is told once.
void read_numbers_of(Reading& reading, const Node& agents, Team& team, const TeamShifts& shifts,
                     std::set<std::string>& files_read);

}  // namespace mailflow
