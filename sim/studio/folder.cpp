#include "studio/folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <set>

#include "core/random.hpp"
#include "core/words.hpp"
#include "report/output_file.hpp"
#include "report/output_folder.hpp"
#include "report/temporary.hpp"
#include "scenario/files/files_read.hpp"
#include "scenario/what_if.hpp"
#include "studio/exchange.hpp"

namespace mailflow::studio {

namespace fs = std::filesystem;

const char* const own_folder = ".mailflow";

namespace {

constexpr std::size_t most_looked_at = 20'000;
constexpr std::uintmax_t longest_text = 2'000'000;

bool has_known_end(const fs::path& path) {
  const std::string end = path.extension().string();
  return end == ".yaml" || end == ".yml" || end == ".csv" || end == ".txt";
}

bool lies_in(const fs::path& file, const fs::path& folder) {
  const fs::path way = file.lexically_relative(folder);
  return !way.empty() && *way.begin() != "..";
}

fs::path with_links_followed(const fs::path& path) {
  std::error_code failed;
  fs::path whole = fs::weakly_canonical(fs::absolute(path), failed);
  return failed ? fs::path() : whole;
}

/// Whether what a path leads to lies in the folder, and may be asked for by its own name too; a link that leads to
/// nothing does not.
bool lies_in_folder(const fs::path& path) {
  std::error_code failed;
  if (fs::is_symlink(path, failed) && !fs::exists(path, failed)) return false;
  const fs::path file = with_links_followed(path);
  const fs::path top = fs::canonical(".");
  return !file.empty() && lies_in(file, top) && well_named(file.lexically_relative(top).generic_string());
}

Refused not_there(const std::string& path) { return {404, tr("there is no file {} in this folder", path)}; }

void add_bases(const fs::path& file, std::set<std::string>& all) {
  Problems ignored;
  const auto root = parse_yaml(file.string(), bytes_of(file.string()), ignored);
  const Node* base = root ? root->find("base") : nullptr;
  if (base == nullptr || !base->is_scalar()) return;
  const fs::path named = with_links_followed(file.parent_path() / base->text);
  if (has_known_end(named) && all.insert(named.string()).second) add_bases(named, all);
}

}  // namespace

std::string version_of(const std::string& text) { return fmt::format("{:016x}-{}", name_key(text), text.size()); }

bool well_named(const std::string& path) {
  const fs::path asked = path;
  if (path.empty() || path.size() > 1000 || path.find('\\') != std::string::npos ||
      path.find('\0') != std::string::npos || asked.is_absolute() || !has_known_end(asked))
    return false;
  return std::none_of(asked.begin(), asked.end(),
                      [](const fs::path& part) { return part.empty() || part.string().starts_with('.'); });
}

void hold_within(const std::string& path) {
  std::error_code failed;
  if (!well_named(path) || !lies_in_folder(path) || !fs::is_regular_file(path, failed)) throw not_there(path);
}

HeldFolder::HeldFolder() {
  make_folder(own_folder);
  const std::string ignored = std::string(own_folder) + "/.gitignore";
  if (!fs::exists(ignored)) write_file(ignored, "*\n");
  lock_ = open((std::string(own_folder) + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (lock_ >= 0 && flock(lock_, LOCK_EX | LOCK_NB) == 0) return;
  if (lock_ >= 0) close(lock_);
  throw Refused(409, tr("another studio has this folder open; use that one, or end it"));
}

HeldFolder::~HeldFolder() { close(lock_); }

FileText read_text(const std::string& path) {
  hold_within(path);
  std::error_code failed;
  if (fs::file_size(path, failed) > longest_text || failed)
    throw Refused(413, tr("{} is longer than {} MB; change it elsewhere", path, longest_text / 1'000'000));
  std::string text = bytes_of(path);
  return {text, version_of(text)};
}

bool write_text(const std::string& path, const std::string& text, const std::string& version) {
  static std::mutex one_at_a_time;
  const std::scoped_lock lock(one_at_a_time);
  if (!well_named(path))
    throw Refused(400, tr("{} is no name for a file here; write for example {}", path, "what-if.yaml"));
  if (!lies_in_folder(path)) throw not_there(path);
  std::error_code failed;
  const std::string there = fs::exists(path, failed) ? read_text(path).version : "";
  if (there != version) return false;
  const fs::path parent = fs::path(path).parent_path();
  if (!parent.empty() && !fs::is_directory(parent, failed))
    throw Refused(400, tr("there is no folder {}", parent.string()));
  write_file(path, text);
  return true;
}

std::vector<std::string> yaml_files() {
  std::vector<std::string> all;
  std::error_code failed;
  std::size_t seen = 0;
  constexpr auto skips = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator each(".", skips, failed), end; !failed && each != end; each.increment(failed)) {
    if (++seen > most_looked_at) break;
    const std::string name = each->path().filename().string();
    if (name.starts_with('.') || name == "node_modules") {
      each.disable_recursion_pending();
      continue;
    }
    const std::string path = each->path().lexically_normal().generic_string();
    const fs::path kind = each->path().extension();
    if ((kind == ".yaml" || kind == ".yml") && well_named(path) && fs::is_regular_file(each->path(), failed) &&
        lies_in_folder(each->path()))
      all.push_back(path);
  }
  std::sort(all.begin(), all.end());
  return all;
}

void read_within_folder(const std::string& data) {
  std::set<std::string> bases;
  for (const std::string& file : yaml_files()) add_bases(with_links_followed(file), bases);
  const fs::path top = fs::canonical(".");
  const fs::path recorded = data.empty() ? fs::path() : with_links_followed(data);
  read_only_where([=](const std::string& followed) {
    return lies_in(followed, top) || (!recorded.empty() && lies_in(followed, recorded)) || bases.contains(followed);
  });
}

}  // namespace mailflow::studio
