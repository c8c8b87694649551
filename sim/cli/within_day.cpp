#include "cli/within_day.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "centre/simulate.hpp"
#include "cli/exit_status.hpp"
#include "cli/progress_line.hpp"
#include "cli/report.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "experiment/mpi_executor.hpp"
#include "planning/within_day.hpp"
#include "report/output_folder.hpp"
#include "report/text.hpp"
#include "report/within_day_report.hpp"
#include "scenario/load.hpp"
#include "stats/comparison.hpp"

namespace mailflow::cli {

namespace {

/// An instant as given with an option: a date and time, or a time of day on the run's first day after warm-up (or from
/// `after` on).
std::optional<Ticks> instant_of(const std::string& option, const std::string& text, const Model& model, Ticks after,
                                Problems& problems) {
  const Calendar calendar = model.calendar();
  const auto refuse = [&]() -> std::optional<Ticks> {
    problems.error({}, tr("{} is \"{}\"; it must be a time of day, or a date and time", option, text),
                   tr("for example {0} 02:00, or {0} \"2025-03-12 02:00\"", option));
    return std::nullopt;
  };
  try {
    if (text.size() > 5) return calendar.parse(text);
    for (int d = 0; d < 2; ++d) {
      const Date date{calendar.date_of(after).days + d};
      const Ticks at = calendar.parse(to_string(date) + " " + text);
      if (at >= after) return at;
    }
    return refuse();
  } catch (const std::invalid_argument&) {
    return refuse();
  }
}

/// What is told and written of the plan.
WithinDayReport report_of(const WithinDayPlan& plan, const Experiment& experiment, double confidence) {
  static_assert(static_cast<int>(WithinDayStep::Kind::add) == static_cast<int>(WithinDayMove::Kind::add));
  WithinDayReport report;
  report.loss_before = plan.loss_before;
  report.loss_after = plan.loss_after;
  report.tried = plan.tried;
  report.replications = plan.replications;
  report.confidence = confidence;
  report.stopped = plan.stopped;
  for (const Measure& m : experiment.measures(plan.scenarios[0]))
    if ((m.target != none && m.kind == Measure::Kind::mean) || m.name == "on_time.share" || m.name == "cost")
      report.measures.push_back(m);
  const auto values = [&](const Measure& m, std::size_t moves) {
    return experiment.values(plan.scenarios[moves], m.name, plan.replications);
  };
  const auto change = [&](const Measure& m, std::size_t from, std::size_t to) {
    return difference(m.better, values(m, from), values(m, to), confidence, 0);
  };
  const std::size_t all = plan.moves.size();
  const Model& model = experiment.model(plan.scenarios[0]);
  // No side is better: what leaves sooner is missing from a later one.
  for (const DepartureIndex d : model.departures.indices()) {
    const Measure in_time{"departures." + model.departures[d].name + ".on_time.on_time", {}, "items"};
    const Interval before = measure_interval(in_time, values(in_time, 0), confidence);
    const Interval after = measure_interval(in_time, values(in_time, all), confidence);
    if (before.estimate > 0 || after.estimate > 0)
      report.departures.push_back({d, before, after, change(in_time, 0, all)});
  }
  for (const Measure& m : report.measures) {
    report.nothing_done.push_back(measure_interval(m, values(m, 0), confidence));
    report.all_done.push_back(measure_interval(m, values(m, all), confidence));
    report.difference.push_back(change(m, 0, all));
  }
  for (std::size_t i = 0; i < all; ++i) {
    const WithinDayMove& m = plan.moves[i];
    WithinDayStep step{static_cast<WithinDayStep::Kind>(m.kind),
                       m.team,
                       m.station,
                       m.departure,
                       m.agents,
                       m.by,
                       m.when,
                       m.decide_by,
                       {}};
    for (const Measure& measure : report.measures) step.changes.push_back(change(measure, i, i + 1));
    report.steps.push_back(std::move(step));
  }
  return report;
}

/// The scenario at the instant asked for, with the situation of a file, of the scenario, or of a run up to then.
std::optional<Scenario> at_the_instant(const PlanCommandRequest& request, bool& simulated,
                                       const std::atomic<bool>& stop, Problems& problems) {
  auto scenario = load_scenario(
      request.file,
      {.data_dir = request.data_dir, .seed = request.seed, .set = request.set, .from_state = request.from_state},
      problems);
  if (!scenario) return std::nullopt;
  Model& model = scenario->model;
  simulated = !model.situation.given;
  if (simulated && request.from.empty()) {
    problems.error({}, tr("{} has no situation, and nothing says at which instant it is to be planned", request.file),
                   tr("give --from 02:00, or --from-state with a file"));
    return std::nullopt;
  }
  if (!request.from.empty()) {
    const auto from = instant_of("--from", request.from, model, model.warm_up, problems);
    if (!from) return std::nullopt;
    if (*from < 0 || *from >= model.end) {
      problems.error({}, tr("--from is \"{}\"; it must lie within the run", request.from));
      return std::nullopt;
    }
    if (!simulated && *from != model.situation.at) {
      problems.error(
          {},
          tr("--from is \"{}\", and the situation is of {}", request.from, model.calendar().shown(model.situation.at)),
          tr("leave --from out, or state the situation at that time"));
      return std::nullopt;
    }
    if (simulated) {
      Situation kept;
      RunOptions options;
      options.seed = model.seed;
      options.situation = &kept;
      options.situation_at = *from;
      options.progress = [&stop](Ticks) {
        if (stop) throw ExperimentStopped();
      };
      Model up_to = model;
      up_to.end = *from + 1;
      simulate(up_to, options);
      model.situation = kept;
      model.warm_up = *from;
    }
  }
  Ticks until = model.situation.at + day;
  if (!request.until.empty()) {
    const auto given = instant_of("--until", request.until, model, model.situation.at, problems);
    if (!given) return std::nullopt;
    until = *given;
    if (until <= model.situation.at) {
      problems.error({}, tr("--until is \"{}\"; it must come after {}, from which the plan is", request.until,
                            model.calendar().shown(model.situation.at)));
      return std::nullopt;
    }
  }
  model.end = std::min(model.end, until);
  for (Target& target : model.targets)
    std::erase_if(target.samples, [&](Ticks t) { return t < model.situation.at || t > model.end; });
  return scenario;
}

/// --report: the hours to come as they are and, where something is to be done, with all of it.
void write_page(const std::string& file, Experiment& experiment, const WithinDayPlan& plan, const Model& model,
                const WithinDayReport& report) {
  std::vector<std::size_t> shown = {plan.scenarios.front()};
  if (plan.scenarios.size() > 1) shown.push_back(plan.scenarios.back());
  ReportRequest page = gather_report(experiment, shown, plan.replications, report.confidence);
  page.scenarios[0].called = in_both_languages([] { return tr("If nothing is done"); });
  if (shown.size() > 1) {
    page.scenarios[1].called = in_both_languages([] { return tr("With all of it"); });
    for (auto& [language, steps] : {std::pair(Language::en, &page.scenarios[1].changes.en),
                                    std::pair(Language::fr, &page.scenarios[1].changes.fr)}) {
      const Speaks speaks(language);
      *steps = within_day_steps(model, report);
    }
  }
  page.within_day = within_day_page_json(model, report);
  write_report(file, report_format(file, ""), page);
}

int none_found() {
  tell("{}", tr("mailflow: stopped before a plan was found\n"));
  return 0;
}

}  // namespace

int within_day_command(const PlanCommandRequest& request, const std::atomic<bool>& stop) {
  check_report(request.report);
  Problems problems;
  bool simulated = false;
  std::optional<Scenario> scenario;
  try {
    scenario = at_the_instant(request, simulated, stop, problems);
  } catch (const ExperimentStopped&) {
    return none_found();
  }
  tell_problems(problems, request.quiet);
  if (!scenario) throw UnusableInput(tr("{} cannot be planned", request.file));
  const Model& model = scenario->model;
  if (!request.out.empty()) check_results(request.out, ResultsKind::within_day);
  const auto executor = make_executor(request.threads);
  Experiment experiment(*executor, nullptr, model.seed, {});
  WithinDayOptions options;
  if (request.replications > 0) options.proved = std::max<std::int64_t>(2, request.replications);
  options.stop = &stop;
  ProgressLine line(!request.quiet && executor->leads());
  options.progress = [&](std::size_t done, std::size_t wanted, double loss) {
    line.say([&] { return tr("{} of about {} moves tried; shortfall of the best so far {:.3f}", done, wanted, loss); });
  };
  const WithinDayPlan plan = plan_within_day(model, scenario->within_day, experiment, options);
  line.clear();
  if (!executor->leads()) return 0;
  if (plan.scenarios.empty()) return none_found();
  WithinDayReport report = report_of(plan, experiment, (request.confidence > 0 ? request.confidence : 95) / 100);
  report.simulated = simulated;
  if (!request.out.empty())
    write_folder(request.out, {{"within_day.json", within_day_json(model, report)},
                               {"within_day.csv", within_day_csv(model, report)}});
  if (!request.report.empty()) write_page(request.report, experiment, plan, model, report);
  if (!request.quiet) say_text(within_day_text(model, report));
  if (!request.quiet && !request.out.empty()) say_text(tr("\n  The plan is in {}\n", request.out + "/within_day.csv"));
  if (!request.quiet && !request.report.empty()) say_text(tr("\n  The report is {}\n", request.report));
  return 0;
}

}  // namespace mailflow::cli
