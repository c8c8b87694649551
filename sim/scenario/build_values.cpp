// Values of one type: read, or complained about.
#include <fmt/format.h>

#include <algorithm>

#include "scenario/builder.hpp"
#include "scenario/quantities.hpp"

namespace mailflow {

namespace q = quantities;

std::string number(double value) { return fmt::format("{:.6g}", value); }

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
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
  for (const Entry& e : node.entries) {
    if (known.find(e.key) != nullptr) continue;
    const std::string close = nearest(e.key, known.names());
    problems_.error(e.place, "\"" + e.key + "\" is not a key of " + what,
                    close.empty() ? "known here: " + joined(known.names()) : "did you mean " + close + "?");
  }
  for (const CatalogueKey& key : known.keys)
    if (key.required && node.find(key.name) == nullptr)
      problems_.error(node.place,
                      what + " lacks " + key.name + " (" + (key.meaning.empty() ? key.type : key.meaning) + ")",
                      "for example " + key.name + ": " + key.example);
  return true;
}

Ticks Builder::duration(const Node& map, const std::string& key, Ticks fallback) {
  const Node* node = get(map, key);
  if (node == nullptr) return fallback;
  if (const auto value = node->is_scalar() ? q::duration(node->text) : std::nullopt) return *value;
  bad(*node, key, "", "it must be a duration with its unit: us, ms, s, min, h, days or weeks",
      "for example " + key + ": 15 min");
  return fallback;
}

Distribution Builder::durations(const Node& node, const std::string& what) {
  std::string why;
  if (node.is_scalar())
    if (const auto law = q::distribution(node.text, q::duration_ticks, why)) return *law;
  bad(node, what, "", "it must be a duration or a law of durations" + (why.empty() ? "" : ": " + why),
      "for example 15 min, or lognormal(mean 10 min, sd 15 min)");
  return Distribution::fixed(0);
}

Distribution Builder::counts(const Node& node, const std::string& what) {
  std::string why;
  const auto unit = [](const std::string& text) { return q::count(text, true); };
  if (node.is_scalar())
    if (const auto law = q::distribution(node.text, unit, why)) return *law;
  bad(node, what, "", "it must be a number of items or a law of such numbers" + (why.empty() ? "" : ": " + why),
      "for example 2000, poisson(240) or normal(mean 5200, sd 600)");
  return Distribution::fixed(0);
}

double Builder::share(const Node& map, const std::string& key, double fallback) {
  const Node* node = get(map, key);
  if (node == nullptr) return fallback;
  if (const auto value = node->is_scalar() ? q::share(node->text) : std::nullopt) return *value;
  bad(*node, key, "", "it must be a share from 0 % to 100 %", "for example " + key + ": 6 %");
  return fallback;
}

double Builder::extra(const Node& map, const std::string& key) {
  const Node* node = get(map, key);
  if (node == nullptr) return 0;
  if (const auto value = node->is_scalar() ? q::percent(node->text) : std::nullopt) return *value;
  bad(*node, key, "", "it must be a percentage on top of the cost", "for example " + key + ": 25 %");
  return 0;
}

int Builder::whole(const Node& map, const std::string& key, int fallback, int least) {
  const Node* node = get(map, key);
  if (node == nullptr) return fallback;
  const auto value = node->is_scalar() ? q::whole(node->text) : std::nullopt;
  if (value && *value >= least && *value <= 1'000'000) return *value;
  bad(*node, key, "", "it must be a whole number from " + std::to_string(least) + " to 1000000");
  return std::max(fallback, least);
}

double Builder::money(const Node& node, const std::string& what, const std::string& after) {
  if (const auto value = node.is_scalar() ? q::money(node.text, model_.currency + after) : std::nullopt) return *value;
  bad(node, what, "", "it must be money in the centre's currency: " + model_.currency + after,
      "for example " + what + ": 2300 " + model_.currency + after);
  return 0;
}

bool Builder::flag(const Node& map, const std::string& key, bool fallback) {
  const Node* node = get(map, key);
  if (node == nullptr) return fallback;
  if (const auto value = node->is_scalar() ? q::yes_or_no(node->text) : std::nullopt) return *value;
  bad(*node, key, "", "it must be yes or no");
  return fallback;
}

std::string Builder::scalar(const Node& node, const std::string& what) {
  if (node.is_scalar() && !node.text.empty()) return node.text;
  bad(node, what, "", "it must be a text");
  return {};
}

Label Builder::label(const Node& map, const std::string& key) {
  const Node* node = get(map, key);
  if (node == nullptr) return {};
  if (node->is_scalar()) return {node->text, node->text};
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

unsigned Builder::weekdays(const Node& node) {
  unsigned bits = 0;
  for (const Node* item : list(node)) {
    const auto found = item->is_scalar() ? q::weekdays(item->text) : std::nullopt;
    if (!found)
      bad(*item, "days", "", "it must be days such as Mon-Fri, Sun-Thu or [Mon, Wed, Fri]");
    else
      bits |= *found;
  }
  return bits;
}

std::vector<Ticks> Builder::times_of_day(const Node& node, const std::string& what) {
  std::vector<Ticks> all;
  for (const Node* item : list(node)) {
    const auto time = item->is_scalar() ? q::time_of_day(item->text) : std::nullopt;
    if (!time)
      bad(*item, what, "", "it must be a time of day in quotes, \"HH:MM\"", "for example " + what + ": \"16:30\"");
    else
      all.push_back(*time);
  }
  std::sort(all.begin(), all.end());
  const auto twice = std::adjacent_find(all.begin(), all.end());
  if (twice != all.end()) problems_.error(node.place, what + " names a time twice", "keep one of the two");
  return all;
}

int Builder::reference(const Node& node, const Names& names, const std::string& kind) {
  const std::string name = node.is_scalar() ? node.text : "";
  const auto found = names.find(name);
  if (found != names.end()) return found->second;
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
std::vector<Ticks> Builder::timetable(const std::vector<Ticks>& times, unsigned days, bool on_holidays) const {
  std::vector<Ticks> all;
  for (int d = 0; d < days_; ++d) {
    const Date date{model_.start.days + d};
    if (((days >> static_cast<unsigned>(weekday(date))) & 1U) == 0 || (!on_holidays && calendar_->is_holiday(date)))
      continue;
    for (const Ticks time : times) {
      const Ticks at = calendar_->at(date, time);
      if (at >= 0 && at < model_.end) all.push_back(at);
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

/// The spans of the run in which hours of the day hold; those of the day before the run that reach into it are there
/// too.
Spans Builder::daily(const Span& hours, unsigned days) const {
  Spans all;
  for (int d = -1; d < days_; ++d) {
    const Date date{model_.start.days + d};
    if (((days >> static_cast<unsigned>(weekday(date))) & 1U) == 0) continue;
    const Span span{std::max<Ticks>(0, calendar_->at(date, hours.from)), calendar_->at(date, hours.to)};
    if (span.to > span.from) all.push_back(span);
  }
  return all;
}

Spans Builder::opening(const Node& node, const std::string& what) {
  Spans all;
  const auto add = [&](const Node& item, unsigned days) {
    for (const Node* one : list(item)) {
      const auto hours = one->is_scalar() ? q::hours(one->text) : std::nullopt;
      if (!hours) {
        bad(*one, what, "", "it must be hours in quotes, \"HH:MM-HH:MM\", or a map of days to hours",
            "for example \"17:00-05:00\"");
        continue;
      }
      const Spans spans = daily(*hours, days);
      all.insert(all.end(), spans.begin(), spans.end());
    }
  };
  if (node.is_map()) {
    for (const Entry& e : node.entries) {
      Node key;
      key.kind = Node::Kind::scalar;
      key.text = e.key;
      key.place = e.place;
      add(e.value, weekdays(key));
    }
  } else {
    add(node, 0x7f);
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
