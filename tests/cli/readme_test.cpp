// The commands shown in the documents run as they are shown, and print what is shown below them.
//
// A command is a line `./mailflow ...` or `mailflow ...` of a fenced block, with or without "$ " before it. What
// follows a "$ " line to the next one or the block's end is its output; so is the whole of a block without commands
// that comes next after a block of commands, of the first of them. A line "..." stands for any lines left out.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <cstdlib>
#include <regex>
#include <sstream>
#include <vector>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text) {
  Lines lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

struct Block {
  std::string language;
  std::string heading;  ///< the one it stands under
  Lines lines;
};

std::vector<Block> blocks_of(const std::string& document) {
  std::vector<Block> blocks;
  bool inside = false;
  std::string heading;
  for (const std::string& line : lines_of(document)) {
    if (line.starts_with("```")) {
      if (!inside) blocks.push_back({line.substr(3), heading, {}});
      inside = !inside;
    } else if (inside) {
      blocks.back().lines.push_back(line);
    } else if (line.starts_with("#")) {
      heading = trimmed(line.substr(line.find_first_not_of('#')));
    }
  }
  return blocks;
}

struct Shown {
  std::string command;
  bool with_output = false;
  Lines output;
};

/// The command of a line, without "$ " and comment; empty: none.
std::string command_of(const std::string& line) {
  const std::string command = line.starts_with("$ ") ? line.substr(2) : line;
  if (!command.starts_with("./mailflow ") && !command.starts_with("mailflow ")) return "";
  return trimmed(command.substr(0, command.find(" #")));
}

/// Under the sanitizers (MAILFLOW_TEST_SCALE below 1) the experiments, and what reads their archive, are left to their
/// own tests.
bool too_long_here(const std::string& command) {
  const char* scale = std::getenv("MAILFLOW_TEST_SCALE");  // NOLINT(concurrency-mt-unsafe)
  if (scale == nullptr || std::strtod(scale, nullptr) >= 1) return false;
  std::istringstream words(command);
  std::string word;
  words >> word >> word;
  return word == "compare" || word == "sweep" || word == "sensitivity" || word == "targets" || word == "plan" ||
         command.find(" --since ") != std::string::npos;
}

/// What the launcher does itself: install, build, test, measure.
bool of_the_launcher(const std::string& command) {
  std::istringstream words(command);
  std::string word;
  words >> word >> word;
  return word == "setup" || word == "test" || word == "bench";
}

std::vector<Shown> shown_in(const std::string& document) {
  std::vector<Shown> all;
  std::size_t before = 0;  // first command of the block before; none: all.size()
  for (const Block& block : blocks_of(document)) {
    const std::size_t first = all.size();
    bool output = false;
    for (const std::string& line : block.lines) {
      if (const std::string command = command_of(line); !command.empty()) {
        output = line.starts_with("$ ");
        all.push_back({command, output, {}});
      } else if (output) {
        all.back().output.push_back(line);
      }
    }
    if (first == all.size() && before < first && block.language.empty()) {
      all[before].with_output = true;
      all[before].output = block.lines;
    }
    before = first;
  }
  all.erase(std::remove_if(all.begin(), all.end(), [](const Shown& s) { return of_the_launcher(s.command); }),
            all.end());
  return all;
}

/// Whether the lines from `i` on are those shown from `k` on, "..." being any lines.
bool agree(const Lines& shown, std::size_t k, const Lines& real, std::size_t i) {
  for (; k < shown.size(); ++k, ++i) {
    if (trimmed(shown[k]) == "...") {
      for (std::size_t j = i; j <= real.size(); ++j)
        if (agree(shown, k + 1, real, j)) return true;
      return false;
    }
    if (i == real.size() || shown[k] != real[i]) return false;
  }
  return i == real.size();
}

void check_document(const std::string& name, std::size_t commands, std::size_t outputs) {
  const Desk desk;
  desk.copy("scenarios");
  desk.copy("models");
  const auto all = shown_in(bytes_of(fs::path(MAILFLOW_SOURCE_DIR) / name));
  CHECK(all.size() >= commands);
  CHECK(std::count_if(all.begin(), all.end(), [](const Shown& s) { return s.with_output; }) >=
        static_cast<std::ptrdiff_t>(outputs));
  for (const Shown& shown : all) {
    if (too_long_here(shown.command)) continue;
    INFO(name << ": " << shown.command);
    const Said said = desk.tell(shown.command);
    INFO(said.err);
    CHECK(said.status == 0);
    if (!shown.with_output) continue;
    std::string text;
    for (const std::string& line : shown.output) text += line + "\n";
    INFO("shown:\n" << text << "printed:\n" << said.out);
    CHECK(agree(shown.output, 0, lines_of(said.out), 0));
  }
}

TEST_CASE("the commands of README.md run, and the summary shown there is theirs") { check_document("README.md", 1, 1); }

TEST_CASE("the commands of the tutorial run and print what it shows") {
  check_document("scenarios/tutorial/README.md", 5, 5);
  check_document("scenarios/tutorial/LISEZMOI.md", 5, 5);
}

TEST_CASE("the commands of the page on deciding run and print what it shows") {
  check_document("sim/experiment/DECIDING.md", 4, 4);
}

TEST_CASE("the commands of the page on planning run and print what it shows") {
  check_document("sim/planning/PLANNING.md", 1, 1);
}

/// All documents of a folder, but for what others wrote.
std::vector<fs::path> documents(const fs::path& folder) {
  std::vector<fs::path> found;
  for (auto at = fs::recursive_directory_iterator(folder); at != fs::recursive_directory_iterator(); ++at) {
    if (at->is_directory() && (at->path().filename() == "node_modules" || at->path().filename() == "build"))
      at.disable_recursion_pending();
    else if (at->path().extension() == ".md")
      found.push_back(at->path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

TEST_CASE("the commands of the other documents run") {
  const std::vector<std::string> elsewhere = {"scenarios/tutorial/README.md", "scenarios/tutorial/LISEZMOI.md",
                                              "sim/experiment/DECIDING.md", "sim/planning/PLANNING.md"};
  for (const char* folder : {"scenarios", "sim"})
    for (const fs::path& path : documents(fs::path(MAILFLOW_SOURCE_DIR) / folder)) {
      const std::string name = fs::relative(path, MAILFLOW_SOURCE_DIR).generic_string();
      if (std::count(elsewhere.begin(), elsewhere.end(), name) == 0) check_document(name, 0, 0);
    }
}

/// As a link names a heading: letters and digits in lower case, blanks as hyphens, the rest left out.
std::string anchor_of(const std::string& heading) {
  std::string anchor;
  for (const char c : heading) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || byte > 127 || c == '-' || c == '_')
      anchor += static_cast<char>(std::tolower(byte));
    else if (c == ' ')
      anchor += '-';
  }
  return anchor;
}

TEST_CASE("every link of a document leads to a file, and to a heading there, that exist") {
  std::vector<fs::path> all;
  for (const char* folder : {"scenarios", "sim", "tests", "bench"})
    for (const fs::path& path : documents(fs::path(MAILFLOW_SOURCE_DIR) / folder)) all.push_back(path);
  all.push_back(fs::path(MAILFLOW_SOURCE_DIR) / "README.md");
  static const std::regex link(R"(\]\(([^)#\s]*)(#[^)\s]*)?\))");
  std::size_t links = 0;
  for (const fs::path& path : all) {
    const std::string text = bytes_of(path);
    for (auto at = std::sregex_iterator(text.begin(), text.end(), link); at != std::sregex_iterator(); ++at) {
      const std::string file = (*at)[1], anchor = (*at)[2];
      if (file.starts_with("http")) continue;
      ++links;
      INFO(path << ": " << at->str());
      const fs::path to = file.empty() ? path : path.parent_path() / file;
      REQUIRE(fs::exists(to));
      if (anchor.empty()) continue;
      const Lines lines = lines_of(bytes_of(to));
      CHECK(std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        return line.starts_with("#") && "#" + anchor_of(trimmed(line.substr(line.find_first_not_of('#')))) == anchor;
      }));
    }
  }
  CHECK(links > 30);
}

TEST_CASE("the scenarios shown in the tutorial are those in its folder, and all of them") {
  const fs::path folder = fs::path(MAILFLOW_SOURCE_DIR) / "scenarios" / "tutorial";
  for (const char* tutorial : {"README.md", "LISEZMOI.md"}) {
    std::vector<std::string> names;
    for (const Block& block : blocks_of(bytes_of(folder / tutorial))) {
      if (block.language != "yaml") continue;
      INFO(tutorial << ": " << block.heading);
      names.push_back(block.heading + ".yaml");
      REQUIRE(fs::exists(folder / names.back()));
      CHECK(block.lines == lines_of(bytes_of(folder / names.back())));
    }
    for (const auto& entry : fs::directory_iterator(folder))
      if (entry.path().extension() == ".yaml")
        CHECK(std::count(names.begin(), names.end(), entry.path().filename()) == 1);
  }
}

TEST_CASE("commands and their outputs are found in a document, and other output is told apart") {
  const auto all = shown_in(
      "# One\n```\n./mailflow run a.yaml   # runs\n./mailflow test\n```\n```\nsum\n  ...\n```\n"
      "```\n$ mailflow check b\nfine\n$ mailflow check c\n```\n```yaml\na: 1\n```\n```\nnot an output\n```\n");
  REQUIRE(all.size() == 3);
  CHECK(all[0].command == "./mailflow run a.yaml");
  CHECK(all[0].output == Lines{"sum", "  ..."});
  CHECK(all[1].command == "mailflow check b");
  CHECK(all[1].output == Lines{"fine"});
  CHECK(all[2].with_output);
  CHECK(all[2].output.empty());

  CHECK(agree({"a", "...", "d"}, 0, {"a", "b", "c", "d"}, 0));
  CHECK(agree({"a", "..."}, 0, {"a"}, 0));
  CHECK(agree({"...", "b"}, 0, {"b", "a", "b"}, 0));
  CHECK_FALSE(agree({"a", "...", "d"}, 0, {"a", "b", "c"}, 0));
  CHECK_FALSE(agree({"a"}, 0, {"a", "b"}, 0));
  CHECK_FALSE(agree({"a", "b"}, 0, {"a"}, 0));
  CHECK_FALSE(agree({"a "}, 0, {"a"}, 0));
}

}  // namespace
}  // namespace mailflow::program
