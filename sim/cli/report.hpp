// Reports: in which form and where they are written.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "findings/gather_report.hpp"
#include "report/report_page.hpp"

namespace mailflow::cli {

enum class ReportFormat { html, pdf, png, xlsx, csv, json };

/// By `format` where it is given, else by how the file's name ends; html where neither says.
ReportFormat report_format(const std::string& file, const std::string& format);

/// Throws OutputFailure when the report cannot be written there, or in that format on this machine; to be asked before
/// a long run. Nothing is done for an empty name.
void check_report(const std::string& file, const std::string& format = "");

/// CSV: a folder; else a file. Nothing half-written is found under the name.
void write_report(const std::string& file, ReportFormat format, const ReportRequest& request);

}  // namespace mailflow::cli
