// How problems are told, and what an unknown word is taken for.
#include "core/problems.hpp"

#include <catch2/catch.hpp>
#include <memory>

namespace mailflow {
namespace {

std::shared_ptr<const SourceFile> file(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return std::make_shared<const SourceFile>(SourceFile{"hub.yaml", SourceLines(std::move(text))});
}

TEST_CASE("the lines of a text are those of any system, without its mark") {
  const auto lines = [](const std::string& text) {
    std::vector<std::string> all;
    const SourceLines source(text);
    for (std::size_t i = 0; i < source.size(); ++i) all.emplace_back(source[i]);
    return all;
  };
  using Lines = std::vector<std::string>;
  CHECK(lines("").empty());
  CHECK((lines("a") == Lines{"a"}));
  CHECK((lines("a\n") == Lines{"a"}));
  CHECK((lines("\xef\xbb\xbf"
               "a\r\nb\r\n") == Lines{"a", "b"}));
  CHECK((lines("a\rb\r\rc") == Lines{"a", "b", "", "c"}));
  CHECK((lines("\n\na\n\n") == Lines{"", "", "a", ""}));
}

TEST_CASE("a problem shows its place, its line with a caret, and a way out") {
  Problems problems;
  problems.error({file({"machine:", "  rate: 0 items/h"}), 2, 9}, "rate is \"0 items/h\"; it must be above 0",
                 "leave the station out");
  CHECK(problems.text() ==
        "hub.yaml:2:9: error: rate is \"0 items/h\"; it must be above 0\n"
        "  2 |   rate: 0 items/h\n"
        "    |         ^\n"
        "  help: leave the station out\n");
}

TEST_CASE("problems come in order of position, each once") {
  Problems problems;
  const auto hub = file({"a", "b"});
  problems.warning({hub, 2, 1}, "second");
  problems.error({hub, 1, 1}, "first");
  problems.error({hub, 0, 0}, "of the whole file");
  problems.error({hub, 1, 1}, "first");
  CHECK(problems.text() ==
        "hub.yaml: error: of the whole file\n"
        "hub.yaml:1:1: error: first\n  1 | a\n    | ^\n"
        "hub.yaml:2:1: warning: second\n  2 | b\n    | ^\n");
  CHECK(problems.errors() == 2);
  CHECK(problems.warnings() == 1);
}

TEST_CASE("a note is told, and counted neither as an error nor as a warning") {
  Problems problems;
  const auto hub = file({"rate: 600", "lot: 10"});
  problems.warning({hub, 2, 1}, "lot is small");
  problems.note({hub, 1, 1}, "rate is already so", "leave the line out");
  CHECK(problems.text() ==
        "hub.yaml:1:1: note: rate is already so\n  1 | rate: 600\n    | ^\n  help: leave the line out\n"
        "hub.yaml:2:1: warning: lot is small\n  2 | lot: 10\n    | ^\n");
  CHECK(problems.errors() == 0);
  CHECK(problems.warnings() == 1);
  CHECK_FALSE(problems.empty());
  Problems others;
  for (const Problem& each : problems.sorted()) others.add(each);
  CHECK(others.text() == problems.text());
}

TEST_CASE("of many problems of one kind the first are told, and how many more there are") {
  const auto told = [](int agents) {
    Problems problems;
    const auto hub = file(std::vector<std::string>(500, "contract: 39 hh"));
    for (int a = 1; a <= agents; ++a)
      problems.error({hub, a, 11}, "contract of agent " + std::to_string(a) + " is \"39 h" + std::string(a % 3, 'h') +
                                       "\"; it must be a duration");
    problems.error({hub, 450, 1}, "something else");
    CHECK(problems.errors() == static_cast<std::size_t>(agents) + 1);
    return problems.text();
  };
  const auto times = [](const std::string& text, const std::string& words) {
    int found = 0;
    for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) ++found;
    return found;
  };
  CHECK(times(told(10), "must be a duration") == 10);
  CHECK(times(told(10), "more like it") == 0);
  const std::string many = told(400);
  CHECK(times(many, "must be a duration") == 5);
  CHECK(times(many, "\n  and 395 more like it, lines 6 to 400\n") == 1);
  CHECK(times(many, "something else") == 1);
}

TEST_CASE("accents and tabs leave the caret where it belongs") {
  Problems problems;
  problems.error({file({"\té: x"}), 1, 5}, "here");
  CHECK(problems.text() == "hub.yaml:1:5: error: here\n  1 | \té: x\n    | \t   ^\n");
}

TEST_CASE("of a very long line the part around the caret is shown") {
  Problems problems;
  problems.error({file({std::string(100000, 'x')}), 1, 50000}, "here");
  CHECK(problems.text().size() < 500);
}

TEST_CASE("an unknown word suggests the nearest known one, or none when all are far") {
  const std::vector<std::string> known = {"skill", "positions", "rate", "queue"};
  CHECK(nearest("skil", known) == "skill");
  CHECK(nearest("postions", known) == "positions");
  CHECK(nearest("raet", known) == "rate");
  CHECK(nearest("Rate", known) == "rate");
  CHECK(nearest("colour", known).empty());
  CHECK(nearest("", known).empty());
}

}  // namespace
}  // namespace mailflow
