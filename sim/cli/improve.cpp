// sensitivity, targets and sweep: experiments that make their own alternatives.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/experiment_options.hpp"
#include "cli/report.hpp"
#include "core/words.hpp"
#include "experiment/capacity.hpp"
#include "experiment/moves.hpp"
#include "experiment/sweep.hpp"
#include "report/improvements.hpp"
#include "report/output_folder.hpp"
#include "report/text.hpp"
#include "scenario/load.hpp"

namespace mailflow::cli {

namespace {

/// Prints what is wrong; whether nothing can be run.
bool hopeless(const ExperimentRequest& request, const ExperimentSetup& setup, const Problems& problems) {
  if (setup.leads()) tell_problems(problems, request.quiet);
  return problems.has_errors();
}

/// Finds before the runs what cannot be written after them.
void ready_outputs(const ExperimentRequest& request, const ExperimentSetup& setup, ResultsKind kind) {
  check_report(request.report);
  if (request.out.empty()) return;
  check_results(request.out, kind);
  if (setup.leads()) make_folder(request.out);
  check_not_read(request.out, telling_files(kind));
}

/// --report: the page of the scenarios with what was found on top.
void report(const ExperimentRequest& request, ExperimentSetup& setup, std::size_t scenarios, std::int64_t n,
            const std::string& sensitivity, const std::string& targets) {
  if (request.report.empty()) return;
  std::vector<std::size_t> shown(scenarios);
  std::iota(shown.begin(), shown.end(), 0);
  setup.experiment().extend(shown, n);
  if (!setup.leads()) return;
  ReportRequest page = gather_report(setup.experiment(), scenarios, n, request.confidence / 100);
  page.sensitivity = sensitivity;
  page.targets = targets;
  write_report(request.report, report_format(request.report, ""), page);
  if (!request.quiet) setup.print(tr("\n  The report is {}\n", request.report));
}

void finish(const ExperimentRequest& request, const ExperimentSetup& setup, const std::string& text,
            const std::string& file, const std::string& csv) {
  if (!setup.leads()) return;
  if (!request.out.empty()) write_folder(request.out, {{file, csv}});
  if (!request.quiet) setup.print(text);
  if (!request.quiet && !request.out.empty()) setup.print(tr("\n  The table is in {}/{}\n", request.out, file));
}

std::vector<std::size_t> all_of(const Experiment& experiment) {
  std::vector<std::size_t> scenarios(experiment.scenarios());
  std::iota(scenarios.begin(), scenarios.end(), 0);
  return scenarios;
}

/// Said before all else; of many scenarios for the first few.
void tell_standstills(const ExperimentRequest& request, const ExperimentSetup& setup,
                      const std::vector<std::size_t>& scenarios, std::int64_t n) {
  constexpr std::size_t most = 3;
  if (request.quiet || !setup.leads()) return;
  std::size_t still = 0;
  for (const std::size_t s : scenarios) {
    const std::string text = standstills_text(setup.experiment(), s, n);
    if (!text.empty() && ++still <= most) setup.print(text);
  }
  if (still > most) setup.print(tr("and at {} more points stations stand still\n\n", still - most));
}

SensitivityReport sensitivity(ExperimentSetup& setup, const ExperimentRequest& request, const std::vector<Move>& moves,
                              std::int64_t n) {
  Experiment& experiment = setup.experiment();
  const Model& model = setup.model(0);
  SensitivityReport report;
  report.scenario = shown_name(model);
  report.currency = model.currency;
  report.replications = n;
  report.confidence = request.confidence / 100;
  report.days = static_cast<double>(model.end - model.warm_up) / static_cast<double>(day);
  std::vector<std::size_t> rows;
  const auto& all = experiment.measures(0);
  for (std::size_t m = 0; m < all.size(); ++m) {
    if (all[m].target == none || all[m].kind != Measure::Kind::mean) continue;
    rows.push_back(m);
    report.targets.push_back(all[m]);
    const Target& target = model.targets[all[m].target];
    report.wanted.push_back({target.bound, target.at_least, wanted_of(model, target)});
    report.now.push_back(measure_interval(all[m], experiment.values(0, m, n), report.confidence));
    report.at_least.push_back(any_bound(all[m], experiment.values(0, at_least_flag(all[m].name), n)));
  }
  const auto judged = [&](const Measure& measure, std::size_t s) {
    return difference(measure.better, experiment.values(0, measure.name, n), experiment.values(s, measure.name, n),
                      report.confidence, 0);
  };
  const auto cost = std::find_if(all.begin(), all.end(), [](const Measure& m) { return m.name == "cost"; });
  report.cost_now = mean_interval(experiment.values(0, "cost", n), report.confidence).estimate;
  const Speaks french(Language::fr);
  const std::vector<Move> in_french = standard_moves(model);
  for (std::size_t k = 0; k < moves.size(); ++k) {
    MoveReport move{{in_french[k].subject, moves[k].subject},
                    {in_french[k].change, moves[k].change},
                    moves[k].of_volume,
                    {},
                    judged(*cost, k + 1)};
    for (const Measure& measure : report.targets) move.targets.push_back(judged(measure, k + 1));
    report.moves.push_back(std::move(move));
  }
  for (std::size_t t = 0; t < report.targets.size(); ++t) {
    std::vector<Difference*> family;
    for (MoveReport& move : report.moves) family.push_back(&move.targets[t]);
    judge_together(family, report.confidence);
  }
  return report;
}

std::string binds_text(const Model& model, const Binding& binds) {
  if (binds.departure != none) {
    const Departure& departure = model.departures[binds.departure];
    return tr("{}: full vehicles", name_of(departure.label, departure.name));
  }
  if (binds.station == none) return "";
  const Station& station = model.stations[binds.station];
  const std::string where = name_of(station.label, station.name);
  switch (binds.cause) {
    case Cause::waiting_for_staff:
      return tr("{}: staff", where);
    case Cause::customs_hold:
      return tr("{}: time held", where);
    case Cause::closed:
      return tr("{}: opening hours", where);
    case Cause::breakdown:
      return tr("{}: breakdowns", where);
    case Cause::filling:
      return tr("{}: bags not full", where);
    case Cause::waiting_for_departure:
      return tr("{}: no departure", where);
    default:
      return tr("{}: machine or positions", where);
  }
}

TargetReport told(const Model& model, const std::vector<Measure>& measures, const TargetCapacity& c) {
  TargetReport t;
  const Target& target = model.targets[c.target];
  for (const Measure& m : measures)
    if (m.target == c.target && m.kind == Measure::Kind::mean) t.measure = m;
  t.wanted = wanted_of(model, target);
  t.now = c.now;
  t.days = c.days;
  t.missed = c.missed;
  t.met = c.met;
  t.nothing = c.nothing;
  t.easier = c.easier;
  t.factor = c.factor;
  t.low = c.low;
  t.high = c.high;
  t.binds = in_both_languages([&] { return binds_text(model, c.binds); });
  if (c.no_volume) return t;
  t.carries = in_both_languages([&]() -> std::string {
    if (c.more_than_most)
      return c.at_no_volume ? tr("at no volume") : c.easier ? tr("not even at 400 %") : tr("more than 400 %");
    if (c.less_than_least) return c.easier ? tr("from below 5 %") : tr("not even 5 %");
    return c.easier ? tr("from {:.0f} %", 100 * c.factor) : fmt::format("{:.0f} %", 100 * c.factor);
  });
  if (!c.more_than_most && !c.less_than_least && std::isfinite(c.low))
    t.interval = in_both_languages([&] { return tr("{:.0f} to {:.0f} %", 100 * c.low, 100 * c.high); });
  return t;
}

}  // namespace

int sensitivity_command(const ExperimentRequest& request, std::size_t most) {
  return guarded_ranks({}, [&](const MpiSession&) -> int {
    check_report(request.report);
    ExperimentSetup setup(request);
    Problems problems;
    const bool loaded = setup.load(problems);
    Stopping stopping;
    if (loaded) stopping = stopping_of(request, setup.experiment().measures(0), 20, problems);
    if (loaded && setup.model(0).targets.empty())
      problems.error({}, tr("{} has no targets, so there is nothing to help", setup.model(0).file),
                     tr("add a targets: section; mailflow describe targets"));
    if (hopeless(request, setup, problems)) return invalid_input;
    ready_outputs(request, setup, ResultsKind::sensitivity);
    const auto moves = [&] {
      const Speaks english(Language::en);  // files and archives name them so
      return standard_moves(setup.model(0));
    }();
    for (const Move& move : moves) setup.experiment().add(move.subject + ": " + move.change, move.model, "");
    const std::int64_t n = replicate(setup.experiment(), all_of(setup.experiment()), stopping, true);
    setup.clear_progress();
    const SensitivityReport found = sensitivity(setup, request, moves, n);
    tell_standstills(request, setup, {0}, n);
    finish(request, setup, sensitivity_text(found, most), "sensitivity.csv", sensitivity_csv(found));
    report(request, setup, 1, n, sensitivity_json(found), "");
    return 0;
  });
}

int targets_command(const ExperimentRequest& request) {
  return guarded_ranks({}, [&](const MpiSession&) -> int {
    check_report(request.report);
    ExperimentSetup setup(request);
    Problems problems;
    const bool loaded = setup.load(problems);
    Stopping stopping;
    if (loaded) stopping = stopping_of(request, setup.experiment().measures(0), 20, problems);
    if (loaded && setup.model(0).targets.empty())
      problems.error({}, tr("{} has no targets", setup.model(0).file),
                     tr("add a targets: section; mailflow describe targets"));
    if (hopeless(request, setup, problems)) return invalid_input;
    ready_outputs(request, setup, ResultsKind::targets);
    Experiment& experiment = setup.experiment();
    TargetsReport found;
    found.currency = setup.model(0).currency;
    found.confidence = request.confidence / 100;
    bool missed = false;
    for (const std::size_t s : all_of(experiment)) {
      CapacityOptions options;
      options.confidence = found.confidence;
      options.replications = replicate(experiment, {s}, stopping, false);
      found.replications = std::max(found.replications, options.replications);
      found.scenarios.push_back(shown_name(setup.model(s)));
      found.targets.emplace_back();
      for (const TargetCapacity& c : capacity(experiment, s, options)) {
        TargetReport t = told(setup.model(s), experiment.measures(s), c);
        t.at_least = any_bound(t.measure, experiment.values(s, at_least_flag(t.measure.name), options.replications));
        found.targets.back().push_back(std::move(t));
        missed = missed || (c.missed && s == 0);
      }
    }
    setup.clear_progress();
    for (std::size_t s = 0; s < request.files.size(); ++s)
      tell_standstills(request, setup, {s}, experiment.available(s));
    finish(request, setup, targets_text(found), "targets.csv", targets_csv(found));
    report(request, setup, request.files.size(), found.replications, "", targets_json(found));
    return request.judge && missed ? target_missed : success;
  });
}

int sweep_command(const ExperimentRequest& request, const std::vector<std::string>& varied, std::size_t latin) {
  return guarded_ranks({}, [&](const MpiSession&) -> int {
    check_report(request.report);
    ExperimentSetup setup(request);
    Problems problems;
    std::vector<Variation> variations;
    for (const std::string& text : varied)
      if (const auto variation = read_variation(text, problems)) variations.push_back(*variation);
    std::vector<Point> points;
    if (!problems.has_errors())
      points = latin > 0 ? latin_hypercube(variations, latin, request.seed.value_or(1)) : grid(variations);
    if (points.size() > 10000)
      problems.error({}, tr("the sweep has {} points; at most 10000 are run", points.size()),
                     tr("take larger steps, or --latin N"));
    if (!problems.has_errors())
      for (const Point& point : points)
        if (!setup.add(request.files[0], problems, point)) break;
    Stopping stopping;
    std::vector<std::size_t> measures;
    if (!problems.has_errors()) {
      const auto& all = setup.experiment().measures(0);
      stopping = stopping_of(request, all, 10, problems);
      measures = chosen(request, all, problems);
      std::erase_if(measures,
                    [&](std::size_t m) { return all[m].kind == Measure::Kind::days && request.measures.empty(); });
    }
    if (hopeless(request, setup, problems)) return invalid_input;
    ready_outputs(request, setup, ResultsKind::sweep);
    const std::int64_t n = replicate(setup.experiment(), all_of(setup.experiment()), stopping, false);
    setup.clear_progress();
    SweepReport report;
    report.scenario = shown_name(setup.model(0));
    report.currency = setup.model(0).currency;
    report.replications = n;
    report.confidence = request.confidence / 100;
    for (const Variation& variation : variations) report.keys.push_back(variation.key);
    for (const std::size_t m : measures) report.measures.push_back(setup.experiment().measures(0)[m]);
    for (std::size_t s = 0; s < points.size(); ++s) {
      SweepReport::Row row;
      for (const auto& [key, value] : points[s]) row.values.push_back(value);
      for (const Measure& measure : report.measures) {
        const Experiment& runs = setup.experiment();
        row.found.push_back(measure_interval(measure, runs.values(s, measure.name, n), report.confidence));
        row.at_least.push_back(any_bound(measure, runs.values(s, at_least_flag(measure.name), n)));
      }
      report.rows.push_back(std::move(row));
    }
    tell_standstills(request, setup, all_of(setup.experiment()), n);
    finish(request, setup, sweep_text(report), "sweep.csv", sweep_table(report).csv());
    if (request.report.empty() || !setup.leads()) return 0;
    ReportRequest page;
    page.sweep = sweep_json(report, setup.model(0), setup.seed());
    page.tables = {sweep_table(report)};
    write_report(request.report, report_format(request.report, ""), page);
    if (!request.quiet) setup.print(tr("\n  The report is {}\n", request.report));
    return 0;
  });
}

}  // namespace mailflow::cli
