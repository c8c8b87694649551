// Shifts that stand in a file: `shifts: shifts.csv`.
#pragma once

#include <string>

#include "core/problems.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow {

/// Puts the map that the file stands for in its place: a row a shift, breaks divided by ";". `scenario`: a single
/// centre's, or a kind of centre. False where the file cannot be read.
bool lay_shifts(Node& scenario, const std::string& data_dir, Problems& problems);

}  // namespace mailflow
