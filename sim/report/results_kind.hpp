// Which of the program's own results a file or a folder holds, so that another kind of them is not taken for a
// stranger's, nor a stranger's file for one of them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mailflow {

/// What a command keeps with --out.
enum class ResultsKind {
  run,
  network,
  networks_compared,
  experiment,
  choice,
  targets,
  sensitivity,
  sweep,
  plan,
  plans,
  within_day,
  posts,
  roster,
  training
};

/// Of a file that one of the commands writes with --out: what it is of and what reads it, "the results of a run, which
/// mailflow report reads"; by its name and how it begins. Empty: none of them.
std::string results_kind(const std::string& path);

/// The same of a folder, by the first of its files that is one of them.
std::string results_kind_in(const std::string& folder);

/// All kinds that a folder holds files of, in words as above, each once.
std::vector<std::string> results_kinds_in(const std::string& folder);

/// The kind in those words.
std::string words_of(ResultsKind kind);

/// The files by whose beginnings a kind is known.
std::vector<std::string> telling_files(ResultsKind kind);

/// The kind of files, by name, that are to be written; none: none of them.
std::optional<ResultsKind> results_kind_of(const std::map<std::string, std::string>& files);

/// Whether a file begins as the log of events, the report or the export of figures that a command writes to a file of
/// its own.
bool is_log_or_report(const std::string& path);

}  // namespace mailflow
