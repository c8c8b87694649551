// The laws of edits in place on every scenario that is shipped, and on those written for other tests.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "laws.hpp"

namespace mailflow::edit_laws {
namespace {

namespace fs = std::filesystem;

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> yaml_below(const std::string& part) {
  std::vector<fs::path> all;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(MAILFLOW_SOURCE_DIR) / part))
    if (entry.path().extension() == ".yaml") all.push_back(entry.path());
  std::sort(all.begin(), all.end());
  return all;
}

std::string with_crlf(const std::string& text) {
  std::string all;
  for (const char c : text) all += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return all;
}

/// Whether under the sanitizers, where a test looks at every tenth value.
bool in_short() { return std::getenv("MAILFLOW_TEST_SCALE") != nullptr; }  // NOLINT(concurrency-mt-unsafe)
std::size_t every(std::size_t nth) { return in_short() ? 10 * nth : nth; }
/// Every so many values, so that each file takes about as long.
std::size_t stride_for(const std::string& text) { return every(1 + text.size() / 2000); }

TEST_CASE("every value of every shipped scenario is set and set back, added to and taken away") {
  std::size_t edits = 0;
  std::size_t refused = 0;
  for (const char* part : {"scenarios", "models"})
    for (const fs::path& path : yaml_below(part)) {
      INFO(path);
      const std::string text = bytes_of(path);
      const Findings found = all_laws(text, stride_for(text));
      CHECK(found.wrong == "");  // NOLINT(readability-container-size-empty): to be shown
      edits += found.edits;
      refused += found.refused;
    }
  CHECK(edits > (in_short() ? 300 : 3000));
  CHECK(refused < edits / 10);  // what stands in several places by an anchor
}

TEST_CASE("every key of the language, in every file of the reference") {
  for (const fs::path& path : yaml_below("scenarios/reference")) {
    INFO(path);
    const Findings found = all_laws(bytes_of(path), every(1));
    CHECK(found.wrong == "");  // NOLINT(readability-container-size-empty): to be shown
    CHECK(found.refused == 0);
  }
}

TEST_CASE("the laws hold of other line ends, without the last one, and behind a mark of UTF-8") {
  const std::string text = bytes_of(fs::path(MAILFLOW_SOURCE_DIR) / "scenarios/reference/every-key.yaml");
  const std::string without_end = text.substr(0, text.rfind("\n# situation"));
  for (const std::string& variant : {with_crlf(text), without_end, with_crlf(without_end), "\xef\xbb\xbf" + text}) {
    const Findings found = all_laws(variant, 13);
    CHECK(found.wrong == "");  // NOLINT(readability-container-size-empty): to be shown
    CHECK(found.refused == 0);
  }
}

TEST_CASE("what the bad scenarios of other tests say changes as asked, or not at all") {
  std::size_t read = 0;
  for (const fs::path& path : yaml_below("tests")) {
    const std::string text = bytes_of(path);
    if (!tree_of(text)) continue;
    INFO(path);
    ++read;
    const Findings found = all_laws(text, 9 * stride_for(text));
    CHECK(found.wrong == "");  // NOLINT(readability-container-size-empty): to be shown
  }
  CHECK(read > 100);
}

}  // namespace
}  // namespace mailflow::edit_laws
