#include "cli/report.hpp"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "centre/simulate.hpp"
#include "report/output_folder.hpp"
#include "report/report_page.hpp"
#include "scenario/difference_text.hpp"
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

/// What differs from the base, a line each.
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
    if (const auto from = line.find_first_not_of(' '); from != std::string::npos) lines.push_back(line.substr(from));
  if (!lines.empty()) lines.pop_back();  // how many
  return lines;
}

}  // namespace

void check_report(const std::string& file) {
  if (file.empty()) return;
  if (fs::is_directory(file)) throw OutputFailure(file + " is a folder; --report takes a file");
  check_folder(folder_of(file));
}

void write_report(const std::string& file, const std::vector<const Model*>& models, std::uint64_t seed,
                  std::int64_t replications, const std::string& experiment, const std::string& language) {
  std::vector<Results> results;
  results.reserve(models.size());
  ReportRequest request;
  request.experiment = experiment;
  request.language = language;
  for (const Model* model : models) {
    RunRecorder recorder(*model);
    RunOptions options;
    options.seed = seed;
    options.events = &recorder;
    results.push_back(simulate(*model, options));
    ReportedScenario scenario;
    scenario.model = model;
    scenario.results = &results.back();
    scenario.record = recorder.record();
    scenario.text = scenario_text(model->file);
    if (model != models.front()) scenario.changes = changes(models.front()->file, model->file);
    options.events = nullptr;
    for (std::int64_t r = 1; replications > 1 && r <= std::min(replications, band_of); ++r) {
      options.replication = static_cast<std::uint64_t>(r);
      scenario.queues.push_back(hourly_queues(r == 1 ? results.back() : simulate(*model, options)));
    }
    request.scenarios.push_back(std::move(scenario));
  }
  write_folder(folder_of(file), {{fs::path(file).filename().string(), report_page(request)}});
}

}  // namespace mailflow::cli
