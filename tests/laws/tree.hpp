// YAML as the laws write it: a small tree that can be changed and printed.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace mailflow::laws {

/// A scalar, a list or a map; maps keep the order in which keys were given.
struct Tree {
  enum class Kind { scalar, list, map };
  Kind kind = Kind::map;
  std::string text;
  std::vector<Tree> items;
  std::vector<std::pair<std::string, Tree>> entries;

  Tree() = default;
  Tree(std::string word) : kind(Kind::scalar), text(std::move(word)) {}  // NOLINT(google-explicit-constructor)
  Tree(const char* word) : Tree(std::string(word)) {}                    // NOLINT(google-explicit-constructor)
  Tree(int number) : Tree(std::to_string(number)) {}                     // NOLINT(google-explicit-constructor)

  static Tree list(std::vector<Tree> of) {
    Tree tree;
    tree.kind = Kind::list;
    tree.items = std::move(of);
    return tree;
  }
  static Tree words(const std::vector<std::string>& of) { return list({of.begin(), of.end()}); }

  bool is_map() const { return kind == Kind::map; }
  bool is_scalar() const { return kind == Kind::scalar; }
  /// The value of a key, put there where there is none.
  Tree& operator[](const std::string& key);
  /// The value of a key; null: none.
  Tree* find(const std::string& key);
  const Tree* find(const std::string& key) const { return const_cast<Tree*>(this)->find(key); }
  void erase(const std::string& key);
};

/// Calls `change(text)` for every scalar and `change(key)` for every key.
template <typename Change>
void each_word(Tree& tree, const Change& change) {
  change(tree.text);
  for (Tree& item : tree.items) each_word(item, change);
  for (auto& [key, value] : tree.entries) {
    change(key);
    each_word(value, change);
  }
}

/// Block style; every key and scalar in quotes.
std::string yaml(const Tree& tree);

}  // namespace mailflow::laws
