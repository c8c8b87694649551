#include "scenario/assumptions.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "scenario/files/files.hpp"
#include "scenario/what_if.hpp"
#include "scenario/yaml/document.hpp"

namespace mailflow {

namespace {

constexpr std::array<std::string_view, 7> sections = {
    "products", "arrivals", "stations", "staff.shifts", "staff.teams", "transport.departures", "targets"};
/// Say nothing that is supposed.
constexpr std::array<std::string_view, 5> words_only = {"label", "next", "into", "kind", "measure"};
constexpr std::size_t longest_note = 400;

/// What stands after the first # that begins a comment; empty: there is none.
std::string comment_of(std::string_view line) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') &&
               (i == 0 || std::string_view(" [{,:(").find(line[i - 1]) != std::string_view::npos)) {
      quote = c;
    } else if (c == '#' && (i == 0 || line[i - 1] == ' ')) {
      const std::size_t from = line.find_first_not_of("# ", i);
      return from == std::string_view::npos ? "" : std::string(line.substr(from));
    }
  }
  return "";
}

bool is_comment(std::string_view line) {
  const std::size_t from = line.find_first_not_of(' ');
  return from != std::string_view::npos && line[from] == '#';
}

std::string_view line_of(const SourceFile& file, int line) {
  return line >= 1 && static_cast<std::size_t>(line) <= file.lines.size()
             ? std::string_view(file.lines[static_cast<std::size_t>(line) - 1])
             : std::string_view();
}

int last_line(const Node& node) {
  int last = node.place.line;
  for (const Node& item : node.items) last = std::max(last, last_line(item));
  for (const Entry& e : node.entries) last = std::max({last, e.place.line, last_line(e.value)});
  return last;
}

void add(std::string& note, const std::string& more) {
  if (more.empty() || note.size() + more.size() > longest_note) return;
  if (!note.empty()) note += "; ";
  note += more;
}

/// The comment above an entry and beside its lines from the key on, down to `last`.
std::string note_above(const Entry& entry, int last) {
  std::string note;
  if (!entry.place.file || entry.place.line < 1) return note;
  const SourceFile& file = *entry.place.file;
  int above = entry.place.line;
  while (above > 1 && is_comment(line_of(file, above - 1))) --above;
  if (above > 1)  // what a file begins with is of all of it
    for (int line = above; line < entry.place.line; ++line) add(note, comment_of(line_of(file, line)));
  for (int line = entry.place.line; line <= last; ++line) add(note, comment_of(line_of(file, line)));
  return note;
}

/// The comment above an entry and beside its lines.
std::string note_of(const Entry& entry) {
  const bool same_file = entry.value.place.file == entry.place.file;
  return note_above(entry, same_file ? last_line(entry.value) : entry.place.line);
}

bool has_digit(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

/// A value on one line; empty where it is a tree.
std::string on_one_line(const Node& node) {
  if (node.is_scalar()) return node.text;
  std::string text;
  if (node.is_sequence()) {
    for (const Node& item : node.items) {
      if (!item.is_scalar()) return "";
      text += (text.empty() ? "" : ", ") + item.text;
    }
  }
  if (node.is_map()) {
    for (const Entry& e : node.entries) {
      if (!e.value.is_scalar()) return "";
      text += (text.empty() ? "" : ", ") + e.key + ": " + e.value.text;
    }
  }
  return text;
}

void collect(const Node& node, const std::string& key, std::vector<std::pair<std::string, std::string>>& values) {
  if (const std::string text = on_one_line(node); !text.empty()) {
    if (has_digit(text)) values.emplace_back(key, text);
    return;
  }
  for (const Entry& e : node.entries)
    if (std::find(words_only.begin(), words_only.end(), e.key) == words_only.end())
      collect(e.value, key.empty() ? e.key : key + "." + e.key, values);
}

/// The entry of a section; null: there is none.
const Entry* at(const Node& root, std::string_view path) {
  const Node* node = &root;
  const Entry* found = nullptr;
  while (node != nullptr && !path.empty()) {
    const std::size_t dot = path.find('.');
    const std::string key(path.substr(0, dot));
    const auto entry = std::find_if(node->entries.begin(), node->entries.end(),
                                    [&](const Entry& e) { return node->is_map() && e.key == key; });
    found = entry == node->entries.end() ? nullptr : &*entry;
    node = found == nullptr ? nullptr : &found->value;
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  return found;
}

void files_of(const Node& node, std::vector<const SourceFile*>& files) {
  const SourceFile* file = node.place.file.get();
  if (file != nullptr && std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
  for (const Node& item : node.items) files_of(item, files);
  for (const Entry& e : node.entries) files_of(e.value, files);
}

/// The comment that a file begins with, line by line.
std::string beginning(const SourceFile& file) {
  std::string text;
  for (int line = 1; is_comment(line_of(file, line)); ++line) {
    const std::string_view whole = line_of(file, line);
    std::size_t from = whole.find('#') + 1;
    if (from < whole.size() && whole[from] == ' ') ++from;
    text += std::string(whole.substr(from)) + "\n";
  }
  return text;
}

}  // namespace

Assumptions assumptions_of(const std::string& path) {
  Problems ignored;
  Assumptions found;
  const std::optional<Node> root = read_scenario(path, ignored);
  if (!root) return found;
  for (const std::string_view section : sections) {
    const Entry* elements = at(*root, section);
    if (elements == nullptr || !elements->value.is_map()) continue;
    const std::string heading = note_above(*elements, elements->place.line);
    for (const Entry& element : elements->value.entries) {
      if (!element.value.is_map()) continue;
      Assumption one;
      one.section = section;
      one.name = element.key;
      for (const Entry& e : element.value.entries)
        if (std::find(words_only.begin(), words_only.end(), e.key) == words_only.end())
          collect(e.value, e.key, one.values);
      if (const Node* label = element.value.find("label")) {
        one.label_fr = one.label_en = label->text;
        if (const Node* fr = label->is_map() ? label->find("fr") : nullptr) one.label_fr = fr->text;
        if (const Node* en = label->is_map() ? label->find("en") : nullptr) one.label_en = en->text;
      }
      one.note = note_of(element);
      if (one.note.empty()) one.note = heading;  // said of all in the section
      if (!one.values.empty()) found.all.push_back(std::move(one));
    }
  }
  std::vector<const SourceFile*> files;
  files_of(*root, files);
  for (const SourceFile* file : files)
    if (std::string text = beginning(*file); !text.empty()) found.said.push_back(std::move(text));
  return found;
}

}  // namespace mailflow
