#include "rules/translated.hpp"

#include <catch2/catch.hpp>

namespace mailflow::rules {
namespace {

Breaches told_of(const std::string& line) { return sentences_are_translated({{"sim/cli/a.cpp", "\n" + line + "\n"}}); }

TEST_CASE("what is said to a user goes through the catalogue of French") {
  CHECK(sentences_are_translated(read_tree(MAILFLOW_SOURCE_DIR)) == Breaches{});
}

TEST_CASE("a sentence in English alone is told, wherever it is said") {
  CHECK(told_of("problems.error(place, tr(\"{} is empty (or \\\"so\\\")\", key), tr(\"give at least one\"));").empty());
  CHECK(told_of("problems.error(place, \"it is empty\");") ==
        Breaches{"sim/cli/a.cpp:2: \"it is empty\" is said in English alone; use tr()"});
  CHECK(told_of("in_.problems.warning(node.place, tr(\"{} is empty\", a), b ? \"\" : \"give at least one\");").size() ==
        1);
  CHECK(told_of("problems_.note(place, \"the name \" + name + \" is taken\");").size() == 1);
  CHECK(told_of("throw UnusableOutput(path + \" cannot be written\");").size() == 1);
  CHECK(told_of("failure = {\"it must be above 0\", {}};").size() == 1);
  CHECK(told_of("bad(node, key, \"\", tr(\"allowed: {}\", fmt::format(\"{} and {}\", a, b)));").empty());
  CHECK(told_of("command.add_option(\"--out\", out, \"a folder to write to\");").size() == 1);
  CHECK(told_of("throw std::logic_error(\"a mistake of ours\");").empty());
}

}  // namespace
}  // namespace mailflow::rules
