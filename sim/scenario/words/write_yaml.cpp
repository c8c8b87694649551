#include "scenario/words/write_yaml.hpp"

#include <fmt/format.h>

#include <string_view>

#include "scenario/words/value_words.hpp"

namespace mailflow {
namespace {

constexpr std::size_t longest_line = 120;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Whether text outside quotes is read as itself, in round brackets or not.
bool is_plain(std::string_view text) {
  if (text.empty() || text == "null" || text.back() == ' ' || text.back() == ':') return false;
  if (!is_letter(text.front()) && !is_digit(text.front()) && static_cast<unsigned char>(text.front()) < 0x80)
    return false;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '(') ++depth;
    if (c == ')' && --depth < 0) return false;
    const bool in_time = c == ':' && is_digit(text[i - 1]) && is_digit(text[i + 1]);
    const bool inside = in_time || (depth > 0 && (c == ',' || c == ':'));
    const bool known = is_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80 ||
                       std::string_view(" ()+-._/%").find(c) != std::string_view::npos;
    if (!known && !inside) return false;
  }
  return depth == 0;
}

std::string in_quotes(const std::string& text) {
  std::string all = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      all += std::string("\\") + c;
    else if (byte < 0x20 || byte == 0x7f)
      all += fmt::format("\\x{:02x}", byte);
    else
      all += c;
  }
  return all + "\"";
}

std::string key_word(const std::string& key) { return yaml_word(key, key.find(':') != std::string::npos); }

}  // namespace

std::string yaml_word(const std::string& text, bool quoted) {
  return !quoted && is_plain(text) ? text : in_quotes(text);
}

std::string yaml_line(const Node& node) {
  if (node.is_null()) return "null";
  if (node.is_scalar()) return yaml_word(node.text, node.quoted);
  std::string all;
  for (const Node& each : node.items) all += (all.empty() ? "" : ", ") + yaml_line(each);
  for (const Entry& each : node.entries)
    all += (all.empty() ? "" : ", ") + key_word(each.key) + ": " + yaml_line(each.value);
  return node.is_map() ? "{" + all + "}" : "[" + all + "]";
}

std::string yaml_entry(const std::string& key, const Node& value, std::size_t indent) {
  const std::string head = std::string(indent, ' ') + key_word(key) + ":";
  std::string line = head + " " + yaml_line(value) + "\n";
  if (!value.is_map() || value.entries.empty() || line.size() <= longest_line) return line;
  std::string all = head + "\n";
  for (const Entry& each : value.entries) all += yaml_entry(each.key, each.value, indent + 2);
  return all;
}

}  // namespace mailflow
