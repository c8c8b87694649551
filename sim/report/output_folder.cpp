#include "report/output_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <ranges>
#include <set>
#include <sstream>

#include "core/words.hpp"
#include "report/results_kind.hpp"
#include "report/temporary.hpp"

namespace mailflow {

namespace {

namespace fs = std::filesystem;

/// There while the files of a folder are put in their places, with their names; it stays where that is cut off.
const char* const unfinished = ".mailflow-unfinished";

/// Holds a folder against other writers; where the file system knows no locks, against none.
class FolderLock {
 public:
  explicit FolderLock(const std::string& folder) : fd_(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    while (fd_ >= 0 && flock(fd_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  ~FolderLock() {
    if (fd_ >= 0) close(fd_);
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  FolderLock(FolderLock&&) = delete;
  FolderLock& operator=(FolderLock&&) = delete;

 private:
  int fd_;
};

std::string first_lines(std::istream& in, int lines) {
  std::string text, line;
  for (int i = 0; i < lines && std::getline(in, line); ++i) text += line + "\n";
  return text;
}

std::vector<std::string> columns_of(const std::string& header) {
  std::vector<std::string> columns;
  std::istringstream in(header.substr(0, header.find('\n')));
  for (std::string column; std::getline(in, column, ',');) columns.push_back(column);
  return columns;
}

/// Tables of the same kind: three columns at least in common, from the first on or to the last.
bool alike(const std::string& a, const std::string& b) {
  if (a == b) return true;
  constexpr std::ptrdiff_t least = 3;
  const auto left = columns_of(a), right = columns_of(b);
  if (std::min(left.size(), right.size()) < least) return false;
  return std::equal(left.begin(), left.begin() + least, right.begin()) ||
         std::equal(left.end() - least, left.end(), right.end() - least);
}

/// The very same columns, but for the first, which may be a key's, or one more of scenarios before them.
bool very_alike(const std::string& a, const std::string& b) {
  const auto rest = [](const std::string& header) { return header.substr(std::min(header.find(','), header.size())); };
  return rest(a) == rest(b) || a == "scenario," + b || "scenario," + a == b;
}

std::set<std::string> unfinished_in(const std::string& folder) {
  std::ifstream in(fs::path(folder) / unfinished);
  std::set<std::string> names;
  for (std::string name; std::getline(in, name);) names.insert(name);
  return names;
}

/// Whether the file at `path` begins as the one that is to replace it.
bool begins_alike(const fs::path& path, const std::string& text, bool among_known) {
  std::ifstream there(path, std::ios::binary);
  std::istringstream here(text);
  const std::string end = path.extension().string();
  if (end == ".csv") return (among_known ? alike : very_alike)(first_lines(there, 1), first_lines(here, 1));
  const std::string before = first_lines(there, 3), now = first_lines(here, 3);
  if (end == ".ics") return before == now;
  constexpr std::size_t of_a_comment = 16;
  if (end == ".yaml") return before.substr(0, of_a_comment) == now.substr(0, of_a_comment);
  return end != ".json" || before.substr(0, before.find(':')) == now.substr(0, now.find(':'));
}

bool is_empty_or_none(const fs::path& path) {
  std::error_code error;
  return !fs::is_regular_file(path, error) || fs::file_size(path, error) == 0;
}

[[noreturn]] void refuse_strange(const fs::path& path) {
  const std::string kind = results_kind(path.string());
  throw UnusableOutput(
      kind.empty()
          ? tr("{} is there and was not written by mailflow; give --out another folder", path.string())
          : tr("{} is there and is of other results than these, {}, and is not written over; give --out another folder",
               path.string(), kind));
}

/// A table that stands there alone may be anybody's, however it begins: ours has the first file of its results beside
/// it.
void refuse_without(const std::string& first, const fs::path& path) {
  if (path.extension() != ".csv" || first.empty() || is_empty_or_none(path)) return;
  if (!is_empty_or_none(path.parent_path() / first)) return;
  if (unfinished_in(path.parent_path().string()).contains(path.filename().string())) return;
  throw UnusableOutput(
      tr("{} is there without {}, so it may be somebody's own, and is not written over; give --out another folder, or "
         "take it away",
         path.string(), first));
}

/// Throws where what is there was not written by this program, as far as that can be seen.
void hold_own(const fs::path& path, const std::string& text, const std::string& kind,
              const std::vector<std::string>& telling, const std::string& first) {
  if (is_empty_or_none(path)) return;
  const bool tells = std::find(telling.begin(), telling.end(), path.filename().string()) != telling.end();
  if (!begins_alike(path, text, tells || !first.empty()) || (tells && results_kind(path.string()) != kind))
    refuse_strange(path);
  refuse_without(first, path);
}

void refuse_other_kinds(const std::string& folder, const std::string& kind) {
  for (const std::string& there : results_kinds_in(folder))
    if (there != kind) throw UnusableOutput(tr("{} holds {}; give --out another folder", folder, there));
}

/// Of the names the one which only the program's own results have: the first JSON, or else YAML; empty: none.
std::string first_file_among(const std::vector<std::string>& names) {
  for (const char* end : {".json", ".yaml"})
    for (const std::string& name : names)
      if (name.ends_with(end)) return name;
  return "";
}

/// Written as far as it can be: where nothing can be written, nothing is replaced either.
void mark_unfinished(const std::string& folder, const std::set<std::string>& names) {
  const fs::path path = fs::path(folder) / unfinished;
  std::error_code ignored;
  if (names.empty()) {
    fs::remove(path, ignored);
    return;
  }
  const fs::path part = path.string() + ".part";  // no mark is ever lost, wherever it is cut off
  std::ofstream out(part, std::ios::binary);
  for (const std::string& name : names) out << name << "\n";
  out.close();
  std::error_code failed;
  if (out) fs::rename(part, path, failed);
  if (!out || failed) throw OutputFailure(tr("{} cannot be written: is the disk full?", path.string()));
}

/// Gives all files their names, in one go as far as file systems have such a thing.
void put_in_place(const std::string& folder, std::vector<OutputFile>& files, const std::vector<OutputFile*>& with) {
  const Uninterrupted till_all_are_there;
  const std::set<std::string> before = unfinished_in(folder);
  std::set<std::string> names = before, left = before;
  for (const OutputFile& file : files) {
    names.insert(fs::path(file.path()).filename().string());
    left.erase(fs::path(file.path()).filename().string());
  }
  mark_unfinished(folder, names);
  for (OutputFile* file : with) file->keep();
  for (OutputFile& file : files) file.keep();
  mark_unfinished(folder, left);
}

}  // namespace

void check_folder(const std::string& folder) {
  std::error_code error;
  if (folder == "-") throw UnusableOutput(tr("- is standard output; --out takes a folder here"));
  if (fs::exists(folder, error) && !fs::is_directory(folder, error))
    throw UnusableOutput(tr("{} is a file; --out takes a folder", folder));
  if (fs::is_symlink(folder, error) && !fs::exists(folder, error))
    throw UnusableOutput(tr("{} cannot be made: it is a link that leads to nothing; name another place", folder));
  fs::path above = fs::absolute(folder, error);
  while (!above.empty() && !fs::exists(above, error)) above = above.parent_path();
  if (!fs::is_directory(above, error))
    throw UnusableOutput(tr("{} cannot be made: {} is not a folder", folder, above.string()));
  const bool there = fs::is_directory(folder, error);
  try {
    try_folder(there ? folder : above.string());
  } catch (const UnusableOutput&) {
    if (there) throw;
    throw UnusableOutput(tr("the folder {} cannot be made in {}", folder, above.string()));
  }
}

namespace {

/// Those of a folder and the ones above it that are not there, the highest first.
std::vector<std::string> missing_of(const std::string& folder) {
  std::vector<std::string> missing;
  std::error_code error;
  fs::path path = fs::absolute(folder, error);
  if (!path.has_filename()) path = path.parent_path();
  for (; path.has_relative_path() && !fs::exists(path, error); path = path.parent_path())
    missing.insert(missing.begin(), path.string());
  return missing;
}

}  // namespace

void make_folder(const std::string& folder) {
  std::error_code error;
  const std::vector<std::string> missing = missing_of(folder);
  fs::create_directories(folder, error);
  if (error == std::errc::no_space_on_device)
    throw OutputFailure(tr("the folder {} cannot be made: {}", folder, error.message()));
  if (error) throw UnusableOutput(tr("the folder {} cannot be made: {}", folder, error.message()));
  static std::deque<Temporary> made;  // the last made first, as they are to be taken away
  static std::mutex one_at_a_time;
  {
    const std::scoped_lock lock(one_at_a_time);
    for (const std::string& each : missing) made.emplace_front(each, Temporary::Kind::empty_folder);
  }
  if (access(folder.c_str(), W_OK | X_OK) != 0)
    throw UnusableOutput(tr("the folder {} cannot be written to: it is not yours to write", folder));
}

void check_not_read(const std::string& folder, const std::vector<std::string>& names) {
  for (const std::string& name : names)
    if (const std::string path = (fs::path(folder) / name).string(); is_own_input(path))
      throw WouldOverwrite(tr("{} was read for this, and is not written over; give --out another folder", path));
}

void check_results(const std::string& folder, ResultsKind kind) {
  refuse_other_kinds(folder, words_of(kind));
  const std::vector<std::string> telling = telling_files(kind);
  for (const std::string& name : telling) {
    const fs::path path = fs::path(folder) / name;
    if (!is_empty_or_none(path) && results_kind(path.string()).empty()) refuse_strange(path);
    refuse_without(first_file_among(telling), path);
  }
}

namespace {

/// Throws where something in the folder is not to be written over by these files.
void hold_folder(const std::string& folder, const std::map<std::string, std::string>& files) {
  const auto kind = results_kind_of(files);
  const std::string words = kind ? words_of(*kind) : "";
  const std::vector<std::string> telling = kind ? telling_files(*kind) : std::vector<std::string>();
  std::vector<std::string> names;
  for (const auto& [name, text] : files) names.push_back(name);
  check_not_read(folder, names);
  if (kind) refuse_other_kinds(folder, words);
  std::error_code error;
  for (const auto& [name, text] : files) {
    const fs::path path = fs::path(folder) / name;
    if (fs::is_directory(path, error))
      throw UnusableOutput(tr("{} cannot be put in place: it is a folder", path.string()));
    hold_own(path, text, words, telling, first_file_among(names));
  }
}

std::string not_written(const std::string& path) {
  return tr("{} cannot be written: is the disk full, or the folder not yours?", path);
}

}  // namespace

void write_folder(const std::string& folder, const std::map<std::string, std::string>& files,
                  const std::vector<OutputFile*>& with) {
  make_folder(folder);
  const FolderLock lock(folder);
  hold_folder(folder, files);
  std::vector<OutputFile> written;
  written.reserve(files.size());
  for (const auto& [name, text] : files) {
    const std::string path = (fs::path(folder) / name).string();
    try {
      OutputFile& file = written.emplace_back(path, OutputFile::Held::folder);
      file.stream().write(text.data(), static_cast<std::streamsize>(text.size()));
      file.close();
    } catch (const NoRoom&) {
      throw OutputFailure(not_written(path));
    } catch (const NotWritable&) {
      throw OutputFailure(not_written(path));
    }
  }
  put_in_place(folder, written, with);
}

void remove_own(const std::string& path, const std::string& begins) {
  std::ifstream in(path, std::ios::binary);
  std::string text(begins.size(), '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  std::error_code ignored;
  const bool cut_off = path.ends_with(".part") && begins.starts_with(text);  // as far as it got
  if ((text == begins || (in.is_open() && cut_off)) && !is_own_input(path)) fs::remove(path, ignored);
}

void remove_results(const std::string& folder, ResultsKind kind, const std::vector<std::string>& names) {
  if (results_kinds_in(folder) != std::vector{words_of(kind)}) return;
  std::error_code ignored;
  for (const std::string& name : std::views::reverse(names))
    if (const fs::path path = fs::path(folder) / name;
        fs::is_regular_file(path, ignored) && !is_own_input(path.string()))
      fs::remove(path, ignored);
  if (fs::is_empty(folder, ignored)) fs::remove(folder, ignored);
}

void begin_change(const std::string& folder, const std::string& last) {
  std::error_code ignored;
  if (!fs::exists(fs::path(folder) / last, ignored)) return;
  const FolderLock lock(folder);
  std::set<std::string> names = unfinished_in(folder);
  names.insert(last);
  mark_unfinished(folder, names);
}

std::string mixture(const std::string& folder) {
  if (const auto kinds = results_kinds_in(folder); kinds.size() > 1)
    return tr("{} has files of two commands: {}; and {}; run the one wanted again, with --out and another folder",
              folder, kinds[0], kinds[1]);
  if (unfinished_in(folder).empty()) return "";
  return tr(
      "{0} has files of two runs: one was cut off, or is still at it, while they were put there; run it again with "
      "--out {0}",
      folder);
}

}  // namespace mailflow
