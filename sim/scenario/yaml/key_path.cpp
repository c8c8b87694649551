#include "scenario/yaml/key_path.hpp"

namespace mailflow {

KeyPath split_path(const std::string& path) {
  KeyPath parts(1);
  bool quoted = false;
  bool begins = true;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const char c = path[i];
    if (quoted && c == '"' && i + 1 < path.size() && path[i + 1] == '"')
      parts.back() += path[i++];
    else if (c == '"' && (quoted || begins))
      quoted = !quoted;
    else if (c == '.' && !quoted)
      parts.emplace_back();
    else
      parts.back() += c;
    begins = c == '.' && !quoted;
  }
  return parts;
}

std::string path_part(const std::string& name) {
  if (!name.starts_with('"')) return name;
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

std::string joined_path(const KeyPath& parts, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? "." : "") + path_part(parts[i]);
  return text;
}

KeyPath fitted_path(const KeyPath& parts, const Node& root) {
  KeyPath all;
  const Node* node = &root;
  for (std::size_t i = 0; i < parts.size();) {
    std::string name = parts[i];
    std::size_t end = i + 1;
    for (std::size_t next = end; node != nullptr && node->find(name) == nullptr && next < parts.size(); ++next) {
      std::string longer = parts[i];
      for (std::size_t k = i + 1; k <= next; ++k) longer += "." + parts[k];
      if (node->find(longer) == nullptr) continue;
      name = longer;
      end = next + 1;
    }
    node = node == nullptr ? nullptr : node->find(name);
    all.push_back(name);
    i = end;
  }
  return all;
}

}  // namespace mailflow
