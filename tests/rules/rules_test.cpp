// Each rule twice: the tree keeps it, and a small tree that breaks it is told.
#include "rules/rules.hpp"

#include <catch2/catch.hpp>

namespace mailflow::rules {
namespace {

const Tree& tree() {
  static const Tree on_disk = read_tree(MAILFLOW_SOURCE_DIR);
  return on_disk;
}
const Breaches none;

TEST_CASE("the tree that is checked is the whole one") {
  CHECK(tree().contains("sim/core/time.hpp"));
  CHECK(tree().contains("tests/rules/rules.cpp"));
}

TEST_CASE("folders include only those that they may see") { CHECK(include_directions(tree()) == none); }

TEST_CASE("an include in a direction not allowed is told") {
  const Tree sound = {{"sim/core/a.hpp", ""},
                      {"sim/centre/simulate.hpp", "#include \"core/a.hpp\"\n"},
                      {"sim/centre/bay.hpp", ""},
                      {"sim/report/csv.cpp", "#include \"centre/simulate.hpp\"\n#include <vector>\n"}};
  CHECK(include_directions(sound) == none);

  const auto broken = [&sound](const std::string& path, const std::string& text) {
    Tree copy = sound;
    copy[path] = text;
    return include_directions(copy);
  };
  CHECK(broken("sim/core/b.cpp", "\n#include \"centre/bay.hpp\"\n") ==
        Breaches{"sim/core/b.cpp:2: core may not include centre/bay.hpp"});
  CHECK(broken("sim/report/b.cpp", "#  include <centre/bay.hpp>\n") ==
        Breaches{"sim/report/b.cpp:1: report may not include centre/bay.hpp"});
  CHECK(broken("sim/core/b.cpp", "#include \"a.hpp\"\n") ==
        Breaches{"sim/core/b.cpp:1: \"a.hpp\" is not a header of sim/"});
  CHECK(broken("sim/core/b.cpp", "#include \"../centre/bay.hpp\"\n") ==
        Breaches{"sim/core/b.cpp:1: \"../centre/bay.hpp\" is not a header of sim/"});
  CHECK(broken("sim/misc/b.cpp", "") == Breaches{"sim/misc/b.cpp:1: no rule says what sim/misc may include"});
}

TEST_CASE("folders within a folder include each other in one direction") {
  CHECK(inner_folders_in_one_direction(tree()) == none);
}

TEST_CASE("two folders within a folder that include each other are told, also by way of a third") {
  const Tree sound = {{"sim/scenario/yaml/a.hpp", ""},
                      {"sim/scenario/files/b.hpp", "#include \"scenario/yaml/a.hpp\"\n"},
                      {"sim/scenario/kinds/c.hpp", "#include \"scenario/files/b.hpp\"\n"}};
  CHECK(inner_folders_in_one_direction(sound) == none);
  Tree broken = sound;
  broken["sim/scenario/yaml/a.hpp"] = "#include \"scenario/kinds/c.hpp\"\n";
  CHECK(inner_folders_in_one_direction(broken).size() == 3);
  CHECK(inner_folders_in_one_direction(broken).back() ==
        "sim/scenario/yaml/a.hpp:1: leads to scenario/kinds, from which a way leads back");
}

TEST_CASE("a run knows no file, console, clock or chance of its own") { CHECK(nothing_from_outside(tree()) == none); }

TEST_CASE("a run that looks outside is told") {
  const auto told = [](const std::string& text) { return nothing_from_outside({{"sim/centre/b.cpp", text}}); };
  for (const char* text :
       {"#include <iostream>\n", "#include <chrono>\n", "int a = printf (\"\");\n", "std::cout << 1;\n",
        "auto t = std::chrono::steady_clock::now();\n", "std::random_device d;\n", "std::normal_distribution<> d;\n",
        "int a = 1'000; puts(\"\");\n"}) {
    CAPTURE(text);
    CHECK(told(text).size() == 1);
  }
  for (const char* text : {"// printf(\n", "/* std::cout\n*/\n", "auto s = \"puts(\";\n", "snprintf(a, 1, \"\");\n",
                           "auto s = R\"(puts(\"a\"))\";\n", "print_time(1);\n"}) {
    CAPTURE(text);
    CHECK(told(text) == none);
  }
  CHECK(nothing_from_outside({{"sim/cli/main.cpp", "#include <iostream>\n"}}) == none);
}

TEST_CASE("each library stays in the folder that knows it") { CHECK(libraries_in_their_place(tree()) == none); }

TEST_CASE("a library out of its place is told") {
  CHECK(libraries_in_their_place({{"sim/report/b.cpp", "#include <yaml-cpp/yaml.h>\n"}}) ==
        Breaches{"sim/report/b.cpp:1: yaml-cpp/yaml.h belongs in sim/scenario"});
  CHECK(libraries_in_their_place({{"sim/scenario/b.cpp", "#include <yaml-cpp/yaml.h>\n"}}) == none);
  CHECK(libraries_in_their_place({{"sim/cli/b.cpp", "#include <boost/asio/io_context.hpp>\n"}}) ==
        Breaches{"sim/cli/b.cpp:1: boost/asio/io_context.hpp belongs in sim/studio"});
  CHECK(libraries_in_their_place({{"sim/cli/b.cpp", "#include <boost/process.hpp>\n"}}) == none);
}

TEST_CASE("each header says what it is for") { CHECK(headers_are_documented(tree()) == none); }

TEST_CASE("a header that says nothing is told") {
  CHECK(headers_are_documented({{"sim/core/a.hpp", "#pragma once\n"}}).size() == 1);
  CHECK(headers_are_documented({{"sim/core/a.hpp", "// A clock.\n"}}).size() == 1);
  CHECK(headers_are_documented({{"sim/core/a.hpp", "// A clock.\n#pragma once\n"}}) == none);
}

TEST_CASE("no file is longer than 500 lines") { CHECK(files_are_short(tree()) == none); }

TEST_CASE("a file of 501 lines is told") {
  CHECK(files_are_short({{"tests/core/a.cpp", std::string(501, '\n')}}).size() == 1);
  CHECK(files_are_short({{"tests/core/a.cpp", std::string(500, '\n')}}) == none);
}

TEST_CASE("no two types share a name") { CHECK(types_are_named_once(tree()) == none); }

TEST_CASE("two types of one name are told, but not where each is seen in its own file or scope alone") {
  const std::string type = "namespace mailflow {\nstruct Load {\n  struct Inner {};\n};\n}  // namespace mailflow\n";
  const std::string local = "namespace mailflow {\nnamespace {\nstruct Load {};\n}  // namespace\n}  // namespace\n";
  const std::string named = "namespace mailflow::cli {\nclass Load {};\nstruct Later;\n}  // namespace\n";
  const auto told = [&](const std::string& path, const std::string& text) {
    return types_are_named_once({{"sim/core/a.hpp", type}, {path, text}});
  };
  CHECK(told("sim/mail/b.cpp", local) == none);
  CHECK(told("sim/mail/b.cpp", named) == none);
  CHECK(told("sim/mail/b.cpp", "namespace mailflow {\nclass Load;\n}  // namespace mailflow\n") == none);
  CHECK(told("sim/mail/b.cpp", type) ==
        Breaches{"sim/mail/b.cpp:2: mailflow::Load is the name of another type, sim/core/a.hpp:2"});
  CHECK(told("tests/mail/b.cpp", type) ==
        Breaches{"tests/mail/b.cpp:2: mailflow::Load is the name of another type, sim/core/a.hpp:2"});
  CHECK(types_are_named_once({{"tests/core/a.cpp", type}, {"tests/mail/a.cpp", type}}) == none);
}

TEST_CASE("each source stands beside its header") { CHECK(files_are_paired(tree()) == none); }

TEST_CASE("a source without its header is told, and a name in capitals") {
  CHECK(files_are_paired({{"sim/core/a.cpp", ""}}) ==
        Breaches{"sim/core/a.cpp:1: has no header beside it, and no header beside it names it"});
  CHECK(files_are_paired({{"sim/core/a.cpp", ""}, {"sim/core/b.hpp", "// Bodies: a.cpp\n"}}) == none);
  CHECK(files_are_paired({{"sim/core/a.cpp", ""}, {"sim/mail/b.hpp", "// Bodies: a.cpp\n"}}).size() == 1);
  CHECK(files_are_paired({{"sim/core/Clock.hpp", ""}}).size() == 1);
  CHECK(files_are_paired({{"sim/cli/main.cpp", ""}, {"sim/core/a.cpp", ""}, {"sim/core/a.hpp", ""}}) == none);
}

}  // namespace
}  // namespace mailflow::rules
