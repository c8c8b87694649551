// Which words of a text are English, by the catalogue of French itself: they stand in its English texts, and in none of
// its French ones.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace mailflow {

/// English and French of each text of the catalogue (sim/core/fr.po), of plurals the plural.
std::vector<std::pair<std::string, std::string>> texts_of_catalogue();

/// The words of a text in small letters, of four letters and more.
std::vector<std::string> words_in(const std::string& text);

/// What a scenario's author writes: keys, their values and examples.
std::set<std::string> words_of_language();

/// The English words of a text that are not among `given`.
std::vector<std::string> english_words(const std::string& text, const std::set<std::string>& given);

}  // namespace mailflow
