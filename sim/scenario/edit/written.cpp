#include "scenario/edit/written.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "core/words.hpp"
#include "scenario/words/write_yaml.hpp"
#include "scenario/yaml/plain_text.hpp"

namespace mailflow::editing {
namespace {

using syntax::Value;
using Style = Value::Style;

bool is_quoted(const Value* value) {
  return value != nullptr && (value->style == Style::double_quoted || value->style == Style::single_quoted);
}

Node scalar_of(const std::string& text) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = composed(text);
  return node;
}

std::optional<Node> meaning(const std::string& yaml) {
  Problems problems;
  auto node = parse_yaml("", yaml, problems);
  return problems.has_errors() ? std::nullopt : node;
}

/// What a value on one line, or one in brackets, means; none: it is no YAML.
std::optional<Node> meaning_of_value(const std::string& value, bool in_flow) {
  auto node = meaning(in_flow ? "[" + value + "]" : "value: " + value + "\n");
  if (!node) return node;
  if (in_flow) return node->items.size() == 1 ? std::optional<Node>(node->items[0]) : std::nullopt;
  return node->entries.size() == 1 ? std::optional<Node>(node->entries[0].value) : std::nullopt;
}

std::string in_single_quotes(const std::string& text) {
  std::string all = "'";
  for (const char c : text) all += c == '\'' ? std::string("''") : std::string(1, c);
  return all + "'";
}

bool has_control(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

std::string in_quotes_of(const std::string& text, const Value* old) {
  const bool single = old != nullptr && old->style == Style::single_quoted && !has_control(text);
  return single ? in_single_quotes(text) : yaml_word(text, true);
}

/// A text as a value on one line.
Written as_text(std::string_view text, const std::string& given, const Value* old, bool in_flow) {
  const bool plain = syntax::is_plain(given, in_flow);
  const bool nothing = given == "null" || given == "~";
  const bool by_choice = is_quoted(old) && syntax::is_plain(text_of(text, *old), in_flow);
  Written result;
  result.means = scalar_of(given);
  if (plain && nothing) result.means = {};
  result.head = plain && (nothing || !by_choice) ? given : in_quotes_of(given, old);
  return result;
}

/// A value that says by its first letter what it is.
Written as_yaml(const std::string& given, bool in_flow) {
  auto means = meaning_of_value(given, in_flow);
  if (!means) throw std::invalid_argument(tr("this is no value in YAML: {}", given));
  return {given, "", std::move(*means), ""};
}

/// Whether all of it is one text in quotes.
bool is_whole_quote(const std::string& given) {
  if (given.front() != '"' && given.front() != '\'') return false;
  try {
    const Value value = syntax::read(given);
    return is_quoted(&value) && value.end == given.size();
  } catch (const syntax::NotRead&) {
    return false;
  }
}

Written one_line(std::string_view text, const std::string& given, const Value* old, bool in_flow) {
  if (given.empty()) return {in_flow && old == nullptr ? "null" : "", "", {}, ""};
  const char first = given.front();
  if (first == '*' && given.find_first_of(" ,[]{}") == std::string::npos && given.size() > 1)
    return {given, "", {}, given.substr(1)};
  if (first == '{' || first == '[') return as_yaml(given, in_flow);
  if (is_whole_quote(given)) return as_yaml(given, in_flow);
  return as_text(text, given, old, in_flow);
}

/// Lines of a section, of a list, or a text of several lines.
Written lines_below(const std::string& given, bool in_flow) {
  const bool of_text = given.front() == '|' || given.front() == '>';
  const std::size_t end = given.find('\n');
  Written result;
  if (of_text) {
    result.head = given.substr(0, end);
    result.below = without_indent(std::string_view(given).substr(end + 1), std::string::npos);
    if (std::any_of(result.head.begin(), result.head.end(), [](char c) { return c >= '0' && c <= '9'; }))
      throw std::invalid_argument(tr("a text behind | or > takes its indent from its first line here, not a number"));
  } else {
    result.below = given;
  }
  auto means = of_text ? meaning_of_value(result.head + "\n" + with_indent(result.below, 2, "\n"), false)
                       : meaning(given + "\n");
  if (!means) throw std::invalid_argument(tr("this is no value in YAML: {}", given.substr(0, end)));
  result.means = std::move(*means);
  if (!in_flow) return result;
  if (given.find('#') != std::string::npos)
    throw std::invalid_argument(tr("within brackets there is no place for the comments of this value"));
  return {yaml_line(result.means), "", result.means, ""};
}

bool stands_in_lines(const std::string& given) {
  try {
    const Value value = syntax::read(given);
    return value.is_block() || value.style == Style::lines;
  } catch (const syntax::NotRead&) {
    return false;
  }
}

std::string ends_in_line_feeds(const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    all += text[i] == '\r' ? '\n' : text[i];
  }
  return all;
}

}  // namespace

std::string text_of(std::string_view text, const Value& value) {
  const auto node = meaning_of_value(std::string(text.substr(value.begin, value.end - value.begin)), is_quoted(&value));
  return node ? node->text : "";
}

std::string without_indent(std::string_view lines, std::size_t most) {
  std::vector<std::string> all(1);
  for (const char c : ends_in_line_feeds(std::string(lines))) {
    if (c == '\n')
      all.emplace_back();
    else
      all.back() += c;
  }
  std::size_t indent = most;
  if (most == std::string::npos)
    for (const std::string& line : all) indent = std::min(indent, line.find_first_not_of(' '));
  std::string text;
  for (const std::string& line : all) {
    const std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
    text += (&line == all.data() ? "" : "\n") + line.substr(std::min(indent, blanks));
  }
  return text;
}

std::string with_indent(const std::string& lines, std::size_t indent, const std::string& line_end) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool begins = i == 0 || lines[i - 1] == '\n';
    if (begins && lines[i] != '\n') text += std::string(indent, ' ');
    text += lines[i] == '\n' ? line_end : std::string(1, lines[i]);
  }
  return text;
}

Written written_value(std::string_view text, const std::string& given, const Value* old, bool in_flow) {
  std::string value = ends_in_line_feeds(given);
  const bool ends_a_line = value.ends_with('\n');
  while (!value.empty() && (value.back() == '\n' || value.back() == ' ')) value.pop_back();
  std::size_t first = 0;  // of the first line that says something
  for (std::size_t i = 0; i < value.size() && (value[i] == '\n' || value[i] == ' '); ++i)
    if (value[i] == '\n') first = i + 1;
  value.erase(0, first);
  const bool many = value.find('\n') != std::string::npos;
  if (!value.empty() && (many || ends_a_line) && stands_in_lines(without_indent(value, std::string::npos)))
    return lines_below(without_indent(value, std::string::npos), in_flow);
  value.erase(0, value.find_first_not_of(' '));
  if (!many) return one_line(text, value, old, in_flow);
  return as_yaml(value, in_flow);
}

std::string written_key(const std::string& key, std::string_view old) {
  if (old.starts_with('\'')) return in_single_quotes(key);
  const bool plain = syntax::is_plain(key, true) && key.find(':') == std::string::npos;
  return yaml_word(key, !plain || old.starts_with('"'));
}

}  // namespace mailflow::editing
