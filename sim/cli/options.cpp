#include "cli/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <memory>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/experiment_options.hpp"
#include "cli/help_words.hpp"
#include "cli/shared_options.hpp"
#include "cli/text_commands.hpp"
#include "core/memory.hpp"
#include "core/problems.hpp"
#include "core/words.hpp"
#include "scenario/network/load_network.hpp"

namespace mailflow::cli {

namespace {

using CLI::App;
using CLI::Option;

// --- what several commands have in common

/// What is wrong with a seed as typed; empty: nothing. (CLI11 would read -1 as another number.)
std::string not_a_whole_number(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc() && end == text.data() + text.size()) return "";
  return tr("{} is not a whole number from 0 to 18446744073709551615", text);
}

std::string not_a_memory(const std::string& text) {
  return parse_memory(text) ? "" : tr("{} is no amount of memory; write 500MB or 4GB", text);
}

template <class Seed>
void add_seed(App& command, Seed& seed,
              const std::string& help = tr("seed of the random draws, instead of the scenario's")) {
  command.add_option("--seed", seed, help)->check(not_a_whole_number);
}

Option* add_until_day(App& command, std::optional<int>& days,
                      const std::string& help = tr("run at most so many days")) {
  return command.add_option("--until-day", days, help)->check(CLI::Range(1, 36600));
}

Option* add_from_state(
    App& command, std::string& file,
    const std::string& help = tr("file with the situation that the run begins in: what is where at an instant")) {
  return command.add_option("--from-state", file, help);
}

void add_quiet(App& command, bool& quiet, const std::string& help = tr("print no summary and no progress")) {
  command.add_flag("--quiet", quiet, help);
}

Option* add_judge(App& command, bool& judge, const std::string& help) {
  return command.add_flag("--judge", judge, help);
}

Option* add_report(App& command, std::string& file) {
  return command.add_option(
      "--report", file, tr("file for a report to read and print: .html, .pdf, .png, .xlsx or .json, or a folder .csv"));
}

Option* add_archive(App& command, std::string& file, const std::string& help) {
  return command.add_option("--archive", file, help);
}

void add_threads(App& command, std::size_t& threads) {
  command.add_option("--threads", threads, tr("cores to use (all)"))->check(CLI::Range(1, 4096));
}

void add_replications(App& command, std::int64_t& replications, const std::string& help) {
  command.add_option("--replications", replications, help)->check(CLI::Range(1, 1000000));
}

void add_confidence(App& command, double& percent, const std::string& help) {
  command.add_option("--confidence", percent, help)->check(CLI::Range(50.0, 99.99));
}

void add_seconds(App& command, double& seconds) {
  command.add_option("--seconds", seconds, tr("give the best so far after so many seconds (Ctrl-C does at once)"))
      ->check(CLI::Range(0.0, 1e7));
}

Option* add_gap(App& command, double& percent, double most, const std::string& help) {
  return command.add_option("--gap", percent, help)->check(CLI::Range(0.0, most));
}

/// Of the commands that replicate.
void add_experiment_options(App& command, ExperimentRequest& request) {
  add_replications(command, request.replications, tr("run so many replications"));
  command.add_option("--precision", request.precisions,
                     tr("go on until a measure's interval is this narrow, for example letters:0.5 % or "
                        "time_in_centre_minutes.mean:relative 5 %; may be given several times"));
  command.add_option("--least", request.least, tr("with --precision: at least so many replications (10)"))
      ->check(CLI::Range(2, 1000000));
  command.add_option("--most", request.most, tr("with --precision: at most so many replications (1000)"))
      ->check(CLI::Range(2, 1000000));
  add_confidence(command, request.confidence, tr("confidence of the intervals in percent (95)"));
  command.add_option("--measure", request.measures,
                     tr("show this measure too (a path of results.json), or all; several allowed"));
  add_archive(command, request.archive,
              tr("file that keeps every replication (SQLite): none is run twice, and what was interrupted goes on"));
  command.add_option("--warm-up", request.warm_up,
                     tr("instead of the scenario's: a duration, or \"found\" from pilot runs (MSER-5)"));
}

// --- the commands

/// All that may be asked for, and the command that is.
class Words {
 public:
  Words() {
    app_.formatter(std::make_shared<HelpWords>());
    app_.failure_message(failure_words);
    app_.set_help_flag("-h,--help", tr("Print this help message and exit"));
    app_.set_version_flag("--version", std::string("mailflow ") + MAILFLOW_VERSION,
                          tr("Display program version information and exit"));
    app_.require_subcommand(1);
    app_.add_option("--lang", language_,
                    tr("language of summaries and reports: fr or en (default: of the environment)"))
        ->check(CLI::IsMember({"fr", "en"}));
    app_.add_option("--memory", memory_,
                    tr("most that it may take, for example 4GB (default: half of what is free here)"))
        ->check(not_a_memory);
    app_.fallthrough();  // they may stand behind the command
    app_.footer(
        tr("Exit status: 0 success, 1 a target missed (with --judge), 2 usage, 3 invalid input, 4 the run failed."));
    run();
    compare();
    report();
    events();
    sensitivity();
    targets();
    sweep();
    roster();
    plan();
    runs();
    add_text_commands([this](const char* name, const std::string& help,
                             std::function<int()> obey) -> App& { return add(name, help, std::move(obey)); },
                      texts_);
    generate();
    diff();
    describe();
    studio();
  }

  Asked read(int argc, const char* const* argv, const std::shared_ptr<Words>& self) {
    hold_known_command(argc, argv);
    try {
      app_.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
      return {{}, app_.exit(e) == 0 ? success : wrong_usage, ""};
    }
    const auto asked =
        std::find_if(commands_.begin(), commands_.end(), [](const auto& command) { return command.first->parsed(); });
    return {[self, obey = asked->second] { return obey(); }, success, memory_};
  }

 private:
  App& add(const char* name, const std::string& help, std::function<int()> obey) {
    App* command = app_.add_subcommand(name, help);
    commands_.emplace_back(command, std::move(obey));
    return *command;
  }

  /// Holds that the first word is a command of the program's; CLI11 would only say that it lacks one.
  void hold_known_command(int argc, const char* const* argv) const {
    if (argc < 2 || argv[1][0] == '-') return;
    std::vector<std::string> names;
    for (const auto& [command, obey] : commands_) names.push_back(command->get_name());
    if (std::find(names.begin(), names.end(), argv[1]) != names.end()) return;
    const std::string close = nearest(argv[1], names);
    const std::string what = close.empty() ? tr("there is no command {}", argv[1])
                                           : tr("there is no command {}; did you mean {}?", argv[1], close);
    throw UnusableRequest(what + "\n" + tr("Run with --help for more information."));
  }

  /// A network is run once: holds that no option is given that has no meaning there.
  static void hold_options_of_networks(const App& command) {
    for (const char* name : {"--replications", "--precision", "--least", "--most", "--confidence", "--measure",
                             "--archive", "--warm-up", "--from-state", "--save-state", "--worth", "--best"}) {
      const Option* option = command.get_option_no_throw(name);
      if (option != nullptr && option->count() > 0)
        throw UnusableRequest(tr("a network is run once; {} is of single centres", name));
    }
  }

  /// The request of a command that replicates.
  const ExperimentRequest& experiment() {
    static_cast<ScenarioRequest&>(experiment_) = static_cast<const ScenarioRequest&>(run_);  // what they share
    experiment_.files.insert(experiment_.files.begin(), run_.file);
    return experiment_;
  }

  void run() {
    App& run = add("run", tr("Runs a scenario and prints what it found"), [this] { return obey_run(); });
    run.add_option(tr_later("file"), run_.file, tr("scenario"))->required();
    run.add_option("--out", run_.out, tr("folder for results.json and tables in CSV"));
    add_seed(run, run_.seed);
    add_until_day(run, run_.until_day);
    run.add_option("--events", run_.events,
                   tr("file for a log (CSV) with a row for each thing that happened to each lot"));
    add_report(run, run_.report);
    add_from_state(run, run_.from_state);
    run.add_option("--save-state", run_.save_state,
                   tr("keep the situation at this instant, yyyy-mm-dd hh:mm, in state.yaml of the folder --out"));
    add_data(run, run_.data_dir);
    add_quiet(run, run_.quiet);
    add_judge(run, run_.judge, tr("exit with 1 when a target is missed"));
    run.add_option("--centre", run_.centres, tr("of a network: write this centre's own results too; may be repeated"));
    add_experiment_options(run, experiment_);
    add_threads(run, run_.threads);
  }

  int obey_run() {
    if (run_.report == "-" || run_.events == "-") run_.quiet = true;  // it alone is printed
    if (is_network(run_.file)) {
      hold_options_of_networks(*app_.get_subcommand("run"));
      return network_command(run_);
    }
    return experiment_.replicates() ? replicate_command(experiment()) : run_command(run_);
  }

  App& add_experiment(const char* name, const std::string& help, const std::string& out_help,
                      std::function<int()> obey) {
    App& command = add(name, help, [this, obey = std::move(obey)] {
      if (run_.report == "-") run_.quiet = true;  // it alone is printed
      return obey();
    });
    command.add_option("--out", run_.out, out_help);
    add_seed(command, run_.seed);
    add_until_day(command, run_.until_day);
    add_data(command, run_.data_dir);
    add_from_state(command, run_.from_state);
    add_quiet(command, run_.quiet);
    add_experiment_options(command, experiment_);
    add_threads(command, run_.threads);
    return command;
  }

  void compare() {
    App& compare = add_experiment("compare", tr("Compares scenarios with a base: how much better, and how sure"),
                                  tr("folder for experiment.json, measures.csv and replications.csv"), [this] {
                                    if (!is_network(run_.file)) return compare_command(experiment());
                                    hold_options_of_networks(*app_.get_subcommand("compare"));
                                    return network_compare_command(run_, experiment_.files);
                                  });
    compare.add_option(tr_later("base"), run_.file, tr("scenario to compare with"))->required();
    compare.add_option(tr_later("alternatives"), experiment_.files, tr("scenarios to compare"))->required();
    compare.add_option(
        "--worth", experiment_.worth,
        tr("a difference smaller than this is none, for example letters:0.5 %; may be given several times"));
    compare.add_option("--best", experiment_.best,
                       tr("choose the best by a measure, with the least difference worth having: letters:0.5 %"));
    add_report(compare, run_.report);
    add_judge(compare, run_.judge, tr("exit with 1 when the last scenario misses a target with confidence"));
  }

  void sensitivity() {
    App& command = add_experiment(
        "sensitivity", tr("Tries standard moves and ranks what helps each target most for its cost"),
        tr("folder for sensitivity.csv"), [this] { return sensitivity_command(experiment(), most_moves_); });
    command.add_option(tr_later("file"), run_.file, tr("scenario"))->required();
    add_report(command, run_.report);
    command.add_option("--most-moves", most_moves_, tr("moves shown for each target (8)"));
  }

  void targets() {
    App& command =
        add_experiment("targets", tr("How much volume each target carries before it breaks, and what binds there"),
                       tr("folder for targets.csv"), [this] { return targets_command(experiment()); });
    command.add_option(tr_later("file"), run_.file, tr("scenario"))->required();
    command.add_option(tr_later("changes"), experiment_.files, tr("what-ifs to judge in the same way"));
    add_report(command, run_.report);
    add_judge(command, run_.judge, tr("exit with 1 when a target is missed with confidence"));
  }

  void sweep() {
    App& command = add_experiment("sweep", tr("Runs a scenario over ranges of its values"), tr("folder for sweep.csv"),
                                  [this] { return sweep_command(experiment(), varied_, latin_); });
    command.add_option(tr_later("file"), run_.file, tr("scenario"))->required();
    command.add_option("--vary", varied_, tr("KEY=from..to/step or KEY=a, b, c; several keys give a grid"))->required();
    command.add_option("--latin", latin_, tr("instead of the grid, so many points of a Latin hypercube"));
    add_report(command, run_.report);
  }

  void report() {
    App& command = add("report", tr("Writes the report of results that --out kept, to read and to print"),
                       [this] { return report_command(report_); });
    command.add_option(tr_later("results"), report_.results,
                       tr("folders made by run --out or compare --out; the first is the base"));
    command.add_option("--since", report_.since,
                       tr("instead of results: what was measured from this day on against what was expected"));
    command.add_option("--archive", report_.archive, tr("with --since: the archive of the runs that promised it"));
    command.add_option("--actuals", report_.actuals,
                       tr("with --since: measured daily figures (CSV: day, measure, value, items)"));
    command.add_option("--changes", report_.changes,
                       tr("with --since: what was rolled out when (CSV: day, scenario, label)"));
    command.add_option("--out", report_.out, tr("file to write, or a folder for csv (default: report.html)"));
    add_format(command, report_.format,
               tr("html, pdf, png (the first screen), xlsx, csv or json (default: by the file's name)"),
               {"html", "pdf", "png", "xlsx", "csv", "json"});
    add_data(command, report_.data_dir);
  }

  void events() {
    App& command = add("events", tr("Writes what happened to each lot, for process-mining tools"),
                       [this] { return events_command(events_); });
    command.add_option(tr_later("file"), events_.file, tr("scenario"))->required();
    add_format(command, events_.format, tr("xes (IEEE 1849), ocel (OCEL 2.0, JSON) or csv (the default)"),
               {"xes", "ocel", "csv"});
    command.add_option("--out", events_.out, tr("file to write (default: events.xes, events.json or events.csv)"));
    add_seed(command, events_.seed);
    add_until_day(command, events_.until_day);
    add_data(command, events_.data_dir);
  }

  void roster() {
    App& command = add("roster", tr("Makes or checks a roster: who works when, by name"), [this] {
      if (roster_.report == "-") roster_.quiet = true;  // it alone is printed
      return roster_command(roster_);
    });
    command.add_option(tr_later("file"), roster_.file, tr("scenario with a roster: section"))->required();
    command.add_option("--check", roster_.check,
                       tr("a roster (CSV: name, date, shift) to check instead of making one"));
    command.add_flag("--training", roster_.training, tr("which one skill more, of whom, helps most"));
    command
        .add_option("--replications", roster_.replications, tr("with --training: runs of each of the best few (10)"))
        ->check(CLI::Range(2, 100000));
    command.add_option("--out", roster_.out,
                       tr("folder for roster.csv, roster.json and a calendar (.ics) for each person"));
    add_report(command, roster_.report);
    add_gap(command, roster_.gap, 100, tr("good enough when within so many percent of the bound (0.1)"));
    add_seconds(command, roster_.seconds);
    command.add_flag("--all", roster_.all, tr("show everybody, however many"));
    add_data(command, roster_.data_dir);
    add_quiet(command, roster_.quiet, tr("print no roster and no progress"));
  }

  void plan() {
    App& command = add("plan", tr("How many agents on which shift and day: the least that keeps every target"), [this] {
      if (plan_.report == "-") plan_.quiet = true;  // it alone is printed
      return plan_command(plan_);
    });
    command.add_option(tr_later("file"), plan_.file, tr("scenario with a plan: section"))->required();
    Option* out = command.add_option("--out", plan_.out,
                                     tr("folder for plan.json, plan.csv and plan.yaml, a what-if that runs the plan"));
    command.add_option("--set", plan_.sets, tr("KEY=VALUE on top of the scenario; may be given several times"));
    Option* each = command.add_option(
        "--each", plan_.each, tr("a plan for every value of a column of recorded data: arrivals.NAME.where.COLUMN"));
    Option* report = add_report(command, plan_.report);
    add_data(command, plan_.data_dir);
    add_replications(command, plan_.replications, tr("runs that prove a plan, instead of the scenario's"));
    add_confidence(command, plan_.confidence, tr("of the intervals in percent, instead of the scenario's"));
    Option* gap = add_gap(command, plan_.gap, 50, tr("the solver may stop this close to its bound, in percent (0)"));
    Option* rounds = command.add_option("--rounds", plan_.rounds, tr("rounds of solving and running at most (60)"))
                         ->check(CLI::Range(1, 10000));
    add_seconds(command, plan_.seconds);
    Option* no_runs =
        command.add_flag("--no-runs", plan_.no_runs, tr("give the solver's plan unproved, without any run"));
    for (Option* none_to_show : {each, no_runs}) none_to_show->excludes(report);
    add_seed(command, plan_.seed);
    Option* until_day = add_until_day(command, plan_.until_day, tr("plan at most so many days"));
    Option* archive =
        add_archive(command, plan_.archive, tr("file that keeps every replication (SQLite): none is run twice"));
    add_threads(command, plan_.threads);
    add_quiet(command, plan_.quiet, tr("print no plan and no progress"));
    Option* judge = add_judge(command, plan_.judge, tr("exit with 1 when there is no plan that keeps every target"));
    Option* roster =
        command
            .add_flag("--roster", plan_.roster,
                      tr("then who: a roster of the plan's shifts for the people of roster:, in DIR/roster"))
            ->needs(out)
            ->excludes(each);
    Option* from = command.add_option(
        "--from", plan_.from,
        tr("what to do now: 02:00, or \"2025-03-12 02:00\"; the situation is that of a run, or of --from-state"));
    Option* from_state = add_from_state(command, plan_.from_state,
                                        tr("file with the situation to plan in: what is where at an instant"));
    command.add_option("--until", plan_.until, tr("with --from: how far to look ahead (a day)"));
    for (Option* now : {from, from_state})
      for (Option* other : {each, gap, rounds, no_runs, until_day, archive, judge, roster}) now->excludes(other);
  }

  void runs() {
    App& command = add("runs", tr("Lists what an archive keeps; shows, compares or exports it"),
                       [this] { return runs_command(runs_); });
    command.add_option(tr_later("archive"), runs_.archive, tr("file made with --archive"))->required();
    command.require_subcommand(0, 1);
    const auto action = [&](const char* name, const std::string& help) {
      App* sub = command.add_subcommand(name, help);
      sub->callback([this, name] { runs_.action = name; });
      return sub;
    };
    const auto add_measure = [this](App& sub) {
      sub.add_option("--measure", runs_.measures, tr("show this measure too, or all; may be given several times"));
    };
    App* one = action("show", tr("Mean and 95 % interval of each measure of a scenario"));
    one->add_option(tr_later("id"), runs_.ids, tr("number of the scenario in the list"))->required()->expected(1);
    add_measure(*one);
    App* two = action("compare", tr("Differences of two scenarios, replication by replication with the same seed"));
    two->add_option(tr_later("ids"), runs_.ids, tr("numbers of the base and of the alternative"))
        ->required()
        ->expected(2);
    add_measure(*two);
    App* all = action("export", tr("A row for each scenario, seed, replication and measure"));
    add_format(*all, runs_.format, tr("csv (nothing where there is no value) or json (null)"), {"csv", "json"});
    all->add_option("--out", runs_.out, tr("file; without it, the terminal"));
  }

  void generate() {
    App& command = add("generate", tr("Makes a synthetic network of the size asked for"),
                       [this] { return generate_command(generate_); });
    command.add_option("--out", generate_.out, tr("folder for network.yaml, centres.csv, links.csv and flows.csv"))
        ->required();
    command.add_option("--centres", generate_.centres, tr("how many (250)"))->check(CLI::Range(2, 5000));
    command.add_option("--items", generate_.items, tr("posted a day, all together (400000000)"))
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000'000}));
    command.add_option("--lot", generate_.lot, tr("items that move together (50); 1: item by item"))
        ->check(CLI::Range(1, 1'000'000));
    command.add_option("--hubs", generate_.hubs, tr("centres that pass mail on (0.8 x the root of the centres)"))
        ->check(CLI::Range(1, 5000));
    add_seed(command, generate_.seed, tr("of the places (1)"));
  }

  void diff() {
    App& command =
        add("diff", tr("Tells in words what differs between two scenarios"), [this] { return diff_command(diff_); });
    command.add_option(tr_later("first"), diff_.first, tr("scenario"))->required();
    command.add_option(tr_later("second"), diff_.second, tr("scenario that is compared with it"))->required();
    Option* format = add_format(command, diff_.format, tr("text or json"), {"text", "json"});
    command.add_flag("--as-change", diff_.as_change, tr("print a what-if that makes the second of the first"))
        ->excludes(format);
  }

  void describe() {
    App& command = add("describe", tr("Prints the reference of the language, or of one key"),
                       [this] { return describe_command(key_, format_); });
    command.add_option(tr_later("key"), key_, tr("a section or key, for example stations.machine or breaks_down"));
    add_format(command, format_, tr("text, markdown, json or json-schema"),
               {"text", "markdown", "json", "json-schema"});
  }

  void studio() {
    App& command = add("studio", tr("Opens a folder in the browser"), [this] { return studio_command(studio_); });
    command.add_option(tr_later("folder"), studio_.folder, tr("folder of scenarios (the current one)"));
    command.add_option("--port", studio_.port, tr("port to serve at (one that is free)"))->check(CLI::Range(1, 65535));
    command.add_option("--host", studio_.host, tr("address to serve at, for other machines too (127.0.0.1)"));
    command.add_flag("--no-browser", studio_.no_browser, tr("only print the address"));
    add_data(command, studio_.data_dir);
  }

  App app_{tr("Simulates postal and parcel centres described in YAML."), "mailflow"};
  std::vector<std::pair<App*, std::function<int()>>> commands_;
  std::string language_, memory_;
  RunRequest run_;                ///< and of those that replicate what they have in common
  ExperimentRequest experiment_;  ///< of those that replicate
  ReportCommandRequest report_;
  EventsRequest events_;
  RosterRequest roster_;
  PlanCommandRequest plan_;
  RunsRequest runs_;
  GenerateRequest generate_;
  DiffRequest diff_;
  TextRequests texts_;
  StudioRequest studio_;
  std::size_t most_moves_ = 8, latin_ = 0;
  std::vector<std::string> varied_;
  std::string key_, format_ = "text";
};

}  // namespace

Asked read_words(int argc, const char* const* argv) {
  const auto words = std::make_shared<Words>();
  return words->read(argc, argv, words);
}

}  // namespace mailflow::cli
