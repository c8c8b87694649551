#include "studio/replicating.hpp"

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>

#include "experiment/archive.hpp"
#include "experiment/experiment.hpp"
#include "findings/experiment_findings.hpp"
#include "findings/gather_report.hpp"
#include "report/report_page.hpp"
#include "report/temporary.hpp"
#include "report/text.hpp"
#include "scenario/load.hpp"
#include "scenario/what_if.hpp"
#include "studio/answers.hpp"

namespace mailflow::studio {

namespace {

/// After how many replications figures are told: 1, 2, 3, 4, 6, 8, 12, ... and at the end.
std::int64_t next_step(std::int64_t n, std::int64_t most) {
  const std::int64_t step = n < 4 ? 1 : n < 8 ? 2 : n < 24 ? 4 : n / 4;
  return std::min(n + step, most);
}

std::shared_ptr<const Model> load(const JobScenario& scenario, const std::string& data_dir) {
  LoadOptions options;
  options.data_dir = data_dir;
  options.set = scenario.set;
  Problems problems;
  auto model = load_model(scenario.path, options, problems);
  if (!model) throw UnusableScenario(tr("{} cannot be run", scenario.path), problems);
  return std::make_shared<const Model>(std::move(*model));
}

/// As it is shown: what it is called, and what is changed on top of it.
Label shown_label(const Model& model, const Changes& set) {
  return in_both_languages([&] {
    std::string words = shown_name(model);
    for (const auto& [path, value] : set) words.append(", ").append(path).append(" ").append(value);
    return words;
  });
}

std::optional<Node> tree_of(const JobScenario& scenario) {
  LoadOptions options;
  options.set = scenario.set;
  Problems ignored;
  return read_scenario_with(scenario.path, options, ignored);
}

ReportRequest report_of_job(const JobAsked& asked, Experiment& experiment, const std::string& experiment_json) {
  std::vector<std::size_t> all(asked.scenarios.size());
  std::iota(all.begin(), all.end(), 0);
  ReportRequest request = gather_report(experiment, all, asked.replications, confidence);
  request.experiment = experiment_json;
  const auto base = tree_of(asked.scenarios.front());
  for (std::size_t s = 1; s < asked.scenarios.size(); ++s) {
    const JobScenario& scenario = asked.scenarios[s];
    if (scenario.set.empty() && asked.scenarios.front().set.empty()) continue;
    const auto tree = tree_of(scenario);
    if (!base || !tree) continue;
    request.scenarios[s].called = shown_label(experiment.model(s), scenario.set);
    const auto words = [&] { return changes_in_words(*base, *tree, asked.scenarios.front().path, scenario.path); };
    const Speaks english(Language::en);
    request.scenarios[s].changes.en = words();
    const Speaks french(Language::fr);
    request.scenarios[s].changes.fr = words();
  }
  return request;
}

}  // namespace

void replicate_scenarios(const JobAsked& asked, const JobEvents& events, const std::string& archive_file,
                         const std::string& data_dir, const std::atomic<bool>& stop) {
  const Speaks speaks(asked.language);
  std::vector<std::shared_ptr<const Model>> models;
  std::vector<std::string> texts;
  Json labels = Json::array();
  for (const JobScenario& scenario : asked.scenarios) {
    models.push_back(load(scenario, data_dir));
    texts.push_back(bytes_of(scenario.path));
    labels.push_back(label_json_of(shown_label(*models.back(), scenario.set)));
  }
  events.loaded(labels, texts);
  Archive archive(archive_file);
  const auto executor = thread_executor(0);
  Experiment experiment(*executor, &archive, models.front()->seed,
                        [&](const ExperimentProgress& now) { events.counted(now.done, now.found); });
  experiment.stop_at(&stop);
  std::vector<std::size_t> all;
  for (std::size_t s = 0; s < models.size(); ++s)
    all.push_back(experiment.add(shown_label(*models[s], asked.scenarios[s].set).en, models[s],
                                 scenario_text(asked.scenarios[s].path)));
  for (std::int64_t n = 0; n < asked.replications;) {
    n = next_step(n, asked.replications);
    experiment.extend(all, n);
    events.figures(figures_json(experiment, n));
  }
  events.reporting();
  ReportOptions options;
  options.confidence = confidence;
  const auto files = experiment_files(report_of(experiment, headline_rows(experiment), asked.replications, options));
  const std::string& found = files.at("experiment.json");
  const ReportRequest report = report_of_job(asked, experiment, found);
  events.reported(report_json(report), found, report.detail.replication);
}

}  // namespace mailflow::studio
