#include "rules/rules.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>

namespace mailflow::rules {
namespace {

using Names = std::set<std::string>;

/// What each folder may include besides itself: folders, and single files of others.
const std::map<std::string, Names> may_see = {
    {"core", {}},
    {"stats", {"core"}},
    {"mail", {"core"}},
    {"metrics", {"core", "stats", "mail"}},
    {"centre", {"core", "stats", "mail", "metrics"}},
    {"network", {"core", "stats", "mail", "metrics", "centre"}},
    {"solver", {}},
    {"roster", {"core", "mail", "solver"}},
    {"scenario", {"core", "mail", "centre", "network", "roster"}},
    {"experiment", {"core", "stats", "mail", "metrics", "centre", "network", "scenario"}},
    {"planning", {"core", "stats", "mail", "metrics", "centre", "network", "solver", "scenario", "experiment"}},
    {"report", {"core", "stats", "mail", "metrics", "centre/simulate.hpp", "network", "roster"}},
    {"findings",
     {"core", "stats", "mail", "metrics", "centre", "network", "roster", "scenario", "experiment", "report"}},
    {"studio",
     {"core", "stats", "mail", "metrics", "centre/simulate.hpp", "network", "scenario", "experiment", "report",
      "findings"}},
    {"cli",
     {"core", "stats", "mail", "metrics", "centre", "network", "solver", "roster", "scenario", "experiment", "planning",
      "report", "findings", "studio"}},
};
const Names inside_a_run = {"core", "stats", "mail", "metrics", "centre", "network"};
/// Libraries by the first part of the path they are included by, and the folders that may know them.
const std::map<std::string, Names> library_homes = {
    {"yaml-cpp", {"scenario"}},    {"csv.h", {"scenario"}},
    {"absl", {"centre", "mail"}},  {"CLI", {"cli"}},
    {"xlsxwriter.h", {"report"}},  {"sqlite3.h", {"experiment"}},
    {"mpi.h", {"experiment"}},     {"CbcModel.hpp", {"solver"}},
    {"CbcSolver.hpp", {"solver"}}, {"OsiClpSolverInterface.hpp", {"solver"}},
    {"zlib.h", {"report"}},        {"boost/asio", {"studio"}},
    {"boost/beast", {"studio"}}};
constexpr std::size_t most_lines = 500;

/// "centre" of "sim/centre/bay.hpp"; empty outside sim/.
std::string folder_of(const std::string& path) {
  if (!path.starts_with("sim/")) return {};
  const auto end = path.find('/', 4);
  return end == std::string::npos ? std::string{} : path.substr(4, end - 4);
}

/// "scenario/yaml" of "sim/scenario/yaml/document.hpp"; empty for files that lie in no folder within a folder.
std::string inner_folder_of(const std::string& path) {
  const std::string folder = folder_of(path);
  const auto end = path.find('/', 5 + folder.size());
  return folder.empty() || end == std::string::npos ? std::string{} : path.substr(4, end - 4);
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string at(const std::string& path, std::size_t index, const std::string& what) {
  return path + ":" + std::to_string(index + 1) + ": " + what;
}

struct Include {
  std::size_t line;  ///< from 0
  std::string path;
  bool quoted;
  std::string first_part() const { return path.substr(0, path.find('/')); }
};

std::vector<Include> includes_of(const std::string& text) {
  static const std::regex form(R"re(^\s*#\s*include\s*(["<])([^">]+)[">].*)re");
  std::vector<Include> found;
  const auto lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::smatch match;
    if (std::regex_match(lines[i], match, form)) found.push_back({i, match[2], match[1] == "\""});
  }
  return found;
}

/// The index just after the literal that opens at `i`.
std::size_t end_of_literal(const std::string& text, std::size_t i) {
  if (i > 0 && text[i] == '"' && text[i - 1] == 'R') {
    const auto open = text.find('(', i);
    const auto close = ")" + text.substr(i + 1, open - i - 1) + "\"";
    const auto end = text.find(close, open);
    return end == std::string::npos ? text.size() : end + close.size();
  }
  const char quote = text[i++];
  while (i < text.size() && text[i] != quote && text[i] != '\n') i += text[i] == '\\' ? 2 : 1;
  return std::min(i + 1, text.size());
}

bool opens_literal(const std::string& text, std::size_t i) {
  if (text[i] == '"') return true;
  // 1'000 is a number
  return text[i] == '\'' && (i == 0 || std::isalnum(static_cast<unsigned char>(text[i - 1])) == 0);
}

bool named_in_a_header_beside(const Tree& tree, const std::string& path) {
  const auto slash = path.rfind('/') + 1;
  const auto name = path.substr(slash);
  return std::any_of(tree.begin(), tree.end(), [&](const auto& file) {
    return file.first.starts_with(path.substr(0, slash)) && file.first.ends_with(".hpp") &&
           file.second.find(name) != std::string::npos;
  });
}

}  // namespace

Tree read_tree(const std::string& top) {
  namespace fs = std::filesystem;
  Tree tree;
  for (const char* part : {"sim", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(top) / part)) {
      const auto& path = entry.path();
      if (path.extension() != ".hpp" && path.extension() != ".cpp") continue;
      std::ifstream in(path);
      tree[path.lexically_relative(top).generic_string()] = {std::istreambuf_iterator<char>(in), {}};
    }
  }
  return tree;
}

std::string code_only(const std::string& text) {
  std::string code = text;
  const auto blank = [&code](std::size_t from, std::size_t to) {
    for (; from < to; ++from) {
      if (code[from] != '\n') code[from] = ' ';
    }
  };
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    if (text.compare(i, 2, "//") == 0) {
      end = std::min(text.find('\n', i), text.size());
      blank(i, end);
    } else if (text.compare(i, 2, "/*") == 0) {
      const auto close = text.find("*/", i + 2);
      end = close == std::string::npos ? text.size() : close + 2;
      blank(i, end);
    } else if (opens_literal(text, i)) {
      end = end_of_literal(text, i);
      blank(i, end);
    }
    i = end;
  }
  return code;
}

Breaches include_directions(const Tree& tree) {
  Breaches breaches;
  for (const auto& [path, text] : tree) {
    if (!path.starts_with("sim/")) continue;
    const auto folder = folder_of(path);
    if (!may_see.contains(folder)) {
      breaches.push_back(at(path, 0, "no rule says what sim/" + folder + " may include"));
      continue;
    }
    const auto& visible = may_see.at(folder);
    for (const auto& include : includes_of(text)) {
      const auto target = include.first_part();
      if (include.quoted && !tree.contains("sim/" + include.path)) {
        breaches.push_back(at(path, include.line, "\"" + include.path + "\" is not a header of sim/"));
      } else if (may_see.contains(target) && target != folder && !visible.contains(target) &&
                 !visible.contains(include.path)) {
        breaches.push_back(at(path, include.line, folder + " may not include " + include.path));
      }
    }
  }
  return breaches;
}

Breaches inner_folders_in_one_direction(const Tree& tree) {
  std::map<std::string, std::map<std::string, std::string>>
      arrows;  // "scenario/yaml" to another, and a file that has it
  for (const auto& [path, text] : tree) {
    const std::string from = inner_folder_of(path);
    if (from.empty()) continue;
    for (const auto& include : includes_of(text)) {
      const std::string to = inner_folder_of("sim/" + include.path);
      if (include.quoted && !to.empty() && to != from && folder_of("sim/" + include.path) == folder_of(path))
        arrows[from].try_emplace(to, at(path, include.line, "leads to " + to + ", from which a way leads back"));
    }
  }
  Breaches breaches;
  for (const auto& [from, targets] : arrows)
    for (const auto& [to, where] : targets) {
      Names reached = {to};
      for (bool more = true; more;) {
        more = false;
        for (const std::string& folder : Names(reached))
          for (const auto& arrow : arrows[folder]) more = reached.insert(arrow.first).second || more;
      }
      if (reached.contains(from)) breaches.push_back(where);
    }
  return breaches;
}

Breaches nothing_from_outside(const Tree& tree) {
  static const Names headers = {"iostream", "fstream",    "filesystem", "chrono",  "ctime",
                                "time.h",   "sys/time.h", "print",      "stdio.h", "unistd.h",
                                "ostream",  "istream",    "syncstream", "thread",  "future"};
  static const std::regex words(
      R"re(\b(v?f?printf|f?puts|putchar|f?scanf|fopen|getenv|system|s?rand)\s*\(|)re"
      R"re(\b(std::(cout|cerr|clog|cin|random_device|\w+_distribution)|(system|steady|high_resolution)_clock|)re"
      R"re(clock_gettime|gettimeofday|absl::Now)\b)re");
  Breaches breaches;
  for (const auto& [path, text] : tree) {
    if (!inside_a_run.contains(folder_of(path))) continue;
    for (const auto& include : includes_of(text)) {
      if (headers.contains(include.path)) {
        breaches.push_back(at(path, include.line, "a run does not know <" + include.path + ">"));
      }
    }
    const auto lines = lines_of(code_only(text));
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::smatch match;
      if (std::regex_search(lines[i], match, words)) {
        breaches.push_back(at(path, i, "a run does not use " + match.str()));
      }
    }
  }
  return breaches;
}

Breaches libraries_in_their_place(const Tree& tree) {
  Breaches breaches;
  for (const auto& [path, text] : tree) {
    if (!path.starts_with("sim/")) continue;
    for (const auto& include : includes_of(text)) {
      const auto library = std::find_if(library_homes.begin(), library_homes.end(), [&](const auto& home) {
        return include.path == home.first || include.path.starts_with(home.first + "/");
      });
      if (library != library_homes.end() && !library->second.contains(folder_of(path))) {
        breaches.push_back(at(path, include.line, include.path + " belongs in sim/" + *library->second.begin()));
      }
    }
  }
  return breaches;
}

Breaches headers_are_documented(const Tree& tree) {
  Breaches breaches;
  for (const auto& [path, text] : tree) {
    if (!path.ends_with(".hpp")) continue;
    if (!text.starts_with("// ")) breaches.push_back(at(path, 0, "opens with no word on what it is for"));
    if (text.find("#pragma once\n") == std::string::npos) breaches.push_back(at(path, 0, "has no #pragma once"));
  }
  return breaches;
}

Breaches files_are_short(const Tree& tree) {
  Breaches breaches;
  for (const auto& [path, text] : tree) {
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    if (lines > most_lines) {
      breaches.push_back(at(path, most_lines, std::to_string(lines) + " lines; split it (at most 500)"));
    }
  }
  return breaches;
}

Breaches types_are_named_once(const Tree& tree) {
  static const std::regex opens(R"re(^(?:inline )?namespace ([\w:]*)\s*\{.*)re");
  // a template specialized for a type is no other
  static const std::regex defines(R"re(^(?:struct|class|enum class|enum|union) (\w+(?:::\w+)*)\b(?!<)[^;]*$)re");
  std::map<std::string, std::string> seen;  // folder of tests/ or nothing, namespaces, name: where
  Breaches breaches;
  for (const auto& [path, text] : tree) {  // sim/ comes before tests/
    const std::string folder = path.starts_with("tests/") ? path.substr(0, path.rfind('/')) : "";
    std::vector<std::string> spaces;
    const auto lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::smatch match;
      if (lines[i].starts_with("}  // namespace") && !spaces.empty()) spaces.pop_back();
      if (std::regex_match(lines[i], match, opens)) {
        if (lines[i].find('}') == std::string::npos) spaces.push_back(match[1]);
      } else if (std::regex_match(lines[i], match, defines)) {
        if (std::find(spaces.begin(), spaces.end(), "") != spaces.end()) continue;  // seen in its file alone
        std::string name;
        for (const std::string& space : spaces) name += space + "::";
        name += match[1];
        const std::string here = path + ":" + std::to_string(i + 1);
        const auto of_program = seen.find(" " + name);
        const auto [own, fresh] = seen.emplace(folder + " " + name, here);
        if (!fresh || (!folder.empty() && of_program != seen.end()))
          breaches.push_back(here + ": " + name + " is the name of another type, " +
                             (fresh ? of_program->second : own->second));
      }
    }
  }
  return breaches;
}

Breaches files_are_paired(const Tree& tree) {
  static const std::regex snake_case("[a-z][a-z0-9_]*\\.[ch]pp");
  Breaches breaches;
  for (const auto& [path, text] : tree) {
    const auto name = path.substr(path.rfind('/') + 1);
    if (!std::regex_match(name, snake_case)) breaches.push_back(at(path, 0, "its name is not in snake_case"));
    if (!path.starts_with("sim/") || path.starts_with("sim/cli/") || !path.ends_with(".cpp")) continue;
    const auto header = path.substr(0, path.size() - 3) + "hpp";
    if (!tree.contains(header) && !named_in_a_header_beside(tree, path)) {
      breaches.push_back(at(path, 0, "has no header beside it, and no header beside it names it"));
    }
  }
  return breaches;
}

}  // namespace mailflow::rules
