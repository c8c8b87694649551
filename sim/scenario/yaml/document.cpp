#include "scenario/yaml/document.hpp"

#include <algorithm>
#include <utility>

#include "core/words.hpp"

namespace mailflow {

const Entry* Node::entry(const std::string& key) const {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

Entry* Node::entry(const std::string& key) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

const Node* Node::find(const std::string& key) const {
  const Entry* found = entry(key);
  return found == nullptr ? nullptr : &found->value;
}

std::vector<std::string> Node::keys() const {
  std::vector<std::string> all;
  for (const auto& each : entries) all.push_back(each.key);
  return all;
}

bool same_value(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.text != b.text || a.items.size() != b.items.size()) return false;
  if (a.entries.size() != b.entries.size()) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    if (!same_value(a.items[i], b.items[i])) return false;
  }
  return std::all_of(a.entries.begin(), a.entries.end(), [&b](const Entry& e) {
    const Node* other = b.find(e.key);
    return other != nullptr && same_value(e.value, *other);
  });
}

Node key_as_value(const Entry& entry) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = entry.key;
  node.place = entry.place;
  return node;
}

std::string shown(const Node& node) {
  constexpr std::size_t most = 60;
  switch (node.kind) {
    case Node::Kind::null:
      return tr("nothing");
    case Node::Kind::sequence:
      return tr("a list");
    case Node::Kind::map:
      return tr("a map");
    case Node::Kind::scalar:
      break;
  }
  if (node.text.size() <= most) {
    std::string text = node.text;
    std::replace_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return tr("\"{}\"", text);
  }
  std::size_t cut = most;
  while (cut > 0 && (static_cast<unsigned char>(node.text[cut]) & 0xc0U) == 0x80U) --cut;
  std::string text = node.text.substr(0, cut);
  std::replace_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return tr("\"{}...\"", text);
}

std::shared_ptr<const SourceFile> source_file(const std::string& path, std::string text) {
  return std::make_shared<const SourceFile>(SourceFile{path, SourceLines(std::move(text))});
}

Place place_at(const std::shared_ptr<const SourceFile>& file, std::size_t line, std::size_t byte) {
  if (line >= file->lines.size()) {
    // the end of the file: the end of its last line
    if (file->lines.empty()) return {file, 0, 0};
    line = file->lines.size() - 1;
    byte = file->lines[line].size();
  }
  const auto& text = file->lines[line];
  int column = 1;
  for (std::size_t i = 0; i < std::min(byte, text.size()); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U) ++column;
  }
  return {file, static_cast<int>(line) + 1, column};
}

namespace {

/// How many bytes the character at i has; 0: it is none.
std::size_t character_size(std::string_view text, std::size_t i) {
  const auto byte = static_cast<unsigned char>(text[i]);
  if (byte < 0x80) return byte < 0x20 && byte != '\t' ? 0 : 1;
  const std::size_t size = byte >= 0xf0 && byte < 0xf5   ? 4
                           : byte >= 0xe0 && byte < 0xf0 ? 3
                           : byte >= 0xc2 && byte < 0xe0 ? 2
                                                         : 0;
  if (i + size > text.size()) return 0;
  for (std::size_t k = 1; k < size; ++k) {
    if ((static_cast<unsigned char>(text[i + k]) & 0xc0U) != 0x80U) return 0;
  }
  return size;
}

}  // namespace

bool is_text(const std::shared_ptr<const SourceFile>& file, Problems& problems) {
  for (std::size_t line = 0; line < file->lines.size(); ++line) {
    const auto& text = file->lines[line];
    for (std::size_t i = 0; i < text.size();) {
      const auto size = character_size(text, i);
      if (size == 0) {
        problems.error({file, static_cast<int>(line) + 1, 0}, tr("this line is not text in UTF-8"),
                       file->path.ends_with(".yaml") || file->path.ends_with(".yml")
                           ? tr("save the file as UTF-8; editors offer it as its encoding")
                           : tr("save the file as UTF-8 text; spreadsheets offer it as \"CSV UTF-8\""));
        return false;
      }
      i += size;
    }
  }
  return true;
}

}  // namespace mailflow
