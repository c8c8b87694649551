#include "scenario/difference/phrase.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

#include "core/words.hpp"
#include "scenario/catalogue_spot.hpp"
#include "scenario/words/value_words.hpp"

namespace mailflow {
namespace {

using Path = std::vector<std::string>;
using Change = NodeDifference::Change;

const std::map<std::string, std::string>& nouns() {
  static const std::map<std::string, std::string> all = {{"products", "product"},
                                                         {"destinations", "destination"},
                                                         {"sort_plans", "sort plan"},
                                                         {"arrivals", "source"},
                                                         {"stations", "station"},
                                                         {"staff.shifts", "shift"},
                                                         {"staff.teams", "team"},
                                                         {"targets", "target"},
                                                         {"transport.departures", "departure"},
                                                         {"staff.assignment", "assignment"}};
  return all;
}

std::string spaced(std::string key) {
  std::replace(key.begin(), key.end(), '_', ' ');
  return tr(key.c_str());
}

std::string title_of(const std::string& key) {
  std::string title = spaced(key);
  if (!title.empty()) title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
  return tr(title.c_str());
}

bool is_time(const std::string& key) { return key.find(':') != std::string::npos; }
bool is_share(const Node& node) { return node.is_scalar() && node.text.ends_with('%'); }
bool is_list(const Node& node) { return node.is_sequence(); }

/// Words before and behind a value.
struct Frame {
  std::string before;
  std::string behind;
  std::string of(const std::string& value) const {
    return before + (before.empty() ? "" : " ") + value + (behind.empty() ? "" : " ") + behind;
  }
};

/// Keys that count things: "6 agents".
std::string counted_noun(const std::string& key, const Node& value) {
  if (key != "agents" && key != "machines" && key != "positions" && key != "vehicles" && key != "passes") return {};
  const bool whole = value.is_scalar() && !value.text.empty() &&
                     std::all_of(value.text.begin(), value.text.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!whole) return {};
  const std::string one = key == "passes" ? "pass" : key.substr(0, key.size() - 1);
  return value.text != "1" ? tr(key.c_str()) : tr(one.c_str());
}

/// The keys below one that is given by day or time: "on Mon-Fri from 08:00".
std::string when(const Path& rest) {
  std::string words;
  for (std::size_t i = 1; i < rest.size(); ++i)
    words += " " + (is_time(rest[i]) ? tr("from {}", rest[i]) : tr("on {}", rest[i]));
  return words;
}

Frame frame_of(const Path& rest, const Node& value) {
  const std::string& key = rest[0];
  const std::string name = rest.size() > 1 ? rest[1] : "";
  const Path inner(rest.begin() + 1, rest.end());
  if (rest.size() == 1) {
    if (const auto noun = counted_noun(key, value); !noun.empty()) return {"", noun};
    if (key == "next") return {value.is_map() ? tr("mail goes") : tr("mail goes to"), ""};
    if (key == "into") return {tr("comes into"), ""};
    if (key == "breaks") return {tr("break"), ""};
    if (key == "warm_up") return {tr("warm-up"), ""};
    return {spaced(key), ""};
  }
  if (key == "rejects" || key == "no_reads") {
    const std::string what = key == "rejects" ? tr("rejects") : tr("no-reads");
    if (name == "next" && rest.size() == 2) return {tr("{} go to", what), ""};
    return {what + " " + frame_of(inner, value).before, frame_of(inner, value).behind};
  }
  if (key == "rate" || key == "open") return {tr(key.c_str()) + when(rest), ""};
  if (key == "skills") return {tr("{} at", name), ""};
  if (key == "items") return {tr("items of {}", name), ""};
  if (key == "mix") return {tr("share of {}", name), ""};
  if (key == "to" && rest.size() == 2) return {tr("share to {}", name), ""};
  if (key == "to") return {tr("share of {} to {}", name, inner[1]), ""};
  if (key == "waiting_at_start") return {tr("{} waiting at start", name), ""};
  if (key == "next" && inner.size() == 1 && is_share(value)) return {tr("share to {}", name), ""};
  if (key == "next" && name == "sort_plan") return {tr("mail goes by sort plan"), ""};
  if (key == "next" && inner.size() == 2 && inner[1] == "sort_plan") return {tr("{} goes by sort plan", name), ""};
  if (key == "next") return {tr("{} goes to", name), ""};
  const Frame frame = frame_of(inner, value);
  return {spaced(key) + (frame.before.empty() ? "" : " ") + frame.before, frame.behind};
}

std::string break_words(const std::string& text) {
  const auto blank = text.find(' ');
  return blank == std::string::npos ? text : tr("at {} for {}", text.substr(0, blank), text.substr(blank + 1));
}

/// Where mail goes: "coding", "letter to coding, other to bay", "20 % to customs, 80 % to bay".
std::string way_words(const Node& value) {
  if (!value.is_map()) return spoken(value);
  std::string all;
  for (const Entry& each : value.entries) {
    const std::string where = each.value.is_map() ? "(" + way_words(each.value) + ")" : spoken(each.value);
    std::string words = tr("{} to {}", each.key, where);
    if (is_share(each.value)) words = tr("{} to {}", where, each.key);
    if (each.key == "sort_plan") words = tr("sort plan {}", where);
    all += (all.empty() ? "" : ", ") + words;
  }
  return all;
}

/// A value of the key that ends `rest`.
std::string value_of(const Path& rest, const Node& value, std::size_t most = 1000) {
  if (rest[0] == "next" && value.is_map()) return way_words(value);
  if (rest.back() == "breaks" && value.is_scalar()) return break_words(value.text);
  if (rest.back() != "breaks" || !is_list(value)) return spoken(value, most);
  std::string all;
  for (const Node& each : value.items) all += (all.empty() ? "" : ", ") + value_of(rest, each);
  return all.empty() ? tr("none") : all;
}

bool says_yes(const Node& value) { return value.is_scalar() && (value.text == "yes" || value.text == "true"); }

/// A key with its value as part of a whole element.
std::string summary_words(const Entry& entry) {
  const auto& [key, place, value] = entry;
  if (key == "kind" || key == "measure" || key == "hours" || key == "days") return spoken(value);
  if (key == "holidays" && value.is_scalar()) return says_yes(value) ? tr("on holidays too") : tr("not on holidays");
  return frame_of({key}, value).of(value_of({key}, value, 4));
}

std::string change_of(const Path& rest, const Node& from, const Node& to, const std::string& currency) {
  if (!from.is_scalar() || !to.is_scalar()) {
    return rest.back() == "days" ? days_change(spoken(from), spoken(to)) : std::string();
  }
  if (rest.back() == "days") return days_change(from.text, to.text);
  if (rest.back() == "breaks") return break_change(from.text, to.text);
  if (rest.back() == "closes") return before_change(from.text, to.text);
  const std::string words = hours_change(from.text, to.text);
  return words.empty() ? change_words(from.text, to.text, currency) : words;
}

std::string in_brackets(const std::string& words) { return words.empty() ? words : " (" + words + ")"; }

std::string plain_set(const Path& rest, const Node& from, const Node& to, const std::string& currency) {
  const std::string change = in_brackets(change_of(rest, from, to, currency));
  const std::string first = value_of(rest, from);
  const std::string second = value_of(rest, to);
  const bool hours = from.is_scalar() && to.is_scalar() && !hours_change(from.text, to.text).empty();
  if (hours) {
    const std::string lead = rest[0] == "hours" ? "" : frame_of(rest, to).before + " ";
    return lead + tr("from {} to {}", first, second) + change;
  }
  return tr("{} instead of {}", frame_of(rest, to).of(second), first) + change;
}

std::vector<Node> listed(const Node& node) { return is_list(node) ? node.items : std::vector<Node>{node}; }

bool holds(const std::vector<Node>& list, const Node& value) {
  return std::any_of(list.begin(), list.end(), [&value](const Node& each) { return same_value(each, value); });
}

/// What came into a list and what fell out of it.
std::string list_set(const Path& rest, const Node& from, const Node& to, const std::string& currency) {
  const auto first = listed(from);
  const auto second = listed(to);
  if (first.size() == 1 && second.size() == 1) return plain_set(rest, first[0], second[0], currency);
  const auto only = [&rest](const std::vector<Node>& in, const std::vector<Node>& not_in) {
    std::string all;
    for (const Node& each : in)
      if (!holds(not_in, each)) all += (all.empty() ? "" : ", ") + value_of(rest, each);
    return all;
  };
  const auto shared = [](const std::vector<Node>& in, const std::vector<Node>& with) {
    std::string all;
    for (const Node& each : in)
      if (holds(with, each)) all += spoken(each) + "\n";
    return all;
  };
  const std::string in = only(second, first);
  const std::string out = only(first, second);
  const auto has_no_parts = [](const Node& node) { return is_list(node) ? node.items.empty() : node.text == "all"; };
  const bool in_order =
      rest.back() == "priority" || rest.back() == "posts" || shared(first, second) != shared(second, first);
  if (in_order || has_no_parts(from) || has_no_parts(to) || (in.empty() && out.empty()))
    return plain_set(rest, from, to, currency);
  return frame_of(rest, to).before + " " + (in.empty() ? "" : tr("{} added", in)) +
         (in.empty() || out.empty() ? "" : ", ") + (out.empty() ? "" : tr("{} removed", out));
}

/// Labels and names, in the languages that differ.
std::string label_set(const Node& from, const Node& to) {
  const auto called = [](const std::string& now, const std::string& before) {
    return tr("called \"{}\" instead of \"{}\"", now, before);
  };
  if (!from.is_map() || !to.is_map()) return called(label_text(&to), label_text(&from));
  std::string all;
  for (const char* language : {"en", "fr"}) {
    const Node* first = from.find(language);
    const Node* second = to.find(language);
    const std::string before = first == nullptr ? "" : first->text;
    const std::string now = second == nullptr ? "" : second->text;
    if (before == now) continue;
    all += (all.empty() ? "" : ", ") + called(now, before) + " (" + language + ")";
  }
  return all.empty() ? tr("label changed") : all;
}

std::string label_words(const NodeDifference& each) {
  if (each.change == Change::added) return tr("called \"{}\" (new label)", label_text(&each.to));
  if (each.change == Change::removed) return tr("no longer called \"{}\"", label_text(&each.from));
  return label_set(each.from, each.to);
}

Node as_written(const std::string& text) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = text;
  return node;
}

/// What was not written before, or is no longer: beside the language's own value where it has one.
std::string beside_default(const NodeDifference& each, const Path& rest, const std::string& fallback,
                           const std::string& currency) {
  const bool added = each.change == Change::added;
  const Node& value = added ? each.to : each.from;
  const Frame frame = frame_of(rest, value);
  const std::string words = value_of(rest, value);
  if (fallback.empty()) return added ? tr("{} (new)", frame.of(words)) : tr("{}: removed", frame.of(words));
  const Node other = as_written(fallback);
  if (words == spoken(other))
    return added ? tr("{} (now written; it is the default)", frame.of(words))
                 : tr("{} (no longer written; it is the default)", frame.of(words));
  const std::string usual = tr("{} by default", spoken(other));
  const std::string change =
      in_brackets(added ? change_of(rest, other, value, currency) : change_of(rest, value, other, currency));
  if (added) return tr("{} instead of {}", frame.of(words), usual) + change;
  return tr("{} instead of {}", Frame{frame_of(rest, other)}.of(usual), words) + change;
}

std::string skill_words(const NodeDifference& each, const std::string& skill) {
  if (each.change == Change::added) return tr("learns {} at {}", skill, spoken(each.to));
  return tr("no longer does {} ({} before)", skill, spoken(each.from));
}

}  // namespace

std::vector<std::string> section_titles() {
  std::vector<std::string> titles = {tr("Scenario")};
  for (const CatalogueKey& key : section("").keys)
    if (key.type.starts_with("section ")) titles.push_back(title_of(key.name));
  return titles;
}

Meaning meaning_of(const Node& root, const std::vector<std::string>& path) {
  Meaning meaning;
  const CatalogueSection* here = section_or_null("");
  const Node* node = &root;
  const CatalogueKey* top = here->find(path[0]);
  const bool is_section = top == nullptr || top->type.starts_with("section ");
  meaning.section = is_section ? title_of(path[0]) : tr("Scenario");
  meaning.element = is_section && path.size() > 1 ? 1 : 0;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (node != nullptr) node = node->find(path[i]);
    meaning.key = here == nullptr ? nullptr : here->find(path[i]);
    here = nullptr;
    if (meaning.key == nullptr || !meaning.key->type.starts_with("section ")) continue;
    const std::string type = meaning.key->type.substr(8);
    const std::string name = type.substr(0, type.find(','));
    const bool by_name = type.find(", by n") != std::string::npos;  // by name, by number
    const auto noun = nouns().find(name);
    meaning.holds_elements = i + 1 == path.size() && (i == 0 || by_name);
    if (by_name && i + 1 < path.size()) {
      ++i;
      if (node != nullptr) node = node->find(path[i]);
      here = element_section(name, node);
      meaning.key = nullptr;
    } else {
      here = section_or_null(name);
    }
    if (noun == nouns().end() || (by_name && meaning.holds_elements)) continue;
    meaning.noun = noun->second;
    meaning.named = by_name;
    meaning.element = i + 1;
  }
  return meaning;
}

std::string element_words(const NodeDifference& difference) {
  if (difference.change == Change::removed) return tr("removed");
  if (difference.change == Change::set) return tr("{} instead of {}", spoken(difference.to), spoken(difference.from));
  constexpr std::size_t most = 8;
  if (!difference.to.is_map()) return tr("new");
  std::vector<std::string> told;
  for (const Entry& each : difference.to.entries)
    if (each.key != "label") told.push_back(summary_words(each));
  if (told.empty()) return tr("new");
  // commas within a value ask for a stronger mark between values
  const bool commas = std::any_of(told.begin(), told.end(),
                                  [](const std::string& words) { return words.find(", ") != std::string::npos; });
  std::string all = tr("new: {}", told[0]);
  for (std::size_t i = 1; i < std::min(most, told.size()); ++i) all += (commas ? "; " : ", ") + told[i];
  return told.size() > most ? tr("{} and {} more", all, told.size() - most) : all;
}

std::string value_words(const NodeDifference& difference, const std::vector<std::string>& rest, const Meaning& meaning,
                        const std::string& currency) {
  const std::string& key = rest.back();
  if (key == "label" || (key == "name" && rest.size() == 1)) return label_words(difference);
  const bool yes_no = meaning.key != nullptr && meaning.key->type == "yes or no";
  if (key == "holidays" && yes_no) {
    const bool yes = difference.change == Change::removed || says_yes(difference.to);
    return yes ? tr("on holidays too") : tr("not on holidays");
  }
  if (rest.size() == 2 && rest[0] == "skills" && difference.change != Change::set)
    return skill_words(difference, rest[1]);
  if (difference.change != Change::set)
    return beside_default(difference, rest, meaning.key == nullptr ? "" : meaning.key->fallback, currency);
  if ((is_list(difference.from) || is_list(difference.to)) && key != "days")
    return list_set(rest, difference.from, difference.to, currency);
  return plain_set(rest, difference.from, difference.to, currency);
}

}  // namespace mailflow
