#include "report/output_folder.hpp"

#include <filesystem>
#include <fstream>

namespace mailflow {

namespace fs = std::filesystem;

void check_folder(const std::string& folder) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error))
    throw OutputFailure(folder + " is a file; --out takes a folder");
  fs::path above = fs::absolute(folder, error);
  while (!above.empty() && !fs::exists(above, error)) above = above.parent_path();
  if (!fs::is_directory(above, error))
    throw OutputFailure(folder + " cannot be made: " + above.string() + " is not a folder");
}

void make_folder(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw OutputFailure("the folder " + folder + " cannot be made: " + error.message());
}

void write_folder(const std::string& folder, const std::map<std::string, std::string>& files) {
  make_folder(folder);
  std::error_code error;
  for (const auto& [name, text] : files)
    if (fs::is_directory(fs::path(folder) / name, error))
      throw OutputFailure((fs::path(folder) / name).string() + " cannot be put in place: it is a folder");
  const auto temporary = [&](const std::string& name) { return fs::path(folder) / (name + ".part"); };
  for (const auto& [name, text] : files) {
    std::ofstream out(temporary(name), std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (out) continue;
    for (const auto& [written, content] : files) fs::remove(temporary(written), error);
    throw OutputFailure((fs::path(folder) / name).string() +
                        " cannot be written: is the disk full, or the folder not yours?");
  }
  for (const auto& [name, text] : files) {
    fs::rename(temporary(name), fs::path(folder) / name, error);
    if (error) throw OutputFailure((fs::path(folder) / name).string() + " cannot be put in place: " + error.message());
  }
}

}  // namespace mailflow
