// mailflow report: the report of results that --out kept. A run is a pure function of model, seed and replication, so
// the results are run again to see what they do not hold (journeys, who was where), and must come out the same.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/experiment_options.hpp"
#include "cli/report.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "experiment/executor.hpp"
#include "experiment/experiment.hpp"
#include "metrics/measure.hpp"
#include "report/output_folder.hpp"
#include "report/result_tables.hpp"
#include "report/results_json.hpp"
#include "report/results_kind.hpp"
#include "report/table.hpp"
#include "scenario/files/files_read.hpp"
#include "scenario/load.hpp"

namespace mailflow::cli {

namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) {
  std::error_code unknown;
  return fs::exists(path, unknown);
}

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw UnusableInput(tr("{} is not there, or may not be read", path.string()));
  note_read(path.string());
  try {
    return {std::istreambuf_iterator<char>(in), {}};
  } catch (const std::ios_base::failure&) {
    throw UnusableInput(tr("{} cannot be read", path.string()));
  }
}

/// What a folder holds, and the models that it is of.
struct Kept {
  std::string folder;
  std::string experiment;  ///< experiment.json; empty: one run
  std::uint64_t seed = 1;
  std::int64_t replications = 1;
  double confidence = 0.95;
  std::vector<std::shared_ptr<Model>> models;
  std::vector<std::string> names;  ///< of an experiment's scenarios, as its files have them
};

std::string none_of_ours(const fs::path& path) {
  return tr("{} is not a file of results of this program", path.string());
}

/// What is in a file of results is none of ours.
struct WrongShape {};

constexpr std::uint64_t most_replications = 1'000'000;
constexpr std::uint64_t most_days = 36'600;

/// A whole number of a file of results, no more than `most`.
std::uint64_t whole_number(const nlohmann::json& json, const char* key, std::uint64_t most) {
  const nlohmann::json& value = json.at(key);
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > most) throw WrongShape();
  return value.get<std::uint64_t>();
}

/// Holds that an experiment has scenarios, and every measure a place for each of them.
void hold_shape(const nlohmann::json& json, const std::string& text) {
  const nlohmann::json& scenarios = json.at("scenarios");
  if (!scenarios.is_array() || scenarios.empty() || !json.at("confidence").is_number()) throw WrongShape();
  if (!json.at("measures").is_object()) throw WrongShape();
  for (const nlohmann::json& measure : json.at("measures"))
    if (!measure.at("scenarios").is_array() || measure.at("scenarios").size() != scenarios.size()) throw WrongShape();
  measures_table(text);
}

nlohmann::json read_json(const fs::path& path) {
  nlohmann::json json = nlohmann::json::parse(text_of(path), nullptr, false);
  if (!json.is_object() || !json.contains("format") || json.at("format") != 1) throw UnusableInput(none_of_ours(path));
  return json;
}

std::unique_ptr<Model> load(const std::string& file, const LoadOptions& options, const std::string& folder) {
  Problems problems;
  auto model = load_model(file, options, problems);
  if (model) return std::make_unique<Model>(std::move(*model));
  std::fputs(problems.text().c_str(), stderr);
  throw UnusableInput(
      tr("{} was made from {}, which cannot be run from here; go to the folder it was run in", folder, file));
}

std::string changed(const std::string& folder, const std::string& file) {
  return tr(
      "{} does not hold what {} gives now: the scenario, its data or the program has changed since; run it again with "
      "--out {}",
      folder, file, folder);
}

Kept read_run(const std::string& folder, const std::string& data_dir) {
  const nlohmann::json json = read_json(fs::path(folder) / "results.json");
  Kept kept;
  kept.folder = folder;
  kept.seed = whole_number(json.at("run"), "seed", std::numeric_limits<std::uint64_t>::max());
  const std::string file = json.at("scenario").at("file");
  LoadOptions options{.data_dir = data_dir, .seed = kept.seed};
  if (const nlohmann::json& state = json.at("scenario").at("from_state"); state.is_string()) options.from_state = state;
  auto model = load(file, options, folder);
  const std::string to = json.at("run").at("to");
  for (std::size_t d = 1; d < model->midnights.size(); ++d)
    if (model->midnights[d] < model->end && model->calendar().text_with_offset(model->midnights[d]) == to)
      options.until_day = static_cast<int>(d);
  if (options.until_day) model = load(file, options, folder);
  kept.models.push_back(std::move(model));
  return kept;
}

Kept read_experiment(const std::string& folder, const std::string& data_dir) {
  Kept kept;
  kept.folder = folder;
  const fs::path path = fs::path(folder) / "experiment.json";
  const nlohmann::json json = read_json(path);
  kept.experiment = text_of(path);
  hold_shape(json, kept.experiment);
  kept.seed = whole_number(json, "seed", std::numeric_limits<std::uint64_t>::max());
  kept.confidence = json.at("confidence");
  if (!(kept.confidence > 0 && kept.confidence < 1)) throw WrongShape();
  kept.replications = static_cast<std::int64_t>(whole_number(json, "replications", most_replications));
  LoadOptions options{.data_dir = data_dir, .seed = kept.seed};
  if (!json.at("until_day").is_null()) options.until_day = static_cast<int>(whole_number(json, "until_day", most_days));
  const double minutes = json.at("warm_up_minutes");
  for (const nlohmann::json& scenario : json.at("scenarios")) {
    kept.names.push_back(scenario.at("name"));
    kept.models.push_back(load(scenario.at("file"), options, folder));
    Model& model = *kept.models.back();
    if (in_minutes(model.warm_up) == minutes) continue;
    if (!(minutes >= 0 && minutes < in_minutes(model.end))) throw WrongShape();
    model.warm_up = static_cast<Ticks>(minutes * static_cast<double>(minute));
  }
  return kept;
}

/// Throws where a table of the folder is there with other rows than the results beside it have.
void hold_tables(const std::string& folder, const char* results, const std::vector<Table>& tables) {
  for (const auto& [name, text] : csv_files(tables))
    if (const fs::path path = fs::path(folder) / name; is_there(path) && text_of(path) != text)
      throw UnusableInput(
          tr("{} is not of the run that {} is of: a table of another run, or one changed since; run it again "
             "with --out {}",
             path.string(), (fs::path(folder) / results).string(), folder));
}

/// Each figure of the replication in detail as replications.csv has it.
void hold_experiment(const Kept& kept, const ReportRequest& request) {
  const std::string rows = "\n" + text_of(fs::path(kept.folder) / "replications.csv");
  for (std::size_t i = 0; i < request.scenarios.size(); ++i) {
    const ReportedScenario& s = request.scenarios[i];
    bool held = false;
    const auto measures = measures_of(*s.model);
    const auto values = observe(*s.model, *s.results);
    for (std::size_t m = 0; m < measures.size(); ++m) {
      Table table("replications", "");
      table.row(kept.names[i], request.detail.replication, measures[m].name, values[m]);
      const std::string row = table.csv();
      const std::string start = row.substr(0, row.rfind(',') + 1);  // with the line end of the empty header
      if (rows.find(start) == std::string::npos) continue;
      if (rows.find(row) == std::string::npos) throw UnusableInput(changed(kept.folder, s.model->file));
      held = true;
    }
    if (!held) throw UnusableInput(tr("{} lacks the figures of {}", kept.folder + "/replications.csv", kept.names[i]));
  }
  hold_tables(kept.folder, "experiment.json", {measures_table(kept.experiment)});
}

void hold_run(const Kept& kept, const ReportedScenario& scenario) {
  if (results_json(*scenario.model, *scenario.results) != text_of(fs::path(kept.folder) / "results.json"))
    throw UnusableInput(changed(kept.folder, scenario.model->file));
  hold_tables(kept.folder, "results.json", result_tables(*scenario.model, *scenario.results));
}

Kept read(const std::string& folder, const std::string& data_dir) {
  if (const std::string mixed = mixture(folder); !mixed.empty()) throw UnusableInput(mixed);
  for (const auto& [name, reads] :
       {std::pair<const char*, Kept (*)(const std::string&, const std::string&)>("experiment.json", &read_experiment),
        std::pair<const char*, Kept (*)(const std::string&, const std::string&)>("results.json", &read_run)}) {
    const fs::path path = fs::path(folder) / name;
    if (!is_there(path)) continue;
    const std::string kind = results_kind(path.string());
    if (kind == words_of(ResultsKind::network)) throw UnusableInput(tr("{} holds {}", folder, kind));
    try {
      return reads(folder, data_dir);
    } catch (const nlohmann::json::exception&) {
      throw UnusableInput(none_of_ours(path));
    } catch (const WrongShape&) {
      throw UnusableInput(none_of_ours(path));
    }
  }
  if (is_there(folder) && !is_folder(folder))
    throw UnusableInput(
        tr("{0} is a file; report takes folders that --out made. For a scenario: mailflow run {0} --report report.html",
           folder));
  if (const std::string kind = results_kind_in(folder); !kind.empty())
    throw UnusableInput(tr("{} holds {}", folder, kind));
  throw UnusableInput(
      tr("{} holds neither results.json nor experiment.json; report takes a folder that --out made", folder));
}

ReportRequest gather(const std::vector<Kept>& all) {
  if (all.size() == 1 && !all[0].experiment.empty()) {
    const Kept& kept = all[0];
    const auto executor = thread_executor(0);
    Experiment experiment(*executor, nullptr, kept.seed, {});
    std::vector<std::size_t> scenarios;
    for (std::size_t s = 0; s < kept.models.size(); ++s)
      scenarios.push_back(experiment.add(kept.names[s], kept.models[s], ""));
    experiment.extend(scenarios, kept.replications);
    ReportRequest request = gather_report(experiment, scenarios.size(), kept.replications, kept.confidence);
    request.experiment = kept.experiment;
    hold_experiment(kept, request);
    return request;
  }
  std::vector<const Model*> models;
  for (const Kept& kept : all) {
    if (!kept.experiment.empty())
      throw UnusableInput(
          tr("{} holds an experiment, which is reported by itself; several folders must be runs", kept.folder));
    if (kept.seed != all[0].seed)
      throw UnusableInput(
          tr("{} was run with another seed than {}; runs side by side need the same", kept.folder, all[0].folder));
    models.push_back(kept.models[0].get());
  }
  ReportRequest request = gather_report(models, all[0].seed);
  for (std::size_t i = 0; i < all.size(); ++i) hold_run(all[i], request.scenarios[i]);
  return request;
}

}  // namespace

int report_command(const ReportCommandRequest& request) {
  if (!request.since.empty()) return since_command(request);
  return guarded({.failed = tr_later("the report failed: ")}, [&] {
    if (request.results.empty())
      throw UnusableRequest(
          tr("report lacks results: folders that --out made; or --since with --archive and --actuals"));
    const std::string format = request.format.empty() ? "html" : request.format;
    const std::string file = !request.out.empty() ? request.out : format == "csv" ? "report-csv" : "report." + format;
    check_report(file, request.format);
    std::vector<Kept> all;
    for (const std::string& folder : request.results) all.push_back(read(folder, request.data_dir));
    write_report(file, report_format(file, request.format), gather(all));
    if (file != "-") say("{}", tr("The report is {}\n", file));
    return success;
  });
}

}  // namespace mailflow::cli
