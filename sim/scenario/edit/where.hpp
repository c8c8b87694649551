// Where a path leads: in the text, in what it means, and by aliases and << elsewhere.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/edit/syntax.hpp"
#include "scenario/yaml/document.hpp"
#include "scenario/yaml/key_path.hpp"

namespace mailflow::editing {

/// A text, what it means, and its pieces.
struct Source {
  std::string text;
  std::shared_ptr<const SourceFile> file;
  Node tree;
  syntax::Value root;

  Place place(std::size_t byte) const;
};

/// Reads it; what cannot be edited is told.
std::optional<Source> read_source(const std::string& path, const std::string& text, Problems& problems);

/// One step into a tree: by a key, or to an item.
struct Step {
  std::string key;
  std::size_t item = syntax::nowhere;
  bool is_item() const { return item != syntax::nowhere; }
  bool operator==(const Step&) const = default;
};
using Steps = std::vector<Step>;

Node* node_at(Node& root, const Steps& steps);
std::string shown_steps(const Steps& steps);

/// What the last part of a path stands in, and what it names there.
struct Where {
  Steps steps;  ///< to the holder
  std::string key;
  const syntax::Value* holder = nullptr;
  const Node* node = nullptr;           ///< of the holder
  std::size_t index = syntax::nowhere;  ///< of its pairs or items; nowhere: it is not written there
  std::size_t place = 0;                ///< of a list: that of the item, or the one that it is to have
  bool is_there = false;                ///< if not as written there, then by <<

  const syntax::Value& value() const;
  const syntax::Pair& pair() const { return holder->pairs[index]; }
  Steps whole() const;
};

/// Finds it; what leads nowhere is told.
std::optional<Where> find(const Source& source, const std::string& path, Problems& problems);

/// The value of an anchor as it is at a byte; null: there is none.
const syntax::Value* anchored(const Source& source, const std::string& name, std::size_t at);

/// All ways through aliases and << to a value in the text; the first is that of the text itself.
std::vector<Steps> ways_to(const Source& source, const syntax::Value& value);

}  // namespace mailflow::editing
