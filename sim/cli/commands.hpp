// The commands of the program; each gives its exit status (cli/exit_status.hpp).
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mailflow::cli {

/// What is asked of the runs of a scenario, by whatever command.
struct ScenarioRequest {
  std::string out;         ///< folder; empty: nothing is written
  std::string report;      ///< file, or folder for csv; empty: none
  std::string data_dir;    ///< of recorded data
  std::string from_state;  ///< file with the situation to begin in; empty: none
  std::optional<std::uint64_t> seed;
  std::optional<int> until_day;
  std::size_t threads = 0;  ///< 0: all cores
  bool quiet = false;
  bool judge = false;
};

struct RunRequest : ScenarioRequest {
  std::string file;
  std::string events;                ///< file; empty: no log
  std::string save_state;            ///< instant at which the situation is kept in out/state.yaml; empty: it is not
  std::vector<std::string> centres;  ///< of a network: whose own results are written, too
};

int run_command(const RunRequest& request);
/// `run` of a network.
int network_command(const RunRequest& request);
/// `compare` of a network with another: a run of each, centre by centre.
int network_compare_command(const RunRequest& request, const std::vector<std::string>& others);

struct GenerateRequest {
  std::string out;  ///< folder
  int centres = 250;
  std::int64_t items = 400'000'000;  ///< a day
  int lot = 50;
  int hubs = 0;  ///< 0: as many as suit the size
  std::uint64_t seed = 1;
};
/// A synthetic network of the size asked for.
int generate_command(const GenerateRequest& request);

struct ReportCommandRequest {
  std::vector<std::string> results;  ///< folders that --out made
  std::string out;                   ///< file, or folder for csv
  std::string format;                ///< html, pdf, png, xlsx, csv, json; empty: by the name
  std::string data_dir;
  std::string since;                      ///< day; empty: a report of results
  std::string archive, actuals, changes;  ///< of --since: files
};
/// Writes the report of results kept earlier: runs them again, and holds that they come out the same.
int report_command(const ReportCommandRequest& request);
/// report --since: what was measured against what the archive's runs had promised.
int since_command(const ReportCommandRequest& request);

struct EventsRequest {
  std::string file;
  std::string format = "csv";  ///< csv, xes or ocel
  std::string out;             ///< file; empty: events.FORMAT
  std::optional<std::uint64_t> seed;
  std::optional<int> until_day;
  std::string data_dir;
};
/// The event log of a run, for process-mining tools.
int events_command(const EventsRequest& request);

struct ExperimentRequest;
/// `run` with --replications or --precision: one scenario, many runs.
int replicate_command(const ExperimentRequest& request);
/// The first file is the base, the others are compared with it.
int compare_command(const ExperimentRequest& request);
/// At most `most` moves that help are shown for each target.
int sensitivity_command(const ExperimentRequest& request, std::size_t most);
int targets_command(const ExperimentRequest& request);
/// `latin` 0: all combinations; else so many points.
int sweep_command(const ExperimentRequest& request, const std::vector<std::string>& varied, std::size_t latin);

struct RosterRequest {
  std::string file;
  std::string check;  ///< roster to check; empty: one is made
  std::string out;
  std::string report;
  std::string data_dir;
  double gap = 0.1;                                      ///< percent
  double seconds = 0;                                    ///< 0: as long as it takes
  std::vector<std::pair<std::string, std::string>> set;  ///< on top of the scenario
  std::optional<std::uint64_t> seed;
  std::optional<int> until_day;
  const std::atomic<bool>* stop = nullptr;  ///< true: the best so far; null: Ctrl-C asks for it
  std::int64_t replications = 10;
  bool training = false;
  bool all = false;
  bool quiet = false;
};
/// Who works when: makes a roster, checks one, or says where training pays.
int roster_command(const RosterRequest& request);

/// What an earlier roster left in a folder of its own, which would look like one of now.
void take_away_roster(const std::string& folder);

struct PlanCommandRequest {
  std::string file;
  std::string out;
  std::vector<std::string> sets;  ///< KEY=VALUE, as typed
  std::vector<std::pair<std::string, std::string>> set;
  std::string each;        ///< key of a filter of recorded data; empty: one plan
  std::string from;        ///< what to do now: "02:00" or "2025-03-12 02:00"; empty: the situation, if any, says it
  std::string until;       ///< with `from`, likewise; empty: a day later
  std::string from_state;  ///< file with the situation to plan in; empty: the scenario's, or as a run comes to it
  std::string report;      ///< file, or folder for csv; empty: none
  std::string data_dir;
  std::int64_t replications = 0;  ///< 0: the scenario's
  double confidence = 0;          ///< percent; 0: the scenario's
  double gap = 0;                 ///< percent
  double seconds = 0;             ///< 0: as long as it takes
  int rounds = 60;
  bool no_runs = false;
  bool roster = false;  ///< who, too
  std::optional<std::uint64_t> seed;
  std::optional<int> until_day;
  std::string archive;
  std::size_t threads = 0;
  bool quiet = false;
  bool judge = false;
};
/// The least staff that keeps every target; or, where these are asked for, what to do now, or posts.
int plan_command(PlanCommandRequest& request);

struct RunsRequest {
  std::string archive;
  std::string action;  ///< show, compare or export; empty: list
  std::vector<std::int64_t> ids;
  std::vector<std::string> measures;
  std::string format = "csv";
  std::string out;  ///< file; empty: the terminal
};

int runs_command(const RunsRequest& request);

struct StudioRequest {
  std::string folder = ".";
  std::string host = "127.0.0.1";
  unsigned port = 0;  ///< 0: one that is free
  bool no_browser = false;
  std::string data_dir;
};
/// Serves a folder to the browser until it is ended.
int studio_command(const StudioRequest& request);

int check_command(const std::string& path, const std::string& data_dir);

struct EditRequest {
  std::string file;
  std::vector<std::string> sets, adds, removes, renames;  ///< as typed: PATH=VALUE, PATH, PATH=NAME
  bool everywhere = false;  ///< what stands in several places by an anchor is changed in all of them
  bool dry_run = false;
  std::string data_dir;
};

/// Writes a small scenario of a kind, with a what-if, into a folder.
int new_command(const std::string& kind, const std::string& folder);

/// Changes a text in place: sets, then adds, removes and renames, each in the order given.
int edit_command(const EditRequest& request);

struct DiffRequest {
  std::string first;
  std::string second;
  std::string format = "text";  ///< or json
  bool as_change = false;
};

/// What differs between two scenarios.
int diff_command(const DiffRequest& request);
/// `format`: text, markdown, json or json-schema.
int describe_command(const std::string& key, const std::string& format);

}  // namespace mailflow::cli
