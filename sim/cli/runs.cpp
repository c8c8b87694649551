#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <limits>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/experiment_options.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "experiment/archive.hpp"
#include "metrics/mail_there.hpp"
#include "report/experiment_report.hpp"
#include "report/output_file.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

namespace mailflow::cli {

namespace {

namespace fs = std::filesystem;

std::map<std::uint64_t, Observation> all_replications(const Archive& archive, const KeptScenario& scenario,
                                                      std::uint64_t seed) {
  auto all = archive.replications(scenario.id, seed, 0, std::numeric_limits<std::uint64_t>::max());
  std::erase_if(all, [&](const auto& one) { return one.second.size() != scenario.record.measures.size(); });
  return all;
}

const KeptScenario& find(const std::vector<KeptScenario>& all, std::int64_t id, const std::string& archive) {
  std::vector<std::int64_t> ids;
  for (const KeptScenario& kept : all) {
    if (kept.id == id) return kept;
    ids.push_back(kept.id);
  }
  throw UnusableRequest(ids.empty() ? tr("there is no scenario {} in {}; it holds none yet", id, archive)
                                    : tr("there is no scenario {} in {}; it holds {}", id, archive,
                                         fmt::format("{}", fmt::join(ids, ", "))));
}

// --- the list

std::string list_text(const std::vector<KeptScenario>& all) {
  if (all.empty()) return tr("  nothing is kept yet\n");
  Columns table({tr("id"), tr("name"), tr("file"), tr("seed"), tr("replications"), tr("last used"), tr("program")});
  for (const KeptScenario& kept : all) {
    const ScenarioRecord& r = kept.record;
    const auto row = [&](const std::string& seed, std::int64_t n) {
      table.row(
          {std::to_string(kept.id), r.name, r.file, seed, grouped(static_cast<double>(n)), kept.last_used, r.program});
    };
    for (const auto& [seed, n] : kept.replications) row(std::to_string(seed), n);
    if (kept.replications.empty()) row("", 0);
  }
  return table.text();
}

// --- figures of one scenario, or of two

/// The measures to be shown: headlines, and those asked for; nothing where one asked for is not there.
std::vector<std::size_t> rows_of(const RunsRequest& request, const std::vector<Measure>& measures) {
  ExperimentRequest asked;
  asked.measures = request.measures;
  Problems problems;
  auto rows = chosen(asked, measures, problems);
  tell_problems(problems);
  if (problems.has_errors()) rows.clear();
  return rows;
}

/// The column of a measure; NaN throughout where the scenario has no such measure.
std::vector<double> column(const KeptScenario& scenario, const std::map<std::uint64_t, Observation>& replications,
                           const std::string& measure) {
  const auto& all = scenario.record.measures;
  const auto m = static_cast<std::size_t>(
      std::find_if(all.begin(), all.end(), [&](const Measure& x) { return x.name == measure; }) - all.begin());
  std::vector<double> values;
  for (const auto& [number, observation] : replications)
    values.push_back(m < all.size() ? observation[m] : std::numeric_limits<double>::quiet_NaN());
  return values;
}

/// Only replications that all the scenarios have count, so that they are pairs.
ExperimentReport report_of(const Archive& archive, const std::vector<KeptScenario>& scenarios, std::uint64_t seed,
                           const std::vector<std::size_t>& rows) {
  ExperimentReport report;
  report.seed = seed;
  std::vector<std::map<std::uint64_t, Observation>> found;
  for (const KeptScenario& kept : scenarios) {
    found.push_back(all_replications(archive, kept, seed));
    report.scenarios.push_back(fmt::format("{} ({})", kept.record.name, kept.id));
    report.shown.push_back(report.scenarios.back());
    report.files.push_back(kept.record.file);
  }
  for (auto& one : found)
    std::erase_if(one, [&](const auto& replication) {
      return std::any_of(found.begin(), found.end(), [&](const auto& f) { return !f.contains(replication.first); });
    });
  report.replications = static_cast<std::int64_t>(found[0].size());
  for (const std::size_t row : rows) {
    MeasureReport m;
    m.measure = scenarios[0].record.measures[row];
    for (std::size_t s = 0; s < scenarios.size(); ++s) {
      m.values.push_back(column(scenarios[s], found[s], m.measure.name));
      m.at_least.push_back(any_bound(m.measure, column(scenarios[s], found[s], at_least_flag(m.measure.name))));
      m.found.push_back(measure_interval(m.measure, m.values[s], report.confidence));
      m.to_base.push_back(s == 0 ? Difference{}
                                 : difference(m.measure.better, m.values[0], m.values[s], report.confidence, 0));
      if (const std::string mail = mail_there(m.measure.name); s > 0 && !mail.empty())
        weigh_mail(m.to_base[s], column(scenarios[0], found[0], mail), column(scenarios[s], found[s], mail));
    }
    report.measures.push_back(std::move(m));
  }
  compare_all(report);
  return report;
}

int show(const RunsRequest& request, const Archive& archive) {
  const KeptScenario kept = find(archive.scenarios(), request.ids.at(0), request.archive);
  const auto rows = rows_of(request, kept.record.measures);
  if (rows.empty() && !request.measures.empty()) return invalid_input;
  std::string text;
  for (const auto& [seed, n] : kept.replications)
    text += (text.empty() ? "" : "\n") + replications_text(report_of(archive, {kept}, seed, rows));
  if (text.empty()) text = tr("  no replication of scenario {} is kept yet\n", kept.id);
  say_text(text);
  return 0;
}

int compare(const RunsRequest& request, const Archive& archive) {
  const auto all = archive.scenarios();
  const KeptScenario& base = find(all, request.ids.at(0), request.archive);
  const KeptScenario& alternative = find(all, request.ids.at(1), request.archive);
  const auto rows = rows_of(request, base.record.measures);
  if (rows.empty() && !request.measures.empty()) return invalid_input;
  std::string text;
  for (const auto& [seed, n] : base.replications) {
    if (!alternative.replications.contains(seed)) continue;
    const ExperimentReport report = report_of(archive, {base, alternative}, seed, rows);
    if (report.replications > 0) text += (text.empty() ? "" : "\n") + comparison_text(report);
  }
  if (text.empty())
    throw UnusableRequest(
        tr("scenarios {} and {} have no replication with the same seed and number; only such are "
           "compared: run both with one --seed",
           base.id, alternative.id));
  say_text(text);
  return 0;
}

// --- export

/// Calls row(scenario, seed, replication, measure, value) for every figure.
template <class Row>
void each_figure(const Archive& archive, const Row& row) {
  for (const KeptScenario& kept : archive.scenarios())
    for (const auto& [seed, n] : kept.replications)
      for (const auto& [replication, values] : all_replications(archive, kept, seed))
        for (std::size_t m = 0; m < values.size(); ++m)
          row(kept.id, seed, replication, kept.record.measures[m].name, values[m]);
}

void write_csv(const Archive& archive, std::ostream& out) {
  out << "scenario,seed,replication,measure,value\n";
  each_figure(archive, [&](auto id, auto seed, auto replication, const std::string& measure, double value) {
    out << fmt::format("{},{},{},{},{}\n", id, seed, replication, csv_value(measure),
                       std::isfinite(value) ? fmt::format("{}", value) : "");
  });
}

void write_json(const Archive& archive, std::ostream& out) {
  const char* before = "[\n";
  each_figure(archive, [&](auto id, auto seed, auto replication, const std::string& measure, double value) {
    out << before
        << fmt::format(R"({{"scenario":{},"seed":{},"replication":{},"measure":{},"value":{}}})", id, seed, replication,
                       nlohmann::json(measure).dump(), std::isfinite(value) ? fmt::format("{}", value) : "null");
    before = ",\n";
  });
  out << (*before == '[' ? "[]\n" : "\n]\n");
}

int export_figures(const RunsRequest& request, const Archive& archive) {
  const auto write = request.format == "json" ? write_json : write_csv;
  if (request.out.empty() || request.out == "-") {
    write(archive, std::cout);
    std::cout.flush();
    if (!std::cout) throw OutputFailure(tr("the figures cannot be written: is the disk full?"));
    return 0;
  }
  std::error_code error;
  if (fs::is_directory(request.out, error))
    throw UnusableRequest(tr("{} is a folder; --out takes a file", request.out));
  if (fs::equivalent(request.out, request.archive, error))
    throw UnusableRequest(tr("{} is the archive itself; --out takes another file", request.out));
  OutputFile out(request.out);
  write(archive, out.stream());
  out.keep();
  return 0;
}

int act(const RunsRequest& request) {
  const Archive archive(request.archive, ArchiveUse::read);
  if (request.action == "show") return show(request, archive);
  if (request.action == "compare") return compare(request, archive);
  if (request.action == "export") return export_figures(request, archive);
  say_text(list_text(archive.scenarios()));
  return 0;
}

}  // namespace

int runs_command(const RunsRequest& request) {
  return guarded({.archive = ArchiveUse::read}, [&] { return act(request); });
}

}  // namespace mailflow::cli
