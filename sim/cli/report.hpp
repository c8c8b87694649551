// Reports: what a page, a workbook or tables need of runs, and how they are written.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "experiment/experiment.hpp"
#include "mail/model.hpp"
#include "report/report_page.hpp"

namespace mailflow::cli {

enum class ReportFormat { html, pdf, png, xlsx, csv, json };

/// By `format` where it is given, else by how the file's name ends; html where neither says.
ReportFormat report_format(const std::string& file, const std::string& format);

/// Throws OutputFailure when the report cannot be written there, or in that format on this machine; to be asked before
/// a long run. Nothing is done for an empty name.
void check_report(const std::string& file, const std::string& format = "");

/// What a report of these models shows: one run each, of replication 1.
ReportRequest gather_report(const std::vector<const Model*>& models, std::uint64_t seed);

/// What a report shows of these scenarios of an experiment, the base first, whose replications 1..n are there: their
/// means, one run in detail of the replication that is the median of the base's first headline, and the queues of some
/// replications for a band.
ReportRequest gather_report(Experiment& experiment, const std::vector<std::size_t>& scenarios, std::int64_t n,
                            double confidence);
/// The same of its first `scenarios`.
ReportRequest gather_report(Experiment& experiment, std::size_t scenarios, std::int64_t n, double confidence);

/// CSV: a folder; else a file. Nothing half-written is found under the name.
void write_report(const std::string& file, ReportFormat format, const ReportRequest& request);

}  // namespace mailflow::cli
