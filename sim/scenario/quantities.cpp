#include "scenario/quantities.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

namespace mailflow::quantities {

std::string trimmed(const std::string& text) {
  const auto from = text.find_first_not_of(" \t");
  if (from == std::string::npos) return "";
  return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

std::optional<std::pair<double, std::string>> number_and_unit(const std::string& raw) {
  const std::string text = trimmed(raw);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || !std::isfinite(value)) return std::nullopt;
  return std::pair{value, trimmed(std::string(end, text.data() + text.size()))};
}

namespace {

std::optional<double> scaled(const std::string& text, const std::map<std::string, double>& units) {
  const auto parsed = number_and_unit(text);
  if (!parsed || parsed->first < 0) return std::nullopt;
  const auto unit = units.find(parsed->second);
  if (unit == units.end()) return std::nullopt;
  return parsed->first * unit->second;
}

}  // namespace

std::optional<double> duration_ticks(const std::string& text) {
  static const std::map<std::string, double> units = {{"us", 1},         {"ms", 1e3},        {"s", 1e6},
                                                      {"min", 6e7},      {"h", 3.6e9},       {"day", 8.64e10},
                                                      {"days", 8.64e10}, {"week", 6.048e11}, {"weeks", 6.048e11}};
  const auto value = scaled(text, units);
  if (value && *value > 3e17) return std::nullopt;
  return value;
}

std::optional<Ticks> duration(const std::string& text) {
  const auto value = duration_ticks(text);
  if (!value) return std::nullopt;
  return std::llround(*value);
}

std::optional<double> rate_per_tick(const std::string& raw) {
  std::string text = trimmed(raw);
  if (text.ends_with("per agent")) text = trimmed(text.substr(0, text.size() - 9));
  static const std::map<std::string, double> units = {{"items/h", 1 / 3.6e9},
                                                      {"items/min", 1 / 6e7},
                                                      {"items/s", 1e-6},
                                                      {"items/day", 1 / 8.64e10},
                                                      {"item/h", 1 / 3.6e9}};
  return scaled(text, units);
}

std::optional<double> percent(const std::string& text) { return scaled(text, {{"%", 0.01}}); }

std::optional<double> share(const std::string& text) {
  const auto value = percent(text);
  if (!value || *value > 1) return std::nullopt;
  return value;
}

std::optional<double> count(const std::string& text, bool bare) {
  std::map<std::string, double> units = {{"items", 1}, {"item", 1}};
  if (bare) units[""] = 1;
  const auto value = scaled(text, units);
  if (value && *value > 1e12) return std::nullopt;
  return value;
}

std::optional<double> weight_kg(const std::string& text) {
  return scaled(text, {{"g", 0.001}, {"kg", 1}, {"t", 1000}});
}

std::optional<double> money(const std::string& text, const std::string& currency) {
  return scaled(text, {{currency, 1}});
}

std::optional<int> whole(const std::string& text) {
  const auto parsed = number_and_unit(text);
  if (!parsed || !parsed->second.empty() || parsed->first < 0 || parsed->first > 1e9 ||
      parsed->first != std::floor(parsed->first))
    return std::nullopt;
  return static_cast<int>(parsed->first);
}

std::optional<Ticks> time_of_day(const std::string& text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t i : {0U, 1U, 3U, 4U})
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
  const int h = (text[0] - '0') * 10 + text[1] - '0';
  const int m = (text[3] - '0') * 10 + text[4] - '0';
  if (m > 59 || h * 60 + m > 24 * 60) return std::nullopt;
  return h * hour + m * minute;
}

std::optional<Span> hours(const std::string& raw) {
  const std::string text = trimmed(raw);
  if (text.size() != 11 || text[5] != '-') return std::nullopt;
  const auto from = time_of_day(text.substr(0, 5));
  const auto to = time_of_day(text.substr(6));
  if (!from || !to || *from == day || *from == *to) return std::nullopt;
  return Span{*from, *to > *from ? *to : *to + day};
}

std::optional<unsigned> weekdays(const std::string& raw) {
  static const std::array<std::string, 7> names = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  const std::string text = trimmed(raw);
  const auto index = [](const std::string& name) {
    return static_cast<unsigned>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  const auto dash = text.find('-');
  const unsigned from = index(text.substr(0, dash));
  const unsigned to = dash == std::string::npos ? from : index(text.substr(dash + 1));
  if (from > 6 || to > 6) return std::nullopt;
  unsigned bits = 0;
  for (unsigned i = from;; i = (i + 1) % 7) {
    bits |= 1U << i;
    if (i == to) return bits;
  }
}

std::optional<bool> yes_or_no(const std::string& text) {
  if (text == "yes" || text == "true") return true;
  if (text == "no" || text == "false") return false;
  return std::nullopt;
}

namespace {

struct Form {
  Law law;
  std::vector<const char*> words;  ///< names of the parameters
  bool first_bare = false;         ///< the first parameter is a plain number
};

const std::map<std::string, Form>& forms() {
  static const std::map<std::string, Form> table = {{"constant", {Law::constant, {"value"}}},
                                                    {"uniform", {Law::uniform, {"least", "most"}}},
                                                    {"triangular", {Law::triangular, {"least", "mode", "most"}}},
                                                    {"exponential", {Law::exponential, {"mean"}}},
                                                    {"erlang", {Law::erlang, {"stages", "mean"}, true}},
                                                    {"gamma", {Law::gamma, {"mean", "sd"}}},
                                                    {"normal", {Law::normal, {"mean", "sd"}}},
                                                    {"lognormal", {Law::lognormal, {"mean", "sd"}}},
                                                    {"weibull", {Law::weibull, {"shape", "scale"}, true}},
                                                    {"poisson", {Law::poisson, {"mean"}}}};
  return table;
}

std::vector<std::string> split_on_commas(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= text.size(); ++i)
    if (i == text.size() || text[i] == ',') {
      parts.push_back(trimmed(text.substr(from, i - from)));
      from = i + 1;
    }
  return parts;
}

using Unit = std::function<std::optional<double>(const std::string&)>;

std::optional<Distribution> empirical(const std::vector<std::string>& parts, const Unit& unit, std::string& why) {
  Distribution law;
  law.law = Law::empirical;
  for (const std::string& part : parts) {
    const auto colon = part.find(':');
    const auto value = unit(part.substr(0, colon));
    const auto weight = colon == std::string::npos ? std::optional<double>(1) : percent(part.substr(colon + 1));
    if (!value || !weight || *weight <= 0) {
      why = "\"" + part + "\" is not a value with its unit, or one with a weight such as 12 s: 30 %";
      return std::nullopt;
    }
    law.values.push_back(*value);
    law.weights.push_back(*weight);
  }
  return law;
}

bool in_range(const Distribution& law, std::string& why) {
  switch (law.law) {
    case Law::uniform:
      if (law.a > law.b) why = "the least is above the most";
      break;
    case Law::triangular:
      if (law.a > law.b || law.b > law.c) why = "least, mode and most must be in rising order";
      break;
    case Law::exponential:
      if (law.a <= 0) why = "the mean must be above 0";
      break;
    case Law::erlang:
      if (law.a < 1 || law.a != std::floor(law.a) || law.b <= 0)
        why = "the stages must be 1, 2, 3 ... and the mean above 0";
      break;
    case Law::gamma:
    case Law::lognormal:
      if (law.a <= 0 || law.b <= 0) why = "mean and sd must be above 0";
      break;
    case Law::weibull:
      if (law.a <= 0 || law.b <= 0) why = "shape and scale must be above 0";
      break;
    case Law::poisson:
      if (law.a > 1e9) why = "the mean is too large";
      break;
    default:
      break;
  }
  return why.empty();
}

}  // namespace

std::optional<Distribution> distribution(const std::string& raw, const Unit& unit, std::string& why) {
  const std::string text = trimmed(raw);
  const auto open = text.find('(');
  if (open == std::string::npos) {
    if (const auto value = unit(text)) return Distribution::fixed(*value);
    why = "it is neither a quantity with its unit nor a law";
    return std::nullopt;
  }
  if (text.back() != ')') {
    why = "the closing parenthesis is missing";
    return std::nullopt;
  }
  const std::string name = trimmed(text.substr(0, open));
  const auto parts = split_on_commas(text.substr(open + 1, text.size() - open - 2));
  if (name == "empirical") return empirical(parts, unit, why);
  const auto form = forms().find(name);
  if (form == forms().end()) {
    why = "no law is called " + name +
          "; known: constant, uniform, triangular, exponential, erlang, gamma, normal, lognormal, weibull, poisson, "
          "empirical";
    return std::nullopt;
  }
  if (parts.size() != form->second.words.size()) {
    why = name + " takes " + std::to_string(form->second.words.size()) + " parameters: ";
    for (const char* word : form->second.words)
      why += std::string(word) + (word == form->second.words.back() ? "" : ", ");
    return std::nullopt;
  }
  Distribution law;
  law.law = form->second.law;
  double* const parameters[3] = {&law.a, &law.b, &law.c};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::string part = parts[i];
    const std::string word = form->second.words[i];
    if (part.starts_with(word + " ")) part = trimmed(part.substr(word.size()));
    std::optional<double> value;
    if (i == 0 && form->second.first_bare) {
      const auto number = number_and_unit(part);
      if (number && (number->second.empty() || number->second == "stages")) value = number->first;
    } else {
      value = unit(part);
    }
    if (!value) {
      why = "its " + word + ", \"" + part + "\", is not such a quantity with its unit";
      return std::nullopt;
    }
    *parameters[i] = *value;
  }
  if (!in_range(law, why)) return std::nullopt;
  if (law.law == Law::normal && law.b == 0) return Distribution::fixed(law.a);
  return law;
}

}  // namespace mailflow::quantities
