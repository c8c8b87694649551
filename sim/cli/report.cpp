#include "cli/report.hpp"

#include <algorithm>
#include <boost/process.hpp>
#include <filesystem>
#include <fstream>

#include "cli/experiment_options.hpp"
#include "core/words.hpp"
#include "report/experiment_report.hpp"
#include "report/output_folder.hpp"
#include "report/pdf_pages.hpp"
#include "report/result_tables.hpp"
#include "report/temporary.hpp"
#include "report/text.hpp"
#include "report/workbook.hpp"

namespace mailflow::cli {

namespace {

namespace fs = std::filesystem;

std::string folder_of(const std::string& file) {
  const fs::path parent = fs::path(file).parent_path();
  return parent.empty() ? "." : parent.string();
}

std::string chromium() {
  for (const char* name : {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"})
    if (const auto path = boost::process::search_path(name); !path.empty()) return path.string();
  return "";
}

/// The page printed by a browser; as a picture, its first screen alone, as wide and high as A4 across. `places`: what
/// the contents say of pages.
std::string printed_once(const std::string& page, ReportFormat format, const std::string& places) {
  const std::string name = temporary_folder("mailflow-print-");
  if (name.empty()) throw OutputFailure(tr("no temporary folder can be made to print in"));
  const Temporary until_printed(name, Temporary::Kind::folder);
  const fs::path folder = name;
  std::ofstream(folder / "report.html", std::ios::binary) << page;
  namespace bp = boost::process;
  const std::string output = (folder / (format == ReportFormat::png ? "report.png" : "report.pdf")).string();
  const std::string address = "file://" + (folder / "report.html").string();
  std::vector<std::string> arguments = {
      "--headless", "--disable-gpu", "--user-data-dir=" + (folder / "profile").string(), "--virtual-time-budget=10000"};
  if (format == ReportFormat::png)
    for (const std::string& a :
         {"--screenshot=" + output, std::string("--window-size=1400,990"), std::string("--force-device-scale-factor=2"),
          std::string("--hide-scrollbars"), address + "#meeting"})
      arguments.push_back(a);
  else
    for (const std::string& a : {std::string("--no-pdf-header-footer"), "--print-to-pdf=" + output, address + places})
      arguments.push_back(a);
  if (geteuid() == 0) arguments.insert(arguments.begin(), "--no-sandbox");  // its sandbox does not work for root
  std::error_code failed;
  const int status = bp::system(chromium(), bp::args(arguments), bp::std_out > bp::null, bp::std_err > bp::null,
                                bp::std_in < bp::null, failed);
  const std::string bytes = bytes_of(output);
  if (failed || status != 0 || bytes.empty())
    throw OutputFailure(tr("Chromium could not print the report; write it as HTML and print it from a browser"));
  return bytes;
}

/// The same; a PDF twice, so that its contents say on which page what stands.
std::string printed(const std::string& page, ReportFormat format) {
  std::string bytes = printed_once(page, format, "");
  if (format != ReportFormat::pdf) return bytes;
  const std::string places = pages_of_places(bytes);
  return places.empty() ? bytes : printed_once(page, format, "#pages=" + places);
}

CellWords words_of_tables(const ReportRequest& request) {
  CellWords words;
  for (const ReportedScenario& s : request.scenarios)
    for (auto& [column, names] : cell_words(*s.model, *s.results)) words[column].merge(names);
  return words;
}

std::vector<Table> tables_of(const ReportRequest& request) {
  if (request.scenarios.empty()) return request.tables;
  std::vector<std::string> names;
  std::vector<std::vector<Table>> all;
  for (const ReportedScenario& s : request.scenarios) {
    names.push_back(name_of(s.called, shown_name(*s.model)));
    all.push_back(result_tables(*s.model, *s.results));
  }
  std::vector<Table> tables;
  if (!request.experiment.empty()) tables.push_back(measures_table(request.experiment));
  for (std::size_t t = 0; t < all[0].size(); ++t) {
    std::vector<Table> same;
    for (const auto& of : all) same.push_back(of[t]);
    tables.push_back(Table::of_scenarios(names, same));
  }
  return tables;
}

}  // namespace

ReportFormat report_format(const std::string& file, const std::string& format) {
  const std::string end = format.empty() ? fs::path(file).extension().string() : "." + format;
  if (end == ".pdf") return ReportFormat::pdf;
  if (end == ".png") return ReportFormat::png;
  if (end == ".xlsx") return ReportFormat::xlsx;
  if (end == ".json") return ReportFormat::json;
  return end == ".csv" ? ReportFormat::csv : ReportFormat::html;
}

void check_report(const std::string& file, const std::string& format) {
  if (file.empty()) return;
  const std::string end = fs::path(file).extension().string();
  const auto known = {"", ".html", ".htm", ".pdf", ".png", ".xlsx", ".json", ".csv"};
  if (format.empty() && std::find(known.begin(), known.end(), end) == known.end())
    throw UnusableOutput(
        tr("{} ends in {}; a report is .html, .pdf, .png, .xlsx or .json, or a folder .csv", file, end));
  const ReportFormat kind = report_format(file, format);
  if (kind == ReportFormat::csv) {
    check_folder(file);
    return;
  }
  if (is_folder(file))
    throw UnusableOutput(tr("{} is a folder; a report is a file (only csv is a folder of tables)", file));
  check_folder(folder_of(file));
  check_output(file);
  if ((kind == ReportFormat::pdf || kind == ReportFormat::png) && chromium().empty())
    throw UnusableOutput(
        tr("{} is printed by Chromium, which is not installed here; install it (apt-get install chromium), or write "
           "the report as HTML and print it from a browser",
           kind == ReportFormat::pdf ? tr("a PDF") : tr("a PNG")));
}

void write_report(const std::string& file, ReportFormat format, const ReportRequest& request) {
  if (format == ReportFormat::csv) {
    write_folder(file, csv_files(tables_of(request)));
    return;
  }
  std::string bytes;
  switch (format) {
    case ReportFormat::html:
      bytes = report_page(request);
      break;
    case ReportFormat::pdf:
    case ReportFormat::png:
      bytes = printed(report_page(request), format);
      break;
    case ReportFormat::xlsx:
      bytes = workbook(tables_of(request), words_of_tables(request));
      break;
    case ReportFormat::json:
    case ReportFormat::csv:
      bytes = report_json(request) + "\n";
      break;
  }
  if (file != "-") make_folder(folder_of(file));
  write_file(file, bytes);
}

}  // namespace mailflow::cli
