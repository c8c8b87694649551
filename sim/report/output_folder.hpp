// Writes a run's files so that nothing half-written is ever found under its final name.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "report/output_file.hpp"
#include "report/results_kind.hpp"

namespace mailflow {

/// Makes the folder where it is missing, to be taken away again if the program ends with nothing in it; throws
/// UnusableOutput when it cannot, or when no file can be made in it.
void make_folder(const std::string& folder);

/// Writes all files under temporary names in `folder` (made when missing), then renames them one by one, and with them
/// those of `with`, written before. Throws OutputFailure, with nothing renamed, when any cannot be written, a folder
/// has its name, it was read by this process, or what is there is no file that this program wrote (by its first lines).
void write_folder(const std::string& folder, const std::map<std::string, std::string>& files,
                  const std::vector<OutputFile*>& with = {});

/// Throws UnusableOutput when `folder` cannot be a folder to write to; to be asked before a long run.
void check_folder(const std::string& folder);

/// Throws WouldOverwrite when one of these files of `folder` has been read; to be asked before a long run, after its
/// scenario has been read.
void check_not_read(const std::string& folder, const std::vector<std::string>& names);

/// Throws UnusableOutput where `folder` holds the results of another command, or files by the names of these results
/// that the program did not write; to be asked before a long run.
void check_results(const std::string& folder, ResultsKind kind);

/// Takes away what an earlier run left under this name: a file that begins as such a file does, or is neither table,
/// text of keys nor JSON. What has been read stays.
void remove_own(const std::string& path, const std::string& begins);

/// Takes away the files by these names, the first last, from a folder that holds results of this kind alone, and the
/// folder where nothing else is in it. What has been read stays.
void remove_results(const std::string& folder, ResultsKind kind, const std::vector<std::string>& names);

/// From now until write_folder() has put `last` there, the folder's files may be those of two runs, and are marked so:
/// for what is written in several goes. Nothing where `last` is not there yet.
void begin_change(const std::string& folder, const std::string& last);

/// Of a folder whose files are those of two runs, since one was cut off while it put them there (or is doing so now),
/// or of two commands: what to tell; empty: they are of one.
std::string mixture(const std::string& folder);

}  // namespace mailflow
