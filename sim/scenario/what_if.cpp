#include "scenario/what_if.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "core/words.hpp"
#include "scenario/catalogue_spot.hpp"
#include "scenario/files/files.hpp"
#include "scenario/values/first_words.hpp"
#include "scenario/words/value_words.hpp"
#include "scenario/yaml/key_path.hpp"
#include "scenario/yaml/plain_text.hpp"
#include "scenario/yaml/yaml_slips.hpp"

namespace mailflow {
namespace {

std::string suggestion(const KeyPath& parts, std::size_t at, const Node& map) {
  const auto keys = map.keys();
  const auto near = nearest(parts[at], keys);
  const std::string before = at > 0 ? joined_path(parts, at) + "." : "";
  if (!near.empty()) return tr("did you mean {}?", before + path_part(near));
  if (keys.empty() || keys.size() > 12) return {};
  return at > 0 ? tr("{} has: {}", joined_path(parts, at), fmt::format("{}", fmt::join(keys, ", ")))
                : tr("the base has: {}", fmt::format("{}", fmt::join(keys, ", ")));
}

/// The paths below a map that end in these parts.
void find_ends(const Node& map, const KeyPath& parts, const std::string& before, std::vector<std::string>& found) {
  for (const Entry& each : map.entries) {
    const std::string here = before.empty() ? each.key : before + "." + each.key;
    const Node* node = &map;
    for (std::size_t i = 0; node != nullptr && i < parts.size(); ++i) node = node->find(parts[i]);
    if (each.key == parts[0] && node != nullptr)
      found.push_back((before.empty() ? "" : before + ".") + joined_path(parts, parts.size()));
    find_ends(each.value, parts, here, found);
  }
}

/// What a map that replaces another has no longer, and must have.
struct Lack {
  KeyPath at;  ///< below the map
  std::string key;
};

std::optional<Lack> lack_of(const Spot& spot, const Node& old, const Node& now) {
  if (!old.is_map() || !now.is_map()) return std::nullopt;
  for (std::size_t i = 0; spot.section != nullptr && i < spot.section->keys.size(); ++i) {
    const CatalogueKey& key = spot.section->keys[i];
    if (key.required && old.find(key.name) != nullptr && now.find(key.name) == nullptr) return Lack{{}, key.name};
  }
  for (const Entry& each : now.entries) {
    const Node* before = old.find(each.key);
    if (before == nullptr) continue;
    Spot below = spot_below(spot, each.key, each.value);
    if (below.section == nullptr || below.section->keys.empty()) below = spot_below(spot, each.key, *before);
    if (auto lack = lack_of(below, *before, each.value)) {
      lack->at.insert(lack->at.begin(), each.key);
      return lack;
    }
  }
  return std::nullopt;
}

/// The first value below a path of a map, as a line of `set`.
std::string first_value(const std::string& path, const Node& map, const KeyPath& below) {
  std::string line = path;
  const Node* node = &map;
  for (const std::string& part : below) {
    line += "." + part;
    node = node->find(part);
  }
  while (node->is_map() && !node->entries.empty()) {
    line += "." + node->entries[0].key;
    node = &node->entries[0].value;
  }
  return line + ": " + (node->is_scalar() ? node->text : "...");
}

/// Changes a tree by dotted paths.
class Changer {
 public:
  Changer(Node& root, Problems& problems) : root_(root), problems_(problems) {}

  void apply(const Node& change) {
    if (!change.is_map()) {
      problems_.error(change.place, tr("change takes set, add and remove, not {}", shown(change)));
      return;
    }
    for (const auto& each : change.entries) {
      if (each.key == "set" || each.key == "add")
        assign(each);
      else if (each.key == "remove")
        remove(each.value);
      else
        unknown(each);
    }
  }

  /// As apply(), but a value that is there already will do.
  void give_all(const Node& change) {
    Node rest;
    rest.kind = Node::Kind::map;
    for (const auto& each : change.entries) {
      if (each.key != "set" || !each.value.is_map())
        rest.entries.push_back(each);
      else
        for (const auto& value : each.value.entries) give(value);
    }
    apply(rest);
  }

  /// Sets a value that may be there already.
  void give(const Entry& entry) {
    const auto parts = fitted_path(split_path(entry.key), root_);
    const Node* map = holder(parts, entry.place);
    const Node* old = map == nullptr ? nullptr : map->find(parts.back());
    if (old != nullptr && same_value(*old, entry.value)) return;
    if (map != nullptr) set(entry);
  }

 private:
  void unknown(const Entry& entry) {
    const auto near = nearest(entry.key, {"set", "add", "remove"});
    problems_.error(entry.place, tr("unknown key \"{}\" in change", entry.key),
                    near.empty() ? tr("change takes set, add and remove") : tr("did you mean {}?", near));
  }
  void assign(const Entry& how) {
    if (how.value.is_scalar() && tell_slip_in_key(how.value.text, true, how.value.place, problems_)) return;
    if (!how.value.is_map()) {
      problems_.error(how.value.place, tr("{} takes a map of path: value, not {}", how.key, shown(how.value)));
      return;
    }
    for (const auto& each : how.value.entries) {
      if (how.key == "set")
        set(each);
      else
        add(each);
    }
  }
  /// The map that holds the last part of a path; null when a part before it is not there (told at `place`).
  Node* holder(const KeyPath& parts, const Place& place) {
    Node* node = &root_;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
      Entry* next = node->entry(parts[i]);
      if (next == nullptr) {
        const std::string whole = i == 0 ? elsewhere(parts) : "";
        problems_.error(place, tr("the base has no {}", joined_path(parts, i + 1)),
                        whole.empty() ? suggestion(parts, i, *node) : whole);
        return nullptr;
      }
      node = &next->value;
      if (!node->is_map()) {
        const bool here = !node->is_null();
        problems_.error(place,
                        here ? tr("{} is {} in the base: it has no keys", joined_path(parts, i + 1), shown(*node))
                             : tr("{} is empty in the base", joined_path(parts, i + 1)),
                        here ? tr("set the whole of {}", joined_path(parts, i + 1)) : "");
        return nullptr;
      }
    }
    return node;
  }
  /// The one place of the tree whose path ends so.
  std::string elsewhere(const KeyPath& parts) const {
    std::vector<std::string> found;
    find_ends(root_, parts, "", found);
    return found.size() == 1 ? tr("did you mean {}?", found[0]) : "";
  }
  void set(const Entry& entry) {
    const auto parts = fitted_path(split_path(entry.key), root_);
    Node* map = holder(parts, entry.place);
    if (map == nullptr) return;
    Entry* old = map->entry(parts.back());
    if (old == nullptr) {
      const bool misspelt = !nearest(parts.back(), map->keys()).empty();
      problems_.error(entry.place, tr("the base has no {}", entry.key),
                      misspelt ? suggestion(parts, parts.size() - 1, *map)
                               : tr("to give what the base does not give, put it under add:"));
    } else if (means_the_same(old->value, entry.value)) {
      const std::string written = shown(old->value);
      const std::string said = !entry.value.is_scalar() ? tr("{} is already so in the base", entry.key)
                               : same_value(old->value, entry.value)
                                   ? tr("{} is already {} in the base", entry.key, written)
                                   : tr("{} is already {}, which is the same, in the base", entry.key, written);
      problems_.note(entry.place, said, tr("the line changes nothing; leave it out, or write another value"));
      old->value = entry.value;
    } else if (!tell_part(parts, old->value, entry)) {
      old->value = entry.value;
    }
  }
  /// A map that gives one value of a section would take away all the others.
  bool tell_part(const KeyPath& parts, const Node& old, const Entry& entry) {
    Spot spot = top_spot();
    const Node* node = &root_;
    for (const std::string& part : parts) {
      node = node->find(part);
      spot = spot_below(spot, part, *node);
    }
    const auto lack = lack_of(spot, old, entry.value);
    if (!lack) return false;
    const std::string of = lack->at.empty() ? entry.key : entry.key + "." + joined_path(lack->at, lack->at.size());
    problems_.error(entry.place, tr("set replaces all of {}, and then {} has no {}", entry.key, of, lack->key),
                    tr("write {}", first_value(entry.key, entry.value, lack->at)));
    return true;
  }
  void add(const Entry& entry) {
    const auto parts = fitted_path(split_path(entry.key), root_);
    Node* map = holder(parts, entry.place);
    if (map == nullptr) return;
    if (map->entry(parts.back()) != nullptr) {
      problems_.error(entry.place, tr("the base already has {}", entry.key), tr("to change it, put it under set:"));
    } else {
      map->entries.push_back({parts.back(), entry.place, entry.value});
    }
  }
  void remove(const Node& paths) {
    std::vector<Node> one;
    if (paths.is_scalar()) one.push_back(paths);
    for (const Node& each : paths.is_scalar() ? one : paths.items) {
      if (!each.is_scalar()) {
        problems_.error(each.place, tr("remove takes a list of paths, not {}", shown(each)));
        continue;
      }
      const auto parts = fitted_path(split_path(each.text), root_);
      Node* map = holder(parts, each.place);
      if (map == nullptr) continue;
      if (map->entry(parts.back()) == nullptr) {
        problems_.error(each.place, tr("the base has no {}", each.text), suggestion(parts, parts.size() - 1, *map));
      } else {
        std::erase_if(map->entries, [&](const Entry& e) { return e.key == parts.back(); });
      }
    }
    if (!paths.is_scalar() && !paths.is_sequence()) {
      problems_.error(paths.place, tr("remove takes a list of paths, not {}", shown(paths)),
                      tr("write {}", "remove: [targets.cost]"));
    }
  }

  Node& root_;
  Problems& problems_;
};

void lay_over(Node& base, const Node& top) {
  for (const auto& each : top.entries) {
    if (each.key == "base" || each.key == "change") continue;
    Entry* old = base.entry(each.key);
    if (old == nullptr)
      base.entries.push_back(each);
    else if (old->value.is_map() && each.value.is_map() && each.key != "label")
      lay_over(old->value, each.value);
    else
      old->value = each.value;
  }
}

std::string one_name(const std::string& path) {
  std::error_code ignored;
  const auto canonical = std::filesystem::weakly_canonical(path, ignored);
  return canonical.empty() ? path : canonical.generic_string();
}

class Reader {
 public:
  explicit Reader(Problems& problems) : problems_(problems) {}

  std::optional<Node> read(const std::string& path, const std::string& text) {
    auto node = parse_yaml(path, text, problems_);
    if (!node) return std::nullopt;
    if (!node->is_map()) {
      problems_.error(node->place, tr("a scenario is a map of sections, not {}", shown(*node)),
                      tr("begin with mailflow: 1"));
      return std::nullopt;
    }
    if (tell_misspelt(*node)) return std::nullopt;
    const Entry* base = node->entry("base");
    if (base == nullptr) {
      if (const Entry* change = node->entry("change")) {
        problems_.error(change->place, tr("change needs a base to change"), tr("write {}", "base: other.yaml"));
        std::erase_if(node->entries, [](const Entry& e) { return e.key == "change"; });
      }
      return node;
    }
    open_.push_back(one_name(path));
    auto whole = read_base(base->value);
    open_.pop_back();
    if (!whole) return std::nullopt;
    if (const Node* change = node->find("change")) Changer(*whole, problems_).apply(*change);
    lay_over(*whole, *node);
    whole->place = node->place;
    return whole;
  }

 private:
  /// "changes" for change: without it the file would be a scenario of its own.
  bool tell_misspelt(const Node& root) {
    bool told = false;
    for (const Entry& each : root.entries) {
      if (section("").find(each.key) != nullptr || section("network-scenario").find(each.key) != nullptr) continue;
      std::vector<std::string> known = section("").names();
      for (const char* key : {"base", "change"})
        if (root.find(key) == nullptr) known.emplace_back(key);
      std::string meant;
      for (const std::string& word : keys_meant(each.key))
        if (word == "base" || word == "change") meant = word;
      if (meant.empty()) meant = nearest(each.key, known);
      if (each.key == meant || root.find(meant) != nullptr || (meant != "base" && meant != "change")) continue;
      problems_.error(each.place, tr("\"{}\" is not a key of a what-if", each.key), tr("did you mean {}?", meant));
      told = true;
    }
    return told;
  }
  std::optional<Node> read_base(const Node& named) {
    if (!named.is_scalar() || named.text.empty()) {
      problems_.error(named.place, tr("base takes the name of a scenario file, not {}", shown(named)));
      return std::nullopt;
    }
    const auto path = resolve(named, {}, problems_);
    if (!path) return std::nullopt;
    if (std::find(open_.begin(), open_.end(), one_name(*path)) != open_.end()) {
      problems_.error(named.place, tr("this what-if is its own base, by way of \"{}\"", named.text),
                      tr("a chain of bases must end in a scenario that has none"));
      return std::nullopt;
    }
    const auto text = read_file(*path, named.place, problems_);
    return text ? read(*path, *text) : std::nullopt;
  }

  Problems& problems_;
  std::vector<std::string> open_;
};

}  // namespace

void apply_change(Node& root, const Node& change, Problems& problems) { Changer(root, problems).give_all(change); }

std::optional<Node> read_scenario_text(const std::string& path, const std::string& text, Problems& problems) {
  return Reader(problems).read(path, text);
}

std::optional<Node> read_scenario(const std::string& path, Problems& problems) {
  const auto text = read_file(path, {}, problems);
  return text ? read_scenario_text(path, *text, problems) : std::nullopt;
}

std::optional<Node> read_scenario_with(const std::string& path, const LoadOptions& options, Problems& problems) {
  auto root = options.text ? read_scenario_text(path, *options.text, problems) : read_scenario(path, problems);
  if (!root) return root;
  for (const auto& [given_key, given_text] : options.set) {
    const std::string key = composed(given_key);
    const std::string text = composed(given_text);
    auto file = std::make_shared<SourceFile>();
    file->path = "--vary";
    file->lines = SourceLines(fmt::format("{}={}", key, text));
    Entry entry;
    entry.key = key;
    entry.place = {file, 1, 1};
    entry.value.kind = Node::Kind::scalar;
    entry.value.text = text;
    entry.value.place = {file, 1, static_cast<int>(key.size()) + 2};
    Changer(*root, problems).give(entry);
  }
  return root;
}

}  // namespace mailflow
