// What the program says, in the reader's language: English as written in the source, French from sim/core/fr.po.
//
//   Speaks french(Language::fr);
//   tr("on time {}", percent(0.9));   // "à l'heure 90,0 %"
//
// A text is a whole sentence or heading with places in braces ({fmt}), never a piece to be glued to another. A text
// that has no translation is said in English; a test does not let that happen (tests/report/words_test.cpp).
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>

#include "core/words.hpp"

namespace mailflow {

enum class Language { en, fr };

/// The language spoken now in this thread; English at first.
Language language();
/// What every thread speaks that does not speak another (Speaks).
void speak_by_default(Language language);
std::optional<Language> language_named(const std::string& name);  ///< "fr", "fr_FR.UTF-8", "en"; else nothing

/// Speaks a language in this thread for as long as it lives.
class Speaks {
 public:
  explicit Speaks(Language language);
  ~Speaks();
  Speaks(const Speaks&) = delete;
  Speaks& operator=(const Speaks&) = delete;
  Speaks(Speaks&&) = delete;
  Speaks& operator=(Speaks&&) = delete;

 private:
  std::optional<Language> before_;
};

/// The text in the language spoken now.
std::string tr(const char* text);
/// The same with its places filled.
template <class First, class... Others>
std::string tr(const char* text, const First& first, const Others&... others) {
  return fmt::format(fmt::runtime(tr(text)), first, others...);
}
/// A text that has its French under a context (msgctxt), so that it may differ from the same text elsewhere.
std::string tr_in(const char* context, const char* text);
/// Marks a text of a table, which tr() says where it is shown.
constexpr const char* tr_later(const char* text) { return text; }
/// Singular or plural by the language's rule; `n` is the first place ({0}) unless the text has none.
std::string tr_plural(const char* one, const char* many, long n);
template <class First, class... Others>
std::string tr_plural(const char* one, const char* many, long n, const First& first, const Others&... others) {
  return fmt::format(fmt::runtime(tr_plural(one, many, n)), first, others...);
}

}  // namespace mailflow
