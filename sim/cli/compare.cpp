#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/experiment_options.hpp"
#include "cli/report.hpp"
#include "core/words.hpp"
#include "experiment/selection.hpp"
#include "metrics/targets.hpp"
#include "report/output_folder.hpp"

namespace mailflow::cli {

namespace {

/// Replications of each scenario that are run when nothing else is asked for.
constexpr std::int64_t usual_replications = 30;

/// With --judge: whether a target of the last scenario is missed with confidence.
bool missed(const ExperimentSetup& setup, const ExperimentReport& report) {
  const std::size_t s = report.scenarios.size() - 1;
  for (const MeasureReport& m : report.measures) {
    if (m.measure.target == none || m.measure.kind == Measure::Kind::days) continue;
    const Target& target = setup.model(s).targets[m.measure.target];
    if (m.found[s].n > 0 && !meets(target, target.at_least ? m.found[s].high : m.found[s].low)) return true;
  }
  return false;
}

/// --best: which scenario is the best, to the stated probability.
int choose(ExperimentSetup& setup, const ExperimentRequest& request, Problems& problems) {
  Experiment& experiment = setup.experiment();
  const auto& all = experiment.measures(0);
  const auto precision = read_precision(request.best, all, "--best", problems);
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Measure& m) { return precision && m.name == precision->measure; });
  if (found != all.end() && found->better == Better::neither)
    problems.error({}, tr("{} has no better side", found->name), tr("choose by another measure"));
  if (precision && precision->relative)
    problems.error({}, tr("--best takes the least difference worth having in {}, not relative", found->unit));
  if (setup.leads()) tell_problems(problems);
  if (problems.has_errors()) return invalid_input;
  std::vector<std::size_t> scenarios(experiment.scenarios());
  std::iota(scenarios.begin(), scenarios.end(), 0);
  SelectionOptions options;
  options.confidence = request.confidence / 100;
  options.indifference = precision->half_width;
  options.first = request.least;
  options.most = std::max(request.most, request.least);
  const Measure& measure = *found;
  const Selection selection = select_best(experiment, scenarios, measure, options);
  setup.clear_progress();
  std::vector<std::string> names;
  for (const std::size_t s : scenarios) names.push_back(experiment.name(s));
  SelectionReport report{names,
                         measure,
                         setup.model(0).currency,
                         options.confidence,
                         options.indifference,
                         selection.best,
                         selection.certain,
                         selection.runs,
                         selection.dropped_at,
                         selection.mean,
                         setup.seed(),
                         {}};
  for (const std::size_t s : scenarios) {
    const std::int64_t n = selection.dropped_at[s] > 0 ? selection.dropped_at[s] : selection.replications;
    report.at_least.push_back(any_bound(measure, experiment.values(s, at_least_flag(measure.name), n)));
  }
  if (!setup.leads()) return 0;
  if (!request.out.empty()) write_folder(request.out, selection_files(report));
  if (!request.quiet)
    for (const std::size_t s : scenarios) setup.print(standstills_text(experiment, s, experiment.available(s)));
  if (!request.quiet) setup.print(selection_text(report));
  if (!request.quiet && !request.out.empty()) setup.print(tr("\n  Figures are in {}\n", request.out));
  return 0;
}

int experiment(const ExperimentRequest& request, bool compares) {
  check_report(request.report);
  ExperimentSetup setup(request);
  Problems problems;
  const bool loaded = setup.load(problems);
  std::vector<std::size_t> measures;
  Stopping stopping;
  if (loaded) {
    const auto& all = setup.experiment().measures(0);
    measures = chosen(request, all, problems);
    stopping = stopping_of(request, all, usual_replications, problems);
    for (const std::string& text : request.worth) read_precision(text, all, "--worth", problems);
  }
  if (setup.leads()) tell_problems(problems, request.quiet);
  if (problems.has_errors()) return invalid_input;
  check_report(request.report);  // against what has been read by now
  if (!request.out.empty()) {
    check_not_read(request.out, {"experiment.json", "measures.csv", "replications.csv"});
    check_results(request.out, request.best.empty() ? ResultsKind::experiment : ResultsKind::choice);
    if (setup.leads()) make_folder(request.out);
  }
  if (!request.best.empty()) return choose(setup, request, problems);
  std::vector<std::size_t> scenarios(setup.experiment().scenarios());
  std::iota(scenarios.begin(), scenarios.end(), 0);
  const std::int64_t n = replicate(setup.experiment(), scenarios, stopping, compares);
  setup.clear_progress();
  const ExperimentReport report = report_of(setup, request, measures, n, problems);
  if (!setup.leads()) return 0;
  const auto files = experiment_files(report);
  if (!request.out.empty()) write_folder(request.out, files);
  if (!request.report.empty()) {
    ReportRequest page = gather_report(setup.experiment(), scenarios.size(), n, report.confidence);
    page.experiment = files.at("experiment.json");
    write_report(request.report, report_format(request.report, ""), page);
  }
  if (!request.quiet)
    for (const StoodStill& still : report.stood_still) setup.print(still.words);
  if (!request.quiet) setup.print(compares ? comparison_text(report) : replications_text(report));
  if (!request.quiet && !request.out.empty()) setup.print(tr("\n  Figures are in {}\n", request.out));
  if (!request.quiet && !request.report.empty()) setup.print(tr("\n  The report is {}\n", request.report));
  return request.judge && missed(setup, report) ? target_missed : success;
}

}  // namespace

int compare_command(const ExperimentRequest& request) {
  return guarded_ranks({}, [&](const MpiSession&) -> int { return experiment(request, true); });
}

int replicate_command(const ExperimentRequest& request) {
  return guarded_ranks({}, [&](const MpiSession&) -> int { return experiment(request, false); });
}

}  // namespace mailflow::cli
