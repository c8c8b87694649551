// mailflow events: what happened to each lot, for process-mining tools.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>

#include "centre/simulate.hpp"
#include "cli/commands.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "report/event_log.hpp"
#include "report/ocel_log.hpp"
#include "report/output_file.hpp"
#include "report/xes_log.hpp"
#include "scenario/load.hpp"

namespace mailflow::cli {

namespace {

using Clock = std::chrono::steady_clock;

/// Says once, on a terminal or not, that the log will take a while, and how long.
class Patience {
 public:
  explicit Patience(const Model& model) : model_(model) {}
  void at(Ticks now) {
    constexpr double told_after = 2;
    const double seconds = std::chrono::duration<double>(Clock::now() - began_).count();
    if (told_ || seconds < told_after) return;
    told_ = true;
    const auto from = static_cast<double>(model_.situation.given ? model_.situation.at : 0);
    const double share = (static_cast<double>(now) - from) / (static_cast<double>(model_.end) - from);
    if (share > 0 && seconds / share < 1e6)
      tell("mailflow: the log is written up to {}: {:.2g} % of the run, about {:.0f} s to go\n",
           model_.calendar().shown(now), 100 * share, seconds / share - seconds);
    else
      tell("mailflow: the log is written up to {}: it may take days\n", model_.calendar().shown(now));
  }

 private:
  const Model& model_;
  Clock::time_point began_ = Clock::now();
  bool told_ = false;
};

void write_log(const Model& model, const std::string& format, std::ostream& out) {
  Patience patience(model);
  RunOptions options;
  options.seed = model.seed;
  options.progress = [&](Ticks now) { patience.at(now); };
  if (format == "xes") {
    XesLog log(model, out);
    options.events = &log;
    simulate(model, options);
    log.finish();
  } else if (format == "ocel") {
    OcelLog log(model, out);
    options.events = &log.objects();
    simulate(model, options);
    options.events = &log.events();
    simulate(model, options);
    log.finish();
  } else {
    EventLog log(model, out);
    options.events = &log;
    simulate(model, options);
  }
}

int write_events(const Model& model, const std::string& format, OutputFile& out) {
  try {
    write_log(model, format, out.stream());
    out.keep();
  } catch (const RunFailure& e) {
    tell("mailflow: the run failed: {}\n", e.what());
    return 4;
  }
  if (out.path() != "-") say("{}", tr("The events are in {}\n", out.path()));
  return 0;
}

}  // namespace

CLI::App* add_events_command(CLI::App& app, EventsRequest& request) {
  CLI::App* command = app.add_subcommand("events", "Writes what happened to each lot, for process-mining tools");
  command->add_option("file", request.file, "scenario")->required();
  command->add_option("--format", request.format, "xes (IEEE 1849), ocel (OCEL 2.0, JSON) or csv (the default)")
      ->check(CLI::IsMember({"xes", "ocel", "csv"}));
  command->add_option("--out", request.out, "file to write (default: events.xes, events.json or events.csv)");
  command->add_option("--seed", request.seed, "seed of the random draws, instead of the scenario's")
      ->check(not_a_whole_number);
  command->add_option("--until-day", request.until_day, "run at most so many days")->check(CLI::Range(1, 36600));
  command->add_option("--data", request.data_dir,
                      "folder of recorded data, for replay: data:... (default: $MAILFLOW_DATA)");
  return command;
}

int events_command(const EventsRequest& request) {
  Problems problems;
  const auto model = load_scenario(request.file, {request.data_dir, request.seed, request.until_day, {}}, problems);
  std::fputs(problems.text().c_str(), stderr);
  if (!model) {
    tell("mailflow: {} cannot be run\n", request.file);
    return 3;
  }
  const std::string file = !request.out.empty()       ? request.out
                           : request.format == "ocel" ? std::string("events.json")
                                                      : "events." + request.format;
  try {
    if (is_folder(file)) throw UnusableOutput(file + " is a folder; --out takes a file");
    check_output(file);
    OutputFile out(file);
    return write_events(*model, request.format, out);
  } catch (const std::exception& e) {
    tell("mailflow: {}\n", e.what());
    return dynamic_cast<const UnusableOutput*>(&e) != nullptr ? 2 : 4;
  }
}

}  // namespace mailflow::cli
