// --report FILE: the HTML page of a run or an experiment.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mail/model.hpp"

namespace mailflow::cli {

/// Throws OutputFailure when `file` cannot be written to; to be asked before a long run.
void check_report(const std::string& file);

/// Runs each model's first replication once more, with all that a report shows recorded, and up to 20 of its
/// `replications` for the band of its queues; writes the page. `experiment`: experiment.json; empty: a single run.
void write_report(const std::string& file, const std::vector<const Model*>& models, std::uint64_t seed,
                  std::int64_t replications, const std::string& experiment, const std::string& language);

}  // namespace mailflow::cli
