#include "findings/gather_report.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>

#include "centre/simulate.hpp"
#include "core/words.hpp"
#include "metrics/measure.hpp"
#include "scenario/assumptions.hpp"
#include "scenario/difference/difference_text.hpp"
#include "scenario/load.hpp"
#include "scenario/what_if.hpp"

namespace mailflow {

namespace {

/// Replications whose queues make the band.
constexpr std::int64_t band_of = 20;

/// What differs from the base, a line each, in the language spoken.
std::vector<std::string> changes(const std::string& base, const std::string& alternative) {
  Problems problems;
  const auto a = read_scenario(base, problems);
  const auto b = read_scenario(alternative, problems);
  return a && b ? changes_in_words(*a, *b, base, alternative) : std::vector<std::string>();
}

/// One run of a scenario, with what a page shows of it alone.
ReportedScenario in_detail(const Model& model, const Model& base, std::uint64_t seed, std::uint64_t replication,
                           const std::atomic<bool>* stop = nullptr) {
  RunRecorder recorder(model);
  RunOptions options;
  options.seed = seed;
  options.replication = replication;
  options.events = &recorder;
  options.progress = stops_at(stop);
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

}  // namespace

std::vector<std::string> changes_in_words(const Node& a, const Node& b, const std::string& name_of_a,
                                          const std::string& name_of_b) {
  std::vector<std::string> lines;
  std::istringstream text(difference_text(a, b, name_of_a, name_of_b));
  std::string line;
  std::getline(text, line);  // from -> to
  while (std::getline(text, line))
    if (const auto from = line.find_first_not_of(' '); from != std::string::npos && from > 2)
      lines.push_back(line.substr(from));
  return lines;
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
                                          static_cast<std::uint64_t>(request.detail.replication), experiment.stop());
    scenario.means = means(experiment, s, n, confidence);
    RunOptions options;
    options.seed = experiment.seed();
    options.progress = stops_at(experiment.stop());
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

}  // namespace mailflow
