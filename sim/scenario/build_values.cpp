// Values of one type: read, or complained about.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "scenario/builder.hpp"
#include "scenario/files.hpp"
#include "scenario/first_words.hpp"

namespace mailflow {

std::string number(double value) { return fmt::format("{:.6g}", value); }

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

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

void Builder::bad(const Node& node, const std::string& what, const std::string& is, const std::string& allowed,
                  const std::string& help) {
  problems_.error(node.place, what + " is " + (is.empty() ? shown(node) : is) + "; " + allowed, help);
}

/// Unknown and missing keys of a map against the catalogue. False: not a map.
bool Builder::check_section(const Node& node, const std::string& path, const std::string& what) {
  const CatalogueSection& known = section(path);
  if (!node.is_map()) {
    bad(node, what, "", "it must be a map with keys such as " + joined(known.names()));
    return false;
  }
  std::set<std::string> misspelt;
  for (const Entry& e : node.entries) {
    if (known.find(e.key) != nullptr) continue;
    std::string close;
    for (const std::string& word : keys_meant(e.key))
      if (close.empty() && known.find(word) != nullptr) close = word;
    if (close.empty()) close = nearest(e.key, known.names());
    if (close == e.key) close.clear();
    misspelt.insert(close);
    if (e.value.is_null() && e.key.find(' ') != std::string::npos) {
      problems_.error(e.place, "\"" + e.key + "\" stands alone after a comma",
                      "put a value that holds a comma in quotes");
      continue;
    }
    problems_.error(e.place, "\"" + e.key + "\" is not a key of " + what,
                    close.empty() ? "known here: " + joined(known.names()) : "did you mean " + close + "?");
  }
  for (const CatalogueKey& key : known.keys)
    if (key.required && node.find(key.name) == nullptr && !misspelt.contains(key.name))
      problems_.error(node.place,
                      what + " lacks " + key.name + " (" + (key.meaning.empty() ? key.type : key.meaning) + ")",
                      "for example " + key.name + ": " + key.example);
  return true;
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
  return law;
}

std::optional<double> Builder::rate(const Node& node, Least least) {
  const auto parse = [&](std::string_view text, Failure& why) { return parse_rate(text, least, why); };
  return value(node, "rate", "rate: 1100 items/h", parse);
}

std::optional<std::int64_t> Builder::items(const Node& node, const std::string& what, std::int64_t least,
                                           std::int64_t most, const std::string& example) {
  const auto parse = [&](std::string_view text, Failure& why) { return parse_count(text, least, most, false, why); };
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
  if (node->is_scalar()) return {on_one_line(node->text), on_one_line(node->text)};
  if (!node->is_map()) {
    bad(*node, key, "", "it must be a text, or {fr: ..., en: ...}");
    return {};
  }
  Label result;
  for (const Entry& e : node->entries) {
    if (e.key == "fr")
      result.fr = scalar(e.value, "fr");
    else if (e.key == "en")
      result.en = scalar(e.value, "en");
    else
      problems_.error(e.place, "\"" + e.key + "\" is not a language of labels; allowed: fr, en");
  }
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

Days Builder::weekdays(const Node& node) {
  Days all{0, false};
  for (const Node* item : list(node)) {
    const auto found = value(*item, "days", "Mon-Fri, Sun-Thu or [Mon, Wed, Fri]", parse_days);
    all.weekdays |= found ? found->weekdays : 0x7fU;
    all.not_on_holidays = all.not_on_holidays || (found && found->not_on_holidays);
  }
  if (node.is_sequence() && node.items.empty())
    bad(node, "days", "an empty list", "it must name a day", "leave it out for every day");
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

int Builder::reference(const Node& node, const Names& names, const std::string& kind) {
  const std::string name = node.is_scalar() ? node.text : "";
  const auto found = names.find(name);
  if (found != names.end()) return found->second;
  if (names.empty() && problems_.has_errors()) return -1;  // what gives them could not be read
  std::vector<std::string> all;
  for (const auto& [known, index] : names) all.push_back(known);
  const std::string close = nearest(name, all);
  problems_.error(
      node.place, "there is no " + kind + " " + shown(node),
      close.empty() ? (all.empty() ? "none is given" : "known: " + joined(all)) : "did you mean " + close + "?");
  return -1;
}

int Builder::choice(const Node& map, const std::string& key, const std::vector<std::string>& choices, int fallback) {
  const Node* node = get(map, key);
  if (node == nullptr) return fallback;
  const auto found = std::find(choices.begin(), choices.end(), node->is_scalar() ? node->text : "");
  if (found != choices.end()) return static_cast<int>(found - choices.begin());
  const std::string close = node->is_scalar() ? nearest(node->text, choices) : "";
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
