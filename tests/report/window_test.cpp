// Text within a window: tables in parts, lines that go on below, colours.
#include "report/window.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "report/text.hpp"

using namespace mailflow;

namespace {

Columns five_columns() {
  Columns table({"Stations", "items", "busy", "wait mean"});
  table.row({"Dock", "280 428", "13 %", "2.7 h"});
  table.row({"Tri des \u00e9l\u00e9ments", "9", "100 %", "59.5 min"});
  return table;
}

}  // namespace

TEST_CASE("A table is as wide as it wants to be where nothing bounds it") {
  CHECK(five_columns().text() ==
        "  Stations            items   busy  wait mean\n"
        "  Dock              280 428   13 %      2.7 h\n"
        "  Tri des \u00e9l\u00e9ments        9  100 %   59.5 min\n");
}

TEST_CASE("Columns that the window has no room for go below, beside the names once more") {
  const ShowsIn window({.columns = 34});
  CHECK(five_columns().text() ==
        "  Stations            items   busy\n"
        "  Dock              280 428   13 %\n"
        "  Tri des \u00e9l\u00e9ments        9  100 %\n"
        "\n"
        "  Stations          wait mean\n"
        "  Dock                  2.7 h\n"
        "  Tri des \u00e9l\u00e9ments   59.5 min\n");
}

TEST_CASE("A column that is too wide by itself is shown all the same") {
  const ShowsIn window({.columns = 10});
  Columns table({"", "found"});
  table.row({"Letters", "91.9 % of all"});
  CHECK(table.text() ==
        "                   found\n"
        "  Letters  91.9 % of all\n");
}

TEST_CASE("A long line goes on in the next, as far in as it began, and numbers stay whole") {
  const ShowsIn window({.columns = 30});
  CHECK(wrapped("  386 571 items came (69 674 were here before), 93 % on time\nshort\n") ==
        "  386 571 items came (69 674\n"
        "  were here before), 93 % on\n"
        "  time\n"
        "short\n");
  CHECK(wrapped("        abcdefghi lmnopqrst 12 345 678 x") ==
        "        abcdefghi lmnopqrst\n"
        "        12 345 678 x");
  CHECK(wrapped("").empty());
  CHECK(wrapped("/a/path/that/is/longer/than/the/window is said") == "/a/path/that/is/longer/than/the/window\nis said");
}

TEST_CASE("French signs stay with the word before them, and quotes with what they hold") {
  const ShowsIn window({.columns = 12});
  CHECK(wrapped("dit-il ainsi : oui") == "dit-il\nainsi : oui");
  CHECK(wrapped("le mot seul \u00ab lettre \u00bb") == "le mot seul\n\u00ab lettre \u00bb");
}

TEST_CASE("Without a window lines are as long as they are") {
  const std::string long_line(300, 'x');
  CHECK(wrapped(long_line + " y\n") == long_line + " y\n");
}

TEST_CASE("Verdicts have colours where there are any, which take no room in a table") {
  CHECK(in_tone(Tone::bad, "MISSED") == "MISSED");
  const ShowsIn window({.colours = true});
  CHECK(in_tone(Tone::bad, "MISSED") == "\x1b[1;31mMISSED\x1b[0m");
  CHECK(in_tone(Tone::good, "met") == "\x1b[1;32mmet\x1b[0m");
  CHECK(in_tone(Tone::doubtful, "") == "");
  CHECK(width_of(in_tone(Tone::good, "\u00e0 l\u2019heure")) == 9);
  Columns table({"Targets", ""});
  table.row({"Letters", in_tone(Tone::bad, "MISSED")});
  table.row({"Rounds", in_tone(Tone::good, "met")});
  CHECK(table.text() ==
        "  Targets\n"
        "  Letters  \x1b[1;31mMISSED\x1b[0m\n"
        "  Rounds      \x1b[1;32mmet\x1b[0m\n");
}
