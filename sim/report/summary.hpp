// The summary that a planner reads in the terminal.
#pragma once

#include <string>

#include "mail/model.hpp"
#include "metrics/results.hpp"

namespace mailflow {

/// At most 100 columns wide, UTF-8, no colour.
std::string summary(const Model& model, const Results& results);

/// The targets alone, as in the summary; empty without any.
std::string target_lines(const Model& model, const Results& results);

}  // namespace mailflow
