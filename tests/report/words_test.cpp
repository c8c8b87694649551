// The French catalogue against the texts in the sources: none is missing, none is unfinished, and each has the places
// of its English. By the tools of gettext, which the build needs anyway.
#include "core/words.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <regex>
#include <set>

#include "centre/simulate.hpp"
#include "cli/program.hpp"
#include "report/french_words.hpp"
#include "report/result_tables.hpp"
#include "report/summary.hpp"
#include "report/text.hpp"
#include "scenario/load.hpp"

namespace mailflow {
namespace {

/// The places of a text ({}, {:.1f}, {0}), in order of their writing.
std::vector<std::string> places(const std::string& text) {
  static const std::regex place(R"(\{[^{}]*\})");
  std::vector<std::string> all;
  for (std::sregex_iterator i(text.begin(), text.end(), place), end; i != end; ++i) all.push_back(i->str());
  return all;
}

}  // namespace

TEST_CASE("every text has its French") {
  const program::Desk desk;
  const std::string source = MAILFLOW_SOURCE_DIR;
  const program::Said said = desk.tell(
      "find '" + source +
      "/sim' -name '*.[ch]pp' -not -path '*/node_modules/*' | sort | xargs xgettext --language=C++ --from-code=UTF-8 "
      "--keyword=tr --keyword=tr_later --keyword=tr_plural:1,2 --output=texts.pot && msgcmp '" +
      source + "/sim/core/fr.po' texts.pot");
  INFO(said.err);
  CHECK(said.status == 0);
}

TEST_CASE("a French text has the places of its English") {
  const auto pairs = texts_of_catalogue();
  CHECK(pairs.size() > 3);
  for (const auto& [english, french] : pairs) {
    INFO(english);
    auto of_english = places(english);
    auto of_french = places(french);
    std::sort(of_english.begin(), of_english.end());
    std::sort(of_french.begin(), of_french.end());
    CHECK(of_english == of_french);
  }
}

TEST_CASE("every sheet and heading of a workbook has its French") {
  Problems problems;
  const auto model =
      load_model(std::string(MAILFLOW_SOURCE_DIR) + "/scenarios/tutorial/4-departures.yaml", {}, problems);
  REQUIRE(model);
  const std::set<std::string> alike = {"agents",   "destination", "destinations", "causes",
                                       "absences", "kg",          "performance"};
  const Speaks french(Language::fr);
  for (const Table& table : result_tables(*model, simulate(*model, {}))) {
    std::vector<std::string> words = table.columns();
    words.push_back(table.name());
    for (std::string& word : words) {
      std::replace(word.begin(), word.end(), '_', ' ');
      INFO(word);
      CHECK((alike.contains(word) || tr(word.c_str()) != word));
    }
  }
}

TEST_CASE("the terminal's summary speaks French, with French numbers") {
  Problems problems;
  const auto model =
      load_model(std::string(MAILFLOW_SOURCE_DIR) + "/scenarios/tutorial/4-departures.yaml", {}, problems);
  REQUIRE(model);
  const Results results = simulate(*model, {});
  const std::string english = summary(*model, results);
  const Speaks speaks(Language::fr);
  const std::string french = summary(*model, results);
  for (const char* words : {"Des départs et une promesse", "objets arrivés", "Objectifs", "Où passe le temps"}) {
    CHECK(french.find(words) != std::string::npos);
    CHECK(english.find(words) == std::string::npos);
  }
  CHECK(grouped(12345.5, 1) == "12 345,5");
  CHECK(shown(0.912, "share", "XPF") == "91,2 %");
  CHECK(shown(3000, "minutes", "XPF") == "2,1 j");
  CHECK(shown_change(-0.0125, "share", "XPF") == "-1,25 points");
}

TEST_CASE("a language is spoken for as long as it is asked for") {
  CHECK(tr("The report is {}\n", "r.html") == "The report is r.html\n");
  {
    const Speaks french(Language::fr);
    CHECK(tr("The report is {}\n", "r.html") == "Le rapport est r.html\n");
    CHECK(tr("no text of ours") == "no text of ours");
  }
  CHECK(language() == Language::en);
  CHECK(language_named("fr_FR.UTF-8") == Language::fr);
  CHECK(language_named("C.UTF-8") == Language::en);
  CHECK(!language_named("tlh"));
}

}  // namespace mailflow
