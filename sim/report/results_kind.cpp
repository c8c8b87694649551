#include "report/results_kind.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

#include "core/words.hpp"

namespace mailflow {

namespace {

namespace fs = std::filesystem;

/// In the order of ResultsKind.
constexpr const char* words[] = {
    tr_later("the results of a run, which mailflow report reads"),
    tr_later("the results of a network; mailflow run NETWORK --centre NAME --out FOLDER keeps "
             "those of one centre, which mailflow report reads"),
    tr_later("a comparison of two networks, to be read with a spreadsheet"),
    tr_later("an experiment, which mailflow report reads"),
    tr_later("a choice of mailflow compare --best; mailflow compare --report makes a page"),
    tr_later("a table of mailflow targets, which makes its page with --report"),
    tr_later("a table of mailflow sensitivity, which makes its page with --report"),
    tr_later("a table of mailflow sweep, to be read with a spreadsheet"),
    tr_later("a plan; its plan.yaml is a scenario, which mailflow run runs"),
    tr_later("plans of mailflow plan --each, to be read with a spreadsheet"),
    tr_later("what to do now, of mailflow plan --from, to be read with a spreadsheet"),
    tr_later("posts of mailflow plan, in posts.json"),
    tr_later("a roster, which mailflow roster FILE --check reads, and makes its page with --report"),
    tr_later("a table of mailflow roster --training, to be read with a spreadsheet")};

struct Row {
  std::string_view file, holds;
  ResultsKind kind;
};

/// Each file that tells a kind: columns in its first line or, of JSON, a key near its start.
constexpr Row rows[] = {
    {"results.json", "\"centre\": {", ResultsKind::run},
    {"results.json", "\"network\": {", ResultsKind::network},
    {"experiment.json", "\"verdicts_judged_together\"", ResultsKind::experiment},
    {"selection.json", "\"indifference\"", ResultsKind::choice},
    {"targets.csv", "target,value,bound,met,days_judged", ResultsKind::run},
    {"targets.csv", "target,value,bound,met\n", ResultsKind::network},
    {"targets.csv", "scenario,target,unit", ResultsKind::targets},
    {"products.csv", "product,at_start", ResultsKind::run},
    {"products.csv", "product,delivered", ResultsKind::network},
    {"destinations.csv", "destination,on_time_share", ResultsKind::run},
    {"destinations.csv", "destination,delivered", ResultsKind::network},
    {"comparison.csv", "centre,items_a_day_before", ResultsKind::networks_compared},
    {"measures.csv", "measure,unit,scenario", ResultsKind::experiment},
    {"replications.csv", "scenario,replication", ResultsKind::experiment},
    {"selection.csv", "scenario,measure,unit,mean", ResultsKind::choice},
    {"sensitivity.csv", "subject,change,target", ResultsKind::sensitivity},
    {"sweep.csv", ",measure,unit,estimate,low,high", ResultsKind::sweep},
    {"plan.json", "\"minimises\"", ResultsKind::plan},
    {"plan.csv", "date,team,shift,agents\n", ResultsKind::plan},
    {"plans.csv", ",status,value,bound,gap,proven,", ResultsKind::plans},
    {"within_day.json", "\"format\"", ResultsKind::within_day},
    {"posts.json", "\"fluid\"", ResultsKind::posts},
    {"roster.json", "{\n \"roster\": {", ResultsKind::roster},
    {"roster.csv", "name,date,shift,post,start,end,hours,agents\n", ResultsKind::roster},
    {"training.csv", "agent,skill,alike,saves", ResultsKind::training},
};

std::string beginning(const fs::path& path) {
  constexpr std::size_t enough = 2000;
  std::ifstream in(path, std::ios::binary);
  std::string text(enough, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

bool is_of(const Row& row, const std::string& text) {
  if (!row.file.ends_with(".json")) return text.substr(0, text.find('\n') + 1).find(row.holds) != std::string::npos;
  const bool ours = text.starts_with("{\n \"") || text.starts_with("{\n  \"");
  return ours && text.find(row.holds) != std::string::npos;
}

}  // namespace

std::string words_of(ResultsKind kind) { return tr(words[static_cast<std::size_t>(kind)]); }

std::string results_kind(const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  std::string text;
  for (const Row& row : rows) {
    if (row.file != name) continue;
    if (text.empty()) text = beginning(path);
    if (!text.empty() && is_of(row, text)) return words_of(row.kind);
  }
  return "";
}

std::vector<std::string> results_kinds_in(const std::string& folder) {
  std::vector<std::string> kinds;
  std::string_view before;
  for (const Row& row : rows) {
    const fs::path path = fs::path(folder) / row.file;
    std::error_code ignored;
    if (row.file == before || !fs::is_regular_file(path, ignored)) continue;
    before = row.file;
    std::string kind = results_kind(path.string());
    if (!kind.empty() && std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(std::move(kind));
  }
  return kinds;
}

std::string results_kind_in(const std::string& folder) {
  const std::vector<std::string> kinds = results_kinds_in(folder);
  return kinds.empty() ? "" : kinds.front();
}

std::vector<std::string> telling_files(ResultsKind kind) {
  std::vector<std::string> files;
  for (const Row& row : rows)
    if (row.kind == kind) files.emplace_back(row.file);
  return files;
}

std::optional<ResultsKind> results_kind_of(const std::map<std::string, std::string>& files) {
  for (const Row& row : rows)
    if (const auto file = files.find(std::string(row.file)); file != files.end() && is_of(row, file->second))
      return row.kind;
  return std::nullopt;
}

bool is_log_or_report(const std::string& path) {
  constexpr std::string_view starts[] = {"case,activity,start,end,station,",
                                         "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xes.version=",
                                         "{\"objectTypes\":[{\"name\":\"lot\"",
                                         "{\"format\":1,\"program\":\"mailflow ",
                                         "{\n \"format\": 1,\n \"program\": \"mailflow ",
                                         "<!doctype html>\n<html lang=",
                                         "scenario,seed,replication,measure,value\n",
                                         "[\n{\"scenario\":",
                                         "%PDF-"};
  const std::string text = beginning(path);
  const std::string_view of_a_workbook("PK\x03\x04\x14\x00\x00\x00\x08\x00\x00\x00\x21\x00", 14);  // of no date
  return text.starts_with(of_a_workbook) ||
         std::any_of(std::begin(starts), std::end(starts),
                     [&](std::string_view start) { return text.starts_with(start); });
}

}  // namespace mailflow
