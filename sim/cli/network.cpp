// `mailflow run` of a network.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/progress_line.hpp"
#include "cli/report.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "experiment/executor.hpp"
#include "experiment/mpi_executor.hpp"
#include "experiment/network_executor.hpp"
#include "metrics/targets.hpp"
#include "report/file_name.hpp"
#include "report/network_report.hpp"
#include "report/output_folder.hpp"
#include "report/result_tables.hpp"
#include "report/results_json.hpp"
#include "scenario/network/load_network.hpp"

namespace mailflow::cli {

namespace {

/// The centres asked for by name.
std::vector<int> asked_for(const Network& network, const std::vector<std::string>& names) {
  std::vector<int> found;
  for (const std::string& name : names) {
    const auto c = std::find_if(network.centres.begin(), network.centres.end(),
                                [&](const Model& model) { return model.name == name; });
    if (c == network.centres.end()) {
      std::vector<std::string> known;
      for (const Model& model : network.centres) known.push_back(model.name);
      const std::string close = nearest(name, known);
      throw UnusableRequest(close.empty() ? tr("--centre {}: there is no such centre", name)
                                          : tr("--centre {}: there is no such centre; did you mean {}?", name, close));
    }
    found.push_back(static_cast<int>(c - network.centres.begin()));
  }
  return found;
}

/// One of many ranks has one thread unless the user says otherwise.
LoadOptions load_options(const RunRequest& request, bool a_rank) {
  LoadOptions options{.data_dir = request.data_dir, .seed = request.seed, .until_day = request.until_day};
  options.parts = parts_on(a_rank && request.threads == 0 ? 1 : request.threads);
  return options;
}

/// The folder of each centre's own results.
std::vector<std::string> centre_folders(const Network& network) {
  std::vector<std::string> names;
  for (const Model& model : network.centres) names.push_back(model.name);
  return file_names_of(names, "");
}

void write_centre(const std::string& folder, const Model& model, const Results& results) {
  auto files = csv_files(result_tables(model, results));
  files["results.json"] = results_json(model, results);
  write_folder(folder, files);
}

/// The results of centres that an earlier run was asked for, and this one not.
void take_away_other_centres(const std::string& out, const std::set<std::string>& kept) {
  std::error_code none_there;
  std::vector<std::string> old;
  for (const auto& entry : std::filesystem::directory_iterator(out + "/centres", none_there))
    if (entry.is_directory(none_there) && !kept.contains(entry.path().filename().string()))
      old.push_back(entry.path().string());
  for (const std::string& folder : old) remove_results(folder, ResultsKind::run, result_files());
}

/// Finds before the run what cannot be written after it.
void ready_folder(const std::string& folder, bool leads) {
  if (folder.empty()) return;
  check_not_read(folder, network_files());
  check_results(folder, ResultsKind::network);
  if (leads) make_folder(folder);
}

int run_network(const RunRequest& request, const Network& network, const MpiSession& session) {
  NetworkOptions options;
  options.run.seed = network.any().seed;
  options.threads = request.threads;
  options.keep = asked_for(network, request.centres);
  ready_folder(request.out, session.rank() == 0);
  const auto folders = centre_folders(network);
  if (!request.out.empty())
    options.kept = [&](int c, const Results& results) {
      const auto centre = static_cast<std::size_t>(c);
      begin_change(request.out, "results.json");
      write_centre(request.out + "/centres/" + folders[centre], network.centres[centre], results);
    };
  NetworkResults results;
  {
    RunProgress progress(!request.quiet && session.rank() == 0, network.any());
    options.progress = [&](Ticks now) { progress.at(now); };
    results = simulate_network(network, options);
  }
  if (session.rank() != 0) return 0;
  if (!request.out.empty()) {
    auto files = csv_files(network_tables(network, results));
    files["results.json"] = network_json(network, results);
    std::set<std::string> kept;
    for (const int c : options.keep) kept.insert(folders[static_cast<std::size_t>(c)]);
    begin_change(request.out, "results.json");
    take_away_other_centres(request.out, kept);
    write_folder(request.out, files);
  }
  if (!request.report.empty()) {
    ReportRequest page;
    page.network = network_page_json(network, results);
    page.tables = network_tables(network, results);
    write_report(request.report, report_format(request.report, ""), page);
  }
  if (!request.quiet) {
    say_text(network_summary(network, results));
    if (!request.out.empty()) say_text(tr("\n  Results and tables are in {}\n", request.out));
    if (!request.report.empty()) say_text(tr("\n  The report is {}\n", request.report));
  }
  return request.judge && any_missed(results.targets) ? target_missed : success;
}

}  // namespace

int network_compare_command(const RunRequest& request, const std::vector<std::string>& others) {
  return guarded({.failed = tr_later("the run failed: ")}, [&]() -> int {
    if (!request.out.empty()) {
      check_folder(request.out);
      check_results(request.out, ResultsKind::networks_compared);
    }
    if (others.size() != 1) throw UnusableRequest(tr("two networks are compared at a time"));
    if (!request.report.empty()) throw UnusableRequest(tr("--report is of single centres: give --out"));
    std::vector<Network> networks;
    for (const std::string& file : {request.file, others[0]}) {
      Problems problems;
      auto network = load_network(file, load_options(request, false), problems);
      networks.push_back(usable(std::move(network), problems, request.quiet, tr("{} cannot be run", file)));
    }
    std::vector<NetworkResults> results;
    for (const Network& network : networks) {
      NetworkOptions options;
      options.run.seed = network.any().seed;
      options.threads = request.threads;
      results.push_back(simulate_network(network, options));
    }
    if (!request.out.empty())
      write_folder(request.out,
                   csv_files({network_comparison_table(networks[0], results[0], networks[1], results[1])}));
    for (std::size_t i = 0; i < networks.size() && !request.quiet; ++i)
      if (const std::string still = network_standstills(networks[i], results[i]); !still.empty())
        say("{}:\n{}", networks[i].file, still);
    if (!request.quiet) say_text(network_comparison(networks[0], results[0], networks[1], results[1]));
    return request.judge && any_missed(results[1].targets) ? target_missed : success;
  });
}

int network_command(const RunRequest& request) {
  return guarded_ranks({.failed = tr_later("the run failed: "), .one_run = true}, [&](const MpiSession& session) {
    if (!request.out.empty()) check_folder(request.out);
    if (!request.events.empty())
      throw UnusableRequest(
          tr("--events is of single centres: give --out, and --centre NAME for one centre's results"));
    check_report(request.report);
    if (!request.centres.empty() && request.out.empty())
      throw UnusableRequest(tr("--centre needs --out, a folder to write to"));
    Problems problems;
    const auto network = load_network(request.file, load_options(request, session.active()), problems);
    if (session.rank() == 0) tell_problems(problems, request.quiet);
    if (!network) throw UnusableInput(tr("{} cannot be run", request.file));
    return run_network(request, *network, session);
  });
}

}  // namespace mailflow::cli
