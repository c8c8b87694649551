// YAML as a tree of our own: every key and value with its place, before anything is known of what it means.
//
// The only code that knows yaml-cpp (in parse_yaml.cpp). What yaml-cpp lets pass is told here: duplicate keys, keys
// that are not words, several documents in one file, text that is not UTF-8. Anchors, aliases and `<<` are resolved (up
// to a million values). A comma or colon inside round brackets belongs to the value, so that `{takes: uniform(1 min, 3
// min)}` needs no quotes.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/problems.hpp"

namespace mailflow {

struct Entry;

/// A value of the tree.
struct Node {
  enum class Kind { null, scalar, sequence, map };
  Kind kind = Kind::null;
  std::string text;            ///< scalar
  bool quoted = false;         ///< scalar
  Place place;                 ///< where the value begins
  std::vector<Node> items;     ///< sequence
  std::vector<Entry> entries;  ///< map, in the order of the file, no key twice

  bool is_map() const { return kind == Kind::map; }
  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_sequence() const { return kind == Kind::sequence; }
  bool is_null() const { return kind == Kind::null; }
  /// The value of a key of a map; null pointer when there is none.
  const Node* find(const std::string& key) const;
  const Entry* entry(const std::string& key) const;
  Entry* entry(const std::string& key);
  std::vector<std::string> keys() const;
};

struct Entry {
  std::string key;
  Place place;  ///< of the key
  Node value;
};

/// Whether two values say the same, wherever they stand; the order of keys does not count.
bool same_value(const Node& a, const Node& b);
/// The key of an entry as a value, for keys that say something (a day, a station).
Node key_as_value(const Entry& entry);
/// What a value is, for messages: `"12"`, `a list`, `a map`, `nothing`.
std::string shown(const Node& node);

/// Splits text into lines; tells of the first byte that is not UTF-8.
std::shared_ptr<const SourceFile> source_file(const std::string& path, std::string text);
/// Whether the text of the file is UTF-8 without zero bytes; otherwise one problem is added.
bool is_text(const std::shared_ptr<const SourceFile>& file, Problems& problems);
/// The place of a byte of a line (both from 0).
Place place_at(const std::shared_ptr<const SourceFile>& file, std::size_t line, std::size_t byte);

/// Reads one document; empty when it cannot be understood at all (then `problems` says why).
std::optional<Node> parse_yaml(const std::string& path, const std::string& text, Problems& problems);

}  // namespace mailflow
