// Values of one type: read, or complained about.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <regex>
#include <set>
#include <utility>

#include "scenario/builder.hpp"
#include "scenario/files.hpp"
#include "scenario/first_words.hpp"
#include "scenario/yaml_slips.hpp"

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

/// How the key is written that holds a section of one map; empty where none does.
std::string example_of_section(const std::string& path) {
  for (const CatalogueSection& s : catalogue())
    for (const CatalogueKey& k : s.keys)
      if (k.type == "section " + path) return "for example " + k.name + ": " + k.example;
  return {};
}

/// The help on a key that is near to none of those that are still to be given.
std::string help_on_unknown(const std::string& key, const CatalogueSection& known, const Node& node) {
  const std::string close = nearest(key, known.names());
  if (!close.empty() && node.find(close) != nullptr) return close + " is given already; keep one of the two";
  return "known here: " + joined(known.names());
}

/// Whether an entry without a value stands on the line of a text without quotes before it.
bool goes_on_behind_comma(const Node& map, std::size_t at) {
  if (at == 0) return false;
  const Entry& before = map.entries[at - 1];
  const bool text = before.value.is_null() || (before.value.is_scalar() && !before.value.quoted);
  return text && before.place.line == map.entries[at].place.line && before.place.file == map.entries[at].place.file;
}

/// ": \"Hub, north side\"", of the entry before and those without a value from one on; empty where it is no text.
std::string text_with_commas(const Node& map, std::size_t at, bool is_list) {
  if (at == 0 || !map.entries[at - 1].value.is_scalar()) return "put a value that holds a comma in quotes";
  std::string text = map.entries[at - 1].value.text;
  for (std::size_t i = at; i < map.entries.size() && map.entries[i].value.is_null(); ++i)
    text += ", " + map.entries[i].key;
  return is_list ? "write a list in brackets: [" + text + "]"
                 : "put a value that holds a comma in quotes: \"" + text + "\"";
}

}  // namespace

void Builder::bad(const Node& node, const std::string& what, const std::string& is, const std::string& allowed,
                  const std::string& help) {
  problems_.error(node.place, what + " is " + (is.empty() ? shown(node) : is) + "; " + allowed, help);
}

/// Unknown and missing keys of a map against the catalogue. False: not a map.
bool Builder::check_section(const Node& node, const std::string& path, const std::string& what) {
  const CatalogueSection& known = section(path);
  if (!node.is_map()) {
    if (node.is_scalar() && !node.quoted && tell_slip_in_key(node.text, true, node.place, problems_)) return false;
    bad(node, what, "", "it must be a map with keys such as " + joined(known.names()), example_of_section(path));
    return false;
  }
  std::set<std::string>& misspelt = meant_keys_[&node];
  for (std::size_t i = 0; i < node.entries.size(); ++i) {
    const Entry& e = node.entries[i];
    if (known.find(e.key) != nullptr || lone_word(node, i, known)) continue;
    const std::string close = key_meant(e.key, known, node);
    misspelt.insert(close);
    problems_.error(e.place, "\"" + e.key + "\" is not a key of " + what,
                    close.empty() ? help_on_unknown(e.key, known, node) : "did you mean " + close + "?");
  }
  for (const CatalogueKey& key : known.keys)
    if (key.required && node.find(key.name) == nullptr && !misspelt.contains(key.name))
      problems_.error(node.place,
                      what + " lacks " + key.name + " (" + (key.meaning.empty() ? key.type : key.meaning) + ")",
                      "for example " + key.name + ": " + key.example);
  return true;
}

/// The key of a section that an unknown one was to be, of those that are not given; empty where none is near.
std::string Builder::key_meant(const std::string& key, const CatalogueSection& known, const Node& node) const {
  const auto missing = [&](const std::string& name) {
    return known.find(name) != nullptr && node.find(name) == nullptr;
  };
  const std::vector<std::string> words = keys_meant(key);
  for (const std::string& word : words)
    if (missing(word) && known.find(word)->required) return word;
  for (const std::string& word : words)
    if (missing(word)) return word;
  std::vector<std::string> names = known.names();
  std::erase_if(names, [&](const std::string& name) { return !missing(name); });
  return nearest(key, names);
}

/// "letter 6000" among the numbers of products, without its colon.
bool Builder::lone_name(const Entry& entry, const Names& names) {
  const auto blank = entry.key.find(' ');
  if (!entry.value.is_null() || blank == std::string::npos || !names.contains(entry.key.substr(0, blank))) return false;
  const std::string name = entry.key.substr(0, blank);
  problems_.error(entry.place, "\"" + name + "\" lacks the colon behind a key",
                  "write " + name + ": " + entry.key.substr(blank + 1));
  return true;
}

/// A key without a value: "agents 12" without its colon, or what stands behind the comma of a text without quotes.
bool Builder::lone_word(const Node& map, std::size_t at, const CatalogueSection& known) {
  const Entry& e = map.entries[at];
  if (!e.value.is_null()) return false;
  const auto blank = e.key.find(' ');
  const std::string word = e.key.substr(0, blank);
  const std::vector<std::string> words = keys_meant(word);
  const bool is_key = known.find(word) != nullptr ||
                      std::any_of(words.begin(), words.end(), [&](const auto& w) { return known.find(w) != nullptr; });
  if (blank != std::string::npos && is_key) {
    meant_keys_[&map].insert(known.find(word) != nullptr ? word : key_meant(word, known, map));
    problems_.error(e.place, "\"" + word + "\" lacks the colon behind a key",
                    "write " + word + ": " + e.key.substr(blank + 1));
    return true;
  }
  if (!key_meant(e.key, known, map).empty() || !goes_on_behind_comma(map, at)) return false;
  if (at > 1 && map.entries[at - 1].value.is_null() && known.find(map.entries[at - 1].key) == nullptr) return true;
  std::size_t of = at;  // the key that has a value
  while (of > 0 && map.entries[of].value.is_null()) --of;
  const CatalogueKey* key = known.find(map.entries[of].key);
  problems_.error(e.place, "\"" + e.key + "\" stands alone after a comma",
                  text_with_commas(map, at, key != nullptr && key->type.starts_with("list")));
  return true;
}

bool Builder::meant(const Node& map, const std::string& key) const {
  const auto found = meant_keys_.find(&map);
  return found != meant_keys_.end() && found->second.contains(key);
}

/// The key of a map that one of `keys`, all of which it lacks, was to be: told.
bool Builder::tell_meant(const Node& map, const std::vector<std::string>& keys, const std::string& what) {
  for (const Entry& e : map.entries) {
    std::string close;
    for (const std::string& word : keys_meant(e.key))
      if (close.empty() && std::find(keys.begin(), keys.end(), word) != keys.end()) close = word;
    if (close.empty()) close = nearest(e.key, keys);
    if (close.empty()) continue;
    problems_.error(e.place, "\"" + e.key + "\" is not a key of " + what, "did you mean " + close + "?");
    return true;
  }
  return false;
}

Ticks Builder::duration(const Node& map, const std::string& key, Ticks fallback) {
  const Node* node = get(map, key);
  if (node == nullptr) return fallback;
  const bool days = key == "for" || key == "warm_up";  // nobody means minutes there
  const auto parse = [days](std::string_view text, Failure& why) {
    const auto found = parse_duration(text, Least::zero, why);
    if (days && why.help.starts_with("write ") && why.help.ends_with(" min"))
      why.help.replace(why.help.size() - 3, 3, "days");
    return found;
  };
  return value(*node, key, key + (days ? ": 28 days" : ": 15 min"), parse).value_or(fallback);
}

NumberFile Builder::number_file(const Node& node) {
  return [this, &node](const std::string& name) -> std::optional<std::vector<double>> {
    Node named = node;
    named.text = name;
    const auto path = resolve(named, options_.data_dir, problems_);
    return path ? read_numbers(*path, node.place, problems_) : std::nullopt;
  };
}

Distribution Builder::durations(const Node& node, const std::string& what) {
  const auto parse = [&](std::string_view text, Failure& why) {
    return parse_law(text, Drawn::duration, number_file(node), why);
  };
  auto law = value(node, what, "15 min, or lognormal(mean 10 min, sd 15 min)", parse).value_or(Distribution::fixed(1));
  tell_raised_mean(node, what, law, Drawn::duration);
  return law;
}

/// "6.000" is 6, but who writes the last 0 means 6000.
void Builder::tell_thousands(const Node& node, const std::string& what) {
  static const std::regex thousands(R"((?:^|[^\d.])([1-9]\d{0,2})\.(\d\d0)(?![\d.]))");
  std::smatch found;
  if (!node.is_scalar() || !std::regex_search(node.text, found, thousands)) return;
  const std::string whole = found[1].str() + found[2].str();
  problems_.warning(node.place,
                    what + " is " + shown(node) + ": a point stands before decimals, so that is " +
                        number(std::stod(found[1].str() + "." + found[2].str())),
                    "write " + whole + " if thousands are meant, or leave out the last 0");
}

/// A normal law is truncated at 0: what comes is more on average than its mean says.
void Builder::tell_raised_mean(const Node& node, const std::string& what, const Distribution& law, Drawn drawn) {
  if (!mean_is_raised(law)) return;
  double unit = 1;
  const char* name = "items";
  constexpr std::array<std::pair<Ticks, const char*>, 4> units = {
      {{second / 1000, "ms"}, {second, "s"}, {minute, "min"}, {hour, "h"}}};
  for (const auto& [each, its_name] : units) {
    if (drawn == Drawn::items || (law.mean() < static_cast<double>(each) && each != units[0].first)) continue;
    unit = static_cast<double>(each);
    name = its_name;
  }
  const auto words = [&](double mean) { return fmt::format("{:.3g} {}", mean / unit, name); };
  problems_.warning(node.place,
                    what + " is " + words(law.mean()) + " on average, not " + words(law.a) +
                        ": of a normal law what falls below 0 is drawn again",
                    "write gamma instead of normal: it keeps its mean and is never below 0");
}

Distribution Builder::counts(const Node& node, const std::string& what) {
  const auto parse = [&](std::string_view text, Failure& why) {
    auto law = parse_law(text, Drawn::items, number_file(node), why);
    if (const std::string meant = law ? "" : law_meant(text); !meant.empty())
      why = {"numbers that vary are written as a law", "write " + meant};
    return law;
  };
  auto law =
      value(node, what, "2000, poisson(240) or normal(mean 5200, sd 600)", parse).value_or(Distribution::fixed(0));
  tell_raised_mean(node, what, law, Drawn::items);
  tell_thousands(node, what);
  return law;
}

std::optional<double> Builder::rate(const Node& node, Least least) {
  const auto parse = [&](std::string_view text, Failure& why) { return parse_rate(text, least, why); };
  tell_thousands(node, "rate");
  return value(node, "rate", "rate: 1100 items/h", parse);
}

std::optional<std::int64_t> Builder::items(const Node& node, const std::string& what, std::int64_t least,
                                           std::int64_t most, const std::string& example) {
  const auto parse = [&](std::string_view text, Failure& why) { return parse_count(text, least, most, false, why); };
  tell_thousands(node, what);
  return value(node, what, example, parse);
}

double Builder::share(const Node& map, const std::string& key, double fallback) {
  const Node* node = get(map, key);
  if (node == nullptr) return fallback;
  const auto parse = [](std::string_view text, Failure& why) { return parse_share(text, 1, why); };
  return value(*node, key, key + ": 6 %", parse).value_or(fallback);
}

double Builder::extra(const Node& map, const std::string& key) {
  const Node* node = get(map, key);
  if (node == nullptr) return 0;
  const auto parse = [](std::string_view text, Failure& why) { return parse_share(text, 10, why); };
  return value(*node, key, key + ": 25 %", parse).value_or(0);
}

int Builder::whole(const Node& map, const std::string& key, int fallback, int least, int most) {
  const Node* node = get(map, key);
  if (node == nullptr) return fallback;
  const auto parse = [&](std::string_view text, Failure& why) { return parse_whole(text, least, most, why); };
  const auto found = value(*node, key, key + ": " + std::to_string(std::max(2, least)), parse);
  return found ? static_cast<int>(*found) : std::max(fallback, least);
}

double Builder::money(const Node& node, const std::string& what, bool per_hour) {
  const auto parse = [&](std::string_view text, Failure& why) {
    auto found = parse_money(text, model_.currency, per_hour, why);
    if (!found && model_.currency.empty()) why.must.clear();  // the money's own name could not be read
    return found;
  };
  tell_thousands(node, what);
  return value(node, what, what + ": 2300 " + model_.currency + (per_hour ? "/h" : ""), parse).value_or(0);
}

bool Builder::flag(const Node& map, const std::string& key, bool fallback) {
  const Node* node = get(map, key);
  if (node == nullptr) return fallback;
  if (const auto value = node->is_scalar() ? yes_or_no(node->text) : std::nullopt) return *value;
  bad(*node, key, "", "it must be yes or no");
  return fallback;
}

std::string Builder::scalar(const Node& node, const std::string& what) {
  if (node.is_scalar() && !node.text.empty()) return on_one_line(node.text);
  bad(node, what, "", "it must be a text");
  return {};
}

Label Builder::label(const Node& map, const std::string& key) {
  const Node* node = get(map, key);
  if (node == nullptr) return {};
  const auto empty = [&](const Node& text) {
    problems_.error(text.place, key + " is empty",
                    key == "name" ? "say what the centre is called" : "leave it out, or say what readers are to see");
  };
  if (node->is_scalar()) {
    if (trimmed(node->text).empty()) empty(*node);
    return {on_one_line(node->text), on_one_line(node->text)};
  }
  if (!node->is_map()) {
    bad(*node, key, "", "it must be a text, or {fr: ..., en: ...}");
    return {};
  }
  const std::size_t errors = problems_.errors();
  Label result;
  static const CatalogueSection languages{"label", "", {{"fr"}, {"en"}}};
  for (std::size_t i = 0; i < node->entries.size(); ++i) {
    const Entry& e = node->entries[i];
    if (e.key == "fr")
      result.fr = scalar(e.value, "fr");
    else if (e.key == "en")
      result.en = scalar(e.value, "en");
    else if (!lone_word(*node, i, languages))
      problems_.error(e.place, "\"" + e.key + "\" is not a language of labels; allowed: fr, en");
  }
  if (trimmed(result.fr).empty() && trimmed(result.en).empty() && problems_.errors() == errors) empty(*node);
  if (result.fr.empty()) result.fr = result.en;
  if (result.en.empty()) result.en = result.fr;
  return result;
}

std::vector<const Node*> Builder::list(const Node& node) const {
  std::vector<const Node*> all;
  if (node.is_sequence())
    for (const Node& item : node.items) all.push_back(&item);
  else
    all.push_back(&node);
  return all;
}

Days Builder::weekdays(const Node& node, const std::string& what) {
  Days all{0, false};
  for (const Node* item : list(node)) {
    const auto found = value(*item, what, "Mon-Fri, Sun-Thu or [Mon, Wed, Fri]", parse_days);
    all.weekdays |= found ? found->weekdays : 0x7fU;
    all.not_on_holidays = all.not_on_holidays || (found && found->not_on_holidays);
  }
  if (node.is_sequence() && node.items.empty())
    bad(node, what, "an empty list", "it must name a day", "leave it out for every day");
  return all;
}

Days Builder::days(const Node& map) {
  const Node* node = get(map, "days");
  Days all = node == nullptr ? Days{} : weekdays(*node);
  if (!flag(map, "holidays", true)) all.not_on_holidays = true;
  return all;
}

bool Builder::comes_on(const Days& days, Date date) const {
  return days.has(weekday(date)) && !(days.not_on_holidays && calendar_->is_holiday(date));
}

std::vector<Ticks> Builder::times_of_day(const Node& node, const std::string& what) {
  std::vector<Ticks> all;
  for (const Node* item : list(node)) {
    const auto parse = [](std::string_view text, Failure& why) {
      const auto time = parse_time_of_day(text, why);
      if (const std::string meant = time ? "" : times_meant(text); !meant.empty()) why.help = "write " + meant;
      return time;
    };
    if (const auto time = value(*item, what, what + ": \"16:30\"", parse)) all.push_back(*time);
  }
  if (node.is_sequence() && node.items.empty()) bad(node, what, "an empty list", "it must name a time of day");
  std::sort(all.begin(), all.end());
  const auto twice = std::adjacent_find(all.begin(), all.end());
  if (twice != all.end()) problems_.error(node.place, what + " names a time twice", "keep one of the two");
  return all;
}

/// `besides`: words that may stand there in place of a name.
int Builder::reference(const Node& node, const Names& names, const std::string& kind,
                       const std::vector<std::string>& besides) {
  const std::string name = node.is_scalar() ? node.text : "";
  const auto found = names.find(name);
  if (found != names.end()) return found->second;
  if (names.empty() && problems_.has_errors()) return -1;  // what gives them could not be read
  std::vector<std::string> all;
  for (const auto& [known, index] : names) all.push_back(known);
  const std::string none = all.empty() ? "none is given" : "";
  all.insert(all.end(), besides.begin(), besides.end());
  std::string close;
  for (const std::string& word : keys_meant(name))
    if (close.empty() && std::find(besides.begin(), besides.end(), word) != besides.end()) close = word;
  if (close.empty()) close = nearest(name, all);
  problems_.error(node.place, "there is no " + kind + " " + shown(node),
                  !close.empty() ? "did you mean " + close + "?"
                  : none.empty() ? "known: " + joined(all)
                                 : none);
  return -1;
}

int Builder::choice(const Node& map, const std::string& key, const std::vector<std::string>& choices, int fallback) {
  const Node* node = get(map, key);
  if (node == nullptr) return fallback;
  const auto found = std::find(choices.begin(), choices.end(), node->is_scalar() ? node->text : "");
  if (found != choices.end()) return static_cast<int>(found - choices.begin());
  std::string close;
  for (const std::string& word : keys_meant(node->text))
    if (close.empty() && std::find(choices.begin(), choices.end(), word) != choices.end()) close = word;
  if (close.empty() && node->is_scalar()) close = nearest(node->text, choices);
  bad(*node, key, "", "allowed: " + joined(choices), close.empty() ? "" : "did you mean " + close + "?");
  return fallback;
}

/// The instants of the run at which something timed by the week happens.
/// The instants of the run, and with `at_the_end` that of its end: 24:00 of the last day, or 00:00 of the next.
std::vector<Ticks> Builder::timetable(const std::vector<Ticks>& times, const Days& days, bool at_the_end) const {
  std::vector<Ticks> all;
  for (int d = 0; d <= days_; ++d) {
    const Date date{model_.start.days + d};
    if (!comes_on(days, date)) continue;
    for (const Ticks time : times) {
      const Ticks at = calendar_->at(date, time);
      if (at >= 0 && (at < model_.end || (at_the_end && at == model_.end))) all.push_back(at);
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

/// The spans of the run in which hours of the day hold; those of the day before the run that reach into it are there
/// too.
Spans Builder::daily(const Hours& hours, const Days& days) const {
  Spans all;
  for (int d = -1; d < days_; ++d) {
    const Date date{model_.start.days + d};
    if (!comes_on(days, date)) continue;
    const Span span{std::max<Ticks>(0, calendar_->at(date, hours.from)), calendar_->at(date, hours.to)};
    if (span.to > span.from) all.push_back(span);
  }
  return all;
}

Spans Builder::opening(const Node& node, const std::string& what) {
  Spans all;
  const auto add = [&](const Node& item, const Days& days) {
    for (const Node* one : list(item)) {
      const auto hours = value(*one, what, "\"17:00-05:00\", or {Mon-Fri: \"08:00-12:00\"}", parse_hours);
      if (!hours) continue;
      const Spans spans = daily(*hours, days);
      all.insert(all.end(), spans.begin(), spans.end());
    }
  };
  if (node.is_map()) {
    for (const Entry& e : node.entries) {
      add(e.value, weekdays(key_as_value(e)));
    }
  } else {
    add(node, Days{});
  }
  std::sort(all.begin(), all.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
  Spans merged;
  for (const Span& span : all) {
    if (!merged.empty() && span.from <= merged.back().to)
      merged.back().to = std::max(merged.back().to, span.to);
    else
      merged.push_back(span);
  }
  return merged;
}

}  // namespace mailflow
