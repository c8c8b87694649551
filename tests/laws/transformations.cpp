#include "transformations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

namespace mailflow::laws {

namespace {

struct Unit {
  const char* word;
  double size;
};

std::string plain(double number) {
  std::string text = fmt::format("{:.12f}", number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

/// A quantity in another unit of its family, where that takes at most twelve decimals; else as it is.
std::string converted(double number, const std::string& unit, Draws& draw) {
  static const std::vector<std::vector<Unit>> families = {
      {{"us", 1}, {"ms", 1e3}, {"s", 1e6}, {"min", 6e7}, {"h", 3.6e9}, {"days", 8.64e10}, {"weeks", 6.048e11}},
      {{"items/s", 86400}, {"items/min", 1440}, {"items/h", 24}, {"items/day", 1}},
      {{"g", 1}, {"kg", 1e3}, {"t", 1e6}}};
  for (const auto& family : families) {
    const auto is = std::find_if(family.begin(), family.end(), [&](const Unit& u) { return unit == u.word; });
    if (is == family.end()) continue;
    const Unit& other = draw.one_of(family);
    const double there = number * is->size / other.size;
    const std::string text = plain(there);
    if (std::strtod(text.c_str(), nullptr) * other.size != number * is->size || there > 1e12) break;
    return text + " " + other.word;
  }
  return plain(number) + " " + unit;
}

/// Every quantity of a text in another unit.
std::string text_in_other_units(const std::string& text, Draws& draw) {
  std::string out;
  std::size_t at = 0;
  const auto digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  while (at < text.size()) {
    const bool begins = digit(at) && (at == 0 || text[at - 1] == ' ' || text[at - 1] == '(');
    if (!begins) {
      out += text[at++];
      continue;
    }
    std::size_t end = at;
    while (digit(end) || (end < text.size() && text[end] == '.')) ++end;
    std::size_t unit = end + 1;
    while (unit < text.size() && ((text[unit] >= 'a' && text[unit] <= 'z') || text[unit] == '/')) ++unit;
    if (end >= text.size() || text[end] != ' ' || unit == end + 1) {
      out += text.substr(at, end - at);
      at = end;
      continue;
    }
    out += converted(std::stod(text.substr(at, end - at)), text.substr(end + 1, unit - end - 1), draw);
    at = unit;
  }
  return out;
}

/// Items an hour of "2 items/min per agent".
double items_an_hour(const std::string& rate) {
  const double number = std::stod(rate);
  if (rate.find("/min") != std::string::npos) return number * 60;
  return rate.find("/day") != std::string::npos ? number / 24 : number;
}

/// A key put before or after all others, or between them.
void put_somewhere(Tree& map, const std::string& key, Tree value, Draws& draw) {
  const auto at = draw.between(0, static_cast<int>(map.entries.size()));
  map.entries.insert(map.entries.begin() + at, {key, std::move(value)});
}

Tree idle_source(const Centre& centre, Draws& draw) {
  Tree is;
  is["at"] = "09:00";
  is["items"][centre.scenario.find("products")->entries[0].first] = "0";
  if (const Tree* towns = centre.scenario.find("destinations")) is["to"][towns->entries[0].first] = "100 %";
  is["into"] = draw.one_of(centre.scenario.find("stations")->entries).first;
  return is;
}

void add_staff(Tree& staff, const std::string& ending, Draws& draw) {
  Tree shift, team;
  shift["hours"] = "08:00-12:00";
  team["agents"] = "0";
  team["shift"] = "turn_" + ending;
  team["skills"]["able_" + ending] = "100 %";
  if (staff.find("shifts")->is_map())
    put_somewhere(*staff.find("shifts"), "turn_" + ending, shift, draw);
  else
    team["shift"] = staff.find("teams")->entries[0].second.find("shift")->is_scalar()
                        ? staff.find("teams")->entries[0].second["shift"].text
                        : staff.find("teams")->entries[0].second["shift"].items[0].text;
  put_somewhere(*staff.find("teams"), "team_" + ending, team, draw);
}

}  // namespace

Tree in_other_units(Tree scenario, Draws& draw) {
  for (auto& [section, value] : scenario.entries)
    each_word(value, [&](std::string& word) { word = text_in_other_units(word, draw); });
  return scenario;
}

Tree with_services_for_rates(Tree scenario) {
  for (auto& [name, is] : scenario["stations"].entries) {
    const Tree* rate = is.find("rate");
    if (rate == nullptr) continue;
    is["service"] = fmt::format("{} ms per item", 3'600'000 / items_an_hour(rate->text));
    is.erase("rate");
  }
  return scenario;
}

Centre with_idle_things(Centre centre, const std::string& ending, Draws& draw) {
  Tree& s = centre.scenario;
  Tree product, station, departure;
  product["lot"] = "7 items";
  product["due"] = "3 h";
  product["weight"] = "20 g";
  station["kind"] = "machine";
  station["rate"] = "60 items/h";
  station["next"] = "out";
  put_somewhere(s["arrivals"], "from_" + ending, idle_source(centre, draw), draw);
  put_somewhere(s["products"], "mail_" + ending, product, draw);
  put_somewhere(s["stations"], "desk_" + ending, station, draw);
  if (s.find("destinations") != nullptr) {
    put_somewhere(s["destinations"], "town_" + ending, Tree{}, draw);
    if (s.find("transport") != nullptr) {
      departure["to"] = Tree::words({"town_" + ending});
      departure["at"] = "10:00";
      put_somewhere(s["transport"]["departures"], "van_" + ending, departure, draw);
    }
  }
  if (s.find("staff") != nullptr) add_staff(s["staff"], ending, draw);
  return centre;
}

void take_away(nlohmann::json& json, const std::string& ending) {
  if (json.is_object()) {
    for (const std::string& kind : name_kinds()) json.erase(kind + "_" + ending);
    for (auto& [key, value] : json.items()) take_away(value, ending);
  }
}

}  // namespace mailflow::laws
