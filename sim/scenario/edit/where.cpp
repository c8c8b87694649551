#include "scenario/edit/where.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/words.hpp"
#include "scenario/yaml/plain_text.hpp"

namespace mailflow::editing {
namespace {

using syntax::nowhere;
using syntax::Pair;
using syntax::Value;

bool is_merge(const Pair& pair) { return pair.key == "<<"; }

/// Whether the pieces are those of the tree.
bool fits(const Value& value, const Node& node) {
  using Style = Value::Style;
  if (value.style == Style::alias) return true;
  if (value.style == Style::nothing) return node.is_null();
  if (value.is_list())
    return node.is_sequence() && node.items.size() == value.items.size() &&
           std::equal(value.items.begin(), value.items.end(), node.items.begin(), fits);
  if (!value.is_map()) return node.is_scalar() || (node.is_null() && value.style == Style::plain);
  const auto own = std::count_if(value.pairs.begin(), value.pairs.end(), [](const Pair& p) { return !is_merge(p); });
  const bool merges = static_cast<std::size_t>(own) < value.pairs.size();
  if (!node.is_map() || (!merges && node.entries.size() != value.pairs.size())) return false;
  return std::all_of(value.pairs.begin(), value.pairs.end(), [&node](const Pair& pair) {
    const Node* below = node.find(pair.key);
    return is_merge(pair) || (below != nullptr && fits(pair.value, *below));
  });
}

void find_anchored(const Value& value, const std::string& name, std::size_t before, const Value*& found) {
  if (value.begin >= before) return;
  if (value.style != Value::Style::alias && value.anchor == name && (found == nullptr || found->begin < value.begin))
    found = &value;
  for (const Pair& pair : value.pairs) find_anchored(pair.value, name, before, found);
  for (const Value& item : value.items) find_anchored(item, name, before, found);
}

/// The maps that a map takes keys from by <<.
std::vector<const Value*> merged_into(const Source& source, const Value& map) {
  std::vector<const Value*> all;
  for (const Pair& pair : map.pairs) {
    if (!is_merge(pair)) continue;
    if (!pair.value.is_list()) all.push_back(&pair.value);
    for (const Value& item : pair.value.items) all.push_back(&item);
  }
  for (const Value*& each : all)
    if (each->style == Value::Style::alias) each = anchored(source, each->anchor, each->begin);
  std::erase(all, nullptr);
  return all;
}

class Ways {
 public:
  Ways(const Source& source, const Value& wanted) : source_(source), wanted_(wanted) {}

  std::vector<Steps> found;

  void search(const Value& value) {
    if (value.style == Value::Style::alias) {
      if (const Value* meant = anchored(source_, value.anchor, value.begin)) search(*meant);
      return;
    }
    if (&value == &wanted_) found.push_back(steps_);
    for (const Pair& pair : value.pairs)
      if (!is_merge(pair)) step({pair.key, nowhere}, pair.value);
    for (std::size_t i = 0; i < value.items.size(); ++i) step({"", i}, value.items[i]);
    for (const Value* base : merged_into(source_, value)) merged(value, *base);
  }

 private:
  void step(Step step, const Value& value) {
    steps_.push_back(std::move(step));
    search(value);
    steps_.pop_back();
  }
  /// A base that is wanted itself is reached where a key of it is not given by the map's own.
  void merged(const Value& map, const Value& base) {
    if (&base == &wanted_) found.push_back(steps_);
    for (const Pair& pair : base.pairs) {
      const bool own =
          std::any_of(map.pairs.begin(), map.pairs.end(), [&](const Pair& p) { return p.key == pair.key; });
      if (!own && !is_merge(pair)) step({pair.key, nowhere}, pair.value);
    }
  }

  const Source& source_;
  const Value& wanted_;
  Steps steps_;
};

std::optional<std::size_t> as_number(const std::string& text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Follows a path part by part.
class Search {
 public:
  Search(const Source& source, std::string path, Problems& problems)
      : source_(source), path_(std::move(path)), problems_(problems) {}

  std::optional<Where> result() {
    const KeyPath parts = fitted_path(split_path(composed(path_)), source_.tree);
    Where where;
    const Value* value = &source_.root;
    const Node* node = &source_.tree;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const bool last = i + 1 == parts.size();
      value = resolved(value);
      where.holder = value;
      where.node = node;
      where.index = nowhere;
      where.is_there = false;
      where.key = parts[i];
      const bool good = node->is_sequence() ? to_item(where, parts[i], last) : to_key(where, parts, i, last);
      if (!good) return std::nullopt;
      if (last) return where;
      where.steps.push_back(node->is_sequence() ? Step{"", where.place} : Step{where.key, nowhere});
      node = node->is_sequence() ? &node->items[where.place] : node->find(where.key);
      value = where.index == nowhere ? nullptr : &where.value();
      if (value == nullptr) value = by_merge(*where.holder, where.key);
      if (value == nullptr) return std::nullopt;  // never: the tree has it
    }
    return std::nullopt;
  }

 private:
  const Value* resolved(const Value* value) const {
    const Value* meant = value->style == Value::Style::alias ? anchored(source_, value->anchor, value->begin) : value;
    return meant == nullptr ? value : meant;
  }
  const Value* by_merge(const Value& map, const std::string& key) const {
    for (const Value* base : merged_into(source_, map)) {
      for (const Pair& pair : base->pairs)
        if (pair.key == key) return &pair.value;
      if (const Value* deeper = by_merge(*base, key)) return deeper;
    }
    return nullptr;
  }
  bool to_item(Where& where, const std::string& part, bool last) {
    const auto& items = where.node->items;
    const auto number = as_number(part);
    const auto named = std::find_if(items.begin(), items.end(),
                                    [&part](const Node& item) { return item.is_scalar() && item.text == part; });
    if (part == "+" && last) {
      where.place = items.size();
      return true;
    }
    if (named != items.end())
      where.place = static_cast<std::size_t>(named - items.begin());
    else if (number && *number >= 1)
      where.place = *number - 1;
    else
      return tell(*where.node, tr("{} has no item {}", path_before(where), part),
                  tr("name an item of a list by its place, from 1, or by what it says"));
    where.is_there = where.place < items.size();
    if (where.is_there) where.index = where.place;
    return where.is_there || (last && where.place == items.size()) ||
           tell(*where.node, tr("{} has no item {}", path_before(where), part),
                tr_plural("it has {} item", "it has {} items", static_cast<long>(items.size()), items.size()));
  }
  bool to_key(Where& where, const KeyPath& parts, std::size_t at, bool last) {
    const Node& map = *where.node;
    if (!map.is_map() && !(map.is_null() && last))
      return tell(map, tr("{} is {}: it has no keys", path_before(where), shown(map)), "");
    where.is_there = map.find(parts[at]) != nullptr;
    const auto& pairs = where.holder->pairs;
    const auto own = std::find_if(pairs.begin(), pairs.end(), [&](const Pair& p) { return p.key == parts[at]; });
    if (own != pairs.end()) where.index = static_cast<std::size_t>(own - pairs.begin());
    return where.is_there || last || tell_missing(map, parts, at);
  }
  bool tell_missing(const Node& map, const KeyPath& parts, std::size_t at) {
    const std::string near = nearest(parts[at], map.keys());
    const std::string before = at > 0 ? joined_path(parts, at) + "." : "";
    return tell(map, tr("there is no {} here", joined_path(parts, at + 1)),
                near.empty() ? "" : tr("did you mean {}?", before + near));
  }
  static std::string path_before(const Where& where) {
    const std::string path = shown_steps(where.steps);
    return path.empty() ? tr("the file") : path;
  }
  bool tell(const Node& node, std::string message, std::string help) {
    problems_.error(node.place, std::move(message), std::move(help));
    return false;
  }

  const Source& source_;
  std::string path_;
  Problems& problems_;
};

}  // namespace

Place Source::place(std::size_t byte) const {
  const std::size_t begin = syntax::line_begin(text, byte);
  std::size_t line = 0;
  for (std::size_t at = 0; at < text.size() && syntax::next_line(text, at) <= begin; at = syntax::next_line(text, at))
    ++line;
  return place_at(file, line, byte - begin);
}

std::optional<Source> read_source(const std::string& path, const std::string& text, Problems& problems) {
  const ErrorsSince errors(problems);
  auto tree = parse_yaml(path, text, problems);
  if (!tree || errors.any()) return std::nullopt;
  Source source{text, source_file(path, text), std::move(*tree), {}};
  try {
    source.root = syntax::read(source.text);
  } catch (const syntax::NotRead& why) {
    problems.error(source.place(why.at), tr("this cannot be changed in place: {}", why.what()),
                   tr("write it in a plainer way first"));
    return std::nullopt;
  }
  if (fits(source.root, source.tree)) return source;
  problems.error({source.file, 0, 0}, tr("this file is written in a way that cannot be changed in place"), "");
  return std::nullopt;
}

Node* node_at(Node& root, const Steps& steps) {
  Node* node = &root;
  for (const Step& step : steps) {
    if (step.is_item()) {
      node = step.item < node->items.size() ? &node->items[step.item] : nullptr;
    } else {
      Entry* entry = node->entry(step.key);
      node = entry == nullptr ? nullptr : &entry->value;
    }
    if (node == nullptr) return nullptr;
  }
  return node;
}

std::string shown_steps(const Steps& steps) {
  std::string text;
  for (const Step& step : steps) {
    const bool quoted = step.key.find('.') != std::string::npos && !step.key.starts_with('"');
    const std::string key = quoted ? "\"" + step.key + "\"" : path_part(step.key);
    text += (text.empty() ? "" : ".") + (step.is_item() ? std::to_string(step.item + 1) : key);
  }
  return text;
}

const Value& Where::value() const { return holder->is_map() ? holder->pairs[index].value : holder->items[index]; }

Steps Where::whole() const {
  Steps all = steps;
  all.push_back(node->is_sequence() ? Step{"", place} : Step{key, nowhere});
  return all;
}

std::optional<Where> find(const Source& source, const std::string& path, Problems& problems) {
  return Search(source, path, problems).result();
}

const Value* anchored(const Source& source, const std::string& name, std::size_t at) {
  const Value* found = nullptr;
  find_anchored(source.root, name, at, found);
  return found;
}

std::vector<Steps> ways_to(const Source& source, const Value& value) {
  Ways ways(source, value);
  ways.search(source.root);
  return std::move(ways.found);
}

}  // namespace mailflow::editing
