// Which characters may go where.
#include "core/clean_text.hpp"

#include <catch2/catch.hpp>

namespace mailflow {
namespace {

TEST_CASE("a terminal is given nothing that it would obey") {
  CHECK(for_terminal("a\x1b[31mb\x07") == "a?[31mb?");
  CHECK(for_terminal("tab\tline\nend\r") == "tab\tline\nend?");
  CHECK(for_terminal("\x7f") == "?");
  CHECK(for_terminal("\xc2\x9b"
                     "31m") == "?31m");                     // U+009B is ESC [
  CHECK(for_terminal("\xe2\x80\xa8\xe2\x80\xa9") == "??");  // U+2028, U+2029
  CHECK(for_terminal("\xe2\x80\xae") == "?");               // U+202E turns the writing
  CHECK(for_terminal("Nouméa \xc2\xa0 1\xe2\x80\xafh \xf0\x9f\x93\xac") ==
        "Nouméa \xc2\xa0 1\xe2\x80\xafh \xf0\x9f\x93\xac");
  CHECK(for_terminal("no\xe9l \x9b\xff\xc2") == "no?l ???");  // no UTF-8; 9B alone is ESC [ to some
  CHECK(for_terminal("\xc0\x9b \xed\xa0\x80 \xf4\x90\x80\x80") ==
        "?? ? ????");  // longer than need be, half a pair, none
}

TEST_CASE("XML is given what it can hold") {
  CHECK(for_xml(std::string("a\0b", 3)) ==
        "a\xef\xbf\xbd"
        "b");
  CHECK(for_xml("\xe9") == "\xef\xbf\xbd");
  CHECK(for_xml("\x1f\t\n") == "\xef\xbf\xbd\t\n");
  CHECK(for_xml("\xef\xbf\xbe\xef\xbf\xbf") == "\xef\xbf\xbd\xef\xbf\xbd");  // U+FFFE, U+FFFF
  CHECK(for_xml("é\xc2\x85") == "é\xc2\x85");                                // it can hold those of C1
}

TEST_CASE("a name has no character that a format cannot carry") {
  CHECK(unfit_character("Nouméa 1", Text::name).empty());
  CHECK(unfit_character(std::string("a\0", 2), Text::name) == "U+0000");
  CHECK(unfit_character("a\nb", Text::name) == "U+000A");
  CHECK(unfit_character("a\nb\t", Text::value).empty());
  CHECK(unfit_character("\x1b", Text::value) == "U+001B");
  CHECK(unfit_character("\xc2\x85", Text::value) == "U+0085");
  CHECK(unfit_character("\xe2\x80\xa8", Text::value) == "U+2028");
  CHECK(unfit_character("\xef\xbf\xbf", Text::name) == "U+FFFF");
  CHECK(unfit_character("\xed\xa0\x80", Text::name) == "U+D800");   // half of a pair
  CHECK(unfit_character("x\xe2\x80\x8b", Text::name) == "U+200B");  // no room: x looks the same
  CHECK(unfit_character("x\xc2\xad", Text::name) == "U+00AD");
  CHECK(unfit_character("\xe2\x80\x8b", Text::value).empty());
  CHECK(unfit_character("a\xe2\x80\xae"
                        "b",
                        Text::value) == "U+202E");  // turns the writing
}

}  // namespace
}  // namespace mailflow
