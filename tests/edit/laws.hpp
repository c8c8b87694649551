// The laws of edits in place, for any text: what is set and set back, or added and removed, leaves the same bytes; what
// the text says changes where it was asked for, and nowhere else.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scenario/edit/edit.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow::edit_laws {

/// A way into a tree: keys, and items as numbers from 1.
struct Way {
  std::vector<std::string> parts;

  std::string path() const {
    std::string text;
    for (const std::string& part : parts) {
      const bool quoted = part.find('.') != std::string::npos || part.starts_with('"');
      std::string written = part;
      if (quoted) {
        written = "\"";
        for (const char c : part) written += c == '"' ? std::string("\"\"") : std::string(1, c);
        written += '"';
      }
      text += (text.empty() ? "" : ".") + written;
    }
    return text;
  }
};

inline Node* at(Node& root, const Way& way) {
  Node* node = &root;
  for (const std::string& part : way.parts)
    node = node->is_sequence() ? &node->items.at(std::stoul(part) - 1) : &node->entry(part)->value;
  return node;
}

/// Every value below a node, with the way to it.
inline void each_value(const Node& node, Way& way, const std::function<void(const Way&, const Node&)>& body) {
  if (!way.parts.empty()) body(way, node);
  const auto below = [&](const std::string& part, const Node& value) {
    way.parts.push_back(part);
    each_value(value, way, body);
    way.parts.pop_back();
  };
  for (const Entry& e : node.entries) below(e.key, e.value);
  for (std::size_t i = 0; i < node.items.size(); ++i) below(std::to_string(i + 1), node.items[i]);
}

inline std::optional<Node> tree_of(const std::string& text) {
  Problems problems;
  auto tree = parse_yaml("text.yaml", text, problems);
  return problems.has_errors() ? std::nullopt : tree;
}

struct Outcome {
  std::optional<std::string> text;
  std::string why;
};
inline Outcome made(const std::string& text, const Edit& edit, Shared shared = Shared::refuse) {
  Problems problems;
  auto result = edited("text.yaml", text, {edit}, problems, shared);
  return {std::move(result), problems.text()};
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    lines.back() += c;
    if (c == '\n') lines.emplace_back();
  }
  return lines;
}

/// How many lines of the old text are not in the new one, apart from those alike at the beginning and at the end.
inline std::size_t lines_touched(const std::string& before, const std::string& after) {
  const auto a = lines_of(before);
  const auto b = lines_of(after);
  std::size_t head = 0;
  while (head < std::min(a.size(), b.size()) && a[head] == b[head]) ++head;
  std::size_t tail = 0;
  while (tail < std::min(a.size(), b.size()) - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  return a.size() - head - tail;
}

/// The first line that differs, of both.
inline std::string difference(const std::string& wanted, const std::string& found) {
  const auto a = lines_of(wanted);
  const auto b = lines_of(found);
  std::size_t i = 0;
  while (i < std::min(a.size(), b.size()) && a[i] == b[i]) ++i;
  return "line " + std::to_string(i + 1) + "\n" + (i < a.size() ? a[i] : "(end)\n") + (i < b.size() ? b[i] : "(end)\n");
}

/// What is found wrong, at most a few; and how many edits were made and refused.
struct Findings {
  std::string wrong;
  std::size_t edits = 0;
  std::size_t refused = 0;

  void tell(const std::string& law, const Way& way, const std::string& more) {
    if (wrong.size() < 4000) wrong += law + " " + way.path() + ": " + more + "\n";
  }
};

struct Given {
  const char* yaml;   ///< as `value` of an edit
  const char* means;  ///< as the value of a key in a file
};
inline const std::vector<Given>& values() {
  static const std::vector<Given> all = {{"17 items", "17 items"},
                                         {"{a: 1, b: [2, x y]}", "{a: 1, b: [2, x y]}"},
                                         {"Noël: l'été, \"déjà\" # 1", R"("Noël: l'été, \"déjà\" # 1")"},
                                         {"21:00-04:48", "\"21:00-04:48\""},
                                         {"[]", "[]"},
                                         {"triangular(1 min, 2 min, 5 min)", "triangular(1 min, 2 min, 5 min)"}};
  return all;
}
inline Node meaning(const char* yaml) { return tree_of(std::string("v: ") + yaml + "\n")->entries[0].value; }

/// Each value set to another, and back as it was written.
inline void set_and_back(const std::string& text, std::size_t stride, Findings& found) {
  const Node tree = *tree_of(text);
  std::size_t count = 0;
  Way start;
  each_value(tree, start, [&](const Way& way, const Node& old) {
    if (++count % stride != 0) return;
    const Given& given = values()[count % values().size()];
    const auto written = written_at(text, way.path());
    const Outcome other = made(text, {Edit::Kind::set, way.path(), given.yaml, ""});
    ++found.edits;
    if (!other.text || !written) {
      ++found.refused;
      const bool shared = other.why.find("anchor") != std::string::npos || other.why.find("<<") != std::string::npos;
      if (!shared) found.tell("set", way, other.why);
      return;
    }
    Node wanted = tree;
    *at(wanted, way) = meaning(given.means);
    const auto now = tree_of(*other.text);
    if (!now || !same_value(*now, wanted)) found.tell("set says", way, difference(text, *other.text));
    const bool one_line = written->find('\n') == std::string::npos && !old.is_null() && !old.is_map();
    if (one_line && lines_touched(text, *other.text) > 1) found.tell("set touches", way, difference(text, *other.text));
    const Outcome back = made(*other.text, {Edit::Kind::set, way.path(), *written, ""});
    const bool as_good = old.is_null() && back.text && same_value(tree, *tree_of(*back.text));
    if (back.text != text && !as_good) found.tell("set back", way, back.text ? difference(text, *back.text) : back.why);
  });
}

/// Each map gets a key and each list an item, in each way, and loses it again.
inline void add_and_remove(const std::string& text, std::size_t stride, Findings& found) {
  const Node tree = *tree_of(text);
  std::size_t count = 0;
  const auto law = [&](const Way& holder, const std::string& part, const std::string& before) {
    Way way = holder;
    way.parts.push_back(part);
    const bool in_lines = count % 3 == 0;
    const char* lines = "a: 1\nb:\n  - 2\n  - {c: 3}\n";
    const Given given = in_lines ? Given{lines, "{a: 1, b: [2, {c: 3}]}"} : values()[count % values().size()];
    const Outcome more = made(text, {Edit::Kind::add, way.path(), given.yaml, before});
    ++found.edits;
    if (!more.text) {
      ++found.refused;
      const bool known = more.why.find("anchor") != std::string::npos;
      if (!known) found.tell("add", way, more.why);
      return;
    }
    Node wanted = tree;
    Node& there = *at(wanted, holder);
    if (there.is_sequence())
      there.items.insert(there.items.begin() + static_cast<std::ptrdiff_t>(std::stoul(part) - 1), meaning(given.means));
    else
      there.entries.push_back({part, {}, meaning(given.means)});
    const auto now = tree_of(*more.text);
    if (!now || !same_value(*now, wanted)) found.tell("add says", way, difference(text, *more.text));
    if (lines_touched(text, *more.text) > 1) found.tell("add touches", way, difference(text, *more.text));
    const Outcome back = made(*more.text, {Edit::Kind::remove, way.path(), "", ""});
    if (back.text != text) found.tell("remove again", way, back.text ? difference(text, *back.text) : back.why);
  };
  Way start;
  const auto each = [&](const Way& way, const Node& node) {
    if (++count % stride != 0) return;
    if (node.is_map()) law(way, "new key", "");
    if (node.is_map() && !node.entries.empty()) law(way, "z.new", node.entries[count % node.entries.size()].key);
    if (!node.is_sequence()) return;
    law(way, "1", "");
    law(way, std::to_string(node.items.size() + 1), "");
    if (node.items.size() > 1) law(way, "2", "");
  };
  each(start, tree);
  each_value(tree, start, each);
}

/// Each key and item taken away.
inline void remove_each(const std::string& text, std::size_t stride, Findings& found) {
  const Node tree = *tree_of(text);
  std::size_t count = 0;
  Way start;
  each_value(tree, start, [&](const Way& way, const Node&) {
    if (++count % stride != 0) return;
    const Outcome less = made(text, {Edit::Kind::remove, way.path(), "", ""});
    ++found.edits;
    if (!less.text) {
      ++found.refused;
      const bool known = less.why.find("anchor") != std::string::npos || less.why.find("<<") != std::string::npos ||
                         less.why.find("nothing would be left") != std::string::npos;
      if (!known) found.tell("remove", way, less.why);
      return;
    }
    Node wanted = tree;
    Way holder = way;
    holder.parts.pop_back();
    Node& there = *at(wanted, holder);
    if (there.is_sequence())
      there.items.erase(there.items.begin() + static_cast<std::ptrdiff_t>(std::stoul(way.parts.back()) - 1));
    else
      std::erase_if(there.entries, [&](const Entry& e) { return e.key == way.parts.back(); });
    const auto now = tree_of(*less.text);
    if (!now || !same_value(*now, wanted)) found.tell("remove says", way, difference(text, *less.text));
    if (less.text->size() >= text.size() + 2) found.tell("remove grows", way, difference(text, *less.text));
  });
}

inline Findings all_laws(const std::string& text, std::size_t stride) {
  Findings found;
  set_and_back(text, stride, found);
  add_and_remove(text, stride, found);
  remove_each(text, stride, found);
  return found;
}

}  // namespace mailflow::edit_laws
