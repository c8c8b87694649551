#include "core/words.hpp"

#include <atomic>
#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <locale>
#include <vector>

// The catalogue that msgfmt makes of fr.po when the program is built.
__asm__(
    ".section .rodata\n"
    ".global mailflow_french\n"
    ".global mailflow_french_end\n"
    "mailflow_french:\n"
    ".incbin \"" MAILFLOW_FRENCH
    "\"\n"
    "mailflow_french_end:\n"
    ".byte 0\n"
    ".previous\n");
extern "C" const char mailflow_french[];      // NOLINT(readability-identifier-naming)
extern "C" const char mailflow_french_end[];  // NOLINT(readability-identifier-naming)

namespace mailflow {

namespace {

using Messages = boost::locale::message_format<char>;

const std::string language_code = "fr";  // NOLINT(cert-err58-cpp)

std::locale french_locale() {
  boost::locale::gnu_gettext::messages_info info;
  info.language = language_code;
  info.encoding = "UTF-8";
  info.paths.emplace_back("embedded");
  info.domains.emplace_back("mailflow");
  info.callback = [](const std::string& file, const std::string&) {
    return file.find("fr") != std::string::npos ? std::vector<char>(mailflow_french, mailflow_french_end)
                                                : std::vector<char>();
  };
  return {std::locale::classic(), boost::locale::gnu_gettext::create_messages_facet<char>(info)};
}

const Messages& french() {
  static const std::locale locale = french_locale();
  return std::use_facet<Messages>(locale);
}

std::atomic<Language>& by_default() {
  static std::atomic<Language> now{Language::en};
  return now;
}

/// What this thread speaks; none: as all do.
std::optional<Language>& own() {
  thread_local std::optional<Language> now;
  return now;
}

}  // namespace

Language language() { return own().value_or(by_default()); }

void speak_by_default(Language language) { by_default() = language; }

std::optional<Language> language_named(const std::string& name) {
  const std::string first = name.substr(0, name.find_first_of("_.@"));
  if (first == "fr") return Language::fr;
  if (first == "en" || first == "C" || first == "POSIX") return Language::en;
  return std::nullopt;
}

Speaks::Speaks(Language language) : before_(own()) { own() = language; }
Speaks::~Speaks() { own() = before_; }

std::string tr(const char* text) {
  if (language() == Language::en) return text;
  const char* found = french().get(0, nullptr, text);
  return found == nullptr ? text : found;
}

std::string tr_in(const char* context, const char* text) {
  const char* found = language() == Language::en ? nullptr : french().get(0, context, text);
  return found == nullptr ? text : found;
}

std::string tr_plural(const char* one, const char* many, long n) {
  if (language() == Language::en) return n == 1 ? one : many;
  const char* found = french().get(0, nullptr, one, static_cast<int>(n));
  return found == nullptr ? (n == 1 ? one : many) : found;
}

}  // namespace mailflow
