#include "rules/translated.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <regex>
#include <string_view>

namespace mailflow::rules {
namespace {

/// What is said to a user: how the call, or the value, begins.
const std::regex& openings() {
  static const std::regex all(
      R"re((?:problems_?\.(?:error|warning|note)|\bbad|\b(?:failure|why) =|\btell|\bsay|\bfail|\brefuse|\bcomplain)re"
      R"re(|\badd_option|\badd_flag|\badd_subcommand)re"
      R"re(|\b(?:RunFailure|ExperimentFailure|OutputFailure|NoRoom|NotWritable|Unusable\w+|WouldOverwrite|NoArchive)re"
      R"re(|ArchiveFailure|invalid_argument))\s*[({])re");
  return all;
}

/// The index behind the literal that opens at i.
std::size_t behind_literal(const std::string& text, std::size_t i) {
  if (i > 0 && text[i - 1] == 'R') {
    const std::size_t end = text.find(")" + text.substr(i + 1, text.find('(', i) - i - 1) + "\"", i);
    return end == std::string::npos ? text.size() : text.find('"', end) + 1;
  }
  for (++i; i < text.size() && text[i] != '"'; ++i)
    if (text[i] == '\\') ++i;
  return std::min(i + 1, text.size());
}

/// The index behind the bracket that opens at i; literals are jumped over.
std::size_t behind_bracket(const std::string& text, std::size_t i) {
  int depth = 0;
  while (i < text.size()) {
    if (text[i] == '"') {
      i = behind_literal(text, i);
      continue;
    }
    if (text[i] == '(' || text[i] == '{') ++depth;
    if ((text[i] == ')' || text[i] == '}') && --depth == 0) return i + 1;
    ++i;
  }
  return text.size();
}

bool begins_translation(const std::string& text, std::size_t i) {
  if (i > 0 && (std::isalnum(static_cast<unsigned char>(text[i - 1])) != 0 || text[i - 1] == '_')) return false;
  constexpr std::string_view calls[] = {"tr(", "tr_plural(", "tr_later(", "tr_in("};
  return std::any_of(std::begin(calls), std::end(calls),
                     [&](std::string_view call) { return text.compare(i, call.size(), call) == 0; });
}

/// The first sentence of a text that stands in no translation; empty: there is none.
std::string bare_sentence(const std::string& text) {
  static const std::regex sentence(R"([A-Za-z]{2,} [a-z]{2,})");
  for (std::size_t i = 0; i < text.size();) {
    if (begins_translation(text, i)) {
      i = behind_bracket(text, text.find('(', i));
    } else if (text[i] == '"') {
      const std::size_t end = behind_literal(text, i);
      const std::string literal = text.substr(i, end - i);
      if (std::regex_search(literal, sentence)) return literal;
      i = end;
    } else {
      ++i;
    }
  }
  return "";
}

}  // namespace

Breaches sentences_are_translated(const Tree& tree) {
  Breaches breaches;
  for (const auto& [path, text] : tree) {
    if (!path.starts_with("sim/")) continue;
    for (std::sregex_iterator i(text.begin(), text.end(), openings()), end; i != end; ++i) {
      if (path.starts_with("sim/centre/") && i->str().starts_with("tell")) continue;  // the log of events
      const auto from = static_cast<std::size_t>(i->position() + i->length()) - 1;
      const std::string found = bare_sentence(text.substr(from, behind_bracket(text, from) - from));
      const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(from), '\n') + 1;
      if (!found.empty())
        breaches.push_back(path + ":" + std::to_string(line) + ": " + found + " is said in English alone; use tr()");
    }
  }
  return breaches;
}

}  // namespace mailflow::rules
