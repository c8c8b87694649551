#include "report/results_kind.hpp"

#include <filesystem>
#include <fstream>
#include <string_view>

namespace mailflow {

namespace {

namespace fs = std::filesystem;

constexpr const char* run = "the results of a run, which mailflow report reads";
constexpr const char* network =
    "the results of a network; mailflow run NETWORK --centre NAME --out FOLDER keeps those of one centre, which "
    "mailflow "
    "report reads";
constexpr const char* experiment = "an experiment, which mailflow report reads";
constexpr const char* choice = "a choice of mailflow compare --best; mailflow compare --report makes a page";
constexpr const char* targets = "a table of mailflow targets, which makes its page with --report";
constexpr const char* sensitivity = "a table of mailflow sensitivity, which makes its page with --report";
constexpr const char* sweep = "a table of mailflow sweep, to be read with a spreadsheet";
constexpr const char* plan = "a plan; its plan.yaml is a scenario, which mailflow run runs";
constexpr const char* roster = "a roster, which mailflow roster FILE --check reads, and makes its page with --report";

struct Row {
  std::string_view file, holds;
  const char* kind;
};

/// Each file that tells a kind: columns in its first line or, of JSON, a key near its start.
constexpr Row rows[] = {
    {"results.json", "\"centre\": {", run},
    {"results.json", "\"network\": {", network},
    {"experiment.json", "\"verdicts_judged_together\"", experiment},
    {"selection.json", "\"indifference\"", choice},
    {"targets.csv", "target,value,bound,met,days_judged", run},
    {"targets.csv", "target,value,bound,met\n", network},
    {"targets.csv", "scenario,target,unit", targets},
    {"products.csv", "product,at_start", run},
    {"products.csv", "product,delivered", network},
    {"destinations.csv", "destination,on_time_share", run},
    {"destinations.csv", "destination,delivered", network},
    {"measures.csv", "measure,unit,scenario", experiment},
    {"replications.csv", "scenario,replication", experiment},
    {"selection.csv", "scenario,measure,unit,mean", choice},
    {"sensitivity.csv", "subject,change,target", sensitivity},
    {"sweep.csv", ",measure,unit,estimate,low,high", sweep},
    {"plan.json", "\"minimises\"", plan},
    {"plan.csv", "date,team,shift", plan},
    {"roster.json", "\"roster\"", roster},
    {"roster.csv", "name,date,shift", roster},
};

std::string beginning(const fs::path& path) {
  constexpr std::size_t enough = 2000;
  std::ifstream in(path, std::ios::binary);
  std::string text(enough, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

bool is_of(const Row& row, const fs::path& path, const std::string& text) {
  if (path.extension() != ".json") return text.substr(0, text.find('\n') + 1).find(row.holds) != std::string::npos;
  const bool ours = text.starts_with("{\n \"format\"") || text.starts_with("{\n  \"format\"");
  return ours && text.find(row.holds) != std::string::npos;
}

}  // namespace

std::string results_kind(const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  std::string text;
  for (const Row& row : rows) {
    if (row.file != name) continue;
    if (text.empty()) text = beginning(path);
    if (!text.empty() && is_of(row, path, text)) return row.kind;
  }
  return "";
}

std::string results_kind_in(const std::string& folder) {
  for (const Row& row : rows) {
    const fs::path path = fs::path(folder) / row.file;
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) continue;
    if (std::string kind = results_kind(path.string()); !kind.empty()) return kind;
  }
  return "";
}

}  // namespace mailflow
