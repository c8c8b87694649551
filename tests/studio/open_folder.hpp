// A folder with the tutorial's scenarios, open as the studio opens it: the current one of the process, for a test's
// length.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "scenario/files/files_read.hpp"
#include "studio/folder.hpp"

namespace mailflow::studio {

class OpenFolder {
 public:
  OpenFolder() : before_(std::filesystem::current_path()) {
    namespace fs = std::filesystem;
    std::string name = (fs::temp_directory_path() / "mailflow-studio-XXXXXX").string();
    outer_ = mkdtemp(name.data());
    fs::create_directory(outer_ / "open");
    for (const auto& file : fs::directory_iterator(MAILFLOW_SOURCE_DIR "/scenarios/tutorial"))
      fs::copy(file.path(), outer_ / "open" / file.path().filename());
    put("../secret.yaml", "label: a secret\n");
    fs::current_path(outer_ / "open");
    read_within_folder("");
  }
  ~OpenFolder() {
    read_only_where({});
    std::filesystem::current_path(before_);
    std::error_code ignored;
    std::filesystem::remove_all(outer_, ignored);
  }
  OpenFolder(const OpenFolder&) = delete;
  OpenFolder& operator=(const OpenFolder&) = delete;
  OpenFolder(OpenFolder&&) = delete;
  OpenFolder& operator=(OpenFolder&&) = delete;

  void put(const std::string& path, const std::string& text) const {
    std::ofstream(outer_ / "open" / path, std::ios::binary) << text;
  }
  std::string text(const std::string& path) const {
    std::ifstream in(outer_ / "open" / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  std::filesystem::path before_, outer_;
};

}  // namespace mailflow::studio
