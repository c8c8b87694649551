#include "tree.hpp"

#include <algorithm>

namespace mailflow::laws {

namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

void write(const Tree& tree, const std::string& indent, std::string& out) {
  switch (tree.kind) {
    case Tree::Kind::scalar:
      out += " " + quoted(tree.text) + "\n";
      return;
    case Tree::Kind::list:
      if (tree.items.empty()) out += " []";
      out += "\n";
      for (const Tree& item : tree.items) {
        out += indent + "-";
        write(item, indent + "  ", out);
      }
      return;
    case Tree::Kind::map:
      if (tree.entries.empty()) out += " {}";
      out += "\n";
      for (const auto& [key, value] : tree.entries) {
        out += indent + quoted(key) + ":";
        write(value, indent + "  ", out);
      }
  }
}

}  // namespace

Tree* Tree::find(const std::string& key) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const auto& e) { return e.first == key; });
  return found == entries.end() ? nullptr : &found->second;
}

Tree& Tree::operator[](const std::string& key) {
  if (Tree* there = find(key)) return *there;
  return entries.emplace_back(key, Tree{}).second;
}

void Tree::erase(const std::string& key) {
  std::erase_if(entries, [&](const auto& e) { return e.first == key; });
}

std::string yaml(const Tree& tree) {
  std::string out;
  write(tree, "", out);
  return out;
}

}  // namespace mailflow::laws
