#include "scenario/files.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace mailflow {

namespace fs = std::filesystem;

std::optional<std::string> read_file(const std::string& path, const Place& place, Problems& problems) {
  constexpr std::uintmax_t largest = 2'000'000'000;
  std::error_code failed;
  const auto refuse = [&](const std::string& why) -> std::optional<std::string> {
    problems.error(place, "\"" + path + "\" " + why);
    return std::nullopt;
  };
  const auto status = fs::status(path, failed);
  if (!fs::exists(status)) return refuse("does not exist");
  if (fs::is_directory(status)) return refuse("is a folder, not a file");
  if (!fs::is_regular_file(status)) return refuse("is not a file");
  const auto size = fs::file_size(path, failed);
  if (failed || size > largest) return refuse("is larger than 2 GB");
  std::ifstream in(path, std::ios::binary);
  if (!in) return refuse("may not be read");
  std::string text((std::istreambuf_iterator<char>(in)), {});
  if (in.bad()) return refuse("cannot be read");
  return text;
}

std::optional<std::string> resolve(const Node& named, const std::string& data_dir, Problems& problems) {
  static const std::string data = "data:";
  if (!named.is_scalar() || named.text.empty()) return std::nullopt;
  if (!named.text.starts_with(data)) {
    const fs::path beside = fs::path(named.place.file->path).parent_path() / named.text;
    return beside.lexically_normal().generic_string();
  }
  if (data_dir.empty()) {
    problems.error(named.place, "\"" + named.text + "\" lies in the data folder, and none is given",
                   "say where the data is: --data DIR, or the environment variable MAILFLOW_DATA");
    return std::nullopt;
  }
  auto path = (fs::path(data_dir) / named.text.substr(data.size())).lexically_normal().generic_string();
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    problems.error(named.place, "\"" + named.text + "\" is not in the data folder (" + data_dir + ")",
                   "say where the data is: --data DIR, or the environment variable MAILFLOW_DATA");
    return std::nullopt;
  }
  return path;
}

}  // namespace mailflow
