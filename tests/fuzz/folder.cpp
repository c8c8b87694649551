#include "fuzz/folder.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

namespace mailflow::fuzz {

namespace {

namespace fs = std::filesystem;

std::string last_input;  // NOLINT(*-non-const-global-variables)

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "mailflow-fuzz-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
    path_ = name;
    fs::current_path(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::current_path(fs::temp_directory_path(), ignored);
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder& operator=(Folder&&) = delete;

 private:
  fs::path path_;
};

bool is_name(std::string_view name) {
  constexpr std::size_t longest = 60;
  return !name.empty() && name.size() <= longest && name.front() != '.' &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
         });
}

void put(const std::string& name, std::string_view text) {
  std::ofstream(name, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
}

/// A stream of the process put into a file in memory while it lives.
class Kept {
 public:
  explicit Kept(int stream)
      : stream_(stream), before_(fcntl(stream, F_DUPFD_CLOEXEC, 0)), file_(memfd_create("said", MFD_CLOEXEC)) {
    flush();
    dup2(file_, stream_);
  }
  ~Kept() {
    flush();
    if (before_ >= 0)
      dup2(before_, stream_);
    else
      close(stream_);
    close(before_);
    close(file_);
  }
  Kept(const Kept&) = delete;
  Kept(Kept&&) = delete;
  Kept& operator=(const Kept&) = delete;
  Kept& operator=(Kept&&) = delete;

  std::string text() const {
    flush();
    constexpr off_t most = 1 << 20;
    std::string all(static_cast<std::size_t>(std::clamp<off_t>(lseek(file_, 0, SEEK_END), 0, most)), '\0');
    const ssize_t got = pread(file_, all.data(), all.size(), 0);
    all.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return all;
  }

 private:
  static void flush() {
    std::cout.flush();
    std::fflush(stdout);
    std::fflush(stderr);
  }
  int stream_, before_, file_;
};

}  // namespace

void enter_folder() { static const Folder folder; }

std::vector<std::string> put_files(std::string_view input, const std::string& first) {
  enter_folder();
  last_input = input;
  for (const auto& entry : fs::directory_iterator(".")) fs::remove_all(entry.path());
  static constexpr std::string_view mark = "\n=== ";
  constexpr std::size_t most = 8;
  std::vector<std::string> names = {first};
  std::size_t end = input.find(mark);
  put(first, input.substr(0, end == std::string_view::npos ? end : end + 1));
  while (end != std::string_view::npos && names.size() < most) {
    input.remove_prefix(end + mark.size());
    const std::size_t line = std::min(input.find('\n'), input.size());
    const std::string name(input.substr(0, line));
    input.remove_prefix(line);  // up to the line's end, which may belong to the next mark
    end = input.find(mark);
    if (!is_name(name) || name == first) continue;
    put(name, input.substr(std::min<std::size_t>(1, input.size()), end));
    names.push_back(name);
  }
  return names;
}

bool is_given(std::string_view words) { return last_input.find(words) != std::string::npos; }

Said hear(int (*command)()) {
  const Kept out(STDOUT_FILENO);
  const Kept err(STDERR_FILENO);
  Said said;
  said.status = command();
  said.err = err.text();
  return said;
}

}  // namespace mailflow::fuzz
