#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/experiment_options.hpp"
#include "cli/machine_memory.hpp"
#include "cli/tell.hpp"
#include "core/memory.hpp"
#include "core/problems.hpp"
#include "core/words.hpp"
#include "report/output_file.hpp"
#include "report/temporary.hpp"
#include "scenario/files_read.hpp"
#include "scenario/load_network.hpp"

namespace {

/// Of the environment: LC_ALL, LC_MESSAGES or LANG, the first that is set; English when it is no language of ours.
mailflow::Language language_of_environment() {
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): before any thread
    if (value != nullptr && *value != '\0') return mailflow::language_named(value).value_or(mailflow::Language::en);
  }
  return mailflow::Language::en;
}

std::string not_a_memory(const std::string& text) {
  return mailflow::parse_memory(text) ? "" : text + " is no amount of memory; write 500MB or 4GB";
}

/// Bounds what this process may take: `asked_for`, or by the machine; processes of one MPI job here share it.
void share_memory(const std::string& asked_for) {
  int ranks = 1;
  for (const char* variable : {"OMPI_COMM_WORLD_LOCAL_SIZE", "MPI_LOCALNRANKS"}) {
    const char* value = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): before any thread
    const std::string_view text = value == nullptr ? "" : value;
    int found = 1;
    std::from_chars(text.data(), text.data() + text.size(), found);
    ranks = std::max(ranks, found);
  }
  const auto bytes = asked_for.empty() ? mailflow::memory_by_default(ranks) : mailflow::parse_memory(asked_for);
  if (bytes) mailflow::bound_memory(asked_for.empty() ? *bytes : *bytes / ranks, mailflow::memory_taken);
}

/// Holds that no less memory is given than the program has by now, with nothing read.
void hold_enough_memory(const std::string& asked_for) {
  const std::int64_t taken = mailflow::memory_taken();
  if (!asked_for.empty() && mailflow::memory_bound() <= taken)
    throw mailflow::cli::UnusableRequest(
        fmt::format("--memory {} is less than the program itself takes before it reads anything, {}; give more",
                    asked_for, mailflow::shown_memory(taken)));
}

/// A network is run once: holds that no option is given that has no meaning there.
void hold_options_of_networks(const CLI::App& command) {
  for (const char* name : {"--replications", "--precision", "--least", "--most", "--confidence", "--measure",
                           "--archive", "--warm-up", "--from-state", "--save-state", "--worth", "--best"}) {
    const CLI::Option* option = command.get_option_no_throw(name);
    if (option != nullptr && option->count() > 0)
      throw mailflow::cli::UnusableRequest(fmt::format("a network is run once; {} is of single centres", name));
  }
}

/// Holds that the first word is a command of the program's; CLI11 would only say that it lacks one.
void hold_known_command(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  if (std::find(names.begin(), names.end(), argv[1]) != names.end()) return;
  const std::string close = mailflow::nearest(argv[1], names);
  throw mailflow::cli::UnusableRequest(fmt::format("there is no command {}{}\nRun with --help for more information.",
                                                   argv[1], close.empty() ? "" : "; did you mean " + close + "?"));
}

}  // namespace

namespace {

/// The command that the words ask for: its exit status.
int obey(int argc, char** argv) {
  using namespace mailflow::cli;
  CLI::App app{"Simulates postal and parcel centres described in YAML.", "mailflow"};
  app.set_version_flag("--version", std::string("mailflow ") + MAILFLOW_VERSION);
  app.require_subcommand(1);
  std::string spoken;
  app.add_option("--lang", spoken, "language of summaries and reports: fr or en (default: of the environment)")
      ->check(CLI::IsMember({"fr", "en"}));
  std::string memory;
  app.add_option("--memory", memory, "most that it may take, for example 4GB (default: half of what is free here)")
      ->check(not_a_memory);
  app.fallthrough();  // they may stand behind the command
  app.footer("Exit status: 0 success, 1 a target missed (with --judge), 2 usage, 3 invalid input, 4 the run failed.");

  RunRequest request;
  const char* data = std::getenv("MAILFLOW_DATA");  // NOLINT(concurrency-mt-unsafe): before any thread
  request.data_dir = data == nullptr ? "" : data;
  const char* const data_help = "folder of recorded data, for replay: data:... (default: $MAILFLOW_DATA)";

  CLI::App* run = app.add_subcommand("run", "Runs a scenario and prints what it found");
  run->add_option("file", request.file, "scenario")->required();
  run->add_option("--out", request.out, "folder for results.json and tables in CSV");
  run->add_option("--seed", request.seed, "seed of the random draws, instead of the scenario's")
      ->check(not_a_whole_number);
  run->add_option("--until-day", request.until_day, "run at most so many days")->check(CLI::Range(1, 36600));
  run->add_option("--events", request.events,
                  "file for a log (CSV) with a row for each thing that happened to each lot");
  const char* const report_help = "file for a report to read and print: .html, .pdf, .xlsx or .json, or a folder .csv";
  run->add_option("--report", request.report, report_help);
  const char* const state_help = "file with the situation that the run begins in: what is where at an instant";
  run->add_option("--from-state", request.from_state, state_help);
  run->add_option("--save-state", request.save_state,
                  "keep the situation at this instant, yyyy-mm-dd hh:mm, in state.yaml of the folder --out");
  run->add_option("--data", request.data_dir, data_help);
  run->add_flag("--quiet", request.quiet, "print no summary and no progress");
  run->add_flag("--judge", request.judge, "exit with 1 when a target is missed");

  ExperimentRequest experiment;
  run->add_option("--centre", request.centres, "of a network: write this centre's own results too; may be repeated");
  add_experiment_options(*run, experiment);

  const auto experiment_command = [&](const char* name, const char* help, const char* out_help) {
    CLI::App* command = app.add_subcommand(name, help);
    command->add_option("--out", request.out, out_help);
    command->add_option("--seed", request.seed, "seed of the random draws, instead of the scenario's")
        ->check(not_a_whole_number);
    command->add_option("--until-day", request.until_day, "run at most so many days")->check(CLI::Range(1, 36600));
    command->add_option("--data", request.data_dir, data_help);
    command->add_option("--from-state", request.from_state, state_help);
    command->add_flag("--quiet", request.quiet, "print no summary and no progress");
    add_experiment_options(*command, experiment);
    return command;
  };
  CLI::App* compare = experiment_command("compare", "Compares scenarios with a base: how much better, and how sure",
                                         "folder for experiment.json, measures.csv and replications.csv");
  compare->add_option("base", request.file, "scenario to compare with")->required();
  compare->add_option("alternatives", experiment.files, "scenarios to compare")->required();
  compare->add_option("--worth", experiment.worth,
                      "a difference smaller than this is none, for example letters:0.5 %; may be given several times");
  compare->add_option("--best", experiment.best,
                      "choose the best by a measure, with the least difference worth having: letters:0.5 %");
  compare->add_option("--report", request.report, report_help);
  compare->add_flag("--judge", request.judge, "exit with 1 when the last scenario misses a target with confidence");

  ReportCommandRequest reported;
  reported.data_dir = request.data_dir;
  const CLI::App* report = add_report_command(app, reported);

  EventsRequest told;
  told.data_dir = request.data_dir;
  const CLI::App* events = add_events_command(app, told);

  CLI::App* sensitivity =
      experiment_command("sensitivity", "Tries standard moves and ranks what helps each target most for its cost",
                         "folder for sensitivity.csv");
  std::size_t most_moves = 8;
  sensitivity->add_option("file", request.file, "scenario")->required();
  sensitivity->add_option("--report", request.report, report_help);
  sensitivity->add_option("--most-moves", most_moves, "moves shown for each target (8)");

  CLI::App* targets =
      experiment_command("targets", "How much volume each target carries before it breaks, and what binds there",
                         "folder for targets.csv");
  targets->add_option("file", request.file, "scenario")->required();
  targets->add_option("changes", experiment.files, "what-ifs to judge in the same way");
  targets->add_option("--report", request.report, report_help);
  targets->add_flag("--judge", request.judge, "exit with 1 when a target is missed with confidence");

  CLI::App* sweep = experiment_command("sweep", "Runs a scenario over ranges of its values", "folder for sweep.csv");
  std::vector<std::string> varied;
  std::size_t latin = 0;
  sweep->add_option("file", request.file, "scenario")->required();
  sweep->add_option("--vary", varied, "KEY=from..to/step or KEY=a, b, c; several keys give a grid")->required();
  sweep->add_option("--latin", latin, "instead of the grid, so many points of a Latin hypercube");

  RosterRequest rostered;
  rostered.data_dir = request.data_dir;
  const CLI::App* roster = add_roster_command(app, rostered);
  PlanCommandRequest planned;
  planned.data_dir = request.data_dir;
  const CLI::App* plan = add_plan_command(app, planned);

  RunsRequest kept;
  const CLI::App* runs = add_runs_command(app, kept);

  CLI::App* check = app.add_subcommand("check", "Tells all problems of a scenario at once, and runs nothing");
  check->add_option("file", request.file, "scenario")->required();
  check->add_option("--data", request.data_dir, data_help);

  GenerateRequest generated;
  const CLI::App* generate = add_generate_command(app, generated);

  DiffRequest differing;
  const CLI::App* diff = add_diff_command(app, differing);

  std::string key;
  std::string format = "text";
  CLI::App* describe = app.add_subcommand("describe", "Prints the reference of the language, or of one key");
  describe->add_option("key", key, "a section or key, for example stations.machine or breaks_down");
  describe->add_option("--format", format, "text, markdown or json-schema")
      ->check(CLI::IsMember({"text", "markdown", "json-schema"}));

  hold_known_command(app, argc, argv);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? success : wrong_usage;
  }
  const mailflow::Speaks speaks(spoken.empty() ? language_of_environment() : *mailflow::language_named(spoken));
  share_memory(memory);
  hold_enough_memory(memory);
  experiment.data_dir = request.data_dir;
  experiment.from_state = request.from_state;
  experiment.seed = request.seed;
  experiment.until_day = request.until_day;
  experiment.out = request.out;
  experiment.report = request.report;
  experiment.quiet = request.quiet;
  experiment.judge = request.judge;
  request.threads = experiment.threads;
  if (request.report == "-" || request.events == "-") request.quiet = experiment.quiet = true;  // it alone is printed
  if (rostered.report == "-") rostered.quiet = true;
  if (run->parsed() && mailflow::is_network(request.file)) {
    hold_options_of_networks(*run);
    return network_command(request);
  }
  if (compare->parsed() && mailflow::is_network(request.file)) {
    hold_options_of_networks(*compare);
    return network_compare_command(request, experiment.files);
  }
  if (run->parsed() && !experiment.replicates()) return run_command(request);
  if (generate->parsed()) return generate_command(generated);
  if (events->parsed()) return events_command(told);
  if (report->parsed()) return report_command(reported);
  if (plan->parsed()) return plan_command(planned);
  if (runs->parsed()) return runs_command(kept);
  if (roster->parsed()) return roster_command(rostered);
  if (check->parsed()) return check_command(request.file, request.data_dir);
  if (diff->parsed()) return diff_command(differing);
  if (describe->parsed()) return describe_command(key, format);
  experiment.files.insert(experiment.files.begin(), request.file);
  if (run->parsed()) return replicate_command(experiment);
  if (compare->parsed()) return compare_command(experiment);
  if (sensitivity->parsed()) return sensitivity_command(experiment, most_moves);
  if (targets->parsed()) return targets_command(experiment);
  return sweep_command(experiment, varied, latin);
}

/// Standard streams that are closed are held, so that no file of the program's is opened in the place of one, and what
/// is printed written into it. To standard output nothing can then be written, and all_printed() will tell.
void hold_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(stream, F_GETFD) < 0) open("/dev/null", stream == STDERR_FILENO ? O_WRONLY : O_RDONLY);
}

/// Whether all that was printed got where it was to go.
bool all_printed() {
  std::cout.flush();
  const bool flushed = std::fflush(stdout) == 0;
  return flushed && std::ferror(stdout) == 0 && std::cout.good();
}

}  // namespace

int main(int argc, char** argv) {
  using namespace mailflow::cli;
  hold_standard_streams();
  try {
    mailflow::end_tidily();
    mailflow::never_write_over(&mailflow::was_read);
    const int status = guarded({}, [&] { return obey(argc, argv); });
    if (all_printed()) return status;
    tell("mailflow: standard output cannot be written: is the disk full?\n");
    return status > target_missed ? status : run_failed;
  } catch (...) {  // not even words could be made of what failed
    std::fputs("mailflow: the program failed\n", stderr);
  }
  return run_failed;
}
