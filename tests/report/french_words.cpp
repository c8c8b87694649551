#include "report/french_words.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "cli/program.hpp"
#include "scenario/catalogue.hpp"

namespace mailflow {
namespace {

constexpr std::size_t shortest = 4;

bool is_letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// With plain blanks for what is no letter, though it is written in several bytes.
std::string plain(std::string text) {
  for (const char* mark : {"\xc2\xa0", "’", "«", "»", "±", "≥", "°"})
    for (auto i = text.find(mark); i != std::string::npos; i = text.find(mark))
      text.replace(i, std::string(mark).size(), " ");
  return text;
}

/// The text of a line of the catalogue, as it is shown.
std::string unescaped(const std::string& line) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool escape = line[i] == '\\' && i + 1 < line.size();
    text += !escape ? line[i] : line[++i] == 'n' ? '\n' : line[i];
  }
  return text;
}

std::pair<std::set<std::string>, std::set<std::string>> words_of_both() {
  std::set<std::string> english, french;
  for (const auto& [text, translated] : texts_of_catalogue()) {
    for (const std::string& word : words_in(text)) english.insert(word);
    for (const std::string& word : words_in(translated)) french.insert(word);
  }
  return {english, french};
}

}  // namespace

std::vector<std::pair<std::string, std::string>> texts_of_catalogue() {
  const program::Desk desk;
  std::istringstream in(desk.tell("msgcat --no-wrap '" + std::string(MAILFLOW_SOURCE_DIR) + "/sim/core/fr.po'").out);
  std::vector<std::pair<std::string, std::string>> pairs;
  std::string* now = nullptr;
  for (std::string line; std::getline(in, line);) {
    const auto quote = line.find('"');
    if (line.starts_with("#") || line.starts_with("msgctxt") || quote == std::string::npos) continue;
    if (line.starts_with("msgid ")) now = &pairs.emplace_back().first;
    if (line.starts_with("msgid_plural")) now->clear();
    if (line.starts_with("msgstr")) {
      now = &pairs.back().second;
      now->clear();
    }
    *now += unescaped(line.substr(quote + 1, line.rfind('"') - quote - 1));
  }
  std::erase_if(pairs, [](const auto& pair) { return pair.first.empty(); });
  return pairs;
}

std::vector<std::string> words_in(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : plain(text) + " ") {
    if (is_letter(c)) {
      word += static_cast<char>(
          (static_cast<unsigned char>(c) & 0x80U) != 0 ? c : std::tolower(static_cast<unsigned char>(c)));
      continue;
    }
    if (word.size() >= shortest) words.push_back(word);
    word.clear();
  }
  return words;
}

std::set<std::string> words_of_language() {
  std::set<std::string> all;
  const auto add = [&](const std::string& text) {
    for (const std::string& word : words_in(text)) all.insert(word);
  };
  for (const CatalogueSection& section : catalogue()) {
    add(section.path);
    for (const CatalogueKey& key : section.keys) {
      add(key.name + " " + key.example);
      if (said(key.type) == key.type) add(key.type);  // values that are written so
    }
  }
  return all;
}

std::vector<std::string> english_words(const std::string& text, const std::set<std::string>& given) {
  static const auto both = words_of_both();
  std::vector<std::string> found;
  for (const std::string& word : words_in(text))
    if (both.first.contains(word) && !both.second.contains(word) && !given.contains(word)) found.push_back(word);
  return found;
}

}  // namespace mailflow
