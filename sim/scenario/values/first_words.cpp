#include "scenario/values/first_words.hpp"

#include <algorithm>
#include <regex>
#include <utility>
#include <vector>

#include "core/words.hpp"

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

std::string unit_of_weight_meant(std::string_view unit) {
  static const Words words = {{"g", "g"},           {"gr", "g"},           {"gram", "g"},      {"grams", "g"},
                              {"gramme", "g"},      {"grammes", "g"},      {"kg", "kg"},       {"kgs", "kg"},
                              {"kilo", "kg"},       {"kilos", "kg"},       {"kilogram", "kg"}, {"kilograms", "kg"},
                              {"kilogramme", "kg"}, {"kilogrammes", "kg"}, {"t", "t"},         {"ton", "t"},
                              {"tons", "t"},        {"tonne", "t"},        {"tonnes", "t"}};
  return found_in(words, unit);
}

std::string currency_meant(std::string_view name) {
  static const Words words = {{"cfp", "XPF"},     {"fcfp", "XPF"},      {"f cfp", "XPF"},      {"franc", "XPF"},
                              {"francs", "XPF"},  {"franc cfp", "XPF"}, {"francs cfp", "XPF"}, {"€", "EUR"},
                              {"euro", "EUR"},    {"euros", "EUR"},     {"$", "USD"},          {"dollar", "USD"},
                              {"dollars", "USD"}, {"£", "GBP"}};
  return found_in(words, name);
}

bool is_percent(std::string_view unit) {
  static const Words words = {{"%", ""},        {"pc", ""},       {"pct", ""},       {"percent", ""},
                              {"per cent", ""}, {"pourcent", ""}, {"pourcents", ""}, {"pour cent", ""}};
  const std::string word = small(unit);
  return std::any_of(words.begin(), words.end(), [&](const auto& w) { return w.first == word; });
}

std::string span_meant(std::string_view word) {
  static const Words words = {{"h", tr_later("hour")},
                              {"hour", "hour"},
                              {"heure", "hour"},
                              {"min", tr_later("minute")},
                              {"minute", "minute"},
                              {"j", tr_later("day")},
                              {"jour", "day"},
                              {"day", "day"},
                              {"d", "day"},
                              {"sem", tr_later("week")},
                              {"semaine", "week"},
                              {"week", "week"},
                              {"mois", tr_later("month")},
                              {"month", "month"},
                              {"an", tr_later("year")},
                              {"année", "year"},
                              {"annee", "year"},
                              {"year", "year"}};
  return found_in(words, word);
}

Measured measured_by(std::string_view unit) {
  if (unit.find('/') != std::string_view::npos) return Measured::rate;
  if (!unit_of_weight_meant(unit).empty()) return Measured::weight;
  if (is_percent(unit)) return Measured::share;
  const bool code =
      unit.size() == 3 && std::all_of(unit.begin(), unit.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (code || unit == "€" || unit == "$") return Measured::money;
  return !unit_of_time_meant(unit).empty() || unit == "h" || unit == "min" || unit == "s" ? Measured::time
                                                                                          : Measured::unknown;
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
  return "items/" + per + (unit.find("agent") != std::string_view::npos ? " per agent" : "");
}

std::vector<std::string> keys_meant(std::string_view key) {
  static const Words words = {{"postes", "positions"},
                              {"postes", "stations"},
                              {"départs", "departures"},
                              {"departs", "departures"},
                              {"affectation", "assignment"},
                              {"équipes", "teams"},
                              {"equipes", "teams"},
                              {"vacations", "shifts"},
                              {"services", "shifts"},
                              {"centre de tri", "centre"},
                              {"center", "centre"},
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
                              {"vers", "into"},
                              {"changer", "change"},
                              {"changement", "change"},
                              {"changements", "change"},
                              {"modifications", "change"},
                              {"modifier", "change"},
                              {"depuis", "base"},
                              {"pannes", "breaks_down"},
                              {"panne", "breaks_down"},
                              {"breakdowns", "breaks_down"},
                              {"breakdown", "breaks_down"},
                              {"équipe", "teams"},
                              {"equipe", "teams"},
                              {"au_moins", "at_least"},
                              {"au moins", "at_least"},
                              {"minimum", "at_least"},
                              {"au_plus", "at_most"},
                              {"au plus", "at_most"},
                              {"maximum", "at_most"},
                              {"objets", "items"},
                              {"plis", "items"},
                              {"du", "from"},
                              {"cibles", "targets"},
                              {"fuseau", "timezone"},
                              {"fuseau horaire", "timezone"},
                              {"échéance", "due"},
                              {"echeance", "due"},
                              {"monnaie", "currency"},
                              {"devise", "currency"},
                              {"fériés", "holidays"},
                              {"feries", "holidays"},
                              {"rebuts", "rejects"},
                              {"rejets", "rejects"},
                              {"équipage", "crew"},
                              {"type", "kind"},
                              {"genre", "kind"},
                              {"sorte", "kind"},
                              {"heures", "at"},
                              {"horaires", "at"},
                              {"horaire", "at"},
                              {"autre", "other"},
                              {"autres", "other"},
                              {"reste", "other"},
                              {"sinon", "other"},
                              {"rest", "other"},
                              {"else", "other"},
                              {"sortie", "out"},
                              {"dehors", "out"},
                              {"exit", "out"},
                              {"tout", "all"},
                              {"tous", "all"},
                              {"toute", "all"},
                              {"toutes", "all"},
                              {"quai", "bay"},
                              {"baie", "bay"},
                              {"dock", "bay"},
                              {"trieuse", "machine"},
                              {"manuel", "manual"},
                              {"manuelle", "manual"},
                              {"table", "manual"},
                              {"convoyeur", "conveyor"},
                              {"tapis", "conveyor"},
                              {"marche", "walk"},
                              {"trajet", "walk"},
                              {"à l'heure", "on time"},
                              {"a l'heure", "on time"},
                              {"ponctualité", "on time"},
                              {"débit", "throughput"},
                              {"cadence", "throughput"},
                              {"reste", "left over"},
                              {"restes", "left over"},
                              {"attente", "longest wait"},
                              {"heures supplémentaires", "overtime"},
                              {"coût par objet", "cost per item"}};
  const std::string word = small(key);
  std::vector<std::string> all;
  for (const auto& [theirs, ours] : words)
    if (theirs == word) all.emplace_back(ours);
  return all;
}

std::string time_meant(std::string_view text) {
  const auto parts = parts_of(text, R"((?:\s|“|«|'|\xc2\xa0)*(\d{1,2})\s*[h:.]\s*(\d{2})?(?:\s|”|»|'|\xc2\xa0)*)");
  if (parts.empty() || two(parts[0]) > "24" || two(parts[1]) > "59") return {};
  return two(parts[0]) + ":" + two(parts[1]);
}

std::string times_meant(std::string_view text) {
  std::string all;
  std::size_t n = 0;
  for (std::size_t from = 0; from <= text.size(); ++n) {
    const std::size_t end = std::min(text.find_first_of(",;", from), text.size());
    const std::string time = time_meant(text.substr(from, end - from));
    if (time.empty()) return {};
    all += (all.empty() ? "[\"" : ", \"") + time + "\"";
    from = end + 1;
  }
  return n < 2 ? "" : all + "]";
}

std::string hours_meant(std::string_view text) {
  const auto parts =
      parts_of(text, R"(\s*([\d]+\s*[h:.]\s*\d*)\s*(?:-|–|—|->|to|till|until|à|a)\s*([\d]+\s*[h:.]\s*\d*)\s*)");
  const std::string from = parts.empty() ? "" : time_meant(parts[0]);
  const std::string to = parts.empty() ? "" : time_meant(parts[1]);
  return from.empty() || to.empty() ? "" : from + "-" + to;
}

std::string break_meant(std::string_view text) {
  const auto parts =
      parts_of(text, R"(\s*(\d{1,2}\s*[h:.]\s*\d{0,2})\s+(?:for|de|pour|-)?\s*(\d+)\s*(?:min|mn|m|minutes?)?\s*)");
  if (const std::string at = parts.empty() ? "" : time_meant(parts[0]); !at.empty())
    return at + " " + parts[1] + " min";
  const std::string hours = hours_meant(text);
  if (hours.empty()) return {};
  const auto minutes = [&](std::size_t at) {
    return 60 * std::stoi(hours.substr(at, 2)) + std::stoi(hours.substr(at + 3, 2));
  };
  constexpr int minutes_of_a_day = 24 * 60;
  constexpr std::size_t second = 6;
  const int lasts = (minutes(second) - minutes(0) + minutes_of_a_day) % minutes_of_a_day;
  return lasts == 0 ? "" : hours.substr(0, second - 1) + " " + std::to_string(lasts) + " min";
}

std::string zone_meant(const std::string& text, bool (*exists)(const std::string&)) {
  std::string city = text.substr(text.rfind('/') == std::string::npos ? 0 : text.rfind('/') + 1);
  std::replace(city.begin(), city.end(), ' ', '_');
  for (std::size_t i = 0; i < city.size(); ++i) {
    const bool begins = i == 0 || city[i - 1] == '_';
    if (begins && city[i] >= 'a' && city[i] <= 'z') city[i] = static_cast<char>(city[i] - 'a' + 'A');
  }
  if (city == "Nouméa") city = "Noumea";
  if (city == "Réunion" || city == "La_Réunion" || city == "La_Reunion") city = "Reunion";
  for (const char* region :
       {"Europe/", "Pacific/", "Indian/", "America/", "Africa/", "Asia/", "Atlantic/", "Australia/"})
    if (!city.empty() && exists(region + city)) return region + city;
  return {};
}

std::string due_meant(std::string_view text) {
  const auto parts = parts_of(text, R"(\s*[jd]\s*\+?\s*(\d{1,2})?\s+(\d{1,2}\s*[h:]\s*\d{0,2})\s*)");
  const std::string at = parts.empty() ? "" : time_meant(parts[1]);
  return at.empty() ? "" : "J+" + (parts[0].empty() ? "0" : parts[0]) + " " + at;
}

std::string date_meant(std::string_view text) {
  const auto turned = parts_of(text, R"(\s*(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})\s*)");
  if (!turned.empty() && two(turned[1]) <= "12" && two(turned[2]) <= "31") {
    const std::string date = turned[0] + "-" + two(turned[1]) + "-" + two(turned[2]);
    return date == text ? "" : date;  // as written: a day that there is not
  }
  const auto parts = parts_of(text, R"(\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*)");
  if (parts.empty() || two(parts[1]) > "12" || two(parts[0]) > "31") return {};
  return parts[2] + "-" + two(parts[1]) + "-" + two(parts[0]);
}

std::string law_meant(std::string_view text) {
  static const char* const shapes[] = {
      R"(\s*([\d.]+)\s*(?:\+-|\+/-|±)\s*([\d.]+)\s*)",
      R"(\s*(?:normale?|gauss(?:ian|ienne)?)\s*\(\s*(?:mean|moyenne|mu|average)?\s*[:=]?\s*([\d.]+)\s*,\s*(?:sd|std|stdev|sigma|deviation|(?:e|é)cart(?:[- ]type)?)?\s*[:=]?\s*([\d.]+)\s*\))"};
  for (const char* shape : shapes)
    if (const auto parts = parts_of(text, shape); !parts.empty())
      return "normal(mean " + parts[0] + ", sd " + parts[1] + ")";
  if (const auto span = parts_of(text, R"(\s*(\d+)\s*(?:-|–|to|à|\.\.)\s*(\d+)\s*)"); !span.empty())
    return "uniform(" + span[0] + ", " + span[1] + ")";
  const auto poisson = parts_of(text, R"(\s*poisson\s*[:=]?\s*([\d.]+)\s*)");
  return poisson.empty() ? "" : "poisson(" + poisson[0] + ")";
}

}  // namespace mailflow
