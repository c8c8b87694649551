#include "report/file_name.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

std::string file_name_of(const std::string& name) {
  std::string file = name;
  std::replace_if(
      file.begin(), file.end(),
      [](char c) { return c == '/' || c == '\\' || c == ':' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f; },
      '_');
  if (file.empty() || file.front() == '.') file = "_" + file;
  constexpr std::size_t longest = 200;
  if (file.size() > longest) {
    std::size_t cut = longest;
    while (cut > 0 && (static_cast<unsigned char>(file[cut]) & 0xc0U) == 0x80U) --cut;
    file.resize(cut);
  }
  return file;
}

std::vector<std::string> file_names_of(const std::vector<std::string>& names, const std::string& end,
                                       std::set<std::string> taken) {
  std::vector<std::string> files;
  for (const std::string& name : names) {
    const std::string stem = file_name_of(name);
    std::string file = stem + end;
    for (int n = 2; !taken.insert(file).second; ++n) file = fmt::format("{}-{}{}", stem, n, end);
    files.push_back(file);
  }
  return files;
}

}  // namespace mailflow
