// The folder that the studio has open, which is the current one of the process: what lies in it is read and written,
// and nothing else, by whatever name or link.
#pragma once

#include <string>
#include <vector>

namespace mailflow::studio {

/// Where the studio keeps its own: the archive, the list of jobs, their reports.
extern const char* const own_folder;

struct FileText {
  std::string text;
  std::string version;  ///< of the text; "" where there is no file
};

std::string version_of(const std::string& text);

/// Whether a path may be asked for: within the folder, no part of it begins with a dot, and it ends in .yaml, .yml,
/// .csv or .txt. Says nothing of links.
bool well_named(const std::string& path);
/// Holds that a file is there and within the folder, links followed; throws Refused (404).
void hold_within(const std::string& path);

/// Holds the folder for one studio alone, for as long as it lives; throws Refused where another has it.
class HeldFolder {
 public:
  HeldFolder();
  ~HeldFolder();
  HeldFolder(const HeldFolder&) = delete;
  HeldFolder& operator=(const HeldFolder&) = delete;
  HeldFolder(HeldFolder&&) = delete;
  HeldFolder& operator=(HeldFolder&&) = delete;

 private:
  int lock_ = -1;
};

FileText read_text(const std::string& path);
/// Writes over `version`, and over nothing else: false where another text is there. Throws Refused.
bool write_text(const std::string& path, const std::string& text, const std::string& version);

/// All scenarios and their like: the paths of YAML files in the folder, sorted.
std::vector<std::string> yaml_files();

/// From here on no file is read but those of the folder, those of `data` (empty: none), and the bases outside of it
/// that its files name by now.
void read_within_folder(const std::string& data);

}  // namespace mailflow::studio
