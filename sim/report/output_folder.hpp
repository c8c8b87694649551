// Writes a run's files so that nothing half-written is ever found under its final name.
#pragma once

#include <map>
#include <stdexcept>
#include <string>

namespace mailflow {

struct OutputFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Makes the folder where it is missing; throws OutputFailure when it cannot.
void make_folder(const std::string& folder);

/// Writes all files under temporary names in `folder` (made when missing), then renames them one by one. Throws
/// OutputFailure, with nothing renamed, when any cannot be written or a folder has its name.
void write_folder(const std::string& folder, const std::map<std::string, std::string>& files);

/// Throws OutputFailure when `folder` cannot be a folder to write to; to be asked before a long run.
void check_folder(const std::string& folder);

}  // namespace mailflow
