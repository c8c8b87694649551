// What a report shows of runs: gathered from scenarios that are run once, or from an experiment.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiment/experiment.hpp"
#include "mail/model.hpp"
#include "report/report_page.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow {

/// What differs between two scenarios, a line each, in the language spoken.
std::vector<std::string> changes_in_words(const Node& a, const Node& b, const std::string& name_of_a,
                                          const std::string& name_of_b);

/// What a report of these models shows: one run each, of replication 1.
ReportRequest gather_report(const std::vector<const Model*>& models, std::uint64_t seed);

/// What a report shows of these scenarios of an experiment, the base first, whose replications 1..n are there: their
/// means, one run in detail of the replication that is the median of the base's first headline, and the queues of some
/// replications for a band.
ReportRequest gather_report(Experiment& experiment, const std::vector<std::size_t>& scenarios, std::int64_t n,
                            double confidence);
/// The same of its first `scenarios`.
ReportRequest gather_report(Experiment& experiment, std::size_t scenarios, std::int64_t n, double confidence);

}  // namespace mailflow
