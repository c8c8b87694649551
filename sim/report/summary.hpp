// The summary that a planner reads in the terminal.
#pragma once

#include <string>

#include "mail/model.hpp"
#include "metrics/results.hpp"

namespace mailflow {

/// At most 100 columns wide, UTF-8, no colour.
std::string summary(const Model& model, const Results& results);

/// Stations that stand still for ever, with the instant and a way out, a line each; empty where there are none. `where`
/// stands before each: of which centre.
std::string standstill_lines(const Model& model, const std::vector<Standstill>& standstills,
                             const std::string& where = "");

/// The targets alone, as in the summary; empty without any.
std::string target_lines(const Model& model, const Results& results);

}  // namespace mailflow
