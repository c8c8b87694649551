#include "scenario/sections/value_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <regex>

#include "core/words.hpp"
#include "scenario/files/files.hpp"
#include "scenario/values/first_words.hpp"

namespace mailflow {

std::string number(double value) { return fmt::format("{:.6g}", value); }

namespace {

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

/// Tables and charts have a line for a name.
std::string on_one_line(std::string text) {
  std::replace_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

std::optional<bool> yes_or_no(const std::string& text) {
  if (text == "yes" || text == "true") return true;
  if (text == "no" || text == "false") return false;
  return std::nullopt;
}

}  // namespace

void ValueReader::bad(const Node& node, const std::string& what, const std::string& is, const std::string& allowed,
                      const std::string& help) {
  in_.problems.error(node.place, tr("{} is {}; {}", what, is.empty() ? shown(node) : is, allowed), help);
}

Ticks ValueReader::duration(const Node& map, const std::string& key, Ticks fallback) {
  const Node* node = get(map, key);
  if (node == nullptr) return fallback;
  const bool days = key == "for" || key == "warm_up";  // nobody means minutes there
  const auto parse = [days](std::string_view text, Failure& why) {
    const auto found = parse_duration(text, Least::zero, why);
    Failure ignored;
    if (days && !found && parse_number(trimmed(text), ignored))
      why.help = tr("write {}", std::string(trimmed(text)) + " days");
    return found;
  };
  return value(*node, key, key + (days ? ": 28 days" : ": 15 min"), parse).value_or(fallback);
}

NumberFile ValueReader::number_file(const Node& node) {
  return [this, &node](const std::string& name) -> std::optional<std::vector<double>> {
    Node named = node;
    named.text = name;
    const auto path = resolve(named, in_.options.data_dir, in_.problems);
    return path ? read_numbers(*path, node.place, in_.problems) : std::nullopt;
  };
}

Distribution ValueReader::durations(const Node& node, const std::string& what) {
  const auto parse = [&](std::string_view text, Failure& why) {
    return parse_law(text, Drawn::duration, number_file(node), why);
  };
  auto law =
      value(node, what, tr("15 min, or lognormal(mean 10 min, sd 15 min)"), parse).value_or(Distribution::fixed(1));
  tell_raised_mean(node, what, law, Drawn::duration);
  return law;
}

/// "6.000" is 6, but who writes the last 0 means 6000.
void ValueReader::tell_thousands(const Node& node, const std::string& what) {
  static const std::regex thousands(R"((?:^|[^\d.])([1-9]\d{0,2})\.(\d\d0)(?![\d.]))");
  std::smatch found;
  if (!node.is_scalar() || !std::regex_search(node.text, found, thousands)) return;
  const std::string whole = found[1].str() + found[2].str();
  in_.problems.warning(node.place,
                       tr("{} is {}: a point stands before decimals, so that is {}", what, shown(node),
                          number(std::stod(found[1].str() + "." + found[2].str()))),
                       tr("write {} if thousands are meant, or leave out the last 0", whole));
}

/// A normal law is truncated at 0: what comes is more on average than its mean says.
void ValueReader::tell_raised_mean(const Node& node, const std::string& what, const Distribution& law, Drawn drawn) {
  if (!mean_is_raised(law)) return;
  double unit = 1;
  std::string name = tr("items");
  constexpr std::array<std::pair<Ticks, const char*>, 4> units = {
      {{second / 1000, "ms"}, {second, "s"}, {minute, "min"}, {hour, "h"}}};
  for (const auto& [each, its_name] : units) {
    if (drawn == Drawn::items || (law.mean() < static_cast<double>(each) && each != units[0].first)) continue;
    unit = static_cast<double>(each);
    name = its_name;
  }
  const auto words = [&](double mean) { return fmt::format("{:.3g} {}", mean / unit, name); };
  in_.problems.warning(node.place,
                       tr("{} is {} on average, not {}: of a normal law what falls below 0 is drawn again", what,
                          words(law.mean()), words(law.a)),
                       tr("write gamma instead of normal: it keeps its mean and is never below 0"));
}

Distribution ValueReader::counts(const Node& node, const std::string& what) {
  const auto parse = [&](std::string_view text, Failure& why) {
    auto law = parse_law(text, Drawn::items, number_file(node), why);
    if (const std::string meant = law ? "" : law_meant(text); !meant.empty())
      why = {tr("numbers that vary are written as a law"), tr("write {}", meant)};
    return law;
  };
  auto law =
      value(node, what, tr("2000, poisson(240) or normal(mean 5200, sd 600)"), parse).value_or(Distribution::fixed(0));
  tell_raised_mean(node, what, law, Drawn::items);
  tell_thousands(node, what);
  return law;
}

std::optional<double> ValueReader::rate(const Node& node, Least least) {
  const auto parse = [&](std::string_view text, Failure& why) { return parse_rate(text, least, why); };
  tell_thousands(node, "rate");
  return value(node, "rate", "rate: 1100 items/h", parse);
}

std::optional<std::int64_t> ValueReader::items(const Node& node, const std::string& what, std::int64_t least,
                                               std::int64_t most, const std::string& example) {
  const auto parse = [&](std::string_view text, Failure& why) { return parse_count(text, least, most, false, why); };
  tell_thousands(node, what);
  return value(node, what, example, parse);
}

double ValueReader::share(const Node& map, const std::string& key, double fallback) {
  const Node* node = get(map, key);
  if (node == nullptr) return fallback;
  const auto parse = [](std::string_view text, Failure& why) { return parse_share(text, 1, why); };
  return value(*node, key, key + ": 6 %", parse).value_or(fallback);
}

double ValueReader::extra(const Node& map, const std::string& key) {
  const Node* node = get(map, key);
  if (node == nullptr) return 0;
  const auto parse = [](std::string_view text, Failure& why) { return parse_share(text, 10, why); };
  return value(*node, key, key + ": 25 %", parse).value_or(0);
}

int ValueReader::whole(const Node& map, const std::string& key, int fallback, int least, int most) {
  const Node* node = get(map, key);
  if (node == nullptr) return fallback;
  const auto parse = [&](std::string_view text, Failure& why) { return parse_whole(text, least, most, why); };
  const auto found = value(*node, key, key + ": " + std::to_string(std::max(2, least)), parse);
  return found ? static_cast<int>(*found) : std::max(fallback, least);
}

double ValueReader::money(const Node& node, const std::string& what, bool per_hour) {
  const auto parse = [&](std::string_view text, Failure& why) {
    auto found = parse_money(text, in_.model.currency, per_hour, why);
    if (!found && in_.model.currency.empty()) why.must.clear();  // the money's own name could not be read
    return found;
  };
  tell_thousands(node, what);
  return value(node, what, what + ": 2300 " + in_.model.currency + (per_hour ? "/h" : ""), parse).value_or(0);
}

bool ValueReader::flag(const Node& map, const std::string& key, bool fallback) {
  const Node* node = get(map, key);
  if (node == nullptr) return fallback;
  if (const auto value = node->is_scalar() ? yes_or_no(node->text) : std::nullopt) return *value;
  bad(*node, key, "", tr("it must be yes or no"));
  return fallback;
}

std::string ValueReader::scalar(const Node& node, const std::string& what) {
  if (node.is_scalar() && !node.text.empty()) return on_one_line(node.text);
  bad(node, what, "", tr("it must be a text"));
  return {};
}

Label ValueReader::label(const Node& map, const std::string& key) {
  const Node* node = get(map, key);
  if (node == nullptr) return {};
  const auto empty = [&](const Node& text) {
    in_.problems.error(
        text.place, tr("{} is empty", key),
        key == "name" ? tr("say what the centre is called") : tr("leave it out, or say what readers are to see"));
  };
  if (node->is_scalar()) {
    if (trimmed(node->text).empty()) empty(*node);
    return {on_one_line(node->text), on_one_line(node->text)};
  }
  if (!node->is_map()) {
    bad(*node, key, "", tr("it must be a text, or {fr: ..., en: ...}"));
    return {};
  }
  const ErrorsSince errors(in_.problems);
  Label result;
  static const CatalogueSection languages{"label", "", {{"fr"}, {"en"}}};
  for (std::size_t i = 0; i < node->entries.size(); ++i) {
    const Entry& e = node->entries[i];
    if (e.key == "fr")
      result.fr = scalar(e.value, "fr");
    else if (e.key == "en")
      result.en = scalar(e.value, "en");
    else if (!lone_word(*node, i, languages))
      in_.problems.error(e.place, tr("\"{}\" is not a language of labels; allowed: fr, en", e.key));
  }
  if (trimmed(result.fr).empty() && trimmed(result.en).empty() && !errors.any()) empty(*node);
  if (result.fr.empty()) result.fr = result.en;
  if (result.en.empty()) result.en = result.fr;
  return result;
}

std::vector<const Node*> ValueReader::list(const Node& node) {
  std::vector<const Node*> all;
  if (node.is_sequence())
    for (const Node& item : node.items) all.push_back(&item);
  else
    all.push_back(&node);
  return all;
}

int ValueReader::reference(const Node& node, const Names& names, const std::string& kind,
                           const std::vector<std::string>& besides) {
  const std::string name = node.is_scalar() ? node.text : "";
  const auto found = names.find(name);
  if (found != names.end()) return found->second;
  if (names.empty() && in_.problems.has_errors()) return -1;  // what gives them could not be read
  std::vector<std::string> all;
  for (const auto& [known, index] : names) all.push_back(known);
  const std::string none = all.empty() ? tr("none is given") : "";
  all.insert(all.end(), besides.begin(), besides.end());
  std::string close;
  for (const std::string& word : keys_meant(name))
    if (close.empty() && std::find(besides.begin(), besides.end(), word) != besides.end()) close = word;
  if (close.empty()) close = nearest(name, all);
  in_.problems.error(node.place, tr("there is no {} {}", kind, shown(node)),
                     !close.empty() ? tr("did you mean {}?", close)
                     : none.empty() ? tr("known: {}", joined(all))
                                    : none);
  return -1;
}

int ValueReader::choice(const Node& map, const std::string& key, const std::vector<std::string>& choices,
                        int fallback) {
  const Node* node = get(map, key);
  if (node == nullptr) return fallback;
  const auto found = std::find(choices.begin(), choices.end(), node->is_scalar() ? node->text : "");
  if (found != choices.end()) return static_cast<int>(found - choices.begin());
  std::string close;
  for (const std::string& word : keys_meant(node->text))
    if (close.empty() && std::find(choices.begin(), choices.end(), word) != choices.end()) close = word;
  if (close.empty() && node->is_scalar()) close = nearest(node->text, choices);
  bad(*node, key, "", tr("allowed: {}", joined(choices)), close.empty() ? "" : tr("did you mean {}?", close));
  return fallback;
}

}  // namespace mailflow
