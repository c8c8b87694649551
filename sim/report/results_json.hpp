// results.json: everything a run found, with stable key names that carry their units (sim/report/RESULTS.md tells
// each).
#pragma once

#include <string>

#include "mail/model.hpp"
#include "metrics/results.hpp"

namespace mailflow {

std::string results_json(const Model& model, const Results& results);

}  // namespace mailflow
