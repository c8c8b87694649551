#include "cli/report.hpp"

#include <algorithm>
#include <boost/process.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <sstream>

#include "centre/simulate.hpp"
#include "cli/experiment_options.hpp"
#include "core/words.hpp"
#include "metrics/measure.hpp"
#include "report/experiment_report.hpp"
#include "report/output_folder.hpp"
#include "report/pdf_pages.hpp"
#include "report/result_tables.hpp"
#include "report/temporary.hpp"
#include "report/text.hpp"
#include "report/workbook.hpp"
#include "scenario/assumptions.hpp"
#include "scenario/difference/difference_text.hpp"
#include "scenario/load.hpp"
#include "scenario/what_if.hpp"

namespace mailflow::cli {

namespace {

namespace fs = std::filesystem;

/// Replications whose queues make the band.
constexpr std::int64_t band_of = 20;

std::string folder_of(const std::string& file) {
  const fs::path parent = fs::path(file).parent_path();
  return parent.empty() ? "." : parent.string();
}

/// What differs from the base, a line each, in the language spoken.
std::vector<std::string> changes(const std::string& base, const std::string& alternative) {
  Problems problems;
  const auto a = read_scenario(base, problems);
  const auto b = read_scenario(alternative, problems);
  std::vector<std::string> lines;
  if (!a || !b) return lines;
  std::istringstream text(difference_text(*a, *b, base, alternative));
  std::string line;
  std::getline(text, line);  // from -> to
  while (std::getline(text, line))
    if (const auto from = line.find_first_not_of(' '); from != std::string::npos && from > 2)
      lines.push_back(line.substr(from));
  return lines;
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

/// One run of a scenario, with what a page shows of it alone.
ReportedScenario in_detail(const Model& model, const Model& base, std::uint64_t seed, std::uint64_t replication) {
  RunRecorder recorder(model);
  RunOptions options;
  options.seed = seed;
  options.replication = replication;
  options.events = &recorder;
  ReportedScenario scenario;
  scenario.model = &model;
  scenario.results = std::make_shared<const Results>(simulate(model, options));
  scenario.record = recorder.record();
  scenario.text = scenario_text(model.file);
  scenario.assumptions = assumptions_of(model.file);
  if (&model == &base) return scenario;
  const Speaks english(Language::en);
  scenario.changes.en = changes(base.file, model.file);
  const Speaks french(Language::fr);
  scenario.changes.fr = changes(base.file, model.file);
  return scenario;
}

/// The replication that is the median of the base's first headline of which there is something; of an even number, the
/// lower one of the two in the middle.
Detail median_replication(const Experiment& experiment, std::size_t base, std::int64_t n) {
  Detail detail;
  detail.replications = n;
  const auto& measures = experiment.measures(base);
  for (std::size_t m = 0; m < measures.size(); ++m) {
    if (!measures[m].headline || measures[m].kind != Measure::Kind::mean) continue;
    const std::vector<double> values = experiment.values(base, m, n);
    std::vector<std::size_t> order;
    for (std::size_t r = 0; r < values.size(); ++r)
      if (!std::isnan(values[r])) order.push_back(r);
    if (order.empty()) continue;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    detail.replication = static_cast<std::int64_t>(order[(order.size() - 1) / 2]) + 1;
    detail.median_of = measures[m].name;
    return detail;
  }
  detail.median_of = measures.front().name;  // there is nothing in any: the first is as good
  return detail;
}

/// What a page shows in its tables; not how sure one run is, nor what only journeys tell.
bool in_tables(const Measure& measure) {
  for (const char* part : {"half_width", "batches", "quantile_relative_error", "own_time_minutes", "cause_item_minutes",
                           "on_time_by_destination", "at_least", "at_most", "capacity_", "little_residual"})
    if (measure.name.find(part) != std::string::npos) return false;
  return true;
}

std::vector<MeanFigure> means(const Experiment& experiment, std::size_t s, std::int64_t n, double confidence) {
  std::vector<MeanFigure> all;
  const auto& measures = experiment.measures(s);
  for (std::size_t m = 0; m < measures.size(); ++m) {
    if (!in_tables(measures[m])) continue;
    MeanFigure figure{measures[m].name, measure_interval(measures[m], experiment.values(s, m, n), confidence), false};
    if (figure.found.n == 0) continue;
    if (const std::string flag = at_least_flag(measures[m].name); measures[m].unit == "minutes" && !flag.empty())
      figure.at_least = any_bound(measures[m], experiment.values(s, flag, n));
    all.push_back(std::move(figure));
  }
  return all;
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

ReportRequest gather_report(const std::vector<const Model*>& models, std::uint64_t seed) {
  ReportRequest request;
  for (const Model* model : models) request.scenarios.push_back(in_detail(*model, *models.front(), seed, 1));
  return request;
}

ReportRequest gather_report(Experiment& experiment, const std::vector<std::size_t>& scenarios, std::int64_t n,
                            double confidence) {
  ReportRequest request;
  const std::size_t base = scenarios.front();
  request.detail = median_replication(experiment, base, n);
  request.detail.confidence = confidence;
  for (const std::size_t s : scenarios) {
    const Model& model = experiment.model(s);
    ReportedScenario scenario = in_detail(model, experiment.model(base), experiment.seed(),
                                          static_cast<std::uint64_t>(request.detail.replication));
    scenario.means = means(experiment, s, n, confidence);
    RunOptions options;
    options.seed = experiment.seed();
    for (std::int64_t r = 1; n > 1 && r <= std::min(n, band_of); ++r) {
      options.replication = static_cast<std::uint64_t>(r);
      scenario.queues.push_back(
          hourly_queues(r == request.detail.replication ? *scenario.results : simulate(model, options)));
    }
    request.scenarios.push_back(std::move(scenario));
  }
  return request;
}

ReportRequest gather_report(Experiment& experiment, std::size_t scenarios, std::int64_t n, double confidence) {
  std::vector<std::size_t> first(scenarios);
  std::iota(first.begin(), first.end(), 0);
  return gather_report(experiment, first, n, confidence);
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
