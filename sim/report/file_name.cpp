#include "report/file_name.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

/// As file systems compare that do not tell capitals from small letters: ASCII, and accented letters of Latin-1.
std::string folded(std::string name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    const bool accented =
        i > 0 && static_cast<unsigned char>(name[i - 1]) == 0xc3 && c >= 0x80 && c <= 0x9e && c != 0x97;
    if ((c >= 'A' && c <= 'Z') || accented) name[i] = static_cast<char>(c + 0x20U);
  }
  return name;
}

/// A name that Windows keeps for a device, whatever ends it: con, nul.csv, com1.
bool is_device(const std::string& name) {
  const std::string word = folded(name.substr(0, name.find('.')));
  for (const char* device : {"con", "prn", "aux", "nul"})
    if (word == device) return true;
  return word.size() == 4 && (word.starts_with("com") || word.starts_with("lpt")) && word[3] >= '0' && word[3] <= '9';
}

}  // namespace

std::string file_name_of(const std::string& name) {
  static const std::string elsewhere = "/\\:*?\"<>|";  // parts of a path, to one system or another
  std::string file = name;
  std::replace_if(
      file.begin(), file.end(),
      [](char c) {
        return elsewhere.find(c) != std::string::npos || static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
      },
      '_');
  if (file.empty() || file.front() == '.' || is_device(file)) file = "_" + file;
  constexpr std::size_t longest = 200;
  if (file.size() > longest) {
    std::size_t cut = longest;
    while (cut > 0 && (static_cast<unsigned char>(file[cut]) & 0xc0U) == 0x80U) --cut;
    file.resize(cut);
  }
  if (file.back() == '.' || file.back() == ' ') file.back() = '_';
  return file;
}

std::vector<std::string> file_names_of(const std::vector<std::string>& names, const std::string& end,
                                       std::set<std::string> taken) {
  std::vector<std::string> files;
  std::set<std::string> alike;
  while (!taken.empty()) alike.insert(folded(taken.extract(taken.begin()).value()));
  for (const std::string& name : names) {
    const std::string stem = file_name_of(name);
    std::string file = stem + end;
    for (int n = 2; !alike.insert(folded(file)).second; ++n) file = fmt::format("{}-{}{}", stem, n, end);
    files.push_back(file);
  }
  return files;
}

}  // namespace mailflow
