#include "scenario/difference/difference.hpp"

#include <algorithm>

#include "scenario/words/write_yaml.hpp"

namespace mailflow {
namespace {

using Path = std::vector<std::string>;

Path joined(Path path, const std::string& key) {
  path.push_back(key);
  return path;
}

void compare(const Node& a, const Node& b, const Path& path, std::vector<NodeDifference>& found) {
  for (const Entry& each : a.entries) {
    const Node* other = b.find(each.key);
    const Path here = joined(path, each.key);
    if (other == nullptr)
      found.push_back({here, NodeDifference::Change::removed, each.value, {}});
    else if (each.value.is_map() && other->is_map() && each.key != "label")
      compare(each.value, *other, here, found);
    else if (!same_value(each.value, *other))
      found.push_back({here, NodeDifference::Change::set, each.value, *other});
  }
  for (const Entry& each : b.entries)
    if (a.find(each.key) == nullptr)
      found.push_back({joined(path, each.key), NodeDifference::Change::added, {}, each.value});
}

/// How many parts of a path a what-if can name: those before the first with a dot in it, or empty.
std::size_t named_parts(const Path& path) {
  const auto unnamed = std::find_if(path.begin(), path.end(), [](const std::string& part) {
    return part.empty() || part.find('.') != std::string::npos;
  });
  return static_cast<std::size_t>(unnamed - path.begin());
}

const Node& value_at(const Node& root, const Path& path) {
  const Node* node = &root;
  for (const auto& part : path) node = node->find(part);
  return *node;
}

/// Where a path cannot be written with dots, the map that holds it is given as a whole.
std::vector<NodeDifference> by_written_paths(const Node& a, const Node& b) {
  std::vector<NodeDifference> all;
  for (NodeDifference& each : differences(a, b)) {
    const std::size_t named = named_parts(each.path);
    if (named == each.path.size()) {
      all.push_back(std::move(each));
      continue;
    }
    if (named == 0) continue;  // no section of a scenario is called so
    const Path path(each.path.begin(), each.path.begin() + static_cast<std::ptrdiff_t>(named));
    const bool there =
        std::any_of(all.begin(), all.end(), [&path](const NodeDifference& other) { return other.path == path; });
    if (!there) all.push_back({path, NodeDifference::Change::set, value_at(a, path), value_at(b, path)});
  }
  // what lies within a map given as a whole is given with it
  std::vector<NodeDifference> kept;
  for (const NodeDifference& each : all) {
    const bool within = std::any_of(all.begin(), all.end(), [&each](const NodeDifference& other) {
      return other.path.size() < each.path.size() &&
             std::equal(other.path.begin(), other.path.end(), each.path.begin());
    });
    if (!within) kept.push_back(each);
  }
  return kept;
}

std::string lines_of(const std::vector<NodeDifference>& all, NodeDifference::Change change, const std::string& key) {
  std::string text;
  for (const NodeDifference& each : all) {
    if (each.change == change)
      text += change == NodeDifference::Change::removed ? "    - " + yaml_word(path_text(each.path), false) + "\n"
                                                        : yaml_entry(path_text(each.path), each.to, 4);
  }
  return text.empty() ? "" : "  " + key + ":\n" + text;
}

}  // namespace

std::vector<NodeDifference> differences(const Node& a, const Node& b) {
  std::vector<NodeDifference> found;
  compare(a, b, {}, found);
  return found;
}

std::string path_text(const std::vector<std::string>& path) {
  std::string text;
  for (const auto& part : path) text += (text.empty() ? "" : ".") + part;
  return text;
}

std::string as_what_if(const Node& a, const Node& b, const std::string& base) {
  std::string text = "base: " + yaml_word(base, false) + "\n";
  auto all = by_written_paths(a, b);
  const auto label = std::find_if(all.begin(), all.end(), [](const NodeDifference& each) {
    return each.path == Path{"label"} && each.change != NodeDifference::Change::removed;
  });
  if (label != all.end()) {
    text += yaml_entry("label", label->to, 0);
    all.erase(label);
  }
  const std::string changes = lines_of(all, NodeDifference::Change::set, "set") +
                              lines_of(all, NodeDifference::Change::added, "add") +
                              lines_of(all, NodeDifference::Change::removed, "remove");
  return changes.empty() ? text : text + "change:\n" + changes;
}

}  // namespace mailflow
