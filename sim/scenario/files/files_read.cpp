#include "scenario/files/files_read.hpp"

#include <sys/stat.h>

#include <mutex>
#include <optional>
#include <set>
#include <utility>

namespace mailflow {

namespace {

/// A file by device and number, whatever it is called.
using Identity = std::pair<dev_t, ino_t>;

std::mutex guards;            // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): of the process
std::set<Identity> all_read;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables): of the process

std::optional<Identity> identity(const std::string& path) {
  struct stat there{};
  if (stat(path.c_str(), &there) != 0 || !S_ISREG(there.st_mode)) return std::nullopt;
  return Identity{there.st_dev, there.st_ino};
}

std::function<bool(const std::string&)>& bounds() {
  static std::function<bool(const std::string&)> may;
  return may;
}

}  // namespace

void read_only_where(std::function<bool(const std::string& followed)> may) { bounds() = std::move(may); }

bool may_read(const std::string& followed) { return !bounds() || bounds()(followed); }

void note_read(const std::string& path) {
  const auto found = identity(path);
  const std::scoped_lock lock(guards);
  if (found) all_read.insert(*found);
}

bool was_read(const std::string& path) {
  const auto found = identity(path);
  const std::scoped_lock lock(guards);
  return found && all_read.contains(*found);
}

}  // namespace mailflow
