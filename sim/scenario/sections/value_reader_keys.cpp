// Which keys a map may and must have. Part of value_reader.hpp.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/words.hpp"
#include "scenario/sections/value_reader.hpp"
#include "scenario/values/first_words.hpp"
#include "scenario/yaml/yaml_slips.hpp"

namespace mailflow {

namespace {

std::string all_of_them(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

/// How the key is written that holds a section of one map; empty where none does.
std::string example_of_section(const std::string& path) {
  for (const CatalogueSection& s : catalogue())
    for (const CatalogueKey& k : s.keys)
      if (k.type == "section " + path) return tr("for example {}", k.name + ": " + k.example);
  return {};
}

/// The help on a key that is near to none of those that are still to be given.
std::string help_on_unknown(const std::string& key, const CatalogueSection& known, const Node& node) {
  const std::string close = nearest(key, known.names());
  if (!close.empty() && node.find(close) != nullptr) return tr("{} is given already; keep one of the two", close);
  return tr("known here: {}", all_of_them(known.names()));
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
  if (at == 0 || !map.entries[at - 1].value.is_scalar()) return tr("put a value that holds a comma in quotes");
  std::string text = map.entries[at - 1].value.text;
  for (std::size_t i = at; i < map.entries.size() && map.entries[i].value.is_null(); ++i)
    text += ", " + map.entries[i].key;
  return is_list ? tr("write a list in brackets: [{}]", text)
                 : tr("put a value that holds a comma in quotes: \"{}\"", text);
}

}  // namespace

bool ValueReader::check_section(const Node& node, const std::string& path, const std::string& what) {
  const CatalogueSection& known = section(path);
  if (!node.is_map()) {
    if (node.is_scalar() && !node.quoted && tell_slip_in_key(node.text, true, node.place, in_.problems)) return false;
    bad(node, what, "", tr("it must be a map with keys such as {}", all_of_them(known.names())),
        example_of_section(path));
    return false;
  }
  std::set<std::string>& misspelt = in_.meant_keys[&node];
  for (std::size_t i = 0; i < node.entries.size(); ++i) {
    const Entry& e = node.entries[i];
    if (known.find(e.key) != nullptr || lone_word(node, i, known)) continue;
    const std::string close = key_meant(e.key, known, node);
    misspelt.insert(close);
    in_.problems.error(e.place, tr("\"{}\" is not a key of {}", e.key, what),
                       close.empty() ? help_on_unknown(e.key, known, node) : tr("did you mean {}?", close));
  }
  for (const CatalogueKey& key : known.keys)
    if (key.required && node.find(key.name) == nullptr && !misspelt.contains(key.name))
      in_.problems.error(node.place,
                         tr("{} lacks {} ({})", what, key.name, said(key.meaning.empty() ? key.type : key.meaning)),
                         tr("for example {}", key.name + ": " + key.example));
  return true;
}

/// The key of a section that an unknown one was to be, of those that are not given; empty where none is near.
std::string ValueReader::key_meant(const std::string& key, const CatalogueSection& known, const Node& node) const {
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

bool ValueReader::lone_name(const Entry& entry, const Names& names) {
  const auto blank = entry.key.find(' ');
  if (!entry.value.is_null() || blank == std::string::npos || !names.contains(entry.key.substr(0, blank))) return false;
  const std::string name = entry.key.substr(0, blank);
  in_.problems.error(entry.place, tr("\"{}\" lacks the colon behind a key", name),
                     tr("write {}", name + ": " + entry.key.substr(blank + 1)));
  return true;
}

/// A key without a value: "agents 12" without its colon, or what stands behind the comma of a text without quotes.
bool ValueReader::lone_word(const Node& map, std::size_t at, const CatalogueSection& known) {
  const Entry& e = map.entries[at];
  if (!e.value.is_null()) return false;
  const auto blank = e.key.find(' ');
  const std::string word = e.key.substr(0, blank);
  const std::vector<std::string> words = keys_meant(word);
  const bool is_key = known.find(word) != nullptr ||
                      std::any_of(words.begin(), words.end(), [&](const auto& w) { return known.find(w) != nullptr; });
  if (blank != std::string::npos && is_key) {
    in_.meant_keys[&map].insert(known.find(word) != nullptr ? word : key_meant(word, known, map));
    in_.problems.error(e.place, tr("\"{}\" lacks the colon behind a key", word),
                       tr("write {}", word + ": " + e.key.substr(blank + 1)));
    return true;
  }
  if (!key_meant(e.key, known, map).empty() || !goes_on_behind_comma(map, at)) return false;
  if (at > 1 && map.entries[at - 1].value.is_null() && known.find(map.entries[at - 1].key) == nullptr) return true;
  std::size_t of = at;  // the key that has a value
  while (of > 0 && map.entries[of].value.is_null()) --of;
  const CatalogueKey* key = known.find(map.entries[of].key);
  in_.problems.error(e.place, tr("\"{}\" stands alone after a comma", e.key),
                     text_with_commas(map, at, key != nullptr && key->type.starts_with("list")));
  return true;
}

bool ValueReader::meant(const Node& map, const std::string& key) const {
  const auto found = in_.meant_keys.find(&map);
  return found != in_.meant_keys.end() && found->second.contains(key);
}

bool ValueReader::tell_meant(const Node& map, const std::vector<std::string>& keys, const std::string& what) {
  for (const Entry& e : map.entries) {
    std::string close;
    for (const std::string& word : keys_meant(e.key))
      if (close.empty() && std::find(keys.begin(), keys.end(), word) != keys.end()) close = word;
    if (close.empty()) close = nearest(e.key, keys);
    if (close.empty()) continue;
    in_.problems.error(e.place, tr("\"{}\" is not a key of {}", e.key, what), tr("did you mean {}?", close));
    return true;
  }
  return false;
}

}  // namespace mailflow
