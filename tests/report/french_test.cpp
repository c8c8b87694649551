// All that the program says on a terminal, in French: no English word, and written as the French write it.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <set>
#include <sstream>

#include "cli/program.hpp"
#include "core/words.hpp"
#include "mail/calendar.hpp"
#include "report/french_words.hpp"
#include "scenario/catalogue.hpp"
#include "scenario/load.hpp"
#include "scenario/network/load_network.hpp"

namespace mailflow {
namespace {

namespace fs = std::filesystem;

const fs::path checkout = MAILFLOW_SOURCE_DIR;

std::set<std::string> with_words_of(std::set<std::string> given, const std::string& text) {
  for (const std::string& word : words_in(text)) given.insert(word);
  return given;
}

/// The words of files that are looked at together with a scenario.
std::set<std::string> words_of_tables(const fs::path& folder) {
  std::set<std::string> words;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".csv") words = with_words_of(words, program::bytes_of(entry.path()));
  return words;
}

}  // namespace

TEST_CASE("French is written with its own apostrophe, and with spaces that no line is broken at") {
  const std::regex apostrophe("[a-zA-Zà-ü]'[a-zA-Zà-ü]");
  const std::regex blank("( [?!:;](?![/)(\\]])| »|« )");
  for (const auto& [english, french] : texts_of_catalogue()) {
    INFO(french);
    CHECK_FALSE(std::regex_search(french, apostrophe));
    CHECK_FALSE(std::regex_search(french, blank));
  }
}

TEST_CASE("each section and key of the language, its kind of value and its meaning have their French") {
  const Speaks french(Language::fr);
  const std::set<std::string> alike = {"transport", "pauses", "destination", "date", "dates", "centre", "text"};
  const std::set<std::string> language = words_of_language();
  const auto is_said = [&](const std::string& text) {
    return text.empty() || said(text) != text || alike.contains(text) || english_words(text, language).empty();
  };
  for (const CatalogueSection& section : catalogue()) {
    INFO(section.path);
    CHECK(is_said(section.meaning));
    for (const CatalogueKey& key : section.keys) {
      INFO(key.name << ": " << key.type << ": " << key.meaning);
      CHECK(is_said(key.meaning));
      CHECK(is_said(key.type));
    }
  }
}

TEST_CASE("what is wrong with a scenario is told without an English word") {
  const fs::path before = fs::current_path();
  fs::current_path(checkout / "tests" / "errors");
  const std::set<std::string> language = with_words_of(words_of_language(), "mailflow report yaml utf save");
  const std::set<std::string> tables = words_of_tables(".");
  std::size_t told = 0;
  const Speaks french(Language::fr);
  for (const auto& entry : fs::directory_iterator(".")) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".yaml") continue;
    Problems problems;
    if (is_network(name))
      load_network(name, {}, problems);
    else
      load_scenario(name, {}, problems);
    std::set<std::string> given = with_words_of(language, program::bytes_of(entry.path()) + " " + name);
    given.insert(tables.begin(), tables.end());
    for (const Problem& problem : problems.sorted()) {
      INFO(name << ": " << problem.message << " / " << problem.help);
      CHECK(english_words(problem.message + " " + problem.help, given) == std::vector<std::string>{});
      ++told;
    }
  }
  CHECK(told > 300);
  fs::current_path(before);
}

TEST_CASE("problems have their headings in French, and are counted in French") {
  const program::Desk desk;
  desk.put("a.yaml", R"(mailflow: 1
centre: {name: A}
products: {letter: {lot: 1 item}}
arrivals: {van: {at: "08:00", items: {letter: 5}, into: table}}
stations: {table: {kind: manuel, rate: 60 items/h, next: out}}
run: {from: 2025-03-03, for: 2 days}
)");
  const program::Said said = desk.tell("mailflow check a.yaml --lang fr");
  CHECK(said.status == 3);
  CHECK(program::holds(said.err, "a.yaml:5:26: erreur : kind : « manuel » ; valeurs permises : manual, machine"));
  CHECK(program::holds(said.err, "\n  que faire : vouliez-vous dire manual ?\n"));
  CHECK(program::holds(said.out, "1 erreur, 0 avertissement\n"));
}

TEST_CASE("the help of each command is in French") {
  const program::Desk desk;
  const std::set<std::string> given = with_words_of(
      words_of_language(),
      "run compare report events sensitivity targets sweep roster plan runs check generate diff describe show export "
      "lang memory seed until data from state save quiet judge archive threads replications precision least most "
      "confidence measure warm found out worth best moves vary latin since actuals changes format training all gap "
      "seconds set each rounds centres items lot hubs first change png html xlsx json csv text markdown schema "
      "relative edit new studio add remove rename everywhere dry host port browser processing delivery office parcel "
      "hub "
      "blank time letters experiment measures network links flows mailflow scenario label value help version day");
  for (const char* command :
       {"",       "run",      "compare", "report",      "events",         "sensitivity",   "targets", "sweep",
        "roster", "plan",     "runs",    "runs a show", "runs a compare", "runs a export", "check",   "generate",
        "diff",   "describe", "edit",    "new",         "studio"}) {
    const program::Said said = desk.tell("mailflow " + std::string(command) + " --help --lang fr");
    INFO(command << "\n" << said.out << said.err);
    CHECK(said.status == 0);
    CHECK(english_words(said.out, given) == std::vector<std::string>{});
    CHECK(program::holds(said.out, "Usage\xc2\xa0: mailflow"));
    CHECK(program::holds(said.out, "Montrer cette aide"));
  }
  CHECK(program::holds(desk.tell("LANG=fr_FR.UTF-8 mailflow --help").out, "Commandes\xc2\xa0:\n"));
}

TEST_CASE("a command line that cannot be is told so in French") {
  const program::Desk desk;
  const std::string more = "Pour en savoir plus\xc2\xa0: --help.\n";
  const auto told = [&](const std::string& words) { return desk.tell("mailflow " + words + " --lang fr").err; };
  CHECK(desk.tell("LANG=fr_FR.UTF-8 mailflow").err == "il manque une commande\n" + more);
  CHECK(told("run") == "il manque fichier\n" + more);
  CHECK(told("run a.yaml --seed -1").starts_with("--seed\xc2\xa0: -1 n’est pas un nombre entier de 0 à "));
  CHECK(told("run a.yaml --replications 0") == "--replications\xc2\xa0: 0 n’est pas entre 1 et 1000000\n" + more);
  CHECK(told("run a.yaml --quick") == "de trop ici\xc2\xa0: --quick\n" + more);
  CHECK(told("events a.yaml --format pdf") == "--format\xc2\xa0: pdf n’est pas parmi xes,ocel,csv\n" + more);
  CHECK(told("rin") ==
        "mailflow\xc2\xa0: il n’y a pas de commande rin\xc2\xa0; vouliez-vous dire run\xc2\xa0?\n" + more);
  CHECK(program::holds(told("run gone.yaml"), "erreur\xc2\xa0: «\xc2\xa0gone.yaml\xc2\xa0» n’existe pas\n"));
  CHECK(program::holds(told("run gone.yaml"), "mailflow\xc2\xa0: gone.yaml ne peut pas être simulé\n"));
}

TEST_CASE("the reference of the language is in French, but for what is written so") {
  const Speaks french(Language::fr);
  std::string text = std::regex_replace(reference_markdown(), std::regex("`[^`]*`"), "");
  const std::set<std::string> given = with_words_of(words_of_language(), "mailflow plan poisson first");
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) continue;
    INFO(line);
    CHECK(english_words(line, given) == std::vector<std::string>{});
  }
  CHECK(describe("stations.manual").starts_with("stations.manual\xc2\xa0: des positions où des agents "));
  CHECK(program::holds(describe("rate"), "cadence\xc2\xa0; obligatoire\n"));
}

TEST_CASE("a workbook in French has labels for names, oui for yes, and its headings in French") {
  if (std::system("command -v unzip >/dev/null") != 0) {
    WARN("no unzip on this machine: the workbook is not opened");
    return;
  }
  const program::Desk desk;
  desk.put("a.yaml", R"(mailflow: 1
centre: {name: A}
products: {letter: {label: {fr: Lettre, en: Letter}, lot: 1 item}}
arrivals: {van: {at: "08:00", items: {letter: 5}, into: table}}
stations: {table: {label: {fr: Tri, en: Sorting}, kind: manual, rate: 60 items/h, next: out}}
targets: {none-left: {label: {fr: Reste, en: Left}, measure: left over, at: "12:00", at_most: 0 items}}
run: {from: 2025-03-03, for: 2 days}
)");
  const auto texts = [&](const std::string& more) {
    desk.tell("mailflow run a.yaml --quiet --report r.xlsx" + more);
    return desk.tell("unzip -p r.xlsx xl/sharedStrings.xml").out;
  };
  const std::string french = texts(" --lang fr");
  for (const char* words : {"<t>oui</t>", "<t>Lettre</t>", "<t>Tri</t>", "<t>Reste</t>", "<t>poste</t>",
                            "<t>le pire\xc2\xa0: 3 mars 2025\xc2\xa0; atteint 2 jours sur 2</t>"})
    CHECK(program::holds(french, words));
  for (const char* word : {"<t>yes</t>", "letter", "none-left", "table", "station", "worst"})
    CHECK_FALSE(program::holds(french, word));
  CHECK(program::holds(texts(""), "<t>yes</t>"));
}

TEST_CASE("dates and hours are shown as people write them in French") {
  const Calendar calendar("Europe/Paris", parse_date("2025-03-01"), {}, 0x1f);
  CHECK(calendar.shown(0) == "2025-03-01 00:00");
  const Speaks french(Language::fr);
  CHECK(shown(parse_date("2025-03-14")) == "14 mars 2025");
  CHECK(calendar.shown(0) ==
        "1er mars 2025 à 0\xc2\xa0h\xc2\xa0"
        "00");
  CHECK(calendar.shown(20 * hour + 30 * minute) ==
        "1er mars 2025 à 20\xc2\xa0h\xc2\xa0"
        "30");
  CHECK(calendar.to_the_minute(20 * hour) == "2025-03-01 20:00");
}

}  // namespace mailflow
