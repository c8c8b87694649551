// Inputs that once broke a reader, and one of each kind: tests/fuzz/corpus/READER/NAME.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "fuzz/folder.hpp"
#include "fuzz/readers.hpp"

namespace mailflow::fuzz {
namespace {

namespace fs = std::filesystem;

TEST_CASE("inputs that once broke a reader are read or refused in words") {
  for (const Reader& reader : readers()) {
    const fs::path folder = fs::path(MAILFLOW_SOURCE_DIR) / "tests/fuzz/corpus" / reader.name;
    if (!fs::exists(folder)) continue;
    for (const auto& entry : fs::directory_iterator(folder)) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string input(std::istreambuf_iterator<char>(in), {});
      INFO(entry.path());
      CHECK_NOTHROW(reader.read(input));
    }
  }
}

TEST_CASE("a folder of the corpus has the name of a reader") {
  for (const auto& entry : fs::directory_iterator(fs::path(MAILFLOW_SOURCE_DIR) / "tests/fuzz/corpus")) {
    INFO(entry.path());
    CHECK(std::any_of(readers().begin(), readers().end(),
                      [&](const Reader& reader) { return reader.name == entry.path().filename(); }));
  }
}

TEST_CASE("an input's files are parted by their marks") {
  const auto text = [](const char* name) {
    std::ifstream in(name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  CHECK((put_files("one\n=== b.csv\ntwo\n=== ../c\nno\n=== empty.csv\n=== d.csv\nfour", "a.yaml") ==
         std::vector<std::string>{"a.yaml", "b.csv", "empty.csv", "d.csv"}));
  CHECK(text("a.yaml") == "one\n");
  CHECK(text("b.csv") == "two\n");
  CHECK(text("empty.csv").empty());
  CHECK(text("d.csv") == "four");
}

}  // namespace
}  // namespace mailflow::fuzz
