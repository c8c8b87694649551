// Names of people, centres and values as names of files.
#include "report/file_name.hpp"

#include <catch2/catch.hpp>

namespace mailflow {
namespace {

TEST_CASE("a name leads nowhere but into the folder") {
  CHECK(file_name_of("Ana Pérez") == "Ana Pérez");
  CHECK(file_name_of("../../x") == "_.._.._x");
  CHECK(file_name_of("..") == "_._");
  CHECK(file_name_of("") == "_");
  CHECK(file_name_of("/etc/passwd") == "_etc_passwd");
  CHECK(file_name_of("a\\b:c\x1b\x7f") == "a_b_c__");
  CHECK(file_name_of("what? <a|b> \"c\" *") == "what_ _a_b_ _c_ _");
  CHECK(file_name_of("NUL") == "_NUL");
  CHECK(file_name_of("con.2") == "_con.2");
  CHECK(file_name_of("Com1") == "_Com1");
  CHECK(file_name_of("Console") == "Console");
  CHECK(file_name_of("end.") == "end_");
  CHECK(file_name_of("end ") == "end_");
  CHECK(file_name_of(std::string("a\0b", 3)) == "a_b");
  CHECK(file_name_of(std::string(199, 'x') + "é").size() == 199);  // whole characters of 200 bytes at most
}

TEST_CASE("no two names are one file") {
  using Names = std::vector<std::string>;
  CHECK(file_names_of({"Dan/Eve", "Dan_Eve", "Dan_Eve"}, ".ics") ==
        Names{"Dan_Eve.ics", "Dan_Eve-2.ics", "Dan_Eve-3.ics"});
  CHECK(file_names_of({"Anne", "anne", "ANNE"}, ".ics") == Names{"Anne.ics", "anne-2.ics", "ANNE-3.ics"});
  CHECK(file_names_of({"Élise", "élise"}, "") == Names{"Élise", "élise-2"});
  CHECK(file_names_of({"Plans.csv"}, "", {"plans.csv"}) == Names{"Plans.csv-2"});
  CHECK(file_names_of({"plans.csv", "x"}, "", {"plans.csv"}) == Names{"plans.csv-2", "x"});
}

}  // namespace
}  // namespace mailflow
