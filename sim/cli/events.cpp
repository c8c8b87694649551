// mailflow events: what happened to each lot, for process-mining tools.
#include <fmt/format.h>

#include <cstdio>

#include "centre/simulate.hpp"
#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/progress_line.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "report/event_log.hpp"
#include "report/ocel_log.hpp"
#include "report/output_file.hpp"
#include "report/summary.hpp"
#include "report/xes_log.hpp"
#include "scenario/load.hpp"

namespace mailflow::cli {

namespace {

Results write_log(const Model& model, const std::string& format, std::ostream& out) {
  RunOptions options;
  options.seed = model.seed;
  const auto told_to = [&](EventSink& log) {
    RunProgress progress(true, model, tr("the log is written up to {}"), 2);
    options.progress = [&](Ticks now) { progress.at(now); };
    options.events = &log;
    return simulate(model, options);
  };
  if (format == "xes") {
    XesLog log(model, out);
    Results results = told_to(log);
    log.finish();
    return results;
  }
  if (format == "ocel") {
    OcelLog log(model, out);
    told_to(log.objects());
    Results results = told_to(log.events());
    log.finish();
    return results;
  }
  EventLog log(model, out);
  return told_to(log);
}

void write_events(const Model& model, const std::string& format, OutputFile& out) {
  const Results results = write_log(model, format, out.stream());
  out.keep();
  tell("{}", standstill_lines(model, results.standstills));
  if (out.path() != "-") say("{}", tr("The events are in {}\n", out.path()));
}

}  // namespace

int events_command(const EventsRequest& request) {
  return guarded({}, [&] {
    Problems problems;
    const LoadOptions options{.data_dir = request.data_dir, .seed = request.seed, .until_day = request.until_day};
    const Model model =
        usable(load_model(request.file, options, problems), problems, false, tr("{} cannot be run", request.file));
    const std::string file = !request.out.empty()       ? request.out
                             : request.format == "ocel" ? std::string("events.json")
                                                        : "events." + request.format;
    if (is_folder(file)) throw UnusableRequest(tr("{} is a folder; --out takes a file", file));
    check_output(file);
    OutputFile out(file);
    write_events(model, request.format, out);
    return success;
  });
}

}  // namespace mailflow::cli
