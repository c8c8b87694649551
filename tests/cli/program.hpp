// The built program, run as a planner runs it: a command line, in a folder of its own that is gone at the end.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>

namespace mailflow::program {

namespace fs = std::filesystem;

inline std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

inline bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

struct Said {
  int status = -1;  ///< 128 + the signal, where one ended it
  std::string out;
  std::string err;
};

class Desk {
 public:
  Desk() {
    std::string name = (fs::temp_directory_path() / "mailflow-desk-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
    top_ = name;
    fs::create_directory(folder());
    fs::create_symlink(MAILFLOW_PROGRAM, folder() / "mailflow");
  }
  ~Desk() {
    std::error_code ignored;
    fs::remove_all(top_, ignored);
  }
  Desk(const Desk&) = delete;
  Desk(Desk&&) = delete;
  Desk& operator=(const Desk&) = delete;
  Desk& operator=(Desk&&) = delete;

  /// Where commands run and relative names are looked up.
  fs::path folder() const { return top_ / "desk"; }

  void put(const std::string& name, const std::string& text) const {
    fs::create_directories((folder() / name).parent_path());
    std::ofstream(folder() / name, std::ios::binary) << text;
  }
  std::string bytes(const std::string& name) const { return bytes_of(folder() / name); }

  /// Copies a part of the checkout, to the same place below the folder.
  void copy(const std::string& part) const {
    fs::create_directories((folder() / part).parent_path());
    fs::copy(fs::path(MAILFLOW_SOURCE_DIR) / part, folder() / part, fs::copy_options::recursive);
  }

  /// The line as a shell reads it; `mailflow` is the program, with or without `./`.
  Said tell(const std::string& line) const {
    const std::string within = "cd '" + folder().string() +
                               "' && PATH=\"$PWD:$PATH\" && unset MAILFLOW_DATA LC_ALL LC_MESSAGES LANG COLUMNS\n";
    const std::string to = " >'" + (top_ / "out").string() + "' 2>'" + (top_ / "err").string() + "' </dev/null";
    const int status = std::system(("{ " + within + line + "\n}" + to).c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), bytes_of(top_ / "out"),
            bytes_of(top_ / "err")};
  }

  /// Every file below `part` by its path there; none where there is no such folder.
  std::map<std::string, std::string> files(const std::string& part) const {
    std::map<std::string, std::string> found;
    if (!fs::exists(folder() / part)) return found;
    for (const auto& entry : fs::recursive_directory_iterator(folder() / part))
      if (entry.is_regular_file())
        found[fs::relative(entry.path(), folder() / part).generic_string()] = bytes_of(entry.path());
    return found;
  }

 private:
  fs::path top_;
};

}  // namespace mailflow::program
