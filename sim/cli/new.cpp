#include <filesystem>
#include <string>

#include "cli/commands.hpp"
#include "cli/exit_status.hpp"
#include "cli/tell.hpp"
#include "core/words.hpp"
#include "report/output_file.hpp"
#include "scenario/starting/starting_point.hpp"

namespace mailflow::cli {

int new_command(const std::string& kind, const std::string& folder) {
  namespace fs = std::filesystem;
  const auto files = starting_files(kind);
  const auto path = [&folder](const std::string& name) { return (fs::path(folder) / name).string(); };
  std::error_code failed;
  for (const auto& [name, text] : files)
    if (fs::exists(fs::symlink_status(path(name), failed)))
      throw UnusableRequest(tr("{} is there already, and is not written over; name another folder", path(name)));
  fs::create_directories(folder, failed);
  if (failed) throw UnusableRequest(tr("the folder {} cannot be made: {}", folder, failed.message()));
  for (const auto& [name, text] : files) write_file(path(name), text);
  const std::string scenario = path(files[0].first);
  const std::string what_if = path(files[1].first);
  say_text(tr("{} and {} are written; all their values are invented. Next:\n", scenario, what_if));
  give("  mailflow run " + scenario + "\n  mailflow compare " + scenario + " " + what_if + "\n");
  return success;
}

}  // namespace mailflow::cli
