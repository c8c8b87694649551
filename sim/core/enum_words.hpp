// The words of an enum: told once, by a function word_of(value) beside it, for the language, its readers and what is
// written. It is a switch without a default, so that the compiler names a value that has no word; beyond the last value
// it gives an empty one.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace mailflow {

template <class Enum>
concept Worded = std::is_enum_v<Enum> && requires(Enum value) {
  { word_of(value) } -> std::same_as<std::string_view>;
};

/// How many values it has, which go up from 0.
template <Worded Enum>
constexpr std::size_t count_of() {
  std::size_t count = 0;
  while (!word_of(static_cast<Enum>(count)).empty()) ++count;
  return count;
}

template <Worded Enum>
std::vector<std::string> words_of() {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < count_of<Enum>(); ++i) words.emplace_back(word_of(static_cast<Enum>(i)));
  return words;
}

/// "first come, priority, earliest due"
template <Worded Enum>
std::string listed_words() {
  std::string all;
  for (const std::string& word : words_of<Enum>()) all += (all.empty() ? "" : ", ") + word;
  return all;
}

}  // namespace mailflow
