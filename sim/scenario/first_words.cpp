#include "scenario/first_words.hpp"

#include <algorithm>
#include <regex>
#include <utility>
#include <vector>

namespace mailflow {

namespace {

using Words = std::vector<std::pair<std::string_view, std::string_view>>;

std::string small(std::string_view text) {
  std::string all(text);
  std::transform(all.begin(), all.end(), all.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return all;
}

std::string found_in(const Words& words, std::string_view word) {
  const std::string key = small(word);
  const auto found = std::find_if(words.begin(), words.end(), [&](const auto& w) { return w.first == key; });
  return found == words.end() ? std::string() : std::string(found->second);
}

/// The parts of a text that has a shape; empty where it has not.
std::vector<std::string> parts_of(std::string_view text, const char* shape) {
  const std::string all(text.substr(0, 100));
  std::smatch found;
  if (!std::regex_match(all, found, std::regex(shape, std::regex::icase))) return {};
  return {found.begin() + 1, found.end()};
}

std::string two(const std::string& digits) { return digits.empty() ? "00" : digits.size() < 2 ? "0" + digits : digits; }

}  // namespace

std::string day_meant(std::string_view word) {
  static const Words words = {{"lun", "Mon"},       {"lundi", "Mon"},    {"mar", "Tue"},    {"mardi", "Tue"},
                              {"mer", "Wed"},       {"mercredi", "Wed"}, {"jeu", "Thu"},    {"jeudi", "Thu"},
                              {"ven", "Fri"},       {"vendredi", "Fri"}, {"sam", "Sat"},    {"samedi", "Sat"},
                              {"dim", "Sun"},       {"dimanche", "Sun"}, {"monday", "Mon"}, {"tuesday", "Tue"},
                              {"wednesday", "Wed"}, {"thursday", "Thu"}, {"friday", "Fri"}, {"saturday", "Sat"},
                              {"sunday", "Sun"},    {"mon", "Mon"},      {"tue", "Tue"},    {"wed", "Wed"},
                              {"thu", "Thu"},       {"fri", "Fri"},      {"sat", "Sat"},    {"sun", "Sun"}};
  return found_in(words, word);
}

std::string unit_of_time_meant(std::string_view unit) {
  static const Words words = {{"semaine", "week"}, {"semaines", "weeks"}, {"sem", "weeks"}, {"jour", "day"},
                              {"jours", "days"},   {"j", "days"},         {"heure", "h"},   {"heures", "h"},
                              {"hour", "h"},       {"hours", "h"},        {"hr", "h"},      {"minute", "min"},
                              {"minutes", "min"},  {"mn", "min"},         {"m", "min"},     {"seconde", "s"},
                              {"secondes", "s"},   {"second", "s"},       {"seconds", "s"}, {"sec", "s"}};
  return found_in(words, unit);
}

std::string unit_of_rate_meant(std::string_view unit) {
  const auto parts = parts_of(
      unit,
      R"((?:[a-z]\S*?)?\s*(?:/|per|par)\s*(h|hr|hours?|heures?|min|mn|minutes?|s|seconds?|secondes?|days?|jours?|j)\b.*)");
  if (parts.empty()) return {};
  const std::string span = small(parts[0]);
  const std::string per = span.starts_with("h")   ? "h"
                          : span.starts_with("m") ? "min"
                          : span.starts_with("s") ? "s"
                                                  : "day";
  return "items/" + per + (unit.ends_with("per agent") ? " per agent" : "");
}

std::string key_meant(std::string_view key) {
  static const Words words = {{"postes", "positions"},
                              {"poste", "positions"},
                              {"places", "positions"},
                              {"posts", "positions"},
                              {"cadence", "rate"},
                              {"debit", "rate"},
                              {"débit", "rate"},
                              {"vitesse", "rate"},
                              {"suite", "next"},
                              {"suivant", "next"},
                              {"vers", "to"},
                              {"compétence", "skill"},
                              {"competence", "skill"},
                              {"compétences", "skills"},
                              {"competences", "skills"},
                              {"equipe", "team"},
                              {"équipe", "team"},
                              {"horaires", "hours"},
                              {"horaire", "hours"},
                              {"pauses", "breaks"},
                              {"pause", "breaks"},
                              {"jours", "days"},
                              {"heure", "at"},
                              {"heures", "hours"},
                              {"absence", "absent"},
                              {"absences", "absent"},
                              {"cout", "cost"},
                              {"coût", "cost"},
                              {"ouvert", "open"},
                              {"ouverture", "open"},
                              {"capacité", "capacity"},
                              {"capacite", "capacity"},
                              {"véhicules", "vehicles"},
                              {"vehicules", "vehicles"},
                              {"camions", "vehicles"},
                              {"effectif", "agents"},
                              {"effectifs", "agents"},
                              {"nom", "name"},
                              {"libellé", "label"},
                              {"libelle", "label"},
                              {"produits", "products"},
                              {"arrivees", "arrivals"},
                              {"arrivées", "arrivals"},
                              {"destination", "to"},
                              {"personnel", "staff"},
                              {"stations de travail", "stations"},
                              {"objectifs", "targets"},
                              {"durée", "for"},
                              {"duree", "for"},
                              {"début", "from"},
                              {"debut", "from"},
                              {"poids", "weight"},
                              {"mesure", "measure"},
                              {"quai", "bay"}};
  return found_in(words, key);
}

std::string time_meant(std::string_view text) {
  const auto parts = parts_of(text, R"(\s*(\d{1,2})\s*[h:.]\s*(\d{2})?\s*)");
  if (parts.empty() || two(parts[0]) > "24" || two(parts[1]) > "59") return {};
  return two(parts[0]) + ":" + two(parts[1]);
}

std::string due_meant(std::string_view text) {
  const auto parts = parts_of(text, R"(\s*[jd]\s*\+?\s*(\d{1,2})?\s+(\d{1,2}\s*[h:]\s*\d{0,2})\s*)");
  const std::string at = parts.empty() ? "" : time_meant(parts[1]);
  return at.empty() ? "" : "J+" + (parts[0].empty() ? "0" : parts[0]) + " " + at;
}

std::string date_meant(std::string_view text) {
  const auto parts = parts_of(text, R"(\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*)");
  if (parts.empty() || two(parts[1]) > "12" || two(parts[0]) > "31") return {};
  return parts[2] + "-" + two(parts[1]) + "-" + two(parts[0]);
}

std::string law_meant(std::string_view text) {
  const auto parts = parts_of(text, R"(\s*([\d.]+)\s*(?:\+-|\+/-|±)\s*([\d.]+)\s*)");
  return parts.empty() ? "" : "normal(mean " + parts[0] + ", sd " + parts[1] + ")";
}

}  // namespace mailflow
