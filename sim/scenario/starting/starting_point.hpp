// What a planner may begin with: small scenarios that run, with invented values, comments in the language spoken, and a
// what-if beside each (models/new, embedded).
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace mailflow {

/// processing-centre, delivery-office, parcel-hub, blank.
std::vector<std::string> starting_points();
/// The files of one, by name and text, the scenario before its what-if; none where there is no such kind.
std::vector<std::pair<std::string, std::string>> starting_files(const std::string& kind);

}  // namespace mailflow
