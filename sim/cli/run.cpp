#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <vector>

#include "centre/simulate.hpp"
#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/progress_line.hpp"
#include "cli/report.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "metrics/targets.hpp"
#include "report/event_log.hpp"
#include "report/output_folder.hpp"
#include "report/result_tables.hpp"
#include "report/results_json.hpp"
#include "report/summary.hpp"
#include "scenario/load.hpp"
#include "scenario/situation/write_situation.hpp"

namespace mailflow::cli {

namespace {

/// The instant of --save-state.
Ticks save_instant(const RunRequest& request, const Model& model) {
  const Ticks from = model.situation.at;
  const auto shown = [&](Ticks at) { return model.calendar().shown(at); };
  try {
    const Ticks at = model.calendar().parse(request.save_state);
    if (at >= from && at < model.end) return at;
  } catch (const std::invalid_argument& wrong) {
    throw UnusableRequest(tr("--save-state is \"{}\"; {}", request.save_state, wrong.what()));
  }
  throw UnusableRequest(tr("--save-state is \"{}\"; it must lie within the run, from {} to {}", request.save_state,
                           shown(from), shown(model.end)));
}

/// Finds before the run what cannot be written after it.
void ready_outputs(const RunRequest& request) {
  check_not_input(request.report);
  check_not_input(request.events);
  if (!request.out.empty()) {
    std::vector<std::string> names = result_files();
    if (!request.save_state.empty()) names.emplace_back("state.yaml");
    check_not_read(request.out, names);
    check_results(request.out, ResultsKind::run);
    make_folder(request.out);  // the log may go there
  }
  check_output(request.events);
}

int run_model(const RunRequest& request, const Model& model) {
  RunOptions options;
  options.seed = model.seed;
  Situation kept;
  if (!request.save_state.empty()) {
    options.situation = &kept;
    options.situation_at = save_instant(request, model);
  }
  std::optional<OutputFile> events;
  std::optional<EventLog> log;
  if (!request.events.empty()) {
    events.emplace(request.events);
    log.emplace(model, events->stream());
    options.events = &*log;
  }
  Results results;
  {
    RunProgress progress(!request.quiet, model);
    options.progress = [&](Ticks now) { progress.at(now); };
    results = simulate(model, options);
  }
  if (events) events->close();
  if (!request.out.empty()) {
    auto files = csv_files(result_tables(model, results));
    files["results.json"] = results_json(model, results);
    if (options.situation != nullptr) files["state.yaml"] = situation_yaml(model, kept);
    std::vector<OutputFile*> with;
    if (events) with.push_back(&*events);
    write_folder(request.out, files, with);
    if (options.situation == nullptr)
      remove_own(request.out + "/state.yaml", "# The situation of ");  // of an earlier run
  } else if (events) {
    events->keep();
  }
  if (!request.report.empty())
    write_report(request.report, report_format(request.report, ""), gather_report({&model}, model.seed));
  if (!request.quiet) {
    say_text(summary(model, results));
    if (!request.out.empty()) say_text(tr("\n  Results and tables are in {}\n", request.out));
    if (!request.report.empty()) say_text(tr("\n  The report is {}\n", request.report));
  }
  return request.judge && any_missed(results.targets.all()) ? target_missed : success;
}

}  // namespace

int run_command(const RunRequest& request) {
  return guarded({.failed = tr_later("the run failed: ")}, [&] {
    if (!request.out.empty()) check_folder(request.out);
    check_report(request.report);
    if (!request.save_state.empty() && request.out.empty())
      throw UnusableRequest(tr("--save-state writes state.yaml into the folder of --out, and none is given"));
    if (is_folder(request.events)) throw UnusableRequest(tr("{} is a folder; --events takes a file", request.events));
    Problems problems;
    const LoadOptions options{.data_dir = request.data_dir,
                              .seed = request.seed,
                              .until_day = request.until_day,
                              .from_state = request.from_state};
    const Model model = usable(load_model(request.file, options, problems), problems, request.quiet,
                               tr("{} cannot be run", request.file));
    ready_outputs(request);
    return run_model(request, model);
  });
}

}  // namespace mailflow::cli
